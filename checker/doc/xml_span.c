/* SPDX-License-Identifier: EUPL-1.2 */
/* Where elements and values of attributes end in the text. */
#include "doc/xml_doc.h"

/* Behind the markup that begins at `at`: a comment, an instruction, CDATA or a tag. */
static size_t behind_markup(struct str bytes, size_t at)
{
	struct str rest = str_skip(bytes, at);
	struct str end = str_starts(rest, STR("<!--"))        ? STR("-->")
					 : str_starts(rest, STR("<![CDATA[")) ? STR("]]>")
					 : str_starts(rest, STR("<?"))        ? STR("?>")
														  : STR("");
	if (end.len)
		return at + (str_starts(rest, STR("<!--")) ? 4 : 0) +
			   str_find_str(str_skip(rest, str_starts(rest, STR("<!--")) ? 4 : 0), end) + end.len;
	for (at++; at < bytes.len && bytes.ptr[at] != '>'; at++)
		if (bytes.ptr[at] == '"' || bytes.ptr[at] == '\'') at += 1 + str_find(str_skip(bytes, at + 1), bytes.ptr[at]);
	return at + 1;
}

uint32_t xml_offset_behind(const struct doc *doc, const xmlNode *element)
{
	struct str bytes = doc->source->bytes;
	size_t at = xml_offset(doc, element);
	int depth = 0;
	while (at < bytes.len) {
		bool is_tag = at + 1 < bytes.len && bytes.ptr[at + 1] != '!' && bytes.ptr[at + 1] != '?';
		bool end_tag = is_tag && bytes.ptr[at + 1] == '/';
		at = behind_markup(bytes, at);
		if (is_tag && !end_tag && bytes.ptr[at - 2] != '/') depth++;
		if (end_tag) depth--;
		if (is_tag && depth == 0) break;
		at += str_find(str_skip(bytes, at), '<');
	}
	return (uint32_t)(at < bytes.len ? at : bytes.len);
}

bool xml_value_span(const struct doc *doc, const xmlNode *attribute, uint32_t *start, uint32_t *end)
{
	struct str bytes = doc->source->bytes;
	size_t at = xml_offset_end(doc, attribute);
	while (at < bytes.len && bytes.ptr[at] != '"' && bytes.ptr[at] != '\'')
		at++;
	if (at == bytes.len) return false;
	*start = (uint32_t)at + 1;
	*end = *start + (uint32_t)str_find(str_skip(bytes, at + 1), bytes.ptr[at]);
	return true;
}
