/* SPDX-License-Identifier: EUPL-1.2 */
/* Messages of assertions, diagnostics and properties. */
#include "engine/schematron_build.h"

#include "base/limits.h"

struct builder {
	struct schematron_build *build;
	struct schematron_element element; /* whose content it is */
	unsigned langs;
	struct {
		struct schematron_piece *items;
		size_t count, capacity;
	} pieces;
};

static bool add_content(struct builder *builder, struct schematron_element element, unsigned langs);

static bool add_value(struct builder *builder, struct schematron_element element, const char *attribute, int kind)
{
	struct schematron_piece piece = {.expr = SCHEMATRON_NONE, .langs = builder->langs};
	piece.kind = kind;
	if (kind == PIECE_VALUE || element_attribute_node(element, attribute))
		if (!build_expr(builder->build, element, attribute, &piece.expr)) return false;
	*vec_push(&builder->pieces) = piece;
	return source_count(&builder->build->source, element);
}

static bool is_xslt(const xmlNode *node, const char *name)
{
	return node->ns && strcmp((const char *)node->ns->href, XSLT_NAMESPACE) == 0 &&
		   strcmp((const char *)node->name, name) == 0;
}

static unsigned own_langs(const xmlNode *node, unsigned outer)
{
	for (const xmlAttr *attribute = node->properties; attribute; attribute = attribute->next)
		if (attribute->ns && strcmp((const char *)attribute->name, "lang") == 0)
			return outer & build_langs(element_lang(node));
	return outer;
}

static bool add_element(struct builder *builder, struct schematron_element child)
{
	static const char *const marks[] = {"emph", "dir", "span"};
	if (element_is(child, "value-of")) return add_value(builder, child, "select", PIECE_VALUE);
	if (element_is(child, "name")) return add_value(builder, child, "path", PIECE_NAME);
	if (is_xslt(child.node, "value-of") || is_xslt(child.node, "copy-of"))
		return add_value(builder, child, "select", PIECE_VALUE);
	bool ours = element_is_ours(child.node), mark = !ours;
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
		mark = mark || element_is(child, marks[i]);
	if (mark) return add_content(builder, child, own_langs(child.node, builder->langs));
	return element_fail(&builder->build->source, child, NULL,
			text_printf(builder->build->arena, "element %s of Schematron is not known, or has no place in %s",
					"element %s van Schematron is niet bekend, of hoort niet in %s", (const char *)child.node->name,
					(const char *)builder->element.node->name));
}

static bool add_content(struct builder *builder, struct schematron_element element, unsigned langs)
{
	unsigned outer = builder->langs;
	bool ok = true;
	builder->langs = langs;
	for (const xmlNode *node = element.node->children; node && ok; node = node->next) {
		struct schematron_element child = {element.doc, node, element.chain, element.params};
		bool text = node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE;
		if (text && node->content)
			*vec_push(&builder->pieces) = (struct schematron_piece){
					.kind = PIECE_TEXT, .text = str_of((const char *)node->content), .langs = langs};
		else if (node->type == XML_ELEMENT_NODE && element_is(child, "include")) {
			struct schematron_element target;
			ok = source_follow(&builder->build->source, child, &target) && add_element(builder, target);
		} else if (node->type == XML_ELEMENT_NODE)
			ok = add_element(builder, child);
	}
	builder->langs = outer;
	return ok;
}

bool build_message(
		struct schematron_build *build, struct schematron_element element, struct schematron_message *message)
{
	struct builder builder = {.build = build, .element = element};
	bool ok = add_content(&builder, element, 1u << LANG_EN | 1u << LANG_NL);
	message->count = (uint32_t)builder.pieces.count;
	message->pieces = arena_alloc(build->arena, message->count * sizeof *message->pieces);
	if (message->count) memcpy(message->pieces, builder.pieces.items, message->count * sizeof *message->pieces);
	vec_release(&builder.pieces);
	return ok;
}

/* Adds text with white space made one space. */
static void add_normal(struct strbuf *out, struct str text)
{
	for (size_t i = 0; i < text.len; i++) {
		bool space = memchr(" \t\r\n", text.ptr[i], 4) != NULL;
		if (!space)
			strbuf_add_char(out, text.ptr[i]);
		else if (out->len && out->ptr[out->len - 1] != ' ')
			strbuf_add_char(out, ' ');
	}
}

struct text build_title(struct arena *arena, const struct schematron_message *message)
{
	struct text title;
	for (int lang = 0; lang < LANG_COUNT; lang++) {
		struct strbuf out;
		strbuf_init(&out, LIMIT_MESSAGE_BYTES);
		for (uint32_t i = 0; i < message->count; i++)
			if (message->pieces[i].langs & 1u << lang)
				add_normal(&out, message->pieces[i].kind == PIECE_TEXT ? message->pieces[i].text : STR("…"));
		while (out.len && out.ptr[out.len - 1] == ' ')
			out.len--;
		title.in[lang] = strbuf_take(&out, arena);
	}
	return title;
}
