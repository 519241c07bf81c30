/* SPDX-License-Identifier: EUPL-1.2 */
/* Reading reports: what the whole is, and whether it is to be believed. */
#include "report/read.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/limits.h"
#include "doc/canonical.h"
#include "report/read_private.h"
#include "report/report.h"
#include "report/validate.h"

static const struct node *member(const struct node *object, const char *key)
{
	return node_member(object, str_of(key));
}

struct str read_str(const struct node *object, const char *key)
{
	const struct node *node = member(object, key);
	return node && node->kind == NODE_STRING ? node_text(node) : (struct str){"", 0};
}

struct text read_text(const struct node *object, const char *key)
{
	const struct node *node = member(object, key);
	return (struct text){{[LANG_EN] = read_str(node, "en"), [LANG_NL] = read_str(node, "nl")}};
}

bool read_bool(const struct node *object, const char *key)
{
	const struct node *node = member(object, key);
	return node && node->kind == NODE_TRUE;
}

void read_fail(const struct reading *it, const struct node *node, const char *en, const char *nl, ...)
{
	char texts[LANG_COUNT][512];
	const char *formats[LANG_COUNT] = {[LANG_EN] = en, [LANG_NL] = nl};
	for (int lang = 0; lang < LANG_COUNT; lang++) {
		va_list args;
		va_start(args, nl);
		vsnprintf(texts[lang], sizeof texts[lang], formats[lang], args);
		va_end(args);
	}
	struct text text = {{[LANG_EN] = str_of(texts[LANG_EN]), [LANG_NL] = str_of(texts[LANG_NL])}};
	err_set_text(
			it->err, ERR_SYNTAX, source_loc(it->doc->source, node->start), (struct text){{{"", 0}, {"", 0}}}, text);
}

uint64_t read_number(const struct reading *it, const struct node *object, const char *key, uint64_t most)
{
	const struct node *node = member(object, key);
	uint64_t value = 0;
	if (!node) return 0;
	for (uint32_t i = 0; i < node->len; i++) {
		unsigned digit = (unsigned)(node->text[i] - '0');
		if (digit > 9 || value > (most - digit) / 10) {
			read_fail(it, node, "'%s': expected a whole number up to %llu",
					"'%s': verwacht een geheel getal tot en met %llu", key, (unsigned long long)most);
			return 0;
		}
		value = value * 10 + digit;
	}
	return value;
}

int read_word(const struct reading *it, const struct node *object, const char *key, const char *const *names, int count)
{
	struct str word = read_str(object, key);
	for (int i = 0; i < count; i++)
		if (str_eq(word, str_of(names[i]))) return i;
	read_fail(it, object, "'%s': '%.*s' is not known", "'%s': '%.*s' is niet bekend", key, STR_FMT(word));
	return 0;
}

void *read_array(const struct reading *it, const struct node *object, const char *key, size_t size, uint32_t *count)
{
	const struct node *array = member(object, key);
	*count = array ? node_count(array) : 0;
	return *count ? arena_zalloc(it->arena, *count * size) : NULL;
}

static void read_digest(const struct node *object, const char *key, struct str before, struct digest *digest)
{
	struct str text = str_skip(read_str(object, key), before.len);
	if (text.len < sizeof digest->hex) memcpy(digest->hex, text.ptr, text.len);
}

static void read_files(const struct reading *it, const struct node *node, struct ruleset *ruleset)
{
	const struct node *files = member(node, "files");
	ruleset->files = read_array(it, node, "files", sizeof *ruleset->files, &ruleset->file_count);
	for (uint32_t i = 0; i < ruleset->file_count; i++) {
		const struct node *file = node_at(files, i);
		ruleset->files[i].name = read_str(file, "name");
		ruleset->files[i].size = read_number(it, file, "size", UINT64_C(1) << 53);
		read_digest(file, "sha256", STR(""), &ruleset->files[i].digest);
	}
}

static void read_artefacts(const struct reading *it, const struct node *node, struct ruleset *ruleset)
{
	const struct node *array = member(node, "artefacts");
	ruleset->artefacts = read_array(it, node, "artefacts", sizeof *ruleset->artefacts, &ruleset->artefact_count);
	for (uint32_t i = 0; i < ruleset->artefact_count; i++) {
		const struct node *artefact = node_at(array, i);
		struct artefact_found found = {.place = read_str(artefact, "place"),
				.state = (enum artefact_state)read_word(
						it, artefact, "state", artefact_state_names, ARTEFACT_STATE_COUNT)};
		read_digest(artefact, "found", STR(""), &found.digest);
		ruleset->artefacts[i] = (struct artefact){.id = read_str(artefact, "id"),
				.url = read_str(artefact, "url"),
				.licence = read_str(artefact, "licence"),
				.title = read_text(artefact, "title"),
				.sha256 = read_str(artefact, "sha256")};
		artefact_recall(&ruleset->artefacts[i], it->arena, &found);
	}
}

