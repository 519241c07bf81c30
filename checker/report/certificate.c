/* SPDX-License-Identifier: EUPL-1.2 */
/* Certificates of runs, written. */
#include "report/certificate.h"

#include <stdio.h>

#include "base/limits.h"
#include "base/utf8.h"
#include "doc/canonical.h"

static void write_digest(struct canonical *out, const char *key, const struct digest *digest)
{
	canonical_str(out, key, str_of(digest->hex));
}

/* With its algorithm before it, as the report states its own. */
static void write_report(struct canonical *out, const struct digest *digest)
{
	char text[80];
	snprintf(text, sizeof text, "sha256:%s", digest->hex);
	canonical_str(out, "report", str_of(text));
}

static void write_attempt(struct canonical *out, const struct certificate *it)
{
	canonical_object(out, "attempt");
	canonical_number(out, "number", it->attempt);
	if (it->previous_count) canonical_array(out, "previous");
	for (uint32_t i = 0; i < it->previous_count; i++) {
		const struct certificate_attempt *attempt = &it->previous[i];
		canonical_object(out, NULL);
		write_digest(out, "certificate", &attempt->certificate);
		canonical_str(out, "decision", str_of(decision_names[attempt->decision]));
		canonical_str(out, "issued", attempt->issued);
		canonical_number(out, "number", attempt->number);
		write_report(out, &attempt->report);
		canonical_end_object(out);
	}
	if (it->previous_count) canonical_end_array(out);
	canonical_end_object(out);
}

static void write_form(struct canonical *out, const struct certificate *it)
{
	canonical_object(out, "certificate");
	canonical_str(out, "name", STR("keur-certificate"));
	canonical_number(out, "version", 1);
	canonical_end_object(out);
	canonical_str(out, "decision", str_of(decision_names[it->decision]));
	canonical_object(out, "engine");
	canonical_str(out, "name", STR("keur"));
	canonical_str(out, "version", it->engine);
	canonical_end_object(out);
}

static void write_files(struct canonical *out, const struct certificate *it)
{
	canonical_array(out, "files");
	for (uint32_t i = 0; i < it->file_count; i++) {
		canonical_object(out, NULL);
		canonical_str(out, "name", it->files[i].name);
		write_digest(out, "sha256", &it->files[i].digest);
		canonical_number(out, "size", it->files[i].size);
		canonical_end_object(out);
	}
	canonical_end_array(out);
}

static void write_product(struct canonical *out, const struct product *product)
{
	canonical_object(out, "product");
	canonical_str_if(out, "catalogue", product->catalogue);
	canonical_str(out, "name", product->name);
	canonical_str_if(out, "oin", product->oin);
	if (product->product_count) canonical_array(out, "products");
	for (uint32_t i = 0; i < product->product_count; i++)
		canonical_str(out, NULL, product->products[i]);
	if (product->product_count) canonical_end_array(out);
	canonical_str(out, "vendor", product->vendor);
	canonical_str(out, "version", product->version);
	canonical_end_object(out);
}

static void write_rulesets(struct canonical *out, const struct certificate *it)
{
	canonical_array(out, "rulesets");
	for (uint32_t i = 0; i < it->ruleset_count; i++) {
		canonical_object(out, NULL);
		write_digest(out, "digest", &it->rulesets[i].digest);
		canonical_str(out, "id", it->rulesets[i].id);
		canonical_str(out, "state", str_of(status_names[it->rulesets[i].state]));
		canonical_str(out, "version", it->rulesets[i].version);
		canonical_end_object(out);
	}
	canonical_end_array(out);
}

static void write_standards(struct canonical *out, const struct certificate *it)
{
	canonical_array(out, "standards");
	for (uint32_t i = 0; i < it->standard_count; i++) {
		const struct certificate_standard *standard = &it->standards[i];
		canonical_object(out, NULL);
		canonical_str(out, "decision", str_of(decision_names[standard->decision]));
		canonical_str_if(out, "endpoint", standard->endpoint);
		canonical_str(out, "id", standard->id);
		canonical_str(out, "role", standard->role);
		canonical_str(out, "version", standard->version);
		canonical_end_object(out);
	}
	canonical_end_array(out);
}

static void write_waivers(struct canonical *out, const struct certificate *it)
{
	if (!it->waiver_count) return;
	canonical_array(out, "waivers");
	for (uint32_t i = 0; i < it->waiver_count; i++) {
		const struct certificate_waiver *waiver = &it->waivers[i];
		canonical_object(out, NULL);
		canonical_str(out, "approvedBy", waiver->excuse.approved_by);
		if (waiver->excuse.at.ptr) canonical_str(out, "at", waiver->excuse.at);
		canonical_str(out, "reason", waiver->excuse.reason);
		canonical_str(out, "requirement", waiver->requirement);
		canonical_str(out, "until", waiver->excuse.until);
		canonical_end_object(out);
	}
	canonical_end_array(out);
}

