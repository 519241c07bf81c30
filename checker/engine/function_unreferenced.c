/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The core function `unreferencedReusableObject`: every member of a container of reusable objects is referred to.
 *
 * As Spectral has it, a reference counts when, decoded, it names the member itself: one to something inside does not.
 */
#include "base/limits.h"
#include "doc/pointer.h"
#include "engine/function_private.h"
#include "engine/js.h"
#include "engine/ref_index.h"

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
	const struct doc *main = refs ? refs->main : subject->view->doc;
	if (!main) return FUNCTION_DONE;
	struct str pointer;
	const struct node *holder = NULL;
	if (pointer_decode_fragment(str_skip(reusable->location, 1), subject->arena, &pointer))
		holder = pointer_get(main->root, pointer);
	struct ref_index *used = ref_index_new(main, refs);
	for (uint32_t i = 0; i < object->len; i++) {
		const struct node *named = node_member(holder, node_key(&object->children[i]));
		if (!named || !ref_index_has(used, named)) report_orphan(subject, sink, &object->children[i]);
	}
	ref_index_free(used);
	return FUNCTION_DONE;
}
