/* SPDX-License-Identifier: EUPL-1.2 */
/* Judging one target: from facts of the engine to verdicts. */
#include "rule/judge.h"

#include "rule/judge_private.h"
#include "rule/preflight.h"
#include "rule/reference.h"

void judge_documents(struct target_result *target, const struct refs *refs)
{
	uint32_t before = target->document_count;
	struct subject *all = arena_zalloc(target->arena, (before + refs->doc_count) * sizeof *all);
	if (before) memcpy(all, target->documents, before * sizeof *all);
	for (uint32_t i = 0; i < refs->doc_count; i++) {
		const struct source *source = refs->docs[i]->source;
		all[before + i] = (struct subject){
				str_copy(target->arena, source->name), digest_of(source->bytes), source->bytes.len};
	}
	target->documents = all;
	target->document_count = before + refs->doc_count;
}

void judge_blocked(struct target_result *target, const struct ruleset *const *rulesets, uint32_t count)
{
	target->standards = arena_zalloc(target->arena, count * sizeof *target->standards);
	target->standard_count = count;
	target->decision = DECISION_UNDETERMINED;
	for (uint32_t i = 0; i < count; i++) {
		struct standard_result *standard = &target->standards[i];
		standard_start(target, rulesets[i], standard);
		for (uint32_t j = 0; j < standard->requirement_count; j++) {
			const struct requirement *requirement = standard->requirements[j].requirement;
			struct text blocked = str_eq(target->kind, STR("service"))
										  ? TEXT("the service could not be judged (see pre-flight)",
													"de dienst kon niet beoordeeld worden (zie de controle vooraf)")
										  : TEXT("the document could not be judged (see pre-flight)",
													"het document kon niet beoordeeld worden (zie de controle vooraf)");
			standard->requirements[j].reason = requirement->use_count ? blocked : requirement->not_tested;
		}
		standard_decide(target, standard);
	}
}

/* A rule set of a standard is about service descriptions; an ad hoc rule set may be about anything. */
static bool needs_openapi(const struct ruleset *const *rulesets, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++)
		if (!rulesets[i]->ad_hoc) return true;
	return false;
}

/* In a folder, what is no service description counts when a rule set of somebody's own says that it is for such. */
static bool is_recognized(const struct doc *doc, const struct ruleset *const *rulesets, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++)
		for (uint32_t c = 0; rulesets[i]->ad_hoc && c < rulesets[i]->check_count; c++)
			if (spectral_recognizes(rulesets[i]->checks[c].spectral, doc->root)) return true;
	return false;
}

/* What a descriptor has beside `keur: 1`, by which it is known. */
static bool is_nearly_descriptor(const struct doc *doc)
{
	const struct node *root = doc->root;
	return root->kind == NODE_OBJECT && node_member(root, STR("service")) && node_member(root, STR("standards"));
}

static void add_not_openapi(struct target_result *target, const struct doc *doc)
{
	bool descriptor = service_is(doc);
	struct preflight preflight = {.level = LEVEL_BLOCKING, .loc = {.file = target->path, .line = 1, .column = 1}};
	if (descriptor) {
		preflight.kind = PREFLIGHT_UNSUPPORTED;
		preflight.message = TEXT(
				"this is a service descriptor, which this version cannot check; name the OpenAPI document",
				"dit is een service-descriptor, die deze versie niet kan controleren; noem het OpenAPI-document");
	} else if (is_nearly_descriptor(doc)) {
		preflight.kind = PREFLIGHT_NOT_OPENAPI;
		preflight.message = TEXT(
				"no OpenAPI document, and no service descriptor either, which it looks like: a descriptor has "
				"'keur: 1' at the root, found none; add that line",
				"geen OpenAPI-document, en ook geen service-descriptor, waar het wel op lijkt: die heeft 'keur: 1' op het "
				"hoogste niveau, niet gevonden; voeg die regel toe");
	} else {
		preflight.kind = PREFLIGHT_NOT_OPENAPI;
		preflight.message = TEXT(
				"no OpenAPI document: expected a member 'openapi' or 'swagger' at the root, found none",
				"geen OpenAPI-document: verwacht een veld 'openapi' of 'swagger' op het hoogste niveau, niet gevonden");
	}
	preflight_add(target, &preflight);
}

static void skip_target(struct target_result *target, struct text why)
{
	target->skipped = true;
	target->skip_reason = why;
	target->decision = DECISION_CONFORMANT;
}

/* References that lead nowhere are for pre-flight unless every rule set has a requirement that they violate. */
static bool leaves_faults(const struct ruleset *const *rulesets, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++)
		if (!reference_judge(rulesets[i])) return true;
	return count == 0;
}

