/* SPDX-License-Identifier: EUPL-1.2 */
/* Reading counterpart.yaml. */
#include "rule/counterpart_read.h"

#include "base/limits.h"
#include "rule/fields.h"

static const char *const book_fields[] = {"counterpart", "resources", "collections", NULL};
static const char *const resource_fields[] = {
		"path", "method", "authorization", "status", "headers", "body", "text", NULL};
static const char *const collection_fields[] = {
		"path", "list", "filters", "items", "id", "defaults", "headers", "refers", "lock", NULL};
static const char *const list_names[] = {"array", "pages"};

struct reader {
	const struct doc *doc;
	struct arena *arena;
	struct err *err;
	struct stub_book *book;
	uint32_t parts;
};

static struct fields fields_for(const struct reader *reader, const char *what)
{
	return (struct fields){.doc = reader->doc, .what = what, .arena = reader->arena, .err = reader->err};
}

static bool count_part(struct reader *reader, const struct fields *fields, const struct node *at)
{
	if (++reader->parts <= LIMIT_STUB_PARTS) return true;
	return fields_fail(fields, at, "expected at most %d resources, collections and items in all",
			"verwacht hoogstens %d resources, verzamelingen en objecten bij elkaar", LIMIT_STUB_PARTS);
}

/* What can stand in the path of a URL as it is. */
static bool is_path(struct str path, bool any)
{
	if (path.len < 2 || path.ptr[0] != '/' || path.ptr[path.len - 1] == '/') return false;
	for (size_t i = 0; i < path.len; i++) {
		unsigned char c = (unsigned char)path.ptr[i];
		if (c <= ' ' || c >= 0x7F || strchr("?#\"<>\\^`{|}", c)) return false;
		if (c == '*' && !any) return false;
	}
	return true;
}

static bool read_path(const struct fields *fields, bool any, struct str *out)
{
	if (!fields_string(fields, "path", true, out)) return false;
	return is_path(*out, any) ||
		   fields_fail(fields, node_member(fields->object, STR("path")),
				   "field 'path': expected a path such as /zaken/api/v1/zaken, without query, found '%.*s'",
				   "veld 'path': verwacht een pad zoals /zaken/api/v1/zaken, zonder query, gevonden '%.*s'",
				   STR_FMT(*out));
}

static bool is_token(struct str text)
{
	for (size_t i = 0; i < text.len; i++)
		if (text.ptr[i] <= ' ' || text.ptr[i] >= 0x7F || strchr("\"(),/:;<=>?@[\\]{}", text.ptr[i])) return false;
	return text.len > 0;
}

static bool is_field_value(const struct node *node)
{
	if (node->kind != NODE_STRING) return false;
	for (uint32_t i = 0; i < node->len; i++)
		if ((unsigned char)node->text[i] < ' ') return false;
	return true;
}

static bool read_headers(const struct fields *fields, const struct node **out)
{
	if (!fields_value(fields, "headers", NODE_OBJECT, false, out)) return false;
	for (uint32_t i = 0; *out && i < (*out)->len; i++) {
		const struct node *header = &(*out)->children[i];
		if (is_token(node_key(header)) && is_field_value(header)) continue;
		return fields_fail(fields, header, "header '%.*s': expected a name of HTTP, and a text on one line",
				"header '%.*s': verwacht een naam van HTTP, en een tekst op een regel", STR_FMT(node_key(header)));
	}
	return true;
}

static bool read_status(const struct fields *fields, uint32_t *out)
{
	const struct node *node = NULL;
	*out = 200;
	if (!fields_value(fields, "status", NODE_NUMBER, false, &node)) return false;
	if (!node || (str_to_u32(node_text(node), out) && *out >= 200 && *out <= 599)) return true;
	return fields_fail(fields, node, "field 'status': expected a number from 200 to 599, found %.*s",
			"veld 'status': verwacht een getal van 200 tot en met 599, gevonden %.*s", STR_FMT(node_text(node)));
}

static bool read_resource(struct reader *reader, const struct node *node, struct stub_resource *out)
{
	struct fields fields = fields_for(reader, "resource");
	struct str text = {NULL, 0};
	out->method = STR("GET");
	if (!count_part(reader, &fields, node) || !fields_open(&fields, node, resource_fields) ||
			!read_path(&fields, true, &out->path) || !fields_string(&fields, "method", false, &out->method) ||
			!fields_string(&fields, "authorization", false, &out->authorization) ||
			!read_status(&fields, &out->status) || !read_headers(&fields, &out->headers) ||
			!fields_string(&fields, "text", false, &text))
		return false;
	if (!out->method.len) out->method = STR("GET");
	out->body = node_member(node, STR("body"));
	out->text = text.len ? text : (struct str){NULL, 0};
	if (out->body && out->text.ptr)
		return fields_fail(
				&fields, node, "expected either body or text%s", "verwacht body of text, niet allebei%s", "");
	return is_token(out->method) ||
		   fields_fail(&fields, node_member(node, STR("method")), "field 'method': expected a method of HTTP%s",
				   "veld 'method': verwacht een methode van HTTP%s", "");
}

