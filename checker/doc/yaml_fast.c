/* SPDX-License-Identifier: EUPL-1.2 */
/* Lines and their indentation: block mappings and lists. */
#include "doc/yaml_fast.h"

#include "base/limits.h"
#include "base/swar.h"
#include "base/vec.h"
#include "doc/scalar.h"
#include "doc/yaml_fast_private.h"
#include "doc/yaml_surrogate.h"

static uint32_t offset_of(const struct fast *fast, const char *p)
{
	return (uint32_t)(p - fast->begin);
}

struct node *fast_push(struct fast *fast, const char *at)
{
	if (fast->total == LIMIT_NODES) return NULL;
	fast->total++;
	struct node *node = vec_push(&fast->nodes);
	*node = (struct node){.start = offset_of(fast, at), .end = offset_of(fast, at)};
	fast_top(fast)->waiting = true;
	return node;
}

static bool resolve(struct fast *fast, const struct fast_scalar *scalar, struct node *node)
{
	if (scalar->plain) return scalar_resolve(scalar->text, fast->arena, node);
	node->kind = NODE_STRING;
	node->text = scalar->text.ptr;
	node->len = (uint32_t)scalar->text.len;
	return true;
}

struct node *fast_push_member(struct fast *fast, const struct fast_scalar *key, const char *at)
{
	struct node as_value = {.start = offset_of(fast, key->start), .end = offset_of(fast, key->end)};
	bool merges = key->plain && str_eq(key->text, STR("<<"));
	if (merges || at - key->start > FAST_KEY_BYTES || !resolve(fast, key, &as_value)) return NULL;
	if (fast->anchor) fast_anchor_scalar(fast, &as_value);
	struct node *node = fast_push(fast, at);
	if (!node) return NULL;
	node->key = key->text.ptr;
	node->key_len = (uint32_t)key->text.len;
	node->key_start = as_value.start;
	node->key_hash = node_hash(key->text);
	if (as_value.kind == NODE_STRING) return node;
	node->flags = NODE_KEY_SPECIAL;
	doc_remark(fast->doc, (struct diagnostic){.kind = DIAGNOSTIC_KEY_NOT_STRING,
								  .start = node->key_start,
								  .end = as_value.end,
								  .what = key->text});
	return node;
}

bool fast_set(struct fast *fast, const struct fast_scalar *scalar)
{
	struct node *node = &fast->nodes.items[fast->nodes.count - 1];
	fast_top(fast)->waiting = false;
	node->start = offset_of(fast, scalar->start);
	node->end = offset_of(fast, scalar->end);
	if (!resolve(fast, scalar, node)) return false;
	if (fast->anchor) fast_anchor_scalar(fast, node);
	return true;
}

bool fast_open(struct fast *fast, enum node_kind kind, const char *start, int32_t indent)
{
	if (fast->frames.count > LIMIT_DEPTH) return false;
	fast_top(fast)->waiting = false;
	uint32_t item = (uint32_t)fast->nodes.count - 1;
	fast->nodes.items[item].kind = (uint8_t)kind;
	fast->nodes.items[item].start = offset_of(fast, start);
	*vec_push(&fast->frames) = (struct fast_frame){.item = item, .indent = indent, .kind = (uint8_t)kind};
	if (fast->anchor) fast_anchor_open(fast);
	return true;
}

void fast_close(struct fast *fast, uint32_t end)
{
	const struct fast_frame *frame = fast_top(fast);
	uint32_t item = frame->item, height = frame->height + 1;
	struct node *node = &fast->nodes.items[item];
	node->end = end;
	node_adopt(node, fast->arena, node + 1, (uint32_t)fast->nodes.count - item - 1, doc_remark_duplicate, fast->doc);
	if (frame->anchor) fast_anchor_close(fast, frame, node);
	fast->nodes.count = item + 1;
	fast->frames.count--;
	if (fast_top(fast)->height < height) fast_top(fast)->height = height;
}

/* A block ends where its last child does. */
static void close_block(struct fast *fast)
{
	fast_close(fast, fast->nodes.items[fast->nodes.count - 1].end);
}

