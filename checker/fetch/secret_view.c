/* SPDX-License-Identifier: EUPL-1.2 */
/* Views: one kind of escape decoded, all else as it is; steps note where offsets shift. */
#include "fetch/secret_view.h"

#include "base/utf8.h"
#include "base/vec.h"

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9') return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The number that `count` hexadecimal digits at `at` are, or -1. */
static int32_t hex_number(struct str text, size_t at, size_t count)
{
	int32_t number = 0;
	if (text.len < at + count) return -1;
	for (size_t i = at; i < at + count; i++) {
		int digit = hex_digit(text.ptr[i]);
		if (digit < 0) return -1;
		number = number << 4 | digit;
	}
	return number;
}

/* Each decoder takes the escape at the start of `text`: its width, 0 when it is none; `*len` bytes go to `out`. */
typedef size_t decode_fn(struct str text, char out[4], size_t *len);

static size_t decode_percent(struct str text, char out[4], size_t *len)
{
	int32_t byte = hex_number(text, 1, 2);
	if (byte < 0) return 0;
	out[0] = (char)byte;
	*len = 1;
	return 3;
}

static size_t decode_utf16(struct str text, char out[4], size_t *len)
{
	int32_t code = hex_number(text, 2, 4), low = -1;
	if (code < 0) return 0;
	if (code >= 0xD800 && code < 0xDC00 && text.len >= 12 && text.ptr[6] == '\\' && text.ptr[7] == 'u')
		low = hex_number(text, 8, 4);
	if (low >= 0xDC00 && low < 0xE000) {
		*len = utf8_encode(0x10000 + ((uint32_t)(code - 0xD800) << 10) + (uint32_t)(low - 0xDC00), out);
		return 12;
	}
	*len = utf8_encode(code >= 0xD800 && code < 0xE000 ? 0xFFFD : (uint32_t)code, out);
	return 6;
}

static size_t decode_json(struct str text, char out[4], size_t *len)
{
	static const char names[] = "\"\\/'bfnrt", values[] = "\"\\/'\b\f\n\r\t";
	if (text.len < 2) return 0;
	if (text.ptr[1] == 'u') return decode_utf16(text, out, len);
	*len = 1;
	if (text.ptr[1] == 'x') {
		int32_t byte = hex_number(text, 2, 2);
		out[0] = (char)byte;
		return byte < 0 ? 0 : 4;
	}
	const char *hit = text.ptr[1] ? strchr(names, text.ptr[1]) : NULL;
	if (!hit) return 0;
	out[0] = values[hit - names];
	return 2;
}

static size_t decode_number(struct str text, char out[4], size_t *len)
{
	uint32_t base = text.len > 2 && (text.ptr[2] | 0x20) == 'x' ? 16 : 10, code = 0;
	size_t at = base == 16 ? 3 : 2, first = at;
	for (; at < text.len && text.ptr[at] != ';'; at++) {
		int digit = hex_digit(text.ptr[at]);
		if (digit < 0 || (uint32_t)digit >= base) return 0;
		code = code * base + (uint32_t)digit;
		if (code > 0x10FFFF) return 0;
	}
	if (at == text.len || at == first || (code >= 0xD800 && code < 0xE000)) return 0;
	*len = utf8_encode(code, out);
	return at + 1;
}

static size_t decode_xml(struct str text, char out[4], size_t *len)
{
	static const struct {
		struct str name;
		char value;
	} entities[] = {
			{STR("&amp;"), '&'}, {STR("&lt;"), '<'}, {STR("&gt;"), '>'}, {STR("&quot;"), '"'}, {STR("&apos;"), '\''}};
	if (text.len > 1 && text.ptr[1] == '#') return decode_number(text, out, len);
	for (size_t i = 0; i < sizeof entities / sizeof *entities; i++) {
		if (!str_starts(text, entities[i].name)) continue;
		out[0] = entities[i].value;
		*len = 1;
		return entities[i].name.len;
	}
	return 0;
}

static size_t decode_line(struct str text, char out[4], size_t *len)
{
	(void)text;
	(void)out;
	*len = 0;
	return 1;
}

static const struct {
	decode_fn *decode;
	char escape; /* the byte that it starts with */
} kinds[VIEW_COUNT] = {
		[VIEW_PERCENT] = {decode_percent, '%'},
		[VIEW_JSON] = {decode_json, '\\'},
		[VIEW_XML] = {decode_xml, '&'},
		[VIEW_LINES] = {decode_line, '\n'},
};

static void add_step(struct view *view, size_t from)
{
	struct view_step step = {view->len, (uint32_t)from};
	if (view->steps.count && view->steps.items[view->steps.count - 1].at == step.at)
		view->steps.items[view->steps.count - 1] = step;
	else
		*vec_push(&view->steps) = step;
}

static void add_bytes(struct view *view, const char *bytes, size_t count)
{
	memcpy(view->bytes + view->len, bytes, count);
	view->len += (uint32_t)count;
}

bool view_decode(struct view *view, struct str text, enum view_kind kind)
{
	*view = (struct view){0};
	size_t next = str_find(text, kinds[kind].escape);
	if (next == text.len) return false;
	/* What an escape stands for is never longer than the escape. */
	view->bytes = mem_resize(NULL, text.len, 1);
	for (size_t at = 0; at < text.len; next = at + str_find(str_skip(text, at), kinds[kind].escape)) {
		char out[4];
		size_t len = 0, width;
		add_bytes(view, text.ptr + at, next - at);
		at = next;
		if (at == text.len) break;
		width = kinds[kind].decode(str_skip(text, at), out, &len);
		if (width == 0) {
			add_bytes(view, text.ptr + at++, 1);
			continue;
		}
		/* The CR of a CR LF goes with it. */
		if (kind == VIEW_LINES && view->len && view->bytes[view->len - 1] == '\r') view->len--;
		add_step(view, at);
		add_bytes(view, out, len);
		at += width;
		add_step(view, at);
	}
	return view->steps.count > 0;
}

uint32_t view_source(const struct view *view, uint32_t at)
{
	size_t low = 0, high = view->steps.count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (view->steps.items[middle].at <= at)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == 0) return at;
	const struct view_step *step = &view->steps.items[low - 1];
	return step->from + (at - step->at);
}

void view_release(struct view *view)
{
	free(view->bytes);
	vec_release(&view->steps);
}
