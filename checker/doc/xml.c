/* Loads libxml2, and reads XML with it, after counting what it could be made slow with. */
#include "doc/xml.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdlib.h>
#include <strings.h>

#include "base/limits.h"
#include "base/shared.h"
#include "base/utf8.h"
#include "doc/xml_meter.h"

static struct xml_api api;
static bool loaded;
static char reason[SHARED_REASON]; /* why not */

static xmlParserInput *load_nothing(const char *url, const char *id, xmlParserCtxt *parser)
{
	(void)url;
	(void)id;
	(void)parser;
	return NULL;
}

static bool look_up_all(void *library)
{
	void **release = dlsym(library, "xmlFree"); /* a variable that holds the function */
	const struct shared_symbol wanted[] = {
			{"xmlInitParser", &api.init},
			{"xmlSetExternalEntityLoader", &api.set_loader},
			{"xmlNewParserCtxt", &api.parser_new},
			{"xmlFreeParserCtxt", &api.parser_free},
			{"xmlCtxtReadMemory", &api.parse},
			{"xmlFreeDoc", &api.doc_free},
			{"xmlDocGetRootElement", &api.root},
			{"xmlXPathNewContext", &api.context_new},
			{"xmlXPathFreeContext", &api.context_free},
			{"xmlXPathRegisterNs", &api.register_namespace},
			{"xmlXPathCtxtCompile", &api.compile},
			{"xmlXPathFreeCompExpr", &api.compiled_free},
			{"xmlXPathCompiledEval", &api.evaluate},
			{"xmlXPathFreeObject", &api.object_free},
			{"xmlXPathCastToBoolean", &api.to_boolean},
			{"xmlXPathCastToString", &api.to_string},
			{"xmlSetGenericErrorFunc", &api.set_generic_error},
			{"xmlXPathOrderDocElems", &api.number_elements},
			{"xmlXPathNodeSetSort", &api.sort},
			{"xmlNodeSetContent", &api.set_content},
			{"xmlEncodeSpecialChars", &api.escape},
			{"xmlDocDumpMemoryEnc", &api.print},
			{"xmlXPathRegisterFunc", &api.register_function},
			{"valuePop", &api.pop},
			{"valuePush", &api.push},
			{"xmlXPathConvertString", &api.convert_string},
			{"xmlXPathErr", &api.raise},
			{"xmlXPathTranslateFunction", &api.translate},
			{"xmlXPathContainsFunction", &api.contains},
			{"xmlXPathSubstringBeforeFunction", &api.before},
			{"xmlXPathSubstringAfterFunction", &api.after},
			{"xmlXPathConcatFunction", &api.concat},
			{"xmlMemSetup", &api.set_memory},
	};
	if (!shared_find_all(library, wanted, sizeof wanted / sizeof *wanted, reason) || !release) return false;
	memcpy(&api.free_memory, release, sizeof api.free_memory);
	return true;
}

static void load(void)
{
	void *library = shared_open("libxml2.so.2", reason);
	if (!library || !look_up_all(library)) return;
	api.set_memory(free, xml_meter_malloc, xml_meter_realloc, xml_meter_strdup); /* before all else */
	api.init();
	api.set_loader(load_nothing);
	loaded = true;
}

const struct xml_api *xml_load(struct err *err)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	pthread_once(&once, load);
	if (loaded) return &api;
	err_set(err, ERR_IO, (struct loc){0},
			"reading XML takes libxml2, which cannot be used here (%s); install it: apt-get install libxml2",
			"voor het lezen van XML is libxml2 nodig, en dat is hier niet bruikbaar (%s); installeer het: apt-get install "
			"libxml2",
			reason);
	return NULL;
}

static struct loc place_of(struct str bytes, size_t offset)
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
	size_t at;
	uint32_t nodes, depth;
	uint64_t weight;
	struct err *err;
};

static bool scan_refuse(
		const struct scan *scan, size_t at, enum err_code code, const char *en, const char *nl, int limit)
{
	return err_set(scan->err, code, place_of(scan->bytes, at), "XML: %s%.0s (%d)", "XML: %.0s%s (%d)", en, nl, limit);
}

