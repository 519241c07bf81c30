/* SPDX-License-Identifier: EUPL-1.2 */
/* Where references lead: in the schema itself, in the drafts' metaschemas, in documents that the caller finds. */
#include "base/limits.h"
#include "doc/pointer.h"
#include "doc/uri.h"
#include "engine/schema_compiler.h"
#include "engine/schema_metaschema.h"

static struct resource *current_resource(const struct compiler *compiler)
{
	uint32_t index = compiler->blocks.count ? compiler->blocks.items[compiler->current].resource : 0;
	return &compiler->resources.items[index];
}

bool compiler_load(struct compiler *compiler, struct str uri, const struct dialect *dialect, uint32_t *resource)
{
	const uint32_t *known = strmap_get(&compiler->names, uri);
	struct schema_document document = {0};
	*resource = NO_BLOCK;
	if (known) {
		*resource = *known;
		return true;
	}
	struct schema_resolver *resolver = compiler->options.resolver;
	if (!schema_metaschema_find(compiler->arena, uri, &document) &&
			!(resolver && resolver->resolve(resolver, uri, &document)))
		return true;
	if (compiler->documents >= LIMIT_DOCUMENTS)
		return compiler_fail(compiler, "$ref", document.root, "leads to too many documents: at most 1000",
				"verwijst naar te veel documenten: hoogstens 1000");
	struct str kept = str_copy(compiler->arena, uri);
	return compiler_add_document(compiler, document.root, document.source, kept, dialect, resource);
}

/* The place that a pointer names; what lies on the way may belong to another resource. */
static const struct node *follow(
		struct compiler *compiler, struct str pointer, uint32_t *resource, const struct schema_place **place)
{
	const struct node *node = compiler->resources.items[*resource].node;
	*place = schema_place_below(compiler->arena, compiler->resources.items[*resource].place, pointer);
	while (node && pointer.len > 0) {
		struct str token;
		if (!pointer_next(&pointer, compiler->arena, &token)) return NULL;
		node = pointer_child(node, token);
		if (!node) return NULL;
		const struct known *known = compiler_known(compiler, node);
		if (known->resource != NO_BLOCK) *resource = known->resource;
	}
	return node;
}

/* What a fragment names in a resource; `*target` NULL when nothing. */
static bool find_fragment(struct compiler *compiler, uint32_t resource, struct str fragment, const struct node **target,
		struct str *dynamic_name)
{
	*target = NULL;
	if (fragment.len > 0 && fragment.ptr[0] != '/') {
		struct str uri = compiler->resources.items[resource].uri;
		struct str key = str_printf(compiler->arena, "%.*s#%.*s", STR_FMT(uri), STR_FMT(fragment));
		const uint32_t *found = strmap_get(&compiler->names, key);
		if (!found) return true;
		const struct anchor *anchor = &compiler->anchors.items[*found];
		if (anchor->dynamic) *dynamic_name = anchor->name;
		*target = anchor->node;
		return true;
	}
	struct str pointer = fragment;
	const struct schema_place *place;
	if (!pointer_decode_fragment(fragment, compiler->arena, &pointer)) return true;
	*target = follow(compiler, pointer, &resource, &place);
	return !*target || compiler_scan(compiler, *target, resource, place);
}

/* A reference that is not there: what it says, and what to do. */
static bool fail_nowhere(struct compiler *compiler, const char *keyword, const struct node *reference, bool document)
{
	struct text text;
	struct str name = node_text(reference);
	if (document) {
		text = text_printf(compiler->arena,
				"leads to a document that keur has not got, %.*s: copy what it needs below \"$defs\"",
				"verwijst naar een document dat keur niet heeft, %.*s: neem wat nodig is op onder \"$defs\"",
				STR_FMT(name));
	} else {
		text = text_printf(compiler->arena, "leads nowhere: there is no %.*s in this schema",
				"leidt nergens heen: dit schema heeft geen %.*s", STR_FMT(name));
	}
	return compiler_fail(compiler, keyword, reference, text.in[LANG_EN].ptr, text.in[LANG_NL].ptr);
}

bool compiler_resolve(struct compiler *compiler, const char *keyword, const struct node *reference,
		const struct node **target, struct str *dynamic_name)
{
	struct str fragment;
	struct str uri = uri_without_fragment(node_text(reference), &fragment);
	struct resource *own = current_resource(compiler);
	uint32_t resource = (uint32_t)(own - compiler->resources.items);
	*dynamic_name = (struct str){NULL, 0};
	if (uri.len > 0) {
		uri = uri_resolve(compiler->arena, own->uri, uri);
		struct dialect dialect = own->dialect;
		if (!compiler_load(compiler, uri, &dialect, &resource)) return false;
		if (resource == NO_BLOCK) return fail_nowhere(compiler, keyword, reference, true);
	}
	if (!find_fragment(compiler, resource, fragment, target, dynamic_name)) return false;
	return *target || fail_nowhere(compiler, keyword, reference, false);
}
