/* SPDX-License-Identifier: EUPL-1.2 */
/* Fields that only some checks have: inputs, counterpart, base. */
#include "rule/check_fields.h"

/* Takes a folder off the front of a path; false when there is none, or it leads up or is hidden. */
static bool skip_folder(struct str *name)
{
	size_t slash = str_find(*name, '/');
	if (slash == 0 || slash == name->len || name->ptr[0] == '.') return false;
	*name = str_skip(*name, slash + 1);
	return true;
}

/*
 * A check file lies in the rule set's own folder, in that of another version of it (../1.5/x), or in one that several
 * rule sets share (../../zgw/1.5/x); never elsewhere, so that what a report hashes is what was run.
 */
bool check_is_plain_name(struct str name)
{
	bool shared = str_starts(name, STR("../../")), other = !shared && str_starts(name, STR("../"));
	name = str_skip(name, shared ? 6 : other ? 3 : 0);
	if ((shared && !skip_folder(&name)) || ((shared || other) && !skip_folder(&name))) return false;
	return name.len && name.ptr[0] != '.' && str_find(name, '/') == name.len && str_find(name, '\\') == name.len;
}

/* What keur answers while a scenario is played. */
static bool load_counterpart_of(const struct fields *fields, struct check *check)
{
	if (!fields_string(fields, "counterpart", false, &check->counterpart_file)) return false;
	if (!check->counterpart_file.len) return true;
	const struct node *node = node_member(fields->object, STR("counterpart"));
	bool played = str_eq(str_of(check->engine->name), STR("arazzo")) && check->subject == SUBJECT_ENDPOINT;
	if (!played && check->subject != SUBJECT_REQUESTS)
		return fields_fail(fields, node,
				"only checks of engine arazzo and subject endpoint, or of subject requests, have a counterpart%s",
				"alleen checks met engine arazzo en onderwerp endpoint, of met onderwerp requests, hebben een counterpart%s",
				"");
	return check_is_plain_name(check->counterpart_file) ||
		   fields_fail(fields, node, "expected the name of a file in the folder of the rule set, found '%.*s'",
				   "verwacht de naam van een bestand in de map van de regelset, gevonden '%.*s'",
				   STR_FMT(check->counterpart_file));
}

/* What a scenario that several rule sets share has to know of this one. */
static bool load_inputs_of(const struct fields *fields, struct check *check)
{
	if (!fields_value(fields, "inputs", NODE_OBJECT, false, &check->inputs)) return false;
	bool scenario = str_eq(str_of(check->engine->name), STR("arazzo"));
	return !check->inputs || scenario ||
		   fields_fail(fields, check->inputs, "only checks of engine arazzo have inputs, this one has engine %s",
				   "alleen checks met engine arazzo hebben inputs, deze heeft engine %s", check->engine->name);
}

/* Of which API of keur's the requests count. */
static bool load_base_of(const struct fields *fields, struct check *check)
{
	if (!fields_string(fields, "base", false, &check->base)) return false;
	bool path = str_starts(check->base, STR("/")) && !str_ends(check->base, STR("/"));
	bool good = !check->base.len || (check->subject == SUBJECT_REQUESTS && path);
	return good ||
		   fields_fail(fields, node_member(fields->object, STR("base")),
				   "expected a path such as /zaken/api/v1, of a check of subject requests, found '%.*s'",
				   "verwacht een pad zoals /zaken/api/v1, van een check met onderwerp requests, gevonden '%.*s'",
				   STR_FMT(check->base));
}

bool check_fields_load(const struct fields *fields, struct check *check)
{
	return load_inputs_of(fields, check) && load_counterpart_of(fields, check) && load_base_of(fields, check);
}
