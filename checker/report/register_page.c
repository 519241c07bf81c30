/* SPDX-License-Identifier: EUPL-1.2 */
/* The page of one certificate in the register. */
#include "base/limits.h"
#include "report/register_private.h"
#include "report/report.h"

static void open_table(const struct html *it, const char *en, const char *nl)
{
	html_raw(it, "<table class=\"utrecht-table keur-table\" role=\"table\"><caption class=\"utrecht-table__caption\">");
	html_say(it, "%s%.0s", "%.0s%s", en, nl);
	html_raw(it, "</caption>\n<thead class=\"utrecht-table__header\" role=\"rowgroup\"><tr role=\"row\">");
}

static void open_body(const struct html *it)
{
	html_raw(it, "</tr></thead>\n<tbody class=\"utrecht-table__body\" role=\"rowgroup\">\n");
}

static void open_row(const struct html *it)
{
	html_raw(it, "<tr class=\"utrecht-table__row\" role=\"row\">"
				 "<th class=\"utrecht-table__cell\" role=\"rowheader\" scope=\"row\">");
}

static void add_cell(const struct html *it, const char *en, const char *nl, struct str text)
{
	html_open_cell(it, en, nl);
	if (text.len)
		html_text(it, text);
	else
		html_raw(it, "-");
	html_raw(it, "</td>");
}

static void add_meaning(const struct html *it, const struct register_entry *entry)
{
	const struct withdrawal *withdrawal = entry->withdrawal;
	switch (entry->status) {
	case REGISTER_VALID:
		html_say(it, "As far as it was tested, everything that the standards demand was found to be in order.",
				"Voor zover getoetst is alles wat de standaarden eisen in orde bevonden.");
		return;
	case REGISTER_DEVIATIONS:
		html_say(it, "The standards are not followed on every point; those deviations were accepted, and stand below.",
				"De standaarden zijn niet op elk punt gevolgd; die afwijkingen zijn geaccepteerd, en staan hieronder.");
		return;
	case REGISTER_EXPIRED:
		html_say(it, "This certificate ended on %.*s. It says nothing of the service today.",
				"Dit certificaat liep af op %.*s. Het zegt niets over de dienst van vandaag.",
				STR_FMT(entry->certificate->valid_until));
		return;
	default:
		html_say(it, "Withdrawn on %.*s by %.*s: %.*s", "Ingetrokken op %.*s door %.*s: %.*s",
				STR_FMT(withdrawal->date), STR_FMT(withdrawal->by), STR_FMT(withdrawal->reason));
	}
}

static void add_banner(const struct html *it, const struct register_entry *entry)
{
	static const char *const kinds[REGISTER_STATUS_COUNT] = {"ok", "info", "warning", "error"};
	strbuf_printf(it->out,
			"<div class=\"utrecht-alert utrecht-alert--%s\"><div class=\"utrecht-alert__content\">\n"
			"<p class=\"keur-decision\">",
			kinds[entry->status]);
	html_both(it, register_status_words[entry->status]);
	html_raw(it, "</p>\n<p class=\"utrecht-paragraph\">");
	add_meaning(it, entry);
	html_raw(it, "</p>\n</div></div>\n");
}

static void add_item(const struct html *it, const char *en, const char *nl, struct str text)
{
	if (!text.len) return;
	html_item(it, en, nl);
	html_text(it, text);
	html_end_item(it);
}

/* The name in the list of products, then where that is. */
static void add_products(const struct html *it, struct arena *arena, const struct product *product)
{
	for (uint32_t i = 0; i < product->product_count; i++) {
		html_item(it, "For the service to citizens", "Voor het product of de dienst");
		html_text(it, register_product_name(arena, product->products[i]));
		html_raw(it, "<br>");
		html_link(it, product->products[i]);
		html_end_item(it);
	}
}

static void add_facts(const struct html *it, struct arena *arena, const struct register_entry *entry)
{
	const struct certificate *certificate = entry->certificate;
	html_raw(it, "<dl class=\"utrecht-data-list\">\n");
	add_item(it, "Vendor", "Leverancier", certificate->product.vendor);
	add_item(it, "OIN", "OIN", certificate->product.oin);
	add_products(it, arena, &certificate->product);
	if (certificate->product.catalogue.len) {
		html_item(it, "In the GEMMA Softwarecatalogus", "In de GEMMA Softwarecatalogus");
		html_link(it, certificate->product.catalogue);
		html_end_item(it);
	}
	html_item(it, "Decision", "Oordeel");
	html_decision(it, certificate->decision);
	html_end_item(it);
	add_item(it, "Issued", "Afgegeven", (struct str){certificate->issued.ptr, 10});
	add_item(it, "Valid until and including", "Geldig tot en met", certificate->valid_until);
	html_item(it, "Requirements tested", "Getoetste eisen");
	html_say(it, "%u of %u", "%u van %u", entry->tested, entry->total);
	html_end_item(it);
	add_item(it, "Signed by", "Ondertekend door", entry->signer);
	add_item(it, "SHA-256 of the certificate", "SHA-256 van het certificaat", str_of(entry->digest.hex));
	html_raw(it, "</dl>\n");
}

