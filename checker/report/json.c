/* SPDX-License-Identifier: EUPL-1.2 */
/* The JSON report: docs/report.md describes it field by field. Members are written in the order of their keys. */
#include "base/limits.h"
#include "doc/canonical.h"
#include "report/class.h"
#include "report/report.h"
#include "report/validate.h"
#include "rule/preflight.h"

static void write_loc(struct canonical *out, const char *key, const struct loc *loc)
{
	canonical_object(out, key);
	if (loc->line) canonical_number(out, "column", loc->column);
	if (loc->line) canonical_number(out, "line", loc->line);
	if (loc->pointer.ptr) canonical_str(out, "pointer", loc->pointer);
	canonical_str(out, "source", loc->file);
	canonical_end_object(out);
}

static void write_excerpt(struct canonical *out, const struct excerpt *excerpt)
{
	if (!excerpt->text.len) return;
	canonical_object(out, "excerpt");
	canonical_bool(out, "continues", excerpt->continues);
	canonical_bool(out, "cutAfter", excerpt->cut_after);
	canonical_bool(out, "cutBefore", excerpt->cut_before);
	canonical_number(out, "length", excerpt->length);
	canonical_number(out, "start", excerpt->start);
	canonical_str(out, "text", excerpt->text);
	canonical_end_object(out);
}

static void write_id(struct canonical *out, const char *key, const struct ruleset *ruleset, struct str id)
{
	struct strbuf full;
	strbuf_init(&full, LIMIT_MESSAGE_BYTES);
	if (!ruleset->ad_hoc) strbuf_printf(&full, "%.*s/", STR_FMT(ruleset->id));
	strbuf_add(&full, id);
	canonical_str(out, key, strbuf_str(&full));
	strbuf_release(&full);
}

static void write_finding(struct canonical *out, const struct ruleset *ruleset, const struct requirement *requirement,
		const struct finding *finding)
{
	canonical_object(out, NULL);
	if (finding->basis.line) write_loc(out, "basis", &finding->basis);
	if (finding->by_contract) canonical_bool(out, "byContract", true);
	canonical_str(out, "check", finding->check);
	if (finding->loc.line) canonical_number(out, "column", finding->loc.column);
	write_excerpt(out, &finding->excerpt);
	if (finding->exchange) canonical_number(out, "exchange", finding->exchange);
	canonical_text_if(out, "expected", finding->expected);
	canonical_text_if(out, "fix", requirement->fix);
	canonical_str_if(out, "found", finding->found);
	if (finding->loc.line) canonical_number(out, "line", finding->loc.line);
	canonical_text(out, "message", finding->message);
	canonical_str(out, "pointer", finding->loc.pointer);
	if (finding->referrer.line) write_loc(out, "referrer", &finding->referrer);
	write_id(out, "requirement", ruleset, requirement->id);
	canonical_str(out, "source", finding->loc.file);
	canonical_end_object(out);
}

static void write_checks(struct canonical *out, const struct requirement *requirement)
{
	canonical_array(out, "checks");
	for (uint32_t i = 0; i < requirement->use_count; i++)
		canonical_str(out, NULL, requirement->uses[i].named);
	if (requirement->resolves) canonical_str(out, NULL, STR(REFERENCES_CHECK));
	canonical_end_array(out);
}

static void write_waivers(struct canonical *out, const struct requirement_result *result)
{
	if (!result->excuse_count) return;
	canonical_array(out, "waivers");
	for (uint32_t i = 0; i < result->excuse_count; i++) {
		const struct excuse *excuse = &result->excuses[i];
		canonical_object(out, NULL);
		canonical_str(out, "approvedBy", excuse->approved_by);
		if (excuse->at.ptr) canonical_str(out, "at", excuse->at);
		canonical_str(out, "reason", excuse->reason);
		canonical_str(out, "until", excuse->until);
		canonical_end_object(out);
	}
	canonical_end_array(out);
}

