/* SPDX-License-Identifier: EUPL-1.2 */
/* Which requests of a scenario may change what is at a service: never what this run did not make (engine/owned.h). */
#include "engine/arazzo_play.h"
#include "engine/owned.h"

/* Does it follow from what the service answered? Test data and texts of the scenario are somebody's own choice. */
static bool is_answered(const struct frame *frame, const struct expression *expression)
{
	switch (expression->kind) {
	case EXPRESSION_INPUTS:
		return frame->depth > 0; /* a step that calls fills them in, with what it likes */
	case EXPRESSION_COUNTERPART:
	case EXPRESSION_FRESH:
	case EXPRESSION_SOURCE:
	case EXPRESSION_COMPONENT:
	case EXPRESSION_SELF:
		return false;
	default:
		return true;
	}
}

static bool template_is_answered(const struct frame *frame, const struct template *template)
{
	for (uint32_t i = 0; i < template->count; i++)
		if (!template->parts[i].literal && is_answered(frame, &template->parts[i].expression)) return true;
	return false;
}

/* Does an answer decide where the request goes? */
static bool goes_as_answered(const struct frame *frame, const struct arazzo_step *step)
{
	if (template_is_answered(frame, &step->url) || template_is_answered(frame, &step->path)) return true;
	for (uint32_t i = 0; i < step->parameter_count; i++) {
		const struct parameter *parameter = &step->parameters[i];
		if (parameter->in != IN_PATH) continue;
		if (parameter->value.kind == PLAN_SELECTOR) return true;
		if (parameter->value.kind == PLAN_TEMPLATE && template_is_answered(frame, &parameter->value.text)) return true;
	}
	return false;
}

static bool is_safe(struct str method)
{
	return str_eq(method, STR("GET")) || str_eq(method, STR("HEAD")) || str_eq(method, STR("OPTIONS")) ||
		   str_eq(method, STR("TRACE"));
}

/* What a step of the test itself writes to may be there already: the scenario says so. What is in doubt may not. */
bool guard_allows(struct play *play, const struct frame *frame, const struct arazzo_step *step,
		const struct attempt *attempt, struct text *why)
{
	if (is_safe(attempt->request.method) || !goes_as_answered(frame, step)) return true;
	struct str url = attempt->request.url;
	enum ownership whose = owned_find(play->owned, url, why);
	bool cleans = step->cleanup || play->cleaning;
	if (whose == OWNED_OURS || (whose == OWNED_UNKNOWN && !cleans)) return true;
	*why = text_printf(play->arena, "%.*s is left alone: %s%.0s", "%.*s blijft ongemoeid: %.0s%s", STR_FMT(url),
			str_copy(play->arena, why->in[LANG_EN]).ptr, str_copy(play->arena, why->in[LANG_NL]).ptr);
	return false;
}

void guard_take(struct play *play, struct attempt *attempt)
{
	struct value body = body_value(play, attempt);
	owned_take(play->owned, play->options->server, attempt->exchange, attempt->payload,
			body.state == VALUE_THERE ? body.node : NULL);
}
