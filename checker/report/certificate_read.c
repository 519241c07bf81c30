/* SPDX-License-Identifier: EUPL-1.2 */
/* Certificates, read back. */
#include "base/limits.h"
#include "report/certificate.h"
#include "report/read_private.h"
#include "report/strict.h"
#include "report/validate.h"

static const struct node *member(const struct node *object, const char *key)
{
	return node_member(object, str_of(key));
}

static struct digest digest_at(const struct node *object, const char *key, struct str before)
{
	struct digest digest = {""};
	struct str text = str_skip(read_str(object, key), before.len);
	if (text.len < sizeof digest.hex) memcpy(digest.hex, text.ptr, text.len);
	return digest;
}

static enum decision decision_at(const struct reading *it, const struct node *object)
{
	return (enum decision)read_word(it, object, "decision", decision_names, DECISION_COUNT);
}

/* Numbered from 1 without a gap: what is left out of a chain is what somebody would like to leave out. */
static void read_attempts(const struct reading *it, const struct node *root, struct certificate *out)
{
	const struct node *attempt = member(root, "attempt"), *array = member(attempt, "previous");
	out->attempt = (uint32_t)read_number(it, attempt, "number", LIMIT_ATTEMPTS);
	out->previous = read_array(it, attempt, "previous", sizeof *out->previous, &out->previous_count);
	for (uint32_t i = 0; i < out->previous_count; i++) {
		const struct node *node = node_at(array, i);
		out->previous[i] = (struct certificate_attempt){
				.number = (uint32_t)read_number(it, node, "number", LIMIT_ATTEMPTS),
				.issued = read_str(node, "issued"),
				.decision = decision_at(it, node),
				.report = digest_at(node, "report", STR("sha256:")),
				.certificate = digest_at(node, "certificate", STR(""))};
		if (out->previous[i].number != i + 1)
			read_fail(it, node, "earlier attempt %u is missing: attempts are numbered from 1, found %u",
					"eerdere poging %u ontbreekt: pogingen zijn genummerd vanaf 1, gevonden %u", i + 1,
					out->previous[i].number);
	}
	if (out->attempt != out->previous_count + 1)
		read_fail(it, attempt, "attempt %u tells of %u earlier ones", "poging %u vertelt van %u eerdere", out->attempt,
				out->previous_count);
}

static bool is_listed(const struct certificate *it, struct str name)
{
	for (uint32_t i = 0; i < it->file_count; i++)
		if (str_eq(it->files[i].name, name)) return true;
	return false;
}

static void read_files(const struct reading *it, const struct node *root, struct certificate *out)
{
	const struct node *array = member(root, "files");
	out->files = read_array(it, root, "files", sizeof *out->files, &out->file_count);
	for (uint32_t i = 0; i < out->file_count; i++) {
		const struct node *node = node_at(array, i);
		struct str name = read_str(node, "name");
		out->files[i] = (struct certificate_file){
				name, digest_at(node, "sha256", STR("")), read_number(it, node, "size", UINT64_C(1) << 53)};
		if (!certificate_name(name))
			read_fail(it, node, "'%.*s' is no name of a file in the folder of a certificate",
					"'%.*s' is geen naam van een bestand in de map van een certificaat", STR_FMT(name));
		if (i && str_compare(out->files[i - 1].name, name) >= 0)
			read_fail(it, node, "'%.*s': expected each file once, in the order of their names",
					"'%.*s': verwacht elk bestand één keer, op volgorde van naam", STR_FMT(name));
	}
}

/* Without these there would be nothing to hold the certificate against. */
static void check_files(const struct reading *it, const struct node *root, const struct certificate *out)
{
	const struct str needed[] = {
			STR(CERTIFICATE_REPORT), STR(CERTIFICATE_PAGE), STR(CERTIFICATE_EVIDENCE), out->subject, out->answers};
	for (size_t i = 0; i < sizeof needed / sizeof *needed; i++)
		if (needed[i].len && !is_listed(out, needed[i]))
			read_fail(it, root, "'%.*s' is not among the files that are vouched for",
					"'%.*s' staat niet bij de bestanden waarvoor wordt ingestaan", STR_FMT(needed[i]));
}