static void write_answer(struct canonical *out, const struct given *given)
{
	if (!given) return;
	canonical_object(out, "answer");
	canonical_str(out, "by", given->by);
	canonical_str(out, "date", given->date);
	canonical_str(out, "evidence", given->evidence);
	canonical_str_if(out, "note", given->note);
	canonical_end_object(out);
}

static void write_requirement(
		struct canonical *out, const struct ruleset *ruleset, const struct requirement_result *result)
{
	const struct requirement *requirement = result->requirement;
	canonical_object(out, NULL);
	canonical_str_if(out, "alias", requirement->alias);
	write_answer(out, result->given);
	write_checks(out, requirement);
	canonical_str_if(out, "clause", requirement->clause);
	canonical_str(out, "disposition", str_of(disposition_names[result->verdict.disposition]));
	if (result->filter_failures) canonical_number(out, "filterFailures", result->filter_failures);
	canonical_array(out, "findings");
	for (uint32_t i = 0; i < result->finding_count; i++)
		write_finding(out, ruleset, requirement, &result->findings[i]);
	canonical_end_array(out);
	canonical_bool(out, "findingsCut", result->cut);
	canonical_text_if(out, "fix", requirement->fix);
	write_id(out, "id", ruleset, requirement->id);
	canonical_text_if(out, "interpretation", requirement->interpretation);
	canonical_str(out, "mode", str_of(mode_names[result->verdict.mode]));
	canonical_str(out, "obligation", str_of(obligation_names[result->verdict.obligation]));
	canonical_str(out, "outcome", str_of(outcome_names[result->verdict.outcome]));
	if (class_is_named(ruleset)) canonical_str(out, "part", str_of(part_names[requirement->part]));
	canonical_text_if(out, "reason", result->reason);
	if (requirement->remarks) canonical_bool(out, "remarks", true);
	canonical_text(out, "title", requirement->title);
	canonical_number(out, "violations", result->violations);
	write_waivers(out, result);
	canonical_end_object(out);
}

static void write_coverage(struct canonical *out, const struct coverage *coverage)
{
	canonical_object(out, "coverage");
	if (coverage->answered) canonical_number(out, "answered", coverage->answered);
	canonical_number(out, "automatic", coverage->automatic);
	canonical_number(out, "notTested", coverage->not_tested);
	canonical_number(out, "partial", coverage->partial);
	canonical_number(out, "rules", coverage->rules);
	canonical_number(out, "total", coverage->total);
	canonical_end_object(out);
}

static void write_score(struct canonical *out, const struct standard_result *standard)
{
	if (!standard->score.groups) return;
	canonical_object(out, "score");
	canonical_number(out, "failed", standard->score.failed);
	canonical_number(out, "groups", standard->score.groups);
	canonical_bool(out, "known", standard->score.known);
	canonical_text(out, "title", standard->ruleset->score_title);
	if (standard->score.known) canonical_number(out, "value", standard->score.value);
	canonical_end_object(out);
}

static void write_standard(struct canonical *out, const struct standard_result *standard)
{
	canonical_object(out, NULL);
	write_coverage(out, &standard->coverage);
	canonical_str(out, "decision", str_of(decision_names[standard->decision]));
	canonical_str_if(out, "endpoint", standard->endpoint);
	canonical_str(out, "id", standard->ruleset->id);
	class_json(out, standard);
	canonical_array(out, "requirements");
	for (uint32_t i = 0; i < standard->requirement_count; i++)
		write_requirement(out, standard->ruleset, &standard->requirements[i]);
	canonical_end_array(out);
	canonical_str_if(out, "role", standard->role);
	write_score(out, standard);
	canonical_str_if(out, "version", standard->ruleset->version);
	canonical_end_object(out);
}

static void write_preflight(struct canonical *out, const struct target_result *target)
{
	canonical_array(out, "preflight");
	for (uint32_t i = 0; i < target->preflight_count; i++) {
		const struct preflight *preflight = &target->preflight[i];
		canonical_object(out, NULL);
		write_excerpt(out, &preflight->excerpt);
		canonical_str(out, "kind", str_of(preflight_names[preflight->kind]));
		canonical_str(out, "level", str_of(level_names[preflight->level]));
		write_loc(out, "location", &preflight->loc);
		canonical_text(out, "message", preflight->message);
		canonical_end_object(out);
	}
	canonical_end_array(out);
}

