/* SPDX-License-Identifier: EUPL-1.2 */
/* Collections in brackets: lists, and mappings of plain or quoted keys with values. */
#include "base/limits.h"
#include "doc/yaml_fast_private.h"

/* Over white space, line breaks and comments. */
static bool skip_gap(struct fast *fast)
{
	const char *p = fast->p;
	for (;;) {
		p = fast_skip_spaces(fast, p);
		if (*p == '#') {
			if (p[-1] != ' ' && !fast_is_break(p[-1])) return false;
			p = fast_skip_text(fast, p);
		}
		if (!fast_is_break(*p)) break;
		p = fast_after_break(p);
		if (fast_at_marker(p)) return false;
	}
	fast->p = p;
	return *p != '\t' && p < fast->end;
}

/* libyaml goes over all open brackets at each token; how deep that may be is for yaml_build.c to say. */
static bool open_brackets(struct fast *fast, size_t outside)
{
	enum node_kind kind = *fast->p == '[' ? NODE_ARRAY : NODE_OBJECT;
	if (fast->frames.count - outside >= LIMIT_BRACKETS) return false;
	return fast_open(fast, kind, fast->p++, fast_top(fast)->indent);
}

static bool read_scalar(struct fast *fast, struct fast_scalar *scalar)
{
	if (*fast->p == '"' || *fast->p == '\'') return fast_quoted(fast, scalar);
	return fast_plain(fast, 0, true, scalar);
}

static bool read_value(struct fast *fast, size_t outside)
{
	struct fast_scalar scalar;
	if (*fast->p == '&' && !(fast_anchor(fast) && skip_gap(fast))) return false;
	if (*fast->p == '*') return fast_alias(fast);
	if (*fast->p == '[' || *fast->p == '{') return open_brackets(fast, outside);
	return read_scalar(fast, &scalar) && fast_set(fast, &scalar);
}

/* The key stands on one line with its colon. */
static bool read_key(struct fast *fast)
{
	struct fast_scalar key;
	const char *start = fast->p;
	if (*start == '&' && !fast_anchor(fast)) return false;
	bool read = *fast->p == '*' ? fast_alias_key(fast, &key) : read_scalar(fast, &key);
	if (!read || key.lines) return false;
	const char *colon = fast_skip_spaces(fast, fast->p);
	if (*colon != ':' || (key.plain && !fast_ends(fast, colon + 1))) return false;
	fast->p = colon + 1;
	if (fast->p - start > FAST_KEY_BYTES) return false;
	return fast_push_member(fast, &key, colon + 1) && skip_gap(fast);
}

/* One child of the innermost brackets, or their end. */
static bool read_step(struct fast *fast, size_t outside)
{
	struct fast_frame *frame = fast_top(fast);
	char closing = frame->kind == NODE_ARRAY ? ']' : '}';
	if (!skip_gap(fast)) return false;
	if (*fast->p != closing && fast->nodes.count > frame->item + 1) {
		if (*fast->p++ != ',' || !skip_gap(fast)) return false;
	}
	if (*fast->p == closing) {
		fast->p++;
		fast_close(fast, (uint32_t)(fast->p - fast->begin));
		return true;
	}
	if (frame->kind == NODE_OBJECT) return read_key(fast) && read_value(fast, outside);
	return fast_push(fast, fast->p) && read_value(fast, outside);
}

bool fast_flow(struct fast *fast)
{
	size_t outside = fast->frames.count;
	if (!open_brackets(fast, outside)) return false;
	while (fast->frames.count > outside)
		if (!read_step(fast, outside)) return false;
	return true;
}
