/* SPDX-License-Identifier: EUPL-1.2 */
/* Formats: which document is OpenAPI, AsyncAPI, Arazzo or JSON Schema, and of which version. */
#include "engine/format.h"

#include "base/limits.h"

/*
 * A format is told by a member of the root that names a version. `prefix` is what the version starts with; `exact`
 * versions are the prefix alone or followed by "." and digits, others go on in any way. Those of AsyncAPI are three
 * numbers in a string, "2.6.0", never less.
 */
struct format {
	const char *names[3];
	const char *title;
	const char *member;
	const char *prefix;
	bool exact;
};

static const struct format formats[] = {
		{{"oas2"}, "OpenAPI 2.0 (Swagger)", "swagger", "2", false},
		{{"oas3"}, "OpenAPI 3.x", "openapi", "3", false},
		{{"oas3.0", "oas3_0"}, "OpenAPI 3.0.x", "openapi", "3.0", true},
		{{"oas3.1", "oas3_1"}, "OpenAPI 3.1.x", "openapi", "3.1", true},
		{{"oas3.2", "oas3_2"}, "OpenAPI 3.2.x", "openapi", "3.2", true},
		{{"asyncapi2", "aas2", "asyncApi2"}, "AsyncAPI 2.x", "asyncapi", "2.", false},
		{{"asyncapi3", "aas3"}, "AsyncAPI 3.x", "asyncapi", "3.", false},
		{{"aas2.0", "aas2_0"}, "AsyncAPI 2.0.x", "asyncapi", "2.0.", false},
		{{"aas2.1", "aas2_1"}, "AsyncAPI 2.1.x", "asyncapi", "2.1.", false},
		{{"aas2.2", "aas2_2"}, "AsyncAPI 2.2.x", "asyncapi", "2.2.", false},
		{{"aas2.3", "aas2_3"}, "AsyncAPI 2.3.x", "asyncapi", "2.3.", false},
		{{"aas2.4", "aas2_4"}, "AsyncAPI 2.4.x", "asyncapi", "2.4.", false},
		{{"aas2.5", "aas2_5"}, "AsyncAPI 2.5.x", "asyncapi", "2.5.", false},
		{{"aas2.6", "aas2_6"}, "AsyncAPI 2.6.x", "asyncapi", "2.6.", false},
		{{"aas3.0", "aas3_0"}, "AsyncAPI 3.0.x", "asyncapi", "3.0.", false},
		{{"aas3.1", "aas3_1"}, "AsyncAPI 3.1.x", "asyncapi", "3.1.", false},
		{{"arazzo1.0", "arazzo1", "arazzo1_0"}, "Arazzo 1.0.x", "arazzo", "1.0", true},
		{{"json-schema"}, "JSON Schema", "$schema", NULL, false},
		{{"json-schema-loose"}, "JSON Schema (loose)", NULL, NULL, false},
		{{"json-schema-draft4"}, "JSON Schema Draft 4", "$schema", "draft-04", false},
		{{"json-schema-draft6"}, "JSON Schema Draft 6", "$schema", "draft-06", false},
		{{"json-schema-draft7"}, "JSON Schema Draft 7", "$schema", "draft-07", false},
		{{"json-schema-2019-09", "json-schema-draft-2019-09"}, "JSON Schema Draft 2019-09", "$schema", "draft/2019-09",
				false},
		{{"json-schema-2020-12", "json-schema-draft-2020-12"}, "JSON Schema Draft 2020-12", "$schema", "draft/2020-12",
				false},
};

enum { FORMAT_COUNT = sizeof formats / sizeof *formats };

format_set format_by_name(struct str name)
{
	for (size_t i = 0; i < FORMAT_COUNT; i++)
		for (size_t j = 0; j < 3 && formats[i].names[j]; j++)
			if (str_eq(name, str_of(formats[i].names[j]))) return (format_set)1 << i;
	return 0;
}

/* The prefix alone, or the prefix, "." and digits only. */
static bool version_is_exact(struct str version, struct str prefix)
{
	struct str rest = str_skip(version, prefix.len);
	if (rest.len == 0) return true;
	if (rest.ptr[0] != '.') return false;
	for (size_t i = 1; i < rest.len; i++)
		if (rest.ptr[i] < '0' || rest.ptr[i] > '9') return false;
	return true;
}

