/* SPDX-License-Identifier: EUPL-1.2 */
/* XML documents: places and paths of nodes. */
#include "doc/xml_doc.h"

#include "base/limits.h"

bool xml_begins(struct str text)
{
	if (text.len < 2 || text.ptr[0] != '<') return false;
	unsigned char c = (unsigned char)text.ptr[1];
	return c == '?' || c == '!' || c == '_' || c == ':' || c >= 0x80 || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

static const uint32_t *keep(struct arena *arena, const struct xml_starts *starts)
{
	uint32_t *kept = arena_alloc(arena, (starts->count + 1) * sizeof *kept);
	if (starts->count) memcpy(kept, starts->items, starts->count * sizeof *kept);
	return kept;
}

/* Of another version than 1.0, which libxml2 only lets by when it begins with "1.", as XML 1.0 (2.8) has it. */
static void remark_version(struct doc *doc)
{
	struct str text = doc->source->bytes;
	if (str_starts(text, STR("\xEF\xBB\xBF"))) text = str_skip(text, 3);
	if (!str_starts(text, STR("<?xml"))) return;
	struct str head = {text.ptr, str_find(text, '>')};
	struct str rest = str_skip(head, str_find_str(head, STR("version")) + 7);
	while (rest.len && memchr(" \t\r\n=", rest.ptr[0], 5))
		rest = str_skip(rest, 1);
	if (!rest.len || (rest.ptr[0] != '"' && rest.ptr[0] != '\'')) return;
	struct str version = {rest.ptr + 1, str_find(str_skip(rest, 1), rest.ptr[0])};
	if (str_eq(version, STR("1.0"))) return;
	uint32_t start = (uint32_t)(version.ptr - doc->source->bytes.ptr);
	doc_remark(doc, (struct diagnostic){.kind = DIAGNOSTIC_XML_VERSION,
							.start = start,
							.end = start + (uint32_t)version.len,
							.what = version});
}

bool xml_read(struct doc *doc, struct err *err)
{
	static const struct xml_ceilings ceilings = {LIMIT_XML_DOCUMENT_BYTES, LIMIT_XML_DOCUMENT_NODES, false};
	static const struct node none = {.kind = NODE_NULL};
	struct xml_starts starts = {0};
	struct str bytes = doc->source->bytes;
	uint32_t skipped = str_starts(bytes, STR("\xEF\xBB\xBF")) ? 3 : 0;
	struct err found;
	err_init(&found, doc->arena);
	xmlDoc *parsed = xml_parse_within(doc->arena, str_skip(bytes, skipped), &ceilings, &starts, &found);
	found.loc.file = doc->source->name;
	if (!parsed) err_set_text(err, found.code, found.loc, (struct text){0}, found.message);
	for (size_t i = 0; skipped && i < starts.count; i++)
		starts.items[i] += skipped;
	if (parsed) {
		struct xml_tree *tree = arena_alloc(doc->arena, sizeof *tree);
		*tree = (struct xml_tree){.doc = parsed,
				.root = xml_load(err)->root(parsed),
				.starts = keep(doc->arena, &starts),
				.count = (uint32_t)starts.count};
		doc->xml = tree;
		doc->format = DOC_XML;
		doc->root = &none;
		remark_version(doc);
	}
	vec_release(&starts);
	return parsed != NULL;
}

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Where the name at `at` ends. */
static uint32_t name_end(struct str bytes, uint32_t at)
{
	while (at < bytes.len && !is_space(bytes.ptr[at]) && !memchr("=/><", bytes.ptr[at], 4))
		at++;
	return at;
}

static uint32_t element_offset(const struct doc *doc, const xmlNode *element)
{
	uint32_t number = xml_number(element);
	return number < doc->xml->count ? doc->xml->starts[number] : 0;
}

/* Behind a value in quotes that begins at or after `at`. */
static uint32_t value_end(struct str bytes, uint32_t at)
{
	while (at < bytes.len && bytes.ptr[at] != '"' && bytes.ptr[at] != '\'')
		at++;
	size_t length = at < bytes.len ? str_find(str_skip(bytes, at + 1), bytes.ptr[at]) : 0;
	size_t end = at + length + 2;
	return end < bytes.len ? (uint32_t)end : (uint32_t)bytes.len;
}

static bool names(struct str written, const xmlNode *attribute)
{
	struct str local = str_of((const char *)attribute->name);
	const xmlNs *ns = attribute->ns;
	if (!ns || !ns->prefix) return str_eq(written, local);
	struct str prefix = str_of((const char *)ns->prefix);
	return written.len == prefix.len + 1 + local.len && str_starts(written, prefix) && written.ptr[prefix.len] == ':' &&
		   str_ends(written, local);
}

/* The attribute's name in the tag that begins at `at`; the end of the tag when it is not there. */
static uint32_t attribute_offset(struct str bytes, uint32_t at, const xmlNode *attribute)
{
	at = name_end(bytes, at + 1);
	while (at < bytes.len && bytes.ptr[at] != '>') {
		if (is_space(bytes.ptr[at]) || bytes.ptr[at] == '/') {
			at++;
			continue;
		}
		uint32_t end = name_end(bytes, at);
		if (names((struct str){bytes.ptr + at, end - at}, attribute)) return at;
		at = value_end(bytes, end);
	}
	return at;
}

static uint32_t tag_end(struct str bytes, uint32_t at)
{
	static const xmlNode nothing = {.name = (const xmlChar *)">"};
	uint32_t end = attribute_offset(bytes, at, &nothing);
	return end < bytes.len ? end + 1 : end;
}

uint32_t xml_offset(const struct doc *doc, const xmlNode *node)
{
	struct str bytes = doc->source->bytes;
	if (node->type == XML_ELEMENT_NODE) return element_offset(doc, node);
	if (node->type == XML_NAMESPACE_DECL) {
		/* What XPath makes of a declaration holds its element in `next`. */
		const xmlNode *element = (const xmlNode *)((const xmlNs *)node)->next;
		return element && element->type == XML_ELEMENT_NODE ? element_offset(doc, element) : 0;
	}
	const xmlNode *parent = node->parent;
	if (!parent || parent->type != XML_ELEMENT_NODE) return 0;
	uint32_t start = element_offset(doc, parent);
	return node->type == XML_ATTRIBUTE_NODE ? attribute_offset(bytes, start, node) : tag_end(bytes, start);
}

uint32_t xml_offset_end(const struct doc *doc, const xmlNode *node)
{
	uint32_t start = xml_offset(doc, node);
	if (node->type == XML_ATTRIBUTE_NODE) return name_end(doc->source->bytes, start);
	if (node->type == XML_ELEMENT_NODE) return name_end(doc->source->bytes, start + 1);
	return start;
}

static void add_position(struct strbuf *out, const xmlNode *node)
{
	uint32_t position = xml_position(node);
	if (position) strbuf_printf(out, "[%u]", position);
}

static void add_name(struct strbuf *out, const xmlNode *node)
{
	if (node->ns && node->ns->prefix) strbuf_printf(out, "%s:", (const char *)node->ns->prefix);
	strbuf_add(out, str_of((const char *)node->name));
}

/* The name for readers who do not know the prefixes of the document: what is in a namespace by its two parts. */
static void add_whole_name(struct strbuf *out, const xmlNode *node)
{
	if (!node->ns || !node->ns->href) {
		strbuf_add(out, str_of((const char *)node->name));
		return;
	}
	struct str uri = str_of((const char *)node->ns->href);
	/* XPath 1.0 has no way to escape a quote; but no URI that libxml2 lets by has a double one. */
	char quote = str_find(uri, '\'') < uri.len ? '"' : '\'';
	strbuf_printf(out, "*[local-name() = '%s' and namespace-uri() = %c%.*s%c", (const char *)node->name, quote,
			STR_FMT(uri), quote);
	strbuf_add_char(out, ']');
}

static void add_step(struct strbuf *out, const xmlNode *node, bool whole)
{
	strbuf_add(out, node->type == XML_ATTRIBUTE_NODE ? STR("/@") : STR("/"));
	switch (node->type) {
	case XML_ELEMENT_NODE:
	case XML_ATTRIBUTE_NODE:
		if (whole)
			add_whole_name(out, node);
		else
			add_name(out, node);
		if (node->type == XML_ATTRIBUTE_NODE) return;
		break;
	case XML_COMMENT_NODE:
		strbuf_add(out, STR("comment()"));
		break;
	case XML_PI_NODE:
		strbuf_add(out, STR("processing-instruction()"));
		break;
	default:
		strbuf_add(out, STR("text()"));
		break;
	}
	add_position(out, node);
}

static struct str path_of(struct arena *arena, const xmlNode *node, bool whole)
{
	const xmlNode *way[LIMIT_XML_DEPTH + 8];
	int depth = 0;
	struct strbuf out;
	strbuf_init(&out, 64 << 10);
	if (node->type == XML_NAMESPACE_DECL) node = (const xmlNode *)((const xmlNs *)node)->next;
	for (; node && node->type != XML_DOCUMENT_NODE && depth < LIMIT_XML_DEPTH + 8; node = node->parent)
		way[depth++] = node;
	while (depth > 0)
		add_step(&out, way[--depth], whole);
	struct str path = str_copy(arena, out.len ? strbuf_str(&out) : STR("/"));
	strbuf_release(&out);
	return path;
}

struct str xml_path(struct arena *arena, const xmlNode *node)
{
	return path_of(arena, node, false);
}

struct str xml_location(struct arena *arena, const xmlNode *node)
{
	return path_of(arena, node, true);
}
