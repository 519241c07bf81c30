/* SPDX-License-Identifier: EUPL-1.2 */
/* Has libxml2 compile the texts of a schema set, and says where it found fault. */
#include <stdio.h>

#include "base/limits.h"
#include "engine/xsd_api.h"
#include "engine/xsd_set.h"

/* The first error counts: what follows is often its consequence. */
struct complaint {
	bool found;
	bool internal;
	int code;
	struct str file;
	uint32_t line;
	struct str message;
	struct arena *arena;
};

static void take_error(void *context, xmlErrorPtr error)
{
	struct complaint *complaint = context;
	if (error->level < XML_ERR_ERROR) return;
	if (error->code == XML_SCHEMAP_INTERNAL || error->code == XML_ERR_NO_MEMORY) complaint->internal = true;
	if (complaint->found) return;
	struct str message = str_of(error->message ? error->message : "?");
	while (message.len && message.ptr[message.len - 1] == '\n')
		message.len--;
	complaint->found = true;
	complaint->code = error->code;
	complaint->file = str_copy(complaint->arena, str_of(error->file ? error->file : ""));
	complaint->line = error->line > 0 ? (uint32_t)error->line : 0;
	complaint->message = str_copy(complaint->arena, message);
}

/* "keur:12" is the schema of that number; of other texts no line is known to anybody. */
static struct loc place_of(const struct xsd_set *set, const struct complaint *complaint)
{
	uint32_t index;
	struct loc loc = {.file = xsd_folder_name(&set->folder, set->folder.entry)};
	if (!str_starts(complaint->file, STR("keur:")) || !str_to_u32(str_skip(complaint->file, 5), &index) ||
			index >= set->sources.count)
		return loc;
	loc.file = xsd_folder_name(&set->folder, set->sources.items[index].below);
	loc.line = complaint->line;
	loc.column = complaint->line ? 1 : 0;
	return loc;
}

/* A schema that was left out is the likely reason why something is not there. */
static bool fail(const struct xsd_set *set, const struct complaint *complaint, struct err *err)
{
	struct loc loc = place_of(set, complaint);
	if (complaint->internal || !complaint->found)
		return err_set(err, ERR_UNDECIDED, loc, "XML Schema: libxml2 could not compile the set: %.*s",
				"XML Schema: libxml2 kon de verzameling niet compileren: %.*s", STR_FMT(complaint->message));
	if (!set->remarks.count)
		return err_set(err, ERR_RULES, loc, "XML Schema: expected a sound schema set, found (libxml2): %.*s",
				"XML Schema: verwacht een deugdelijke schemaverzameling, gevonden (libxml2): %.*s",
				STR_FMT(complaint->message));
	const struct xsd_remark *first = &set->remarks.items[0];
	return err_set(err, ERR_RULES, loc,
			"XML Schema: expected a sound schema set, found (libxml2): %.*s; perhaps because %.*s:%u %s%.0s",
			"XML Schema: verwacht een deugdelijke schemaverzameling, gevonden (libxml2): %.*s; misschien omdat %.*s:%u "
			"%.0s%s",
			STR_FMT(complaint->message), STR_FMT(first->loc.file), first->loc.line, first->message.in[LANG_EN].ptr,
			first->message.in[LANG_NL].ptr);
}

xmlSchema *xsd_compile(const struct xsd_set *set, const struct xsd_texts *texts, struct err *err)
{
	const struct xsd_api *api = xsd_api_load(err);
	struct complaint complaint = {.arena = set->arena, .message = STR("?")};
	if (!api) return NULL;
	xsd_api_hush(api);
	xmlSchemaParserCtxt *parser = api->parser_new(texts->entry.ptr, (int)texts->entry.len);
	if (!parser) {
		fail(set, &complaint, err);
		return NULL;
	}
	api->parser_errors(parser, take_error, &complaint);
	xml_serve(texts->items, texts->count);
	xmlSchema *schema = api->parse(parser);
	xml_serve(NULL, 0);
	api->parser_free(parser);
	if (schema && !complaint.found) return schema;
	fail(set, &complaint, err);
	api->schema_free(schema);
	return NULL;
}