/* Goes from the start of a line, or a line break, to the next line that holds more than a comment. */
static bool next_content(struct fast *fast)
{
	for (const char *line = fast->p;; line = fast_after_break(fast->p)) {
		fast->p = fast_skip_spaces(fast, line + fast->known_spaces);
		fast->known_spaces = 0;
		fast->at_line = false;
		fast->column = (uint32_t)(fast->p - line);
		if (*fast->p == '#') fast->p = fast_skip_text(fast, fast->p);
		if (!fast_is_break(*fast->p)) break;
	}
	return fast->p < fast->end;
}

/* After a value nothing but a comment may stand on the line. */
static bool end_line(struct fast *fast)
{
	if (fast->at_line) return true;
	const char *p = fast_skip_spaces(fast, fast->p);
	if (*p == '#' && fast_is_blank(p[-1])) p = fast_skip_text(fast, p);
	fast->p = p;
	return fast_is_break(*p) || p == fast->end;
}

static bool is_dash(const struct fast *fast)
{
	return *fast->p == '-' && fast_ends(fast, fast->p + 1);
}

static bool read_key_or_scalar(struct fast *fast, struct fast_scalar *scalar)
{
	if (*fast->p == '"' || *fast->p == '\'') return fast_quoted(fast, scalar);
	return fast_plain(fast, fast_top(fast)->indent, false, scalar);
}

static bool read_other(struct fast *fast)
{
	struct fast_scalar scalar;
	if (*fast->p == '[' || *fast->p == '{') return fast_flow(fast) && end_line(fast);
	return fast_block_scalar(fast, fast_top(fast)->indent, &scalar) && fast_set(fast, &scalar);
}

static bool starts_other(char c)
{
	return c == '[' || c == '{' || c == '|' || c == '>';
}

/* A value on the line of its key. */
static bool read_value(struct fast *fast)
{
	struct fast_scalar scalar;
	const char *from = fast->p;
	fast->p = fast_skip_spaces(fast, from);
	if (*fast->p == '&' && !fast_anchor(fast)) return false;
	if (fast_is_break(*fast->p)) return true;
	if (*fast->p == '*') return fast_alias(fast) && end_line(fast);
	if (starts_other(*fast->p)) return read_other(fast);
	if (*fast->p == '#' || fast->p == fast->end) return end_line(fast);
	return read_key_or_scalar(fast, &scalar) && fast_set(fast, &scalar) && end_line(fast);
}

/* The colon behind a scalar that may be a key, or NULL. */
static const char *colon_after(const struct fast *fast, const struct fast_scalar *scalar)
{
	if (fast->at_line || scalar->lines) return NULL;
	const char *p = fast_skip_spaces(fast, fast->p);
	return *p == ':' && fast_ends(fast, p + 1) ? p : NULL;
}

static bool read_member(struct fast *fast, const struct fast_scalar *key, const char *colon)
{
	fast->p = colon + 1;
	return fast_push_member(fast, key, colon + 1) && read_value(fast);
}

static bool read_entry(struct fast *fast, uint32_t column);

/* A value in a place of its own: behind a dash, or on a line deeper than its key. */
static bool read_node(struct fast *fast, uint32_t column)
{
	const char *start = fast->p;
	struct fast_scalar scalar;
	bool root = fast->frames.count == 1;
	if (is_dash(fast)) return fast_open(fast, NODE_ARRAY, start, (int32_t)column) && read_entry(fast, column);
	if (starts_other(*start)) return !root && read_other(fast);
	if (*start == '*') return fast_alias(fast) && end_line(fast);
	if (!read_key_or_scalar(fast, &scalar)) return false;
	const char *colon = colon_after(fast, &scalar);
	if (colon) return fast_open(fast, NODE_OBJECT, start, (int32_t)column) && read_member(fast, &scalar, colon);
	return !root && fast_set(fast, &scalar) && end_line(fast);
}

/* "- ", whose dash is in `column`. Lists in lists on one line are a recursion, which the depth of containers bounds. */
static bool read_entry(struct fast *fast, uint32_t column)
{
	const char *dash = fast->p;
	if (!fast_push(fast, dash + 1)) return false;
	fast->p = fast_skip_spaces(fast, dash + 1);
	if (fast_is_break(*fast->p) || *fast->p == '#' || fast->p == fast->end) return end_line(fast);
	if (*fast->p == '&') return read_value(fast);
	return read_node(fast, column + (uint32_t)(fast->p - dash));
}

