/* SPDX-License-Identifier: EUPL-1.2 */
/* keur register build: a site of certificates, written whole beside its place and then put there at once. */
#include "report/register.h"

#include <sys/stat.h>

#include "base/folder.h"
#include "base/io.h"
#include "base/limits.h"
#include "base/vec.h"
#include "cmd/folder_write.h"
#include "cmd/listed.h"
#include "cmd/output.h"
#include "cmd/sinks.h"
#include "report/escape.h"

enum { BATCH = 64 /* folders looked at together */ };

struct entries {
	struct register_entry *items;
	size_t count, capacity;
};

static void count_coverage(const struct run *run, struct register_entry *entry)
{
	for (uint32_t i = 0; i < run->target_count; i++)
		for (uint32_t j = 0; j < run->targets[i].standard_count; j++) {
			const struct coverage *coverage = &run->targets[i].standards[j].coverage;
			entry->total += coverage->total;
			entry->tested += coverage->automatic + coverage->partial + coverage->answered;
		}
}

static void add_found(struct listed *listed, struct str folder, const struct inspection *found, struct entries *out)
{
	const struct withdrawn *list = listed->how.withdrawn;
	struct register_entry entry = {.certificate = found->certificate,
			.digest = found->digest,
			.signer = found->signer.subject,
			.withdrawal = list ? withdrawn_find(list, &found->digest) : NULL,
			.folder = folder};
	entry.status = register_status_of(entry.certificate, entry.withdrawal, listed->day);
	entry.slug = register_slug(listed->app->arena, entry.certificate, &entry.digest);
	count_coverage(&found->run, &entry);
	*vec_push(out) = entry;
}

/* Verifies each; the certificates of those that hold live as long as the arena of the program. */
static void collect(struct listed *listed, struct entries *out)
{
	struct listed_look looks[BATCH];
	for (uint32_t first = 0; first < listed->count; first += BATCH) {
		uint32_t count = listed->count - first < BATCH ? listed->count - first : BATCH;
		listed_look(listed, first, count, looks);
		for (uint32_t i = 0; i < count; i++) {
			struct str folder = listed->folders[first + i];
			bool holds = listed_holds(listed, folder, &looks[i]);
			if (holds) add_found(listed, folder, &looks[i].found, out);
			inspection_release(&looks[i].found);
			if (holds)
				arena_take(listed->app->arena, looks[i].arena);
			else
				arena_free(looks[i].arena);
		}
	}
}

/* The same certificate in two folders is one entry. */
static void drop_copies(const struct app *app, struct register_book *book)
{
	uint32_t kept = 0;
	for (uint32_t i = 0; i < book->count; i++) {
		const struct register_entry *entry = &book->entries[i];
		if (kept && strcmp(book->entries[kept - 1].digest.hex, entry->digest.hex) == 0)
			listed_tell(app, entry->folder, TEXT("copy", "kopie"),
					text_printf(app->arena, "the same certificate is in %.*s", "hetzelfde certificaat zit in %.*s",
							STR_FMT(book->entries[kept - 1].folder)));
		else
			book->entries[kept++] = *entry;
	}
	book->count = kept;
}

static bool add_bytes(const struct folder_fresh *site, struct str slug, const char *name, struct str bytes)
{
	struct str path = str_printf(site->app->arena, REGISTER_CERTIFICATES "/%.*s/%s", STR_FMT(slug), name);
	return folder_add(site, path, bytes);
}

/* A file as it was verified: it is read again, and may have been changed since. */
static bool copy_file(const struct folder_fresh *site, const struct register_entry *entry, const char *name,
		const struct digest *digest)
{
	struct arena *arena = arena_new();
	struct str bytes, path = str_printf(arena, "%.*s/%s", STR_FMT(entry->folder), name);
	struct err err;
	err_init(&err, arena);
	bool ok = io_read(arena, path.ptr, LIMIT_DOCUMENT_BYTES, &bytes, &err);
	if (ok && strcmp(digest_of(bytes).hex, digest->hex) != 0)
		ok = err_set(&err, ERR_IO, (struct loc){.file = path}, "was changed while the register was made; try again%s",
				"is veranderd terwijl het register gemaakt werd; probeer het opnieuw%s", "");
	if (!ok)
		app_fail(site->app, &err);
	else
		ok = add_bytes(site, entry->slug, name, bytes);
	arena_free(arena);
	return ok;
}

static bool copy_files(const struct folder_fresh *site, const struct register_entry *entry)
{
	static const char *const names[] = {CERTIFICATE_PAGE, CERTIFICATE_REPORT, CERTIFICATE_PAPER};
	const struct certificate *certificate = entry->certificate;
	if (!copy_file(site, entry, CERTIFICATE_SIGNED, &entry->digest)) return false;
	for (uint32_t i = 0; i < certificate->file_count; i++)
		for (size_t j = 0; j < sizeof names / sizeof *names; j++)
			if (str_eq(certificate->files[i].name, str_of(names[j])) &&
					!copy_file(site, entry, names[j], &certificate->files[i].digest))
				return false;
	return true;
}

static bool add_entry(const struct folder_fresh *site, const struct register_book *book, uint32_t index,
		struct strbuf *buf, struct err *err)
{
	const struct register_entry *entry = &book->entries[index];
	strbuf_clear(buf);
	register_badge(book, entry, buf);
	if (!add_bytes(site, entry->slug, REGISTER_BADGE, strbuf_str(buf))) return false;
	strbuf_clear(buf);
	if (!register_page(book, index, buf, err)) {
		app_fail(site->app, err);
		return false;
	}
	return add_bytes(site, entry->slug, REGISTER_INDEX, strbuf_str(buf)) && copy_files(site, entry);
}