static void write_digest(struct canonical *out, const char *key, const struct digest *digest)
{
	canonical_str(out, key, str_of(digest->hex));
}

/* Which of the evidence is of this target. */
static void write_exchanges(struct canonical *out, const struct target_result *target)
{
	if (!target->evidence || !target->evidence->count) return;
	canonical_object(out, "exchanges");
	canonical_number(out, "count", target->evidence->count);
	canonical_number(out, "first", target->first_exchange);
	canonical_end_object(out);
}

static void write_product(struct canonical *out, const struct product *product)
{
	if (!product->name.len) return;
	canonical_object(out, "product");
	canonical_str_if(out, "catalogue", product->catalogue);
	canonical_str(out, "name", product->name);
	canonical_str_if(out, "oin", product->oin);
	canonical_array(out, "products");
	for (uint32_t i = 0; i < product->product_count; i++)
		canonical_str(out, NULL, product->products[i]);
	canonical_end_array(out);
	canonical_str(out, "vendor", product->vendor);
	canonical_str(out, "version", product->version);
	canonical_end_object(out);
}

static void write_target(struct canonical *out, const struct target_result *target)
{
	canonical_object(out, NULL);
	canonical_str(out, "decision", str_of(decision_names[target->decision]));
	canonical_array(out, "documents");
	for (uint32_t i = 0; i < target->document_count; i++) {
		canonical_object(out, NULL);
		canonical_str(out, "path", target->documents[i].path);
		write_digest(out, "sha256", &target->documents[i].digest);
		canonical_number(out, "size", target->documents[i].size);
		canonical_end_object(out);
	}
	canonical_end_array(out);
	write_exchanges(out, target);
	canonical_str_if(out, "format", target->format);
	canonical_str_if(out, "kind", target->kind);
	canonical_str_if(out, "kindVersion", target->kind_version);
	canonical_str(out, "path", target->path);
	write_preflight(out, target);
	write_product(out, &target->product);
	canonical_array(out, "standards");
	for (uint32_t i = 0; i < target->standard_count; i++)
		write_standard(out, &target->standards[i]);
	canonical_end_array(out);
	if (target->unknown_claims) canonical_number(out, "unknownClaims", target->unknown_claims);
	canonical_end_object(out);
}

static void write_skipped(struct canonical *out, const struct run *run)
{
	canonical_array(out, "skipped");
	for (uint32_t i = 0; i < run->target_count; i++) {
		const struct target_result *target = &run->targets[i];
		if (!target->skipped || target->is_folder) continue;
		canonical_object(out, NULL);
		canonical_str(out, "path", target->path);
		canonical_text(out, "reason", target->skip_reason);
		canonical_end_object(out);
	}
	canonical_end_array(out);
}

static void write_status(struct canonical *out, const struct ruleset *ruleset)
{
	canonical_object(out, "status");
	canonical_str_if(out, "from", ruleset->from);
	canonical_str_if(out, "replacedBy", ruleset->replaced_by);
	canonical_str(out, "state", str_of(status_names[ruleset->status]));
	canonical_str_if(out, "until", ruleset->until);
	canonical_end_object(out);
}

static void write_artefact(struct canonical *out, const struct artefact *artefact)
{
	struct artefact_found found = artefact_known(artefact);
	canonical_object(out, NULL);
	if (found.digest.hex[0]) write_digest(out, "found", &found.digest);
	canonical_str(out, "id", artefact->id);
	canonical_str_if(out, "licence", artefact->licence);
	canonical_str_if(out, "place", found.place);
	canonical_str(out, "sha256", artefact->sha256);
	canonical_str(out, "state", str_of(artefact_state_names[found.state]));
	canonical_text_if(out, "title", artefact->title);
	canonical_str_if(out, "url", artefact->url);
	canonical_end_object(out);
}

