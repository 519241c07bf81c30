/* SPDX-License-Identifier: EUPL-1.2 */
/* RFC 8785 output. */
#include "doc/canonical.h"

#include <stdlib.h>

#include "base/utf8.h"
#include "doc/node.h"

void canonical_init(struct canonical *canonical, struct strbuf *buf)
{
	*canonical = (struct canonical){.buf = buf};
}

/* Section 3.2.2.2: the short escapes, \u00xx in lower case for other control characters, nothing else. */
static void add_escaped(struct strbuf *buf, unsigned char c)
{
	static const char shorts[] = {['\b'] = 'b', ['\t'] = 't', ['\n'] = 'n', ['\f'] = 'f', ['\r'] = 'r'};
	if (c == '"' || c == '\\' || (c < sizeof shorts && shorts[c])) {
		strbuf_add_char(buf, '\\');
		strbuf_add_char(buf, c == '"' || c == '\\' ? (char)c : shorts[c]);
	} else {
		strbuf_printf(buf, "\\u%04x", c);
	}
}

static void add_quoted(struct strbuf *buf, struct str value)
{
	size_t plain = 0, i = 0;
	if (!value.ptr) value.ptr = "";
	strbuf_add_char(buf, '"');
	while (i < value.len) {
		unsigned char c = (unsigned char)value.ptr[i];
		uint32_t code;
		size_t len = c < 0x80 ? 1 : utf8_decode(str_skip(value, i), &code);
		if (len && c >= 0x20 && c != '"' && c != '\\') {
			i += len;
			continue;
		}
		strbuf_add(buf, (struct str){value.ptr + plain, i - plain});
		if (len)
			add_escaped(buf, c);
		else
			strbuf_add(buf, STR("\xEF\xBF\xBD"));
		plain = ++i;
	}
	strbuf_add(buf, (struct str){value.ptr + plain, i - plain});
	strbuf_add_char(buf, '"');
}

/* Comma and key before a value; notes keys that are not in order. */
static void begin_value(struct canonical *canonical, const char *key)
{
	int depth = canonical->depth;
	if (canonical->levels[depth].any) strbuf_add_char(canonical->buf, ',');
	canonical->levels[depth].any = true;
	if (!key) return;
	const char *last = canonical->levels[depth].last_key;
	if (last && strcmp(last, key) >= 0) canonical->disorder = true;
	canonical->levels[depth].last_key = key;
	add_quoted(canonical->buf, str_of(key));
	strbuf_add_char(canonical->buf, ':');
}

static void begin_container(struct canonical *canonical, const char *key, char open)
{
	begin_value(canonical, key);
	strbuf_add_char(canonical->buf, open);
	if (canonical->depth + 1 < CANONICAL_DEPTH)
		canonical->depth++;
	else
		canonical->disorder = true;
	canonical->levels[canonical->depth].any = false;
	canonical->levels[canonical->depth].last_key = NULL;
}

static void end_container(struct canonical *canonical, char close)
{
	strbuf_add_char(canonical->buf, close);
	if (canonical->depth > 0)
		canonical->depth--;
	else
		canonical->disorder = true;
}

void canonical_object(struct canonical *canonical, const char *key)
{
	begin_container(canonical, key, '{');
}

void canonical_array(struct canonical *canonical, const char *key)
{
	begin_container(canonical, key, '[');
}

void canonical_end_object(struct canonical *canonical)
{
	end_container(canonical, '}');
}

void canonical_end_array(struct canonical *canonical)
{
	end_container(canonical, ']');
}

void canonical_str(struct canonical *canonical, const char *key, struct str value)
{
	begin_value(canonical, key);
	add_quoted(canonical->buf, value);
}

/* Above 2^53 a reader with doubles would see another number; no count in a report comes near. */
void canonical_number(struct canonical *canonical, const char *key, uint64_t value)
{
	if (value > (UINT64_C(1) << 53)) canonical->disorder = true;
	begin_value(canonical, key);
	strbuf_printf(canonical->buf, "%llu", (unsigned long long)value);
}

