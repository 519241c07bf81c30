/* SPDX-License-Identifier: EUPL-1.2 */
/* Reads XML with libxml2, after counting what it could be made slow with. */
#include "doc/xml.h"

#include <strings.h>

#include "base/limits.h"
#include "base/utf8.h"
#include "doc/xml_words.h"

/* Another encoding than UTF-8 in the XML declaration. */
static bool declares_other(struct str bytes)
{
	if (!str_starts(bytes, STR("<?xml"))) return false;
	struct str head = {bytes.ptr, str_find(bytes, '>')};
	struct str rest = str_skip(head, str_find_str(head, STR("encoding")) + 8);
	while (rest.len > 0 && memchr(" \t\r\n='\"", rest.ptr[0], 7))
		rest = str_skip(rest, 1);
	if (rest.len == 0 || rest.ptr[0] == '?') return false;
	bool utf_8 = rest.len > 5 && strncasecmp(rest.ptr, "utf-8", 5) == 0 && memchr("'\"", rest.ptr[5], 2);
	bool ascii = rest.len > 8 && strncasecmp(rest.ptr, "us-ascii", 8) == 0 && memchr("'\"", rest.ptr[8], 2);
	return !utf_8 && !ascii;
}

static bool admit(struct str bytes, const struct xml_ceilings *ceilings, struct xml_starts *starts, uint32_t *nodes,
		struct err *err)
{
	if (bytes.len > ceilings->bytes)
		return err_set(err, ERR_LIMIT, (struct loc){0}, "XML: expected at most %u bytes, found %zu",
				"XML: verwacht werden hoogstens %u bytes, gevonden %zu", ceilings->bytes, bytes.len);
	size_t invalid = utf8_invalid(bytes);
	if (invalid < bytes.len || declares_other(bytes))
		return err_set(err, ERR_UNDECIDED, xml_place_in(bytes, invalid < bytes.len ? invalid : 0),
				"XML: expected UTF-8, found another encoding, which is not read",
				"XML: verwacht werd UTF-8, gevonden een andere codering, en die wordt niet gelezen");
	return xml_scan(bytes, ceilings, starts, nodes, err);
}

static void syntax_error(const xmlError *found, struct err *err)
{
	struct str message = found->message ? str_of(found->message) : STR("?");
	while (message.len > 0 && message.ptr[message.len - 1] == '\n')
		message.len--;
	struct loc loc = {
			.line = found->line > 0 ? (uint32_t)found->line : 0, .column = found->int2 > 0 ? (uint32_t)found->int2 : 0};
	/* libxml2 tells of its own ceilings by these codes, depth among them. */
	bool ceiling = found->code == XML_ERR_NO_MEMORY || found->code == XML_ERR_INTERNAL_ERROR ||
				   str_find_str(message, STR("depth")) < message.len;
	struct text text = {{[LANG_EN] = str_printf(
								 err->arena, "XML: expected well-formed XML, found (libxml2): %.*s", STR_FMT(message)),
			[LANG_NL] = str_printf(err->arena, "XML: verwacht werd welgevormde XML, gevonden: %.*s",
					STR_FMT(xml_words_nl(err->arena, found)))}};
	err_set_text(err, ceiling ? ERR_LIMIT : ERR_SYNTAX, loc, (struct text){0}, text);
}

/* What libxml2 told of first. */
struct complaints {
	struct err broken;   /* no well-formed XML */
	struct err misnamed; /* a prefix that nobody declares, and the like */
};

/* An error about a prefix is one that libxml2 reads on after, with the prefix as part of the name. Of errors it keeps
 * the last, which mostly follows from the first. */
static void note_error(void *unused, xmlErrorPtr error)
{
	(void)unused;
	xmlParserCtxt *parser = error->ctxt;
	if (!parser || !parser->_private || error->level < XML_ERR_ERROR) return;
	struct complaints *complaints = parser->_private;
	bool name = error->domain == XML_FROM_NAMESPACE;
	if (!name && error->level != XML_ERR_FATAL) return;
	struct err *first = name ? &complaints->misnamed : &complaints->broken;
	if (first->code == ERR_NONE) syntax_error(error, first);
}