static void add_standards(const struct html *it, const struct certificate *certificate)
{
	open_table(it, "Standards", "Standaarden");
	html_column(it, "Standard and version", "Standaard en versie");
	html_column(it, "Role", "Rol");
	html_column(it, "Decision", "Oordeel");
	open_body(it);
	for (uint32_t i = 0; i < certificate->standard_count; i++) {
		const struct certificate_standard *standard = &certificate->standards[i];
		open_row(it);
		html_text(it, standard->id);
		html_raw(it, " ");
		html_text(it, standard->version);
		html_raw(it, "</th>");
		add_cell(it, "Role", "Rol", standard->role);
		html_open_cell(it, "Decision", "Oordeel");
		html_decision(it, standard->decision);
		html_raw(it, "</td></tr>\n");
	}
	html_raw(it, "</tbody></table>\n");
}

static void add_waivers(const struct html *it, const struct certificate *certificate)
{
	if (!certificate->waiver_count) {
		html_raw(it, "<p class=\"utrecht-paragraph\">");
		html_say(it, "There are no accepted deviations.", "Er zijn geen geaccepteerde afwijkingen.");
		html_raw(it, "</p>\n");
		return;
	}
	open_table(it, "Accepted deviations", "Geaccepteerde afwijkingen");
	html_column(it, "Requirement", "Eis");
	html_column(it, "Reason", "Reden");
	html_column(it, "Accepted by", "Geaccepteerd door");
	html_column(it, "Until and including", "Tot en met");
	open_body(it);
	for (uint32_t i = 0; i < certificate->waiver_count; i++) {
		const struct certificate_waiver *waiver = &certificate->waivers[i];
		open_row(it);
		html_text(it, waiver->requirement);
		html_raw(it, "</th>");
		add_cell(it, "Reason", "Reden", waiver->excuse.reason);
		add_cell(it, "Accepted by", "Geaccepteerd door", waiver->excuse.approved_by);
		add_cell(it, "Until and including", "Tot en met", waiver->excuse.until);
		html_raw(it, "</tr>\n");
	}
	html_raw(it, "</tbody></table>\n");
}

static void add_attempt(const struct html *it, uint32_t number, struct str issued, enum decision decision)
{
	open_row(it);
	strbuf_printf(it->out, "%u</th>", number);
	add_cell(it, "Date", "Datum", (struct str){issued.ptr, 10});
	html_open_cell(it, "Decision", "Oordeel");
	html_decision(it, decision);
	html_raw(it, "</td></tr>\n");
}

/* Every attempt, so that running again until it is green shows. */
static void add_history(const struct html *it, const struct certificate *certificate)
{
	open_table(it, "Attempts of this version", "Pogingen van deze versie");
	html_column(it, "Attempt", "Poging");
	html_column(it, "Date", "Datum");
	html_column(it, "Decision", "Oordeel");
	open_body(it);
	for (uint32_t i = 0; i < certificate->previous_count; i++) {
		const struct certificate_attempt *attempt = &certificate->previous[i];
		add_attempt(it, attempt->number, attempt->issued, attempt->decision);
	}
	add_attempt(it, certificate->attempt, certificate->issued, certificate->decision);
	html_raw(it, "</tbody></table>\n");
}

static void add_file(const struct html *it, const char *name, const char *en, const char *nl)
{
	strbuf_printf(it->out,
			"<li class=\"utrecht-unordered-list__item\"><a class=\"utrecht-link utrecht-link--html-a\" href=\"%s\">%s</a>: ",
			name, name);
	html_say(it, "%s%.0s", "%.0s%s", en, nl);
	html_raw(it, "</li>\n");
}

static bool has_file(const struct certificate *certificate, const char *name)
{
	for (uint32_t i = 0; i < certificate->file_count; i++)
		if (str_eq(certificate->files[i].name, str_of(name))) return true;
	return false;
}

