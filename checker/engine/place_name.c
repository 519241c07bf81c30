/* SPDX-License-Identifier: EUPL-1.2 */
/* The name of a place, for messages. */
#include "engine/place_name.h"

#include <math.h>

#include "base/limits.h"
#include "doc/pointer.h"
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
	struct str name = strbuf_take(&buf, arena);
	return name;
}

struct str place_name(const struct physical *place, struct arena *arena)
{
	return place->missing.len > 0 ? missing_name(place, arena) : last_token(place->pointer, arena);
}
