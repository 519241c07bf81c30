/* SPDX-License-Identifier: EUPL-1.2 */
/* JSON Pointer: writing, reading, resolving, and finding the pointer of a place in the text. */
#include "doc/pointer.h"

void pointer_add_token(struct strbuf *buf, struct str token)
{
	strbuf_add_char(buf, '/');
	size_t from = 0;
	for (size_t i = 0; i < token.len; i++) {
		if (token.ptr[i] != '~' && token.ptr[i] != '/') continue;
		strbuf_add(buf, (struct str){token.ptr + from, i - from});
		strbuf_add(buf, token.ptr[i] == '~' ? STR("~0") : STR("~1"));
		from = i + 1;
	}
	strbuf_add(buf, str_skip(token, from));
}

void pointer_add_index(struct strbuf *buf, uint32_t index)
{
	strbuf_printf(buf, "/%u", (unsigned)index);
}

/* Decodes "~0" and "~1" in place; false for any other "~". */
static bool decode_token(char *text, size_t *len)
{
	size_t to = 0;
	for (size_t from = 0; from < *len; from++) {
		char c = text[from];
		if (c == '~') {
			if (++from == *len || (text[from] != '0' && text[from] != '1')) return false;
			c = text[from] == '0' ? '~' : '/';
		}
		text[to++] = c;
	}
	*len = to;
	return true;
}

bool pointer_next(struct str *rest, struct arena *arena, struct str *token)
{
	if (rest->len == 0 || rest->ptr[0] != '/') return false;
	struct str tail = str_skip(*rest, 1);
	struct str raw = {tail.ptr, str_find(tail, '/')};
	if (str_find(raw, '~') < raw.len) {
		char *copy = arena_copy(arena, raw.ptr, raw.len);
		if (!decode_token(copy, &raw.len)) return false;
		raw.ptr = copy;
	}
	*token = raw;
	*rest = str_skip(tail, str_find(tail, '/'));
	return true;
}

/* An element by a token: digits without a leading zero. */
static const struct node *element_of(const struct node *array, struct str token)
{
	uint32_t index;
	if (token.len > 1 && token.ptr[0] == '0') return NULL;
	return str_to_u32(token, &index) ? node_at(array, index) : NULL;
}

const struct node *pointer_child(const struct node *container, struct str token)
{
	if (container->kind == NODE_ARRAY) return element_of(container, token);
	return node_member(container, token);
}

static const struct node *resolve(const struct node *node, struct str rest, struct arena *arena)
{
	struct str token;
	while (node && rest.len) {
		if (!pointer_next(&rest, arena, &token)) return NULL;
		node = pointer_child(node, token);
	}
	return node;
}

const struct node *pointer_get(const struct node *root, struct str pointer)
{
	struct arena *arena = arena_new();
	const struct node *node = resolve(root, pointer, arena);
	arena_free(arena);
	return node;
}

static int hex_value(char c)
{
	if (c >= '0' && c <= '9') return c - '0';
	if (c >= 'a' && c <= 'f') return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

bool pointer_decode_fragment(struct str fragment, struct arena *arena, struct str *pointer)
{
	if (str_find(fragment, '%') == fragment.len) {
		*pointer = fragment;
		return true;
	}
	char *text = arena_copy(arena, fragment.ptr, fragment.len);
	size_t to = 0;
	for (size_t i = 0; i < fragment.len; i++) {
		char c = fragment.ptr[i];
		if (c == '%') {
			int high = i + 2 < fragment.len ? hex_value(fragment.ptr[i + 1]) : -1;
			int low = high >= 0 ? hex_value(fragment.ptr[i + 2]) : -1;
			if (low < 0) return false;
			c = (char)(high << 4 | low);
			i += 2;
		}
		text[to++] = c;
	}
	text[to] = '\0';
	*pointer = (struct str){text, to};
	return true;
}

/* The first child whose span, key included, holds `offset`. What came through an alias lies elsewhere in the text. */
static const struct node *child_at(const struct node *container, uint32_t offset)
{
	for (uint32_t i = 0; i < node_count(container); i++) {
		const struct node *child = &container->children[i];
		uint32_t start = child->key && child->key_start < child->start ? child->key_start : child->start;
		if (offset >= start && offset < child->end) return child;
	}
	return NULL;
}

void pointer_at_offset(const struct node *root, uint32_t offset, struct strbuf *buf)
{
	for (const struct node *child; root && (child = child_at(root, offset)); root = child) {
		if (child->key)
			pointer_add_token(buf, node_key(child));
		else
			pointer_add_index(buf, (uint32_t)(child - root->children));
	}
}
