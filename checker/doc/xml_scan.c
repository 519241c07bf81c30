/* SPDX-License-Identifier: EUPL-1.2 */
/* Walks the tags of an XML text before libxml2 sees it: what would cost more than linear time, and where elements
 * begin. */
#include "doc/xml_scan.h"

#include <string.h>

#include "base/limits.h"
#include "base/utf8.h"

struct loc xml_place_in(struct str bytes, size_t offset)
{
	struct loc loc = {.line = 1};
	size_t start = 0;
	for (size_t i = 0; i < offset; i++) {
		if (bytes.ptr[i] != '\n') continue;
		loc.line++;
		start = i + 1;
	}
	loc.column = (uint32_t)utf8_count((struct str){bytes.ptr + start, offset - start}) + 1;
	return loc;
}

/* A text that is walked once, as far as its tags go. */
struct scan {
	struct str bytes;
	const struct xml_ceilings *ceilings;
	struct xml_starts *starts; /* NULL: nobody asks */
	size_t at;
	uint32_t nodes, depth;
	uint64_t weight;
	struct err *err;
};

static bool scan_refuse(
		const struct scan *scan, size_t at, enum err_code code, const char *en, const char *nl, int limit)
{
	return err_set(
			scan->err, code, xml_place_in(scan->bytes, at), "XML: %s%.0s (%d)", "XML: %.0s%s (%d)", en, nl, limit);
}

static bool scan_malformed(const struct scan *scan, size_t at)
{
	return err_set(scan->err, ERR_SYNTAX, xml_place_in(scan->bytes, at),
			"XML: expected well-formed XML, found markup that is not, or that does not end",
			"XML: verwacht werd welgevormde XML, gevonden opmaak die dat niet is of niet eindigt");
}

/* To behind `end`. */
static bool scan_to(struct scan *scan, struct str end)
{
	struct str rest = str_skip(scan->bytes, scan->at);
	size_t found = str_find_str(rest, end);
	if (found == rest.len) return scan_malformed(scan, scan->at);
	scan->at += found + end.len;
	return true;
}

/* Behind a tag: how deep what follows is. */
static bool scan_depth(struct scan *scan, size_t start)
{
	bool end = scan->bytes.ptr[start + 1] == '/', empty = scan->bytes.ptr[scan->at - 1] == '/';
	scan->at++;
	if (end && scan->depth > 0) scan->depth--;
	if (!end && scan->starts) *vec_push(scan->starts) = (uint32_t)start;
	if (end || empty || ++scan->depth <= LIMIT_XML_DEPTH) return true;
	return scan_refuse(scan, start, ERR_LIMIT,
			"expected elements that are nested less deep, found more than the ceiling",
			"verwacht werden elementen die minder diep genest zijn, gevonden meer dan het plafond", LIMIT_XML_DEPTH);
}

/* The rest of a start or end tag. Where a "<" or an unfinished text shows that it is none, nothing can be counted. */
static bool scan_tag(struct scan *scan)
{
	uint32_t attributes = 0;
	size_t start = scan->at;
	while (++scan->at < scan->bytes.len) {
		char c = scan->bytes.ptr[scan->at];
		if (c == '<') break;
		if (c == '>') return scan_depth(scan, start);
		if (c != '"' && c != '\'') continue;
		size_t open = scan->at;
		while (++scan->at < scan->bytes.len && scan->bytes.ptr[scan->at] != c)
			if (scan->bytes.ptr[scan->at] == '<') return scan_malformed(scan, scan->at);
		if (scan->at == scan->bytes.len) return scan_malformed(scan, open);
		scan->nodes++;
		if (++attributes > LIMIT_XML_ATTRIBUTES)
			return scan_refuse(scan, start, ERR_LIMIT,
					"expected fewer attributes in one element, found more than the ceiling",
					"verwacht werden minder attributen in een element, gevonden meer dan het plafond",
					LIMIT_XML_ATTRIBUTES);
	}
	return scan_malformed(scan, start);
}

static bool starts_name(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == ':';
}

