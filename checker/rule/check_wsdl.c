/* SPDX-License-Identifier: EUPL-1.2 */
/* Engine "wsdl": the vendor's WSDL against the official one. */
#include "rule/check_private.h"

#include "engine/wsdl_compare.h"
#include "engine/wsdl_load.h"

bool check_wsdl_compile(struct arena *arena, struct check *check, const char *path,
		const struct spectral_options *options, struct err *err)
{
	(void)options;
	struct wsdl *official = wsdl_open(arena, path, check->root.len ? check->root.ptr : NULL, err);
	if (!official) return false;
	for (uint32_t i = 0; i < official->problem_count; i++) {
		const struct wsdl_problem *problem = &official->problems[i];
		const struct wsdl_at *at = &problem->at;
		struct loc loc = source_loc(at->doc->source, xml_offset(at->doc, at->node));
		/* The measure itself has to be whole: what it does not say cannot be asked of anybody. */
		return err_set_text(err, ERR_RULES, loc, (struct text){0}, problem->message);
	}
	check->wsdl = official;
	check->rules = wsdl_rule_names;
	check->rule_count = WSDL_RULES;
	return true;
}

/* Looking up lines writes into a source, and the official ones are shared by threads: this target gets its own. */
static void own_sources(const struct wsdl *official, const struct check_context *context, struct facts *facts)
{
	struct source **own = arena_zalloc(context->arena, official->doc_count * sizeof *own);
	for (uint32_t i = 0; i < facts->result_count; i++) {
		struct result *result = &facts->results[i];
		for (uint32_t j = 0; result->basis && j < official->doc_count; j++) {
			const struct source *source = official->docs[j]->source;
			if (result->basis != source) continue;
			if (!own[j]) own[j] = source_of(context->arena, source->name, source->bytes);
			result->basis = own[j];
			break;
		}
	}
}

static void undecide(const struct check_context *context, struct facts *facts, const struct err *err)
{
	*facts = (struct facts){.items = arena_zalloc(context->arena, WSDL_RULES * sizeof *facts->items)};
	for (int i = 0; i < WSDL_RULES; i++)
		facts->items[i] = (struct fact){.applies = true, .undecided = true, .why = err->message};
}

void check_wsdl_run(const struct check *check, const struct check_context *context, struct facts *facts)
{
	struct err err;
	err_init(&err, context->arena);
	const struct wsdl *vendor = wsdl_new(context->arena, context->xml, NULL, &err);
	if (!vendor) {
		undecide(context, facts, &err);
		return;
	}
	wsdl_compare(vendor, check->wsdl, context->arena, facts);
	own_sources(check->wsdl, context, facts);
}
