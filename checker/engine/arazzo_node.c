/* SPDX-License-Identifier: EUPL-1.2 */
/* Values that are made while a scenario is played. */
#include "engine/arazzo_node.h"
#include "base/limits.h"
#include "doc/json.h"
#include "doc/pointer.h"
#include "engine/js.h"

static void ignore(void *context, const struct node *first, const struct node *second)
{
	(void)context;
	(void)first;
	(void)second;
}

const struct node *node_text_new(struct arena *arena, struct str text)
{
	struct node *node = arena_zalloc(arena, sizeof *node);
	*node = (struct node){.kind = NODE_STRING, .text = text.len ? text.ptr : "", .len = (uint32_t)text.len};
	return node;
}

const struct node *node_number_new(struct arena *arena, uint32_t number)
{
	struct node *node = arena_zalloc(arena, sizeof *node);
	struct str text = str_printf(arena, "%u", number);
	*node = (struct node){.kind = NODE_NUMBER, .text = text.ptr, .len = (uint32_t)text.len};
	return node;
}

const struct node *node_container_new(
		struct arena *arena, enum node_kind kind, const struct node *items, uint32_t count)
{
	struct node *node = arena_zalloc(arena, sizeof *node);
	node->kind = (uint8_t)kind;
	node_adopt(node, arena, items, count, ignore, NULL);
	return node;
}

struct node node_as(const struct node *value, struct str key)
{
	struct node node = *value;
	node.key = key.ptr;
	node.key_len = (uint32_t)key.len;
	node.key_hash = key.ptr ? node_hash(key) : 0;
	return node;
}

const struct node *node_of_json(struct arena *arena, struct str bytes, struct text *why)
{
	struct err err;
	struct doc *doc = arena_zalloc(arena, sizeof *doc);
	err_init(&err, arena);
	doc->arena = arena;
	doc->source = source_of(arena, STR("body"), str_copy(arena, bytes));
	if (bytes.len <= LIMIT_DOCUMENT_BYTES && json_read(doc, &err)) return doc->root;
	*why = text_printf(arena, "line %u, column %u: %s%.0s", "regel %u, kolom %u: %.0s%s", err.loc.line, err.loc.column,
			err.message.in[LANG_EN].ptr ? err.message.in[LANG_EN].ptr : "too large",
			err.message.in[LANG_NL].ptr ? err.message.in[LANG_NL].ptr : "te groot");
	return NULL;
}

static void print_members(struct strbuf *out, const struct node *node)
{
	bool object = node->kind == NODE_OBJECT, first = true;
	strbuf_add_char(out, object ? '{' : '[');
	for (uint32_t i = 0; i < node->len && !out->overflow; i++) {
		const struct node *child = &node->children[i];
		if (object && node_is_repeated(node, child)) continue;
		if (!first) strbuf_add_char(out, ',');
		first = false;
		if (object) {
			js_print_string(out, node_key(child));
			strbuf_add_char(out, ':');
		}
		node_print_json(out, child);
	}
	strbuf_add_char(out, object ? '}' : ']');
}

void node_print_json(struct strbuf *out, const struct node *node)
{
	switch (node->kind) {
	case NODE_NULL:
		strbuf_add(out, STR("null"));
		break;
	case NODE_FALSE:
		strbuf_add(out, STR("false"));
		break;
	case NODE_TRUE:
		strbuf_add(out, STR("true"));
		break;
	case NODE_NUMBER:
		strbuf_add(out, node_text(node));
		break;
	case NODE_STRING:
		js_print_string(out, node_text(node));
		break;
	default:
		print_members(out, node);
	}
}

void node_print_text(struct strbuf *out, const struct node *node)
{
	if (node->kind == NODE_STRING)
		strbuf_add(out, node_text(node));
	else
		node_print_json(out, node);
}

static bool holds_span(const struct node *node, uint32_t start, uint32_t end)
{
	return node->start <= start && end <= node->end;
}

/* Children lie in the order of the document, but for what aliases bring in. */
static const struct node *child_at(const struct node *container, uint32_t start, uint32_t end)
{
	uint32_t low = 0, high = container->len;
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		if (container->children[middle].start <= start)
			low = middle + 1;
		else
			high = middle;
	}
	if (low > 0 && holds_span(&container->children[low - 1], start, end)) return &container->children[low - 1];
	for (uint32_t i = 0; i < container->len; i++)
		if (holds_span(&container->children[i], start, end)) return &container->children[i];
	return NULL;
}

struct str span_pointer(struct arena *arena, const struct node *root, uint32_t start, uint32_t end)
{
	struct strbuf pointer;
	const struct node *node = root, *child;
	strbuf_init(&pointer, LIMIT_MESSAGE_BYTES);
	while (node_is_container(node) && (node->start != start || node->end != end) &&
			(child = child_at(node, start, end)) != NULL) {
		if (node->kind == NODE_OBJECT)
			pointer_add_token(&pointer, node_key(child));
		else
			pointer_add_index(&pointer, (uint32_t)(child - node->children));
		node = child;
	}
	return strbuf_take(&pointer, arena);
}

const struct node *schema_resolved(const struct doc *doc, const struct node *schema)
{
	for (int hops = 0; schema && hops < LIMIT_REF_HOPS; hops++) {
		struct str reference = node_string_member(schema, STR("$ref"));
		if (!str_starts(reference, STR("#/"))) return schema;
		schema = pointer_get(doc->root, str_skip(reference, 1));
	}
	return schema;
}