static void read_product(const struct reading *it, const struct node *node, struct product *out)
{
	const struct node *array = member(node, "products");
	*out = (struct product){.name = read_str(node, "name"),
			.version = read_str(node, "version"),
			.vendor = read_str(node, "vendor"),
			.oin = read_str(node, "oin"),
			.catalogue = read_str(node, "catalogue")};
	out->products = read_array(it, node, "products", sizeof *out->products, &out->product_count);
	for (uint32_t i = 0; i < out->product_count; i++)
		out->products[i] = node_text(node_at(array, i));
}

static void read_rulesets(const struct reading *it, const struct node *root, struct certificate *out)
{
	const struct node *array = member(root, "rulesets");
	out->rulesets = read_array(it, root, "rulesets", sizeof *out->rulesets, &out->ruleset_count);
	for (uint32_t i = 0; i < out->ruleset_count; i++) {
		const struct node *node = node_at(array, i);
		out->rulesets[i] = (struct certificate_ruleset){read_str(node, "id"), read_str(node, "version"),
				digest_at(node, "digest", STR("")),
				(enum status)read_word(it, node, "state", status_names, STATUS_COUNT)};
	}
}

static void read_standards(const struct reading *it, const struct node *root, struct certificate *out)
{
	const struct node *array = member(root, "standards");
	out->standards = read_array(it, root, "standards", sizeof *out->standards, &out->standard_count);
	for (uint32_t i = 0; i < out->standard_count; i++) {
		const struct node *node = node_at(array, i);
		out->standards[i] = (struct certificate_standard){read_str(node, "id"), read_str(node, "version"),
				read_str(node, "role"), read_str(node, "endpoint"), decision_at(it, node)};
	}
}

static void read_waivers(const struct reading *it, const struct node *root, struct certificate *out)
{
	const struct node *array = member(root, "waivers");
	out->waivers = read_array(it, root, "waivers", sizeof *out->waivers, &out->waiver_count);
	for (uint32_t i = 0; i < out->waiver_count; i++) {
		const struct node *node = node_at(array, i);
		struct excuse excuse = {.reason = read_str(node, "reason"),
				.approved_by = read_str(node, "approvedBy"),
				.until = read_str(node, "until")};
		if (member(node, "at")) excuse.at = read_str(node, "at");
		out->waivers[i] = (struct certificate_waiver){read_str(node, "requirement"), excuse};
	}
}

/* Written by us, it is canonical; in any other spelling somebody else's reader might see something else in it. */
static bool check_form(const struct doc *doc, struct str schema_path, struct err *err)
{
	struct text what = TEXT("this is no certificate of keur as docs/certificate.md describes it",
			"dit is geen certificaat van keur zoals docs/certificate.md het beschrijft");
	if (!report_validate_as(doc, schema_path, what, err)) return false;
	return strict_is_canonical(doc) ||
		   err_set(err, ERR_SYNTAX, (struct loc){.file = doc->source->name},
				   "the certificate is not canonical JSON (RFC 8785), so it was not written by keur%s",
				   "het certificaat is geen canonieke JSON (RFC 8785), en dus niet door keur geschreven%s", "");
}

const struct certificate *certificate_read(
		struct arena *arena, struct str name, struct str payload, struct str schema_path, struct err *err)
{
	const struct doc *doc = strict_json(arena, name, payload, err);
	if (!doc || !check_form(doc, schema_path, err)) return NULL;
	struct certificate *out = arena_zalloc(arena, sizeof *out);
	struct reading it = {doc, arena, err};
	const struct node *root = doc->root;
	*out = (struct certificate){.decision = decision_at(&it, root),
			.engine = read_str(member(root, "engine"), "version"),
			.issued = read_str(root, "issued"),
			.report = digest_at(root, "report", STR("sha256:")),
			.subject = read_str(root, "subject"),
			.answers = read_str(root, "answers"),
			.valid_until = read_str(root, "validUntil")};
	read_attempts(&it, root, out);
	read_files(&it, root, out);
	check_files(&it, root, out);
	read_product(&it, member(root, "product"), &out->product);
	read_rulesets(&it, root, out);
	read_standards(&it, root, out);
	read_waivers(&it, root, out);
	return err->code == ERR_NONE ? out : NULL;
}
