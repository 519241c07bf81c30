/* SPDX-License-Identifier: EUPL-1.2 */
/* The certificate as PDF: what it says, and the document around it. */
#include "report/pdf.h"

#include "doc/uri_path.h"
#include "report/escape.h"
#include "report/pdf_private.h"
#include "report/report.h"
#include "report/words.h"

enum { MOST_UNMET = 8, LINK_LINES = 6, MOST_BLOCKING = 3, CREATED = sizeof "2026-11-25T12:00:00Z" - 1 };

static struct str name_of(const struct pdf *it, const struct target_result *target)
{
	if (target->product.name.len)
		return str_printf(it->arena, "%.*s %.*s", STR_FMT(target->product.name), STR_FMT(target->product.version));
	return is_web_url(target->path) ? target->path : shown_path(path_base(target->path));
}

/* Those that were skipped count for nothing. */
static const struct target_result *only_target(const struct run *run)
{
	const struct target_result *only = NULL;
	for (uint32_t i = 0; i < run->target_count; i++) {
		if (run->targets[i].skipped) continue;
		if (only) return NULL;
		only = &run->targets[i];
	}
	return only;
}

static struct str title_of(const struct pdf *it)
{
	const struct target_result *only = only_target(it->run);
	if (only) return name_of(it, only);
	return pdf_say(it, "%u services and documents", "%u diensten en documenten", it->run->judged);
}

static struct str kind_of(const struct pdf *it)
{
	return it->options->issuer.len ? pdf_say(it, "Certificate of conformance", "Certificaat van conformiteit")
								   : pdf_say(it, "Conformance report", "Keuringsrapport");
}

static struct str meaning_of(const struct pdf *it, enum decision decision)
{
	switch (decision) {
	case DECISION_CONFORMANT:
		return pdf_say(it, "As far as it was tested, everything that the standards demand was found to be in order.",
				"Voor zover getoetst is alles wat de standaarden eisen in orde bevonden.");
	case DECISION_CONFORMANT_WITH_DEVIATIONS:
		return pdf_say(it,
				"The standards are not followed on every point. Those deviations were accepted: by whom and until when "
				"is told below.",
				"De standaarden zijn niet op elk punt gevolgd. Die afwijkingen zijn geaccepteerd: door wie en tot wanneer "
				"staat hieronder.");
	case DECISION_UNDETERMINED:
		return pdf_say(it,
				"Whether the standards are met could not be established. That is no approval and no rejection.",
				"Of aan de standaarden is voldaan, was niet vast te stellen. Dat is geen goedkeuring en geen afkeuring.");
	default:
		return pdf_say(it, "At least one requirement that is mandatory is not met; the report says which, and why.",
				"Aan minstens één verplichte eis is niet voldaan; het rapport zegt welke, en waarom.");
	}
}

static void add_decision(struct pdf *it)
{
	static const double colours[DECISION_COUNT][3] = {
			{0.06, 0.40, 0.20}, {0.06, 0.28, 0.55}, {0.55, 0.33, 0.0}, {0.66, 0.08, 0.12}};
	enum decision decision = it->run->decision;
	struct str word = text_in(decision_words[decision], it->options->lang);
	const double *colour = colours[decision];
	it->api->cairo_set_source_rgb(it->cr, colour[0], colour[1], colour[2]);
	pdf_block(it, "P", PDF_LEAD, pdf_say(it, "Decision: %.*s", "Oordeel: %.*s", STR_FMT(word)), 10, 2);
	it->api->cairo_set_source_rgb(it->cr, 0, 0, 0);
	pdf_block(it, "P", PDF_BODY, meaning_of(it, decision), 4, 3);
}

/* A row of two cells, when there is something to say. */
static void add_fact(struct pdf *it, const struct pdf_table *table, struct str name, struct str value)
{
	if (value.len) pdf_table_row(it, table, (struct str[PDF_COLUMNS]){name, value});
}

