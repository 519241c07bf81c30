/* Rule sets of one Arazzo document, as published. */
#include "rule/ruleset.h"

#include "doc/uri_path.h"

static void list_files(struct ruleset *ruleset, const struct scenario *scenario)
{
	struct strbuf lines;
	strbuf_init(&lines, SIZE_MAX);
	ruleset->files = arena_alloc(ruleset->arena, scenario->doc_count * sizeof *ruleset->files);
	for (uint32_t i = 0; i < scenario->doc_count; i++) {
		const struct source *source = scenario->docs[i]->source;
		ruleset->files[ruleset->file_count++] = (struct rule_file){
				source->name, digest_of(source->bytes), source->bytes.len};
		strbuf_printf(&lines, "%s  %.*s\n", ruleset->files[i].digest.hex, STR_FMT(source->name));
	}
	ruleset->digest = digest_of(strbuf_str(&lines));
	strbuf_release(&lines);
}

/* What a rule says of itself; without that, its name. */
static struct requirement requirement_of(struct ruleset *ruleset, const struct scenario_rule *rule, uint32_t index)
{
	struct rule_use *use = arena_alloc(ruleset->arena, sizeof *use);
	*use = (struct rule_use){.rule = index, .named = str_printf(ruleset->arena, "scenario#%.*s", STR_FMT(rule->name))};
	return (struct requirement){.id = rule->name,
			.obligation = OBLIGATION_MUST,
			.kind = KIND_TECHNICAL,
			.mode = MODE_AUTOMATIC,
			.title = {{rule->name, rule->name}},
			.uses = use,
			.use_count = 1};
}

struct ruleset *ruleset_of_scenario(struct arena *arena, const char *path, struct err *err)
{
	struct check *check = arena_zalloc(arena, sizeof *check);
	*check = (struct check){.name = STR("scenario"),
			.engine = check_engine_find(STR("arazzo")),
			.file = str_copy(arena, str_of(path)),
			.subject = SUBJECT_ENDPOINT};
	if (!check->engine->compile(arena, check, path, NULL, err)) return NULL;
	const struct scenario *scenario = check->scenario;
	struct ruleset *ruleset = arena_zalloc(arena, sizeof *ruleset);
	*ruleset = (struct ruleset){.arena = arena,
			.id = path_base(check->file),
			.dir = STR("."),
			.path = check->file,
			.title = {{scenario->title, scenario->title}},
			.status = STATUS_EFFECTIVE,
			.checks = check,
			.check_count = 1,
			.requirement_count = scenario->rule_count,
			.ad_hoc = true};
	ruleset->requirements = arena_alloc(arena, scenario->rule_count * sizeof *ruleset->requirements);
	for (uint32_t i = 0; i < scenario->rule_count; i++)
		ruleset->requirements[i] = requirement_of(ruleset, &scenario->rules[i], i);
	list_files(ruleset, scenario);
	return ruleset;
}
