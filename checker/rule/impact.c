/* SPDX-License-Identifier: EUPL-1.2 */
/* Judging stored evidence again. */
#include "rule/impact.h"

#include <sys/stat.h>

#include "base/folder.h"
#include "base/limits.h"
#include "base/vec.h"
#include "rule/judge.h"
#include "rule/judge_target.h"
#include "rule/preflight.h"
#include "rule/service.h"

struct walk {
	struct arena *arena;
	struct err *err;
	struct {
		struct evidence_pair *items;
		size_t count, capacity;
	} found;
};

static bool is_a(struct str path, mode_t kind)
{
	struct stat info;
	return lstat(path.ptr, &info) == 0 && (info.st_mode & S_IFMT) == kind;
}

static bool is_descriptor(struct arena *arena, struct str path)
{
	struct err err;
	err_init(&err, arena);
	struct doc *doc = doc_open(path.ptr, &err);
	bool is = doc && service_is(doc);
	doc_close(doc);
	return is;
}

static bool is_document(struct str name)
{
	return str_ends(name, STR(".yaml")) || str_ends(name, STR(".yml")) || str_ends(name, STR(".json"));
}

/* The one descriptor below subject/ of a certificate; empty: there is none, or not one alone. */
static struct str find_subject(struct walk *it, struct str folder, int depth)
{
	struct str *names, found = {"", 0};
	uint32_t count;
	struct err err;
	err_init(&err, it->arena);
	if (depth > LIMIT_EVIDENCE_DEPTH || !is_a(folder, S_IFDIR) ||
			!folder_list(it->arena, folder.ptr, &names, &count, &err))
		return found;
	for (uint32_t i = 0; i < count; i++) {
		struct str path = str_printf(it->arena, "%.*s/%.*s", STR_FMT(folder), STR_FMT(names[i]));
		struct str one = {"", 0};
		if (is_a(path, S_IFDIR)) one = find_subject(it, path, depth + 1);
		if (is_document(names[i]) && is_a(path, S_IFREG) && is_descriptor(it->arena, path)) one = path;
		if (one.len && found.len) return (struct str){"", 0};
		if (one.len) found = one;
	}
	return found;
}

static struct str find_descriptor(struct walk *it, struct str folder, struct str stem)
{
	struct str own = str_printf(it->arena, "%.*s/%.*s.service.yaml", STR_FMT(folder), STR_FMT(stem));
	struct str beside = str_printf(it->arena, "%.*s/service.yaml", STR_FMT(folder));
	if (is_a(own, S_IFREG)) return own;
	if (is_a(beside, S_IFREG)) return beside;
	return find_subject(it, str_printf(it->arena, "%.*s/subject", STR_FMT(folder)), 0);
}

static bool add_pair(struct walk *it, struct str folder, struct str name)
{
	struct str stem = {name.ptr, name.len - strlen(".har")};
	if (it->found.count == LIMIT_TARGETS)
		return err_set(it->err, ERR_LIMIT, (struct loc){.file = folder}, "more than %d recordings",
				"meer dan %d opnames", LIMIT_TARGETS);
	*vec_push(&it->found) = (struct evidence_pair){
			str_printf(it->arena, "%.*s/%.*s", STR_FMT(folder), STR_FMT(name)), find_descriptor(it, folder, stem)};
	return true;
}

/* attempts/ of a certificate: earlier recordings of the service that is there already. */
static bool is_earlier(struct walk *it, struct str folder, struct str name)
{
	return str_eq(name, STR("attempts")) &&
		   (is_a(str_printf(it->arena, "%.*s/certificate.jws", STR_FMT(folder)), S_IFREG) ||
				   is_a(str_printf(it->arena, "%.*s/certificate.json", STR_FMT(folder)), S_IFREG));
}

static bool walk(struct walk *it, struct str folder, int depth)
{
	struct str *names;
	uint32_t count;
	if (depth > LIMIT_EVIDENCE_DEPTH)
		return err_set(it->err, ERR_LIMIT, (struct loc){.file = folder}, "more than %d folders in folders",
				"meer dan %d mappen in mappen", LIMIT_EVIDENCE_DEPTH);
	if (!folder_list(it->arena, folder.ptr, &names, &count, it->err)) return false;
	for (uint32_t i = 0; i < count; i++) {
		struct str path = str_printf(it->arena, "%.*s/%.*s", STR_FMT(folder), STR_FMT(names[i]));
		if (is_a(path, S_IFDIR) && !is_earlier(it, folder, names[i]) && !walk(it, path, depth + 1)) return false;
		if (str_ends(names[i], STR(".har")) && is_a(path, S_IFREG) && !add_pair(it, folder, names[i])) return false;
	}
	return true;
}

bool impact_find(struct arena *arena, struct str folder, struct evidence_pair **pairs, uint32_t *count, struct err *err)
{
	struct walk it = {.arena = arena, .err = err};
	while (folder.len > 1 && folder.ptr[folder.len - 1] == '/')
		folder.len--;
	bool ok = walk(&it, str_copy(arena, folder), 0);
	*count = (uint32_t)it.found.count;
	*pairs = arena_alloc(arena, (it.found.count + 1) * sizeof **pairs);
	if (it.found.count) memcpy(*pairs, it.found.items, it.found.count * sizeof **pairs);
	vec_release(&it.found);
	return ok;
}

static void close_doc(void *doc)
{
	doc_close(doc);
}

/* The recording stays open as long as the target lives. */
static void judge_pair(struct target_result *target, const struct evidence_pair *pair, struct judge_options *options,
		struct session_options *session)
{
	struct err err;
	struct arena *arena = arena_new();
	err_init(&err, arena);
	*target = (struct target_result){.arena = arena, .path = pair->descriptor};
	struct doc *recording = doc_open(pair->recording.ptr, &err);
	if (recording) arena_on_free(arena, close_doc, recording);
	session->recording = recording;
	options->session = session;
	if (recording) {
		judge_target(target, options);
	} else {
		preflight_unreadable(target, &err);
		judge_blocked(target, options->rulesets, options->count);
	}
}

void impact_judge(struct run *run, const struct evidence_pair *pairs, uint32_t count, const struct ruleset *ruleset,
		struct secret_reader *secrets, struct str today)
{
	*run = (struct run){.arena = arena_new(), .engine = STR(KEUR_VERSION), .ruleset_count = 1};
	const struct ruleset **rulesets = arena_alloc(run->arena, sizeof *rulesets);
	rulesets[0] = ruleset;
	run->rulesets = rulesets;
	run->targets = arena_zalloc(run->arena, (count + (size_t)1) * sizeof *run->targets);
	struct judge_options options = {.rulesets = rulesets, .count = 1, .named = true, .today = today};
	struct session_options session = {.offline = true, .secrets = secrets};
	for (uint32_t i = 0; i < count; i++) {
		if (!pairs[i].descriptor.len) continue;
		struct target_result *target = &run->targets[run->target_count++];
		judge_pair(target, &pairs[i], &options, &session);
		run->decision = decision_worst(run->decision, target->decision);
		run->judged++;
	}
}
