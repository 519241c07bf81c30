/* SPDX-License-Identifier: EUPL-1.2 */
/* References that cannot be followed: where they are, and what a person is told. */
#include "base/limits.h"
#include "doc/pointer.h"
#include "doc/ref_private.h"

enum { SHOWN_BYTES = 40 }; /* of a reference that is no string */

struct collector {
	struct refs *refs;
	uint32_t room;
	struct strbuf pointer;
};

static struct text text_unreadable(struct arena *arena, struct str reference, const struct text *why)
{
	struct str en = why ? text_in(*why, LANG_EN) : STR("");
	struct str nl = why ? text_in(*why, LANG_NL) : STR("");
	return (struct text){{
			str_printf(
					arena, "$ref \"%.*s\" cannot be followed; of the document: %.*s", STR_FMT(reference), STR_FMT(en)),
			str_printf(arena, "$ref \"%.*s\" kan niet gevolgd worden; over het document: %.*s", STR_FMT(reference),
					STR_FMT(nl)),
	}};
}

static struct text text_remote(struct arena *arena, struct str reference, const struct text *why)
{
	if (!why)
		return text_printf(arena,
				"$ref \"%.*s\" is on another host, which was not asked; bundle the document, or let keur ask",
				"$ref \"%.*s\" staat op een andere server, die niet is geraadpleegd; bundel het document, of laat keur het "
				"ophalen",
				STR_FMT(reference));
	return (struct text){{
			str_printf(arena, "$ref \"%.*s\" could not be fetched: %.*s", STR_FMT(reference),
					STR_FMT(text_in(*why, LANG_EN))),
			str_printf(arena, "$ref \"%.*s\" kon niet worden opgehaald: %.*s", STR_FMT(reference),
					STR_FMT(text_in(*why, LANG_NL))),
	}};
}

static struct text text_of_problem(
		struct arena *arena, enum ref_problem_kind kind, struct str s, const struct text *why)
{
	switch (kind) {
	case REF_DANGLING:
		return text_printf(arena, "$ref \"%.*s\" leads nowhere: there is no such value; correct it or add the value",
				"$ref \"%.*s\" leidt nergens heen: die waarde bestaat niet; verbeter de verwijzing of voeg de waarde toe",
				STR_FMT(s));
	case REF_UNREADABLE:
		return text_unreadable(arena, s, why);
	case REF_RING:
		return text_printf(arena,
				"$ref \"%.*s\" leads through references only, back to itself; give one of them a value",
				"$ref \"%.*s\" leidt alleen via verwijzingen terug naar zichzelf; geef er één een waarde", STR_FMT(s));
	case REF_REMOTE:
		return text_remote(arena, s, why);
	case REF_MALFORMED:
		return text_printf(arena,
				"$ref \"%.*s\" is no URI reference with a JSON Pointer, such as \"#/components/schemas/Zaak\"",
				"$ref \"%.*s\" is geen URI-verwijzing met een JSON Pointer, zoals \"#/components/schemas/Zaak\"",
				STR_FMT(s));
	case REF_LIMIT:
		break;
	}
	return text_printf(arena, "$ref \"%.*s\" is not followed: more than %d documents, or %d references in a chain",
			"$ref \"%.*s\" wordt niet gevolgd: meer dan %d documenten, of %d verwijzingen achter elkaar", STR_FMT(s),
			LIMIT_DOCUMENTS, LIMIT_REF_HOPS);
}

/* The reference as the document has it; what is no string is shown by its beginning. */
static struct str written(const struct doc *doc, const struct node *reference)
{
	if (reference->kind == NODE_STRING) return node_text(reference);
	size_t length = reference->end > reference->start ? reference->end - reference->start : 0;
	return (struct str){doc->source->bytes.ptr + reference->start, length < SHOWN_BYTES ? length : SHOWN_BYTES};
}

static void add_problem(struct collector *c, const struct ref_entry *entry)
{
	struct refs *refs = c->refs;
	struct str reference = written(entry->doc, ref_member(entry->node));
	refs->problems[refs->problem_count++] = (struct ref_problem){
			.kind = entry->kind,
			.doc = entry->doc,
			.node = entry->node,
			.reference = reference,
			.pointer = c->pointer.overflow ? str_printf(refs->arena, "%.*s/…", STR_FMT(strbuf_str(&c->pointer)))
										   : str_copy(refs->arena, strbuf_str(&c->pointer)),
			.message = text_of_problem(refs->arena, entry->kind, reference, entry->why),
	};
	c->room--;
}

/* Walks down with the pointer at hand and stops when all problems have their place. */
static void collect(struct collector *c, const struct node *node)
{
	struct ref_entry *entry = node->kind == NODE_OBJECT ? ref_entry_find(c->refs, node) : NULL;
	if (entry && entry->to_report) {
		add_problem(c, entry);
		entry->to_report = false;
	}
	size_t before = c->pointer.len;
	bool overflow = c->pointer.overflow;
	for (uint32_t i = 0; i < node->len && c->room > 0; i++) {
		const struct node *child = &node->children[i];
		if (!node_is_container(child)) continue;
		if (child->key)
			pointer_add_token(&c->pointer, node_key(child));
		else
			pointer_add_index(&c->pointer, i);
		collect(c, child);
		c->pointer.len = before;
		c->pointer.overflow = overflow;
		if (c->pointer.ptr) c->pointer.ptr[before] = '\0';
	}
}

void ref_problems_collect(struct refs *refs, uint32_t count)
{
	if (count == 0) return;
	struct collector c = {.refs = refs, .room = count};
	refs->problems = arena_alloc(refs->arena, count * sizeof *refs->problems);
	strbuf_init(&c.pointer, LIMIT_MESSAGE_BYTES);
	for (uint32_t i = 0; i < refs->doc_count && c.room > 0; i++)
		if (node_is_container(refs->docs[i]->root)) collect(&c, refs->docs[i]->root);
	strbuf_release(&c.pointer);
}
