/* SPDX-License-Identifier: EUPL-1.2 */
/* Rules of Spectral rule sets while they are merged: new ones, redefined ones, and those that are switched on or off.
 */
#include <math.h>

#include "base/vec.h"
#include "engine/spectral_private.h"

struct draft *drafts_find(struct draft_list *drafts, struct str name)
{
	for (size_t i = 0; i < drafts->count; i++)
		if (str_eq(drafts->items[i].rule.name, name)) return &drafts->items[i];
	return NULL;
}

struct draft *drafts_put(struct draft_list *drafts, struct draft draft)
{
	struct draft *known = drafts_find(drafts, draft.rule.name);
	if (!known) known = vec_push(drafts);
	*known = draft;
	return known;
}

bool severity_read(struct piece piece, enum severity *severity, struct err *err)
{
	static const char *const names[] = {"error", "warn", "info", "hint", "off"};
	static const enum severity values[] = {SEVERITY_ERROR, SEVERITY_WARN, SEVERITY_INFO, SEVERITY_HINT, SEVERITY_OFF};
	const struct node *node = piece.node;
	for (size_t i = 0; node->kind == NODE_STRING && i < 5; i++) {
		if (!str_eq(node_text(node), str_of(names[i]))) continue;
		*severity = values[i];
		return true;
	}
	if (node->kind == NODE_NUMBER && node_is_integer(node)) {
		double number = node_double(node);
		if (number >= -1 && number <= 3) {
			*severity = (enum severity)(int)number;
			return true;
		}
	}
	return PIECE_ERROR(err, piece, "severity: expected one of error, warn, info, hint, off or -1 to 3%s",
			"severity: verwacht werd error, warn, info, hint, off of -1 tot 3%s", "");
}

bool formats_read(struct piece piece, format_set *formats, struct err *err)
{
	if (piece.node->kind != NODE_ARRAY)
		return PIECE_ERROR(err, piece, "formats: expected a list of format names, such as [oas3]%s",
				"formats: verwacht werd een lijst met namen van formaten, zoals [oas3]%s", "");
	format_set found = 0;
	for (uint32_t i = 0; i < piece.node->len; i++) {
		const struct node *item = &piece.node->children[i];
		struct str name = item->kind == NODE_STRING ? node_text(item) : STR("?");
		format_set bit = format_by_name(name);
		struct piece at = {piece.doc, item};
		if (!bit)
			return PIECE_ERROR(err, at,
					"unknown format \"%.*s\"; known are oas2, oas3, oas3.0, oas3.1, oas3.2, asyncapi2, "
					"arazzo1.0, json-schema and their versions",
					"onbekend formaat \"%.*s\"; bekend zijn oas2, oas3, oas3.0, oas3.1, oas3.2, asyncapi2, arazzo1.0, "
					"json-schema en hun versies",
					STR_FMT(name));
		found |= bit;
	}
	*formats = found;
	return true;
}

static bool read_string(struct piece piece, const char *what, struct str *out, struct err *err)
{
	if (piece.node->kind != NODE_STRING)
		return PIECE_ERROR(err, piece, "%s: expected a string", "%s: verwacht werd een string", what);
	*out = node_text(piece.node);
	return true;
}

static bool read_bool(struct piece piece, const char *what, bool *out, struct err *err)
{
	if (piece.node->kind != NODE_TRUE && piece.node->kind != NODE_FALSE)
		return PIECE_ERROR(err, piece, "%s: expected true or false", "%s: verwacht werd true of false", what);
	*out = piece.node->kind == NODE_TRUE;
	return true;
}

/* A text of `extensions: {keur: ...}` in one language or more: {nl: ..., en: ...}. */
static bool read_text(struct piece piece, struct text *out, struct err *err)
{
	for (uint32_t i = 0; i < node_count(piece.node); i++) {
		const struct node *text = &piece.node->children[i];
		bool en = str_eq(node_key(text), STR("en"));
		if (piece.node->kind != NODE_OBJECT || text->kind != NODE_STRING || (!en && !str_eq(node_key(text), STR("nl"))))
			break;
		out->in[en ? LANG_EN : LANG_NL] = node_text(text);
		if (i + 1 == piece.node->len) return true;
	}
	return PIECE_ERROR(err, piece, "extensions.keur: expected texts under nl and en%s",
			"extensions.keur: verwacht werden teksten onder nl en en%s", "");
}

