/* SPDX-License-Identifier: EUPL-1.2 */
/* Reading runtime expressions and texts that hold them. */
#include "engine/arazzo_expr.h"

#include <ctype.h>

#include "base/limits.h"
#include "base/vec.h"
#include "fetch/run_mark.h"

static bool is_strict(char c)
{
	return isalnum((unsigned char)c) || c == '-' || c == '_';
}

static bool is_identifier(char c)
{
	return is_strict(c) || c == '.';
}

static bool is_token(char c)
{
	return isalnum((unsigned char)c) || (c && strchr("!#$%&'*+-.^_`|~", c));
}

static bool is_name(char c)
{
	return (unsigned char)c >= ' ' && c != '{' && c != '}';
}

static bool refuse(struct expression_fault *fault, size_t offset, struct text expected)
{
	fault->offset = offset;
	fault->expected = expected;
	return false;
}

/* Reading from left to right. */
struct reader {
	struct str text;
	size_t at;
	struct expression_fault *fault;
};

static bool take(struct reader *reader, const char *word)
{
	struct str rest = str_skip(reader->text, reader->at);
	if (!str_starts(rest, str_of(word))) return false;
	reader->at += strlen(word);
	return true;
}

static struct str span(struct reader *reader, bool (*belongs)(char))
{
	size_t start = reader->at;
	while (reader->at < reader->text.len && belongs(reader->text.ptr[reader->at]))
		reader->at++;
	return (struct str){reader->text.ptr + start, reader->at - start};
}

static bool some(struct reader *reader, bool (*belongs)(char), struct str *out, struct text expected)
{
	size_t start = reader->at;
	*out = span(reader, belongs);
	return out->len > 0 || refuse(reader->fault, start, expected);
}

/* RFC 6901: tokens behind "/", "~" only as "~0" and "~1". */
static bool read_pointer(struct reader *reader, struct expression *out)
{
	if (!take(reader, "#")) return true;
	out->pointer = str_skip(reader->text, reader->at);
	if (out->pointer.len > 0 && out->pointer.ptr[0] != '/')
		return refuse(reader->fault, reader->at, TEXT("\"/\": a JSON Pointer", "\"/\": een JSON Pointer"));
	for (size_t i = 0; i < out->pointer.len; i++) {
		char c = out->pointer.ptr[i], next = i + 1 < out->pointer.len ? out->pointer.ptr[i + 1] : '\0';
		if (c == '~' && next != '0' && next != '1')
			return refuse(reader->fault, reader->at + i, TEXT("\"~0\" or \"~1\"", "\"~0\" of \"~1\""));
		if (c == '{' || c == '}')
			return refuse(reader->fault, reader->at + i,
					TEXT("a JSON Pointer without braces", "een JSON Pointer zonder accolades"));
	}
	reader->at = reader->text.len;
	return true;
}

bool expression_step(struct str *access, struct str *name, bool *is_index)
{
	struct str rest = *access;
	if (rest.len < 2) return false;
	if (rest.ptr[0] == '.') {
		rest = str_skip(rest, 1);
		size_t len = 0;
		while (len < rest.len && (is_strict(rest.ptr[len]) || (unsigned char)rest.ptr[len] >= 0x80))
			len++;
		*name = (struct str){rest.ptr, len};
		*is_index = false;
		*access = str_skip(rest, len);
		return len > 0;
	}
	if (rest.ptr[0] != '[') return false;
	char quote = rest.ptr[1];
	if (quote == '\'' || quote == '"') {
		struct str inside = str_skip(rest, 2);
		size_t len = str_find(inside, quote);
		if (len + 1 >= inside.len || inside.ptr[len + 1] != ']') return false;
		*name = (struct str){inside.ptr, len};
		*is_index = false;
		*access = str_skip(inside, len + 2);
		return true;
	}
	struct str inside = str_skip(rest, 1);
	size_t len = 0;
	while (len < inside.len && isdigit((unsigned char)inside.ptr[len]))
		len++;
	if (len == 0 || len > 9 || len >= inside.len || inside.ptr[len] != ']') return false;
	*name = (struct str){inside.ptr, len};
	*is_index = true;
	*access = str_skip(inside, len + 1);
	return true;
}

