/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The ZGW rule sets on the official contracts: (a) each contract keeps to its own rule set; (b) changed in one way at
 * run time, it fails exactly the requirement of that way; (c) changed as interpretations.yaml accepts, it fails none;
 * (d) the register has every requirement of rules.json, but for those of later releases. A document that keeps to a
 * contract is a copy of it, so these stand in for fixtures.
 */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/io.h"
#include "base/limits.h"
#include "rule/fixture.h"

struct set {
	const char *id, *file;
	const struct ruleset *ruleset;
	struct doc *doc;
};

static struct set sets[] = {{"zgw-zaken", "zaken-1.5.1.json", NULL, NULL},
		{"zgw-catalogi", "catalogi-1.3.1.json", NULL, NULL}, {"zgw-documenten", "documenten-1.5.0.json", NULL, NULL},
		{"zgw-besluiten", "besluiten-1.1.0.json", NULL, NULL},
		{"zgw-autorisaties", "autorisaties-1.0.0.json", NULL, NULL},
		{"zgw-notificaties", "notificaties-1.0.0.json", NULL, NULL}};

enum { SETS = sizeof sets / sizeof *sets };

struct tally {
	unsigned total, passed;
	char path[64]; /* of the changed contract */
};

/* A change of the text: what stands from `start` to `end` becomes `text`, with `@` for what stood there. */
struct change {
	uint32_t start, end;
	const char *text;
};

static void expect(struct tally *tally, bool right, const char *set, const char *what, struct str found)
{
	tally->total++;
	tally->passed += right;
	if (!right) printf("%s: %s: fails %.*s\n", set, what, (int)found.len, found.len ? found.ptr : "");
}

static const struct node *find(const struct node *node, const char *const *way)
{
	for (; node && *way; way++)
		node = node->kind == NODE_OBJECT ? node_member(node, str_of(*way)) : NULL;
	return node;
}

static bool save(const struct set *set, const struct change *change, const char *path)
{
	struct str text = set->doc->source->bytes;
	FILE *file = fopen(path, "wb");
	if (!file) return false;
	fwrite(text.ptr, 1, change->start, file);
	for (const char *at = change->text; *at; at++) {
		if (*at == '@')
			fwrite(text.ptr + change->start, 1, change->end - change->start, file);
		else
			fputc(*at, file);
	}
	fwrite(text.ptr + change->end, 1, text.len - change->end, file);
	return fclose(file) == 0;
}

/* A document shows nothing of what is asked of a running service. */
static bool looks_at_description(const struct ruleset *ruleset, const struct requirement *requirement)
{
	for (uint32_t i = 0; i < requirement->use_count; i++)
		if (ruleset->checks[requirement->uses[i].check].subject == SUBJECT_OPENAPI) return true;
	return false;
}

/* Mandatory and recommended requirements that failed, "a, b"; what else is no pass but undecided counts as "?a". */
static void list_failed(const struct target_result *target, struct strbuf *out)
{
	const struct standard_result *standard = &target->standards[0];
	if (target->blocked) strbuf_add(out, STR("blocked"));
	for (uint32_t i = 0; i < standard->requirement_count; i++) {
		const struct requirement_result *result = &standard->requirements[i];
		enum outcome outcome = result->verdict.outcome;
		bool fails = outcome == OUTCOME_FAIL, other = outcome != OUTCOME_PASS;
		if (!looks_at_description(standard->ruleset, result->requirement) ||
				result->verdict.obligation == OBLIGATION_MAY || !(fails || other))
			continue;
		strbuf_printf(out, "%s%s%.*s", out->len ? ", " : "", fails ? "" : "?", STR_FMT(result->requirement->id));
	}
}

static void judge(struct tally *tally, const struct set *set, const char *path, const char *what, const char *expected)
{
	struct target_result target;
	struct fixture fixture = {.path = str_of(path)};
	struct strbuf failed;
	strbuf_init(&failed, 4096);
	fixture_judge(&target, &fixture, set->ruleset);
	list_failed(&target, &failed);
	expect(tally, str_eq(strbuf_str(&failed), str_of(expected)), set->id, what, strbuf_str(&failed));
	strbuf_release(&failed);
	arena_free(target.arena);
}

static void try(
		struct tally *tally, const struct set *set, struct change change, const char *what, const char *expected)
{
	if (change.end == 0)
		expect(tally, false, set->id, what, STR("(nothing to change)"));
	else if (!save(set, &change, tally->path))
		expect(tally, false, set->id, what, STR("(cannot be written)"));
	else
		judge(tally, set, tally->path, what, expected);
}