static void add_product(struct pdf *it, const struct pdf_table *table, const struct product *product)
{
	struct str vendor = product->vendor;
	if (product->oin.len) vendor = str_printf(it->arena, "%.*s (OIN %.*s)", STR_FMT(vendor), STR_FMT(product->oin));
	add_fact(it, table, pdf_say(it, "Vendor", "Leverancier"), vendor);
	for (uint32_t i = 0; i < product->product_count && i < 3; i++)
		add_fact(it, table, pdf_say(it, "For", "Voor het product of de dienst"), product->products[i]);
	add_fact(it, table, pdf_say(it, "Softwarecatalogus", "Softwarecatalogus"), product->catalogue);
}

static struct str validity_of(const struct pdf *it)
{
	const struct pdf_options *options = it->options;
	if (options->valid_until.len && options->valid_from.len)
		return pdf_say(it, "%.*s up to and including %.*s", "%.*s tot en met %.*s", STR_FMT(options->valid_from),
				STR_FMT(options->valid_until));
	if (options->valid_until.len)
		return pdf_say(it, "up to and including %.*s", "tot en met %.*s", STR_FMT(options->valid_until));
	if (options->issuer.len) return pdf_say(it, "no end date", "geen einddatum");
	return pdf_say(it, "this is a report and no certificate: it says how it was on the day of the test",
			"dit is een rapport en geen certificaat: het zegt hoe het was op de dag van de toets");
}

static void add_facts(struct pdf *it)
{
	const struct run *run = it->run;
	const struct target_result *only = only_target(run);
	/* Beside the QR code, whether there is one or not: every certificate has the same shape. */
	struct pdf_table table = {.columns = 2, .widths = {100, 288}, .row_headers = true, .width = 388};
	struct str day = {run->started.ptr, run->started.len < 10 ? 0 : 10};
	pdf_table_open(it, &table);
	if (only) add_product(it, &table, &only->product);
	if (only) add_fact(it, &table, pdf_say(it, "Tested", "Getoetst"), shown_path(only->path));
	add_fact(it, &table, pdf_say(it, "Tested on", "Getoetst op"), day);
	add_fact(it, &table, pdf_say(it, "Valid", "Geldig"), validity_of(it));
	add_fact(it, &table, pdf_say(it, "Issued by", "Afgegeven door"), it->options->issuer);
	add_fact(it, &table, pdf_say(it, "Number", "Nummer"), it->options->number);
	add_fact(it, &table, pdf_say(it, "Tested with", "Getoetst met"),
			str_printf(it->arena, "keur %.*s", STR_FMT(run->engine)));
	add_fact(it, &table, pdf_say(it, "SHA-256 of the report", "SHA-256 van het rapport"), str_of(run->digest.hex));
	pdf_table_close(it);
}

/* The link under the facts, as text too: paper is not always read by a telephone. */
static void add_link(struct pdf *it)
{
	struct str link = it->options->link;
	if (!link.len) return;
	struct str text = pdf_say(it, "Look it up and verify it: %.*s", "Opzoeken en controleren: %.*s", STR_FMT(link));
	double height = pdf_measure(it, PDF_BODY, text, PDF_INNER, LINK_LINES);
	if (!pdf_room(it, height + 6)) return;
	struct str attributes = str_printf(it->arena, "uri='%.*s'", STR_FMT(pdf_uri(it->arena, link)));
	bool leads = is_web_url(link) && link.len < 2000;
	it->y += 6;
	it->api->cairo_tag_begin(it->cr, "P", NULL);
	if (leads) it->api->cairo_tag_begin(it->cr, CAIRO_TAG_LINK, attributes.ptr);
	it->y += pdf_text(it, PDF_BODY, text, PDF_MARGIN, it->y, PDF_INNER, LINK_LINES);
	if (leads) it->api->cairo_tag_end(it->cr, CAIRO_TAG_LINK);
	it->api->cairo_tag_end(it->cr, "P");
}

static struct str numbers_of(const struct pdf *it, const struct standard_result *standard)
{
	uint32_t of[OUTCOME_COUNT] = {0};
	for (uint32_t i = 0; i < standard->requirement_count; i++)
		if (standard->requirements[i].verdict.obligation == OBLIGATION_MUST)
			of[standard->requirements[i].verdict.outcome]++;
	return pdf_say(it, "%u of %u mandatory requirements met that apply and were tested; of all %u, %u were not tested",
			"aan %u van %u verplichte eisen voldaan die gelden en getoetst zijn; van alle %u zijn er %u niet getoetst",
			of[OUTCOME_PASS], of[OUTCOME_PASS] + of[OUTCOME_FAIL], standard->coverage.total,
			standard->coverage.not_tested);
}

