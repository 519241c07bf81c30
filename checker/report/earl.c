/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The EARL report: the W3C's Evaluation and Report Language 1.0 as JSON-LD, one assertion for each requirement of each
 * target. The context stands in the document, so that nothing has to be fetched to read it.
 */
#include "doc/canonical.h"
#include "report/escape.h"
#include "report/report.h"
#include "report/words.h"

struct earl {
	struct canonical json;
	enum lang lang;
	const struct run *run;
	struct strbuf text; /* work space */
};

static void add_context(struct canonical *json)
{
	static const struct {
		const char *prefix;
		struct str uri;
	} prefixes[] = {{"dct", STR("http://purl.org/dc/terms/")}, {"doap", STR("http://usefulinc.com/ns/doap#")},
			{"earl", STR("http://www.w3.org/ns/earl#")}, {"foaf", STR("http://xmlns.com/foaf/0.1/")},
			{"keur", STR("urn:keur:")}, {"ptr", STR("http://www.w3.org/2009/pointers#")}};
	canonical_object(json, "@context");
	for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++)
		canonical_str(json, prefixes[i].prefix, prefixes[i].uri);
	canonical_end_object(json);
}

static void add_node(struct canonical *json, const char *key, struct str id)
{
	canonical_object(json, key);
	canonical_str(json, "@id", id);
	canonical_end_object(json);
}

static void add_said(struct canonical *json, const char *lang, struct str value)
{
	canonical_object(json, NULL);
	canonical_str(json, "@language", str_of(lang));
	canonical_str(json, "@value", value);
	canonical_end_object(json);
}

static void add_in_both(struct canonical *json, const char *key, struct text text)
{
	canonical_array(json, key);
	add_said(json, "en", text.in[LANG_EN]);
	add_said(json, "nl", text.in[LANG_NL]);
	canonical_end_array(json);
}

static void add_assertor(struct earl *it)
{
	canonical_object(&it->json, NULL);
	canonical_str(&it->json, "@id", STR("_:keur"));
	canonical_array(&it->json, "@type");
	canonical_str(&it->json, NULL, STR("earl:Assertor"));
	canonical_str(&it->json, NULL, STR("earl:Software"));
	canonical_end_array(&it->json);
	canonical_str(&it->json, "doap:name", STR("keur"));
	canonical_object(&it->json, "doap:release");
	canonical_str(&it->json, "doap:revision", it->run->engine);
	canonical_end_object(&it->json);
	canonical_end_object(&it->json);
}

/* Numbered by those that count: skipped ones stand elsewhere in a report that was read back. */
static struct str subject_id(struct earl *it, uint32_t number)
{
	strbuf_clear(&it->text);
	strbuf_printf(&it->text, "_:subject%u", number);
	return strbuf_str(&it->text);
}

static void add_subject(struct earl *it, const struct target_result *target, uint32_t number)
{
	const struct product *product = &target->product;
	canonical_object(&it->json, NULL);
	canonical_str(&it->json, "@id", subject_id(it, number));
	canonical_str(&it->json, "@type", STR("earl:TestSubject"));
	canonical_str_if(&it->json, "dct:creator", product->vendor);
	if (target->document_count) canonical_str(&it->json, "dct:identifier", str_of(target->documents[0].digest.hex));
	canonical_str(&it->json, "dct:source", shown_path(target->path));
	canonical_str(&it->json, "dct:title", product->name.len ? product->name : shown_path(target->path));
	canonical_str_if(&it->json, "doap:revision", product->version);
	canonical_end_object(&it->json);
}

/* Where it is: a line of a file, or an exchange that the evidence has under that number. */
static void add_pointer(struct earl *it, const struct finding *finding)
{
	bool line = finding->loc.line > 0;
	canonical_object(&it->json, NULL);
	canonical_str(&it->json, "@type", line ? STR("ptr:LineCharPointer") : STR("ptr:Pointer"));
	canonical_str(&it->json, "dct:description", text_in(finding->message, it->lang));
	canonical_str(&it->json, "dct:identifier", finding->loc.pointer);
	if (finding->exchange) canonical_number(&it->json, "keur:exchange", finding->exchange);
	if (line) canonical_number(&it->json, "ptr:charNumber", finding->loc.column);
	if (line) canonical_number(&it->json, "ptr:lineNumber", finding->loc.line);
	canonical_str(&it->json, "ptr:reference", finding->loc.file);
	canonical_end_object(&it->json);
}

/* What was decided, in words: the reason, or what was found first; and who accepts it. */
static void add_info(struct earl *it, const struct requirement_result *result)
{
	struct str why = text_in(result->reason, it->lang);
	strbuf_clear(&it->text);
	strbuf_add(&it->text, text_in(outcome_words[result->verdict.outcome], it->lang));
	if (result->verdict.outcome == OUTCOME_FAIL && result->finding_count)
		why = text_in(result->findings[0].message, it->lang);
	strbuf_printf(&it->text, "%s%.*s", why.len ? ": " : "", STR_FMT(why));
	for (uint32_t i = 0; i < result->excuse_count; i++)
		strbuf_printf(&it->text,
				it->lang == LANG_NL ? "; ontheffing tot en met %.*s door %.*s: %.*s"
									: "; waived until %.*s by %.*s: %.*s",
				STR_FMT(result->excuses[i].until), STR_FMT(result->excuses[i].approved_by),
				STR_FMT(result->excuses[i].reason));
	canonical_str(&it->json, "earl:info", strbuf_str(&it->text));
}