/* No DOCTYPE comes this far. If one did, it would declare nothing. */
static void declare_nothing(xmlSAXHandler *sax)
{
	sax->internalSubset = NULL;
	sax->externalSubset = NULL;
	sax->entityDecl = NULL;
	sax->resolveEntity = NULL;
	sax->serror = note_error;
}

static void free_doc(void *doc)
{
	xml_load(NULL)->doc_free(doc);
}

/* In parts: of a text that it gets as a whole libxml2 makes a copy first. */
static int read_part(void *context, char *buffer, int size)
{
	struct str *rest = context;
	size_t length = rest->len < (size_t)size ? rest->len : (size_t)size;
	if (length) memcpy(buffer, rest->ptr, length);
	*rest = str_skip(*rest, length);
	return (int)length;
}

xmlDoc *xml_parse_within(struct arena *arena, struct str bytes, const struct xml_ceilings *ceilings,
		struct xml_starts *starts, struct err *err)
{
	const struct xml_api *api = xml_load(err);
	uint32_t nodes;
	if (!api || !admit(bytes, ceilings, starts, &nodes, err)) return NULL;
	xmlParserCtxt *parser = api->parser_new();
	if (!parser) {
		err_set(err, ERR_LIMIT, (struct loc){0}, "XML: libxml2 has no memory", "XML: libxml2 heeft geen geheugen");
		return NULL;
	}
	/* The ceilings above are keur's own; those that XML_PARSE_HUGE lifts (ten million bytes in one text: a StUF message
	 * with a document in it has more) libxml2 would not name. */
	struct str rest = bytes;
	struct complaints complaints;
	err_init(&complaints.misnamed, err ? err->arena : arena);
	err_init(&complaints.broken, err ? err->arena : arena);
	parser->_private = &complaints;
	declare_nothing(parser->sax);
	xmlDoc *doc = api->parse(parser, read_part, NULL, &rest, NULL, "UTF-8",
			(starts ? XML_PARSE_COMPACT | XML_PARSE_HUGE : 0) | XML_PARSE_NONET | XML_PARSE_NOERROR |
					XML_PARSE_NOWARNING);
	struct err *first = doc ? &complaints.misnamed : &complaints.broken;
	if (!doc && first->code == ERR_NONE) syntax_error(&parser->lastError, first);
	api->parser_free(parser);
	if (first->code != ERR_NONE) {
		if (doc) api->doc_free(doc);
		err_set_text(err, first->code, first->loc, (struct text){0}, first->message);
		return NULL;
	}
	api->number_elements(doc);
	doc->_private = arena_copy(arena, &nodes, sizeof nodes);
	arena_on_free(arena, free_doc, doc);
	return doc;
}

xmlDoc *xml_parse(struct arena *arena, struct str bytes, struct err *err)
{
	static const struct xml_ceilings answers = {LIMIT_XML_BYTES, LIMIT_XML_NODES, true};
	static const char bom[] = "\xEF\xBB\xBF";
	if (str_starts(bytes, STR(bom))) bytes = str_skip(bytes, 3);
	return xml_parse_within(arena, bytes, &answers, NULL, err);
}

uint64_t xml_nodes(const xmlDoc *doc)
{
	return *(const uint32_t *)doc->_private;
}

bool xml_print(xmlDoc *doc, bool declared, struct arena *arena, struct str *out, struct err *err)
{
	xmlChar *bytes = NULL;
	int size = 0;
	const struct xml_api *api = xml_load(err);
	if (!api) return false;
	api->print(doc, &bytes, &size, "UTF-8");
	if (!bytes)
		return err_set(
				err, ERR_LIMIT, (struct loc){0}, "XML: libxml2 has no memory", "XML: libxml2 heeft geen geheugen");
	struct str text = {(const char *)bytes, (size_t)size};
	if (!declared) text = str_skip(text, str_find(text, '\n') + 1);
	*out = str_copy(arena, text);
	api->free_memory(bytes);
	return true;
}