static void add_standard(struct pdf *it, const struct pdf_table *table, const struct standard_result *standard)
{
	const struct ruleset *ruleset = standard->ruleset;
	enum lang lang = it->options->lang;
	struct str title = ruleset->ad_hoc ? STR("") : text_in(ruleset->title, lang);
	struct str period = ruleset->until.len ? ruleset->until : pdf_say(it, "no end date", "geen einddatum");
	struct str state = text_in(status_words[ruleset->status], lang);
	if (ruleset->ad_hoc)
		period = STR("-");
	else if (ruleset->status != STATUS_EFFECTIVE)
		period = str_printf(it->arena, "%.*s (%.*s)", STR_FMT(period), STR_FMT(state));
	struct str name = str_printf(it->arena, "%.*s %.*s%s%.*s%s%.*s", STR_FMT(ruleset->id), STR_FMT(ruleset->version),
			title.len ? ": " : "", STR_FMT(title), ruleset->authority.len ? ", " : "", STR_FMT(ruleset->authority));
	struct str cells[PDF_COLUMNS] = {
			name, text_in(decision_words[standard->decision], lang), period, numbers_of(it, standard)};
	pdf_table_row(it, table, cells);
}

static void add_standards(struct pdf *it, const struct target_result *target)
{
	if (!target->standard_count) return;
	struct pdf_table table = {.columns = 4,
			.widths = {172, 92, 92, PDF_INNER - 356},
			.width = PDF_INNER,
			.headers = {pdf_say(it, "Standard and version", "Standaard en versie"), pdf_say(it, "Decision", "Oordeel"),
					pdf_say(it, "In force until", "Van kracht tot"), pdf_say(it, "Requirements", "Eisen")}};
	pdf_block(it, it->heading, PDF_HEADING, pdf_say(it, "Standards", "Standaarden"), 16, 1);
	it->y += 4;
	pdf_table_open(it, &table);
	for (uint32_t i = 0; i < target->standard_count; i++)
		add_standard(it, &table, &target->standards[i]);
	pdf_table_close(it);
}

static bool is_unmet(const struct requirement_result *result)
{
	return result->verdict.outcome == OUTCOME_FAIL && result->verdict.obligation == OBLIGATION_MUST &&
		   result->verdict.disposition != DISPOSITION_WAIVED;
}

static void add_unmet(struct pdf *it, const struct target_result *target)
{
	uint32_t count = 0;
	for (uint32_t i = 0; i < target->standard_count; i++)
		for (uint32_t j = 0; j < target->standards[i].requirement_count; j++) {
			const struct requirement_result *result = &target->standards[i].requirements[j];
			if (!is_unmet(result) || count++ >= MOST_UNMET) continue;
			if (count == 1)
				pdf_block(it, it->heading, PDF_HEADING,
						pdf_say(it, "Mandatory and not met", "Verplicht en niet aan voldaan"), 16, 1);
			struct str title = text_in(result->requirement->title, it->options->lang);
			pdf_block(it, "P", PDF_BODY,
					str_printf(it->arena, "%.*s (%.*s)", STR_FMT(title), STR_FMT(result->requirement->id)), 4, 2);
		}
	if (count > MOST_UNMET)
		pdf_block(it, "P", PDF_BODY,
				pdf_say(it, "And %u more: see the report.", "En nog %u: zie het rapport.", count - MOST_UNMET), 4, 1);
}

static void add_deviation(struct pdf *it, const struct pdf_table *table, const struct requirement_result *result,
		const struct excuse *excuse)
{
	struct str title = text_in(result->requirement->title, it->options->lang);
	struct str part = result->verdict.disposition == DISPOSITION_WAIVED ? STR("")
																		: pdf_say(it, " (in part)", " (voor een deel)");
	struct str cells[PDF_COLUMNS] = {str_printf(it->arena, "%.*s%.*s", STR_FMT(title), STR_FMT(part)), excuse->reason,
			excuse->approved_by, excuse->until};
	pdf_table_row(it, table, cells);
}

