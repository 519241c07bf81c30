/* SPDX-License-Identifier: EUPL-1.2 */
/* Judging criteria: holds, violated, undecided; and what was found. */
#include "base/limits.h"
#include "engine/arazzo_play.h"
#include "engine/js.h"
#include "engine/jsonpath.h"
#include "engine/xpath.h"

enum { FOUND_EXPRESSIONS = 4 };

/* A condition while it is evaluated: the first reason why it is undecided, and what its expressions stood for. */
struct judging {
	struct play *play;
	struct frame *frame;
	struct text why;
	struct strbuf found;
	struct str told[FOUND_EXPRESSIONS];
	uint32_t told_count;
};

enum truth { TRUTH_NO, TRUTH_YES, TRUTH_UNKNOWN };

static enum truth truth_of(bool holds)
{
	return holds ? TRUTH_YES : TRUTH_NO;
}

static void tell(struct judging *judging, struct str name, const struct value *value)
{
	for (uint32_t i = 0; i < judging->told_count; i++)
		if (str_eq(judging->told[i], name)) return;
	if (judging->told_count == FOUND_EXPRESSIONS) return;
	judging->told[judging->told_count++] = name;
	struct str shown = value->node ? js_found(judging->play->arena, value->node) : STR("null");
	strbuf_printf(&judging->found, "%s%.*s: %.*s", judging->found.len > 0 ? ", " : "", STR_FMT(name), STR_FMT(shown));
	if (value->why.in[LANG_EN].len > 0) strbuf_printf(&judging->found, " (%.*s)", STR_FMT(value->why.in[LANG_EN]));
}

static struct value operand(struct judging *judging, const struct condition *condition)
{
	if (condition->op == CONDITION_LITERAL) return (struct value){.state = VALUE_THERE, .node = &condition->literal};
	struct value value = expression_value(judging->play, judging->frame, &condition->expression);
	if (value.state == VALUE_UNDECIDED) {
		if (judging->why.in[LANG_EN].len == 0) judging->why = value.why;
	} else {
		tell(judging, condition->expression.text, &value);
	}
	return value;
}

static enum truth evaluate(struct judging *judging, const struct condition *condition);

/* A value as an operand; a comparison or connective inside brackets is true or false, or null where it is unknown. */
static struct value nested(struct judging *judging, const struct condition *condition)
{
	static const struct node truths[] = {{.kind = NODE_FALSE, .text = ""}, {.kind = NODE_TRUE, .text = ""}};
	if (condition->op == CONDITION_LITERAL || condition->op == CONDITION_EXPRESSION) return operand(judging, condition);
	enum truth truth = evaluate(judging, condition);
	if (truth == TRUTH_UNKNOWN) return value_undecided(judging->why);
	return (struct value){.state = VALUE_THERE, .node = &truths[truth]};
}

static enum truth connective(struct judging *judging, const struct condition *condition)
{
	enum truth decisive = condition->op == CONDITION_AND ? TRUTH_NO : TRUTH_YES;
	enum truth left = evaluate(judging, condition->left);
	if (left == decisive) return left;
	enum truth right = evaluate(judging, condition->right);
	if (right == decisive) return right;
	return left == TRUTH_UNKNOWN ? left : right;
}

static enum truth evaluate(struct judging *judging, const struct condition *condition)
{
	switch (condition->op) {
	case CONDITION_AND:
	case CONDITION_OR:
		return connective(judging, condition);
	case CONDITION_NOT: {
		enum truth inside = evaluate(judging, condition->left);
		return inside == TRUTH_UNKNOWN ? inside : truth_of(inside == TRUTH_NO);
	}
	case CONDITION_LITERAL:
	case CONDITION_EXPRESSION: {
		struct value value = operand(judging, condition);
		if (value.state == VALUE_UNDECIDED) return TRUTH_UNKNOWN;
		return truth_of(value.node && js_truthy(value.node));
	}
	default: {
		struct value left = nested(judging, condition->left), right = nested(judging, condition->right);
		if (left.state == VALUE_UNDECIDED || right.state == VALUE_UNDECIDED) return TRUTH_UNKNOWN;
		return truth_of(condition_compare(condition->op, left.node, right.node));
	}
	}
}

