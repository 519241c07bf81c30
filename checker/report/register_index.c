/* SPDX-License-Identifier: EUPL-1.2 */
/* The first page of the register: all services, with a search box, and by product, standard and vendor. */
#include "report/register_private.h"
#include "report/report.h"

void register_add_status(const struct html *it, enum register_status status)
{
	static const char *const kinds[REGISTER_STATUS_COUNT] = {"success", "info", "neutral", "danger"};
	strbuf_printf(it->out, "<span class=\"utrecht-badge-status utrecht-badge-status--%s\">", kinds[status]);
	html_both(it, register_status_words[status]);
	html_raw(it, "</span>");
}

void register_add_name(const struct html *it, const struct certificate *certificate)
{
	html_text(it, certificate->product.name);
	html_raw(it, " ");
	html_text(it, certificate->product.version);
}

struct html_frame register_frame(const struct register_book *book, struct text title)
{
	return (struct html_frame){.lang = book->lang,
			.title = title,
			.skip = TEXT("Skip to the content", "Naar de inhoud"),
			.foot = TEXT("Made with keur " KEUR_VERSION
						 ". Only certificates whose signature and files hold are in this register.",
					"Gemaakt met keur " KEUR_VERSION
					". In dit register staan alleen certificaten waarvan handtekening en bestanden kloppen."),
			.theme = book->theme,
			.style = book->style,
			.script = book->script};
}

static void add_link(const struct html *it, const struct register_entry *entry)
{
	html_raw(it, "<a class=\"utrecht-link utrecht-link--html-a\" href=\"" REGISTER_CERTIFICATES "/");
	html_text(it, entry->slug);
	html_raw(it, "/" REGISTER_INDEX "\">");
	register_add_name(it, entry->certificate);
	html_raw(it, "</a>");
}

static void add_standards(const struct html *it, const struct certificate *certificate)
{
	for (uint32_t i = 0; i < certificate->standard_count; i++) {
		if (i) html_raw(it, ", ");
		html_text(it, certificate->standards[i].id);
		html_raw(it, " ");
		html_text(it, certificate->standards[i].version);
	}
}

static void add_products(const struct html *it, struct arena *arena, const struct product *product)
{
	for (uint32_t i = 0; i < product->product_count; i++) {
		html_raw(it, i ? ", " : "<br>");
		html_text(it, register_product_name(arena, product->products[i]));
	}
}

static void add_entry(const struct html *it, struct arena *arena, const struct register_entry *entry)
{
	const struct certificate *certificate = entry->certificate;
	strbuf_printf(it->out, "<article class=\"keur-requirement\" data-status=\"%s\"><h3 class=\"utrecht-heading-3\">",
			register_status_names[entry->status]);
	add_link(it, entry);
	html_raw(it, "</h3>\n<p class=\"utrecht-paragraph\">");
	register_add_status(it, entry->status);
	html_raw(it, " ");
	html_text(it, certificate->product.vendor);
	html_raw(it, "<br>");
	add_standards(it, certificate);
	add_products(it, arena, &certificate->product);
	html_raw(it, "<br>");
	html_say(it, "until %.*s; %u of %u requirements tested", "tot en met %.*s; %u van %u eisen getoetst",
			STR_FMT(certificate->valid_until), entry->tested, entry->total);
	html_raw(it, "</p></article>\n");
}

/* Hidden until the script is there, for without it nothing comes of it. */
static void add_filter(const struct html *it)
{
	html_raw(it,
			"<form class=\"keur-filter\" id=\"filter\" hidden>\n<label class=\"utrecht-form-label\" for=\"search\">");
	html_say(it, "Search by service, vendor, product or standard", "Zoek op dienst, leverancier, product of standaard");
	html_raw(it, "</label>\n<input class=\"utrecht-textbox\" id=\"search\" type=\"search\" autocomplete=\"off\">\n"
				 "<fieldset><legend class=\"keur-hidden\">");
	html_say(it, "Show", "Toon");
	html_raw(it, "</legend>\n");
	for (int i = 0; i < REGISTER_STATUS_COUNT; i++) {
		const char *name = register_status_names[i];
		strbuf_printf(it->out,
				"<span class=\"keur-check\"><input class=\"utrecht-checkbox\" type=\"checkbox\" id=\"show-%s\" value=\"%s\" "
				"checked><label class=\"utrecht-form-label\" for=\"show-%s\">",
				name, name, name);
		html_both(it, register_status_words[i]);
		html_raw(it, "</label></span>\n");
	}
	html_raw(it, "</fieldset>\n<p class=\"keur-count\" id=\"count\" role=\"status\"></p>\n</form>\n");
}

