/* SPDX-License-Identifier: EUPL-1.2 */
/* The register for programs: the feed of all entries, and where to find which. Keys stand in order of their bytes. */
#include "doc/canonical.h"
#include "report/register_private.h"
#include "report/report.h"

static struct str path_of(struct arena *arena, const struct register_book *book, const struct register_entry *entry)
{
	return str_printf(arena, "%.*s%s" REGISTER_CERTIFICATES "/%.*s/", STR_FMT(book->url), book->url.len ? "/" : "",
			STR_FMT(entry->slug));
}

static void write_attempts(struct canonical *out, const struct certificate *certificate)
{
	canonical_array(out, "attempts");
	for (uint32_t i = 0; i < certificate->previous_count; i++) {
		const struct certificate_attempt *attempt = &certificate->previous[i];
		canonical_object(out, NULL);
		canonical_str(out, "decision", str_of(decision_names[attempt->decision]));
		canonical_str(out, "issued", attempt->issued);
		canonical_number(out, "number", attempt->number);
		canonical_str(out, "sha256", str_of(attempt->certificate.hex));
		canonical_end_object(out);
	}
	canonical_end_array(out);
}

static void write_files(struct canonical *out, const struct certificate *certificate)
{
	canonical_array(out, "files");
	for (uint32_t i = 0; i < certificate->file_count; i++) {
		canonical_object(out, NULL);
		canonical_str(out, "name", certificate->files[i].name);
		canonical_str(out, "sha256", str_of(certificate->files[i].digest.hex));
		canonical_number(out, "size", certificate->files[i].size);
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

static void write_standards(struct canonical *out, const struct certificate *certificate)
{
	canonical_array(out, "standards");
	for (uint32_t i = 0; i < certificate->standard_count; i++) {
		const struct certificate_standard *standard = &certificate->standards[i];
		canonical_object(out, NULL);
		canonical_str(out, "decision", str_of(decision_names[standard->decision]));
		canonical_str(out, "id", standard->id);
		canonical_str_if(out, "role", standard->role);
		canonical_str(out, "version", standard->version);
		canonical_end_object(out);
	}
	canonical_end_array(out);
}

static void write_waivers(struct canonical *out, const struct certificate *certificate)
{
	canonical_array(out, "waivers");
	for (uint32_t i = 0; i < certificate->waiver_count; i++) {
		const struct certificate_waiver *waiver = &certificate->waivers[i];
		canonical_object(out, NULL);
		canonical_str(out, "approvedBy", waiver->excuse.approved_by);
		canonical_str_if(out, "at", waiver->excuse.at);
		canonical_str(out, "reason", waiver->excuse.reason);
		canonical_str(out, "requirement", waiver->requirement);
		canonical_str(out, "until", waiver->excuse.until);
		canonical_end_object(out);
	}
	canonical_end_array(out);
}

static void write_withdrawal(struct canonical *out, const struct withdrawal *withdrawal)
{
	if (!withdrawal) return;
	canonical_object(out, "withdrawn");
	canonical_str(out, "by", withdrawal->by);
	canonical_str(out, "date", withdrawal->date);
	canonical_str(out, "reason", withdrawal->reason);
	canonical_end_object(out);
}

static void write_entry(struct canonical *out, struct arena *arena, const struct register_book *book,
		const struct register_entry *entry)
{
	const struct certificate *certificate = entry->certificate;
	canonical_object(out, NULL);
	canonical_number(out, "attempt", certificate->attempt);
	write_attempts(out, certificate);
	canonical_object(out, "coverage");
	canonical_number(out, "tested", entry->tested);
	canonical_number(out, "total", entry->total);
	canonical_end_object(out);
	canonical_str(out, "decision", str_of(decision_names[certificate->decision]));
	canonical_str(out, "engine", certificate->engine);
	write_files(out, certificate);
	canonical_str(out, "id", entry->slug);
	canonical_str(out, "issued", certificate->issued);
	canonical_str(out, "path", path_of(arena, book, entry));
	write_product(out, &certificate->product);
	canonical_str(out, "report", str_printf(arena, "sha256:%s", certificate->report.hex));
	canonical_str(out, "sha256", str_of(entry->digest.hex));
	canonical_str(out, "signer", entry->signer);
	write_standards(out, certificate);
	canonical_str(out, "status", str_of(register_status_names[entry->status]));
	canonical_str(out, "validUntil", certificate->valid_until);
	write_waivers(out, certificate);
	write_withdrawal(out, entry->withdrawal);
	canonical_end_object(out);
}

static void write_end(struct canonical *out, const struct register_book *book)
{
	canonical_str(out, "day", book->day);
	canonical_object(out, "register");
	canonical_str(out, "name", STR("keur-register"));
	canonical_number(out, "version", 1);
	canonical_end_object(out);
	canonical_end_object(out);
	strbuf_add_char(out->buf, '\n');
}

bool register_feed(const struct register_book *book, struct strbuf *out, struct err *err)
{
	struct arena *arena = arena_new();
	struct canonical json;
	canonical_init(&json, out);
	canonical_object(&json, NULL);
	canonical_array(&json, "certificates");
	for (uint32_t i = 0; i < book->count; i++)
		write_entry(&json, arena, book, &book->entries[i]);
	canonical_end_array(&json);
	write_end(&json, book);
	arena_free(arena);
	return report_fits(out, "json", err);
}

/* [{"certificates":["..."],"name":"..."}]: a list, for names are no keys that one can trust. */
static void write_pointers(struct canonical *out, const char *key, const struct register_book *book,
		const struct register_pointers *pointers)
{
	canonical_array(out, key);
	for (uint32_t i = 0; i < pointers->count;) {
		uint32_t end = register_group_end(pointers, i);
		canonical_object(out, NULL);
		canonical_array(out, "certificates");
		for (uint32_t j = i; j < end; j++)
			canonical_str(out, NULL, book->entries[pointers->items[j].entry].slug);
		canonical_end_array(out);
		canonical_str(out, "name", pointers->items[i].name);
		canonical_end_object(out);
		i = end;
	}
	canonical_end_array(out);
}

bool register_lookup(const struct register_book *book, struct strbuf *out, struct err *err)
{
	struct arena *arena = arena_new();
	struct canonical json;
	struct register_pointers pointers;
	canonical_init(&json, out);
	canonical_object(&json, NULL);
	register_by_digest(arena, book, &pointers);
	write_pointers(&json, "certificates", book, &pointers);
	register_by_product(arena, book, &pointers);
	write_pointers(&json, "products", book, &pointers);
	register_by_standard(arena, book, &pointers);
	write_pointers(&json, "standards", book, &pointers);
	register_by_vendor(arena, book, &pointers);
	write_pointers(&json, "vendors", book, &pointers);
	canonical_end_object(&json);
	strbuf_add_char(out, '\n');
	arena_free(arena);
	return report_fits(out, "json", err);
}
