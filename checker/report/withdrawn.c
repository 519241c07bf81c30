/* SPDX-License-Identifier: EUPL-1.2 */
/* Reading lists of withdrawn certificates. */
#include "report/withdrawn.h"

#include "base/limits.h"
#include "rule/fields.h"

static const char *const list_fields[] = {"keur-withdrawn", "withdrawn", NULL};
static const char *const item_fields[] = {"certificate", "date", "by", "reason", NULL};

static bool is_digest(struct str text)
{
	if (text.len != 64) return false;
	for (size_t i = 0; i < text.len; i++)
		if (!((text.ptr[i] >= '0' && text.ptr[i] <= '9') || (text.ptr[i] >= 'a' && text.ptr[i] <= 'f'))) return false;
	return true;
}

static bool read_item(const struct fields *list, const struct node *node, struct withdrawal *out)
{
	struct fields fields = *list;
	struct str digest;
	fields.what = "withdrawn";
	if (!fields_open(&fields, node, item_fields) || !fields_string(&fields, "certificate", true, &digest) ||
			!fields_date(&fields, "date", true, &out->date) || !fields_string(&fields, "by", true, &out->by) ||
			!fields_string(&fields, "reason", true, &out->reason))
		return false;
	if (!is_digest(digest))
		return fields_fail(&fields, node_member(node, STR("certificate")),
				"field 'certificate': expected the SHA-256 of certificate.jws, 64 digits in small letters, found '%.*s'",
				"veld 'certificate': verwacht de SHA-256 van certificate.jws, 64 cijfers in kleine letters, gevonden '%.*s'",
				STR_FMT(digest));
	memcpy(out->certificate.hex, digest.ptr, digest.len);
	out->date = str_copy(fields.arena, out->date);
	out->by = str_copy(fields.arena, out->by);
	out->reason = str_copy(fields.arena, out->reason);
	return true;
}

const struct withdrawn *withdrawn_read(struct arena *arena, const struct doc *doc, struct err *err)
{
	struct fields fields = {.doc = doc, .what = "withdrawn.yaml", .arena = arena, .err = err};
	struct withdrawn *out = arena_zalloc(arena, sizeof *out);
	const struct node *form, *list;
	if (!fields_no_key_twice(&fields) || !fields_open(&fields, doc->root, list_fields) ||
			!fields_value(&fields, "keur-withdrawn", NODE_NUMBER, true, &form) ||
			!fields_value(&fields, "withdrawn", NODE_ARRAY, true, &list))
		return NULL;
	if (!str_eq(node_text(form), STR("1"))) {
		fields_fail(&fields, form, "field 'keur-withdrawn': expected 1, the form of this file, found %.*s",
				"veld 'keur-withdrawn': verwacht 1, de vorm van dit bestand, gevonden %.*s", STR_FMT(node_text(form)));
		return NULL;
	}
	if (list->len > LIMIT_WITHDRAWN) {
		fields_fail(&fields, list, "withdrawn: expected at most %d of them, found %u",
				"withdrawn: verwacht hoogstens %d, gevonden %u", LIMIT_WITHDRAWN, list->len);
		return NULL;
	}
	out->items = arena_zalloc(arena, (list->len + 1) * sizeof *out->items);
	for (uint32_t i = 0; i < list->len; i++)
		if (!read_item(&fields, &list->children[i], &out->items[out->count++])) return NULL;
	return out;
}

const struct withdrawal *withdrawn_find(const struct withdrawn *withdrawn, const struct digest *certificate)
{
	for (uint32_t i = 0; i < withdrawn->count; i++)
		if (strcmp(withdrawn->items[i].certificate.hex, certificate->hex) == 0) return &withdrawn->items[i];
	return NULL;
}
