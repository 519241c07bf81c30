/* SPDX-License-Identifier: EUPL-1.2 */
/* Checks that libyaml leaves out. */
#include "doc/yaml_strict.h"

#include "doc/complaint.h"

static bool is_break(char c)
{
	return c == '\n' || c == '\r';
}

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || is_break(c);
}

/* Where the line ends that `at` is in; at most `end`. */
static uint32_t line_end(struct str bytes, uint32_t at, uint32_t end)
{
	while (at < end && !is_break(bytes.ptr[at]))
		at++;
	return at;
}

bool strict_gap(struct doc *doc, uint32_t from, uint32_t to, struct err *err)
{
	struct str bytes = doc->source->bytes;
	while (from < to) {
		const char *hash = memchr(bytes.ptr + from, '#', to - from);
		if (!hash) return true;
		uint32_t at = (uint32_t)(hash - bytes.ptr);
		if (at > 0 && !is_space(bytes.ptr[at - 1]) && !(at == 3 && bytes.ptr[0] == '\xEF'))
			return complain(doc, err, at, TEXT("a space before a comment", "een spatie voor commentaar"), NO_HINT);
		from = line_end(bytes, at, to);
	}
	return true;
}

/* Goes over the spaces of an indentation; returns how many. */
static int32_t skip_indent(struct str bytes, uint32_t *at, uint32_t end)
{
	uint32_t from = *at;
	while (*at < end && bytes.ptr[*at] == ' ')
		(*at)++;
	return (int32_t)(*at - from);
}

/* Goes to the start of the next line. */
static uint32_t next_line(struct str bytes, uint32_t at)
{
	at = line_end(bytes, at, (uint32_t)bytes.len);
	if (at + 1 < bytes.len && bytes.ptr[at] == '\r' && bytes.ptr[at + 1] == '\n') at++;
	return at < bytes.len ? at + 1 : at;
}

static bool check_leading_lines(struct doc *doc, uint32_t at, int32_t indent, struct err *err)
{
	struct str bytes = doc->source->bytes;
	uint32_t end = (uint32_t)bytes.len;
	for (int32_t most = 0; at < end; at = next_line(bytes, at)) {
		int32_t spaces = skip_indent(bytes, &at, end);
		if (at < end && !is_break(bytes.ptr[at])) {
			if (spaces <= indent || spaces >= most) return true;
			return complain(doc, err, at,
					TEXT("a first line that is indented at least as far as the empty lines before it",
							"een eerste regel die minstens zo ver inspringt als de lege regels ervoor"),
					TEXT("remove the spaces of the empty lines", "verwijder de spaties van de lege regels"));
		}
		if (spaces > most) most = spaces;
	}
	return true;
}

bool strict_block_scalar(struct doc *doc, uint32_t start, int32_t indent, struct err *err)
{
	struct str bytes = doc->source->bytes;
	bool explicit_indent = false;
	uint32_t at = start + 1;
	for (; at < bytes.len && !is_space(bytes.ptr[at]); at++) {
		if (bytes.ptr[at] == '#') return strict_gap(doc, at, at + 1, err);
		if (bytes.ptr[at] >= '1' && bytes.ptr[at] <= '9') explicit_indent = true;
	}
	return explicit_indent || check_leading_lines(doc, next_line(bytes, at), indent, err);
}

static bool is_name(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

bool strict_name(struct doc *doc, uint32_t start, struct err *err)
{
	struct str bytes = doc->source->bytes;
	uint32_t at = start + 1;
	while (at < bytes.len && is_name(bytes.ptr[at]))
		at++;
	if (at >= bytes.len || is_space(bytes.ptr[at]) || strchr(",]}", bytes.ptr[at])) return true;
	return complain(doc, err, at,
			TEXT("a space after the name of an anchor or alias", "een spatie na de naam van een anker of alias"),
			TEXT("such names have letters, digits, '-' and '_'", "zulke namen hebben letters, cijfers, '-' en '_'"));
}

bool strict_key(struct doc *doc, uint32_t start, struct err *err)
{
	if (start == 0 || doc->source->bytes.ptr[start - 1] != '?') return true;
	return complain(doc, err, start - 1, TEXT("a key", "een sleutel"),
			TEXT("put text that starts with '?' between quotes",
					"zet tekst die met '?' begint tussen aanhalingstekens"));
}

bool strict_plain(struct doc *doc, uint32_t start, uint32_t end, struct err *err)
{
	if (end - start != 1 || doc->source->bytes.ptr[start] != '-') return true;
	return complain(doc, err, start, TEXT("a value", "een waarde"),
			TEXT("put '-' between quotes if it is a text", "zet '-' tussen aanhalingstekens als het een tekst is"));
}