static const struct ruleset *read_ruleset(const struct reading *it, const struct node *node)
{
	struct ruleset *ruleset = arena_zalloc(it->arena, sizeof *ruleset);
	const struct node *status = member(node, "status");
	*ruleset = (struct ruleset){.arena = it->arena,
			.id = read_str(node, "id"),
			.version = read_str(node, "version"),
			.title = read_text(node, "title"),
			.authority = read_str(node, "authority"),
			.class_title = read_text(node, "class"),
			.level = read_str(node, "level"),
			.source = read_str(node, "source"),
			.status = (enum status)read_word(it, status, "state", status_names, STATUS_COUNT),
			.from = read_str(status, "from"),
			.until = read_str(status, "until"),
			.replaced_by = read_str(status, "replacedBy"),
			.ad_hoc = read_bool(node, "adHoc"),
			.parity = read_bool(node, "parity")};
	read_digest(node, "digest", STR(""), &ruleset->digest);
	read_files(it, node, ruleset);
	read_artefacts(it, node, ruleset);
	return ruleset;
}

static void read_rulesets(const struct reading *it, const struct node *root, struct run *run)
{
	const struct node *array = member(root, "rulesets");
	const struct ruleset **all = read_array(it, root, "rulesets", sizeof *all, &run->ruleset_count);
	for (uint32_t i = 0; i < run->ruleset_count; i++)
		all[i] = read_ruleset(it, node_at(array, i));
	run->rulesets = all;
}

/* Those that were skipped count for nothing, wherever they stand. */
static void read_targets(const struct reading *it, const struct node *root, struct run *run)
{
	const struct node *targets = member(root, "targets"), *skipped = member(root, "skipped");
	uint32_t judged = node_count(targets), count = judged + node_count(skipped);
	run->targets = arena_zalloc(it->arena, (count + 1) * sizeof *run->targets);
	for (uint32_t i = 0; i < judged; i++)
		read_target(it, node_at(targets, i), run, &run->targets[i]);
	for (uint32_t i = judged; i < count; i++) {
		const struct node *node = node_at(skipped, i - judged);
		run->targets[i] = (struct target_result){
				.path = read_str(node, "path"), .skip_reason = read_text(node, "reason"), .skipped = true};
	}
	run->judged = judged;
	run->target_count = count;
}

static struct http_fields read_fields(const struct reading *it, const struct node *node)
{
	struct http_fields fields;
	const struct node *array = member(node, "fields");
	fields.items = read_array(it, node, "fields", sizeof *fields.items, &fields.count);
	for (uint32_t i = 0; i < fields.count; i++)
		fields.items[i] = (struct http_field){
				read_str(node_at(array, i), "name"), read_str(node_at(array, i), "value")};
	return fields;
}

/* Which target an exchange is of does not matter to anyone but its number: all are kept with the first. */
static void read_exhibits(const struct reading *it, const struct node *facts, struct run *run)
{
	const struct node *array = member(facts, "exchanges");
	if (!array || !run->judged) return;
	struct target_result *target = &run->targets[0];
	target->exhibits = read_array(it, facts, "exchanges", sizeof *target->exhibits, &target->exhibit_count);
	for (uint32_t i = 0; i < target->exhibit_count; i++) {
		const struct node *node = node_at(array, i);
		target->exhibits[i] = (struct exhibit){.number = (uint32_t)read_number(it, node, "number", UINT32_MAX),
				.method = read_str(node, "method"),
				.url = read_str(node, "url"),
				.request_body = read_str(node, "requestBody"),
				.status = (uint32_t)read_number(it, node, "status", 999),
				.reason = read_str(node, "reason"),
				.why = read_text(node, "why"),
				.fields = read_fields(it, node),
				.body = read_str(node, "body"),
				.cut = read_bool(node, "cut")};
	}
}

