/* SPDX-License-Identifier: EUPL-1.2 */
/* Secrets out of results. */
#include "rule/redact.h"

struct redaction {
	const struct secrets *secrets;
	struct arena *arena, *scratch;
};

/* Copies only what changed. */
static void redact_str(const struct redaction *it, struct str *text)
{
	if (!text->ptr) return;
	struct str clean = secrets_redact(it->secrets, *text, it->scratch);
	if (!str_eq(clean, *text)) *text = str_copy(it->arena, clean);
}

static void redact_text(const struct redaction *it, struct text *text)
{
	for (int lang = 0; lang < LANG_COUNT; lang++)
		redact_str(it, &text->in[lang]);
}

static void redact_loc(const struct redaction *it, struct loc *loc)
{
	redact_str(it, &loc->file);
	redact_str(it, &loc->pointer);
}

static void redact_excerpt(const struct redaction *it, struct excerpt *excerpt)
{
	struct str before = excerpt->text;
	redact_str(it, &excerpt->text);
	if (!str_eq(before, excerpt->text)) *excerpt = (struct excerpt){.text = {"", 0}};
}

static void redact_finding(const struct redaction *it, struct finding *finding)
{
	redact_text(it, &finding->message);
	redact_text(it, &finding->expected);
	redact_str(it, &finding->found);
	redact_loc(it, &finding->loc);
	redact_loc(it, &finding->basis);
	redact_loc(it, &finding->referrer);
	redact_excerpt(it, &finding->excerpt);
}

static void redact_standard(const struct redaction *it, struct standard_result *standard)
{
	for (uint32_t i = 0; i < standard->requirement_count; i++) {
		struct requirement_result *result = &standard->requirements[i];
		redact_text(it, &result->reason);
		for (uint32_t j = 0; j < result->finding_count; j++)
			redact_finding(it, &result->findings[j]);
	}
}

void redact_target(struct target_result *target, const struct secrets *secrets)
{
	struct redaction it = {secrets, target->arena, arena_new()};
	for (uint32_t i = 0; i < target->preflight_count; i++) {
		redact_text(&it, &target->preflight[i].message);
		redact_loc(&it, &target->preflight[i].loc);
		redact_excerpt(&it, &target->preflight[i].excerpt);
	}
	for (uint32_t i = 0; i < target->document_count; i++)
		redact_str(&it, &target->documents[i].path);
	for (uint32_t i = 0; i < target->standard_count; i++)
		redact_standard(&it, &target->standards[i]);
	arena_free(it.scratch);
}
