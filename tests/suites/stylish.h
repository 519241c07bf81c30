/* SPDX-License-Identifier: EUPL-1.2 */
/* Lines of Spectral's `stylish` output: " 3:12  error  info-contact  Message.  info.contact". */
#ifndef KEUR_TESTS_SUITES_STYLISH_H
#define KEUR_TESTS_SUITES_STYLISH_H

#include "verdict.h"

static inline struct str stylish_trim(struct str text)
{
	while (text.len > 0 && text.ptr[0] == ' ')
		text = str_skip(text, 1);
	while (text.len > 0 && (text.ptr[text.len - 1] == ' ' || text.ptr[text.len - 1] == '\r'))
		text.len--;
	return text;
}

/* The column up to two spaces. */
static inline struct str stylish_column(struct str *rest)
{
	struct str column = {rest->ptr, str_find_str(*rest, STR("  "))};
	*rest = stylish_trim(str_skip(*rest, column.len));
	return column;
}

/* Columns of a line joined with one space between them, and the code; false for a line that is no result. */
static inline bool stylish_read(struct str line, struct arena *arena, struct str *code, struct str *normal)
{
	struct str rest = stylish_trim(line);
	struct str place = stylish_column(&rest);
	uint32_t number;
	size_t colon = str_find(place, ':');
	if (!str_to_u32((struct str){place.ptr, colon}, &number) || colon == place.len) return false;
	struct str severity = stylish_column(&rest);
	*code = stylish_column(&rest);
	size_t at = rest.len;
	while (at >= 2 && !(rest.ptr[at - 1] == ' ' && rest.ptr[at - 2] == ' '))
		at--;
	struct str path = at >= 2 ? str_skip(rest, at) : (struct str){"", 0};
	struct str message = at >= 2 ? stylish_trim((struct str){rest.ptr, at}) : rest;
	*normal = str_printf(arena, "%.*s %.*s %.*s %.*s | %.*s", STR_FMT(*code), STR_FMT(place), STR_FMT(severity),
			STR_FMT(message), STR_FMT(path));
	return true;
}

static inline bool stylish_is_number(struct str text)
{
	uint32_t number;
	return str_to_u32(text, &number);
}

/* A pointer as `a.b[0]['c d']`. */
static inline struct str stylish_path(struct arena *arena, struct str pointer)
{
	struct strbuf buf;
	strbuf_init(&buf, LIMIT_MESSAGE_BYTES);
	struct str token;
	while (pointer_next(&pointer, arena, &token)) {
		if (stylish_is_number(token))
			strbuf_printf(&buf, "[%.*s]", STR_FMT(token));
		else if (token.len == 0 || str_find(token, ' ') < token.len)
			strbuf_printf(&buf, "['%.*s']", STR_FMT(token));
		else
			strbuf_printf(&buf, "%s%.*s", buf.len ? "." : "", STR_FMT(token));
	}
	struct str path = str_copy(arena, strbuf_str(&buf));
	strbuf_release(&buf);
	return path;
}

static inline bool stylish_is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/*
 * Where Spectral has a result start: keur shows a key or the bracket of a container, Spectral what follows the colon
 * of the key, at once for a container and past white space for a scalar; a root starts with its file.
 */
static inline size_t stylish_start(const struct result *result)
{
	if (result->pointer.len == 0) return 0;
	struct str text = result->doc->source->bytes;
	size_t at = result->start, colon = result->end;
	while (colon < text.len && stylish_is_blank(text.ptr[colon]))
		colon++;
	bool key = colon < text.len && text.ptr[colon] == ':';
	if (key) at = colon + 1;
	while (key && at < text.len && text.ptr[at] == ' ')
		at++;
	if (at >= text.len || str_find(STR("{[\r\n#"), text.ptr[at]) == 5) return at;
	if (key) return colon + 1;
	while (at > 0 && stylish_is_blank(text.ptr[at - 1]))
		at--;
	return at > 0 && text.ptr[at - 1] == ':' ? at : result->start;
}

/* A result as stylish_read() gives it. */
static inline struct str stylish_line(const struct spectral *spectral, const struct result *result, struct arena *arena)
{
	static const char *const severities[] = {"error", "warning", "information", "hint"};
	uint32_t count;
	const struct spectral_rule *rule = &spectral_rules(spectral, &count)[result->rule];
	struct place place = source_locate(result->doc->source, stylish_start(result));
	return str_printf(arena, "%.*s %u:%u %s %.*s | %.*s", STR_FMT(rule->name), place.line, place.column,
			severities[result->severity], STR_FMT(result->message.in[LANG_EN]),
			STR_FMT(stylish_path(arena, result->pointer)));
}

#endif
