/*
 * The core function `unreferencedReusableObject`: every member of a container of reusable objects is referred to.
 *
 * As Spectral has it, a reference counts when, decoded, it names the member itself: one to something inside does not.
 */
#include "base/limits.h"
#include "doc/pointer.h"
#include "engine/function_private.h"
#include "engine/js.h"

struct reusable {
	struct str location; /* "#/components/schemas", as written */
};

static bool is_hex(char c)
{
	return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f');
}

/* One character, or escape, of a JSON Pointer in a URI fragment; returns its length, 0 when it is none. */
static size_t fragment_unit(struct str rest)
{
	char c = rest.ptr[0];
	if ((c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z')) return 1;
	if (c != '\0' && strchr("_-.!$&'()*+,;:=@/", c)) return 1;
	if (c == '~') return rest.len > 1 && (rest.ptr[1] == '0' || rest.ptr[1] == '1') ? 2 : 0;
	return c == '%' && rest.len > 2 && is_hex(rest.ptr[1]) && is_hex(rest.ptr[2]) ? 3 : 0;
}

static bool is_pointer_fragment(struct str text)
{
	if (text.len == 0 || text.ptr[0] != '#') return false;
	text = str_skip(text, 1);
	if (text.len > 0 && text.ptr[0] != '/') return false;
	while (text.len > 0) {
		size_t unit = fragment_unit(text);
		if (unit == 0) return false;
		text = str_skip(text, unit);
	}
	return true;
}

bool unreferenced_reusable_object_compile(
		struct arena *arena, struct source *source, const struct node *node, void **compiled, struct err *err)
{
	struct options options = {arena, source, node, "unreferencedReusableObject",
			"{ \"reusableObjectsLocation\": \"#/components/schemas\" }, { \"reusableObjectsLocation\": \"#/$defs\" }",
			err};
	static const char *const names[] = {"reusableObjectsLocation", NULL};
	if (!options_object(&options, names, false)) return false;
	const struct node *location = node_member(node, STR("reusableObjectsLocation"));
	if (!location) return options_fail(&options);
	if (location->kind != NODE_STRING || !is_pointer_fragment(node_text(location))) {
		return option_fail(&options, "reusableObjectsLocation", location,
				"supports only valid JSON Pointer fragments, i.e. \"#\", \"#/foo\", \"#/paths/~1user\"",
				"moet een JSON Pointer met een # ervoor zijn, zoals \"#\", \"#/foo\", \"#/paths/~1user\"");
	}
	struct reusable *reusable = arena_alloc(arena, sizeof *reusable);
	reusable->location = node_text(location);
	*compiled = reusable;
	return true;
}

/* One look over all references. */
struct search {
	const struct subject *subject;
	struct str location;
	const struct doc *main;
	bool *referenced; /* one for each member */
	struct strbuf buf;
};

/* Appends a pointer with its escapes undone: `~1`, `~0` and percent-encoding. */
static void add_decoded(struct strbuf *buf, struct str text, struct arena *arena)
{
	struct str plain;
	if (!pointer_decode_fragment(text, arena, &plain)) plain = text;
	for (size_t i = 0; i < plain.len; i++) {
		bool escape = plain.ptr[i] == '~' && i + 1 < plain.len && (plain.ptr[i + 1] == '0' || plain.ptr[i + 1] == '1');
		if (escape) {
			strbuf_add_char(buf, plain.ptr[++i] == '0' ? '~' : '/');
		} else {
			strbuf_add_char(buf, plain.ptr[i]);
		}
	}
}

/* The folder part of a name, with its slash. */
static struct str folder(struct str name)
{
	size_t end = name.len;
	while (end > 0 && name.ptr[end - 1] != '/')
		end--;
	return (struct str){name.ptr, end};
}

/* Writes a path without "." and ".." steps. */
static void add_normal_path(struct strbuf *buf, struct str folder_name, struct str path)
{
	struct str parts[2] = {folder_name, path};
	if (path.len > 0 && path.ptr[0] == '/') parts[0].len = 0;
	for (size_t p = 0; p < 2; p++) {
		while (parts[p].len > 0) {
			struct str step = {parts[p].ptr, str_find(parts[p], '/')};
			bool last = step.len == parts[p].len;
			parts[p] = str_skip(parts[p], step.len + !last);
			if (str_eq(step, STR("."))) continue;
			if (str_eq(step, STR("..")) && buf->len > 1 && !str_ends(strbuf_str(buf), STR("../"))) {
				size_t end = buf->len - 1;
				while (end > 0 && buf->ptr[end - 1] != '/')
					end--;
				buf->len = end;
				buf->ptr[end] = '\0';
				continue;
			}
			strbuf_add(buf, step);
			if (!last) strbuf_add_char(buf, '/');
		}
	}
}

/* Does the file part of a reference in `holder` name the main document? */
static bool is_main(struct search *search, const struct doc *holder, struct str file)
{
	if (file.len == 0) return holder == search->main;
	struct strbuf named;
	struct strbuf main;
	strbuf_init(&named, LIMIT_MESSAGE_BYTES);
	strbuf_init(&main, LIMIT_MESSAGE_BYTES);
	add_normal_path(&named, folder(holder->source->name), file);
	add_normal_path(&main, STR(""), search->main->source->name);
	bool same = str_eq(strbuf_str(&named), strbuf_str(&main));
	strbuf_release(&named);
	strbuf_release(&main);
	return same;
}

static void note_reference(struct search *search, const struct doc *holder, struct str reference)
{
	size_t hash = str_find(reference, '#');
	struct str file = {reference.ptr, hash};
	if (!is_main(search, holder, file)) return;
	strbuf_clear(&search->buf);
	add_decoded(&search->buf, str_skip(reference, hash), search->subject->arena);
	struct str decoded = strbuf_str(&search->buf);
	if (!str_starts(decoded, search->location)) return;
	decoded = str_skip(decoded, search->location.len);
	if (decoded.len == 0 || decoded.ptr[0] != '/') return;
	const struct node *object = search->subject->value;
	const struct node *member = node_member(object, str_skip(decoded, 1));
	if (member) search->referenced[member - object->children] = true;
}

/* Notes every reference at or below `node`; documents nest at most LIMIT_DEPTH levels. */
static void walk(struct search *search, const struct doc *doc, const struct node *node)
{
	for (uint32_t i = 0; i < node_count(node); i++) {
		const struct node *child = &node->children[i];
		if (node_is_container(child)) {
			walk(search, doc, child);
		} else if (child->kind == NODE_STRING && child->key && str_eq(node_key(child), STR("$ref"))) {
			note_reference(search, doc, node_text(child));
		}
	}
}

static void report_orphan(const struct subject *subject, struct violation_sink *sink, const struct node *member)
{
	struct strbuf buf;
	strbuf_init(&buf, LIMIT_DOCUMENT_BYTES);
	pointer_add_token(&buf, node_key(member));
	struct violation violation = {
			.below = str_copy(subject->arena, strbuf_str(&buf)),
			.message = TEXT("Potential orphaned reusable object has been detected",
					"Mogelijk ongebruikt herbruikbaar object: niets verwijst ernaar"),
			.expected = TEXT("a reference to this object", "een verwijzing naar dit object"),
	};
	strbuf_release(&buf);
	sink->report(sink, &violation);
}

enum function_result unreferenced_reusable_object_evaluate(
		const void *compiled, const struct subject *subject, struct violation_sink *sink, struct err *err)
{
	(void)err;
	const struct reusable *reusable = compiled;
	const struct node *object = subject->value;
	if (subject->key.ptr || !object || object->kind != NODE_OBJECT || object->len == 0) return FUNCTION_DONE;
	const struct refs *refs = subject->refs ? subject->refs : subject->view->refs;
	struct search search = {subject, reusable->location, refs ? refs->main : subject->view->doc, NULL, {0}};
	search.referenced = arena_zalloc(subject->arena, object->len * sizeof(bool));
	strbuf_init(&search.buf, LIMIT_DOCUMENT_BYTES);
	for (uint32_t i = 0; refs && i < refs->doc_count; i++)
		walk(&search, refs->docs[i], refs->docs[i]->root);
	if (!refs && search.main) walk(&search, search.main, search.main->root);
	for (uint32_t i = 0; i < object->len; i++)
		if (!search.referenced[i]) report_orphan(subject, sink, &object->children[i]);
	strbuf_release(&search.buf);
	return FUNCTION_DONE;
}
