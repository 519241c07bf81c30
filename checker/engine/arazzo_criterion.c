/* SPDX-License-Identifier: EUPL-1.2 */
/* Compiling criteria. */
#include "engine/arazzo_compile.h"
#include "engine/jsonpath.h"
#include "engine/xpath.h"

static bool is_one_of(struct str text, const char *const *names)
{
	for (; *names; names++)
		if (str_eq(text, str_of(*names))) return true;
	return false;
}

bool expression_type(struct loading *loading, const struct node *type, struct str *name, bool *draft)
{
	static const char *const paths[] = {"rfc9535", "draft-goessner-dispatch-jsonpath-00", NULL};
	static const char *const xpaths[] = {"xpath-31", "xpath-30", "xpath-20", "xpath-10", NULL};
	static const char *const pointers[] = {"rfc6901", NULL};
	*draft = false;
	if (type->kind == NODE_STRING) {
		*name = node_text(type);
		return true;
	}
	if (!shape_check(loading, type, SHAPE_EXPRESSION_TYPE)) return false;
	const struct node *version = node_member(type, STR("version"));
	*name = node_string_member(type, STR("type"));
	bool known = str_eq(*name, STR("jsonpath"))      ? is_one_of(node_text(version), paths)
				 : str_eq(*name, STR("xpath"))       ? is_one_of(node_text(version), xpaths)
				 : str_eq(*name, STR("jsonpointer")) ? is_one_of(node_text(version), pointers)
													 : false;
	*draft = !str_eq(node_text(version), STR("rfc9535"));
	if (known) return true;
	return expected_error(loading, version,
			TEXT("jsonpath with rfc9535 or draft-goessner-dispatch-jsonpath-00, xpath with xpath-31, -30, -20 or -10, "
				 "or jsonpointer with rfc6901",
					"jsonpath met rfc9535 of draft-goessner-dispatch-jsonpath-00, xpath met xpath-31, -30, -20 of -10, "
					"of jsonpointer met rfc6901"));
}

const struct jsonpath *selector_path(struct loading *loading, struct str text, bool draft, struct text *why)
{
	struct err err;
	err_init(&err, loading->arena);
	const struct jsonpath *path = jsonpath_compile(loading->arena, text, JSONPATH_RFC9535, &err);
	if (path) return path;
	*why = err.message;
	err_init(&err, loading->arena);
	return draft ? jsonpath_compile(loading->arena, text, JSONPATH_SPECTRAL, &err) : NULL;
}

/* Later versions answer otherwise where 1.0 answers too (comparing texts by order), so they are not taken for it. */
void xpath_admit(struct loading *loading, const struct node *at, const struct node *type, const struct str *text,
		struct text *unusable)
{
	struct err err;
	struct str version = type && type->kind == NODE_OBJECT ? node_string_member(type, STR("version")) : STR("");
	err_init(&err, loading->arena);
	if (version.len > 0 && !str_eq(version, STR("xpath-10")))
		*unusable = TEXT("only XPath 1.0 (xpath-10) is evaluated, later versions of XPath are not",
				"alleen XPath 1.0 (xpath-10) wordt uitgevoerd, latere versies van XPath niet");
	else if (text && !xpath_check(*text, &err))
		*unusable = err.message;
	else if (version.len == 0)
		add_remark(loading, at,
				TEXT("XPath without a version is evaluated as XPath 1.0; say so with version xpath-10",
						"XPath zonder versie wordt uitgevoerd als XPath 1.0; geef dat aan met versie xpath-10"));
	if (version.len == 0 && loading->remarks.count > 0 && unusable->in[LANG_EN].len == 0)
		loading->remarks.items[loading->remarks.count - 1].harmless = true;
	if (unusable->in[LANG_EN].len > 0) add_remark(loading, at, *unusable);
}

static bool bind_condition(struct loading *loading, const struct node *at, struct condition *condition)
{
	if (!condition) return true;
	if (condition->op == CONDITION_EXPRESSION && !expression_bind(loading, at, &condition->expression)) return false;
	return bind_condition(loading, at, condition->left) && bind_condition(loading, at, condition->right);
}

static bool simple_compile(struct loading *loading, struct criterion *criterion)
{
	struct expression_fault fault = {0};
	const struct node *at = criterion->condition_node;
	criterion->simple = condition_parse(loading->arena, node_text(at), &fault);
	if (!criterion->simple) return fault_error(loading, at, &fault) || forgiven(loading, &criterion->unusable);
	return bind_condition(loading, at, criterion->simple);
}

/* A path that is none is no mistake of form: Arazzo has it fail when it is evaluated. It is undecided, and remarked. */
static bool path_compile(struct loading *loading, struct criterion *criterion, bool draft)
{
	struct text why;
	if (!criterion->text.constant) return true;
	criterion->path = selector_path(loading, node_text(criterion->condition_node), draft, &why);
	if (criterion->path) return true;
	criterion->unusable = why;
	add_remark(loading, criterion->condition_node, why);
	return true;
}

