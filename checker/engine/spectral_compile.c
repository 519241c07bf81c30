/* SPDX-License-Identifier: EUPL-1.2 */
/* From drafts to programs: every rule that is on, with its paths, functions and options compiled and checked. */
#include "base/limits.h"
#include "base/vec.h"
#include "engine/spectral_message.h"
#include "engine/spectral_private.h"

struct tokens {
	struct str *items;
	size_t count, capacity;
};

/* "[0]" or "['a.b']" at the start of `rest`: adds the token and returns the length, 0 when it is neither. */
static size_t bracket_token(struct str rest, struct tokens *tokens)
{
	size_t end = str_find(rest, ']');
	if (rest.len < 3 || rest.ptr[0] != '[' || end == rest.len) return 0;
	char quote = rest.ptr[1];
	if (quote == '"' || quote == '\'') {
		struct str inner = str_skip(rest, 2);
		size_t close = str_find(inner, quote);
		if (close + 1 >= inner.len || inner.ptr[close + 1] != ']') return 0;
		*vec_push(tokens) = (struct str){inner.ptr, close};
		return close + 4;
	}
	uint32_t index;
	struct str digits = {rest.ptr + 1, end - 1};
	if (!str_to_u32(digits, &index)) return 0;
	*vec_push(tokens) = digits;
	return end + 1;
}

static bool starts_bracket_token(struct str rest)
{
	struct tokens ignored = {0};
	bool is = bracket_token(rest, &ignored) > 0;
	vec_release(&ignored);
	return is;
}

/* Splits a field as lodash's toPath() does: "info.contact", "tags[0].name", "a['b.c']". */
static void split_field(struct str field, struct tokens *tokens)
{
	struct str rest = field;
	if (rest.len == 0 || rest.ptr[0] == '.') *vec_push(tokens) = STR("");
	while (rest.len > 0) {
		size_t used = bracket_token(rest, tokens);
		if (used == 0) {
			bool dot = rest.ptr[0] == '.';
			rest = str_skip(rest, dot);
			while (used < rest.len && rest.ptr[used] != '.' && (rest.ptr[used] != '[' || used == 0))
				used++;
			bool before_bracket = dot && used > 0 && rest.ptr[0] == '[' && starts_bracket_token(rest);
			if (before_bracket) continue;
			if (used > 0 || dot) *vec_push(tokens) = (struct str){rest.ptr, used};
		}
		rest = str_skip(rest, used);
	}
}

static bool compile_field(struct arena *arena, struct piece at, struct then *then, struct err *err)
{
	then->field = node_text(at.node);
	if (str_eq(then->field, STR("@key"))) {
		then->field_kind = FIELD_KEY;
		return true;
	}
	if (str_starts(then->field, STR("$"))) {
		struct err fault;
		err_init(&fault, arena);
		then->field_kind = FIELD_PATH;
		then->path = jsonpath_compile(arena, then->field, JSONPATH_SPECTRAL, &fault);
		if (then->path) return true;
		struct loc loc = source_loc(at.doc->source, at.node->start);
		return err_set_text(err, ERR_RULES, loc, TEXT("field: ", "field: "), fault.message);
	}
	struct tokens tokens = {0};
	split_field(then->field, &tokens);
	then->field_kind = FIELD_TOKENS;
	then->token_count = (uint32_t)tokens.count;
	then->tokens = arena_alloc(arena, tokens.count * sizeof *tokens.items);
	memcpy(then->tokens, tokens.items, tokens.count * sizeof *tokens.items);
	vec_release(&tokens);
	return true;
}

static bool unknown_function(struct arena *arena, struct piece at, struct str name, struct err *err)
{
	struct strbuf names;
	strbuf_init(&names, LIMIT_MESSAGE_BYTES);
	for (const struct function *f = function_table(); f->name; f++)
		strbuf_printf(&names, "%s%s", names.len ? ", " : "", f->name);
	struct str known = strbuf_take(&names, arena);
	return PIECE_ERROR(err, at, "unknown function \"%.*s\"; known are %.*s",
			"onbekende functie \"%.*s\"; bekend zijn %.*s", STR_FMT(name), STR_FMT(known));
}