static uint32_t count_deviations(const struct target_result *target)
{
	uint32_t count = 0;
	for (uint32_t i = 0; i < target->standard_count; i++)
		for (uint32_t j = 0; j < target->standards[i].requirement_count; j++)
			count += target->standards[i].requirements[j].excuse_count;
	return count;
}

static void add_deviations(struct pdf *it, const struct target_result *target)
{
	struct pdf_table table = {.columns = 4,
			.widths = {152, 172, PDF_INNER - 400, 76},
			.width = PDF_INNER,
			.headers = {pdf_say(it, "Requirement", "Eis"), pdf_say(it, "Reason", "Reden"),
					pdf_say(it, "Accepted by", "Geaccepteerd door"), pdf_say(it, "Until and incl.", "Tot en met")}};
	pdf_block(it, it->heading, PDF_HEADING, pdf_say(it, "Accepted deviations", "Geaccepteerde afwijkingen"), 16, 1);
	if (!count_deviations(target)) {
		pdf_block(it, "P", PDF_BODY,
				pdf_say(it, "There are no accepted deviations.", "Er zijn geen geaccepteerde afwijkingen."), 4, 1);
		return;
	}
	it->y += 4;
	pdf_table_open(it, &table);
	for (uint32_t i = 0; i < target->standard_count; i++)
		for (uint32_t j = 0; j < target->standards[i].requirement_count; j++) {
			const struct requirement_result *result = &target->standards[i].requirements[j];
			for (uint32_t k = 0; k < result->excuse_count; k++)
				add_deviation(it, &table, result, &result->excuses[k]);
		}
	pdf_table_close(it);
}

/* What was not judged at all, so that nobody takes it for tested. */
static void add_not_judged(struct pdf *it, const struct target_result *target)
{
	uint32_t count = 0;
	for (uint32_t i = 0; i < target->preflight_count; i++)
		if (target->preflight[i].level == LEVEL_BLOCKING && count++ < MOST_BLOCKING)
			pdf_block(it, "P", PDF_BODY, text_in(target->preflight[i].message, it->options->lang), 8, 4);
	if (target->unknown_claims)
		pdf_block(it, "P", PDF_BODY,
				pdf_say(it, "Claimed and not judged, because keur does not know them: %u standard(s).",
						"Geclaimd en niet beoordeeld, omdat keur ze niet kent: %u standaard(en).",
						target->unknown_claims),
				8, 2);
}

static void add_target(struct pdf *it, const struct target_result *target, bool alone)
{
	struct str decision = text_in(decision_words[target->decision], it->options->lang);
	if (!alone) {
		struct str name = name_of(it, target);
		pdf_block(it, "H2", PDF_HEADING, str_printf(it->arena, "%.*s: %.*s", STR_FMT(name), STR_FMT(decision)), 18, 2);
	}
	add_not_judged(it, target);
	add_standards(it, target);
	add_unmet(it, target);
	add_deviations(it, target);
}

/* The last line of the last page: in its foot, so that there is room for it whatever came before. */
static void add_end(struct pdf *it)
{
	struct str text = it->left_out
							  ? pdf_say(it,
										"There is more than these pages hold: %u rows or lines are in the "
										"report only. The report in JSON counts; this shows what it says.",
										"Er is meer dan op deze bladen past: %u rijen of regels staan alleen in het "
										"rapport. Het rapport in JSON telt; dit toont wat daarin staat.",
										it->left_out)
							  : pdf_say(it, "The report in JSON counts; this shows what it says.",
										"Het rapport in JSON telt; dit toont wat daarin staat.");
	it->api->cairo_tag_begin(it->cr, "P", NULL);
	pdf_text(it, PDF_SMALL, text, PDF_MARGIN, PDF_HEIGHT - PDF_MARGIN - 22, PDF_INNER, 2);
	it->api->cairo_tag_end(it->cr, "P");
}