static bool all_texts(const struct fields *fields, const char *name, const struct node *list)
{
	for (uint32_t i = 0; list && i < list->len; i++)
		if (list->children[i].kind != NODE_STRING || !list->children[i].len)
			return fields_fail(
					fields, &list->children[i], "field '%s': expected texts", "veld '%s': verwacht teksten", name);
	return true;
}

static bool read_items(struct reader *reader, const struct fields *fields, const struct node *items)
{
	for (uint32_t i = 0; items && i < items->len; i++) {
		const struct node *item = &items->children[i];
		struct str path = str_printf(reader->arena, "/%.*s", STR_FMT(node_key(item)));
		if (!count_part(reader, fields, item)) return false;
		if (item->kind == NODE_OBJECT && is_path(path, false) && str_find(node_key(item), '/') == item->key_len)
			continue;
		return fields_fail(fields, item, "item '%.*s': expected an id that can end a URL, and the members of an object",
				"object '%.*s': verwacht een id waarop een URL kan eindigen, en de leden van een object",
				STR_FMT(node_key(item)));
	}
	return true;
}

static bool read_collection(struct reader *reader, const struct node *node, struct stub_collection *out)
{
	struct fields fields = fields_for(reader, "collection");
	int list = 0;
	return count_part(reader, &fields, node) && fields_open(&fields, node, collection_fields) &&
		   read_path(&fields, false, &out->path) && fields_choice(&fields, "list", list_names, 2, true, &list) &&
		   (out->pages = list == 1, true) && fields_bool(&fields, "lock", &out->lock) &&
		   fields_string(&fields, "id", false, &out->id) &&
		   fields_value(&fields, "filters", NODE_ARRAY, false, &out->filters) &&
		   all_texts(&fields, "filters", out->filters) &&
		   fields_value(&fields, "items", NODE_OBJECT, false, &out->items) && read_items(reader, &fields, out->items) &&
		   fields_value(&fields, "defaults", NODE_OBJECT, false, &out->defaults) &&
		   read_headers(&fields, &out->headers) && fields_value(&fields, "refers", NODE_OBJECT, false, &out->refers) &&
		   all_texts(&fields, "refers", out->refers);
}

static const struct stub_collection *collection_at(const struct stub_book *book, struct str path)
{
	for (uint32_t i = 0; i < book->collection_count; i++)
		if (str_eq(book->collections[i].path, path)) return &book->collections[i];
	return NULL;
}

/* References lead to collections of this file; two of one path would hide each other. */
static bool check_collections(const struct reader *reader, const struct fields *fields, const struct node *list)
{
	for (uint32_t i = 0; i < reader->book->collection_count; i++) {
		const struct stub_collection *collection = &reader->book->collections[i];
		if (collection_at(reader->book, collection->path) != collection)
			return fields_fail(fields, &list->children[i], "there is another collection of path %.*s",
					"er is al een verzameling met pad %.*s", STR_FMT(collection->path));
		for (uint32_t k = 0; collection->refers && k < collection->refers->len; k++) {
			const struct node *path = &collection->refers->children[k];
			if (!collection_at(reader->book, node_text(path)))
				return fields_fail(fields, path, "field 'refers': there is no collection of path %.*s",
						"veld 'refers': er is geen verzameling met pad %.*s", STR_FMT(node_text(path)));
		}
	}
	return true;
}

static bool read_book(struct reader *reader)
{
	struct fields fields = fields_for(reader, "counterpart.yaml");
	struct stub_book *book = reader->book;
	const struct node *form, *resources, *collections;
	if (!fields_no_key_twice(&fields) || !fields_open(&fields, reader->doc->root, book_fields) ||
			!fields_value(&fields, "counterpart", NODE_NUMBER, true, &form) ||
			!fields_value(&fields, "resources", NODE_ARRAY, false, &resources) ||
			!fields_value(&fields, "collections", NODE_ARRAY, false, &collections))
		return false;
	if (!str_eq(node_text(form), STR("1")))
		return fields_fail(&fields, form, "field 'counterpart': expected 1, the form of this file, found %.*s",
				"veld 'counterpart': verwacht 1, de vorm van dit bestand, gevonden %.*s", STR_FMT(node_text(form)));
	book->resources = arena_zalloc(reader->arena, ((resources ? resources->len : 0) + 1) * sizeof *book->resources);
	book->collections = arena_zalloc(
			reader->arena, ((collections ? collections->len : 0) + 1) * sizeof *book->collections);
	for (uint32_t i = 0; resources && i < resources->len; i++)
		if (!read_resource(reader, &resources->children[i], &book->resources[book->resource_count++])) return false;
	for (uint32_t i = 0; collections && i < collections->len; i++)
		if (!read_collection(reader, &collections->children[i], &book->collections[book->collection_count++]))
			return false;
	return check_collections(reader, &fields, collections);
}

const struct stub_book *counterpart_read(struct arena *arena, const struct doc *doc, struct err *err)
{
	struct reader reader = {doc, arena, err, arena_zalloc(arena, sizeof(struct stub_book)), 0};
	return read_book(&reader) ? reader.book : NULL;
}

static void close_doc(void *doc)
{
	doc_close(doc);
}

const struct stub_book *counterpart_open(struct arena *arena, const char *path, struct err *err)
{
	struct doc *doc = doc_open(path, err);
	if (!doc) return NULL;
	arena_on_free(arena, close_doc, doc);
	return counterpart_read(arena, doc, err);
}
