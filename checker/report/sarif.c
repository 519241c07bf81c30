/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The SARIF report, 2.1.0, for code scanning: requirements are rules, findings are results, waivers suppress them.
 *
 * Only violations are results: viewers take whatever is a result for an alert, whatever its `kind`. What could not be
 * decided is a notification of the tool.
 */
#include "base/vec.h"
#include "doc/canonical.h"
#include "report/report.h"
#include "report/sarif_private.h"
#include "report/words.h"
#include "rule/preflight.h"

#define SCHEMA_URL "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

static const struct str levels[OBLIGATION_COUNT] = {STR("error"), STR("warning"), STR("note")};

/* SARIF takes [words](address) in a message for a link: what a vendor wrote leads nowhere. */
static struct str without_links(struct strbuf *out, struct str text)
{
	size_t at = str_find_str(text, STR("]("));
	if (at == text.len) return text;
	for (; at < text.len; at = str_find_str(text, STR("]("))) {
		strbuf_add(out, (struct str){text.ptr, at + 1});
		strbuf_add_char(out, ' ');
		text = str_skip(text, at + 1);
	}
	strbuf_add(out, text);
	return strbuf_str(out);
}

void sarif_text(struct sarif *it, const char *key, struct str text)
{
	struct strbuf clean;
	strbuf_init(&clean, SIZE_MAX / 2);
	canonical_object(&it->json, key);
	canonical_str(&it->json, "text", without_links(&clean, text));
	canonical_end_object(&it->json);
	strbuf_release(&clean);
}

struct str sarif_name(struct sarif *it, const struct ruleset *ruleset, const struct requirement *requirement)
{
	strbuf_clear(&it->text);
	requirement_name(&it->text, ruleset, requirement);
	return strbuf_str(&it->text);
}

/* How to mend it, and where the standard says so. */
static void add_help(struct sarif *it, const struct requirement *requirement)
{
	struct str fix = text_in(requirement->fix, it->lang);
	strbuf_clear(&it->text);
	strbuf_add(&it->text, fix.len ? fix : text_in(requirement->title, it->lang));
	if (requirement->clause.len) strbuf_printf(&it->text, "\n%.*s", STR_FMT(requirement->clause));
	sarif_text(it, "help", strbuf_str(&it->text));
}

static void add_rule(struct sarif *it, const struct ruleset *ruleset, const struct requirement_result *result)
{
	const struct requirement *requirement = result->requirement;
	canonical_object(&it->json, NULL);
	canonical_object(&it->json, "defaultConfiguration");
	canonical_str(&it->json, "level", levels[result->verdict.obligation]);
	canonical_end_object(&it->json);
	add_help(it, requirement);
	if (is_web_url(requirement->clause)) canonical_str(&it->json, "helpUri", sarif_uri(it, requirement->clause));
	canonical_str(&it->json, "id", sarif_name(it, ruleset, requirement));
	canonical_object(&it->json, "properties");
	canonical_array(&it->json, "tags");
	canonical_str(&it->json, NULL, ruleset->id);
	canonical_str(&it->json, NULL, str_of(obligation_names[result->verdict.obligation]));
	canonical_end_array(&it->json);
	canonical_end_object(&it->json);
	sarif_text(it, "shortDescription", text_in(requirement->title, it->lang));
	canonical_end_object(&it->json);
}

static void add_driver(struct sarif *it)
{
	canonical_object(&it->json, "tool");
	canonical_object(&it->json, "driver");
	canonical_str(&it->json, "name", STR("keur"));
	canonical_array(&it->json, "rules");
	for (uint32_t i = 0; i < it->register_count; i++)
		for (uint32_t j = 0; j < it->registers[i].standard->requirement_count; j++)
			add_rule(it, it->registers[i].standard->ruleset, &it->registers[i].standard->requirements[j]);
	canonical_end_array(&it->json);
	canonical_str(&it->json, "semanticVersion", it->run->engine);
	canonical_end_object(&it->json);
	canonical_end_object(&it->json);
}

static int compare_documents(const void *a, const void *b)
{
	const struct subject *const *one = a, *const *other = b;
	int order = str_compare((*one)->path, (*other)->path);
	return order ? order : strcmp((*one)->digest.hex, (*other)->digest.hex);
}

static void add_artifact(struct sarif *it, const struct subject *document)
{
	canonical_object(&it->json, NULL);
	canonical_object(&it->json, "hashes");
	canonical_str(&it->json, "sha-256", str_of(document->digest.hex));
	canonical_end_object(&it->json);
	canonical_number(&it->json, "length", document->size);
	sarif_artifact(it, "location", document->path);
	canonical_end_object(&it->json);
}

/* Sorted, for targets share documents, and each is to be there once. */
static void add_artifacts(struct sarif *it)
{
	struct {
		const struct subject **items;
		size_t count, capacity;
	} all = {0};
	for (uint32_t i = 0; i < it->run->target_count; i++)
		for (uint32_t j = 0; j < it->run->targets[i].document_count && !it->run->targets[i].skipped; j++)
			*vec_push(&all) = &it->run->targets[i].documents[j];
	if (all.count) qsort(all.items, all.count, sizeof *all.items, compare_documents);
	canonical_array(&it->json, "artifacts");
	for (size_t i = 0; i < all.count; i++)
		if (!i || compare_documents(&all.items[i - 1], &all.items[i]) != 0) add_artifact(it, all.items[i]);
	canonical_end_array(&it->json);
	vec_release(&all);
}

