/* SPDX-License-Identifier: EUPL-1.2 */
/* Reads values of parameters back from text. */
#include "engine/openapi_value.h"

#include "base/vec.h"
#include "engine/openapi_type.h"

struct pieces {
	struct str *items;
	size_t count, capacity;
};

struct reading {
	const struct value_source *source;
	struct arena *arena;
	bool choice, unknown;
};

/* What separates the pieces of a style, most likely first; NULL ends the list. */
static const char *const *separators_of(const struct reading *reading)
{
	static const char *const comma[] = {",", NULL}, *const commas[] = {",", "%2C", "%2c", NULL};
	static const char *const spaces[] = {"%20", "+", " ", NULL}, *const pipes[] = {"|", "%7C", "%7c", NULL};
	static const char *const tabs[] = {"%09", "\t", NULL};
	enum openapi_style style = reading->source->parameter->style;
	if (style == STYLE_SPACES) return spaces;
	if (style == STYLE_PIPES) return pipes;
	if (style == STYLE_TABS) return tabs;
	return reading->source->second ? commas : comma;
}

static size_t separator_at(struct str text, const char *const *separators)
{
	for (; *separators; separators++)
		if (str_starts(text, str_of(*separators))) return strlen(*separators);
	return 0;
}

/* An empty text has no pieces. */
static void split(struct str text, const char *const *separators, struct pieces *pieces)
{
	size_t from = 0;
	if (text.len == 0) return;
	for (size_t i = 0; i < text.len;) {
		size_t length = separator_at(str_skip(text, i), separators);
		if (length) *vec_push(pieces) = (struct str){text.ptr + from, i - from};
		i += length ? length : 1;
		if (length) from = i;
	}
	*vec_push(pieces) = str_skip(text, from);
}

static struct str trim(struct str text)
{
	while (text.len && (text.ptr[0] == ' ' || text.ptr[0] == '\t'))
		text = str_skip(text, 1);
	while (text.len && (text.ptr[text.len - 1] == ' ' || text.ptr[text.len - 1] == '\t'))
		text.len--;
	return text;
}

/* The characters that a piece stands for. */
static struct str plain_text(struct reading *reading, struct str piece)
{
	const struct openapi_parameter *parameter = reading->source->parameter;
	if (parameter->in == IN_HEADER) return trim(piece);
	if (parameter->style == STYLE_COOKIE) return piece;
	bool spaces = parameter->in != IN_PATH && str_find(piece, '+') < piece.len;
	if (spaces) reading->choice = true;
	struct str text = route_decode(reading->arena, piece);
	if (!spaces || !reading->source->second) return text;
	char *copy = arena_copy(reading->arena, piece.ptr, piece.len);
	for (size_t i = 0; i < piece.len; i++)
		if (copy[i] == '+') copy[i] = ' ';
	return route_decode(reading->arena, (struct str){copy, piece.len});
}

/* A number as people write it in URLs: zeroes may lead. `*number` is as JSON has it. */
static bool read_number(struct reading *reading, struct str text, struct str *number)
{
	size_t sign = text.len && text.ptr[0] == '-';
	size_t at = sign;
	while (at + 1 < text.len && text.ptr[at] == '0' && text.ptr[at + 1] >= '0' && text.ptr[at + 1] <= '9')
		at++;
	struct str digits = str_skip(text, at);
	bool seen = false, fraction = false, exponent = false, last = false;
	for (size_t i = 0; i < digits.len; i++) {
		char c = digits.ptr[i];
		last = c >= '0' && c <= '9';
		if (last) {
			seen = true;
		} else if (c == '.' && seen && !fraction && !exponent) {
			fraction = true;
		} else if ((c == 'e' || c == 'E') && seen && !exponent && digits.ptr[i - 1] != '.') {
			exponent = true;
		} else if (!((c == '+' || c == '-') && i && (digits.ptr[i - 1] | 0x20) == 'e')) {
			return false;
		}
	}
	if (!last) return false;
	*number = at == sign ? text : str_printf(reading->arena, "%s%.*s", sign ? "-" : "", STR_FMT(digits));
	return true;
}

static struct node text_node(enum node_kind kind, struct str text)
{
	return (struct node){.kind = (uint8_t)kind, .text = text.ptr ? text.ptr : "", .len = (uint32_t)text.len};
}