static enum truth unknown(struct judging *judging, struct text why)
{
	if (judging->why.in[LANG_EN].len == 0) judging->why = why;
	return TRUTH_UNKNOWN;
}

static enum truth judge_regex(struct judging *judging, const struct regex *regex, const struct node *context)
{
	struct strbuf subject;
	strbuf_init(&subject, LIMIT_SUBJECT_BYTES);
	node_print_text(&subject, context);
	enum regex_result result = subject.overflow ? REGEX_UNDECIDED : regex_search(regex, strbuf_str(&subject));
	strbuf_release(&subject);
	if (result != REGEX_UNDECIDED) return truth_of(result == REGEX_YES);
	return unknown(judging, TEXT("the regular expression takes too long, or the text is too long",
									"de reguliere expressie duurt te lang, of de tekst is te lang"));
}

static bool any_match(void *context, uint32_t number, const struct match *match)
{
	(void)number;
	(void)match;
	*(bool *)context = true;
	return false;
}

static enum truth judge_path(struct judging *judging, const struct jsonpath *path, const struct node *context)
{
	bool found = false;
	struct view view = {judging->play->scenario->doc, NULL};
	struct step top = {.node = context, .held = context};
	struct jsonpath_report report = {0};
	jsonpath_select(path, &view, &top, any_match, &found, &report);
	if (!report.undecided || found) return truth_of(found);
	return unknown(judging, TEXT("the JSONPath could not be evaluated to its end",
									"het JSONPath kon niet tot het einde worden uitgevoerd"));
}

/* In place of the context, which may be a long text: what the criterion itself says to show of it. */
static void tell_found(struct judging *judging, struct str xpath, xmlDoc *doc)
{
	struct err err;
	struct str text;
	err_init(&err, judging->play->arena);
	if (!xpath_text(xpath, doc, &judging->frame->workflow->document->names, judging->play->arena, &text, &err)) return;
	strbuf_clear(&judging->found);
	if (!text.ptr || text.len == 0)
		strbuf_add(&judging->found, STR("-"));
	else
		strbuf_printf(&judging->found, "\"%.*s\"", STR_FMT(text));
}

/* What is no XML does not meet the criterion; XML that is not read for its safety is undecided. */
static enum truth judge_xpath(struct judging *judging, struct str text, struct str found, const struct node *context)
{
	struct err err;
	bool holds;
	err_init(&err, judging->play->arena);
	if (context->kind != NODE_STRING) return TRUTH_NO;
	struct arena *work = arena_new();
	xmlDoc *doc = xml_parse(work, node_text(context), &err);
	bool judged = doc && xpath_holds(text, doc, &judging->frame->workflow->document->names, &holds, &err);
	if (judged && !holds && found.ptr) tell_found(judging, found, doc);
	arena_free(work);
	if (judged) return truth_of(holds);
	if (err.code != ERR_SYNTAX) return unknown(judging, err.message);
	strbuf_printf(&judging->found, " (%.*s)", STR_FMT(err.message.in[LANG_EN]));
	return TRUTH_NO;
}

/* Where the condition has expressions in it, it is compiled with their values. */
static enum truth judge_made(struct judging *judging, const struct criterion *criterion, const struct node *context)
{
	struct err err;
	err_init(&err, judging->play->arena);
	struct value text = template_value(judging->play, judging->frame, &criterion->text);
	if (text.state != VALUE_THERE) return unknown(judging, text.why);
	if (criterion->kind == CRITERION_REGEX) {
		struct regex *regex = regex_compile(judging->play->arena, node_text(text.node), STR(""), &err);
		return regex ? judge_regex(judging, regex, context) : unknown(judging, err.message);
	}
	if (criterion->kind == CRITERION_XPATH)
		return judge_xpath(judging, node_text(text.node), criterion->found, context);
	struct jsonpath *path = jsonpath_compile(judging->play->arena, node_text(text.node), JSONPATH_RFC9535, &err);
	return path ? judge_path(judging, path, context) : unknown(judging, err.message);
}