static void add_preflight(struct sarif *it, const struct preflight *preflight)
{
	canonical_object(&it->json, NULL);
	canonical_object(&it->json, "descriptor");
	canonical_str(&it->json, "id", str_of(preflight_names[preflight->kind]));
	canonical_end_object(&it->json);
	canonical_str(&it->json, "level", levels[preflight->level]);
	canonical_array(&it->json, "locations");
	sarif_location(it, &preflight->loc, &preflight->excerpt);
	canonical_end_array(&it->json);
	sarif_text(it, "message", text_in(preflight->message, it->lang));
	canonical_end_object(&it->json);
}

/* A requirement that should have been decided and was not. */
static void add_open(
		struct sarif *it, const struct target_result *target, const struct standard_result *standard, uint32_t index)
{
	const struct requirement_result *result = &standard->requirements[index];
	struct loc loc = {.file = target->path};
	struct excerpt none = {.text = {"", 0}};
	canonical_object(&it->json, NULL);
	sarif_rule_reference(it, "associatedRule", standard, index);
	canonical_str(&it->json, "level", levels[OBLIGATION_MUST]);
	canonical_array(&it->json, "locations");
	sarif_location(it, &loc, &none);
	canonical_end_array(&it->json);
	strbuf_clear(&it->text);
	requirement_name(&it->text, standard->ruleset, result->requirement);
	strbuf_printf(&it->text, ": %.*s: %.*s", STR_FMT(text_in(outcome_words[result->verdict.outcome], it->lang)),
			STR_FMT(text_in(result->reason, it->lang)));
	sarif_text(it, "message", strbuf_str(&it->text));
	canonical_end_object(&it->json);
}

static void add_notifications(struct sarif *it, const struct target_result *target)
{
	for (uint32_t i = 0; i < target->preflight_count; i++)
		add_preflight(it, &target->preflight[i]);
	for (uint32_t i = 0; i < target->standard_count; i++)
		for (uint32_t j = 0; j < target->standards[i].requirement_count; j++)
			if (verdict_is_open(target->standards[i].requirements[j].verdict))
				add_open(it, target, &target->standards[i], j);
}

/* Successful means that keur came to a decision, whichever. */
static void add_invocation(struct sarif *it)
{
	canonical_array(&it->json, "invocations");
	canonical_object(&it->json, NULL);
	canonical_bool(&it->json, "executionSuccessful", it->run->decision != DECISION_UNDETERMINED);
	if (it->run->started.len) canonical_str(&it->json, "startTimeUtc", it->run->started);
	canonical_array(&it->json, "toolExecutionNotifications");
	for (uint32_t i = 0; i < it->run->target_count; i++)
		if (!it->run->targets[i].skipped) add_notifications(it, &it->run->targets[i]);
	canonical_end_array(&it->json);
	canonical_end_object(&it->json);
	canonical_end_array(&it->json);
}

static void add_results(struct sarif *it, const struct target_result *target)
{
	for (uint32_t i = 0; i < target->standard_count; i++)
		for (uint32_t j = 0; j < target->standards[i].requirement_count; j++) {
			const struct requirement_result *result = &target->standards[i].requirements[j];
			if (result->verdict.outcome != OUTCOME_FAIL) continue;
			for (uint32_t k = 0; k < result->finding_count; k++)
				sarif_result(it, target, &target->standards[i], j, &result->findings[k]);
		}
}

static void add_run(struct sarif *it, struct str link)
{
	canonical_object(&it->json, NULL);
	add_artifacts(it);
	canonical_str(&it->json, "columnKind", STR("unicodeCodePoints"));
	add_invocation(it);
	canonical_str(&it->json, "language", it->lang == LANG_NL ? STR("nl") : STR("en"));
	canonical_object(&it->json, "properties");
	canonical_str(&it->json, "decision", str_of(decision_names[it->run->decision]));
	canonical_str_if(&it->json, "report", link);
	canonical_str(&it->json, "reportDigest", str_of(it->run->digest.hex));
	canonical_end_object(&it->json);
	canonical_array(&it->json, "results");
	for (uint32_t i = 0; i < it->run->target_count; i++)
		if (!it->run->targets[i].skipped) add_results(it, &it->run->targets[i]);
	canonical_end_array(&it->json);
	add_driver(it);
	canonical_end_object(&it->json);
}

bool report_sarif(const struct run *run, const struct report_options *options, struct strbuf *out, struct err *err)
{
	struct sarif it = {.lang = options->lang, .run = run};
	strbuf_init(&it.text, out->ceiling);
	sarif_collect(&it);
	canonical_init(&it.json, out);
	canonical_object(&it.json, NULL);
	canonical_str(&it.json, "$schema", STR(SCHEMA_URL));
	canonical_array(&it.json, "runs");
	add_run(&it, options->link);
	canonical_end_array(&it.json);
	canonical_str(&it.json, "version", STR("2.1.0"));
	canonical_end_object(&it.json);
	strbuf_add(out, STR("\n"));
	strbuf_release(&it.text);
	sarif_release(&it);
	return report_fits(out, "sarif", err);
}
