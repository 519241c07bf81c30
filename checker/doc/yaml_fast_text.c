/* SPDX-License-Identifier: EUPL-1.2 */
/* Characters, and scalars in block style. */
#include "base/swar.h"
#include "base/vec.h"
#include "doc/yaml_fast_private.h"

enum {
	BLK = FAST_BLOCK_STOP | FAST_FLOW_STOP,
	BRK = BLK | FAST_TEXT_STOP | FAST_NO_START | FAST_SINGLE_STOP | FAST_DOUBLE_STOP,
	FLO = FAST_FLOW_STOP | FAST_NO_START,
	COL = BLK | FAST_NO_START,
	STA = FAST_NO_START,
	SNG = FAST_NO_START | FAST_SINGLE_STOP,
	DBL = FAST_NO_START | FAST_DOUBLE_STOP,
	ESC = FAST_DOUBLE_STOP,
};

/* Bytes from 0x80 up are text here; the ones that are not are looked for once, in all of the document. */
const uint8_t fast_classes[256] = {
		[0 ... 8] = BRK,
		['\t'] = BLK | STA,
		[10 ... 31] = BRK,
		[' '] = BLK | STA,
		[127] = BRK,
		[':'] = COL,
		[','] = FLO,
		['['] = FLO,
		[']'] = FLO,
		['{'] = FLO,
		['}'] = FLO,
		['?'] = FLO,
		['#'] = STA,
		['&'] = STA,
		['*'] = STA,
		['!'] = STA,
		['|'] = STA,
		['>'] = STA,
		['%'] = STA,
		['@'] = STA,
		['`'] = STA,
		['-'] = STA,
		['\''] = SNG,
		['"'] = DBL,
		['\\'] = ESC,
};

const char *fast_skip_spaces(const struct fast *fast, const char *p)
{
	while (fast->end - p >= 8) {
		uint64_t other = swar_load(p) ^ SWAR_ONES * ' ';
		if (other) return p + swar_first(other);
		p += 8;
	}
	while (*p == ' ')
		p++;
	return p;
}

const char *fast_skip_text(const struct fast *fast, const char *p)
{
	for (;;) {
		while (fast->end - p >= 8) {
			uint64_t word = swar_load(p);
			uint64_t mask = swar_below(word, ' ') | swar_equal(word, 0x7F);
			if (mask) {
				p += swar_first(mask);
				break;
			}
			p += 8;
		}
		while (!fast_is(*p, FAST_TEXT_STOP) && *p != '\t')
			p++;
		if (*p != '\t') return p;
		p++;
	}
}

void fast_text_add(struct fast *fast, const char *from, const char *to)
{
	size_t len = (size_t)(to - from);
	if (len == 0) return;
	vec_reserve(&fast->text, len);
	memcpy(fast->text.items + fast->text.count, from, len);
	fast->text.count += len;
}

void fast_text_repeat(struct fast *fast, char c, size_t count)
{
	for (; count > 0; count--)
		*vec_push(&fast->text) = c;
}

struct str fast_text_take(struct fast *fast)
{
	struct str text = {fast->text.items, fast->text.count};
	fast->text.count = 0;
	return text.len ? str_copy(fast->arena, text) : (struct str){"", 0};
}

/* The header of a block scalar, in part. */
struct block {
	bool folded;
	char chomping; /* '+', '-' or 0 */
	int32_t indent;
	bool line_ended;   /* the last line of text did, with a break that is not written yet */
	bool blank_before; /* it started with white space */
	size_t breaks;     /* empty lines since */
};

/* Goes to the line behind the header. */
static bool read_header(struct fast *fast, int32_t indent, struct block *block)
{
	const char *p = fast->p;
	block->folded = *p++ == '>';
	for (int signs = 2; signs > 0; signs--) {
		if ((*p == '+' || *p == '-') && !block->chomping)
			block->chomping = *p++;
		else if (*p >= '1' && *p <= '9' && !block->indent)
			block->indent = indent + (*p++ - '0');
	}
	const char *after = fast_skip_spaces(fast, p);
	if (*after == '#' && after > p) after = fast_skip_text(fast, after);
	if (!fast_is_break(*after)) return false;
	fast->p = fast_after_break(after);
	return true;
}

/* Without a digit in the header the first line of text says how far the text is indented. */
static bool find_indent(struct fast *fast, int32_t outer, struct block *block)
{
	const char *p = fast->p;
	int32_t most = 0;
	for (;;) {
		const char *first = fast_skip_spaces(fast, p);
		int32_t spaces = (int32_t)(first - p);
		if (!fast_is_break(*first)) {
			if (*first == '\t' || (first == fast->end && spaces > 0)) return false;
			bool empty = spaces <= outer;
			block->indent = !empty ? spaces : most > outer ? most : outer + 1;
			return empty || spaces >= most;
		}
		if (spaces > most) most = spaces;
		p = fast_after_break(first);
	}
}

/* The break before a line of text that starts at `p`, and the empty lines before it. */
static void write_breaks(struct fast *fast, struct block *block, const char *p)
{
	bool blank = fast_is_blank(*p);
	bool folds = block->folded && block->line_ended && !block->blank_before && !blank;
	if (folds && block->breaks == 0) fast_text_repeat(fast, ' ', 1);
	if (!folds && block->line_ended) fast_text_repeat(fast, '\n', 1);
	fast_text_repeat(fast, '\n', block->breaks);
	block->blank_before = blank;
	block->breaks = 0;
}

enum line { LINE_READ, LINE_OUTSIDE, LINE_ODD };

static enum line read_block_line(struct fast *fast, struct block *block)
{
	const char *p = fast->p;
	while (p - fast->p < block->indent && *p == ' ')
		p++;
	if (fast_is_break(*p)) {
		block->breaks++;
		fast->p = fast_after_break(p);
		return LINE_READ;
	}
	if (p - fast->p < block->indent) return *p == '\t' || (p == fast->end && p > fast->p) ? LINE_ODD : LINE_OUTSIDE;
	const char *after = fast_skip_text(fast, p);
	if (!fast_is_break(*after) && (after < fast->end || fast_is_blank(after[-1]))) return LINE_ODD;
	write_breaks(fast, block, p);
	fast_text_add(fast, p, after);
	block->line_ended = after < fast->end;
	fast->p = block->line_ended ? fast_after_break(after) : after;
	return after < fast->end ? LINE_READ : LINE_OUTSIDE;
}

bool fast_block_scalar(struct fast *fast, int32_t indent, struct fast_scalar *scalar)
{
	struct block block = {0};
	const char *start = fast->p;
	if (!read_header(fast, indent, &block)) return false;
	if (!block.indent && !find_indent(fast, indent, &block)) return false;
	enum line line;
	while ((line = read_block_line(fast, &block)) == LINE_READ)
		continue;
	if (line == LINE_ODD) return false;
	if (block.chomping != '-' && block.line_ended) fast_text_repeat(fast, '\n', 1);
	if (block.chomping == '+') fast_text_repeat(fast, '\n', block.breaks);
	const char *end = fast->p;
	while (end > start && (fast_is_blank(end[-1]) || fast_is_break(end[-1])))
		end--;
	*scalar = (struct fast_scalar){.start = start, .end = end, .text = fast_text_take(fast), .lines = true};
	return true;
}
