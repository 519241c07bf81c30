/* SPDX-License-Identifier: EUPL-1.2 */
/* Expressions and variables of a schema in the making. */
#include "engine/schematron_build.h"

#include "base/limits.h"
#include "base/utf8.h"

static bool has_prefix(const void *context, struct str prefix)
{
	const struct schematron_build *build = context;
	return strmap_get(&build->prefix_index, prefix) != NULL;
}

static bool has_key(const void *context, struct str name)
{
	const struct schematron_build *build = context;
	return strmap_get(&build->key_index, name) != NULL;
}

/* Names of variables by where they are defined: S schema, H phase, P pattern, R rule, * anywhere but in a rule. */
static const uint32_t *find_at(const struct schematron_build *build, char where, uint32_t number, struct str name)
{
	return strmap_get(&build->variable_index, str_printf(build->arena, "%c%u %.*s", where, number, STR_FMT(name)));
}

static bool find_variable(void *context, struct str name, uint32_t *number, bool *of_rule)
{
	struct schematron_build *build = context;
	const uint32_t *found = NULL;
	if (build->rule != SCHEMATRON_NONE) found = find_at(build, 'R', build->rule, name);
	if (!found && build->pattern != SCHEMATRON_NONE) {
		found = find_at(build, 'P', build->pattern, name);
		if (found) build->variables.items[*found].used = true;
	}
	if (!found) found = find_at(build, 'H', 0, name);
	if (!found) found = find_at(build, 'S', 0, name);
	if (!found) found = find_at(build, '*', 0, name);
	if (!found) return false;
	*number = *found;
	*of_rule = build->variables.items[*found].of_rule;
	return true;
}

static bool parse(struct schematron_build *build, struct str text, bool context, struct xpath_form *form,
		struct xpath_fault *fault)
{
	struct xpath_scope scope = {
			.context = build, .prefix = has_prefix, .variable = find_variable, .key = has_key, .pattern = context};
	return xpath_form(build->arena, text, &scope, form, fault);
}

bool build_try(struct schematron_build *build, struct str text, bool context, struct xpath_form *form)
{
	struct xpath_fault fault;
	return parse(build, text, context, form, &fault);
}

/* The first constructs of XPath 2 are told when the schema asks for a later query binding. */
static void collect_newer(
		struct schematron_build *build, struct schematron_element element, const struct xpath_fault *fault)
{
	enum { TOLD = 5 };
	if (!fault->newer) return;
	struct loc loc = source_loc(element.doc->source, xml_offset(element.doc, element.node));
	if (build->newer_count++ < TOLD)
		strbuf_printf(&build->newer, "%s%.*s (%.*s:%u)", build->newer.len ? ", " : "", STR_FMT(fault->what),
				STR_FMT(loc.file), loc.line);
}

static bool complain(struct schematron_build *build, struct schematron_element element, const char *attribute,
		struct str text, const struct xpath_fault *fault)
{
	const xmlAttr *at = element_attribute_node(element, attribute);
	uint32_t offset = xml_offset(element.doc, at ? (const xmlNode *)at : element.node);
	struct str shown = utf8_shown(build->arena, text, fault->offset);
	struct text before = text_printf(build->arena,
			"%s \"%.*s\", character %zu: ", "%s \"%.*s\", teken %zu: ", attribute, STR_FMT(shown), fault->offset + 1);
	return err_set_text(build->err, ERR_RULES, source_loc(element.doc->source, offset), before, fault->message);
}

bool build_text(struct schematron_build *build, struct schematron_element element, const char *attribute,
		struct str text, bool context, uint32_t *expr)
{
	struct xpath_fault fault = {0};
	struct xpath_form form;
	if (!parse(build, text, context, &form, &fault)) {
		if (build->collecting) {
			collect_newer(build, element, &fault);
			*expr = 0;
			return true;
		}
		return complain(build, element, attribute, text, &fault);
	}
	uint32_t *known = strmap_get(&build->expr_index, str_of(form.text));
	*expr = known ? *known : (uint32_t)build->exprs.count;
	if (known) return true;
	*vec_push(&build->exprs) = (struct schematron_expr){form, text};
	strmap_put(&build->expr_index, str_of(form.text), *expr);
	return true;
}

bool build_expr(
		struct schematron_build *build, struct schematron_element element, const char *attribute, uint32_t *expr)
{
	struct str text = element_attribute(&build->source, element, attribute);
	if (build->err->code) return false;
	if (!text.ptr)
		return element_fail(&build->source, element, NULL,
				text_printf(build->arena, "expected an attribute %s on %s", "verwacht werd een attribuut %s op %s",
						attribute, (const char *)element.node->name));
	return build_text(build, element, attribute, text, false, expr);
}

