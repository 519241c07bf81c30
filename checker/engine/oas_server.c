/* SPDX-License-Identifier: EUPL-1.2 */
/* serverVariables: the variables of a server object and those in its URL must agree, and give valid URLs. */
#include "base/limits.h"
#include "base/vec.h"
#include "doc/strmap.h"
#include "engine/function_private.h"
#include "engine/oas_model.h"
#include "engine/oas_private.h"
#include "engine/url.h"

enum { SHOWN_URLS = 5 };

struct server_options {
	bool check_substitutions;
	bool require_default;
};

/* A part of a URL: text, or a variable with the values to put there. */
struct part {
	struct str text; /* as written, with braces */
	struct str name; /* of a variable; ptr NULL for text */
	uint32_t variable;
};

struct variable {
	const struct node *values; /* `enum`; NULL when there is none */
	const struct node *fallback;
	uint32_t chosen;
};

struct server {
	const struct subject *subject;
	const struct server_options *options;
	struct violation_sink *sink;
	const struct node *variables; /* NULL when there is none */
	struct {
		struct part *items;
		size_t count, capacity;
	} parts;
	struct {
		struct variable *items;
		size_t count, capacity;
	} used;              /* variables both in the URL and defined */
	struct strmap found; /* names in the URL; value: number in `used` from 1, 0 for not defined */
};

static bool read_flag(const struct options *options, const char *name, bool *flag)
{
	const struct node *member = node_member(options->node, str_of(name));
	if (member && member->kind != NODE_TRUE && member->kind != NODE_FALSE)
		return option_fail(options, name, member, "must be a boolean", "moet true of false zijn");
	*flag = member && member->kind == NODE_TRUE;
	return true;
}

bool oas_server_variables_compile(
		struct arena *arena, struct source *source, const struct node *node, void **compiled, struct err *err)
{
	static const char *const names[] = {"checkSubstitutions", "requireDefault", NULL};
	struct options options = {arena, source, node, "serverVariables", "{ \"requireDefault\": true }", err};
	struct server_options *out = arena_zalloc(arena, sizeof *out);
	if (!options_object(&options, names, true)) return false;
	if (!read_flag(&options, "checkSubstitutions", &out->check_substitutions)) return false;
	if (!read_flag(&options, "requireDefault", &out->require_default)) return false;
	*compiled = out;
	return true;
}

static bool is_string(const struct node *node)
{
	return node && node->kind == NODE_STRING;
}

static bool is_string_array(const struct view *view, const struct node *node)
{
	if (!oas_is_array(node)) return false;
	for (uint32_t i = 0; i < node->len; i++)
		if (!is_string(view_value(view, &node->children[i]))) return false;
	return true;
}

static bool is_variable(const struct view *view, const struct node *variable)
{
	if (!oas_is_object(variable)) return false;
	for (uint32_t i = 0; i < variable->len; i++) {
		const struct node *value = view_value(view, &variable->children[i]);
		struct str key = node_key(&variable->children[i]);
		bool text = str_eq(key, STR("default")) || str_eq(key, STR("description")) || str_eq(key, STR("examples"));
		if (text                           ? !is_string(value)
				: str_eq(key, STR("enum")) ? !is_string_array(view, value)
										   : !str_starts(key, STR("x-")))
			return false;
	}
	return true;
}

static bool is_server(const struct view *view, const struct node *server)
{
	if (!oas_is_object(server) || !is_string(view_member(view, server, STR("url")))) return false;
	const struct node *variables = view_member(view, server, STR("variables"));
	if (!variables) return true;
	if (!oas_is_object(variables)) return false;
	for (uint32_t i = 0; i < variables->len; i++)
		if (!is_variable(view, view_value(view, &variables->children[i]))) return false;
	return true;
}

/* The length of a line terminator of ECMAScript at the start of `text`, or 0. */
static size_t line_end(struct str text)
{
	if (text.ptr[0] == '\n' || text.ptr[0] == '\r') return 1;
	return str_starts(text, STR("\xE2\x80\xA8")) || str_starts(text, STR("\xE2\x80\xA9")) ? 3 : 0;
}

/*
 * The length of "{...}" at the start of `text`, with at least one character inside and no line end; 0 when there is
 * none, and then `*skip` is how far no other can start.
 */
static size_t variable_length(struct str text, size_t *skip)
{
	size_t at = 1;
	for (; at < text.len && !line_end(str_skip(text, at)); at++)
		if (text.ptr[at] == '}' && at > 1) return at + 1;
	*skip = at;
	return 0;
}