static bool add_all(struct pdf *it, struct err *err)
{
	const struct target_result *only = only_target(it->run);
	double size;
	it->heading = only ? "H2" : "H3";
	pdf_block(it, "P", PDF_BODY, kind_of(it), 0, 1);
	pdf_block(it, "H1", PDF_TITLE, title_of(it), 2, 2);
	add_decision(it);
	it->y += 10;
	double top = it->y;
	add_facts(it);
	if (!pdf_qr(it, PDF_MARGIN + PDF_INNER, top, &size, err)) return false;
	if (it->y < top + size) it->y = top + size;
	add_link(it);
	for (uint32_t i = 0; i < it->run->target_count; i++)
		if (!it->run->targets[i].skipped) add_target(it, &it->run->targets[i], only != NULL);
	add_end(it);
	return true;
}

static cairo_status_t take_bytes(void *closure, const unsigned char *bytes, unsigned count)
{
	struct strbuf *out = closure;
	strbuf_add(out, (struct str){(const char *)bytes, count});
	return out->overflow ? CAIRO_STATUS_WRITE_ERROR : CAIRO_STATUS_SUCCESS;
}

/* Without a time of its own cairo would take that of the clock. */
static void add_metadata(const struct pdf *it, cairo_surface_t *surface)
{
	const struct drawing *api = it->api;
	struct str started = it->run->started.len >= CREATED ? it->run->started : STR("1970-01-01T00:00:00Z");
	struct str kind = kind_of(it), name = title_of(it);
	struct str title = pdf_clean(it->arena, str_printf(it->arena, "%.*s: %.*s", STR_FMT(kind), STR_FMT(name)), 200);
	api->cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, title.ptr);
	struct str creator = pdf_clean(it->arena, str_printf(it->arena, "keur %.*s", STR_FMT(it->run->engine)), 100);
	api->cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, creator.ptr);
	api->cairo_pdf_surface_set_metadata(
			surface, CAIRO_PDF_METADATA_CREATE_DATE, str_printf(it->arena, "%.*sZ", CREATED - 1, started.ptr).ptr);
}

static bool fail(const struct pdf *it, cairo_status_t status, struct err *err)
{
	return err_set(err, ERR_IO, (struct loc){0}, "the PDF could not be made: cairo says: %s",
			"de PDF kon niet gemaakt worden: cairo zegt: %s", it->api->cairo_status_to_string(status));
}

static bool draw(struct pdf *it, struct strbuf *out, struct err *err)
{
	const struct drawing *api = it->api;
	cairo_surface_t *surface = api->cairo_pdf_surface_create_for_stream(take_bytes, out, PDF_WIDTH, PDF_HEIGHT);
	/* The version whose structure pdf_amend() knows, in every release of cairo. */
	api->cairo_pdf_surface_restrict_to_version(surface, CAIRO_PDF_VERSION_1_4);
	add_metadata(it, surface);
	pdf_begin(it, surface);
	bool ok = add_all(it, err);
	cairo_status_t status = api->cairo_status(it->cr);
	pdf_end(it);
	api->cairo_surface_finish(surface);
	if (status == CAIRO_STATUS_SUCCESS) status = api->cairo_surface_status(surface);
	api->cairo_surface_destroy(surface);
	if (ok && status != CAIRO_STATUS_SUCCESS && !out->overflow) return fail(it, status, err);
	return ok && report_fits(out, "pdf", err);
}

bool pdf_write(const struct run *run, const struct pdf_options *options, struct strbuf *out, struct err *err)
{
	struct pdf it = {.api = drawing_load(err), .run = run, .options = options};
	if (!it.api) return false;
	it.arena = arena_new();
	strbuf_init(&it.scopes, 1 << 16);
	bool ok = draw(&it, out, err);
	if (ok) {
		struct str alt = pdf_say(&it, "QR code of %.*s", "QR-code van %.*s", STR_FMT(options->link));
		pdf_amend(out, &it, pdf_clean(it.arena, alt, 500));
	}
	strbuf_release(&it.scopes);
	arena_free(it.arena);
	return ok;
}

bool report_pdf(const struct run *run, const struct report_options *options, struct strbuf *out, struct err *err)
{
	struct pdf_options pdf = {.lang = options->lang, .link = options->link};
	return pdf_write(run, &pdf, out, err);
}