static void add_files(const struct html *it, const struct certificate *certificate)
{
	html_raw(it, "<h2 class=\"utrecht-heading-2\">");
	html_say(it, "Files", "Bestanden");
	html_raw(it, "</h2>\n<ul class=\"utrecht-unordered-list\">\n");
	if (has_file(certificate, CERTIFICATE_PAGE))
		add_file(it, CERTIFICATE_PAGE, "the report, for people", "het rapport, voor mensen");
	if (has_file(certificate, CERTIFICATE_PAPER))
		add_file(it, CERTIFICATE_PAPER, "the certificate on paper", "het certificaat op papier");
	add_file(it, CERTIFICATE_REPORT, "the report, for programs", "het rapport, voor programma's");
	add_file(it, CERTIFICATE_SIGNED, "the certificate, signed", "het certificaat, ondertekend");
	add_file(it, REGISTER_BADGE, "a badge for a page of your own", "een badge voor een eigen pagina");
	html_raw(it, "</ul>\n");
}

static void add_one_kin(const struct html *it, const struct register_entry *entry)
{
	html_raw(
			it, "<li class=\"utrecht-unordered-list__item\"><a class=\"utrecht-link utrecht-link--html-a\" href=\"../");
	html_text(it, entry->slug);
	html_raw(it, "/" REGISTER_INDEX "\">");
	register_add_name(it, entry->certificate);
	html_raw(it, ", ");
	html_text(it, (struct str){entry->certificate->issued.ptr, 10});
	html_raw(it, "</a> ");
	register_add_status(it, entry->status);
	html_raw(it, "</li>\n");
}

/* Other certificates of this product: sorted, they stand beside this one. No more than a ceiling, or the pages of one
 * product with many would grow with the square of it. */
static void add_kin(const struct html *it, const struct register_book *book, uint32_t index)
{
	const struct register_entry *self = &book->entries[index];
	uint32_t start = index, end = index + 1;
	while (start > 0 && index - start < LIMIT_REGISTER_KIN && register_is_kin(&book->entries[start - 1], self))
		start--;
	while (end < book->count && end - index <= LIMIT_REGISTER_KIN && register_is_kin(&book->entries[end], self))
		end++;
	if (end - start < 2) return;
	html_raw(it, "<h2 class=\"utrecht-heading-2\">");
	html_say(it, "Other certificates of this product", "Andere certificaten van dit product");
	html_raw(it, "</h2>\n<ul class=\"utrecht-unordered-list\">\n");
	for (uint32_t i = start; i < end; i++)
		if (i != index) add_one_kin(it, &book->entries[i]);
	html_raw(it, "</ul>\n");
	bool more = (start > 0 && register_is_kin(&book->entries[start - 1], self)) ||
				(end < book->count && register_is_kin(&book->entries[end], self));
	if (!more) return;
	html_raw(it, "<p class=\"utrecht-paragraph\">");
	html_say(it, "There are more; the page of all services has them.",
			"Er zijn er meer; de pagina met alle diensten heeft ze.");
	html_raw(it, "</p>\n");
}

static struct text title_of(struct arena *arena, const struct certificate *certificate)
{
	return text_printf(arena, "%.*s %.*s - certificate", "%.*s %.*s - certificaat", STR_FMT(certificate->product.name),
			STR_FMT(certificate->product.version));
}

bool register_page(const struct register_book *book, uint32_t index, struct strbuf *out, struct err *err)
{
	const struct register_entry *entry = &book->entries[index];
	struct html page = {.out = out}, *it = &page;
	struct arena *arena = arena_new();
	struct html_frame frame = register_frame(book, title_of(arena, entry->certificate));
	html_open(it, &frame);
	html_raw(it, "<p class=\"keur-kicker\">");
	html_say(it, "Certificate", "Certificaat");
	html_raw(it, "</p>\n<h1 class=\"utrecht-heading-1\">");
	register_add_name(it, entry->certificate);
	html_raw(it, "</h1>\n");
	add_banner(it, entry);
	add_facts(it, arena, entry);
	add_standards(it, entry->certificate);
	add_waivers(it, entry->certificate);
	add_history(it, entry->certificate);
	add_files(it, entry->certificate);
	add_kin(it, book, index);
	html_raw(it,
			"<p class=\"utrecht-paragraph\"><a class=\"utrecht-link utrecht-link--html-a\" href=\"../../" REGISTER_INDEX
			"\">");
	html_say(it, "All services", "Alle diensten");
	html_raw(it, "</a></p>\n");
	html_close(it, &frame);
	arena_free(arena);
	return report_fits(out, "html", err);
}