/* ".name[0]" as far as it goes. */
static bool read_access(struct reader *reader, struct expression *out)
{
	struct str rest = str_skip(reader->text, reader->at), name;
	bool is_index;
	out->access = (struct str){rest.ptr, 0};
	while (rest.len > 0 && (rest.ptr[0] == '.' || rest.ptr[0] == '[')) {
		size_t at = reader->text.len - rest.len;
		if (!expression_step(&rest, &name, &is_index))
			return refuse(reader->fault, at,
					TEXT("\".name\", \"[0]\" or \"['name']\"", "\".naam\", \"[0]\" of \"['naam']\""));
		out->access.len = out->access.len + reader->text.len - at - rest.len;
	}
	reader->at = reader->text.len - rest.len;
	return true;
}

/* What may stand behind a value: a pointer, or members and elements. */
static bool read_behind(struct reader *reader, struct expression *out)
{
	return reader->at < reader->text.len && reader->text.ptr[reader->at] == '#' ? read_pointer(reader, out)
																				: read_access(reader, out);
}

static bool read_body(struct reader *reader, struct expression *out, enum expression_kind kind)
{
	out->kind = kind;
	return read_behind(reader, out);
}

static bool read_part(struct reader *reader, struct expression *out, enum expression_kind kind, bool (*belongs)(char))
{
	out->kind = kind;
	return some(reader, belongs, &out->name, TEXT("a name", "een naam"));
}

static bool read_request(struct reader *reader, struct expression *out)
{
	if (take(reader, "header.")) return read_part(reader, out, EXPRESSION_REQUEST_HEADER, is_token);
	if (take(reader, "query.")) return read_part(reader, out, EXPRESSION_REQUEST_QUERY, is_name);
	if (take(reader, "path.")) return read_part(reader, out, EXPRESSION_REQUEST_PATH, is_name);
	if (take(reader, "body")) return read_body(reader, out, EXPRESSION_REQUEST_BODY);
	return refuse(reader->fault, reader->at, TEXT("header., query., path. or body", "header., query., path. of body"));
}

static bool read_response(struct reader *reader, struct expression *out)
{
	if (take(reader, "header.")) return read_part(reader, out, EXPRESSION_RESPONSE_HEADER, is_token);
	if (take(reader, "body")) return read_body(reader, out, EXPRESSION_RESPONSE_BODY);
	return refuse(reader->fault, reader->at, TEXT("header. or body", "header. of body"));
}

static bool read_message(struct reader *reader, struct expression *out)
{
	if (take(reader, "header.")) return read_part(reader, out, EXPRESSION_MESSAGE, is_token);
	if (take(reader, "payload") || take(reader, "body")) return read_body(reader, out, EXPRESSION_MESSAGE);
	return refuse(reader->fault, reader->at, TEXT("header., payload or body", "header., payload of body"));
}

static bool read_field(struct reader *reader, struct expression *out, enum expression_kind kind)
{
	out->kind = kind;
	return some(reader, is_identifier, &out->name, TEXT("a name", "een naam")) && read_behind(reader, out);
}

static bool read_steps(struct reader *reader, struct expression *out)
{
	if (!some(reader, is_strict, &out->owner, TEXT("a stepId", "een stepId"))) return false;
	if (!take(reader, ".outputs."))
		return refuse(reader->fault, reader->at, TEXT("\".outputs.\"", "\".outputs.\" (uitvoer van de stap)"));
	return read_field(reader, out, EXPRESSION_STEPS);
}

static bool read_workflows(struct reader *reader, struct expression *out)
{
	if (!some(reader, is_strict, &out->owner, TEXT("a workflowId", "een workflowId"))) return false;
	if (take(reader, ".inputs.")) return read_field(reader, out, EXPRESSION_WORKFLOW_INPUTS);
	if (take(reader, ".outputs.")) return read_field(reader, out, EXPRESSION_WORKFLOW_OUTPUTS);
	if (!take(reader, ".steps."))
		return refuse(reader->fault, reader->at,
				TEXT("\".inputs.\", \".outputs.\" or \".steps.\"", "\".inputs.\", \".outputs.\" of \".steps.\""));
	if (!some(reader, is_strict, &out->step, TEXT("a stepId", "een stepId"))) return false;
	if (!take(reader, ".outputs."))
		return refuse(reader->fault, reader->at, TEXT("\".outputs.\"", "\".outputs.\" (uitvoer van de stap)"));
	return read_field(reader, out, EXPRESSION_WORKFLOW_STEPS);
}