/* A number without zeros in front; returns its length, 0 when there is none. */
static size_t number_length(struct str text)
{
	size_t i = 0;
	while (i < text.len && text.ptr[i] >= '0' && text.ptr[i] <= '9')
		i++;
	return i > 1 && text.ptr[0] == '0' ? 0 : i;
}

/* "2.6.0". */
static bool version_is_full(struct str version)
{
	for (int part = 0; part < 3; part++) {
		size_t length = number_length(version);
		bool more = length < version.len && version.ptr[length] == '.';
		if (length == 0 || more != (part < 2) || (part == 2 && length < version.len)) return false;
		version = str_skip(version, length + 1);
	}
	return true;
}

/* A major version alone ("3") must not be the start of a longer number ("31"), as parseInt() has it. */
static bool version_matches(const struct format *format, struct str version)
{
	struct str prefix = str_of(format->prefix);
	if (!str_starts(version, prefix)) return false;
	if (format->exact) return version_is_exact(version, prefix);
	char next = version.len > prefix.len ? version.ptr[prefix.len] : '\0';
	return prefix.ptr[prefix.len - 1] == '.' || next < '0' || next > '9';
}

static bool is_schema_type(const struct node *type)
{
	static const char *const names[] = {"array", "boolean", "integer", "null", "number", "object", "string"};
	for (size_t i = 0; type->kind == NODE_STRING && i < sizeof names / sizeof *names; i++)
		if (str_eq(node_text(type), str_of(names[i]))) return true;
	return false;
}

/* A document without `$schema` that looks like a JSON Schema all the same. */
static bool is_loose_schema(const struct node *root)
{
	static const char *const compounds[] = {"allOf", "oneOf", "anyOf", "not", "if"};
	const struct node *type = node_member(root, STR("type"));
	bool typed = type && (is_schema_type(type) || type->kind == NODE_ARRAY);
	for (uint32_t i = 0; typed && type->kind == NODE_ARRAY && i < type->len; i++)
		typed = is_schema_type(&type->children[i]);
	const struct node *values = node_member(root, STR("enum"));
	if (typed || (values && values->kind == NODE_ARRAY)) return true;
	for (size_t i = 0; i < sizeof compounds / sizeof *compounds; i++) {
		const struct node *compound = node_member(root, str_of(compounds[i]));
		if (compound && node_is_container(compound)) return true;
	}
	return false;
}

static bool schema_format_matches(const struct format *format, const struct node *root)
{
	struct str dialect = node_string_member(root, STR("$schema"));
	bool is_schema = dialect.ptr && str_find_str(dialect, STR("//json-schema.org/")) < dialect.len;
	if (!format->member) return is_schema || is_loose_schema(root);
	if (!is_schema || !format->prefix) return is_schema;
	size_t host = str_find_str(dialect, STR("//json-schema.org/")) + strlen("//json-schema.org/");
	return str_starts(str_skip(dialect, host), str_of(format->prefix));
}

format_set format_detect(const struct node *root)
{
	format_set found = 0;
	if (!root || root->kind != NODE_OBJECT) return 0;
	for (size_t i = 0; i < FORMAT_COUNT; i++) {
		const struct format *format = &formats[i];
		bool is_schema = !format->member || format->member[0] == '$';
		const struct node *version = is_schema ? NULL : node_member(root, str_of(format->member));
		bool has_text = version && (version->kind == NODE_STRING || version->kind == NODE_NUMBER);
		if (has_text && str_eq(str_of(format->member), STR("asyncapi")))
			has_text = version->kind == NODE_STRING && version_is_full(node_text(version));
		if (is_schema ? schema_format_matches(format, root) : has_text && version_matches(format, node_text(version)))
			found |= (format_set)1 << i;
	}
	return found;
}

struct str format_names(struct arena *arena, format_set set)
{
	struct strbuf names;
	strbuf_init(&names, LIMIT_MESSAGE_BYTES);
	for (size_t i = 0; i < FORMAT_COUNT; i++)
		if (set >> i & 1) strbuf_printf(&names, "%s%s", names.len ? ", " : "", formats[i].title);
	struct str text = strbuf_take(&names, arena);
	return text;
}