/* Ends the blocks that the line at fast->p is no part of. */
static void close_blocks(struct fast *fast, int32_t column, bool dash)
{
	while (fast_top(fast)->indent > column)
		close_block(fast);
	if (fast_top(fast)->indentless && fast_top(fast)->indent == column && !dash) close_block(fast);
}

static bool read_line(struct fast *fast)
{
	int32_t column = (int32_t)fast->column;
	bool dash = is_dash(fast);
	struct fast_scalar key;
	if (column == 0 && fast_at_marker(fast->p)) return false;
	close_blocks(fast, column, dash);
	struct fast_frame *frame = fast_top(fast);
	if (frame->indent < column) return frame->waiting && read_node(fast, (uint32_t)column);
	if (dash && frame->kind == NODE_OBJECT) {
		if (!frame->waiting || !fast_open(fast, NODE_ARRAY, fast->p, column)) return false;
		fast_top(fast)->indentless = true;
		return read_entry(fast, (uint32_t)column);
	}
	if (fast->anchor) return false;
	if (dash) return read_entry(fast, (uint32_t)column);
	if (frame->kind != NODE_OBJECT || !read_key_or_scalar(fast, &key)) return false;
	const char *colon = colon_after(fast, &key);
	return colon && read_member(fast, &key, colon);
}

static bool read_document(struct fast *fast)
{
	*vec_push(&fast->frames) = (struct fast_frame){.indent = -1, .kind = NODE_NULL};
	fast_push(fast, fast->p);
	if (!next_content(fast)) return false;
	if (fast->column == 0 && strncmp(fast->p, "---", 3) == 0 && fast_ends(fast, fast->p + 3)) {
		fast->p += 3;
		if (!end_line(fast) || !next_content(fast)) return false;
	}
	do {
		if (!read_line(fast)) return false;
	} while (next_content(fast));
	while (fast->frames.count > 1)
		close_block(fast);
	return !fast->anchor;
}

static bool holds_character(struct str text, char lead, unsigned char second, unsigned char third_from)
{
	for (size_t at = str_find(text, lead); at < text.len; at += 1 + str_find(str_skip(text, at + 1), lead)) {
		const unsigned char *p = (const unsigned char *)text.ptr + at;
		if (p[1] == second && p[2] >= third_from) return true;
	}
	return false;
}

/* U+0080 to U+009F. */
static bool holds_control(struct str text)
{
	for (size_t at = str_find(text, '\xC2'); at < text.len; at += 1 + str_find(str_skip(text, at + 1), '\xC2'))
		if ((unsigned char)text.ptr[at + 1] < 0xA0) return true;
	return false;
}

/* Characters that libyaml refuses or takes for line breaks, wherever they are: U+2028 and later, U+FEFF, U+FFFE. */
static bool holds_odd_characters(struct str text)
{
	return holds_control(text) || holds_character(text, '\xE2', 0x80, 0xA8) ||
		   holds_character(text, '\xEF', 0xBB, 0xBF) || holds_character(text, '\xEF', 0xBF, 0xBE);
}

static void take_over(struct fast *fast)
{
	struct doc *doc = fast->doc;
	struct node *root = arena_alloc(fast->arena, sizeof *root);
	*root = fast->nodes.items[0];
	doc->root = root;
	arena_take(doc->arena, fast->arena);
}

bool yaml_fast_read(struct doc *doc, size_t start)
{
	struct str bytes = doc->source->bytes, text = str_skip(bytes, start);
	if (surrogates_found(text) || holds_odd_characters(text)) return false;
	struct doc before = *doc;
	struct fast fast = {
			.doc = doc, .arena = arena_new(), .begin = bytes.ptr, .p = text.ptr, .end = bytes.ptr + bytes.len};
	bool ok = read_document(&fast);
	if (ok) {
		take_over(&fast);
	} else {
		arena_free(fast.arena);
		doc->diagnostic_count = before.diagnostic_count;
		doc->diagnostics_cut = before.diagnostics_cut;
		doc->duplicates_cut = before.duplicates_cut;
	}
	vec_release(&fast.nodes);
	vec_release(&fast.frames);
	vec_release(&fast.text);
	vec_release(&fast.definitions);
	strmap_release(&fast.anchors);
	return ok;
}
