/* SPDX-License-Identifier: EUPL-1.2 */
/* Plain and quoted scalars. */
#include "base/utf8.h"
#include "base/vec.h"
#include "doc/yaml_fast_private.h"

/* Text of a plain scalar on one line; returns where it ends, with fast->p at what ended it: ": ", a comment, a break.
 */
static const char *plain_line(struct fast *fast, unsigned stop)
{
	const char *p = fast->p, *end = p;
	for (;;) {
		const char *from = p;
		while (!fast_is(*p, stop))
			p++;
		if (*p == ':' && !fast_ends(fast, p + 1)) {
			if (stop == FAST_FLOW_STOP && fast_is(p[1], FAST_FLOW_STOP) && p[1] != ':') break;
			end = ++p;
			continue;
		}
		if (p > from) end = p;
		if (!fast_is_blank(*p)) break;
		while (fast_is_blank(*p))
			p++;
		if (*p == '#') break;
	}
	fast->p = p;
	return end;
}

/* A line to come: where its text is, how deep, and how many breaks lie before it. */
struct ahead {
	const char *line, *text;
	size_t breaks;
};

static struct ahead look_ahead(const struct fast *fast)
{
	struct ahead ahead = {.text = fast->p};
	while (fast_is_break(*ahead.text)) {
		ahead.breaks++;
		ahead.line = fast_after_break(ahead.text);
		ahead.text = fast_skip_spaces(fast, ahead.line);
	}
	return ahead;
}

/* Does the scalar go on with that line? If not, the line is where reading goes on. */
static bool goes_on(struct fast *fast, const struct ahead *ahead, int32_t indent)
{
	if (ahead->text - ahead->line > indent && ahead->text < fast->end && *ahead->text != '#') return true;
	fast->p = ahead->line;
	fast->at_line = true;
	fast->known_spaces = (uint32_t)(ahead->text - ahead->line);
	return false;
}

/* Further lines, folded. A tab that indents and a key among them are not for us. */
static bool plain_lines(struct fast *fast, int32_t indent, struct fast_scalar *scalar)
{
	struct ahead ahead = look_ahead(fast);
	if (!goes_on(fast, &ahead, indent)) return true;
	fast_text_add(fast, scalar->start, scalar->end);
	do {
		if (*ahead.text == '\t') return false;
		fast_text_repeat(fast, ahead.breaks == 1 ? ' ' : '\n', ahead.breaks == 1 ? 1 : ahead.breaks - 1);
		fast->p = ahead.text;
		const char *end = plain_line(fast, FAST_BLOCK_STOP);
		if (end == ahead.text || *fast->p == ':') return false;
		fast_text_add(fast, ahead.text, end);
		scalar->end = end;
		if (!fast_is_break(*fast->p)) break;
		ahead = look_ahead(fast);
	} while (goes_on(fast, &ahead, indent));
	scalar->text = fast_text_take(fast);
	scalar->lines = true;
	return true;
}

bool fast_plain(struct fast *fast, int32_t indent, bool flow, struct fast_scalar *scalar)
{
	const char *start = fast->p;
	if (fast_is(*start, FAST_NO_START) && !(*start == '-' && !fast_ends(fast, start + 1))) return false;
	if (flow && *start == '-' && fast_is(start[1], FAST_FLOW_STOP)) return false;
	const char *end = plain_line(fast, flow ? FAST_FLOW_STOP : FAST_BLOCK_STOP);
	if (*start == '-' && end - start == 1) return false;
	*scalar = (struct fast_scalar){.start = start, .end = end, .text = {start, (size_t)(end - start)}, .plain = true};
	return flow || !fast_is_break(*fast->p) || plain_lines(fast, indent, scalar);
}

static int hex_value(char c)
{
	if (c >= '0' && c <= '9') return c - '0';
	char low = c | 0x20;
	return low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
}

