/* SPDX-License-Identifier: EUPL-1.2 */
/* Finding and verifying many certificates. */
#include "cmd/listed.h"

#include <pthread.h>
#include <stdatomic.h>
#include <sys/stat.h>
#include <time.h>

#include "base/folder.h"
#include "base/limits.h"
#include "base/vec.h"
#include "cmd/running.h"
#include "cmd/verify_private.h"
#include "report/page.h"
#include "report/x509.h"

enum { DEPTH = 2 };

struct folders {
	struct str *items;
	size_t count, capacity;
};

static bool is_folder(const char *path)
{
	struct stat info;
	return lstat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

static bool has_certificate(struct arena *arena, struct str folder)
{
	static const char *const names[] = {CERTIFICATE_SIGNED, CERTIFICATE_PLAIN};
	struct stat info;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (lstat(str_printf(arena, "%.*s/%s", STR_FMT(folder), names[i]).ptr, &info) == 0) return true;
	return false;
}

/* Those in `path`, and in the folders in it that have none; the earlier attempts of a certificate are its own. */
static bool find_in(const struct app *app, struct str path, int depth, struct folders *out, struct err *err)
{
	struct str *names;
	uint32_t count;
	if (!folder_list(app->arena, path.ptr, &names, &count, err)) return false;
	for (uint32_t i = 0; i < count; i++) {
		struct str below = str_printf(app->arena, "%.*s/%.*s", STR_FMT(path), STR_FMT(names[i]));
		if (!is_folder(below.ptr)) continue;
		if (has_certificate(app->arena, below))
			*vec_push(out) = below;
		else if (depth < DEPTH && !find_in(app, below, depth + 1, out, err))
			return false;
		if (out->count > LIMIT_REGISTER_ENTRIES)
			return err_set(err, ERR_LIMIT, (struct loc){.file = path},
					"there are more than %d certificates here; name a folder with fewer",
					"hier zijn meer dan %d certificaten; noem een map met minder", LIMIT_REGISTER_ENTRIES);
	}
	return true;
}

static bool find_all(struct listed *it, const char *path, struct err *err)
{
	struct folders found = {0};
	struct str whole = str_of(path);
	while (whole.len > 1 && whole.ptr[whole.len - 1] == '/')
		whole.len--;
	bool ok = find_in(it->app, str_copy(it->app->arena, whole), 1, &found, err);
	if (ok && !found.count)
		ok = err_set(err, ERR_IO, (struct loc){.file = whole},
				"expected folders with a certificate in this folder, found none%s",
				"verwacht mappen met een certificaat in deze map, geen gevonden%s", "");
	it->count = (uint32_t)found.count;
	it->folders = arena_alloc(it->app->arena, (found.count + 1) * sizeof *it->folders);
	if (found.count) memcpy(it->folders, found.items, found.count * sizeof *it->folders);
	vec_release(&found);
	return ok;
}

static bool check_usage(const struct listed *it, const struct options *options, int64_t *now)
{
	if (!options->ca)
		app_complain(it->app->lang,
				"name the issuers of signers that you trust, --ca FILE.pem: without them nobody vouches for a certificate",
				"noem de uitgevers van ondertekenaars die u vertrouwt, --ca BESTAND.pem: zonder staat niemand voor een "
				"certificaat in");
	else if (options->at && !verify_day(options->at, now))
		app_complain(it->app->lang, "--at: expected a day such as 2026-11-25, found '%s'",
				"--at: verwacht een dag zoals 2026-11-25, gevonden '%s'", options->at);
	else
		return true;
	return false;
}

bool listed_open(struct listed *it, const struct app *app, const struct options *options, const char *path)
{
	struct trust_options trust = {
			.ca = options->ca, .crls = options->crls.items, .crl_count = (uint32_t)options->crls.count};
	struct err err;
	*it = (struct listed){.app = app, .status = EXIT_USAGE};
	it->how = (struct inspect_options){.rules = app->rules_dir, .now = (int64_t)time(NULL), .parts = true};
	err_init(&err, app->arena);
	if (!check_usage(it, options, &it->how.now)) return false;
	it->day = str_copy(app->arena, (struct str){x509_moment(app->arena, it->how.now).ptr, 10});
	it->status = EXIT_RULES;
	it->how.trust = trust_open(app->arena, &trust, &err);
	if (!it->how.trust || !find_all(it, path, &err)) {
		app_fail(app, &err);
		return false;
	}
	if (!verify_withdrawn(app, options->withdrawn, &it->how.withdrawn)) return false;
	it->status = EXIT_CONFORMANT;
	return true;
}

void listed_tell(const struct app *app, struct str folder, struct text about, struct text text)
{
	struct strbuf out;
	struct page page = {&out, app->lang, false};
	strbuf_init(&out, LIMIT_MESSAGE_BYTES);
	page_clean(&page, folder, "");
	page_say(&page, ": left out: ", ": niet opgenomen: ");
	page_clean(&page, text_in(about, app->lang), "");
	strbuf_add(&out, STR(": "));
	page_clean(&page, text_in(text, app->lang), "");
	app_complain(app->lang, "%.*s", "%.*s", STR_FMT(strbuf_str(&out)));
	strbuf_release(&out);
}

/* 1 goes before 4, as in keur verify. */
static void leave_out(
		struct listed *it, struct str folder, enum inspect_level level, struct text about, struct text text)
{
	listed_tell(it->app, folder, about, text);
	if (level == INSPECT_BAD)
		it->status = EXIT_NON_CONFORMANT;
	else if (it->status == EXIT_CONFORMANT)
		it->status = EXIT_UNDETERMINED;
}

struct looking {
	const struct listed *listed;
	struct listed_look *looks;
	uint32_t first, count;
	atomic_uint next;
};

static void *look_on(void *argument)
{
	struct looking *it = argument;
	for (uint32_t i = atomic_fetch_add(&it->next, 1); i < it->count; i = atomic_fetch_add(&it->next, 1)) {
		struct listed_look *look = &it->looks[i];
		const char *folder = it->listed->folders[it->first + i].ptr;
		look->arena = arena_new();
		err_init(&look->err, look->arena);
		look->readable = inspect_folder(look->arena, folder, &it->listed->how, &look->found, &look->err);
	}
	return NULL;
}

void listed_look(const struct listed *listed, uint32_t first, uint32_t count, struct listed_look *looks)
{
	enum { MOST_THREADS = 16 };
	struct looking it = {.listed = listed, .looks = looks, .first = first, .count = count};
	pthread_t threads[MOST_THREADS];
	uint32_t started = 0, wanted = running_processors() - 1;
	memset(looks, 0, count * sizeof *looks);
	while (started < wanted && started < MOST_THREADS && started + 1 < count &&
			pthread_create(&threads[started], NULL, look_on, &it) == 0)
		started++;
	look_on(&it);
	while (started > 0)
		pthread_join(threads[--started], NULL);
}

bool listed_holds(struct listed *it, struct str folder, const struct listed_look *look)
{
	const struct inspection *found = &look->found;
	if (!look->readable) {
		leave_out(it, folder, INSPECT_BAD, TEXT("certificate", "certificaat"), look->err.message);
		return false;
	}
	for (uint32_t i = 0; i < found->remark_count; i++)
		if (found->remarks[i].level >= INSPECT_UNKNOWN)
			leave_out(it, folder, found->remarks[i].level, found->remarks[i].about, found->remarks[i].text);
	if (found->worst >= INSPECT_UNKNOWN) return false;
	if (found->certificate && found->is_signed && found->granted && found->run.target_count) return true;
	leave_out(it, folder, INSPECT_BAD, TEXT("decision", "oordeel"),
			TEXT("this is an attempt, and no certificate", "dit is een poging, en geen certificaat"));
	return false;
}