static struct change to_value(const struct node *node, const char *text)
{
	return node ? (struct change){node->start, node->end, text} : (struct change){0};
}

static struct change to_key(const struct node *node, const char *text)
{
	return node ? (struct change){node->key_start, node->key_start + node->key_len + 2, text} : (struct change){0};
}

/* Behind the bracket that a value begins with. */
static struct change to_start(const struct node *node, const char *text)
{
	return node ? (struct change){node->start, node->start + 1, text} : (struct change){0};
}

typedef const struct node *pick_fn(const struct node *root, const struct node *operation);

/* What `pick` finds in the first operation that has it. */
static const struct node *in_operations(const struct set *set, pick_fn *pick)
{
	const struct node *root = set->doc->root, *paths = node_member(root, STR("paths"));
	for (uint32_t i = 0; i < paths->len; i++)
		for (uint32_t j = 0; j < paths->children[i].len; j++) {
			const struct node *operation = &paths->children[i].children[j], *found = NULL;
			if (operation->kind == NODE_OBJECT) found = pick(root, operation);
			if (found) return found;
		}
	return NULL;
}

static const struct node *operation_itself(const struct node *root, const struct node *operation)
{
	(void)root;
	return operation;
}

static const struct node *optional_query(const struct node *root, const struct node *operation)
{
	const struct node *list = node_member(operation, STR("parameters"));
	(void)root;
	for (uint32_t i = 0; list && i < list->len; i++) {
		const struct node *in = node_member(&list->children[i], STR("in"));
		const struct node *required = node_member(&list->children[i], STR("required"));
		if (in && str_eq(node_text(in), STR("query")) && required && required->kind == NODE_FALSE) return required;
	}
	return NULL;
}

static const struct node *component(const struct node *root, const char *kind, const struct node *node)
{
	const struct node *ref = node ? node_member(node, STR("$ref")) : NULL;
	if (!ref) return node;
	const char *slash = memrchr(ref->text, '/', ref->len);
	struct str name = str_skip(node_text(ref), (size_t)(slash - ref->text) + 1);
	const char *const way[] = {"components", kind, NULL};
	return node_member(find(root, way), name);
}

static const struct node *request_schema(const struct node *root, const struct node *operation)
{
	const struct node *body = component(root, "requestBodies", node_member(operation, STR("requestBody")));
	const struct node *content = body ? node_member(body, STR("content")) : NULL;
	return content && content->len ? node_member(&content->children[0], STR("schema")) : NULL;
}

static const struct node *ok_response(const struct node *root, const struct node *operation)
{
	(void)root;
	const char *const way[] = {"responses", "200", NULL};
	return find(operation, way);
}

static const struct node *location_schema(const struct node *root, const struct node *operation)
{
	const char *const way[] = {"responses", "201", "headers", "Location", NULL};
	const struct node *header = component(root, "headers", find(operation, way));
	return header ? node_member(header, STR("schema")) : NULL;
}

static const struct node *scopes(const struct node *root, const struct node *operation)
{
	const struct node *security = node_member(operation, STR("security"));
	(void)root;
	return security && security->len && security->children[0].len ? &security->children[0].children[0] : NULL;
}

static void try_each(struct tally *tally, const struct set *set)
{
	const struct node *paths = node_member(set->doc->root, STR("paths"));
	try(tally, set, to_key(in_operations(set, operation_itself), "\"x-keur\""), "an operation is gone",
			"contract/operaties");
	try(tally, set, to_value(in_operations(set, optional_query), "true"), "a parameter is required",
			"contract/parameters");
	try(tally, set,
			to_value(in_operations(set, request_schema),
					"{\"allOf\":[@],\"required\":[\"keur\"],\"properties\":{\"keur\":{\"type\":\"string\"}}}"),
			"a request needs more", "contract/verzoeken");
	try(tally, set, to_key(in_operations(set, ok_response), "\"208\""), "another status", "contract/antwoorden");
	try(tally, set, to_value(in_operations(set, location_schema), "{\"type\":\"string\"}"), "a wider header",
			"contract/headers");
	try(tally, set, to_value(in_operations(set, scopes), "[\"keur\"]"), "other scopes", "contract/scopes");
	try(tally, set, to_start(paths, "{\"/keur\":{\"get\":{\"responses\":{\"200\":{\"description\":\"\"}}}},"),
			"an operation more", "contract/uitbreidingen");
}