/* An XML declaration that is wrong ends at its first ">" for libxml2, which reads on from there. */
static bool scan_instruction(struct scan *scan, struct str rest)
{
	size_t end = str_find(rest, '>');
	bool declaration = str_starts(rest, STR("<?xml")) && rest.len > 5 && !starts_name(rest.ptr[5]) &&
					   rest.ptr[5] != '-';
	if (declaration && (end == rest.len || rest.ptr[end - 1] != '?')) return scan_malformed(scan, scan->at);
	return scan_to(scan, STR("?>"));
}

static bool scan_markup(struct scan *scan)
{
	struct str rest = str_skip(scan->bytes, scan->at);
	if (!str_starts(rest, STR("</")) && ++scan->nodes > scan->ceilings->nodes)
		return scan_refuse(scan, scan->at, ERR_LIMIT,
				"expected fewer elements and attributes, found more than the ceiling",
				"verwacht werden minder elementen en attributen, gevonden meer dan het plafond",
				(int)scan->ceilings->nodes);
	scan->at += str_starts(rest, STR("<!--")) ? 4 : 0;
	if (str_starts(rest, STR("<!--"))) return scan_to(scan, STR("-->"));
	if (str_starts(rest, STR("<![CDATA["))) return scan_to(scan, STR("]]>"));
	if (rest.len > 2 && rest.ptr[1] == '?' && starts_name(rest.ptr[2])) return scan_instruction(scan, rest);
	if (!str_starts(rest, STR("<!")) && !str_starts(rest, STR("<?"))) return scan_tag(scan);
	return err_set(scan->err, ERR_UNDECIDED, xml_place_in(scan->bytes, scan->at),
			"XML: expected no DOCTYPE, found one or the like; it is not read, because entities can be made to harm",
			"XML: verwacht werd geen DOCTYPE, gevonden iets als dat; het wordt niet gelezen, omdat entiteiten schade kunnen "
			"doen");
}

/* A control character, U+FFFE or U+FFFF ends what libxml2 takes for a comment or a tag, and with that what was counted.
 */
static bool is_control(char c)
{
	return (unsigned char)c < ' ' && c != '\t' && c != '\n' && c != '\r';
}

/* What sets of nodes and their texts can cost to compare: each with each. */
static bool weigh(const struct scan *scan, size_t at)
{
	if (!scan->ceilings->weighed) return true;
	if (scan->weight > LIMIT_XML_WEIGHT)
		return scan_refuse(scan, at, ERR_LIMIT,
				"expected less text within elements within elements, found more than the ceiling of bytes",
				"verwacht werd minder tekst in elementen in elementen, gevonden meer bytes dan het plafond",
				LIMIT_XML_WEIGHT);
	if (scan->weight * scan->nodes <= (uint64_t)LIMIT_XML_WORK << 20) return true;
	return scan_refuse(scan, at, ERR_LIMIT,
			"expected fewer elements with less text, found more than the ceiling of elements times bytes, in millions",
			"verwacht werden minder elementen met minder tekst, gevonden meer dan het plafond van elementen maal bytes, in "
			"miljoenen",
			LIMIT_XML_WORK);
}

bool xml_scan(struct str bytes, const struct xml_ceilings *ceilings, struct xml_starts *starts, uint32_t *nodes,
		struct err *err)
{
	struct scan scan = {.bytes = bytes, .ceilings = ceilings, .starts = starts, .err = err};
	for (size_t i = 0; i < bytes.len; i++)
		if (is_control(bytes.ptr[i])) return scan_malformed(&scan, i);
	for (size_t i = 0; i + 2 < bytes.len; i++)
		if (memcmp(bytes.ptr + i, "\xEF\xBF", 2) == 0 && (unsigned char)bytes.ptr[i + 2] >= 0xBE)
			return scan_malformed(&scan, i);
	while (scan.at < bytes.len) {
		size_t depth = scan.depth > 0 ? scan.depth : 1, text = str_find(str_skip(bytes, scan.at), '<');
		size_t markup = scan.at += text;
		if (scan.at < bytes.len && !scan_markup(&scan)) return false;
		bool is_text = str_starts(str_skip(bytes, markup), STR("<!"));
		scan.weight += text * depth + (scan.at - markup) * (is_text ? depth : 1);
	}
	*nodes = scan.nodes;
	return weigh(&scan, 0);
}

bool xml_is_text(struct str text)
{
	for (size_t i = 0; i < text.len; i++)
		if (is_control(text.ptr[i])) return false;
	return utf8_invalid(text) == text.len;
}
