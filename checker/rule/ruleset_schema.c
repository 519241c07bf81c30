/* A JSON Schema as a rule set of one requirement. */
#include "rule/ruleset_made.h"

#include "doc/uri_path.h"
#include "engine/schema_files.h"

static void list_files(struct ruleset *ruleset, const struct schema_set *set)
{
	struct strbuf lines;
	strbuf_init(&lines, SIZE_MAX);
	ruleset->files = arena_alloc(ruleset->arena, set->file_count * sizeof *ruleset->files);
	ruleset->file_count = set->file_count;
	for (uint32_t i = 0; i < set->file_count; i++) {
		struct str bytes = set->files[i].doc->source->bytes;
		ruleset->files[i] = (struct rule_file){set->files[i].path, digest_of(bytes), bytes.len};
		strbuf_printf(&lines, "%s  %.*s\n", ruleset->files[i].digest.hex, STR_FMT(ruleset->files[i].name));
	}
	ruleset->digest = digest_of(strbuf_str(&lines));
	strbuf_release(&lines);
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

struct ruleset *ruleset_of_schema(struct arena *arena, const char *path, struct err *err)
{
	struct check *check = arena_zalloc(arena, sizeof *check);
	*check = (struct check){.name = STR("schema"),
			.engine = check_engine_find(STR("json-schema")),
			.file = str_copy(arena, str_of(path)),
			.subject = SUBJECT_OPENAPI};
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
	list_files(ruleset, check->schema);
	return ruleset;
}

bool ruleset_any_document(const struct ruleset *const *rulesets, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++)
		if (!rulesets[i]->any_document) return false;
	return count > 0;
}
