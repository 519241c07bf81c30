/* SPDX-License-Identifier: EUPL-1.2 */
/* Running rule sets against their own fixtures. */
#include "rule/fixture.h"

#include <sys/stat.h>

#include "base/folder.h"
#include "base/vec.h"
#include "rule/judge.h"
#include "rule/judge_target.h"
#include "rule/preflight.h"

#define FIXTURE_DAY "2026-01-01" /* on which fixtures are judged, whenever that is */

static const struct str live_end = STR(".service.yaml");

/* The name without its extension, or nothing when it is no document. */
static struct str stem_of(struct str name)
{
	static const char *const extensions[] = {".yaml", ".yml", ".json", ".xml", ".wsdl"};
	for (size_t i = 0; i < sizeof extensions / sizeof *extensions; i++) {
		struct str extension = str_of(extensions[i]);
		if (str_ends(name, extension)) return (struct str){name.ptr, name.len - extension.len};
	}
	return (struct str){name.ptr, 0};
}

static bool is_for_version(struct str stem, struct str version)
{
	size_t at = str_find(stem, '@');
	if (at == stem.len) return true;
	for (struct str rest = str_skip(stem, at + 1); rest.len;) {
		size_t end = str_find(rest, '@');
		if (str_eq((struct str){rest.ptr, end}, version)) return true;
		rest = str_skip(rest, end + 1);
	}
	return false;
}

bool fixture_list(struct arena *arena, const char *root, const struct ruleset *ruleset,
		const struct requirement *requirement, struct fixture **out, uint32_t *count, struct err *err)
{
	struct str *names, folder = str_printf(arena, "%s/%.*s/%.*s", root, STR_FMT(ruleset->id), STR_FMT(requirement->id));
	uint32_t total;
	struct stat info;
	*count = 0;
	*out = NULL;
	if (stat(folder.ptr, &info) != 0) return true;
	if (!folder_list(arena, folder.ptr, &names, &total, err)) return false;
	*out = arena_alloc(arena, total * sizeof **out);
	for (uint32_t i = 0; i < total; i++) {
		struct str stem = stem_of(names[i]);
		bool live = str_ends(names[i], live_end);
		if (live) stem.len = names[i].len - live_end.len;
		bool passes = str_starts(stem, STR("pass-")), fails = str_starts(stem, STR("fail-"));
		if (stem.len && !passes && !fails)
			return err_set(err, ERR_RULES, (struct loc){.file = folder},
					"%.*s: expected the name of a fixture to start with pass- or fail-; documents that fixtures refer to go "
					"in a folder below",
					"%.*s: de naam van een fixture begint met pass- of fail-; documenten waarnaar fixtures verwijzen staan "
					"in een map daaronder",
					STR_FMT(names[i]));
		if (!stem.len || !is_for_version(stem, ruleset->version)) continue;
		struct str path = str_printf(arena, "%.*s/%.*s", STR_FMT(folder), STR_FMT(names[i]));
		(*out)[(*count)++] = (struct fixture){path, passes, live};
	}
	return true;
}

static struct str parent_of(struct arena *arena, struct str path)
{
	while (path.len > 1 && path.ptr[path.len - 1] == '/')
		path.len--;
	const char *slash = memrchr(path.ptr, '/', path.len);
	while (slash && slash > path.ptr && slash[-1] == '/')
		slash--;
	return slash ? str_copy(arena, (struct str){path.ptr, (size_t)(slash - path.ptr)}) : STR(".");
}

struct str fixture_root(struct arena *arena, const struct ruleset *ruleset)
{
	struct str rules = parent_of(arena, parent_of(arena, ruleset->dir));
	const char *slash = memrchr(rules.ptr, '/', rules.len);
	if (!slash) return str_eq(rules, STR(".")) ? STR("../fixtures") : STR("fixtures");
	return str_printf(arena, "%.*s/fixtures", (int)(slash - rules.ptr), rules.ptr);
}

static void close_doc(void *doc)
{
	doc_close(doc);
}

/* fail-what.service.yaml: fail-what.har. Open as long as the target lives. */
static const struct doc *open_recording(struct arena *arena, struct str path, struct err *err)
{
	size_t stem = path.len - live_end.len;
	struct doc *recording = doc_open(str_printf(arena, "%.*s.har", (int)stem, path.ptr).ptr, err);
	if (recording) arena_on_free(arena, close_doc, recording);
	return recording;
}