static bool read_source(struct reader *reader, struct expression *out)
{
	out->kind = EXPRESSION_SOURCE;
	if (!some(reader, is_strict, &out->owner, TEXT("the name of a source description", "de naam van een bron")))
		return false;
	if (!take(reader, ".")) return refuse(reader->fault, reader->at, TEXT("\".\" and a name", "\".\" en een naam"));
	return some(reader, is_name, &out->name, TEXT("a name", "een naam"));
}

static bool read_component(struct reader *reader, struct expression *out)
{
	static const char *const kinds[] = {"parameters", "successActions", "failureActions"};
	out->kind = EXPRESSION_COMPONENT;
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		size_t start = reader->at;
		if (!take(reader, kinds[i])) continue;
		out->owner = (struct str){reader->text.ptr + start, reader->at - start};
		if (take(reader, ".")) return some(reader, is_identifier, &out->name, TEXT("a name", "een naam"));
		return refuse(reader->fault, reader->at, TEXT("\".\" and a name", "\".\" en een naam"));
	}
	return refuse(reader->fault, reader->at,
			TEXT("parameters., successActions. or failureActions.", "parameters., successActions. of failureActions."));
}

static bool read_inputs(struct reader *reader, struct expression *out)
{
	return read_field(reader, out, EXPRESSION_INPUTS);
}

static bool read_outputs(struct reader *reader, struct expression *out)
{
	return read_field(reader, out, EXPRESSION_OUTPUTS);
}

static bool read_own(struct reader *reader, struct expression *out)
{
	size_t start = reader->at;
	if (!some(reader, is_strict, &out->name, TEXT("a name", "een naam"))) return false;
	out->kind = str_eq(out->name, STR("pair"))          ? EXPRESSION_PAIR
				: str_eq(out->name, STR("counterpart")) ? EXPRESSION_COUNTERPART
														: EXPRESSION_FRESH;
	if (out->kind != EXPRESSION_FRESH || run_value_known(out->name)) return true;
	return refuse(reader->fault, start,
			TEXT("pair, counterpart, uuid, reference, stuf-time or stuf-date",
					"pair, counterpart, uuid, reference, stuf-time of stuf-date"));
}

static bool read_rest(struct reader *reader, struct expression *out)
{
	static const struct {
		const char *start;
		bool (*read)(struct reader *, struct expression *);
	} roots[] = {{"$request.", read_request}, {"$response.", read_response}, {"$message.", read_message},
			{"$inputs.", read_inputs}, {"$outputs.", read_outputs}, {"$steps.", read_steps},
			{"$workflows.", read_workflows}, {"$sourceDescriptions.", read_source}, {"$components.", read_component},
			{"$x-keur.", read_own}};
	static const struct {
		const char *word;
		enum expression_kind kind;
	} words[] = {{"$url", EXPRESSION_URL}, {"$method", EXPRESSION_METHOD}, {"$statusCode", EXPRESSION_STATUS},
			{"$self", EXPRESSION_SELF}};
	for (size_t i = 0; i < sizeof roots / sizeof *roots; i++)
		if (take(reader, roots[i].start)) return roots[i].read(reader, out);
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		if (!take(reader, words[i].word)) continue;
		out->kind = words[i].kind;
		return true;
	}
	return refuse(reader->fault, 0,
			TEXT("a runtime expression: $url, $method, $statusCode, $request., $response., $inputs., $outputs., "
				 "$steps., $workflows., $sourceDescriptions., $components. or $self",
					"een runtime-expressie: $url, $method, $statusCode, $request., $response., $inputs., $outputs., "
					"$steps., $workflows., $sourceDescriptions., $components. of $self"));
}

bool expression_starts(struct str text)
{
	static const char *const words[] = {"url", "method", "statusCode", "request", "response", "message", "inputs",
			"outputs", "steps", "workflows", "sourceDescriptions", "components", "self", "x-keur"};
	if (text.len < 2 || text.ptr[0] != '$') return false;
	struct str rest = str_skip(text, 1);
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		size_t len = strlen(words[i]);
		if (str_starts(rest, str_of(words[i])) && (rest.len == len || !is_strict(rest.ptr[len]))) return true;
	}
	return false;
}

