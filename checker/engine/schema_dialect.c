/* SPDX-License-Identifier: EUPL-1.2 */
/* Dialects: what `$schema` and the `$vocabulary` of a metaschema decide. */
#include "doc/uri.h"
#include "engine/schema_compiler.h"
#include "engine/schema_keyword.h"

static bool is_year_draft(struct str name, enum schema_draft *draft)
{
	static const struct {
		const char *name;
		enum schema_draft draft;
	} drafts[] = {{"draft-04/", SCHEMA_DRAFT4}, {"draft-06/", SCHEMA_DRAFT6}, {"draft-07/", SCHEMA_DRAFT7},
			{"draft/2019-09/", SCHEMA_2019_09}, {"draft/2020-12/", SCHEMA_2020_12}};
	for (size_t i = 0; i < sizeof drafts / sizeof drafts[0]; i++) {
		struct str prefix = str_of(drafts[i].name);
		if (!str_starts(name, prefix)) continue;
		struct str rest = str_skip(name, prefix.len);
		if (str_starts(rest, STR("hyper-"))) rest = str_skip(rest, 6);
		if (!str_eq(rest, STR("schema")) && !str_eq(rest, STR("schema#"))) return false;
		*draft = drafts[i].draft;
		return true;
	}
	return false;
}

bool schema_draft_of(struct str uri, enum schema_draft *draft)
{
	static const char *const hosts[] = {"http://json-schema.org/", "https://json-schema.org/"};
	for (size_t i = 0; i < 2; i++)
		if (str_starts(uri, str_of(hosts[i]))) return is_year_draft(str_skip(uri, strlen(hosts[i])), draft);
	return false;
}

/* OpenAPI 3.1 and 3.2 name their dialects with a date behind, or "base". */
static bool is_openapi_dialect(struct str uri)
{
	return str_starts(uri, STR("https://spec.openapis.org/oas/3.1/dialect/")) ||
		   str_starts(uri, STR("https://spec.openapis.org/oas/3.2/dialect/"));
}

struct dialect compiler_default_dialect(const struct schema_options *options)
{
	struct dialect dialect = {options->draft, options->openapi, VOCABULARY_ALL};
	if (options->openapi == SCHEMA_OPENAPI_3_0) dialect.draft = SCHEMA_DRAFT4;
	if (options->openapi == SCHEMA_OPENAPI_3_1) dialect.draft = SCHEMA_2020_12;
	if (options->openapi) dialect.vocabularies |= VOCABULARY_OPENAPI;
	return dialect;
}

/* The bits of a vocabulary by its URI; 0 when unknown. Those that only annotate are part of the core here. */
static uint8_t vocabulary_of(struct str uri)
{
	static const struct {
		const char *name;
		uint8_t bits;
	} vocabularies[] = {
			{"2019-09/vocab/core", VOCABULARY_CORE},
			{"2019-09/vocab/applicator", VOCABULARY_APPLICATOR | VOCABULARY_UNEVALUATED},
			{"2019-09/vocab/validation", VOCABULARY_VALIDATION},
			{"2019-09/vocab/meta-data", VOCABULARY_CORE},
			{"2019-09/vocab/format", VOCABULARY_FORMAT},
			{"2019-09/vocab/content", VOCABULARY_CONTENT},
			{"2020-12/vocab/core", VOCABULARY_CORE},
			{"2020-12/vocab/applicator", VOCABULARY_APPLICATOR},
			{"2020-12/vocab/unevaluated", VOCABULARY_UNEVALUATED},
			{"2020-12/vocab/validation", VOCABULARY_VALIDATION},
			{"2020-12/vocab/meta-data", VOCABULARY_CORE},
			{"2020-12/vocab/format-annotation", VOCABULARY_FORMAT},
			{"2020-12/vocab/format-assertion", VOCABULARY_FORMAT | VOCABULARY_FORMAT_ASSERTION},
			{"2020-12/vocab/content", VOCABULARY_CONTENT},
	};
	struct str prefix = STR("https://json-schema.org/draft/");
	if (str_eq(uri, STR("https://spec.openapis.org/oas/3.1/vocab/base")) ||
			str_starts(uri, STR("https://spec.openapis.org/oas/3.2/vocab/base")))
		return VOCABULARY_OPENAPI;
	if (!str_starts(uri, prefix)) return 0;
	for (size_t i = 0; i < sizeof vocabularies / sizeof vocabularies[0]; i++)
		if (str_eq(str_skip(uri, prefix.len), str_of(vocabularies[i].name))) return vocabularies[i].bits;
	return 0;
}