/* Changes at a place of one contract. */
static void try_readings(struct tally *tally)
{
	static const struct {
		unsigned set;
		enum { KEY, VALUE, START } where;
		const char *way[8], *text, *expected;
	} cases[] = {
			{1, KEY, {"paths", "/zaaktypen/{uuid}", "delete", "responses", "200", NULL}, "\"204\"", ""},
			{1, KEY, {"paths", "/informatieobjecttypen", "post", "responses", "200", NULL}, "\"201\"", ""},
			{1, KEY, {"paths", "/zaaktypen", "get", "responses", "200", NULL}, "\"201\"", "contract/antwoorden"},
			{1, KEY, {"paths", "/zaaktypen/{uuid}", "delete", "responses", "200", NULL}, "\"202\"",
					"contract/antwoorden"},
			{5, KEY, {"paths", "/notificaties", "post", "responses", "200", NULL}, "\"201\"", ""},
			{2, VALUE,
					{"components", "schemas", "Ext_Catalogi_1_3_2_InformatieObjectType", "properties", "zaaktypen",
							NULL},
					"{\"type\":\"array\",\"items\":{\"type\":\"string\"}}", ""},
			{0, START, {"components", "schemas", "Wijzigingen", "properties", "oud", NULL}, "{\"nullable\":true,", ""},
			{2, START, {"components", "schemas", "Wijzigingen", "properties", "nieuw", NULL}, "{\"nullable\":true,",
					""},
			{0, START, {"components", "schemas", "AuditTrail", "properties", "wijzigingen", NULL}, "{\"x-keur\":true,",
					""},
			{3, START, {"components", "schemas", "Besluit", "properties", "vervalreden", "enum", NULL}, "[\"\",", ""},
			{3, START, {"components", "schemas", "Besluit", "properties", "vervalreden", "enum", NULL}, "[\"keur\",",
					"contract/antwoorden"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const struct set *set = &sets[cases[i].set];
		const struct node *node = find(set->doc->root, cases[i].way);
		struct change change = cases[i].where == KEY     ? to_key(node, cases[i].text)
							   : cases[i].where == VALUE ? to_value(node, cases[i].text)
														 : to_start(node, cases[i].text);
		char what[64];
		snprintf(what, sizeof what, "reading %zu", i);
		try(tally, set, change, what, cases[i].expected);
	}
}

static bool is_later(struct str id)
{
	static const char *const later[] = {"zrc-029", "zrc-x-warn", "zrc-x-reserveer", "zrc-x-notitie", "ztc-urlselect",
			"ztc-015", "ztc-016", "ztc-017"};
	for (size_t i = 0; i < sizeof later / sizeof *later; i++)
		if (str_eq(id, str_of(later[i]))) return true;
	return false;
}

/* The comment above a requirement names the row. */
static bool has_row(const struct str *texts, struct str id)
{
	struct arena *arena = arena_new();
	struct str line = str_printf(arena, "  # %.*s\n", STR_FMT(id));
	bool found = false;
	for (int i = 0; i < SETS; i++)
		found = found || memmem(texts[i].ptr, texts[i].len, line.ptr, line.len);
	arena_free(arena);
	return found;
}

static void check_register(struct tally *tally, const char *path)
{
	struct arena *arena = arena_new();
	struct err err;
	struct str texts[SETS];
	err_init(&err, arena);
	struct doc *doc = doc_open(path, &err);
	for (int i = 0; i < SETS; i++) {
		struct source *source = source_read(arena, sets[i].ruleset->path.ptr, &err);
		texts[i] = source ? source->bytes : STR("");
	}
	for (uint32_t i = 0; doc && i < doc->root->len; i++) {
		struct str id = node_text(node_member(&doc->root->children[i], STR("id")));
		expect(tally, has_row(texts, id) != is_later(id), "register", "every row once, or later", id);
	}
	if (doc) doc_close(doc);
	arena_free(arena);
}

/* Release 1.7 extends 1.5: its contracts keep to it, and the rows of later releases are in it. */
static struct set later_sets[] = {{"zgw-zaken", "zaken-1.7.0.json", NULL, NULL},
		{"zgw-catalogi", "catalogi-1.3.3.json", NULL, NULL}, {"zgw-documenten", "documenten-1.7.1.json", NULL, NULL},
		{"zgw-besluiten", "besluiten-1.1.0.json", NULL, NULL},
		{"zgw-autorisaties", "autorisaties-1.1.0.json", NULL, NULL},
		{"zgw-notificaties", "notificaties-1.0.1.json", NULL, NULL}};

static bool open_set(struct arena *arena, struct set *set, const char *release, const struct str *folder)
{
	struct err err;
	err_init(&err, arena);
	struct str dir = str_printf(arena, "rules/%s/%s", set->id, release);
	struct ruleset *ruleset = ruleset_load(arena, dir.ptr, &err);
	if (ruleset) artefacts_look_in(ruleset->artefacts, ruleset->artefact_count, folder, 1);
	bool ok = ruleset && ruleset_compile(ruleset, &(struct spectral_options){{NULL, 0}, false, false}, &err);
	set->ruleset = ruleset;
	if (ok) set->doc = doc_open(str_printf(arena, "%.*s/%s", STR_FMT(*folder), set->file).ptr, &err);
	if (!set->doc) printf("%s: %.*s\n", set->id, STR_FMT(err.message.in[LANG_EN]));
	return set->doc != NULL;
}

static bool has_requirement(const struct ruleset *ruleset, const char *id)
{
	for (uint32_t i = 0; i < ruleset->requirement_count; i++)
		if (str_eq(ruleset->requirements[i].id, str_of(id))) return true;
	return false;
}

/* What was withdrawn is not in 1.7, what was added is, and the rest is as it was. */
static void check_later(struct tally *tally)
{
	static const struct {
		int set;
		const char *id;
		bool before, after;
	} cases[] = {{0, "zoeken/velden", false, true}, {0, "zaakeigenschap/waarschuwing", false, true},
			{0, "zaak/nummer-reserveren", false, true}, {0, "zaaknotitie/concept", false, true},
			{1, "typen/geldige-versie", false, true}, {1, "eigenschap/lengte-datum", false, true},
			{1, "typen/geen-overlap", false, true}, {1, "catalogus/leeg-verwijderen", false, true},
			{1, "relaties/niet-concept", true, false}, {1, "relaties/publiceren", true, false},
			{1, "relaties/catalogus", true, false}, {0, "expand/diepte", true, true}};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		bool right = has_requirement(sets[cases[i].set].ruleset, cases[i].id) == cases[i].before &&
					 has_requirement(later_sets[cases[i].set].ruleset, cases[i].id) == cases[i].after;
		expect(tally, right, sets[cases[i].set].id, "release 1.7", str_of(cases[i].id));
	}
}