static bool is_name(struct str name)
{
	return name.len && xpath_name_length(name) == name.len;
}

/* Puts the variable where it can be found; false when there is one of that name already. */
static bool register_let(struct schematron_build *build, struct str name, uint32_t number)
{
	char where = build->rule != SCHEMATRON_NONE      ? 'R'
				 : build->pattern != SCHEMATRON_NONE ? 'P'
				 : build->in_phase                   ? 'H'
													 : 'S';
	uint32_t owner = where == 'R' ? build->rule : where == 'P' ? build->pattern : 0;
	if (!strmap_put(&build->variable_index, str_printf(build->arena, "%c%u %.*s", where, owner, STR_FMT(name)), number))
		return false;
	struct str anywhere = str_printf(build->arena, "*0 %.*s", STR_FMT(name));
	if (where != 'R' && !strmap_get(&build->variable_index, anywhere))
		strmap_put(&build->variable_index, anywhere, number);
	return true;
}

static bool complain_twice(struct schematron_build *build, struct schematron_element element, struct str name)
{
	return element_fail(&build->source, element, "name",
			text_printf(build->arena, "there is a variable $%.*s here already; give one of them another name",
					"er is hier al een variabele $%.*s; geef een van beide een andere naam", STR_FMT(name)));
}

bool build_given(struct schematron_build *build, struct schematron_element element, struct str name, bool list)
{
	struct schematron_let let = {
			.name = name, .kind = list ? LET_LIST : LET_TODAY, .expr = SCHEMATRON_NONE, .pattern = SCHEMATRON_NONE};
	if (!is_name(name))
		return element_fail(&build->source, element, "name",
				TEXT("expected a name for the list, in an attribute name",
						"verwacht werd een naam voor de lijst, in een attribuut name"));
	if (!register_let(build, name, (uint32_t)build->variables.count)) return complain_twice(build, element, name);
	*vec_push(&build->variables) = let;
	return source_count(&build->source, element);
}

bool build_let(struct schematron_build *build, struct schematron_element element)
{
	struct str name = element_attribute(&build->source, element, "name");
	struct schematron_let let = {.name = name,
			.expr = SCHEMATRON_NONE,
			.pattern = build->pattern,
			.of_rule = build->rule != SCHEMATRON_NONE};
	if (build->err->code || !source_count(&build->source, element)) return false;
	if (!is_name(name))
		return element_fail(&build->source, element, "name",
				TEXT("expected a name for the variable, in an attribute name",
						"verwacht werd een naam voor de variabele, in een attribuut name"));
	if (element_attribute_node(element, "value")) {
		if (!build_expr(build, element, "value", &let.expr)) return false;
	} else {
		let.content = element.node;
	}
	uint32_t number = (uint32_t)build->variables.count;
	bool of_pattern = build->pattern != SCHEMATRON_NONE && build->rule == SCHEMATRON_NONE;
	if (of_pattern && find_at(build, 'S', 0, name))
		*vec_push(&build->hiding) = (struct build_hiding){element, name, number};
	if (!register_let(build, name, number)) return complain_twice(build, element, name);
	*vec_push(&build->variables) = let;
	return true;
}

/*
 * ISO/IEC 19757-3 forbids to define a variable twice, and lets patterns see the variables of earlier ones. Where a
 * pattern itself uses its variable it is clear which one is meant, there and elsewhere. One that it does not use can
 * only be meant for the patterns behind it, and those have the schema's.
 */
bool build_hidden(struct schematron_build *build)
{
	for (size_t i = 0; i < build->hiding.count; i++) {
		const struct build_hiding *hiding = &build->hiding.items[i];
		if (build->variables.items[hiding->number].used) continue;
		return element_fail(&build->source, hiding->element, "name",
				text_printf(build->arena,
						"the schema has a variable $%.*s too, and this pattern does not use its own; give one of them another "
						"name",
						"het schema heeft ook een variabele $%.*s, en dit patroon gebruikt de zijne niet; geef een van beide "
						"een andere naam",
						STR_FMT(hiding->name)));
	}
	return true;
}

unsigned build_langs(struct str lang)
{
	if (str_starts(lang, STR("nl"))) return 1u << LANG_NL;
	if (str_starts(lang, STR("en"))) return 1u << LANG_EN;
	return 1u << LANG_NL | 1u << LANG_EN;
}
