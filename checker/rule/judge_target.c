/* SPDX-License-Identifier: EUPL-1.2 */
/* Telling targets apart. */
#include "rule/judge_target.h"

#include "rule/judge.h"
#include "rule/judge_service.h"
#include "rule/judge_xml.h"
#include "rule/preflight.h"
#include "rule/service.h"

/* A scenario has nobody to play with. */
static void refuse_document(struct target_result *target, const struct judge_options *options)
{
	struct preflight preflight = {.kind = PREFLIGHT_UNSUPPORTED,
			.level = LEVEL_BLOCKING,
			.loc = {.file = target->path, .line = 1, .column = 1},
			.message = TEXT("a scenario is played on a running service: name its URL or a service descriptor",
					"een scenario wordt afgespeeld op een draaiende dienst: noem de URL ervan of een service-descriptor")};
	preflight_add(target, &preflight);
	judge_blocked(target, options->rulesets, options->count);
}

/* "HTTP://" and "ftp://" are no names of files that anybody meant. */
static void refuse_scheme(struct target_result *target, const struct judge_options *options)
{
	struct preflight preflight = {.kind = PREFLIGHT_UNREADABLE,
			.level = LEVEL_BLOCKING,
			.loc = {.file = target->path},
			.message = TEXT(
					"cannot be read: expected a file, or a URL that begins with http:// or https:// in small letters",
					"kan niet gelezen worden: verwacht een bestand, of een URL die begint met http:// of https:// in kleine "
					"letters")};
	preflight_add(target, &preflight);
	judge_blocked(target, options->rulesets, options->count);
}

static void judge_file(struct target_result *target, const struct judge_options *options)
{
	struct err err;
	struct arena *scratch = arena_new();
	err_init(&err, scratch);
	struct doc *doc = doc_open_any(target->path.ptr, &err);
	if (!doc && !err.loc.line && str_find_str(target->path, STR("://")) < target->path.len)
		refuse_scheme(target, options);
	else if (!doc)
		judge_unread(target, options, &err);
	else if (doc->format == DOC_XML && !options->scenario)
		judge_xml(target, doc, options);
	else if (options->scenario && !service_is(doc))
		refuse_document(target, options);
	else if (options->session && service_is(doc) && !ruleset_any_document(options->rulesets, options->count))
		judge_service(target, doc, options);
	else
		judge_document(target, doc, options);
	doc_close(doc);
	arena_free(scratch);
}

void judge_target(struct target_result *target, const struct judge_options *options)
{
	bool url = str_starts(target->path, STR("http://")) || str_starts(target->path, STR("https://"));
	bool itself = options->scenario && str_eq(target->path, options->rulesets[0]->path);
	if ((url || itself) && options->session)
		judge_url(target, options);
	else
		judge_file(target, options);
}