static bool run(struct arena *arena, struct tally *tally, const char *shared)
{
	struct str folder = str_printf(arena, "%s/reference/zgw/oas-bundled", shared);
	int handle = mkstemps(tally->path, 5);
	if (handle < 0) return false;
	close(handle);
	bool ok = true;
	for (int i = 0; i < SETS; i++)
		ok = open_set(arena, &sets[i], "1.5", &folder) && open_set(arena, &later_sets[i], "1.7", &folder) && ok;
	for (int i = 0; ok && i < SETS; i++) {
		judge(tally, &sets[i], str_printf(arena, "%.*s/%s", STR_FMT(folder), sets[i].file).ptr, "itself", "");
		try_each(tally, &sets[i]);
	}
	for (int i = 0; ok && i < SETS; i++)
		judge(tally, &later_sets[i], str_printf(arena, "%.*s/%s", STR_FMT(folder), later_sets[i].file).ptr,
				"itself, release 1.7", "");
	if (ok) try_readings(tally);
	if (ok) check_later(tally);
	if (ok) check_register(tally, str_printf(arena, "%s/reference/zgw/rules/rules.json", shared).ptr);
	for (int i = 0; i < SETS; i++)
		if (sets[i].doc) doc_close(sets[i].doc);
	for (int i = 0; i < SETS; i++)
		if (later_sets[i].doc) doc_close(later_sets[i].doc);
	unlink(tally->path);
	return ok;
}

int main(void)
{
	const char *shared = getenv("KEUR_SHARED");
	struct arena *arena = arena_new();
	struct tally tally = {.path = "/tmp/keur-zgw-XXXXXX.json"};
	if (!shared) shared = "../shared";
	struct str sample = str_printf(arena, "%s/reference/zgw/oas-bundled/%s", shared, sets[0].file);
	bool ok = true;
	if (access(sample.ptr, R_OK) != 0) {
		printf("suite: zgw: skipped, no KEUR_SHARED at %s\n", shared);
	} else {
		ok = run(arena, &tally, shared);
		printf("suite: zgw: %u of %u passed\n", tally.passed, tally.total);
	}
	arena_free(arena);
	return !ok || tally.passed < tally.total;
}
