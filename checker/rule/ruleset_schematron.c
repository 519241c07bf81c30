/* SPDX-License-Identifier: EUPL-1.2 */
/* A Schematron schema as a rule set: each assertion is a requirement. */
#include "rule/ruleset_schematron.h"

#include "base/io.h"
#include "base/limits.h"
#include "doc/uri_path.h"
#include "engine/schematron.h"
#include "rule/check_private.h"
#include "rule/ruleset_private.h"

bool ruleset_is_schematron(const char *path)
{
	struct arena *arena = arena_new();
	struct str bytes;
	struct err err;
	err_init(&err, arena);
	bool xml = io_read(arena, path, LIMIT_DOCUMENT_BYTES, &bytes, &err);
	if (xml && str_starts(bytes, STR("\xEF\xBB\xBF"))) bytes = str_skip(bytes, 3);
	while (xml && bytes.len && memchr(" \t\r\n", bytes.ptr[0], 4))
		bytes = str_skip(bytes, 1);
	xml = xml && xml_begins(bytes);
	arena_free(arena);
	return xml;
}

static void list_files(struct ruleset *ruleset, const struct schematron_head *head)
{
	ruleset->files = arena_alloc(ruleset->arena, head->file_count * sizeof *ruleset->files);
	ruleset->file_count = head->file_count;
	for (uint32_t i = 0; i < head->file_count; i++) {
		struct str bytes = head->files[i].doc->source->bytes;
		ruleset->files[i] = (struct rule_file){head->files[i].path, digest_of(bytes), bytes.len};
	}
	rulefiles_seal(ruleset);
}

static void add_requirement(struct ruleset *ruleset, const struct schematron_name *rule, uint32_t index)
{
	struct requirement *requirement = &ruleset->requirements[ruleset->requirement_count++];
	struct rule_use *use = arena_alloc(ruleset->arena, sizeof *use);
	*use = (struct rule_use){
			.rule = index, .named = str_printf(ruleset->arena, "schematron#%.*s", STR_FMT(rule->name))};
	*requirement = (struct requirement){.id = rule->name,
			.obligation = ruleset_obligation(rule->severity),
			.kind = KIND_TECHNICAL,
			.mode = MODE_AUTOMATIC,
			.title = rule->title.in[LANG_EN].len || rule->title.in[LANG_NL].len
							 ? rule->title
							 : (struct text){{rule->name, rule->name}},
			.uses = use,
			.use_count = 1};
}

struct ruleset *ruleset_of_schematron(struct arena *arena, const char *path, struct str phase, struct err *err)
{
	const struct schematron *schema = schematron_load(arena, path, phase, err);
	if (!schema) return NULL;
	const struct schematron_head *head = schematron_head(schema);
	struct check *check = arena_zalloc(arena, sizeof *check);
	*check = (struct check){.name = STR("schematron"),
			.engine = check_engine_find(STR("schematron")),
			.file = str_copy(arena, str_of(path)),
			.subject = SUBJECT_XML};
	check_take_schematron(arena, check, schema);
	struct ruleset *ruleset = arena_zalloc(arena, sizeof *ruleset);
	struct str name = path_base(check->file), title = head->title.len ? head->title : name;
	*ruleset = (struct ruleset){.arena = arena,
			.id = name,
			.dir = STR("."),
			.path = check->file,
			.title = {{title, title}},
			.status = STATUS_EFFECTIVE,
			.checks = check,
			.check_count = 1,
			.requirements = arena_zalloc(arena, head->rule_count * sizeof *ruleset->requirements),
			.ad_hoc = true,
			.any_document = true};
	for (uint32_t i = 0; i < head->rule_count; i++)
		add_requirement(ruleset, &head->rules[i], i);
	list_files(ruleset, head);
	return ruleset;
}
