/* Naming the place and the value of a subject in messages, as Spectral does. */
#include <math.h>

#include "base/limits.h"
#include "doc/pointer.h"
#include "engine/function_private.h"
#include "engine/js.h"

/* Has a name white space, which makes Spectral quote it? */
static bool has_space(struct str name)
{
	for (size_t i = 0; i < name.len; i++)
		if (name.ptr[i] == ' ' || (name.ptr[i] >= '\t' && name.ptr[i] <= '\r')) return true;
	return false;
}

/* Appends one step of a dotted path: `a.b[0]['c d']`. */
static void add_dotted(struct strbuf *buf, struct str name)
{
	if (name.len == 0 || has_space(name)) {
		strbuf_printf(buf, "['%.*s']", STR_FMT(name));
	} else if (!isnan(js_number_of(name))) {
		strbuf_printf(buf, "[%.*s]", STR_FMT(name));
	} else {
		strbuf_printf(buf, "%s%.*s", buf->len ? "." : "", STR_FMT(name));
	}
}

/* The last token of a pointer, decoded; ptr NULL when there is none. */
static struct str last_token(struct str pointer, struct arena *arena)
{
	struct str token = {NULL, 0};
	while (pointer_next(&pointer, arena, &token))
		;
	return token;
}

/* What a place that is missing is called: the last name that is there and the names that are not. */
static struct str missing_name(const struct physical *place, struct arena *arena)
{
	struct str last = last_token(place->pointer, arena);
	if (!last.ptr) return last_token(place->missing, arena);
	struct strbuf buf;
	strbuf_init(&buf, LIMIT_MESSAGE_BYTES);
	add_dotted(&buf, last);
	struct str rest = place->missing;
	struct str token;
	while (pointer_next(&rest, arena, &token))
		add_dotted(&buf, token);
	struct str name = str_copy(arena, strbuf_str(&buf));
	strbuf_release(&buf);
	return name;
}

struct text subject_property(const struct subject *subject)
{
	struct str name = {NULL, 0};
	if (subject->where) {
		struct physical place = step_place(subject->view, subject->where, subject->arena);
		name = place.missing.len ? missing_name(&place, subject->arena) : last_token(place.pointer, subject->arena);
	}
	if (name.len == 0) return TEXT("The document ", "Het document ");
	return text_printf(
			subject->arena, "\"%.*s\" property ", "de eigenschap \"%.*s\" ", STR_FMT(name));
}

struct str subject_value(const struct subject *subject)
{
	const struct node *value = subject->value;
	if (subject->key.ptr && subject->where) value = subject->where->node;
	return js_printed(subject->arena, value);
}

struct str subject_text(const struct subject *subject)
{
	if (subject->key.ptr) return subject->key;
	if (subject->value && subject->value->kind == NODE_STRING) return node_text(subject->value);
	return (struct str){NULL, 0};
}

/* What was there, for the reader. */
static struct str found(const struct subject *subject)
{
	if (!subject->key.ptr) return js_found(subject->arena, subject->value);
	struct node key = {.kind = NODE_STRING, .text = subject->key.ptr, .len = (uint32_t)subject->key.len};
	return js_found(subject->arena, &key);
}

void subject_report(
		const struct subject *subject, struct violation_sink *sink, struct text message, struct text expected)
{
	struct violation violation = {{"", 0}, message, expected, found(subject)};
	sink->report(sink, &violation);
}