/* What a piece stands for: where a text is allowed as well, there is a choice. */
static struct node scalar(struct reading *reading, unsigned types, struct str piece)
{
	struct str text = plain_text(reading, piece), number;
	struct node node = text_node(NODE_STRING, text);
	if (!(types & TYPES_SCALAR)) reading->unknown = true;
	if (types & TYPES_NUMBER && read_number(reading, text, &number)) node = text_node(NODE_NUMBER, number);
	if (types & TYPES_BOOLEAN && str_eq(text, STR("true"))) node = text_node(NODE_TRUE, STR(""));
	if (types & TYPES_BOOLEAN && str_eq(text, STR("false"))) node = text_node(NODE_FALSE, STR(""));
	if (types & TYPES_NULL && (text.len == 0 || str_eq(text, STR("null")))) node = text_node(NODE_NULL, STR(""));
	if (node.kind == NODE_STRING || !(types & TYPES_STRING)) return node;
	reading->choice = true;
	return reading->source->second ? text_node(NODE_STRING, text) : node;
}

static void same_key(void *context, const struct node *first, const struct node *second)
{
	(void)context, (void)first, (void)second;
}

static struct node container(struct reading *reading, enum node_kind kind, const struct node *items, size_t count)
{
	struct node node = {.kind = (uint8_t)kind};
	node_adopt(&node, reading->arena, items, (uint32_t)count, same_key, NULL);
	return node;
}

static struct node array_of(struct reading *reading, const struct pieces *pieces)
{
	const struct value_source *source = reading->source;
	const struct node *schema = schema_part(source->openapi, source->parameter->schema.node, STR("items"));
	unsigned types = schema ? schema_types(source->openapi, schema) : TYPES_ALL;
	struct node *items = arena_alloc(reading->arena, (pieces->count + 1) * sizeof *items);
	for (size_t i = 0; i < pieces->count; i++)
		items[i] = scalar(reading, types, pieces->items[i]);
	return container(reading, NODE_ARRAY, items, pieces->count);
}

static struct node member(struct reading *reading, struct str name, struct str piece)
{
	const struct value_source *source = reading->source;
	const struct node *schema = schema_property(source->openapi, source->parameter->schema.node, name);
	struct node node = scalar(reading, schema ? schema_types(source->openapi, schema) : TYPES_ALL, piece);
	node.key = name.ptr;
	node.key_len = (uint32_t)name.len;
	node.key_hash = node_hash(name);
	return node;
}

/* Pieces are name=value, or names and values in turn. */
static enum value_result object_of(struct reading *reading, const struct pieces *pieces, bool pairs, struct node *value)
{
	size_t count = 0;
	if (!pairs && pieces->count % 2) return VALUE_MALFORMED;
	struct node *members = arena_alloc(reading->arena, (pieces->count + 1) * sizeof *members);
	for (size_t i = 0; i < pieces->count; i += pairs ? 1 : 2) {
		struct str name = pieces->items[i], text = name;
		size_t equals = str_find(name, '=');
		if (pairs && equals == name.len) return VALUE_MALFORMED;
		if (pairs) name.len = equals;
		text = pairs ? str_skip(text, equals + 1) : pieces->items[i + 1];
		members[count++] = member(reading, plain_text(reading, name), text);
	}
	*value = container(reading, NODE_OBJECT, members, count);
	return VALUE_READ;
}

/* The key of "name[key]"; ptr NULL when it is none of this parameter. */
static struct str deep_key(const struct openapi_parameter *parameter, struct str name)
{
	struct str none = {NULL, 0};
	if (!str_starts(name, parameter->name)) return none;
	name = str_skip(name, parameter->name.len);
	if (name.len < 2 || name.ptr[0] != '[' || name.ptr[name.len - 1] != ']') return none;
	return (struct str){name.ptr + 1, name.len - 2};
}

/* Members of an object that are parameters of the query themselves. Nested ones are not defined by any style. */
static enum value_result spread_object(struct reading *reading, struct node *value)
{
	const struct value_source *source = reading->source;
	bool deep = source->parameter->style == STYLE_DEEP_OBJECT;
	size_t count = 0;
	struct node *members = arena_alloc(reading->arena, (source->query_count + 1) * sizeof *members);
	for (uint32_t i = 0; i < source->query_count; i++) {
		struct str name = source->query[i].name;
		struct str key = deep ? deep_key(source->parameter, name) : name;
		if (!key.ptr) continue;
		if (deep && str_find(key, '[') < key.len) reading->unknown = true;
		if (!deep && !schema_property(source->openapi, source->parameter->schema.node, name)) continue;
		members[count++] = member(reading, key, source->query[i].value);
	}
	*value = container(reading, NODE_OBJECT, members, count);
	if (value->flags & NODE_REPEATS) reading->unknown = true;
	return count ? VALUE_READ : VALUE_ABSENT;
}

