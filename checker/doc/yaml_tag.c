/* SPDX-License-Identifier: EUPL-1.2 */
/* Scalars and containers by their tags. */
#include "doc/yaml_tag.h"

#include "doc/scalar.h"

#define CORE "tag:yaml.org,2002:"

/* The name of a tag of the core schema, else NULL; the schemas of YAML 1.1 have more names, such as !!binary. */
static const char *core_name(const char *tag)
{
	static const char *const names[] = {"str", "null", "bool", "int", "float", "map", "seq"};
	if (strcmp(tag, "!") == 0) return "str";
	if (strncmp(tag, CORE, sizeof CORE - 1) != 0) return NULL;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (strcmp(tag + sizeof CORE - 1, names[i]) == 0) return names[i];
	return NULL;
}

static void be_string(struct node *node, struct str text)
{
	node->kind = NODE_STRING;
	node->text = text.ptr;
	node->len = (uint32_t)text.len;
}

static bool agrees(const char *name, const struct node *node, struct str text)
{
	if (strcmp(name, "null") == 0) return node->kind == NODE_NULL;
	if (strcmp(name, "bool") == 0) return node->kind == NODE_TRUE || node->kind == NODE_FALSE;
	if (node->kind != NODE_NUMBER) return false;
	bool based = str_starts(text, STR("0x")) || str_starts(text, STR("0o"));
	bool whole = based || (str_find(text, '.') == text.len && str_find(text, 'e') == text.len &&
								  str_find(text, 'E') == text.len);
	if (strcmp(name, "int") == 0) return whole;
	return strcmp(name, "float") == 0 && !based;
}

static enum yaml_tag_fit resolve(
		struct str text, struct arena *arena, struct arena *err_arena, struct node *node, struct text *problem)
{
	if (scalar_resolve(text, arena, node)) return TAG_FITS;
	*problem = text_printf(err_arena, "a number of more than %d digits in base 8 or 16; put it between quotes",
			"een getal van meer dan %d cijfers met grondtal 8 of 16; zet het tussen aanhalingstekens", SCALAR_DIGITS);
	return TAG_WRONG;
}

enum yaml_tag_fit yaml_tag_scalar(struct str text, bool plain, const char *tag, struct arena *arena,
		struct arena *err_arena, struct node *node, struct text *problem)
{
	const char *name = tag ? core_name(tag) : NULL;
	if (name ? strcmp(name, "str") == 0 : !plain) {
		be_string(node, text);
		return tag && !name ? TAG_UNKNOWN : TAG_FITS;
	}
	if (resolve(text, arena, err_arena, node, problem) == TAG_WRONG) return TAG_WRONG;
	if (!name) return tag ? TAG_UNKNOWN : TAG_FITS;
	if (agrees(name, node, text)) return TAG_FITS;
	*problem = text_printf(err_arena, "expected a value that agrees with its tag !!%s, found '%.*s'",
			"verwacht: een waarde die past bij de tag !!%s, gevonden: '%.*s'", name,
			(int)(text.len < 40 ? text.len : 40), text.ptr);
	return TAG_WRONG;
}

enum yaml_tag_fit yaml_tag_container(
		enum node_kind kind, const char *tag, struct arena *err_arena, struct text *problem)
{
	if (!tag || strcmp(tag, "!") == 0) return TAG_FITS;
	const char *name = core_name(tag);
	if (!name) return TAG_UNKNOWN;
	if (strcmp(name, kind == NODE_OBJECT ? "map" : "seq") == 0) return TAG_FITS;
	*problem = kind == NODE_OBJECT
					   ? text_printf(err_arena, "expected a value that agrees with its tag !!%s, found a mapping",
								 "verwacht: een waarde die past bij de tag !!%s, gevonden: een mapping", name)
					   : text_printf(err_arena, "expected a value that agrees with its tag !!%s, found a list",
								 "verwacht: een waarde die past bij de tag !!%s, gevonden: een lijst", name);
	return TAG_WRONG;
}