static bool add_whole(
		const struct folder_fresh *site, const struct register_book *book, struct strbuf *buf, struct err *err)
{
	static const struct {
		const char *name;
		bool (*write)(const struct register_book *book, struct strbuf *out, struct err *err);
	} files[] = {{REGISTER_INDEX, register_index}, {REGISTER_FEED, register_feed}, {REGISTER_LOOKUP, register_lookup}};
	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		strbuf_clear(buf);
		if (!files[i].write(book, buf, err)) {
			app_fail(site->app, err);
			return false;
		}
		if (!folder_add(site, str_of(files[i].name), strbuf_str(buf))) return false;
	}
	return true;
}

static bool write_site(const struct app *app, const struct register_book *book, const char *path)
{
	struct folder_fresh site;
	struct strbuf buf;
	struct err err;
	err_init(&err, app->arena);
	if (!folder_begin(&site, app, path)) return false;
	strbuf_init(&buf, (size_t)1 << 30);
	bool ok = add_whole(&site, book, &buf, &err);
	for (uint32_t i = 0; i < book->count && ok; i++)
		ok = add_entry(&site, book, i, &buf, &err);
	strbuf_release(&buf);
	if (ok) return folder_end(&site);
	folder_abandon(&site);
	return false;
}

/* Only what keur itself wrote is replaced: a feed of a register, and nothing beside what one has. */
static bool is_register(const struct app *app, const char *path)
{
	static const char *const known[] = {REGISTER_FEED, REGISTER_LOOKUP, REGISTER_INDEX, REGISTER_CERTIFICATES};
	struct str *names, bytes;
	uint32_t count;
	struct err none;
	err_init(&none, app->arena);
	if (!folder_list(app->arena, path, &names, &count, &none) || count != sizeof known / sizeof *known) return false;
	for (uint32_t i = 0; i < count; i++) {
		bool found = false;
		for (size_t j = 0; j < sizeof known / sizeof *known; j++)
			found = found || str_eq(names[i], str_of(known[j]));
		if (!found) return false;
	}
	struct str feed = str_printf(app->arena, "%s/" REGISTER_FEED, path);
	return io_read(app->arena, feed.ptr, LIMIT_DOCUMENT_BYTES, &bytes, &none) && register_is_feed(bytes);
}

static bool check_place(const struct app *app, const char *path)
{
	enum folder_state state = folder_look(path);
	if (state == FOLDER_ABSENT || state == FOLDER_EMPTY || (state == FOLDER_FULL && is_register(app, path)))
		return true;
	app_complain(app->lang,
			"%s: is there already, and is no register, or holds something else as well; name another folder with -o",
			"%s: bestaat al, en is geen register, of bevat ook iets anders; noem een andere map met -o", path);
	return false;
}

static bool check_usage(const struct app *app, const struct options *options)
{
	bool build = options->argument_count == 2 && strcmp(options->arguments[0], "build") == 0;
	if (!build || !options->output || !*options->output)
		app_complain(app->lang, "expected keur register build DIR -o SITE; see keur register --help",
				"verwacht keur register build MAP -o SITE; zie keur register --help");
	else if (options->url && !is_web_url(str_of(options->url)))
		app_complain(app->lang, "--url: expected a URL with http: or https:, found '%s'",
				"--url: verwacht een URL met http: of https:, gevonden '%s'", options->url);
	else
		return true;
	return false;
}

static bool read_assets(const struct app *app, struct register_book *book)
{
	struct str style = str_printf(app->arena, "%.*s/report/1/report.css", STR_FMT(app->rules_dir));
	struct str script = str_printf(app->arena, "%.*s/register/1/register.js", STR_FMT(app->rules_dir));
	struct err err;
	err_init(&err, app->arena);
	if (io_read(app->arena, style.ptr, LIMIT_THEME_BYTES, &book->style, &err) &&
			io_read(app->arena, script.ptr, LIMIT_THEME_BYTES, &book->script, &err))
		return true;
	app_fail(app, &err);
	return false;
}

static bool tell(const struct app *app, const struct options *options, const struct register_book *book)
{
	struct strbuf out;
	if (options->quiet) return true;
	strbuf_init(&out, LIMIT_MESSAGE_BYTES);
	strbuf_printf(&out, app->lang == LANG_NL ? "%s: %u certificaten\n" : "%s: %u certificates\n", options->output,
			book->count);
	bool ok = output_stdout(app, strbuf_str(&out));
	strbuf_release(&out);
	return ok;
}

int cmd_register(const struct app *app, const struct options *options)
{
	struct listed listed;
	struct entries entries = {0};
	struct register_book book = {.lang = options->names_lang ? app->lang : LANG_NL};
	if (!check_usage(app, options) || !sinks_theme(app, options->theme, &book.theme)) return EXIT_USAGE;
	if (!check_place(app, options->output)) return EXIT_RULES;
	if (!listed_open(&listed, app, options, options->arguments[1])) return listed.status;
	if (!read_assets(app, &book)) return EXIT_RULES;
	book.day = listed.day;
	if (options->url) book.url = str_of(options->url);
	while (str_ends(book.url, STR("/")))
		book.url.len--;
	collect(&listed, &entries);
	book.entries = entries.items;
	book.count = (uint32_t)entries.count;
	register_sort(&book);
	drop_copies(app, &book);
	bool ok = write_site(app, &book, options->output) && tell(app, options, &book);
	vec_release(&entries);
	return ok || listed.status == EXIT_NON_CONFORMANT ? listed.status : EXIT_UNDETERMINED;
}
