/* SPDX-License-Identifier: EUPL-1.2 */
/* Lists of Schematron checks: read once, and a copy of the trees for each thread that needs one. */
#include "rule/check_list.h"

#include <pthread.h>

#include "base/io.h"
#include "base/limits.h"
#include "doc/xml_doc.h"
#include "rule/csv.h"

struct check_lists_set {
	struct schematron_list *items;
	struct check_lists_set *next;
};

struct list {
	struct str name;
	const struct artefact *artefact;
	struct str text; /* XML, once it was read */
};

struct check_lists {
	struct list *items;
	uint32_t count;
	pthread_mutex_t lock; /* over what follows */
	struct arena *arena;  /* of its own: whoever is first reads */
	bool tried;
	enum check_readiness readiness;
	struct text why;
	struct check_lists_set *idle;
};

static void end_lists(void *handle)
{
	struct check_lists *lists = handle;
	pthread_mutex_destroy(&lists->lock);
	arena_free(lists->arena);
}

static bool add_list(const struct fields *fields, const struct node *node, const struct artefact *artefacts,
		uint32_t count, struct list *list)
{
	struct str id = node->kind == NODE_STRING ? node_text(node) : STR("");
	list->name = str_copy(fields->arena, node_key(node));
	for (uint32_t i = 0; i < count; i++)
		if (str_eq(artefacts[i].id, id)) list->artefact = &artefacts[i];
	if (!list->artefact)
		return fields_fail(fields, node, "expected the id of an artefact for list %.*s; define it under artefacts",
				"verwacht werd de id van een artefact voor lijst %.*s; definieer het onder artefacts",
				STR_FMT(list->name));
	if (!list->artefact->folder) return true;
	return fields_fail(fields, node, "artefact %.*s is a folder; a list is one file in XML or CSV",
			"artefact %.*s is een map; een lijst is één bestand in XML of CSV", STR_FMT(id));
}

bool check_lists_load(const struct fields *fields, const struct node *map, const struct artefact *artefacts,
		uint32_t count, struct check *check)
{
	if (!map) return true;
	if (strcmp(check->engine->name, "schematron") != 0)
		return fields_fail(fields, map, "only checks of engine schematron have lists, this one is of engine %s",
				"alleen checks van engine schematron hebben lists, deze is van engine %s", check->engine->name);
	struct check_lists *lists = arena_zalloc(fields->arena, sizeof *lists);
	lists->items = arena_zalloc(fields->arena, map->len * sizeof *lists->items);
	pthread_mutex_init(&lists->lock, NULL);
	lists->arena = arena_new();
	arena_on_free(fields->arena, end_lists, lists);
	check->lists = lists;
	while (lists->count < map->len)
		if (!add_list(fields, &map->children[lists->count], artefacts, count, &lists->items[lists->count]))
			return false;
		else
			lists->count++;
	return true;
}

static bool wants(const struct schematron_head *head, struct str name)
{
	for (uint32_t i = 0; i < head->list_count; i++)
		if (str_eq(head->lists[i], name)) return true;
	return false;
}

static bool gives(const struct check_lists *lists, struct str name)
{
	for (uint32_t i = 0; lists && i < lists->count; i++)
		if (str_eq(lists->items[i].name, name)) return true;
	return false;
}

bool check_lists_fit(const struct check *check, struct err *err)
{
	const struct schematron_head *head = schematron_head(check->schematron);
	for (uint32_t i = 0; check->lists && i < check->lists->count; i++)
		if (!wants(head, check->lists->items[i].name))
			return err_set(err, ERR_RULES, check->loc,
					"%.*s does not declare list %.*s; add <keur:list name=\"%.*s\"/> (namespace urn:keur:) or remove it here",
					"%.*s declareert lijst %.*s niet; voeg <keur:list name=\"%.*s\"/> toe (namespace urn:keur:) of haal "
					"hem hier weg",
					STR_FMT(check->file), STR_FMT(check->lists->items[i].name), STR_FMT(check->lists->items[i].name));
	for (uint32_t i = 0; i < head->list_count; i++)
		if (!gives(check->lists, head->lists[i]))
			return err_set(err, ERR_RULES, check->loc,
					"%.*s declares list %.*s; say under lists which artefact that is",
					"%.*s declareert lijst %.*s; zeg onder lists welk artefact dat is", STR_FMT(check->file),
					STR_FMT(head->lists[i]));
	return true;
}