static bool fail_at(struct compiler *compiler, struct source *source, const struct node *node, struct text text)
{
	struct loc loc = {0};
	if (source) loc = source_loc(source, node->start);
	return err_set(compiler->err, ERR_RULES, loc, "JSON Schema: %s%.0s", "JSON Schema: %.0s%s", text.in[LANG_EN].ptr,
			text.in[LANG_NL].ptr);
}

static bool read_vocabularies(
		struct compiler *compiler, const struct node *object, struct source *source, struct dialect *dialect)
{
	uint8_t bits = VOCABULARY_CORE;
	for (uint32_t i = 0; i < node_count(object); i++) {
		const struct node *member = &object->children[i];
		uint8_t known = vocabulary_of(node_key(member));
		bits |= known;
		if (known || member->kind != NODE_TRUE) continue;
		return fail_at(compiler, source, member,
				text_printf(compiler->arena,
						"\"$vocabulary\" requires %.*s, which keur does not know: make it optional (false) or choose "
						"another metaschema",
						"\"$vocabulary\" vereist %.*s, dat keur niet kent: maak het optioneel (false) of kies een ander "
						"metaschema",
						STR_FMT(node_key(member))));
	}
	dialect->vocabularies = bits;
	if (bits & VOCABULARY_OPENAPI) dialect->openapi = SCHEMA_OPENAPI_3_1;
	return true;
}

/*
 * The dialect that a metaschema describes: its own, with the vocabularies that it names. A metaschema is a document, of
 * which the dialect was read in turn when it was added; one that describes itself is found half added, which is enough.
 */
static bool read_metaschema(struct compiler *compiler, struct str uri, struct dialect *dialect, bool *found)
{
	uint32_t index;
	struct str fragment;
	if (schema_draft_of(uri, &dialect->draft)) {
		*dialect = (struct dialect){dialect->draft, SCHEMA_NO_OPENAPI, VOCABULARY_ALL};
		return *found = true;
	}
	if (!compiler_load(compiler, uri_without_fragment(uri, &fragment), dialect, &index)) return false;
	*found = index != NO_BLOCK;
	if (!*found) return true;
	struct resource metaschema = compiler->resources.items[index];
	const struct node *vocabulary = node_member(metaschema.node, STR("$vocabulary"));
	*dialect = (struct dialect){metaschema.dialect.draft, SCHEMA_NO_OPENAPI, VOCABULARY_ALL};
	return !vocabulary || read_vocabularies(compiler, vocabulary, metaschema.source, dialect);
}

bool compiler_read_dialect(
		struct compiler *compiler, const struct node *schema, struct source *source, struct dialect *dialect)
{
	const struct node *name = node_member(schema, STR("$schema"));
	if (!name || dialect->openapi == SCHEMA_OPENAPI_3_0) return true;
	bool found = false;
	if (name->kind == NODE_STRING) {
		struct str uri = node_text(name);
		if (is_openapi_dialect(uri)) {
			struct schema_options options = {.openapi = SCHEMA_OPENAPI_3_1};
			*dialect = compiler_default_dialect(&options);
			return true;
		}
		if (!read_metaschema(compiler, uri, dialect, &found)) return false;
	}
	if (found) return true;
	return fail_at(compiler, source, name,
			TEXT("\"$schema\" must name draft 4, 6, 7, 2019-09 or 2020-12 by its URI, such as "
				 "https://json-schema.org/draft/2020-12/schema, or a metaschema that can be read",
					"\"$schema\" moet draft 4, 6, 7, 2019-09 of 2020-12 noemen met de URI, zoals "
					"https://json-schema.org/draft/2020-12/schema, of een metaschema dat te lezen is"));
}