static void read_volatile(const struct reading *it, const struct node *root, struct run *run)
{
	const struct node *facts = member(root, "volatile"), *evidence = member(facts, "evidence");
	run->started = read_str(facts, "started");
	run->host = read_str(facts, "host");
	run->milliseconds = read_number(it, facts, "durationMs", UINT64_C(1) << 53);
	run->evidence_path = read_str(evidence, "path");
	read_digest(evidence, "sha256", STR(""), &run->evidence_digest);
	read_exhibits(it, facts, run);
}

/* Of another version nothing else can be said: before the schema, which would say it worse. */
static bool check_version(const struct reading *it, const struct node *root)
{
	const struct node *report = member(root, "report"), *version = member(report, "version");
	if (it->doc->format != DOC_JSON || !str_eq(read_str(report, "name"), STR("keur-report")) || !version)
		read_fail(it, root, "expected a report of keur, as --format json writes it; this is something else%s",
				"verwacht een rapport van keur, zoals --format json het schrijft; dit is iets anders%s", "");
	else if (version->kind != NODE_NUMBER || !str_eq(node_text(version), STR("1")))
		read_fail(it, version, "a report of version %.*s; this version of keur reads version 1",
				"een rapport van versie %.*s; deze versie van keur leest versie 1", STR_FMT(node_text(version)));
	return it->err->code == ERR_NONE;
}

static bool check_keys(const struct reading *it)
{
	for (uint32_t i = 0; i < it->doc->diagnostic_count; i++) {
		const struct diagnostic *diagnostic = &it->doc->diagnostics[i];
		if (diagnostic->kind != DIAGNOSTIC_DUPLICATE_KEY) continue;
		return err_set(it->err, ERR_SYNTAX, source_loc(it->doc->source, diagnostic->start),
				"the key '%.*s' stands here twice; a report has each key once",
				"de sleutel '%.*s' staat hier twee keer; een rapport heeft elke sleutel één keer",
				STR_FMT(diagnostic->what));
	}
	return true;
}

/* The digest is over what the report says: layout and order of members do not count, everything else does. */
static struct digest digest_as_read(const struct node *root)
{
	static const char *const outside[] = {"digest", "volatile", NULL};
	struct strbuf text;
	strbuf_init(&text, LIMIT_DOCUMENT_BYTES);
	canonical_tree(&text, root, outside);
	struct digest digest = digest_of(strbuf_str(&text));
	strbuf_release(&text);
	return digest;
}

/* What the run would be written as has to be what was read: else the report says one thing in two ways, and a reader
 * would be shown only one of them. */
static bool check_digest(const struct reading *it, const struct node *root, struct run *run)
{
	struct digest stated = {""}, found = digest_as_read(root);
	read_digest(root, "digest", STR("sha256:"), &stated);
	if (strcmp(stated.hex, found.hex) != 0) {
		read_fail(it, member(root, "digest"),
				"the report was changed after it was written: its digest is %s, its content gives %s",
				"het rapport is na het schrijven veranderd: de digest is %s, de inhoud geeft %s", stated.hex,
				found.hex);
		run->digest = found;
		return false;
	}
	if (!report_seal(run, it->err)) return false;
	if (strcmp(stated.hex, run->digest.hex) != 0)
		read_fail(it, root,
				"the report contradicts itself: the fix of a finding is not that of its requirement, or the like%s",
				"het rapport spreekt zichzelf tegen: het herstel van een bevinding is niet dat van haar eis, of iets "
				"dergelijks%s",
				"");
	return it->err->code == ERR_NONE;
}

static void close_doc(void *doc)
{
	doc_close(doc);
}

bool report_read(struct run *run, const char *path, struct str schema_path, struct err *err)
{
	struct doc *doc = doc_open(path, err);
	if (doc) return report_read_doc(run, doc, schema_path, err);
	*run = (struct run){.arena = arena_new()};
	return false;
}

bool report_read_doc(struct run *run, struct doc *doc, struct str schema_path, struct err *err)
{
	*run = (struct run){.arena = arena_new()};
	arena_on_free(run->arena, close_doc, doc);
	struct reading it = {doc, run->arena, err};
	if (!check_version(&it, doc->root) || !check_keys(&it)) return false;
	if (!report_validate_read(doc, schema_path, err)) return false;
	run->engine = read_str(member(doc->root, "engine"), "version");
	run->decision = (enum decision)read_word(&it, doc->root, "decision", decision_names, DECISION_COUNT);
	read_rulesets(&it, doc->root, run);
	read_targets(&it, doc->root, run);
	read_volatile(&it, doc->root, run);
	return err->code == ERR_NONE && check_digest(&it, doc->root, run);
}
