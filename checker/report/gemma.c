/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What the GEMMA Softwarecatalogus registers: which version of a product meets which version of a standard, in which
 * role, and where the report is. The catalogue is Dutch, and so are its terms here.
 */
#include "doc/canonical.h"
#include "report/escape.h"
#include "report/report.h"
#include "report/words.h"

enum { COLUMNS = 12 };

/* In the order of the JSON members too, which is that of their names. */
static const char *const columns[COLUMNS] = {"catalogus", "datum", "digest", "leverancier", "oin", "oordeel", "pakket",
		"pakketversie", "rapport", "rol", "standaard", "standaardversie"};

struct relation {
	struct str of[COLUMNS];
};

/* A provider of an interface is its "Aanbieder", a consumer its "Afnemer". */
static struct str role_word(struct str role)
{
	if (str_eq(role, STR("provider"))) return STR("aanbieder");
	return str_eq(role, STR("consumer")) ? STR("afnemer") : STR("");
}

static struct relation relation_of(const struct run *run, const struct report_options *options,
		const struct target_result *target, const struct standard_result *standard)
{
	const struct product *product = &target->product;
	struct str day = run->started.len >= 10 ? (struct str){run->started.ptr, 10} : STR("");
	return (struct relation){{product->catalogue, day, str_of(run->digest.hex), product->vendor, product->oin,
			text_in(decision_words[standard->decision], LANG_NL), product->name, product->version, options->link,
			role_word(standard->role), standard->ruleset->id, standard->ruleset->version}};
}

typedef void relation_fn(void *context, const struct relation *relation);

/* Calls `take` for each; false when no target says whose it is. */
static bool each_relation(
		const struct run *run, const struct report_options *options, relation_fn *take, void *context, struct err *err)
{
	bool any = false;
	for (uint32_t i = 0; i < run->target_count; i++) {
		const struct target_result *target = &run->targets[i];
		for (uint32_t j = 0; j < target->standard_count && target->product.name.len; j++) {
			struct relation relation = relation_of(run, options, target, &target->standards[j]);
			take(context, &relation);
			any = true;
		}
	}
	if (any) return true;
	return err_set(err, ERR_UNDECIDED, (struct loc){0},
			"nothing to register: no target names a product and its version; check a service descriptor (%s)",
			"niets te registreren: geen doel noemt een pakket met zijn versie; controleer een service-descriptor (%s)",
			"docs/service.md");
}

static void take_csv(void *context, const struct relation *relation)
{
	struct strbuf *out = context;
	for (int i = 0; i < COLUMNS; i++) {
		if (i) strbuf_add_char(out, ',');
		escape_csv(out, relation->of[i]);
	}
	strbuf_add(out, STR("\r\n"));
}

bool report_gemma_csv(const struct run *run, const struct report_options *options, struct strbuf *out, struct err *err)
{
	for (int i = 0; i < COLUMNS; i++)
		strbuf_printf(out, "%s%s", i ? "," : "", columns[i]);
	strbuf_add(out, STR("\r\n"));
	return each_relation(run, options, take_csv, out, err) && report_fits(out, "gemma-csv", err);
}

static void take_json(void *context, const struct relation *relation)
{
	struct canonical *out = context;
	canonical_object(out, NULL);
	for (int i = 0; i < COLUMNS; i++)
		canonical_str_if(out, columns[i], relation->of[i]);
	canonical_end_object(out);
}

bool report_gemma_json(const struct run *run, const struct report_options *options, struct strbuf *out, struct err *err)
{
	struct canonical json;
	canonical_init(&json, out);
	canonical_object(&json, NULL);
	canonical_array(&json, "relaties");
	bool ok = each_relation(run, options, take_json, &json, err);
	canonical_end_array(&json);
	canonical_end_object(&json);
	strbuf_add(out, STR("\n"));
	return ok && report_fits(out, "gemma-json", err);
}
