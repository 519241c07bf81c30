/* SPDX-License-Identifier: EUPL-1.2 */
/* The table of reporters. */
#include "report/report.h"

const struct reporter reporters[] = {
		{.name = "text",
				.what = {{STR("for people: findings with their place, what to do, the decision"),
						STR("voor mensen: bevindingen met hun plaats, wat te doen, het oordeel")}},
				.write = report_text},
		{.name = "json",
				.what = {{STR("for programs: everything, canonical JSON with digests (docs/report.md)"),
						STR("voor programma's: alles, canonieke JSON met digests (docs/report.md)")}},
				.write = report_json},
		{.name = "html",
				.what = {{STR("one page for municipality and vendor, in Dutch and English"),
						STR("één pagina voor gemeente en leverancier, in het Nederlands en Engels")}},
				.write = report_html,
				.dutch = true,
				.needs_digest = true},
		{.name = "pdf",
				.what = {{STR("the certificate on one or two pages: tagged PDF"),
						STR("het certificaat op een of twee bladen: getagde PDF")}},
				.write = report_pdf,
				.dutch = true,
				.needs_digest = true},
		{.name = "junit",
				.what = {{STR("for build servers: JUnit XML"), STR("voor bouwstraten: JUnit-XML")}},
				.write = report_junit,
				.needs_digest = true},
		{.name = "sarif",
				.what = {{STR("for code scanning: SARIF 2.1.0"), STR("voor codescanning: SARIF 2.1.0")}},
				.write = report_sarif,
				.needs_digest = true},
		{.name = "earl",
				.what = {{STR("linked data: W3C EARL 1.0 as JSON-LD"), STR("linked data: W3C EARL 1.0 als JSON-LD")}},
				.write = report_earl,
				.needs_digest = true},
		{.name = "github",
				.what = {{STR("annotations of GitHub Actions"), STR("annotaties van GitHub Actions")}},
				.write = report_github},
		{.name = "gemma-csv",
				.what = {{STR("which version of a product meets which standard, for the GEMMA Softwarecatalogus: CSV"),
						STR("welke pakketversie aan welke standaard voldoet, voor de GEMMA Softwarecatalogus: CSV")}},
				.write = report_gemma_csv,
				.needs_digest = true},
		{.name = "gemma-json",
				.what = {{STR("the same as JSON"), STR("hetzelfde als JSON")}},
				.write = report_gemma_json,
				.needs_digest = true},
		{.name = "svrl",
				.what = {{STR("for other Schematron tools: the Schematron Validation Report Language"),
						STR("voor andere Schematron-hulpmiddelen: de Schematron Validation Report Language")}},
				.write = report_svrl,
				.needs_trace = true},
		{.name = NULL},
};

const struct reporter *reporter_find(struct str name)
{
	for (const struct reporter *reporter = reporters; reporter->name; reporter++)
		if (str_eq(name, str_of(reporter->name))) return reporter;
	return NULL;
}

bool report_fits(const struct strbuf *out, const char *format, struct err *err)
{
	if (!out->overflow) return true;
	return err_set(err, ERR_LIMIT, (struct loc){0},
			"the report is too large for format %s; check fewer documents at a time",
			"het rapport is te groot voor formaat %s; controleer minder documenten tegelijk", format);
}