static void write_artefacts(struct canonical *out, const struct ruleset *ruleset)
{
	if (!ruleset->artefact_count) return;
	canonical_array(out, "artefacts");
	for (uint32_t i = 0; i < ruleset->artefact_count; i++)
		write_artefact(out, &ruleset->artefacts[i]);
	canonical_end_array(out);
}

static void write_ruleset(struct canonical *out, const struct ruleset *ruleset)
{
	canonical_object(out, NULL);
	canonical_bool(out, "adHoc", ruleset->ad_hoc);
	write_artefacts(out, ruleset);
	canonical_str_if(out, "authority", ruleset->authority);
	canonical_text_if(out, "class", ruleset->class_title);
	write_digest(out, "digest", &ruleset->digest);
	canonical_array(out, "files");
	for (uint32_t i = 0; i < ruleset->file_count; i++) {
		canonical_object(out, NULL);
		canonical_str(out, "name", ruleset->files[i].name);
		write_digest(out, "sha256", &ruleset->files[i].digest);
		canonical_number(out, "size", ruleset->files[i].size);
		canonical_end_object(out);
	}
	canonical_end_array(out);
	canonical_str(out, "id", ruleset->id);
	canonical_str_if(out, "level", ruleset->level);
	if (ruleset->parity) canonical_bool(out, "parity", true);
	canonical_str_if(out, "source", ruleset->source);
	write_status(out, ruleset);
	canonical_text(out, "title", ruleset->title);
	canonical_str_if(out, "version", ruleset->version);
	canonical_end_object(out);
}

static void write_engine(struct canonical *out, const struct run *run)
{
	canonical_object(out, "engine");
	canonical_str(out, "name", STR("keur"));
	canonical_str(out, "version", run->engine);
	canonical_end_object(out);
}

/* Everything that the digest covers, as one object; `*digest_at` is where the member "digest" belongs. */
static bool write_body(const struct run *run, struct strbuf *buf, size_t *digest_at)
{
	struct canonical out;
	canonical_init(&out, buf);
	canonical_object(&out, NULL);
	canonical_str(&out, "decision", str_of(decision_names[run->decision]));
	*digest_at = buf->len;
	write_engine(&out, run);
	canonical_object(&out, "report");
	canonical_str(&out, "name", STR("keur-report"));
	canonical_number(&out, "version", 1);
	canonical_end_object(&out);
	canonical_array(&out, "rulesets");
	for (uint32_t i = 0; i < run->ruleset_count; i++)
		write_ruleset(&out, run->rulesets[i]);
	canonical_end_array(&out);
	write_skipped(&out, run);
	canonical_array(&out, "targets");
	for (uint32_t i = 0; i < run->target_count; i++)
		if (!run->targets[i].skipped) write_target(&out, &run->targets[i]);
	canonical_end_array(&out);
	canonical_end_object(&out);
	return !out.disorder && out.depth == 0;
}

static void write_exhibit(struct canonical *out, const struct exhibit *exhibit)
{
	canonical_object(out, NULL);
	canonical_str_if(out, "body", exhibit->body);
	canonical_bool(out, "cut", exhibit->cut);
	canonical_array(out, "fields");
	for (uint32_t i = 0; i < exhibit->fields.count; i++) {
		canonical_object(out, NULL);
		canonical_str(out, "name", exhibit->fields.items[i].name);
		canonical_str(out, "value", exhibit->fields.items[i].value);
		canonical_end_object(out);
	}
	canonical_end_array(out);
	canonical_str(out, "method", exhibit->method);
	canonical_number(out, "number", exhibit->number);
	canonical_str_if(out, "reason", exhibit->reason);
	canonical_str_if(out, "requestBody", exhibit->request_body);
	if (exhibit->status) canonical_number(out, "status", exhibit->status);
	canonical_str(out, "url", exhibit->url);
	canonical_text_if(out, "why", exhibit->why);
	canonical_end_object(out);
}

