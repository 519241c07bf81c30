/* SPDX-License-Identifier: EUPL-1.2 */
/* A comparison as JSON; docs/formats.md tells what each member means. Members are written in the order of their keys.
 */
#include "base/limits.h"
#include "doc/canonical.h"
#include "report/diff.h"
#include "report/report.h"
#include "report/words.h"

static void write_pair(struct canonical *out, const char *key, struct str before, struct str after)
{
	canonical_object(out, key);
	canonical_str_if(out, "after", after);
	canonical_str_if(out, "before", before);
	canonical_end_object(out);
}

static void write_findings(
		struct canonical *out, const char *key, const struct finding *const *findings, uint32_t count)
{
	canonical_array(out, key);
	for (uint32_t i = 0; i < count; i++) {
		const struct finding *finding = findings[i];
		canonical_object(out, NULL);
		canonical_str(out, "check", finding->check);
		if (finding->loc.line) canonical_number(out, "column", finding->loc.column);
		if (finding->exchange) canonical_number(out, "exchange", finding->exchange);
		canonical_str_if(out, "found", finding->found);
		if (finding->loc.line) canonical_number(out, "line", finding->loc.line);
		canonical_text(out, "message", finding->message);
		canonical_str(out, "pointer", finding->loc.pointer);
		canonical_str(out, "source", finding->loc.file);
		canonical_end_object(out);
	}
	canonical_end_array(out);
}

static void write_verdict(struct canonical *out, const char *key, const struct requirement_result *result)
{
	if (!result) return;
	canonical_object(out, key);
	canonical_str(out, "disposition", str_of(disposition_names[result->verdict.disposition]));
	canonical_str(out, "mode", str_of(mode_names[result->verdict.mode]));
	canonical_str(out, "obligation", str_of(obligation_names[result->verdict.obligation]));
	canonical_str(out, "outcome", str_of(outcome_names[result->verdict.outcome]));
	canonical_end_object(out);
}

static void write_requirement(
		struct canonical *out, const struct ruleset *ruleset, const struct requirement_change *change)
{
	struct strbuf name;
	strbuf_init(&name, LIMIT_MESSAGE_BYTES);
	requirement_name(&name, ruleset, (change->after ? change->after : change->before)->requirement);
	canonical_object(out, NULL);
	write_verdict(out, "after", change->after);
	write_verdict(out, "before", change->before);
	canonical_str(out, "change", change->worse ? STR("worse") : change->better ? STR("better") : STR("other"));
	write_findings(out, "gone", change->gone, change->gone_count);
	canonical_str(out, "id", strbuf_str(&name));
	canonical_number(out, "moved", change->moved_count);
	write_findings(out, "new", change->fresh, change->fresh_count);
	canonical_number(out, "same", change->same_count);
	canonical_end_object(out);
	strbuf_release(&name);
}

static struct str decision_name(const struct standard_result *standard)
{
	return standard ? str_of(decision_names[standard->decision]) : STR("");
}

static void write_standard(struct canonical *out, const struct standard_change *standard)
{
	const struct standard_result *before = standard->before, *after = standard->after;
	const struct ruleset *ruleset = (after ? after : before)->ruleset;
	canonical_object(out, NULL);
	write_pair(out, "decision", decision_name(before), decision_name(after));
	canonical_str(out, "id", ruleset->id);
	canonical_array(out, "requirements");
	for (uint32_t i = 0; i < standard->requirement_count; i++)
		if (compare_is_change(&standard->requirements[i])) write_requirement(out, ruleset, &standard->requirements[i]);
	canonical_end_array(out);
	canonical_bool(out, "rulesChanged", standard->rules);
	write_pair(out, "version", before ? before->ruleset->version : STR(""), after ? after->ruleset->version : STR(""));
	canonical_bool(out, "worse", standard->worse);
	canonical_end_object(out);
}

static void write_target(struct canonical *out, const struct target_change *target)
{
	const struct target_result *before = target->before, *after = target->after;
	canonical_object(out, NULL);
	write_pair(out, "path", before ? before->path : STR(""), after ? after->path : STR(""));
	canonical_array(out, "standards");
	for (uint32_t i = 0; i < target->standard_count; i++)
		write_standard(out, &target->standards[i]);
	canonical_end_array(out);
	canonical_bool(out, "subjectChanged", target->subject);
	write_pair(out, "version", before ? before->product.version : STR(""), after ? after->product.version : STR(""));
	canonical_bool(out, "worse", target->worse);
	canonical_end_object(out);
}

static void write_summary(struct canonical *out, const struct comparison *all)
{
	canonical_object(out, "summary");
	canonical_number(out, "better", all->better_count);
	canonical_bool(out, "engineChanged", all->engine);
	canonical_number(out, "gone", all->gone_count);
	canonical_number(out, "moved", all->moved_count);
	canonical_number(out, "new", all->fresh_count);
	canonical_bool(out, "rulesChanged", all->rules);
	canonical_number(out, "same", all->same_count);
	canonical_bool(out, "subjectChanged", all->subject);
	canonical_number(out, "worse", all->worse_count);
	canonical_end_object(out);
}

bool diff_json(const struct comparison *all, struct strbuf *out, struct err *err)
{
	struct canonical json;
	canonical_init(&json, out);
	canonical_object(&json, NULL);
	write_pair(&json, "decision", str_of(decision_names[all->before->decision]),
			str_of(decision_names[all->after->decision]));
	canonical_object(&json, "diff");
	canonical_str(&json, "name", STR("keur-diff"));
	canonical_number(&json, "version", 1);
	canonical_end_object(&json);
	write_pair(&json, "engine", all->before->engine, all->after->engine);
	write_pair(&json, "reports", str_of(all->before->digest.hex), str_of(all->after->digest.hex));
	write_summary(&json, all);
	canonical_array(&json, "targets");
	for (uint32_t i = 0; i < all->target_count; i++)
		write_target(&json, &all->targets[i]);
	canonical_end_array(&json);
	canonical_bool(&json, "worse", all->worse);
	canonical_end_object(&json);
	strbuf_add(out, STR("\n"));
	return report_fits(out, "json", err);
}