static void add_part(struct server *server, struct str text, bool is_name)
{
	if (text.len == 0) return;
	struct str name = is_name ? (struct str){text.ptr + 1, text.len - 2} : (struct str){NULL, 0};
	*vec_push(&server->parts) = (struct part){text, name, 0};
}

static void split_url(struct server *server, struct str url)
{
	while (url.len > 0) {
		size_t open = str_find(url, '{'), skip = 0;
		size_t length = open < url.len ? variable_length(str_skip(url, open), &skip) : 0;
		add_part(server, (struct str){url.ptr, open + skip}, false);
		add_part(server, (struct str){url.ptr + open, length}, true);
		url = str_skip(url, open + skip + length);
	}
}

/* Variables that are defined: are they used, have they a default, is that listed? */
static void check_default(struct server *server, struct str name, const struct variable *variable)
{
	const struct subject *subject = server->subject;
	bool listed = !variable->values || !variable->fallback;
	for (uint32_t i = 0; !listed && i < variable->values->len; i++)
		listed = node_equal(view_value(subject->view, &variable->values->children[i]), variable->fallback);
	if (!listed)
		oas_report(server->sink, oas_below(subject->arena, "sss", STR("variables"), name, STR("default")),
				text_printf(subject->arena, "Server Variable \"%.*s\" has a default not listed in the enum.",
						"Servervariabele \"%.*s\" heeft een standaardwaarde die niet in de enum staat.",
						STR_FMT(name)));
	if (!variable->fallback && server->options->require_default)
		oas_report(server->sink, oas_below(subject->arena, "ss", STR("variables"), name),
				text_printf(subject->arena, "Server Variable \"%.*s\" has a missing default.",
						"Servervariabele \"%.*s\" heeft geen standaardwaarde.", STR_FMT(name)));
}

static void check_variable(struct server *server, struct str name, const struct node *definition)
{
	const struct subject *subject = server->subject;
	uint32_t *number = strmap_get(&server->found, name);
	if (!number) {
		oas_report(server->sink, oas_below(subject->arena, "ss", STR("variables"), name),
				text_printf(subject->arena, "Server's \"variables\" object has unused defined \"%.*s\" url variable.",
						"Het \"variables\"-object van de server beschrijft URL-variabele \"%.*s\", die niet gebruikt "
						"wordt.",
						STR_FMT(name)));
		return;
	}
	struct variable variable = {view_member(subject->view, definition, STR("enum")),
			view_member(subject->view, definition, STR("default")), 0};
	check_default(server, name, &variable);
	*vec_push(&server->used) = variable;
	*number = (uint32_t)server->used.count;
}

static void check_missing(struct server *server)
{
	struct strbuf list;
	strbuf_init(&list, LIMIT_MESSAGE_BYTES);
	for (size_t i = 0; i < server->parts.count; i++) {
		struct part *part = &server->parts.items[i];
		if (!part->name.ptr) continue;
		part->variable = *strmap_get(&server->found, part->name);
		if (node_member(server->variables, part->name)) continue;
		strbuf_add(&list, list.len ? STR(", ") : STR(""));
		strbuf_add(&list, part->name);
	}
	if (list.len > 0)
		oas_report(server->sink, STR("/variables"),
				text_printf(server->subject->arena,
						"Not all server's variables are described with \"variables\" object. Missed: %.*s.",
						"Niet alle variabelen van de server zijn beschreven in het \"variables\"-object. Er "
						"ontbreekt: %.*s.",
						STR_FMT(strbuf_str(&list))));
	strbuf_release(&list);
}

/* encodeURI(). */
static void add_encoded(struct strbuf *buf, struct str text)
{
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.ptr[i];
		bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
					 (c && strchr(";/?:@&=+$,-_.!~*'()#", c));
		if (plain)
			strbuf_add_char(buf, (char)c);
		else
			strbuf_printf(buf, "%%%02X", c);
	}
}

static struct str chosen_value(const struct server *server, const struct variable *variable)
{
	if (!variable->values) return node_text(variable->fallback);
	return node_text(view_value(server->subject->view, &variable->values->children[variable->chosen]));
}

