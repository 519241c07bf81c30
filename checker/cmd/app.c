/* SPDX-License-Identifier: EUPL-1.2 */
/* Shared parts of the commands. */
#include "cmd/app.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static bool is_dutch(const char *locale)
{
	return strncmp(locale, "nl", 2) == 0 && (locale[2] == '\0' || strchr("_.@-", locale[2]));
}

static enum lang lang_of_environment(void)
{
	static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		const char *value = getenv(names[i]);
		if (value && *value) return is_dutch(value) ? LANG_NL : LANG_EN;
	}
	return LANG_EN;
}

enum lang app_lang(int argc, char **argv)
{
	for (int i = 1; i < argc && argv[i] && strcmp(argv[i], "--") != 0; i++) {
		const char *value = NULL;
		if (strncmp(argv[i], "--lang=", 7) == 0) value = argv[i] + 7;
		if (strcmp(argv[i], "--lang") == 0 && i + 1 < argc && argv[i + 1]) value = argv[i + 1];
		if (value) return strcmp(value, "nl") == 0 ? LANG_NL : LANG_EN;
	}
	return lang_of_environment();
}

/* Known by the schema of reports, so that some other folder called rules is never taken for ours. */
static bool holds_rules(const char *dir, struct arena *arena)
{
	return access(str_printf(arena, "%s/report/1/report.schema.json", dir).ptr, R_OK) == 0;
}

struct str app_rules_dir(struct arena *arena)
{
	static const char *const places[] = {"../rules", "../share/keur/rules", "../../rules"};
	char exe[4096];
	ssize_t len = readlink("/proc/self/exe", exe, sizeof exe - 1);
	if (len <= 0) return (struct str){"", 0};
	exe[len] = '\0';
	char *slash = strrchr(exe, '/');
	if (slash) *slash = '\0';
	for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
		struct str dir = str_printf(arena, "%s/%s", exe, places[i]);
		if (!holds_rules(dir.ptr, arena)) continue;
		char *real = realpath(dir.ptr, NULL);
		if (real) dir = str_copy(arena, str_of(real));
		free(real);
		return dir;
	}
	return (struct str){"", 0};
}

void app_complain(enum lang lang, const char *en, const char *nl, ...)
{
	va_list args;
	va_start(args, nl);
	fputs("keur: ", stderr);
	vfprintf(stderr, lang == LANG_NL ? nl : en, args);
	fputc('\n', stderr);
	va_end(args);
}

static int status_of(enum err_code code)
{
	if (code == ERR_USAGE) return EXIT_USAGE;
	return code == ERR_LIMIT || code == ERR_UNDECIDED ? EXIT_UNDETERMINED : EXIT_RULES;
}

int app_fail(const struct app *app, const struct err *err)
{
	struct str message = text_in(err->message, app->lang);
	const struct loc *loc = &err->loc;
	if (loc->file.len && loc->line)
		app_complain(app->lang, "%.*s:%u:%u: %.*s", "%.*s:%u:%u: %.*s", STR_FMT(loc->file), loc->line, loc->column,
				STR_FMT(message));
	else if (loc->file.len)
		app_complain(app->lang, "%.*s: %.*s", "%.*s: %.*s", STR_FMT(loc->file), STR_FMT(message));
	else
		app_complain(app->lang, "%.*s", "%.*s", STR_FMT(message));
	return status_of(err->code);
}

struct spectral_options app_spectral(const struct app *app)
{
	return (struct spectral_options){.builtin_dir = str_printf(app->arena, "%.*s/spectral", STR_FMT(app->rules_dir))};
}

/* Two rule sets of one name and version: a reader of the report must know that it is not the one that he knows. */
static void tell_hidden(const struct app *app, const struct library *library, const struct ruleset *ruleset)
{
	struct stat taken, other;
	if (stat(ruleset->path.ptr, &taken) != 0) return;
	for (uint32_t i = 0; i < library->root_count; i++) {
		struct str path = str_printf(app->arena, "%.*s/%.*s/%.*s/ruleset.yaml", STR_FMT(library->roots[i]),
				STR_FMT(ruleset->id), STR_FMT(ruleset->version));
		if (stat(path.ptr, &other) != 0 || (other.st_ino == taken.st_ino && other.st_dev == taken.st_dev)) continue;
		app_complain(app->lang, "note: there are two rule sets %.*s@%.*s; %.*s is used, %.*s is not",
				"opmerking: er zijn twee regelsets %.*s@%.*s; %.*s wordt gebruikt, %.*s niet", STR_FMT(ruleset->id),
				STR_FMT(ruleset->version), STR_FMT(ruleset->path), STR_FMT(path));
	}
}

struct ruleset *app_ruleset(
		const struct app *app, const struct library *library, struct str name, bool compiled, struct err *err)
{
	struct str dir;
	if (!library_find(library, app->arena, name, &dir, err)) return NULL;
	struct ruleset *ruleset = ruleset_load(app->arena, dir.ptr, err);
	struct spectral_options options = app_spectral(app);
	if (ruleset) library_lend(library, ruleset);
	if (ruleset && compiled) tell_hidden(app, library, ruleset);
	if (ruleset && compiled && !ruleset_compile(ruleset, &options, err)) return NULL;
	return ruleset;
}
