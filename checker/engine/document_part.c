/* Schemas in documents: documents by URI, and compiling. */
#include "engine/document_part.h"

#include "base/limits.h"
#include "doc/uri_path.h"
#include "engine/schema_uri.h"

struct part part_of_subject(const struct subject *subject)
{
	struct part part = {subject->view->doc, subject->value};
	for (const struct step *step = subject->view->refs ? subject->where : NULL; step; step = step->up)
		if (step->via) {
			part.doc = step->via->doc;
			break;
		}
	return part;
}

static struct part follow(const struct refs *refs, const struct doc *doc, const struct node *written)
{
	const struct target *target = refs && written ? refs_target(refs, written) : NULL;
	return target ? (struct part){target->doc, target->node} : (struct part){doc, written};
}

struct part part_member(const struct refs *refs, struct part part, struct str key)
{
	const struct node *object = part.node && part.node->kind == NODE_OBJECT ? part.node : NULL;
	return follow(refs, part.doc, node_member(object, key));
}

struct part part_element(const struct refs *refs, struct part part, uint32_t index)
{
	return follow(refs, part.doc, part.node ? node_at(part.node, index) : NULL);
}

/* A relative path may go up from the working folder; there is always something to go up from. */
enum { LEVELS_UP = 32 };

static void add_ground(struct strbuf *buf)
{
	strbuf_add(buf, STR("/"));
	for (int i = 0; i < LEVELS_UP; i++)
		strbuf_add(buf, STR("_/"));
}

/* The path of a document, from a root of our own. */
static struct str path_of(struct arena *arena, const struct doc *doc)
{
	struct strbuf buf;
	strbuf_init(&buf, LIMIT_DOCUMENT_BYTES);
	bool absolute = str_starts(doc->source->name, STR("/"));
	if (!absolute) add_ground(&buf);
	strbuf_add(&buf, doc->source->name);
	struct str path = strbuf_take(&buf, arena);
	return path_normalize(path, arena);
}

static struct str uri_of(struct arena *arena, const struct doc *doc)
{
	struct strbuf buf;
	struct str path = path_of(arena, doc);
	strbuf_init(&buf, LIMIT_DOCUMENT_BYTES);
	strbuf_add(&buf, STR("file://"));
	for (size_t i = 0; i < path.len; i++) {
		unsigned char c = (unsigned char)path.ptr[i];
		bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
					 (c && strchr("/-._~", c));
		if (plain)
			strbuf_add_char(&buf, (char)c);
		else
			strbuf_printf(&buf, "%%%02X", c);
	}
	struct str uri = strbuf_take(&buf, arena);
	return uri;
}

struct finder {
	struct schema_resolver resolver;
	struct arena *arena;
	const struct refs *refs;
};

static bool find_document(struct schema_resolver *resolver, struct str uri, struct schema_document *document)
{
	const struct finder *finder = (const struct finder *)resolver;
	struct str path;
	if (uri_to_path(uri, STR(""), finder->arena, &path) != URI_FILE) return false;
	for (uint32_t i = 0; i < finder->refs->doc_count; i++) {
		const struct doc *doc = finder->refs->docs[i];
		if (!str_eq(path_of(finder->arena, doc), path)) continue;
		*document = (struct schema_document){doc->root, doc->source};
		return true;
	}
	return false;
}

const struct schema *part_schema(
		struct arena *arena, const struct refs *refs, struct part part, const struct schema_options *how, struct err *err)
{
	struct finder finder = {{find_document}, arena, refs};
	struct schema_options options = *how;
	options.bare_references = true;
	options.base = uri_of(arena, part.doc);
	options.document = part.doc->root;
	options.resolver = refs ? &finder.resolver : NULL;
	const struct schema *schema = schema_compile(arena, part.doc->source, part.node, &options, err);
	if (!schema && refs && refs->problem_count > 0) err->code = ERR_UNDECIDED;
	return schema;
}
