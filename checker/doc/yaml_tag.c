/* Scalars and containers by their tags. */
#include "doc/yaml_tag.h"

#include "doc/scalar.h"

#define CORE "tag:yaml.org,2002:"

static bool fail_unknown(const char *tag, struct arena *arena, struct text *problem)
{
	*problem = text_printf(arena,
			"expected no tag, or one of !!str !!int !!float !!bool !!null !!map !!seq, found %s; put text that starts "
			"with '!' between quotes",
			"verwacht: geen tag, of een van !!str !!int !!float !!bool !!null !!map !!seq, gevonden: %s; zet tekst die "
			"met '!' begint tussen aanhalingstekens",
			tag);
	return false;
}

/* The name of a tag of the core schema, else NULL. */
static const char *core_name(const char *tag)
{
	return strncmp(tag, CORE, sizeof CORE - 1) == 0 ? tag + sizeof CORE - 1 : NULL;
}

static void be_string(struct node *node, struct str text)
{
	node->kind = NODE_STRING;
	node->text = text.ptr;
	node->len = (uint32_t)text.len;
}

static bool is_scalar_name(const char *name)
{
	static const char *const names[] = {"null", "bool", "int", "float"};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (strcmp(name, names[i]) == 0) return true;
	return false;
}

static bool agrees(const char *name, const struct node *node, struct str text)
{
	if (strcmp(name, "null") == 0) return node->kind == NODE_NULL;
	if (strcmp(name, "bool") == 0) return node->kind == NODE_TRUE || node->kind == NODE_FALSE;
	if (node->kind != NODE_NUMBER) return false;
	bool based = str_starts(text, STR("0x")) || str_starts(text, STR("0o"));
	bool whole = based || (str_find(text, '.') == text.len && str_find(text, 'e') == text.len &&
								  str_find(text, 'E') == text.len);
	return strcmp(name, "float") == 0 ? !based : whole;
}

static bool resolve(
		struct str text, struct arena *arena, struct arena *err_arena, struct node *node, struct text *problem)
{
	if (scalar_resolve(text, arena, node)) return true;
	*problem = text_printf(err_arena, "a number of more than %d digits in base 8 or 16; put it between quotes",
			"een getal van meer dan %d cijfers met grondtal 8 of 16; zet het tussen aanhalingstekens", SCALAR_DIGITS);
	return false;
}

bool yaml_tag_scalar(struct str text, bool plain, const char *tag, struct arena *arena, struct arena *err_arena,
		struct node *node, struct text *problem)
{
	if (!tag && plain) return resolve(text, arena, err_arena, node, problem);
	const char *name = tag && strcmp(tag, "!") != 0 ? core_name(tag) : "str";
	if (!name) return fail_unknown(tag, err_arena, problem);
	if (strcmp(name, "str") == 0) {
		be_string(node, text);
		return true;
	}
	if (!is_scalar_name(name)) return fail_unknown(tag, err_arena, problem);
	if (!resolve(text, arena, err_arena, node, problem)) return false;
	if (agrees(name, node, text)) return true;
	*problem = text_printf(err_arena, "expected a value that agrees with its tag !!%s, found '%.*s'",
			"verwacht: een waarde die past bij de tag !!%s, gevonden: '%.*s'", name,
			(int)(text.len < 40 ? text.len : 40), text.ptr);
	return false;
}

bool yaml_tag_container(enum node_kind kind, const char *tag, struct arena *err_arena, struct text *problem)
{
	if (!tag || strcmp(tag, "!") == 0) return true;
	const char *name = core_name(tag);
	if (name && strcmp(name, kind == NODE_OBJECT ? "map" : "seq") == 0) return true;
	return fail_unknown(tag, err_arena, problem);
}