/* Takes off what a style puts in front; false when it is not there. */
static bool take_prefix(const struct openapi_parameter *parameter, bool pairs, struct str *text)
{
	bool label = parameter->style == STYLE_LABEL;
	if (!label && parameter->style != STYLE_MATRIX) return true;
	if (text->len == 0 || text->ptr[0] != (label ? '.' : ';')) return false;
	*text = str_skip(*text, 1);
	if (label || pairs) return true;
	if (!str_starts(*text, parameter->name)) return false;
	*text = str_skip(*text, parameter->name.len);
	if (text->len && text->ptr[0] != '=') return false;
	*text = str_skip(*text, 1);
	return true;
}

/* Before 3.1 labels were separated by dots in either case. */
static const char *const *label_separators(const struct reading *reading, struct str text)
{
	static const char *const dot[] = {".", NULL}, *const semicolon[] = {";", NULL};
	const struct openapi_parameter *parameter = reading->source->parameter;
	if (parameter->style == STYLE_MATRIX && parameter->explode) return semicolon;
	if (parameter->style != STYLE_LABEL) return separators_of(reading);
	return parameter->explode || str_find(text, ',') == text.len ? dot : separators_of(reading);
}

/* Elements of ";name=a;name=b" without the names. */
static bool drop_names(const struct openapi_parameter *parameter, struct pieces *pieces)
{
	for (size_t i = 0; i < pieces->count; i++) {
		struct str *piece = &pieces->items[i];
		size_t equals = str_find(*piece, '=');
		if (!str_eq((struct str){piece->ptr, equals}, parameter->name)) return false;
		*piece = str_skip(*piece, equals + 1);
	}
	return true;
}

static enum value_result read_container(struct reading *reading, bool array, struct node *value)
{
	const struct openapi_parameter *parameter = reading->source->parameter;
	const struct value_source *source = reading->source;
	bool matrix = parameter->style == STYLE_MATRIX && parameter->explode;
	bool repeated = parameter->explode && (parameter->in == IN_QUERY || parameter->in == IN_FORM);
	struct pieces pieces = {0};
	struct str text = source->texts[0];
	enum value_result result = VALUE_READ;
	if (!repeated && source->text_count > 1) return VALUE_UNKNOWN;
	if (!take_prefix(parameter, matrix, &text)) return VALUE_MALFORMED;
	bool escaped = str_find_str(text, STR("%2C")) < text.len || str_find_str(text, STR("%2c")) < text.len;
	if (escaped) reading->choice = true;
	if (!repeated) split(text, label_separators(reading, text), &pieces);
	for (uint32_t i = 0; repeated && i < source->text_count; i++)
		*vec_push(&pieces) = source->texts[i];
	if (array && matrix && !drop_names(parameter, &pieces)) result = VALUE_MALFORMED;
	if (array && result == VALUE_READ) *value = array_of(reading, &pieces);
	if (!array) result = object_of(reading, &pieces, parameter->explode, value);
	vec_release(&pieces);
	return result;
}

static enum value_result read_scalar(struct reading *reading, unsigned types, struct node *value)
{
	struct str text = reading->source->texts[0];
	if (reading->source->text_count > 1) return VALUE_UNKNOWN;
	if (!take_prefix(reading->source->parameter, false, &text)) return VALUE_MALFORMED;
	if (types & ~(unsigned)TYPES_SCALAR) reading->choice = true;
	*value = scalar(reading, types, text);
	return VALUE_READ;
}

bool openapi_value_is_spread(const struct openapi *openapi, const struct openapi_parameter *parameter)
{
	if (parameter->style == STYLE_DEEP_OBJECT) return true;
	if (parameter->in != IN_QUERY || parameter->style != STYLE_FORM || !parameter->explode) return false;
	return parameter->schema.node &&
		   (schema_types(openapi, parameter->schema.node) & ~(unsigned)TYPES_NULL) == TYPES_OBJECT;
}

enum value_result openapi_value_read(
		const struct value_source *source, struct arena *arena, struct node *value, bool *choice)
{
	struct reading reading = {.source = source, .arena = arena};
	unsigned types = schema_types(source->openapi, source->parameter->schema.node);
	unsigned solid = types & ~(unsigned)TYPES_NULL;
	const struct openapi_parameter *parameter = source->parameter;
	bool lost = parameter->in == IN_COOKIE && parameter->style == STYLE_FORM && solid & ~(unsigned)TYPES_SCALAR;
	enum value_result result = VALUE_UNKNOWN; /* such as what is exploded into cookies of their own */
	if (openapi_value_is_spread(source->openapi, parameter)) {
		result = spread_object(&reading, value);
	} else if (!lost && (solid == TYPES_ARRAY || solid == TYPES_OBJECT)) {
		result = read_container(&reading, solid == TYPES_ARRAY, value);
	} else if (!lost && types & TYPES_SCALAR) {
		result = read_scalar(&reading, types, value);
	}
	*choice = reading.choice;
	return reading.unknown && result == VALUE_READ ? VALUE_UNKNOWN : result;
}
