/* SPDX-License-Identifier: EUPL-1.2 */
/* Characters to bytes; the count of directives. */
#include "doc/yaml_check.h"

#include "base/limits.h"
#include "doc/yaml_strict.h"

static bool is_ascii(struct str s)
{
	uint64_t all = 0, word;
	size_t at = 0;
	for (; at + sizeof word <= s.len; at += sizeof word) {
		memcpy(&word, s.ptr + at, sizeof word);
		all |= word;
	}
	for (; at < s.len; at++)
		all |= (unsigned char)s.ptr[at];
	return !(all & 0x8080808080808080u);
}

void places_init(struct places *places, struct str bytes, uint32_t start)
{
	*places = (struct places){.bytes = bytes, .start = start, .at_byte = start};
	places->ascii = is_ascii(str_skip(bytes, start));
}

static bool is_tail(char c)
{
	return ((unsigned char)c & 0xC0) == 0x80;
}

uint32_t places_end(struct places *places, size_t index)
{
	uint32_t len = (uint32_t)places->bytes.len;
	if (places->ascii) return index < len - places->start ? places->start + (uint32_t)index : len;
	const char *bytes = places->bytes.ptr;
	while (places->at_index < index && places->at_byte < len) {
		places->at_byte++;
		while (places->at_byte < len && is_tail(bytes[places->at_byte]))
			places->at_byte++;
		places->at_index++;
	}
	while (places->at_index > index) {
		places->at_byte--;
		while (is_tail(bytes[places->at_byte]))
			places->at_byte--;
		places->at_index--;
	}
	return places->at_byte;
}

uint32_t places_byte(const struct places *places, size_t offset)
{
	size_t at = places->start + offset;
	return (uint32_t)(at < places->bytes.len ? at : places->bytes.len);
}

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static uint32_t skip_space_and_comments(struct str bytes, uint32_t at)
{
	for (;;) {
		while (at < bytes.len && is_space(bytes.ptr[at]))
			at++;
		if (at >= bytes.len || bytes.ptr[at] != '#') return at;
		while (at < bytes.len && bytes.ptr[at] != '\n' && bytes.ptr[at] != '\r')
			at++;
	}
}

uint32_t places_value(struct places *places, size_t index, uint32_t end)
{
	uint32_t at = places_end(places, index);
	struct str bytes = places->bytes;
	places->tagged = false;
	for (int properties = 2; properties > 0 && at < end && at < bytes.len; properties--) {
		if (bytes.ptr[at] != '&' && bytes.ptr[at] != '!') break;
		bool tag = bytes.ptr[at] == '!';
		places->tagged = places->tagged || tag;
		*(tag ? &places->tag : &places->anchor) = at;
		while (at < bytes.len && !is_space(bytes.ptr[at]))
			at++;
		if (tag) places->tag_end = at;
		at = skip_space_and_comments(bytes, at);
	}
	return at < end ? at : end;
}

uint32_t places_trim(const struct places *places, uint32_t start, uint32_t end)
{
	while (end > start && is_space(places->bytes.ptr[end - 1]))
		end--;
	return end;
}

static bool is_blank_or_comment(struct str line)
{
	while (line.len && is_space(line.ptr[0]))
		line = str_skip(line, 1);
	return line.len == 0 || line.ptr[0] == '#';
}

/* Directives stand at the start and behind the end of a document; libyaml takes quadratic time for them. */
bool yaml_check_directives(struct doc *doc, size_t start, struct err *err)
{
	struct str bytes = doc->source->bytes;
	unsigned count = 0;
	bool prologue = true;
	for (size_t at = start; at < bytes.len;) {
		struct str rest = str_skip(bytes, at);
		struct str line = {rest.ptr, str_find(rest, '\n')};
		line.len = str_find(line, '\r');
		bool directive = prologue && line.len && line.ptr[0] == '%';
		if (directive && !strict_gap(doc, (uint32_t)at, (uint32_t)(at + line.len), err)) return false;
		if (directive && ++count > LIMIT_DIRECTIVES)
			return err_set(err, ERR_LIMIT, source_loc(doc->source, at),
					"more than %d directives ('%%' lines), the most that keur reads; remove them",
					"meer dan %d directieven (regels met '%%'), het meeste dat keur leest; verwijder ze",
					LIMIT_DIRECTIVES);
		if (prologue && (line.len == 0 || line.ptr[0] != '%')) prologue = is_blank_or_comment(line);
		if (str_starts(line, STR("..."))) prologue = true;
		at += line.len + 1;
	}
	return true;
}