void fixture_judge(struct target_result *target, const struct fixture *fixture, const struct ruleset *ruleset)
{
	struct arena *arena = arena_new();
	struct session_options session = {.offline = true, .keeps = true};
	struct judge_options options = {.rulesets = &ruleset, .count = 1, .named = true, .today = STR(FIXTURE_DAY)};
	struct err err;
	err_init(&err, arena);
	*target = (struct target_result){.arena = arena, .path = str_copy(arena, fixture->path)};
	if (fixture->live) {
		session.recording = open_recording(arena, fixture->path, &err);
		options.session = &session;
	}
	if (fixture->live && !session.recording) {
		preflight_unreadable(target, &err);
		judge_blocked(target, &ruleset, 1);
	} else {
		judge_target(target, &options);
	}
}

static struct text why_blocked(struct arena *arena, const struct target_result *target)
{
	const struct preflight *preflight = target->preflight;
	while (preflight->level != LEVEL_BLOCKING)
		preflight++;
	struct text message = preflight->message;
	return (struct text){{str_printf(arena, "pre-flight: %.*s", STR_FMT(message.in[LANG_EN])),
			str_printf(arena, "controle vooraf: %.*s", STR_FMT(message.in[LANG_NL]))}};
}

/* "core/x: outcome pass, expected fail", with what there is to say of it. */
static struct text why_not(
		struct arena *arena, const struct requirement_result *result, const char *but, enum outcome expected)
{
	struct str id = result->requirement->id, more[LANG_COUNT] = {{"", 0}, {"", 0}};
	for (int lang = 0; lang < LANG_COUNT; lang++) {
		const struct finding *first = result->finding_count ? &result->findings[0] : NULL;
		struct str reason = result->reason.in[lang];
		if (first)
			more[lang] = str_printf(
					arena, " (%u:%u: %.*s)", first->loc.line, first->loc.column, STR_FMT(first->message.in[lang]));
		else if (reason.len)
			more[lang] = str_printf(arena, " (%.*s)", STR_FMT(reason));
	}
	const char *found = outcome_names[result->verdict.outcome], *wanted = outcome_names[expected];
	return (struct text){{[LANG_EN] = str_printf(arena, "%.*s: outcome %s, expected %s%s%.*s", STR_FMT(id), found, but,
								  wanted, STR_FMT(more[LANG_EN])),
			[LANG_NL] = str_printf(arena, "%.*s: uitkomst %s, verwacht %s%s%.*s", STR_FMT(id), found, but, wanted,
					STR_FMT(more[LANG_NL]))}};
}

/* Does the name of a fixture say that this requirement fails too? "+doc-openapi" is any that ends in "/doc-openapi". */
static bool fails_too(struct str path, struct str id)
{
	const char *slash = memrchr(id.ptr, '/', id.len);
	struct str last = slash ? str_skip(id, (size_t)(slash - id.ptr) + 1) : id;
	const char *name = memrchr(path.ptr, '/', path.len);
	struct str rest = name ? str_skip(path, (size_t)(name - path.ptr) + 1) : path;
	while (str_find(rest, '+') < rest.len) {
		rest = str_skip(rest, str_find(rest, '+') + 1);
		struct str after = str_skip(rest, last.len);
		bool ends = after.len > 0 && (after.ptr[0] == '+' || after.ptr[0] == '@' || after.ptr[0] == '.');
		if (str_starts(rest, last) && ends) return true;
	}
	return false;
}

bool fixture_holds(const struct target_result *target, const struct requirement *requirement, bool passes,
		struct arena *arena, struct text *why)
{
	const struct standard_result *standard = &target->standards[0];
	enum outcome expected = passes ? OUTCOME_PASS : OUTCOME_FAIL;
	if (target->blocked) {
		*why = why_blocked(arena, target);
		return false;
	}
	for (uint32_t i = 0; i < standard->requirement_count; i++) {
		const struct requirement_result *result = &standard->requirements[i];
		bool own = result->requirement == requirement;
		if (own && result->verdict.outcome == expected) continue;
		if (!own && result->verdict.outcome != OUTCOME_FAIL && result->verdict.outcome != OUTCOME_ERROR) continue;
		if (!own && fails_too(target->path, result->requirement->id)) continue;
		*why = why_not(arena, result, own ? "" : "!= ", own ? expected : result->verdict.outcome);
		return false;
	}
	return true;
}