/* What servers answer holds times and identifiers of the day, so it is no part of what the digest covers. */
static void write_exhibits(struct canonical *out, const struct run *run)
{
	bool any = false;
	for (uint32_t i = 0; i < run->target_count; i++)
		any = any || run->targets[i].exhibit_count;
	if (!any) return;
	canonical_array(out, "exchanges");
	for (uint32_t i = 0; i < run->target_count; i++)
		for (uint32_t j = 0; j < run->targets[i].exhibit_count; j++)
			write_exhibit(out, &run->targets[i].exhibits[j]);
	canonical_end_array(out);
}

/* "digest" sorts right after "decision", and "volatile" after everything: both are put into the finished body. */
static bool write_volatile(const struct run *run, struct strbuf *buf)
{
	struct canonical out;
	canonical_init(&out, buf);
	canonical_object(&out, NULL);
	canonical_number(&out, "durationMs", run->milliseconds);
	if (run->evidence_path.len) {
		canonical_object(&out, "evidence");
		canonical_str(&out, "path", run->evidence_path);
		canonical_str(&out, "sha256", str_of(run->evidence_digest.hex));
		canonical_end_object(&out);
	}
	write_exhibits(&out, run);
	canonical_str_if(&out, "host", run->host);
	canonical_str_if(&out, "started", run->started);
	canonical_end_object(&out);
	return !out.disorder;
}

static bool fail_internal(struct err *err, bool too_large)
{
	if (too_large)
		return err_set(err, ERR_LIMIT, (struct loc){0},
				"the JSON report would be larger than %d MiB; check fewer documents at a time",
				"het JSON-rapport zou groter worden dan %d MiB; controleer minder documenten tegelijk",
				LIMIT_DOCUMENT_BYTES >> 20);
	return err_set(err, ERR_UNDECIDED, (struct loc){0}, "internal error: the report is not in canonical order (%s)",
			"interne fout: het rapport staat niet in canonieke volgorde (%s)", "RFC 8785");
}

static bool assemble(const struct run *run, struct str body, size_t digest_at, struct strbuf *out)
{
	struct strbuf volatile_facts;
	struct digest digest = digest_of(body);
	strbuf_init(&volatile_facts, LIMIT_DOCUMENT_BYTES);
	bool ok = write_volatile(run, &volatile_facts);
	strbuf_add(out, (struct str){body.ptr, digest_at});
	strbuf_printf(out, ",\"digest\":\"sha256:%s\"", digest.hex);
	strbuf_add(out, (struct str){body.ptr + digest_at, body.len - 1 - digest_at});
	strbuf_add(out, STR(",\"volatile\":"));
	strbuf_add(out, strbuf_str(&volatile_facts));
	strbuf_add(out, STR("}"));
	out->overflow = out->overflow || volatile_facts.overflow;
	strbuf_release(&volatile_facts);
	return ok;
}

bool report_seal(struct run *run, struct err *err)
{
	struct strbuf body;
	size_t digest_at;
	strbuf_init(&body, LIMIT_DOCUMENT_BYTES);
	bool ok = write_body(run, &body, &digest_at) && !body.overflow;
	if (ok)
		run->digest = digest_of(strbuf_str(&body));
	else
		fail_internal(err, body.overflow);
	strbuf_release(&body);
	return ok;
}

bool report_json(const struct run *run, const struct report_options *options, struct strbuf *out, struct err *err)
{
	struct strbuf body;
	size_t digest_at, before = out->len;
	strbuf_init(&body, LIMIT_DOCUMENT_BYTES);
	bool ok = write_body(run, &body, &digest_at);
	ok = ok && !body.overflow && assemble(run, strbuf_str(&body), digest_at, out);
	if (!ok || out->overflow)
		ok = fail_internal(err, body.overflow || out->overflow);
	else if (options->schema_path.len)
		ok = report_validate(str_skip(strbuf_str(out), before), options->schema_path, err);
	strbuf_release(&body);
	strbuf_add(out, STR("\n"));
	return ok;
}