/* An ad hoc rule set as its `overrides` make it for this document. One that is unsound is pre-flight's business. */
static const struct ruleset *overridden(const struct judge *judge, const struct ruleset *ruleset)
{
	struct target_result *target = judge->target;
	struct err err;
	err_init(&err, target->arena);
	if (!ruleset->checks[0].spectral) return ruleset;
	const struct spectral *spectral = spectral_for(ruleset->checks[0].spectral, target->path, target->arena, &err);
	if (spectral == ruleset->checks[0].spectral) return ruleset;
	if (spectral) return ruleset_of_spectral(target->arena, ruleset, spectral);
	struct preflight preflight = {
			.kind = PREFLIGHT_UNSUPPORTED, .level = LEVEL_BLOCKING, .loc = err.loc, .message = err.message};
	preflight_add(target, &preflight);
	struct ruleset *none = arena_zalloc(target->arena, sizeof *none);
	*none = *ruleset;
	none->check_count = none->requirement_count = 0;
	return none;
}

static void judge_standards(struct judge *judge, const struct ruleset *const *rulesets, uint32_t count)
{
	struct target_result *target = judge->target;
	target->standards = arena_zalloc(target->arena, count * sizeof *target->standards);
	target->standard_count = count;
	target->decision = count ? DECISION_CONFORMANT : DECISION_UNDETERMINED;
	for (uint32_t i = 0; i < count; i++) {
		judge->ruleset = rulesets[i]->ad_hoc ? overridden(judge, rulesets[i]) : rulesets[i];
		standard_start(target, judge->ruleset, &target->standards[i]);
		if (judge->ruleset->check_count) {
			standard_gather(judge);
			standard_judge(judge, &target->standards[i]);
		}
		standard_decide(target, &target->standards[i]);
	}
}

/* The document with what it refers to, over the network too: what was asked is evidence. */
static struct refs *follow(struct judge *judge, const struct doc *doc, const struct session_options *options)
{
	struct target_result *target = judge->target;
	if (!options) return refs_new(judge->scratch, doc);
	struct session *session = session_new(target->arena, judge->scratch, options, NULL);
	struct refs *refs = refs_new_with(judge->scratch, doc, session_loader(session, judge->scratch));
	if (session->evidence->count) target->evidence = session_evidence(session);
	return refs;
}

static void judge_doc(struct target_result *target, const struct doc *doc, const struct ruleset *const *rulesets,
		uint32_t count, const struct judge_options *options)
{
	target->format = doc->format == DOC_JSON ? STR("json") : STR("yaml");
	bool is_description = preflight_kind(target, doc);
	/* Before references are followed: the parts of a description are many, and lead to each other. */
	bool any = ruleset_any_document(rulesets, count);
	if (!is_description && !any && target->from_folder && !is_recognized(doc, rulesets, count)) {
		skip_target(target, TEXT("no service description: no member 'openapi' or 'swagger' at the root",
									"geen servicebeschrijving: geen veld 'openapi' of 'swagger' bovenaan"));
		return;
	}
	struct judge judge = {.target = target,
			.scratch = arena_new(),
			.today = options->today,
			.without = options->without,
			.without_count = options->without_count};
	judge.refs = any ? refs_plain(judge.scratch, doc) : follow(&judge, doc, options->session);
	judge_documents(target, judge.refs);
	if (!is_description && needs_openapi(rulesets, count)) add_not_openapi(target, doc);
	preflight_remarks(target, judge.refs, 0);
	if (!any) preflight_references(target, judge.refs, target->blocked || leaves_faults(rulesets, count));
	if (target->blocked)
		judge_blocked(target, rulesets, count);
	else
		judge_standards(&judge, rulesets, count);
	arena_free(judge.scratch);
}

/* In a folder, a file that cannot be parsed counts only when it looks like a service description gone wrong. */
static bool looks_like_description(const struct target_result *target)
{
	struct arena *scratch = arena_new();
	struct err err;
	err_init(&err, scratch);
	struct source *source = source_read(scratch, target->path.ptr, &err);
	bool looks = !source || str_find_str(source->bytes, STR("openapi")) < source->bytes.len ||
				 str_find_str(source->bytes, STR("swagger")) < source->bytes.len;
	arena_free(scratch);
	return looks;
}