/* "\x41", "\u20ac": `digits` of them at fast->p. Surrogates are not for us. */
static bool read_code(struct fast *fast, int digits)
{
	uint32_t code = 0;
	char bytes[4];
	for (; digits > 0; digits--, fast->p++) {
		int value = hex_value(*fast->p);
		if (value < 0) return false;
		code = code << 4 | (uint32_t)value;
	}
	if (code >= 0xD800 && code <= 0xDFFF) return false;
	fast_text_add(fast, bytes, bytes + utf8_encode(code, bytes));
	return true;
}

/* The escape at fast->p, of one character. */
static bool read_escape(struct fast *fast)
{
	static const char names[] = "\"\\/nrtbf0ave ", values[] = "\"\\/\n\r\t\b\f\0\a\v\033 ";
	char name = fast->p[1];
	fast->p += 2;
	if (name == 'x') return read_code(fast, 2);
	if (name == 'u') return read_code(fast, 4);
	const char *hit = name ? strchr(names, name) : NULL;
	if (!hit) return false;
	fast_text_repeat(fast, values[hit - names], 1);
	return true;
}

/* Over the line breaks at fast->p and what indents the text behind them; returns how many, 0 to give up. */
static size_t skip_breaks(struct fast *fast)
{
	size_t breaks = 0;
	const char *p = fast->p;
	while (fast_is_break(*p)) {
		breaks++;
		p = fast_after_break(p);
		if (fast_at_marker(p)) return 0;
		while (fast_is_blank(*p))
			p++;
	}
	fast->p = p;
	return breaks;
}

/* A break and the empty lines behind it are folded; one that is escaped is nothing. */
static bool fold_lines(struct fast *fast, bool escaped)
{
	size_t breaks = skip_breaks(fast);
	if (breaks == 0) return false;
	if (breaks == 1 && !escaped)
		fast_text_repeat(fast, ' ', 1);
	else
		fast_text_repeat(fast, '\n', breaks - 1);
	return true;
}

/* What is not text within quotes; `*solid` is how much of the text is no white space that a line break takes away. */
static bool read_special(struct fast *fast, size_t *solid, struct fast_scalar *scalar)
{
	const char *p = fast->p;
	bool escaped = *p == '\\' && fast_is_break(p[1]);
	if (*p == '\'') {
		fast_text_repeat(fast, '\'', 1);
		fast->p += 2;
	} else if (escaped || fast_is_break(*p)) {
		if (!escaped) fast->text.count = *solid;
		scalar->lines = true;
		fast->p += escaped;
		if (!fold_lines(fast, escaped)) return false;
	} else if (*p != '\\' || !read_escape(fast)) {
		return false;
	}
	*solid = fast->text.count;
	return true;
}

static const char *skip_until(const char *p, unsigned stop)
{
	while (!fast_is(*p, stop))
		p++;
	return p;
}

static bool ends_quoted(const char *p, char quote)
{
	return *p == quote && !(quote == '\'' && p[1] == '\'');
}

/* A quoted text that is not as it is written. */
static bool read_decoded(struct fast *fast, char quote, unsigned stop, struct fast_scalar *scalar)
{
	size_t solid = 0;
	for (;;) {
		const char *from = fast->p, *p = skip_until(from, stop), *last = p;
		fast_text_add(fast, from, p);
		while (last > from && fast_is_blank(last[-1]))
			last--;
		if (last > from) solid = fast->text.count - (size_t)(p - last);
		fast->p = p;
		if (ends_quoted(p, quote)) break;
		if (!read_special(fast, &solid, scalar)) return false;
	}
	scalar->text = fast_text_take(fast);
	return true;
}

bool fast_quoted(struct fast *fast, struct fast_scalar *scalar)
{
	char quote = *fast->p;
	unsigned stop = quote == '"' ? FAST_DOUBLE_STOP : FAST_SINGLE_STOP;
	const char *from = fast->p + 1, *p = skip_until(from, stop);
	*scalar = (struct fast_scalar){.start = fast->p, .text = {from, (size_t)(p - from)}};
	fast->p = from;
	if (ends_quoted(p, quote))
		fast->p = p;
	else if (!read_decoded(fast, quote, stop, scalar))
		return false;
	scalar->end = ++fast->p;
	return true;
}
