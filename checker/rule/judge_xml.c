/* SPDX-License-Identifier: EUPL-1.2 */
/* Judging an XML document. */
#include "rule/judge_xml.h"

#include "doc/xml_doc.h"
#include "rule/judge.h"
#include "rule/judge_private.h"
#include "rule/preflight.h"

#define WSDL_NAMESPACE "http://schemas.xmlsoap.org/wsdl/"

static bool is_wsdl(const xmlNode *root)
{
	return root->ns && strcmp((const char *)root->ns->href, WSDL_NAMESPACE) == 0 &&
		   strcmp((const char *)root->name, "definitions") == 0;
}

/* Request and answer in one file, as engine/soap_pair.h has them. */
static bool is_pair(const xmlNode *root)
{
	return !root->ns && strcmp((const char *)root->name, "pair") == 0;
}

/* Has the rule set a check that looks at such a document? */
static bool looks_at(const struct ruleset *ruleset, const struct doc *doc, enum check_subject wanted, bool named)
{
	bool (*match)(const struct roots *, const struct doc *) = named ? roots_match : roots_match_unasked;
	for (uint32_t i = 0; i < ruleset->check_count; i++) {
		enum check_subject subject = ruleset->checks[i].subject;
		if (subject == wanted && match(&ruleset->checks[i].roots, doc)) return true;
		if (ruleset->ad_hoc && (subject == SUBJECT_XML || subject == SUBJECT_WSDL)) return true;
	}
	return false;
}

static void add_nothing_to_hold(
		struct target_result *target, const struct doc *doc, const struct judge_options *options)
{
	struct preflight preflight = {.kind = PREFLIGHT_UNSUPPORTED,
			.level = LEVEL_BLOCKING,
			.loc = {.file = target->path, .line = 1, .column = 1},
			.message = text_printf(target->arena,
					"this is XML, %.*s, and no rule set that was chosen is about such documents; name a schema with "
					"--schema FILE.xsd or --ruleset FILE.sch, or a standard that is about it with --standard (keur rules "
					"list)",
					"dit is XML, %.*s, en geen gekozen regelset gaat over zulke documenten; noem een schema met --schema "
					"BESTAND.xsd of --ruleset BESTAND.sch, of met --standard een standaard die erover gaat (keur rules list)",
					STR_FMT(roots_found(target->arena, doc)))};
	if (ruleset_any_document(options->rulesets, options->count))
		preflight.message = TEXT(
				"expected JSON or YAML, found XML, of which a JSON Schema says nothing; name an XML Schema "
				"(.xsd) with --schema",
				"verwacht JSON of YAML, gevonden XML, en daarover zegt een JSON Schema niets; noem een XML-schema (.xsd) met "
				"--schema");
	preflight_add(target, &preflight);
}

/* A rule set that was named, and is about other documents than this one. */
static void tell_other(struct target_result *target, const struct doc *doc, const struct ruleset *ruleset)
{
	const struct roots *roots = NULL;
	for (uint32_t i = 0; i < ruleset->check_count && !roots; i++)
		if (ruleset->checks[i].roots.count) roots = &ruleset->checks[i].roots;
	if (!roots) return;
	struct text why = roots_why_not(target->arena, roots, doc);
	struct preflight preflight = {.kind = PREFLIGHT_UNRECOGNIZED_FORMAT,
			.level = LEVEL_PROBLEM,
			.loc = {.file = target->path, .line = 1, .column = 1},
			.message = text_printf(target->arena, "rule set %.*s %s%.0s", "regelset %.*s %.0s%s", STR_FMT(ruleset->id),
					why.in[LANG_EN].ptr, why.in[LANG_NL].ptr)};
	preflight_add(target, &preflight);
}

/* What had to be got over in a schema set that was named; those of rule sets are known and pinned. */
static void tell_slips(struct target_result *target, const struct ruleset *ruleset)
{
	uint32_t count = 0;
	const struct xsd *xsd = ruleset->ad_hoc && ruleset->check_count ? ruleset->checks[0].xsd : NULL;
	const struct xsd_remark *remarks = xsd ? xsd_remarks(xsd, &count) : NULL;
	for (uint32_t i = 0; i < count; i++) {
		struct preflight preflight = {.kind = PREFLIGHT_NOTED,
				.level = LEVEL_NOTE,
				.loc = remarks[i].loc,
				.message = text_copy(target->arena, remarks[i].message)};
		preflight.loc.file = str_copy(target->arena, preflight.loc.file);
		preflight_add(target, &preflight);
	}
}

static void record_document(struct target_result *target, const struct doc *doc)
{
	target->documents = arena_alloc(target->arena, sizeof *target->documents);
	struct str bytes = doc->source->original.ptr ? doc->source->original : doc->source->bytes;
	target->documents[0] = (struct subject){target->path, digest_of(bytes), bytes.len};
	target->document_count = 1;
}

static void judge_all(struct target_result *target, const struct doc *doc, const struct ruleset **rulesets,
		uint32_t count, const struct judge_options *options)
{
	struct judge judge = {.target = target,
			.scratch = arena_new(),
			.xml = doc,
			.without = options->without,
			.without_count = options->without_count,
			.traces = options->traces,
			.today = options->today};
	target->standards = arena_zalloc(target->arena, count * sizeof *target->standards);
	target->standard_count = count;
	target->decision = DECISION_CONFORMANT;
	for (uint32_t i = 0; i < count; i++) {
		judge.ruleset = rulesets[i];
		standard_start(target, judge.ruleset, &target->standards[i]);
		standard_gather(&judge);
		standard_judge(&judge, &target->standards[i]);
		standard_decide(target, &target->standards[i]);
	}
	arena_free(judge.scratch);
}

void judge_xml(struct target_result *target, const struct doc *doc, const struct judge_options *options)
{
	const struct ruleset **rulesets = arena_alloc(target->arena, options->count * sizeof *rulesets);
	uint32_t count = 0, looking = 0;
	bool wsdl = is_wsdl(doc->xml->root), pair = is_pair(doc->xml->root);
	for (uint32_t i = 0; i < options->count; i++) {
		bool looks = looks_at(options->rulesets[i], doc,
				wsdl   ? SUBJECT_WSDL
				: pair ? SUBJECT_PAIRS
					   : SUBJECT_XML,
				options->named);
		looking += looks;
		if (looks || options->named) rulesets[count++] = options->rulesets[i];
		if (!looks && options->named) tell_other(target, doc, options->rulesets[i]);
	}
	target->format = STR("xml");
	target->kind = wsdl ? STR("wsdl") : pair ? STR("pair") : STR("xml");
	record_document(target, doc);
	for (uint32_t i = 0; i < count; i++)
		tell_slips(target, rulesets[i]);
	if (looking) {
		preflight_remarks_of(target, doc, 0);
		judge_all(target, doc, rulesets, count, options);
		return;
	}
	if (target->from_folder) {
		target->skipped = true;
		target->skip_reason = TEXT(
				"XML that no rule set which was chosen looks at", "XML waar geen gekozen regelset naar kijkt");
		target->decision = DECISION_CONFORMANT;
		return;
	}
	add_nothing_to_hold(target, doc, options);
	judge_blocked(target, rulesets, count);
}
