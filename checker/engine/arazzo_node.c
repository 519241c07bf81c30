/* Values that are made while a scenario is played. */
#include "base/limits.h"
#include "doc/json.h"
#include "engine/arazzo_play.h"
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
