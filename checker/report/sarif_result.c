/* SPDX-License-Identifier: EUPL-1.2 */
/* Results of SARIF: findings, with their places, and what excuses them. */
#include <stdlib.h>

#include "base/utf8.h"
#include "report/fingerprint.h"
#include "report/sarif_private.h"
#include "rule/service.h"

static const struct sarif_register *find_register(const struct sarif *it, const struct ruleset *ruleset)
{
	for (uint32_t i = 0; i < it->register_count; i++) {
		const struct ruleset *known = it->registers[i].standard->ruleset;
		if (str_eq(known->id, ruleset->id) && str_eq(known->version, ruleset->version)) return &it->registers[i];
	}
	return NULL;
}

void sarif_collect(struct sarif *it)
{
	uint32_t next = 0;
	it->registers = mem_resize(NULL, it->run->ruleset_count + 1, sizeof *it->registers);
	for (uint32_t i = 0; i < it->run->target_count; i++)
		for (uint32_t j = 0; j < it->run->targets[i].standard_count && !it->run->targets[i].skipped; j++) {
			const struct standard_result *standard = &it->run->targets[i].standards[j];
			if (find_register(it, standard->ruleset) || it->register_count > it->run->ruleset_count) continue;
			it->registers[it->register_count++] = (struct sarif_register){standard, next};
			next += standard->requirement_count;
		}
}

void sarif_release(struct sarif *it)
{
	free(it->registers);
}

struct str sarif_uri(struct sarif *it, struct str path)
{
	strbuf_clear(&it->text);
	escape_uri(&it->text, path);
	return strbuf_str(&it->text);
}

void sarif_artifact(struct sarif *it, const char *key, struct str path)
{
	bool relative = !is_web_url(path) && !str_starts(path, STR("/"));
	canonical_object(&it->json, key);
	canonical_str(&it->json, "uri", sarif_uri(it, path));
	if (relative) canonical_str(&it->json, "uriBaseId", STR("%SRCROOT%"));
	canonical_end_object(&it->json);
}

/* Columns count characters, as columnKind says; the end is the first column behind the span. */
static void add_region(struct sarif *it, const struct loc *loc, const struct excerpt *excerpt)
{
	struct str span = {excerpt->text.ptr + excerpt->start, excerpt->length};
	canonical_object(&it->json, "region");
	if (excerpt->length && !excerpt->continues)
		canonical_number(&it->json, "endColumn", loc->column + utf8_count(span));
	if (excerpt->length) sarif_text(it, "snippet", span);
	canonical_number(&it->json, "startColumn", loc->column);
	canonical_number(&it->json, "startLine", loc->line);
	canonical_end_object(&it->json);
}

void sarif_location(struct sarif *it, const struct loc *loc, const struct excerpt *excerpt)
{
	canonical_object(&it->json, NULL);
	if (loc->pointer.len) {
		canonical_array(&it->json, "logicalLocations");
		canonical_object(&it->json, NULL);
		canonical_str(&it->json, "fullyQualifiedName", loc->pointer);
		canonical_end_object(&it->json);
		canonical_end_array(&it->json);
	}
	canonical_object(&it->json, "physicalLocation");
	sarif_artifact(it, "artifactLocation", loc->file);
	if (loc->line) add_region(it, loc, excerpt);
	canonical_end_object(&it->json);
	canonical_end_object(&it->json);
}

/* Rule sets that are judged more than once have their requirements in one order. */
static uint32_t rule_index(const struct sarif *it, const struct standard_result *standard, uint32_t index)
{
	const struct sarif_register *known = find_register(it, standard->ruleset);
	return known ? known->first + index : index;
}

void sarif_rule_reference(struct sarif *it, const char *key, const struct standard_result *standard, uint32_t index)
{
	canonical_object(&it->json, key);
	canonical_str(&it->json, "id", sarif_name(it, standard->ruleset, standard->requirements[index].requirement));
	canonical_number(&it->json, "index", rule_index(it, standard, index));
	canonical_end_object(&it->json);
}