static void add_heading(const struct html *it, const char *id, const char *en, const char *nl)
{
	strbuf_printf(it->out, "<h2 class=\"utrecht-heading-2\" id=\"%s\">", id);
	html_say(it, "%s%.0s", "%.0s%s", en, nl);
	html_raw(it, "</h2>\n");
}

/* Names of products are those of the list; other names stand as they are. */
static void add_groups(const struct html *it, struct arena *arena, const struct register_book *book,
		const struct register_pointers *pointers, bool products)
{
	for (uint32_t i = 0; i < pointers->count;) {
		uint32_t end = register_group_end(pointers, i);
		struct str name = pointers->items[i].name;
		html_raw(it, "<h3 class=\"utrecht-heading-3\">");
		html_text(it, products ? register_product_name(arena, name) : name);
		html_raw(it, "</h3>\n<ul class=\"utrecht-unordered-list\">\n");
		for (; i < end; i++) {
			const struct register_entry *entry = &book->entries[pointers->items[i].entry];
			html_raw(it, "<li class=\"utrecht-unordered-list__item\">");
			add_link(it, entry);
			html_raw(it, " ");
			register_add_status(it, entry->status);
			html_raw(it, "</li>\n");
		}
		html_raw(it, "</ul>\n");
	}
}

static void add_counts(const struct html *it, const struct register_book *book)
{
	uint32_t counts[REGISTER_STATUS_COUNT] = {0};
	for (uint32_t i = 0; i < book->count; i++)
		counts[book->entries[i].status]++;
	html_raw(it, "<p class=\"utrecht-paragraph\">");
	html_say(it, "As of %.*s: %u certificates; %u valid, %u valid with deviations, %u expired, %u withdrawn.",
			"Op %.*s: %u certificaten; %u geldig, %u geldig met afwijkingen, %u verlopen, %u ingetrokken.",
			STR_FMT(book->day), book->count, counts[REGISTER_VALID], counts[REGISTER_DEVIATIONS],
			counts[REGISTER_EXPIRED], counts[REGISTER_WITHDRAWN]);
	html_raw(it, "</p>\n");
}

static void add_machines(const struct html *it)
{
	add_heading(it, "machines", "For programs", "Voor programma's");
	html_raw(it, "<ul class=\"utrecht-unordered-list\">\n<li class=\"utrecht-unordered-list__item\">"
				 "<a class=\"utrecht-link utrecht-link--html-a\" href=\"" REGISTER_FEED "\">" REGISTER_FEED "</a>: ");
	html_say(it, "all certificates, with status and digests", "alle certificaten, met status en digests");
	html_raw(it,
			"</li>\n<li class=\"utrecht-unordered-list__item\">"
			"<a class=\"utrecht-link utrecht-link--html-a\" href=\"" REGISTER_LOOKUP "\">" REGISTER_LOOKUP "</a>: ");
	html_say(it, "which certificates belong to a product, standard or vendor",
			"welke certificaten bij een product, standaard of leverancier horen");
	html_raw(it, "</li>\n</ul>\n");
}

static void add_sections(const struct html *it, struct arena *arena, const struct register_book *book)
{
	struct register_pointers pointers;
	register_by_product(arena, book, &pointers);
	if (pointers.count) add_heading(it, "products", "By product or service to citizens", "Per product of dienst");
	add_groups(it, arena, book, &pointers, true);
	register_by_standard(arena, book, &pointers);
	if (pointers.count) add_heading(it, "standards", "By standard", "Per standaard");
	add_groups(it, arena, book, &pointers, false);
	register_by_vendor(arena, book, &pointers);
	if (pointers.count) add_heading(it, "vendors", "By vendor", "Per leverancier");
	add_groups(it, arena, book, &pointers, false);
}

bool register_index(const struct register_book *book, struct strbuf *out, struct err *err)
{
	struct html page = {.out = out}, *it = &page;
	struct arena *arena = arena_new();
	struct html_frame frame = register_frame(
			book, TEXT("Register of tested services", "Register van getoetste diensten"));
	html_open(it, &frame);
	html_raw(it, "<h1 class=\"utrecht-heading-1\">");
	html_both(it, frame.title);
	html_raw(it, "</h1>\n");
	add_counts(it, book);
	add_filter(it);
	add_heading(it, "services", "Services", "Diensten");
	for (uint32_t i = 0; i < book->count; i++)
		add_entry(it, arena, &book->entries[i]);
	add_sections(it, arena, book);
	add_machines(it);
	html_close(it, &frame);
	arena_free(arena);
	return report_fits(out, "html", err);
}
