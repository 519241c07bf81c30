/* SPDX-License-Identifier: EUPL-1.2 */
/* keur rules new: a rule set to start from, on disk. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/reason.h"
#include "cmd/app.h"
#include "cmd/options.h"
#include "cmd/output.h"
#include "report/page.h"
#include "rule/skeleton.h"

static bool complain(const struct app *app, struct str path, int number)
{
	struct text why = reason_of(number);
	app_complain(app->lang, "%.*s: the folder cannot be made (%s)", "%.*s: de map kan niet gemaakt worden (%s)",
			STR_FMT(path), text_in(why, app->lang).ptr);
	return false;
}

/* Every folder on the way to a file. */
static bool make_folders(const struct app *app, struct str path)
{
	for (size_t i = 1; i < path.len; i++) {
		if (path.ptr[i] != '/') continue;
		struct str folder = str_copy(app->arena, (struct str){path.ptr, i});
		if (mkdir(folder.ptr, 0777) != 0 && errno != EEXIST) return complain(app, folder, errno);
	}
	return true;
}

/* Nothing that is there is written over: both folders must be new, or it is somebody's work. */
static bool is_free(const struct app *app, struct str path)
{
	struct stat info;
	if (lstat(path.ptr, &info) != 0 && errno == ENOENT) return true;
	app_complain(app->lang, "%.*s is there already, and is left as it is; choose another name or version, or -o DIR",
			"%.*s is er al, en blijft zoals het is; kies een andere naam of versie, of -o MAP", STR_FMT(path));
	return false;
}

static bool write_files(const struct app *app, struct str root, const struct skeleton_file *files, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++) {
		struct str path = str_printf(app->arena, "%.*s/%.*s", STR_FMT(root), STR_FMT(files[i].path));
		if (!make_folders(app, path) || !output_file(app, path.ptr, files[i].text)) return false;
	}
	return true;
}

static bool tell(const struct app *app, const struct skeleton *skeleton, struct str root,
		const struct skeleton_file *files, uint32_t count)
{
	struct strbuf out;
	struct page page = {&out, app->lang, false};
	strbuf_init(&out, (size_t)1 << 20);
	for (uint32_t i = 0; i < count; i++)
		strbuf_printf(&out, "%.*s/%.*s\n", STR_FMT(root), STR_FMT(files[i].path));
	page_say(&page, "\nNext: keur rules test %.*s@%.*s --rules %.*s\n",
			"\nNu: keur rules test %.*s@%.*s --rules %.*s\n", STR_FMT(skeleton->id), STR_FMT(skeleton->version),
			STR_FMT(skeleton->root));
	bool ok = output_stdout(app, strbuf_str(&out));
	strbuf_release(&out);
	return ok;
}

int rules_new(const struct app *app, const struct options *options)
{
	static const char *const usual[] = {"spectral"};
	struct str name = options->argument_count == 2 ? str_of(options->arguments[1]) : STR("");
	struct str root = str_of(options->output && *options->output ? options->output : ".");
	size_t at = str_find(name, '@');
	struct skeleton skeleton = {.id = {name.ptr, at},
			.version = at < name.len ? str_skip(name, at + 1) : STR("1.0"),
			.root = str_printf(app->arena, "%.*s/rules", STR_FMT(root)),
			.engines = options->engines.count ? options->engines.items : usual,
			.engine_count = options->engines.count ? options->engines.count : 1};
	struct skeleton_file *files;
	uint32_t count;
	struct err err;
	if (!name.len) {
		app_complain(app->lang, "name the standard: keur rules new ID[@VERSION]",
				"noem de standaard: keur rules new ID[@VERSIE]");
		return EXIT_USAGE;
	}
	err_init(&err, app->arena);
	struct str folder = str_printf(app->arena, "%.*s/skeleton", STR_FMT(app->rules_dir));
	if (!skeleton_make(app->arena, folder, &skeleton, &files, &count, &err)) return app_fail(app, &err);
	if (!is_free(app, str_printf(app->arena, "%.*s/%.*s", STR_FMT(skeleton.root), STR_FMT(skeleton.id))) ||
			!is_free(app, str_printf(app->arena, "%.*s/fixtures/%.*s", STR_FMT(root), STR_FMT(skeleton.id))))
		return EXIT_USAGE;
	if (!write_files(app, root, files, count)) return EXIT_UNDETERMINED;
	return tell(app, &skeleton, root, files, count) ? EXIT_CONFORMANT : EXIT_UNDETERMINED;
}