/* A simple one that is here could not be read. Nothing there, or null: the criterion is not met (Arazzo 1.1, "Condition
 * Evaluation"). */
static enum truth judge_context(struct judging *judging, const struct criterion *criterion)
{
	if (criterion->kind == CRITERION_SIMPLE) return unknown(judging, criterion->unusable);
	struct value context = expression_value(judging->play, judging->frame, &criterion->context);
	if (context.state == VALUE_UNDECIDED) return unknown(judging, context.why);
	tell(judging, criterion->context.text, &context);
	if (criterion->unusable.in[LANG_EN].len > 0) return unknown(judging, criterion->unusable);
	if (context.state == VALUE_ABSENT || context.node->kind == NODE_NULL) return TRUTH_NO;
	if (criterion->regex) return judge_regex(judging, criterion->regex, context.node);
	if (criterion->path) return judge_path(judging, criterion->path, context.node);
	if (criterion->kind == CRITERION_XPATH && criterion->text.constant)
		return judge_xpath(judging, node_text(criterion->condition_node), criterion->found, context.node);
	return judge_made(judging, criterion, context.node);
}

static struct text default_expected(struct play *play, const struct criterion *criterion)
{
	struct str condition = node_text(criterion->condition_node);
	if (criterion->expected.in[LANG_EN].len > 0) return criterion->expected;
	if (criterion->kind == CRITERION_SIMPLE) return (struct text){{condition, condition}};
	const char *kind = criterion->kind == CRITERION_REGEX      ? "regex"
					   : criterion->kind == CRITERION_JSONPATH ? "JSONPath"
															   : "XPath";
	return text_printf(play->arena, "%.*s matches %s %.*s", "%.*s voldoet aan %s %.*s",
			STR_FMT(criterion->context.text), kind, STR_FMT(condition));
}

enum criterion_state criterion_judge(
		struct play *play, struct frame *frame, const struct criterion *criterion, struct scenario_criterion *out)
{
	static const enum criterion_state states[] = {CRITERION_VIOLATED, CRITERION_HOLDS, CRITERION_UNDECIDED};
	struct judging judging = {.play = play, .frame = frame};
	strbuf_init(&judging.found, LIMIT_MESSAGE_BYTES);
	enum truth asked = criterion->when ? evaluate(&judging, criterion->when) : TRUTH_YES;
	strbuf_clear(&judging.found);
	judging.told_count = 0;
	enum truth truth = asked == TRUTH_NO    ? TRUTH_YES
					   : asked != TRUTH_YES ? asked
					   : criterion->simple  ? evaluate(&judging, criterion->simple)
											: judge_context(&judging, criterion);
	*out = (struct scenario_criterion){.doc = frame->workflow->document->doc,
			.start = criterion->condition_node->start,
			.end = criterion->condition_node->end,
			.condition = node_text(criterion->condition_node),
			.state = states[truth],
			.expected = default_expected(play, criterion),
			.why = judging.why,
			.rule = criterion->rule,
			.passed_over = asked == TRUTH_NO};
	if (out->passed_over)
		out->why = TEXT("the answer is none that this is about", "het antwoord is er geen waar dit over gaat");
	out->found = str_copy(play->arena, strbuf_str(&judging.found));
	if (frame->attempt && frame->attempt->exchange) out->exchange = frame->attempt->exchange->number;
	strbuf_release(&judging.found);
	return out->state;
}

enum criterion_state criteria_judge(
		struct play *play, struct frame *frame, const struct criterion *criteria, uint32_t count)
{
	enum criterion_state all = CRITERION_HOLDS;
	for (uint32_t i = 0; i < count; i++) {
		struct scenario_criterion one;
		enum criterion_state state = criterion_judge(play, frame, &criteria[i], &one);
		if (state == CRITERION_VIOLATED) return state;
		if (state == CRITERION_UNDECIDED) all = state;
	}
	return all;
}
