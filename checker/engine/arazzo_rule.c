/* SPDX-License-Identifier: EUPL-1.2 */
/* What keur adds to Arazzo: rules by name, texts in two languages, marks. */
#include "base/vec.h"
#include "engine/arazzo_compile.h"
#include "engine/arazzo_node.h"

uint32_t rule_add(struct loading *loading, struct str name, const struct node *at)
{
	const uint32_t *known = strmap_get(&loading->rule_index, name);
	if (known) return *known;
	uint32_t index = (uint32_t)loading->rules.count;
	*vec_push(&loading->rules) = (struct scenario_rule){.name = name,
			.doc = loading->part->doc,
			.pointer = span_pointer(loading->arena, loading->part->doc->root, at->start, at->end),
			.start = at->start,
			.end = at->end};
	strmap_put(&loading->rule_index, name, index);
	return index;
}

static bool fill_text(struct loading *loading, const struct node *member, struct text *out)
{
	static const char *const names[LANG_COUNT] = {"en", "nl"};
	for (uint32_t i = 0; i < member->len; i++) {
		const struct node *item = &member->children[i];
		int lang = 0;
		while (lang < LANG_COUNT && !str_eq(node_key(item), str_of(names[lang])))
			lang++;
		if (lang == LANG_COUNT || item->kind != NODE_STRING)
			return expected_error(
					loading, item, TEXT("a text under \"en\" or \"nl\"", "een tekst onder \"en\" of \"nl\""));
		out->in[lang] = node_text(item);
	}
	if (out->in[LANG_EN].len == 0) out->in[LANG_EN] = out->in[LANG_NL];
	if (out->in[LANG_NL].len == 0) out->in[LANG_NL] = out->in[LANG_EN];
	return true;
}

bool text_of(struct loading *loading, const struct node *node, const char *name, struct text *out)
{
	const struct node *member = node_member(node, str_of(name));
	*out = (struct text){0};
	if (!member) return true;
	if (member->kind == NODE_OBJECT) return fill_text(loading, member, out);
	if (member->kind != NODE_STRING)
		return expected_error(loading, member,
				TEXT("a text, or one under \"en\" and \"nl\"", "een tekst, of een onder \"en\" en \"nl\""));
	out->in[LANG_EN] = out->in[LANG_NL] = node_text(member);
	return true;
}

bool flag_of(struct loading *loading, const struct node *node, const char *name, bool *out)
{
	const struct node *member = node_member(node, str_of(name));
	if (!member) return true;
	if (member->kind != NODE_TRUE && member->kind != NODE_FALSE)
		return expected_error(loading, member, TEXT("true or false", "true of false (waar of onwaar)"));
	*out = member->kind == NODE_TRUE;
	return true;
}

bool rule_of(struct loading *loading, const struct node *node, uint32_t inherited, uint32_t *rule)
{
	const struct node *name = node_member(node, STR("x-keur-rule"));
	struct text message, expected;
	*rule = inherited;
	if (!text_of(loading, node, "x-keur-message", &message) || !text_of(loading, node, "x-keur-expected", &expected))
		return false;
	if (!name) return true;
	if (name->kind != NODE_STRING || name->len == 0)
		return expected_error(loading, name, TEXT("the name of a rule", "de naam van een regel"));
	*rule = rule_add(loading, node_text(name), node);
	struct scenario_rule *known = &loading->rules.items[*rule];
	loading->scenario->named = true;
	if (known->message.in[LANG_EN].len == 0) known->message = message;
	if (known->expected.in[LANG_EN].len == 0) known->expected = expected;
	return true;
}

/* What a step and the action in it both meet with is told once. */
static void remark_at(struct loading *loading, struct loc loc, struct text text)
{
	size_t count = loading->remarks.count;
	const struct scenario_remark *last = count > 0 ? &loading->remarks.items[count - 1] : NULL;
	if (last && last->text.in[LANG_EN].ptr == text.in[LANG_EN].ptr && last->loc.line == loc.line) return;
	*vec_push(&loading->remarks) = (struct scenario_remark){.loc = loc, .text = text};
}

void add_remark(struct loading *loading, const struct node *at, struct text text)
{
	struct loc loc = source_loc(loading->part->doc->source, at->start);
	remark_at(loading, loc, text);
}

bool forgiven(struct loading *loading, struct text *why)
{
	struct err *err = loading->err;
	if (!loading->options || !loading->options->lenient || err->code != ERR_RULES) return false;
	struct loc loc = err->loc;
	loc.file = loading->part->doc->source->name;
	*why = text_copy(loading->arena, err->message);
	remark_at(loading, loc, *why);
	err_init(err, err->arena);
	return true;
}