static bool regex_read(struct loading *loading, struct criterion *criterion)
{
	struct err err;
	if (!criterion->text.constant) return true;
	err_init(&err, loading->arena);
	criterion->regex = regex_compile(loading->arena, node_text(criterion->condition_node), STR("u"), &err);
	if (!criterion->regex) {
		err_init(&err, loading->arena);
		criterion->regex = regex_compile(loading->arena, node_text(criterion->condition_node), STR(""), &err);
	}
	if (criterion->regex) return true;
	err_set_text(loading->err, ERR_RULES, source_loc(loading->part->doc->source, criterion->condition_node->start),
			(struct text){0}, err.message);
	return forgiven(loading, &criterion->unusable);
}

static bool kind_read(struct loading *loading, const struct node *type, struct criterion *criterion, bool *draft)
{
	static const char *const names[] = {"simple", "regex", "jsonpath", "xpath"};
	struct str name = STR("simple");
	*draft = false;
	if (type && !expression_type(loading, type, &name, draft)) return false;
	for (int i = 0; i < 4; i++) {
		if (!str_eq(name, str_of(names[i]))) continue;
		criterion->kind = (enum criterion_kind)i;
		return true;
	}
	return expected_error(loading, type, TEXT("simple, regex, jsonpath or xpath", "simple, regex, jsonpath of xpath"));
}

static bool other_compile(struct loading *loading, const struct node *node, struct criterion *criterion, bool draft)
{
	struct expression_fault fault = {0};
	const struct node *context = node_member(node, STR("context")), *at = criterion->condition_node;
	if (!context)
		return AT_ERROR(loading, node, "expected member \"context\" beside this type of criterion, found none",
				"verwacht werd lid \"context\" bij dit soort criterium, maar dat is er niet");
	if (!expression_compile(loading, context, &criterion->context)) return false;
	if (!template_parse_embedded(loading->arena, node_text(at), &criterion->text, &fault))
		return fault_error(loading, at, &fault) || forgiven(loading, &criterion->unusable);
	if (!template_bind(loading, at, &criterion->text)) return false;
	if (criterion->kind == CRITERION_REGEX) return regex_read(loading, criterion);
	if (criterion->kind == CRITERION_JSONPATH) return path_compile(loading, criterion, draft);
	const struct node *found = node_member(node, STR("x-keur-found"));
	if (found && found->kind == NODE_STRING) criterion->found = node_text(found);
	struct str text = node_text(at);
	xpath_admit(
			loading, at, node_member(node, STR("type")), criterion->text.constant ? &text : NULL, &criterion->unusable);
	return true;
}

/* On what answers the criterion is about at all: a simple condition. */
static bool when_compile(struct loading *loading, const struct node *node, struct criterion *criterion)
{
	struct expression_fault fault = {0};
	const struct node *when = node_member(node, STR("x-keur-when"));
	if (!when) return true;
	if (when->kind != NODE_STRING) return expected_error(loading, when, TEXT("a condition", "een conditie"));
	criterion->when = condition_parse(loading->arena, node_text(when), &fault);
	return criterion->when ? bind_condition(loading, when, criterion->when) : fault_error(loading, when, &fault);
}

static bool criterion_compile(
		struct loading *loading, const struct node *node, uint32_t rule, struct criterion *criterion)
{
	bool draft;
	if (!shape_check(loading, node, SHAPE_CRITERION)) return false;
	*criterion = (struct criterion){.node = node, .condition_node = node_member(node, STR("condition"))};
	if (!rule_of(loading, node, rule, &criterion->rule)) return false;
	if (!text_of(loading, node, "x-keur-message", &criterion->message)) return false;
	if (!text_of(loading, node, "x-keur-expected", &criterion->expected)) return false;
	if (!flag_of(loading, node, "x-keur-aside", &criterion->aside)) return false;
	if (!when_compile(loading, node, criterion)) return false;
	if (!kind_read(loading, node_member(node, STR("type")), criterion, &draft)) return false;
	if (criterion->rule != NO_RULE) loading->rules.items[criterion->rule].uses++;
	const struct node *context = node_member(node, STR("context"));
	if (criterion->kind != CRITERION_SIMPLE) return other_compile(loading, node, criterion, draft);
	return (!context || expression_compile(loading, context, &criterion->context)) &&
		   simple_compile(loading, criterion);
}

bool criteria_compile(
		struct loading *loading, const struct node *list, uint32_t rule, struct criterion **out, uint32_t *count)
{
	uint32_t total = list ? list->len : 0;
	*out = arena_zalloc(loading->arena, (total + 1) * sizeof **out);
	*count = total;
	for (uint32_t i = 0; i < total; i++)
		if (!criterion_compile(loading, &list->children[i], rule, &(*out)[i])) return false;
	return true;
}