bool check_lists_lack(const struct check *check)
{
	struct artefact_found found;
	for (uint32_t i = 0; check->lists && i < check->lists->count; i++)
		if (!artefact_find(check->lists->items[i].artefact, &found)) return true;
	return false;
}

static bool read_list(struct check_lists *lists, struct list *list, struct str place, struct err *err)
{
	struct strbuf out;
	struct str bytes;
	if (!io_read(lists->arena, place.ptr, LIMIT_XML_DOCUMENT_BYTES, &bytes, err)) return false;
	if (str_starts(bytes, STR("\xEF\xBB\xBF"))) bytes = str_skip(bytes, 3);
	list->text = bytes;
	if (xml_begins(bytes)) return true;
	strbuf_init(&out, LIMIT_XML_DOCUMENT_BYTES);
	bool ok = csv_to_xml(bytes, &out, err);
	if (ok && out.overflow)
		ok = err_set(err, ERR_LIMIT, (struct loc){0}, "the list is larger than %d bytes as XML",
				"de lijst is als XML groter dan %d bytes", LIMIT_XML_DOCUMENT_BYTES);
	list->text = ok ? strbuf_take(&out, lists->arena) : STR("");
	strbuf_release(&out);
	return ok;
}

/* A list is pinned, and rules pay for what they do with it. */
static xmlDoc *parse(struct check_lists *lists, struct str text, struct err *err)
{
	static const struct xml_ceilings ceilings = {LIMIT_XML_DOCUMENT_BYTES, LIMIT_XML_DOCUMENT_NODES, false};
	return xml_parse_within(lists->arena, text, &ceilings, NULL, err);
}

static struct check_lists_set *new_set(struct check_lists *lists, struct err *err)
{
	struct check_lists_set *set = arena_zalloc(lists->arena, sizeof *set);
	set->items = arena_zalloc(lists->arena, lists->count * sizeof *set->items);
	for (uint32_t i = 0; i < lists->count; i++) {
		set->items[i] = (struct schematron_list){lists->items[i].name, parse(lists, lists->items[i].text, err)};
		if (!set->items[i].doc) return NULL;
	}
	return set;
}

static enum check_readiness read_all(struct check_lists *lists)
{
	struct err err;
	struct artefact_found found = {.place = {"", 0}};
	err_init(&err, lists->arena);
	for (uint32_t i = 0; i < lists->count; i++) {
		if (!artefact_find(lists->items[i].artefact, &found)) {
			lists->why = found.why;
			return CHECK_LACKS;
		}
		if (!read_list(lists, &lists->items[i], found.place, &err)) break;
	}
	if (!err.code) lists->idle = new_set(lists, &err);
	if (!err.code) return CHECK_READY;
	lists->why = text_printf(lists->arena, "%.*s:%u: %s%.0s", "%.*s:%u: %.0s%s", STR_FMT(found.place), err.loc.line,
			err.message.in[LANG_EN].ptr, err.message.in[LANG_NL].ptr);
	return CHECK_BROKEN;
}

enum check_readiness check_lists_ready(const struct check *check, struct text *why)
{
	struct check_lists *lists = check->lists;
	if (!lists) return CHECK_READY;
	pthread_mutex_lock(&lists->lock);
	if (!lists->tried) lists->readiness = read_all(lists);
	lists->tried = true;
	*why = lists->why;
	enum check_readiness readiness = lists->readiness;
	pthread_mutex_unlock(&lists->lock);
	return readiness;
}

struct check_lists_set *check_lists_take(const struct check *check, const struct schematron_list **items)
{
	struct check_lists *lists = check->lists;
	struct err err;
	pthread_mutex_lock(&lists->lock);
	err_init(&err, lists->arena);
	struct check_lists_set *set = lists->idle ? lists->idle : new_set(lists, &err);
	if (set) lists->idle = set->next;
	pthread_mutex_unlock(&lists->lock);
	*items = set ? set->items : NULL;
	return set;
}

void check_lists_return(const struct check *check, struct check_lists_set *set)
{
	struct check_lists *lists = check->lists;
	if (!set) return;
	pthread_mutex_lock(&lists->lock);
	set->next = lists->idle;
	lists->idle = set;
	pthread_mutex_unlock(&lists->lock);
}

uint32_t check_lists_count(const struct check *check)
{
	return check->lists ? check->lists->count : 0;
}