bool expression_parse(struct str text, struct expression *out, struct expression_fault *fault)
{
	struct reader reader = {text, 0, fault};
	*out = (struct expression){.text = text};
	if (text.len > LIMIT_EXPRESSION_BYTES)
		return refuse(fault, LIMIT_EXPRESSION_BYTES,
				TEXT("at most 16384 bytes in one expression", "hoogstens 16384 bytes in een expressie"));
	if (!read_rest(&reader, out)) return false;
	if (reader.at == text.len) return true;
	return refuse(fault, reader.at, TEXT("the end of the expression", "het einde van de expressie"));
}

static bool ends_expression(struct str rest)
{
	char c = rest.ptr[0], next = rest.len > 1 ? rest.ptr[1] : '\0';
	if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '<' || c == '>') return true;
	if ((c == '=' || c == '!') && next == '=') return true;
	return (c == '&' && next == '&') || (c == '|' && next == '|');
}

size_t expression_extent(struct str text)
{
	int open = 0;
	size_t at = 0;
	while (at < text.len) {
		struct str rest = str_skip(text, at);
		if (ends_expression(rest)) break;
		if (rest.ptr[0] == '(') open++;
		if (rest.ptr[0] == ')' && open-- == 0) break;
		size_t quoted = 0;
		if (rest.ptr[0] == '[' && rest.len > 1 && (rest.ptr[1] == '\'' || rest.ptr[1] == '"')) {
			quoted = str_find(str_skip(rest, 2), rest.ptr[1]) + 2;
			if (quoted >= rest.len) quoted = 0;
		}
		at += quoted + 1;
	}
	return at;
}

struct part_list {
	struct template_part *items;
	size_t count, capacity;
};

static void add_literal(struct part_list *parts, struct str text)
{
	if (text.len > 0) *vec_push(parts) = (struct template_part){.literal = true, .text = text};
}

static bool add_embedded(struct part_list *parts, struct str text, size_t at, struct expression_fault *fault)
{
	struct str inside = str_skip(text, at + 1);
	inside.len = str_find(inside, '}');
	if (at + 1 + inside.len >= text.len)
		return refuse(fault, text.len, TEXT("\"}\" behind the expression", "\"}\" achter de expressie"));
	struct template_part part = {.text = inside};
	if (!expression_parse(inside, &part.expression, fault)) {
		fault->offset += at + 1;
		return false;
	}
	*vec_push(parts) = part;
	return true;
}

/* "{$" followed by a letter starts an expression; any other brace is a brace. */
static bool read_parts(struct str text, struct part_list *parts, struct expression_fault *fault)
{
	size_t from = 0, at = 0;
	while (at + 2 < text.len) {
		if (text.ptr[at] != '{' || text.ptr[at + 1] != '$' || !isalpha((unsigned char)text.ptr[at + 2])) {
			at++;
			continue;
		}
		add_literal(parts, (struct str){text.ptr + from, at - from});
		if (!add_embedded(parts, text, at, fault)) return false;
		at += parts->items[parts->count - 1].text.len + 2;
		from = at;
	}
	add_literal(parts, str_skip(text, from));
	return true;
}

bool template_parse_embedded(struct arena *arena, struct str text, struct template *out, struct expression_fault *fault)
{
	struct part_list parts = {0};
	bool ok = read_parts(text, &parts, fault);
	if (ok) {
		*out = (struct template){.count = (uint32_t)parts.count, .constant = true};
		out->parts = arena_alloc(arena, (parts.count + 1) * sizeof *out->parts);
		if (parts.count) memcpy(out->parts, parts.items, parts.count * sizeof *out->parts);
		for (size_t i = 0; i < parts.count; i++)
			out->constant &= parts.items[i].literal;
	}
	vec_release(&parts);
	return ok;
}

bool template_parse(struct arena *arena, struct str text, struct template *out, struct expression_fault *fault)
{
	if (!expression_starts(text)) return template_parse_embedded(arena, text, out, fault);
	struct template_part part = {.text = text};
	if (!expression_parse(text, &part.expression, fault)) return false;
	*out = (struct template){.count = 1, .whole = true};
	out->parts = arena_alloc(arena, sizeof part);
	out->parts[0] = part;
	return true;
}