/* What may not have been found out of a service, and can be needed. */
static bool read_needs(struct piece piece, struct str *out, struct err *err)
{
	if (!read_string(piece, "extensions.keur.needs", out, err)) return false;
	return str_eq(*out, STR("tls")) ||
		   PIECE_ERROR(err, piece, "extensions.keur.needs: expected tls, found \"%.*s\"",
				   "extensions.keur.needs: verwacht werd tls, gevonden \"%.*s\"", STR_FMT(*out));
}

/* `extensions: {keur: ...}`: what rule sets of ours add to Spectral's format. Other extensions are not ours. */
static bool read_extensions(struct draft *draft, struct piece extensions, struct err *err)
{
	const struct node *ours = node_member(extensions.node, STR("keur"));
	for (uint32_t i = 0; ours && i < node_count(ours); i++) {
		struct piece member = {extensions.doc, &ours->children[i]};
		struct str key = node_key(member.node);
		bool ok;
		if (str_eq(key, STR("message")))
			ok = read_text(member, &draft->rule.message, err);
		else if (str_eq(key, STR("expected")))
			ok = read_text(member, &draft->rule.expected, err);
		else if (str_eq(key, STR("unavailable")))
			ok = read_text(member, &draft->rule.unavailable, err);
		else if (str_eq(key, STR("needs")))
			ok = read_needs(member, &draft->rule.needs, err);
		else if (str_eq(key, STR("not-in-data")))
			ok = read_bool(member, "not-in-data", &draft->not_in_data, err);
		else
			ok = PIECE_ERROR(err, member,
					"extensions.keur: unknown member \"%.*s\"; known are message, expected, needs, not-in-data, unavailable",
					"extensions.keur: onbekend lid \"%.*s\"; bekend zijn message, expected, needs, not-in-data, unavailable",
					STR_FMT(key));
		if (!ok) return false;
	}
	return true;
}

/* One member of a rule's object. */
static bool read_member(struct draft *draft, struct piece piece, const struct scope *scope, struct err *err)
{
	struct str key = node_key(piece.node);
	if (str_eq(key, STR("given"))) {
		draft->given = piece;
		draft->alias_scope = scope;
		return true;
	}
	if (str_eq(key, STR("then"))) {
		draft->then = piece;
		return true;
	}
	if (str_eq(key, STR("message"))) {
		draft->rule.message.in[LANG_NL] = (struct str){NULL, 0};
		return read_string(piece, "message", &draft->rule.message.in[LANG_EN], err);
	}
	if (str_eq(key, STR("description"))) return read_string(piece, "description", &draft->rule.description, err);
	if (str_eq(key, STR("documentationUrl")))
		return read_string(piece, "documentationUrl", &draft->rule.documentation_url, err);
	if (str_eq(key, STR("severity"))) return severity_read(piece, &draft->rule.severity, err);
	if (str_eq(key, STR("recommended"))) return read_bool(piece, "recommended", &draft->recommended, err);
	if (str_eq(key, STR("resolved"))) return read_bool(piece, "resolved", &draft->resolved, err);
	if (str_eq(key, STR("formats"))) return draft->has_formats = true, formats_read(piece, &draft->formats, err);
	if (str_eq(key, STR("extensions"))) return true;
	if (str_eq(key, STR("tags")) || str_eq(key, STR("type")) || str_starts(key, STR("x-"))) return true;
	return PIECE_ERROR(err, piece,
			"rule \"%.*s\": unknown member \"%.*s\"; a rule has given, then, severity, message, description, "
			"documentationUrl, formats, recommended, resolved, tags, type, extensions",
			"regel \"%.*s\": onbekend lid \"%.*s\"; een regel heeft given, then, severity, message, description, "
			"documentationUrl, formats, recommended, resolved, tags, type, extensions",
			STR_FMT(draft->rule.name), STR_FMT(key));
}

