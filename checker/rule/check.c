/* The table of engines. */
#include "rule/check.h"

const char *const subject_names[SUBJECT_COUNT] = {"openapi", "endpoint", "evidence"};

void check_take_spectral(struct arena *arena, struct check *check, const struct spectral *spectral)
{
	const struct spectral_rule *rules = spectral_rules(spectral, &check->rule_count);
	struct str *names = arena_alloc(arena, check->rule_count * sizeof *names);
	for (uint32_t i = 0; i < check->rule_count; i++)
		names[i] = rules[i].name;
	check->rules = names;
	check->spectral = spectral;
}

static bool compile_spectral(struct arena *arena, struct check *check, const char *path,
		const struct spectral_options *options, struct err *err)
{
	const struct spectral *spectral = spectral_load(arena, path, options, err);
	if (spectral) check_take_spectral(arena, check, spectral);
	return spectral != NULL;
}

static void run_spectral(const struct check *check, const struct check_context *context, struct facts *facts)
{
	spectral_check(check->spectral, context->refs, context->arena, facts);
}

static const struct check_engine engines[] = {
		{"spectral", 1u << SUBJECT_OPENAPI | 1u << SUBJECT_EVIDENCE, compile_spectral, run_spectral},
		{NULL, 0, NULL, NULL},
};

const struct check_engine *check_engine_find(struct str name)
{
	for (const struct check_engine *engine = engines; engine->name; engine++)
		if (str_eq(name, str_of(engine->name))) return engine;
	return NULL;
}

static struct str list_add(struct arena *arena, struct str list, const char *name)
{
	return str_printf(arena, "%.*s%s%s", STR_FMT(list), list.len ? ", " : "", name);
}

struct str check_engine_names(struct arena *arena)
{
	struct str list = {"", 0};
	for (const struct check_engine *engine = engines; engine->name; engine++)
		list = list_add(arena, list, engine->name);
	return list;
}

struct str check_subject_list(struct arena *arena, const struct check_engine *engine)
{
	struct str list = {"", 0};
	for (int i = 0; i < SUBJECT_COUNT; i++)
		if (engine->subjects & 1u << i) list = list_add(arena, list, subject_names[i]);
	return list;
}