bool certificate_write(const struct certificate *it, struct strbuf *buf, struct err *err)
{
	struct canonical out;
	canonical_init(&out, buf);
	canonical_object(&out, NULL);
	canonical_str_if(&out, "answers", it->answers);
	write_attempt(&out, it);
	write_form(&out, it);
	write_files(&out, it);
	canonical_str(&out, "issued", it->issued);
	write_product(&out, &it->product);
	write_report(&out, &it->report);
	write_rulesets(&out, it);
	write_standards(&out, it);
	canonical_str(&out, "subject", it->subject);
	canonical_str(&out, "validUntil", it->valid_until);
	write_waivers(&out, it);
	canonical_end_object(&out);
	return (!buf->overflow && !out.disorder) ||
		   err_set(err, ERR_LIMIT, (struct loc){0}, "the certificate would be larger than %d KiB",
				   "het certificaat zou groter worden dan %d KiB", LIMIT_JWS_BYTES >> 10);
}

/* What excused a violation as a whole; a waiver of a part that changed nothing is in the report. */
static uint32_t collect_waivers(struct arena *arena, const struct target_result *target, struct certificate_waiver *out)
{
	uint32_t count = 0;
	for (uint32_t i = 0; i < target->standard_count; i++) {
		const struct standard_result *standard = &target->standards[i];
		for (uint32_t j = 0; j < standard->requirement_count; j++) {
			const struct requirement_result *result = &standard->requirements[j];
			for (uint32_t k = 0; k < result->excuse_count && result->verdict.disposition == DISPOSITION_WAIVED; k++) {
				if (out)
					out[count] = (struct certificate_waiver){
							str_printf(arena, "%.*s/%.*s", STR_FMT(standard->ruleset->id),
									STR_FMT(result->requirement->id)),
							result->excuses[k]};
				count++;
			}
		}
	}
	return count;
}

void certificate_of_run(struct arena *arena, const struct run *run, struct certificate *out)
{
	const struct target_result *target = &run->targets[0];
	out->decision = run->decision;
	out->engine = run->engine;
	out->product = target->product;
	out->report = run->digest;
	out->ruleset_count = run->ruleset_count;
	out->rulesets = arena_zalloc(arena, (run->ruleset_count + 1) * sizeof *out->rulesets);
	for (uint32_t i = 0; i < run->ruleset_count; i++) {
		const struct ruleset *ruleset = run->rulesets[i];
		out->rulesets[i] = (struct certificate_ruleset){
				ruleset->id, ruleset->version, ruleset->digest, ruleset->status};
	}
	out->standard_count = target->standard_count;
	out->standards = arena_zalloc(arena, (target->standard_count + 1) * sizeof *out->standards);
	for (uint32_t i = 0; i < target->standard_count; i++) {
		const struct standard_result *standard = &target->standards[i];
		out->standards[i] = (struct certificate_standard){standard->ruleset->id, standard->ruleset->version,
				standard->role, standard->endpoint, standard->decision};
	}
	out->waiver_count = collect_waivers(arena, target, NULL);
	out->waivers = arena_zalloc(arena, (out->waiver_count + 1) * sizeof *out->waivers);
	collect_waivers(arena, target, out->waivers);
}

static struct str earlier(struct str a, struct str b)
{
	return b.len && str_compare(b, a) < 0 ? b : a;
}

struct str certificate_last_day(const struct run *run, struct str latest)
{
	for (uint32_t i = 0; i < run->ruleset_count; i++)
		latest = earlier(latest, run->rulesets[i]->until);
	for (uint32_t i = 0; i < run->target_count; i++)
		for (uint32_t j = 0; j < run->targets[i].standard_count; j++) {
			const struct standard_result *standard = &run->targets[i].standards[j];
			for (uint32_t k = 0; k < standard->requirement_count; k++) {
				const struct requirement_result *result = &standard->requirements[k];
				for (uint32_t n = 0; n < result->excuse_count; n++)
					if (result->verdict.disposition == DISPOSITION_WAIVED)
						latest = earlier(latest, result->excuses[n].until);
			}
		}
	return latest;
}

/* One folder in another at most as deep as our own reports write them; what climbs out, or hides, is refused. */
bool certificate_name(struct str name)
{
	if (str_eq(name, STR(CERTIFICATE_SIGNED)) || str_eq(name, STR(CERTIFICATE_PLAIN))) return false;
	if (str_starts(name, STR(CERTIFICATE_ATTEMPTS "/")) || !utf8_is_text(name)) return false;
	for (struct str rest = name;;) {
		struct str part = {rest.ptr, str_find(rest, '/')};
		if (!part.len || str_eq(part, STR(".")) || str_eq(part, STR(".."))) return false;
		for (size_t i = 0; i < part.len; i++)
			if ((unsigned char)part.ptr[i] < ' ' || part.ptr[i] == 0x7f || part.ptr[i] == '\\') return false;
		if (part.len == rest.len) return true;
		rest = str_skip(rest, part.len + 1);
	}
}