static bool scan_malformed(const struct scan *scan, size_t at)
{
	return err_set(scan->err, ERR_SYNTAX, place_of(scan->bytes, at),
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

/* The rest of a start or end tag. Where a "<" or an unfinished text shows that it is none, nothing can be counted. */
static bool scan_tag(struct scan *scan)
{
	uint32_t attributes = 0;
	size_t start = scan->at;
	while (++scan->at < scan->bytes.len) {
		char c = scan->bytes.ptr[scan->at];
		if (c == '<') break;
		if (c == '>') {
			bool ends = scan->bytes.ptr[start + 1] == '/', empty = scan->bytes.ptr[scan->at - 1] == '/';
			scan->depth += !ends && !empty;
			scan->depth -= ends && scan->depth > 0;
			scan->at++;
			return true;
		}
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
	if (!str_starts(rest, STR("</")) && ++scan->nodes > LIMIT_XML_NODES)
		return scan_refuse(scan, scan->at, ERR_LIMIT,
				"expected fewer elements and attributes, found more than the ceiling",
				"verwacht werden minder elementen en attributen, gevonden meer dan het plafond", LIMIT_XML_NODES);
	scan->at += str_starts(rest, STR("<!--")) ? 4 : 0;
	if (str_starts(rest, STR("<!--"))) return scan_to(scan, STR("-->"));
	if (str_starts(rest, STR("<![CDATA["))) return scan_to(scan, STR("]]>"));
	if (rest.len > 2 && rest.ptr[1] == '?' && starts_name(rest.ptr[2])) return scan_instruction(scan, rest);
	if (!str_starts(rest, STR("<!")) && !str_starts(rest, STR("<?"))) return scan_tag(scan);
	return err_set(scan->err, ERR_UNDECIDED, place_of(scan->bytes, scan->at),
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

static bool scan_text(struct str bytes, struct err *err, uint32_t *nodes)
{
	struct scan scan = {.bytes = bytes, .err = err};
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

static bool admit(struct str bytes, struct err *err, uint32_t *nodes)
{
	if (bytes.len > LIMIT_XML_BYTES)
		return err_set(err, ERR_LIMIT, (struct loc){0}, "XML: expected at most %d bytes, found %zu",
				"XML: verwacht werden hoogstens %d bytes, gevonden %zu", LIMIT_XML_BYTES, bytes.len);
	size_t invalid = utf8_invalid(bytes);
	if (invalid < bytes.len || declares_other(bytes))
		return err_set(err, ERR_UNDECIDED, place_of(bytes, invalid < bytes.len ? invalid : 0),
				"XML: expected UTF-8, found another encoding, which is not read",
				"XML: verwacht werd UTF-8, gevonden een andere codering, en die wordt niet gelezen");
	return scan_text(bytes, err, nodes);
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
	err_set(err, ceiling ? ERR_LIMIT : ERR_SYNTAX, loc, "XML: expected well-formed XML, found (libxml2): %.*s",
			"XML: verwacht werd welgevormde XML, gevonden (libxml2): %.*s", STR_FMT(message));
}

static void ignore_error(void *unused, xmlErrorPtr error)
{
	(void)unused;
	(void)error;
}

/* No DOCTYPE comes this far. If one did, it would declare nothing. */
static void declare_nothing(xmlSAXHandler *sax)
{
	sax->internalSubset = NULL;
	sax->externalSubset = NULL;
	sax->entityDecl = NULL;
	sax->resolveEntity = NULL;
	sax->serror = ignore_error;
}

static void free_doc(void *doc)
{
	api.doc_free(doc);
}

xmlDoc *xml_parse(struct arena *arena, struct str bytes, struct err *err)
{
	static const char bom[] = "\xEF\xBB\xBF";
	if (str_starts(bytes, STR(bom))) bytes = str_skip(bytes, 3);
	uint32_t nodes;
	if (!xml_load(err) || !admit(bytes, err, &nodes)) return NULL;
	xmlParserCtxt *parser = api.parser_new();
	if (!parser) {
		err_set(err, ERR_LIMIT, (struct loc){0}, "XML: libxml2 has no memory", "XML: libxml2 heeft geen geheugen");
		return NULL;
	}
	declare_nothing(parser->sax);
	xmlDoc *doc = api.parse(parser, bytes.ptr ? bytes.ptr : "", (int)bytes.len, NULL, "UTF-8",
			XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_BIG_LINES);
	if (!doc) syntax_error(&parser->lastError, err);
	api.parser_free(parser);
	if (!doc) return NULL;
	api.number_elements(doc);
	doc->_private = arena_copy(arena, &nodes, sizeof nodes);
	arena_on_free(arena, free_doc, doc);
	return doc;
}

uint64_t xml_nodes(const xmlDoc *doc)
{
	return *(const uint32_t *)doc->_private;
}

bool xml_is_text(struct str text)
{
	for (size_t i = 0; i < text.len; i++)
		if (is_control(text.ptr[i])) return false;
	return utf8_invalid(text) == text.len;
}

bool xml_print(xmlDoc *doc, bool declared, struct arena *arena, struct str *out, struct err *err)
{
	xmlChar *bytes = NULL;
	int size = 0;
	api.print(doc, &bytes, &size, "UTF-8");
	if (!bytes)
		return err_set(
				err, ERR_LIMIT, (struct loc){0}, "XML: libxml2 has no memory", "XML: libxml2 heeft geen geheugen");
	struct str text = {(const char *)bytes, (size_t)size};
	if (!declared) text = str_skip(text, str_find(text, '\n') + 1);
	*out = str_copy(arena, text);
	api.free_memory(bytes);
	return true;
}
