/* SPDX-License-Identifier: EUPL-1.2 */
/* Checking the options of core functions: strict, with the place of the fault and what would do. */
#include "engine/function_private.h"
#include "engine/js.h"

struct loc option_loc(const struct options *options, const struct node *node)
{
	if (!options->source) return (struct loc){0};
	return source_loc(options->source, node ? node->start : 0);
}

bool options_fail(const struct options *options)
{
	return err_set(options->err, ERR_RULES, option_loc(options, options->node),
			"\"%s\" function has invalid options specified. Example valid options: %s",
			"de functie \"%s\" heeft ongeldige opties. Voorbeelden van geldige opties: %s", options->function,
			options->example);
}

bool options_none(const struct options *options)
{
	if (!options->node || options->node->kind == NODE_NULL) return true;
	return err_set(options->err, ERR_RULES, option_loc(options, options->node),
			"\"%s\" function does not accept any options: remove functionOptions",
			"de functie \"%s\" kent geen opties: haal functionOptions weg", options->function);
}

bool option_fail(
		const struct options *options, const char *name, const struct node *value, const char *en, const char *nl)
{
	struct str found = js_found(options->arena, value);
	struct str in_english = str_printf(options->arena, "\"%s\" function and its \"%s\" option %s; found %.*s",
			options->function, name, en, STR_FMT(found));
	struct str in_dutch = str_printf(options->arena, "de optie \"%s\" van de functie \"%s\" %s; gevonden: %.*s", name,
			options->function, nl, STR_FMT(found));
	return err_set(
			options->err, ERR_RULES, option_loc(options, value), "%s%.0s", "%.0s%s", in_english.ptr, in_dutch.ptr);
}

/* The names as `"a", "b"`. */
static struct str list_names(struct arena *arena, const char *const *names)
{
	struct str list = {"", 0};
	for (; *names; names++)
		list = str_printf(arena, "%.*s%s\"%s\"", STR_FMT(list), list.len ? ", " : "", *names);
	return list;
}

static bool is_named(const char *const *names, struct str key)
{
	for (; *names; names++)
		if (str_eq(str_of(*names), key)) return true;
	return false;
}

bool options_object(const struct options *options, const char *const *names, bool optional)
{
	const struct node *node = options->node;
	if (optional && (!node || node->kind == NODE_NULL)) return true;
	if (!node || node->kind != NODE_OBJECT) return options_fail(options);
	for (uint32_t i = 0; i < node->len; i++) {
		const struct node *member = &node->children[i];
		if (is_named(names, node_key(member))) continue;
		struct str list = list_names(options->arena, names);
		struct loc loc = option_loc(options, member);
		return err_set(options->err, ERR_RULES, loc,
				"\"%s\" function does not support \"%.*s\" option; it supports %.*s",
				"de functie \"%s\" kent geen optie \"%.*s\"; wel: %.*s", options->function, STR_FMT(node_key(member)),
				STR_FMT(list));
	}
	return true;
}