static void substitute(const struct server *server, struct strbuf *url)
{
	strbuf_clear(url);
	for (size_t i = 0; i < server->parts.count; i++) {
		const struct part *part = &server->parts.items[i];
		if (part->name.ptr && part->variable > 0)
			add_encoded(url, chosen_value(server, &server->used.items[part->variable - 1]));
		else
			strbuf_add(url, part->text);
	}
}

static uint32_t value_count(const struct variable *variable)
{
	if (variable->values) return variable->values->len;
	return variable->fallback ? 1 : 0;
}

/* The next choice of values, the last variable first; false after the last one. */
static bool choose_next(struct server *server)
{
	for (size_t i = server->used.count; i-- > 0;) {
		struct variable *variable = &server->used.items[i];
		if (++variable->chosen < value_count(variable)) return true;
		variable->chosen = 0;
	}
	return false;
}

static void report_invalid(struct server *server, uint32_t count, struct str urls)
{
	struct arena *arena = server->subject->arena;
	if (count == 0) return;
	struct text few = text_printf(arena, "A few substitutions of server variables resulted in invalid URLs: %.*s",
			"Enkele waarden van servervariabelen leiden tot ongeldige URL's: %.*s", STR_FMT(urls));
	struct text many = text_printf(arena,
			"At least %d substitutions of server variables resulted in invalid URLs: %.*s and more",
			"Minstens %d waarden van servervariabelen leiden tot ongeldige URL's: %.*s en meer", SHOWN_URLS,
			STR_FMT(urls));
	oas_report(server->sink, STR("/variables"), count == SHOWN_URLS ? many : few);
}

static enum function_result check_substitutions(struct server *server, struct err *err)
{
	enum function_result result = FUNCTION_DONE;
	struct strbuf url, invalid;
	uint32_t count = 0;
	size_t work = 0;
	for (size_t i = 0; i < server->used.count; i++)
		if (value_count(&server->used.items[i]) == 0) return FUNCTION_DONE;
	strbuf_init(&url, LIMIT_SUBJECT_BYTES);
	strbuf_init(&invalid, LIMIT_MESSAGE_BYTES);
	do {
		substitute(server, &url);
		work += url.len + server->parts.count;
		if (url.overflow || work > LIMIT_SUBSTITUTED_BYTES) {
			result = FUNCTION_UNDECIDED;
			err_set(err, ERR_LIMIT, (struct loc){0},
					"the values of the server variables make more URLs than can be tried (%d bytes): list fewer values",
					"de waarden van de servervariabelen geven meer URL's dan er geprobeerd kunnen worden (%d bytes): "
					"noem minder waarden",
					LIMIT_SUBSTITUTED_BYTES);
			break;
		}
		if (url_is_valid(strbuf_str(&url))) continue;
		strbuf_add(&invalid, count ? STR(", ") : STR(""));
		strbuf_add(&invalid, strbuf_str(&url));
		count++;
	} while (count < SHOWN_URLS && choose_next(server));
	report_invalid(server, count, strbuf_str(&invalid));
	strbuf_release(&url);
	strbuf_release(&invalid);
	return result;
}

static enum function_result check_server(struct server *server, struct err *err)
{
	const struct subject *subject = server->subject;
	split_url(server, node_text(view_member(subject->view, subject->value, STR("url"))));
	for (size_t i = 0; i < server->parts.count; i++)
		if (server->parts.items[i].name.ptr) strmap_put(&server->found, server->parts.items[i].name, 0);
	for (uint32_t i = 0; server->variables && i < server->variables->len; i++) {
		const struct node *member = oas_live_member(server->variables, i);
		if (member) check_variable(server, node_key(member), view_value(subject->view, member));
	}
	if (server->found.count == 0) return FUNCTION_DONE;
	check_missing(server);
	if (!server->options->check_substitutions || server->used.count == 0) return FUNCTION_DONE;
	return check_substitutions(server, err);
}

enum function_result oas_server_variables_evaluate(
		const void *compiled, const struct subject *subject, struct violation_sink *sink, struct err *err)
{
	if (!is_server(subject->view, subject->value)) {
		oas_report(sink, STR(""), TEXT("Invalid Server Object", "Ongeldig serverobject"));
		return FUNCTION_DONE;
	}
	struct server server = {.subject = subject, .options = compiled, .sink = sink};
	server.variables = view_member(subject->view, subject->value, STR("variables"));
	enum function_result result = check_server(&server, err);
	vec_release(&server.parts);
	vec_release(&server.used);
	strmap_release(&server.found);
	return result;
}