/* Waivers in force of the requirement, where they cover this finding. */
static void add_suppressions(struct sarif *it, const struct requirement_result *result, const struct finding *finding)
{
	canonical_array(&it->json, "suppressions");
	for (uint32_t i = 0; i < result->excuse_count; i++) {
		const struct excuse *excuse = &result->excuses[i];
		if (excuse->at.len && !waiver_covers(excuse->at, finding->loc.pointer)) continue;
		canonical_object(&it->json, NULL);
		strbuf_clear(&it->text);
		strbuf_printf(&it->text, it->lang == LANG_NL ? "%.*s (%.*s, tot en met %.*s)" : "%.*s (%.*s, until %.*s)",
				STR_FMT(excuse->reason), STR_FMT(excuse->approved_by), STR_FMT(excuse->until));
		canonical_str(&it->json, "justification", strbuf_str(&it->text));
		canonical_str(&it->json, "kind", STR("external"));
		canonical_str(&it->json, "status", STR("accepted"));
		canonical_end_object(&it->json);
	}
	canonical_end_array(&it->json);
}

static void add_message(struct sarif *it, const struct finding *finding)
{
	struct str expected = text_in(finding->expected, it->lang);
	strbuf_clear(&it->text);
	strbuf_add(&it->text, text_in(finding->message, it->lang));
	if (expected.len)
		strbuf_printf(&it->text, "\n%s: %.*s", it->lang == LANG_NL ? "verwacht" : "expected", STR_FMT(expected));
	if (finding->found.len)
		strbuf_printf(&it->text, "\n%s: %.*s", it->lang == LANG_NL ? "gevonden" : "found", STR_FMT(finding->found));
	sarif_text(it, "message", strbuf_str(&it->text));
}

/* The method and URL of an exchange are in loc.file, "GET https://...". */
static void add_request(struct sarif *it, const struct finding *finding)
{
	size_t blank = str_find(finding->loc.file, ' ');
	canonical_object(&it->json, "webRequest");
	canonical_str(&it->json, "method", (struct str){finding->loc.file.ptr, blank});
	canonical_str(&it->json, "target", str_skip(finding->loc.file, blank + 1));
	canonical_end_object(&it->json);
}

/* An exchange stands in no file: it is told at the description that it was held against, or else at the target. */
static void add_place(struct sarif *it, const struct target_result *target, const struct finding *finding)
{
	struct excerpt none = {.text = {"", 0}};
	struct loc loc = finding->loc;
	if (finding->exchange) loc = finding->basis.line ? finding->basis : (struct loc){.file = target->path};
	canonical_array(&it->json, "locations");
	sarif_location(it, &loc, finding->exchange ? &none : &finding->excerpt);
	canonical_end_array(&it->json);
}

/* The schema that says so, or the `$ref` that led there. */
static void add_related(struct sarif *it, const struct finding *finding)
{
	struct excerpt none = {.text = {"", 0}};
	bool basis = finding->basis.line && !finding->exchange;
	if (!basis && !finding->referrer.line) return;
	canonical_array(&it->json, "relatedLocations");
	if (basis) sarif_location(it, &finding->basis, &none);
	if (finding->referrer.line) sarif_location(it, &finding->referrer, &none);
	canonical_end_array(&it->json);
}

void sarif_result(struct sarif *it, const struct target_result *target, const struct standard_result *standard,
		uint32_t index, const struct finding *finding)
{
	static const struct str levels[OBLIGATION_COUNT] = {STR("error"), STR("warning"), STR("note")};
	const struct requirement_result *result = &standard->requirements[index];
	struct digest fingerprint = fingerprint_of(target, standard, result->requirement, finding);
	canonical_object(&it->json, NULL);
	canonical_str(&it->json, "level", levels[result->verdict.obligation]);
	add_place(it, target, finding);
	add_message(it, finding);
	canonical_object(&it->json, "partialFingerprints");
	canonical_str(&it->json, "keurFinding/v1", str_of(fingerprint.hex));
	canonical_end_object(&it->json);
	canonical_object(&it->json, "properties");
	canonical_str(&it->json, "check", finding->check);
	if (finding->exchange) canonical_number(&it->json, "exchange", finding->exchange);
	canonical_end_object(&it->json);
	add_related(it, finding);
	canonical_str(&it->json, "ruleId", sarif_name(it, standard->ruleset, result->requirement));
	canonical_number(&it->json, "ruleIndex", rule_index(it, standard, index));
	add_suppressions(it, result, finding);
	if (finding->exchange) add_request(it, finding);
	canonical_end_object(&it->json);
}
