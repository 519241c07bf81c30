/* SPDX-License-Identifier: EUPL-1.2 */
/* The register: entries by product, standard, vendor and digest. */
#include <stdlib.h>

#include "report/register_private.h"

static int compare_pointers(const void *a, const void *b)
{
	const struct register_pointer *one = a, *other = b;
	int order = str_compare(one->name, other->name);
	return order ? order : (one->entry > other->entry) - (one->entry < other->entry);
}

static void begin(struct arena *arena, struct register_pointers *out, size_t most)
{
	*out = (struct register_pointers){.items = arena_alloc(arena, (most + 1) * sizeof *out->items)};
}

static void add(struct register_pointers *out, struct str name, uint32_t entry)
{
	out->items[out->count++] = (struct register_pointer){name, entry};
}

/* A service may claim a standard in two roles, and name a product twice. */
static void finish(struct register_pointers *out)
{
	uint32_t kept = 0;
	if (out->count) qsort(out->items, out->count, sizeof *out->items, compare_pointers);
	for (uint32_t i = 0; i < out->count; i++)
		if (!kept || compare_pointers(&out->items[kept - 1], &out->items[i]) != 0) out->items[kept++] = out->items[i];
	out->count = kept;
}

void register_by_product(struct arena *arena, const struct register_book *book, struct register_pointers *out)
{
	size_t most = 0;
	for (uint32_t i = 0; i < book->count; i++)
		most += book->entries[i].certificate->product.product_count;
	begin(arena, out, most);
	for (uint32_t i = 0; i < book->count; i++) {
		const struct product *product = &book->entries[i].certificate->product;
		for (uint32_t j = 0; j < product->product_count; j++)
			add(out, product->products[j], i);
	}
	finish(out);
}

void register_by_standard(struct arena *arena, const struct register_book *book, struct register_pointers *out)
{
	size_t most = 0;
	for (uint32_t i = 0; i < book->count; i++)
		most += book->entries[i].certificate->standard_count;
	begin(arena, out, most);
	for (uint32_t i = 0; i < book->count; i++) {
		const struct certificate *certificate = book->entries[i].certificate;
		for (uint32_t j = 0; j < certificate->standard_count; j++) {
			const struct certificate_standard *standard = &certificate->standards[j];
			add(out, str_printf(arena, "%.*s@%.*s", STR_FMT(standard->id), STR_FMT(standard->version)), i);
		}
	}
	finish(out);
}

void register_by_vendor(struct arena *arena, const struct register_book *book, struct register_pointers *out)
{
	begin(arena, out, book->count);
	for (uint32_t i = 0; i < book->count; i++)
		add(out, book->entries[i].certificate->product.vendor, i);
	finish(out);
}

void register_by_digest(struct arena *arena, const struct register_book *book, struct register_pointers *out)
{
	begin(arena, out, book->count);
	for (uint32_t i = 0; i < book->count; i++)
		add(out, str_of(book->entries[i].digest.hex), i);
	finish(out);
}

uint32_t register_group_end(const struct register_pointers *pointers, uint32_t start)
{
	uint32_t end = start;
	while (end < pointers->count && str_eq(pointers->items[end].name, pointers->items[start].name))
		end++;
	return end;
}