static bool read_definition(struct draft *draft, struct piece piece, const struct scope *scope, struct err *err)
{
	for (uint32_t i = 0; i < piece.node->len; i++) {
		struct piece member = {piece.doc, &piece.node->children[i]};
		if (!read_member(draft, member, scope, err)) return false;
	}
	return read_extensions(draft, (struct piece){piece.doc, node_member(piece.node, STR("extensions"))}, err);
}

static bool add_new(struct draft_list *drafts, const struct scope *scope, struct piece piece, struct err *err)
{
	struct draft draft = {
			.rule = {.name = node_key(piece.node), .severity = SEVERITY_WARN},
			.definition = piece,
			.owner = scope,
			.alias_scope = scope,
			.recommended = true,
			.resolved = true,
	};
	if (!read_definition(&draft, piece, scope, err)) return false;
	if (!draft.given.node || !draft.then.node)
		return PIECE_ERROR(err, piece, "rule \"%.*s\": a new rule needs at least `given` and `then`",
				"regel \"%.*s\": een nieuwe regel heeft ten minste `given` en `then` nodig", STR_FMT(draft.rule.name));
	draft.rule.loc = source_loc(piece.doc->source, piece.node->key_start);
	draft.enabled = draft.recommended;
	drafts_put(drafts, draft);
	return true;
}

/* `rule: off`, `rule: warn`, `rule: false`: a rule that is there already is switched. */
static bool switch_rule(struct draft *draft, struct piece piece, struct err *err)
{
	if (piece.node->kind == NODE_TRUE || piece.node->kind == NODE_FALSE) {
		draft->enabled = piece.node->kind == NODE_TRUE;
		return true;
	}
	if (!severity_read(piece, &draft->rule.severity, err)) return false;
	draft->enabled = draft->rule.severity != SEVERITY_OFF;
	return true;
}

static bool merge_one(struct draft_list *drafts, const struct scope *scope, struct piece piece, struct err *err)
{
	struct str name = node_key(piece.node);
	struct draft *draft = drafts_find(drafts, name);
	if (piece.node->kind == NODE_OBJECT) {
		if (!draft) return add_new(drafts, scope, piece, err);
		if (!read_definition(draft, piece, scope, err)) return false;
		draft->definition = piece;
		draft->enabled = true;
	} else if (!draft) {
		return PIECE_ERROR(err, piece,
				"rule \"%.*s\" is switched, but no rule set that is extended defines it; define it or extend its rule set",
				"regel \"%.*s\" wordt aan- of uitgezet, maar geen uitgebreide regelset kent hem; definieer hem of breid "
				"zijn regelset uit",
				STR_FMT(name));
	} else if (!switch_rule(draft, piece, err)) {
		return false;
	}
	draft->rule.loc = source_loc(piece.doc->source, piece.node->key_start);
	return true;
}

/* Formats of the file hold for its rules that give none; a documentation page of the file gets the rule's name. */
static void inherit_from_scope(struct draft *draft, struct arena *arena, const struct scope *scope)
{
	const struct scope *source = draft->owner;
	if (!draft->has_formats && source->has_formats) {
		draft->has_formats = true;
		draft->formats = source->formats;
	}
	if (scope->documentation_url.ptr && !draft->rule.documentation_url.ptr)
		draft->rule.documentation_url = str_printf(
				arena, "%.*s#%.*s", STR_FMT(scope->documentation_url), STR_FMT(draft->rule.name));
}

bool drafts_merge(struct draft_list *drafts, struct arena *arena, const struct scope *scope, struct err *err)
{
	const struct node *rules = node_member(scope->root, STR("rules"));
	if (!rules) return true;
	struct piece piece = {scope->doc, rules};
	if (rules->kind != NODE_OBJECT)
		return PIECE_ERROR(err, piece, "rules: expected an object with a rule under each name%s",
				"rules: verwacht werd een object met onder elke naam een regel%s", "");
	for (uint32_t i = 0; i < rules->len; i++) {
		struct piece rule = {scope->doc, &rules->children[i]};
		if (!merge_one(drafts, scope, rule, err)) return false;
		inherit_from_scope(drafts_find(drafts, node_key(rule.node)), arena, scope);
	}
	return true;
}