void canonical_thousandths(struct canonical *canonical, const char *key, int64_t value)
{
	uint64_t size = value < 0 ? -(uint64_t)value : (uint64_t)value;
	if (size > (UINT64_C(1) << 53)) canonical->disorder = true;
	begin_value(canonical, key);
	strbuf_printf(canonical->buf, "%s%llu", value < 0 ? "-" : "", (unsigned long long)(size / 1000));
	if (size % 1000 == 0) return;
	char digits[] = {(char)('0' + size / 100 % 10), (char)('0' + size / 10 % 10), (char)('0' + size % 10)};
	size_t count = digits[2] != '0' ? 3 : digits[1] != '0' ? 2 : 1;
	strbuf_add_char(canonical->buf, '.');
	strbuf_add(canonical->buf, (struct str){digits, count});
}

void canonical_raw(struct canonical *canonical, const char *key, struct str json)
{
	begin_value(canonical, key);
	strbuf_add(canonical->buf, json);
}

void canonical_bool(struct canonical *canonical, const char *key, bool value)
{
	begin_value(canonical, key);
	strbuf_add(canonical->buf, value ? STR("true") : STR("false"));
}

void canonical_text(struct canonical *canonical, const char *key, struct text value)
{
	canonical_object(canonical, key);
	canonical_str(canonical, "en", text_in(value, LANG_EN));
	canonical_str(canonical, "nl", text_in(value, LANG_NL));
	canonical_end_object(canonical);
}

void canonical_str_if(struct canonical *canonical, const char *key, struct str value)
{
	if (value.len) canonical_str(canonical, key, value);
}

void canonical_text_if(struct canonical *canonical, const char *key, struct text value)
{
	if (value.in[LANG_EN].len || value.in[LANG_NL].len) canonical_text(canonical, key, value);
}

static int compare_keys(const void *a, const void *b)
{
	const struct node *const *one = a, *const *other = b;
	return str_compare(node_key(*one), node_key(*other));
}

static bool is_named(const struct node *member, const char *const names[])
{
	for (size_t i = 0; names && names[i]; i++)
		if (str_eq(node_key(member), str_of(names[i]))) return true;
	return false;
}

static void add_node(struct strbuf *buf, const struct node *node);

static void add_members(struct strbuf *buf, const struct node *object, const char *const but[])
{
	const struct node **members = mem_resize(NULL, object->len + (size_t)1, sizeof *members);
	uint32_t count = 0;
	for (uint32_t i = 0; i < object->len; i++)
		if (!is_named(&object->children[i], but)) members[count++] = &object->children[i];
	qsort(members, count, sizeof *members, compare_keys);
	strbuf_add_char(buf, '{');
	for (uint32_t i = 0; i < count; i++) {
		if (i) strbuf_add_char(buf, ',');
		add_quoted(buf, node_key(members[i]));
		strbuf_add_char(buf, ':');
		add_node(buf, members[i]);
	}
	strbuf_add_char(buf, '}');
	free(members);
}

static void add_elements(struct strbuf *buf, const struct node *array)
{
	strbuf_add_char(buf, '[');
	for (uint32_t i = 0; i < array->len; i++) {
		if (i) strbuf_add_char(buf, ',');
		add_node(buf, &array->children[i]);
	}
	strbuf_add_char(buf, ']');
}

static void add_node(struct strbuf *buf, const struct node *node)
{
	static const struct str words[] = {
			[NODE_NULL] = STR("null"), [NODE_FALSE] = STR("false"), [NODE_TRUE] = STR("true")};
	if (node->kind == NODE_OBJECT)
		add_members(buf, node, NULL);
	else if (node->kind == NODE_ARRAY)
		add_elements(buf, node);
	else if (node->kind == NODE_STRING)
		add_quoted(buf, node_text(node));
	else
		strbuf_add(buf, node->kind == NODE_NUMBER ? node_text(node) : words[node->kind]);
}

void canonical_tree(struct strbuf *buf, const struct node *root, const char *const but[])
{
	if (root->kind == NODE_OBJECT)
		add_members(buf, root, but);
	else
		add_node(buf, root);
}
