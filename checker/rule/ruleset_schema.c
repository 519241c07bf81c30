/* SPDX-License-Identifier: EUPL-1.2 */
/* A JSON Schema, or a set of XML Schemas, as a rule set of one requirement. */
#include "rule/ruleset_made.h"

#include "base/io.h"
#include "base/limits.h"
#include "doc/uri_path.h"
#include "doc/xml_doc.h"
#include "engine/schema_files.h"
#include "rule/ruleset_private.h"

static void add_files(struct ruleset *ruleset, uint32_t count)
{
	ruleset->files = arena_alloc(ruleset->arena, count * sizeof *ruleset->files);
	ruleset->file_count = count;
}

static void list_files(struct ruleset *ruleset, const struct schema_set *set)
{
	add_files(ruleset, set->file_count);
	for (uint32_t i = 0; i < set->file_count; i++) {
		struct str bytes = set->files[i].doc->source->bytes;
		ruleset->files[i] = (struct rule_file){set->files[i].path, digest_of(bytes), bytes.len};
	}
	rulefiles_seal(ruleset);
}

static void list_xsd_files(struct ruleset *ruleset, const struct xsd *xsd)
{
	uint32_t count;
	const struct xsd_file *files = xsd_files(xsd, &count);
	add_files(ruleset, count);
	for (uint32_t i = 0; i < count; i++)
		ruleset->files[i] = (struct rule_file){files[i].name, files[i].digest, files[i].size};
	rulefiles_seal(ruleset);
}

static struct requirement *the_requirement(struct arena *arena)
{
	struct requirement *requirement = arena_zalloc(arena, sizeof *requirement);
	struct rule_use *use = arena_zalloc(arena, sizeof *use);
	*use = (struct rule_use){.named = STR("schema#valid")};
	*requirement = (struct requirement){.id = STR("schema"),
			.obligation = OBLIGATION_MUST,
			.kind = KIND_TECHNICAL,
			.mode = MODE_AUTOMATIC,
			.title = TEXT("The document is valid against the schema", "Het document voldoet aan het schema"),
			.uses = use,
			.use_count = 1};
	return requirement;
}

/* By its name, or else by how it begins. */
static bool is_xml(const char *path)
{
	static const char *const ends[] = {".xsd", ".wsdl", ".xml"};
	struct str name = str_of(path), bytes;
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
		if (str_ends(name, str_of(ends[i]))) return true;
	if (str_ends(name, STR(".json")) || str_ends(name, STR(".yaml")) || str_ends(name, STR(".yml"))) return false;
	struct arena *scratch = arena_new();
	struct err none;
	err_init(&none, scratch);
	bool xml = io_read(scratch, path, LIMIT_DOCUMENT_BYTES, &bytes, &none) && xml_begins(bytes);
	arena_free(scratch);
	return xml;
}

struct ruleset *ruleset_of_schema(struct arena *arena, const char *path, struct err *err)
{
	struct check *check = arena_zalloc(arena, sizeof *check);
	bool xml = is_xml(path);
	*check = (struct check){.name = STR("schema"),
			.engine = check_engine_find(xml ? STR("xsd") : STR("json-schema")),
			.file = str_copy(arena, str_of(path)),
			.subject = xml ? SUBJECT_XML : SUBJECT_OPENAPI};
	if (!check->engine->compile(arena, check, path, NULL, err)) return NULL;
	struct ruleset *ruleset = arena_zalloc(arena, sizeof *ruleset);
	struct str name = path_base(check->file);
	*ruleset = (struct ruleset){.arena = arena,
			.id = name,
			.dir = STR("."),
			.path = check->file,
			.title = {{name, name}},
			.status = STATUS_EFFECTIVE,
			.checks = check,
			.check_count = 1,
			.requirements = the_requirement(arena),
			.requirement_count = 1,
			.ad_hoc = true,
			.any_document = true};
	if (xml)
		list_xsd_files(ruleset, check->xsd);
	else
		list_files(ruleset, check->schema);
	return ruleset;
}

bool ruleset_any_document(const struct ruleset *const *rulesets, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++)
		if (!rulesets[i]->any_document) return false;
	return count > 0;
}