static void add_result(struct earl *it, const struct requirement_result *result)
{
	static const struct str outcomes[OUTCOME_COUNT] = {[OUTCOME_PASS] = STR("earl:passed"),
			[OUTCOME_FAIL] = STR("earl:failed"),
			[OUTCOME_NOT_APPLICABLE] = STR("earl:inapplicable"),
			[OUTCOME_INCONCLUSIVE] = STR("earl:cantTell"),
			[OUTCOME_NOT_TESTED] = STR("earl:untested"),
			[OUTCOME_ERROR] = STR("earl:cantTell")};
	canonical_object(&it->json, "earl:result");
	canonical_str(&it->json, "@type", STR("earl:TestResult"));
	canonical_str_if(&it->json, "dct:date", it->run->started);
	add_info(it, result);
	add_node(&it->json, "earl:outcome", outcomes[result->verdict.outcome]);
	canonical_array(&it->json, "earl:pointer");
	for (uint32_t i = 0; i < result->finding_count; i++)
		add_pointer(it, &result->findings[i]);
	canonical_end_array(&it->json);
	canonical_end_object(&it->json);
}

/* A clause that has an address is known by it; the requirement's own name is unique among those of keur. */
static void add_test(struct earl *it, const struct standard_result *standard, const struct requirement_result *result)
{
	const struct ruleset *ruleset = standard->ruleset;
	canonical_object(&it->json, "earl:test");
	canonical_str(&it->json, "@type", STR("earl:TestRequirement"));
	strbuf_clear(&it->text);
	requirement_name(&it->text, ruleset, result->requirement);
	canonical_str(&it->json, "dct:identifier", strbuf_str(&it->text));
	strbuf_clear(&it->text);
	strbuf_printf(&it->text, "%.*s", STR_FMT(ruleset->id));
	if (ruleset->version.len) strbuf_printf(&it->text, " %.*s", STR_FMT(ruleset->version));
	canonical_str(&it->json, "dct:isPartOf", strbuf_str(&it->text));
	canonical_str_if(&it->json, "dct:source", result->requirement->clause);
	add_in_both(&it->json, "dct:title", result->requirement->title);
	canonical_str(&it->json, "keur:obligation", str_of(obligation_names[result->verdict.obligation]));
	canonical_end_object(&it->json);
}

static void add_assertion(struct earl *it, uint32_t number, const struct standard_result *standard,
		const struct requirement_result *result)
{
	static const struct str modes[MODE_COUNT] = {[MODE_AUTOMATIC] = STR("earl:automatic"),
			[MODE_SEMI_AUTOMATIC] = STR("earl:semiAuto"),
			[MODE_MANUAL] = STR("earl:manual"),
			[MODE_ATTESTED] = STR("earl:undisclosed")};
	canonical_object(&it->json, NULL);
	canonical_str(&it->json, "@type", STR("earl:Assertion"));
	add_node(&it->json, "earl:assertedBy", STR("_:keur"));
	add_node(&it->json, "earl:mode", modes[result->verdict.mode]);
	add_result(it, result);
	add_node(&it->json, "earl:subject", subject_id(it, number));
	add_test(it, standard, result);
	canonical_str(&it->json, "keur:disposition", str_of(disposition_names[result->verdict.disposition]));
	canonical_end_object(&it->json);
}

static void add_assertions(struct earl *it, const struct target_result *target, uint32_t number)
{
	for (uint32_t i = 0; i < target->standard_count; i++)
		for (uint32_t j = 0; j < target->standards[i].requirement_count; j++)
			add_assertion(it, number, &target->standards[i], &target->standards[i].requirements[j]);
}

bool report_earl(const struct run *run, const struct report_options *options, struct strbuf *out, struct err *err)
{
	struct earl it = {.lang = options->lang, .run = run};
	strbuf_init(&it.text, out->ceiling);
	canonical_init(&it.json, out);
	canonical_object(&it.json, NULL);
	add_context(&it.json);
	canonical_array(&it.json, "@graph");
	add_assertor(&it);
	for (uint32_t i = 0, number = 0; i < run->target_count; i++)
		if (!run->targets[i].skipped) add_subject(&it, &run->targets[i], ++number);
	for (uint32_t i = 0, number = 0; i < run->target_count; i++)
		if (!run->targets[i].skipped) add_assertions(&it, &run->targets[i], ++number);
	canonical_end_array(&it.json);
	strbuf_clear(&it.text);
	strbuf_printf(&it.text, "urn:sha256:%s", run->digest.hex);
	canonical_str(&it.json, "@id", strbuf_str(&it.text));
	canonical_str_if(&it.json, "dct:source", options->link);
	canonical_end_object(&it.json);
	strbuf_add(out, STR("\n"));
	strbuf_release(&it.text);
	return report_fits(out, "earl", err);
}