/* "127.0.0.1:8731/v1", "api.example.nl/zaken": a host, and no file of that name. */
static bool looks_like_host(struct str path, bool *secure)
{
	struct str host = {path.ptr, str_find(path, '/')};
	size_t colon = str_find(host, ':');
	struct str name = {host.ptr, colon}, port = str_skip(host, colon + 1);
	bool numeric = name.len > 0, dotted = false, fits = name.len > 0 && name.ptr[0] != '.';
	for (size_t i = 0; i < name.len; i++) {
		char c = name.ptr[i];
		bool digit = c >= '0' && c <= '9', letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
		fits = fits && (digit || letter || c == '-' || c == '.');
		numeric = numeric && (digit || c == '.');
		dotted = dotted || c == '.';
	}
	for (size_t i = 0; i < port.len; i++)
		fits = fits && port.ptr[i] >= '0' && port.ptr[i] <= '9';
	bool local = str_eq(name, STR("localhost"));
	*secure = !numeric && !local && (port.len == 0 || str_eq(port, STR("443")));
	return fits && (local || port.len > 0 || (dotted && (numeric || host.len < path.len)));
}

/* Whoever forgets the scheme of a URL is told of a file that is not there. */
static void suggest_url(struct target_result *target)
{
	struct preflight *told = &target->preflight[target->preflight_count - 1];
	bool secure;
	if (told->kind != PREFLIGHT_UNREADABLE || !looks_like_host(target->path, &secure)) return;
	const char *scheme = secure ? "https" : "http";
	for (int lang = 0; lang < LANG_COUNT; lang++)
		told->message.in[lang] = str_printf(target->arena,
				lang == LANG_NL ? "%.*s; is het een dienst, schrijf dan %s://%.*s"
								: "%.*s; if it is a service, write %s://%.*s",
				STR_FMT(told->message.in[lang]), scheme, STR_FMT(target->path));
}

static bool looks_at_documents(const struct ruleset *ruleset)
{
	for (uint32_t i = 0; i < ruleset->check_count; i++)
		if (ruleset->checks[i].subject == SUBJECT_OPENAPI) return true;
	return ruleset->check_count == 0;
}

/* An XML Schema, say, says nothing of a document in JSON or YAML. */
static void refuse_other(struct target_result *target, const struct doc *doc, const struct judge_options *options)
{
	const char *format = doc->format == DOC_JSON ? "JSON" : "YAML";
	target->format = doc->format == DOC_JSON ? STR("json") : STR("yaml");
	if (target->from_folder) {
		skip_target(
				target, TEXT("no XML, which is what the rule set is about", "geen XML, en daar gaat de regelset over"));
		return;
	}
	struct preflight preflight = {.kind = PREFLIGHT_UNSUPPORTED,
			.level = LEVEL_BLOCKING,
			.loc = {.file = target->path, .line = 1, .column = 1},
			.message = text_printf(target->arena,
					"expected an XML document, found %s, of which an XML Schema says nothing",
					"verwacht een XML-document, gevonden %s, en daarover zegt een XML-schema niets", format)};
	preflight_add(target, &preflight);
	judge_blocked(target, options->rulesets, options->count);
}

static bool is_for_xml(const struct judge_options *options)
{
	return options->count == 1 && options->rulesets[0]->ad_hoc && options->rulesets[0]->checks->subject == SUBJECT_XML;
}

/* Of standards that were not asked for by name those that look at such documents. */
static uint32_t choose(struct target_result *target, const struct judge_options *options, const struct ruleset ***out)
{
	uint32_t count = 0;
	*out = arena_alloc(target->arena, options->count * sizeof **out);
	for (uint32_t i = 0; i < options->count; i++)
		if (options->named || looks_at_documents(options->rulesets[i])) (*out)[count++] = options->rulesets[i];
	return count;
}

void judge_unread(struct target_result *target, const struct judge_options *options, const struct err *err)
{
	bool any = ruleset_any_document(options->rulesets, options->count);
	if (!any && target->from_folder && err->loc.line > 0 && !looks_like_description(target)) {
		skip_target(target, TEXT("not well-formed, and nothing in it looks like a service description",
									"niet goed gevormd, en niets erin lijkt op een servicebeschrijving"));
		return;
	}
	preflight_unreadable(target, err);
	suggest_url(target);
	const struct ruleset **rulesets;
	uint32_t count = choose(target, options, &rulesets);
	if (count)
		judge_blocked(target, rulesets, count);
	else
		judge_blocked(target, options->rulesets, options->count);
}

/* Standards that were not asked for by name, and of which a document shows nothing, are left out. */
void judge_document(struct target_result *target, const struct doc *doc, const struct judge_options *options)
{
	if (is_for_xml(options)) {
		refuse_other(target, doc, options);
		return;
	}
	const struct ruleset **rulesets;
	uint32_t count = choose(target, options, &rulesets);
	judge_doc(target, doc, rulesets, count, options);
}