/* One entry of `then`: function, its options, field. */
static bool compile_then(struct arena *arena, struct piece at, struct then *then, struct err *err)
{
	static const char *const known[] = {"function", "functionOptions", "field"};
	for (uint32_t i = 0; i < node_count(at.node); i++) {
		size_t k = 0;
		while (k < 3 && !str_eq(node_key(&at.node->children[i]), str_of(known[k])))
			k++;
		if (at.node->kind == NODE_OBJECT && k == 3)
			return PIECE_ERROR(err, ((struct piece){at.doc, &at.node->children[i]}),
					"then: unknown member \"%.*s\"; known are function, functionOptions, field",
					"then: onbekend lid \"%.*s\"; bekend zijn function, functionOptions, field",
					STR_FMT(node_key(&at.node->children[i])));
	}
	const struct node *function = node_member(at.node, STR("function"));
	const struct node *field = node_member(at.node, STR("field"));
	if (!function || function->kind != NODE_STRING)
		return PIECE_ERROR(err, at, "then: expected the name of a function%s",
				"then: verwacht werd de naam van een functie%s", "");
	if (field && field->kind != NODE_STRING)
		return PIECE_ERROR(err, ((struct piece){at.doc, field}), "then: field: expected a string%s",
				"then: field: verwacht werd een string%s", "");
	then->function = function_find(node_text(function));
	if (!then->function) return unknown_function(arena, (struct piece){at.doc, function}, node_text(function), err);
	void *options = NULL;
	if (!then->function->compile(arena, at.doc->source, node_member(at.node, STR("functionOptions")), &options, err))
		return false;
	then->options = options;
	return !field || compile_field(arena, (struct piece){at.doc, field}, then, err);
}

static bool compile_thens(struct arena *arena, const struct draft *draft, struct program *program, struct err *err)
{
	const struct node *node = draft->then.node;
	bool many = node->kind == NODE_ARRAY;
	program->then_count = many ? node->len : 1;
	program->thens = arena_zalloc(arena, program->then_count * sizeof *program->thens);
	for (uint32_t i = 0; i < program->then_count; i++) {
		struct piece at = {draft->then.doc, many ? &node->children[i] : node};
		if (!compile_then(arena, at, &program->thens[i], err)) return false;
	}
	return true;
}

static bool compile_rule(struct spectral *spectral, struct path_table *table, struct arena *arena,
		const struct draft *draft, struct err *err)
{
	struct program *program = &spectral->programs[spectral->rule_count];
	*program = (struct program){
			.places = draft->places,
			.formats = draft->formats,
			.has_formats = draft->has_formats,
			.resolved = draft->resolved,
			.not_in_data = draft->not_in_data,
	};
	spectral->rules[spectral->rule_count++] = draft->rule;
	if (!message_check(draft->rule.message, draft->rule.loc, err)) return false;
	if (!given_compile(table, arena, draft, spectral->options.nimma_bugs, program, err)) return false;
	return draft->rule.unavailable.in[LANG_EN].len > 0 || compile_thens(arena, draft, program, err);
}

/* Formats that the rule set speaks of; 0 when one of its rules is for any document. */
static format_set all_formats(const struct spectral *spectral)
{
	format_set formats = spectral->scope->formats;
	for (uint32_t i = 0; i < spectral->rule_count; i++)
		formats |= spectral->programs[i].formats;
	return formats;
}

/* A rule of severity off may still speak where an override gives some place another severity. */
static bool is_on(const struct draft *draft)
{
	return draft->enabled && (draft->rule.severity != SEVERITY_OFF || draft->places);
}

bool spectral_compile(struct spectral *spectral, struct arena *arena, struct err *err)
{
	struct path_table *table = path_table_new(arena);
	spectral->rules = arena_alloc(arena, spectral->drafts.count * sizeof *spectral->rules);
	spectral->programs = arena_alloc(arena, spectral->drafts.count * sizeof *spectral->programs);
	for (size_t i = 0; i < spectral->drafts.count; i++) {
		const struct draft *draft = &spectral->drafts.items[i];
		if (is_on(draft) && !compile_rule(spectral, table, arena, draft, err)) return false;
	}
	path_table_take(table, arena, spectral);
	spectral->formats = all_formats(spectral);
	return true;
}

bool spectral_recognizes(const struct spectral *spectral, const struct node *root)
{
	return (spectral->formats & format_detect(root)) != 0;
}

const struct spectral_rule *spectral_rules(const struct spectral *spectral, uint32_t *count)
{
	*count = spectral->rule_count;
	return spectral->rules;
}
