/* SPDX-License-Identifier: EUPL-1.2 */
/* Objects and arrays: members, which of them are required, and what else may be there. */
#include "base/limits.h"
#include "base/vec.h"
#include "doc/strmap.h"
#include "engine/contract_pair.h"

/* How a schema treats members that it does not name. */
enum rest { REST_OPEN, REST_TRUE, REST_SCHEMA, REST_FALSE };

struct property {
	struct str name;
	struct spots schemas;      /* of all parts that describe it; none: it is only required */
	const struct spot *needed; /* where it is required; NULL: nowhere */
	bool one_way;              /* readOnly in requests, writeOnly in responses: not sent */
};

struct properties {
	struct property *items;
	size_t count, capacity;
	struct strmap names;
	const struct spot *place; /* where members are described */
	const struct spot *rest_at;
	enum rest rest;
};

/* Marked here, or where a lone reference or `allOf` leads, a few steps on. */
static bool is_marked(const struct openapi *openapi, const struct node *schema, struct str mark, int depth)
{
	if (!schema || schema->kind != NODE_OBJECT) return false;
	const struct node *own = node_member(schema, mark);
	if (own) return own->kind == NODE_TRUE;
	if (depth == 0) return false;
	const struct target *target = refs_target(openapi->refs, schema);
	if (target) return is_marked(openapi, target->node, mark, depth - 1);
	const struct node *all = node_member(schema, STR("allOf"));
	for (uint32_t i = 0; all && all->kind == NODE_ARRAY && i < all->len && i < 8; i++)
		if (is_marked(openapi, &all->children[i], mark, depth - 1)) return true;
	return false;
}

static struct property *property_of(struct properties *all, struct str name)
{
	const uint32_t *known = strmap_get(&all->names, name);
	if (known) return &all->items[*known];
	strmap_put(&all->names, name, (uint32_t)all->count);
	*vec_push(all) = (struct property){.name = name};
	return &all->items[all->count - 1];
}

static const struct property *property_find(const struct properties *all, struct str name)
{
	const uint32_t *known = strmap_get(&all->names, name);
	return known ? &all->items[*known] : NULL;
}

static void add_rest(struct properties *all, const struct spot *rest)
{
	static const enum rest kinds[] = {REST_OPEN, REST_FALSE, REST_TRUE, REST_OPEN, REST_OPEN, REST_OPEN, REST_SCHEMA};
	enum rest kind = kinds[rest->node->kind];
	if (kind == REST_SCHEMA && rest->node->len == 0) kind = REST_TRUE;
	if (kind <= all->rest) return;
	all->rest = kind;
	all->rest_at = rest;
}

static void gather_part(struct comparer *comparer, const struct shape *shape, const struct spot *part, struct str mark,
		struct properties *all)
{
	struct arena *arena = comparer->arena;
	const struct spot *described = spot_member(arena, part, STR("properties"));
	const struct spot *required = spot_member(arena, part, STR("required"));
	const struct spot *rest = spot_member(arena, part, STR("additionalProperties"));
	if (described && !all->place) all->place = described;
	if (rest) add_rest(all, rest);
	if (!contract_step(
				comparer, (described ? node_count(described->node) : 0) + (required ? node_count(required->node) : 0)))
		return;
	for (uint32_t i = 0; described && described->node->kind == NODE_OBJECT && i < described->node->len; i++) {
		const struct node *member = &described->node->children[i];
		if (node_is_repeated(described->node, member)) continue;
		struct property *property = property_of(all, node_key(member));
		*vec_push(&property->schemas) = spot_child(arena, described, i);
		property->one_way |= is_marked(shape->openapi, member, mark, 4);
	}
	for (uint32_t i = 0; required && required->node->kind == NODE_ARRAY && i < required->node->len; i++) {
		const struct node *name = &required->node->children[i];
		if (name->kind != NODE_STRING) continue;
		struct property *property = property_of(all, node_text(name));
		if (!property->needed) property->needed = spot_child(arena, required, i);
	}
}

static void gather(struct comparer *comparer, const struct shape *shape, enum flow flow, struct properties *all)
{
	struct str mark = flow == FLOW_REQUEST ? STR("readOnly") : STR("writeOnly");
	for (uint32_t i = 0; i < shape->part_count; i++)
		gather_part(comparer, shape, shape->parts[i], mark, all);
	if (!all->place) all->place = shape->parts[0];
}

static void properties_release(struct properties *all)
{
	for (size_t i = 0; i < all->count; i++)
		vec_release(&all->items[i].schemas);
	vec_release(all);
	strmap_release(&all->names);
}

/* Both sides of one pair, as the contract and the vendor have them. */
struct sides {
	struct comparer *comparer;
	const struct pair *pair;
	struct properties official, vendor;
};

/* Reports about a member; places are of the contract and of the vendor. */
static void report(struct sides *sides, enum contract_grade grade, const struct spot *official,
		const struct spot *vendor, bool at_key, struct str name, struct text message, struct text expected)
{
	bool request = sides->pair->flow == FLOW_REQUEST;
	struct pair_difference difference = {.grade = grade,
			.sender = request ? official : vendor,
			.reader = request ? vendor : official,
			.at_key = at_key,
			.name = name,
			.message = message,
			.expected = expected};
	pair_report(sides->comparer, sides->pair, &difference);
}

static const struct spot *place_in(const struct property *property)
{
	return property->schemas.count ? property->schemas.items[0] : property->needed;
}

/* The contract describes it and does not ask for it: a topic of its own, so that a rule set may ask for it. */
static void report_unsent(struct sides *sides, const struct property *official)
{
	struct context context = *sides->pair->context;
	struct pair pair = *sides->pair;
	context.topic = TOPIC_OPTIONAL;
	pair.context = &context;
	struct pair_difference difference = {.grade = CONTRACT_TOLERATED,
			.sender = sides->vendor.place,
			.reader = place_in(official),
			.at_key = true,
			.name = official->name,
			.message = text_printf(sides->comparer->arena,
					"property \"%.*s\" of the contract is never sent; the contract does not require it",
					"eigenschap \"%.*s\" van het contract wordt nooit gestuurd; het contract verplicht haar niet",
					STR_FMT(official->name))};
	pair_report(sides->comparer, &pair, &difference);
}

static void report_missing(struct sides *sides, const struct property *official)
{
	struct arena *arena = sides->comparer->arena;
	struct text message;
	if (sides->pair->flow == FLOW_REQUEST)
		message = text_printf(arena, "property \"%.*s\" is missing, which a client may send by the contract",
				"eigenschap \"%.*s\" ontbreekt, terwijl een client die volgens het contract mag sturen",
				STR_FMT(official->name));
	else
		message = text_printf(arena, "property \"%.*s\" is missing, which the contract requires",
				"eigenschap \"%.*s\" ontbreekt, terwijl het contract die verplicht", STR_FMT(official->name));
	report(sides, CONTRACT_BREAKING, place_in(official), sides->vendor.place, true, official->name, message,
			text_printf(arena, "a property \"%.*s\"", "een eigenschap \"%.*s\"", STR_FMT(official->name)));
}

static void report_required(
		struct sides *sides, const struct property *official, const struct property *vendor, struct str name)
{
	struct arena *arena = sides->comparer->arena;
	bool request = sides->pair->flow == FLOW_REQUEST, here = vendor && vendor->needed;
	const struct spot *ours = official && place_in(official) ? place_in(official) : sides->official.place;
	const struct spot *theirs = here ? vendor->needed : vendor ? place_in(vendor) : sides->vendor.place;
	struct str key = str_printf(arena, "required %.*s", STR_FMT(name));
	bool breaking = request == here;
	struct text message;
	if (request && here)
		message = text_printf(arena, "property \"%.*s\" is required, which a client may leave out by the contract",
				"eigenschap \"%.*s\" is verplicht, terwijl een client haar volgens het contract mag weglaten",
				STR_FMT(name));
	else if (request)
		message = text_printf(arena, "property \"%.*s\" may be left out, which the contract requires of a client",
				"eigenschap \"%.*s\" mag ontbreken, terwijl het contract haar van een client verlangt", STR_FMT(name));
	else if (here)
		message = text_printf(arena, "property \"%.*s\" is always sent; the contract does not require it",
				"eigenschap \"%.*s\" wordt altijd gestuurd; het contract verplicht dat niet", STR_FMT(name));
	else
		message = text_printf(arena,
				"property \"%.*s\" is not required, so it may be absent where a client counts on it",
				"eigenschap \"%.*s\" is niet verplicht, en kan dus ontbreken waar een client op haar rekent",
				STR_FMT(name));
	struct text expected = TEXT("", "");
	if (breaking)
		expected = here ? text_printf(arena, "\"%.*s\" not in required", "\"%.*s\" niet in required", STR_FMT(name))
						: text_printf(arena, "\"%.*s\" in required", "\"%.*s\" staat in required", STR_FMT(name));
	report(sides, breaking ? CONTRACT_BREAKING : CONTRACT_TOLERATED, ours, theirs, !here, key, message, expected);
}

/* The member of both, compared by their schemas. */
static void descend(struct sides *sides, struct str name, const struct spots *official, const struct spots *vendor)
{
	bool request = sides->pair->flow == FLOW_REQUEST;
	if (official->count && vendor->count)
		pair_descend(sides->comparer, sides->pair, name, request ? official : vendor, request ? vendor : official);
}

/* A member that only one side names, beside the schema that the other has for any other member. */
static void descend_rest(
		struct sides *sides, const struct property *property, const struct properties *other, bool ours)
{
	const struct spot *rest = other->rest_at;
	struct spots single = {&rest, 1, 1};
	if (other->rest != REST_SCHEMA) return;
	descend(sides, property->name, ours ? &property->schemas : &single, ours ? &single : &property->schemas);
}

/* A member that is sent one way only, on one side. */
static void compare_one_way(struct sides *sides, const struct property *official, const struct property *vendor)
{
	struct arena *arena = sides->comparer->arena;
	struct str name = official->name;
	if (sides->pair->flow == FLOW_REQUEST) {
		if (vendor->one_way && !official->one_way)
			report(sides, CONTRACT_BREAKING, place_in(official), place_in(vendor), true, name,
					text_printf(arena, "property \"%.*s\" is readOnly, which a client may send by the contract",
							"eigenschap \"%.*s\" is readOnly, terwijl een client haar volgens het contract mag sturen",
							STR_FMT(name)),
					TEXT("no readOnly", "geen readOnly"));
		else if (official->one_way && !vendor->one_way && vendor->needed)
			report_required(sides, NULL, vendor, name);
		return;
	}
	if (vendor->one_way && !official->one_way) {
		if (official->needed)
			report_missing(sides, official);
		else
			report_unsent(sides, official);
	} else if (official->one_way && !vendor->one_way) {
		report(sides, CONTRACT_TOLERATED, place_in(official), place_in(vendor), true, name,
				text_printf(arena, "property \"%.*s\" is writeOnly in the contract, and should not be sent",
						"eigenschap \"%.*s\" is writeOnly in het contract, en hoort niet gestuurd te worden",
						STR_FMT(name)),
				TEXT("a property that is not sent", "een eigenschap die niet gestuurd wordt"));
	}
}

/* A member of the contract. */
static void compare_official(struct sides *sides, const struct property *official)
{
	const struct property *vendor = property_find(&sides->vendor, official->name);
	bool request = sides->pair->flow == FLOW_REQUEST;
	bool described = vendor && vendor->schemas.count;
	if (described && (vendor->one_way || official->one_way)) {
		compare_one_way(sides, official, vendor);
		return;
	}
	if (official->one_way) return;
	if (official->schemas.count && !described) {
		bool admits = sides->vendor.rest == REST_TRUE || sides->vendor.rest == REST_SCHEMA;
		if (admits) descend_rest(sides, official, &sides->vendor, true);
		if (request ? !admits : official->needed && !(vendor && vendor->needed))
			report_missing(sides, official);
		else if (!request && !admits && !official->needed)
			report_unsent(sides, official);
		if (!request || !admits) return;
	}
	if (described && official->schemas.count) descend(sides, official->name, &official->schemas, &vendor->schemas);
	if ((official->needed != NULL) != (vendor && vendor->needed))
		report_required(sides, official, vendor, official->name);
}

/* A member that the contract does not name. */
static void compare_vendor(struct sides *sides, const struct property *vendor)
{
	struct arena *arena = sides->comparer->arena;
	bool request = sides->pair->flow == FLOW_REQUEST;
	const struct properties *official = &sides->official;
	if (vendor->one_way || (!request && vendor->schemas.count == 0)) return;
	if (request && vendor->needed) {
		report_required(sides, NULL, vendor, vendor->name);
		return;
	}
	if (official->rest == REST_TRUE || official->rest == REST_SCHEMA) {
		descend_rest(sides, vendor, official, false);
		return;
	}
	bool breaking = !request && official->rest == REST_FALSE;
	struct text message = request ? text_printf(arena,
											"property \"%.*s\" is accepted, which the contract does not have",
											"eigenschap \"%.*s\" wordt geaccepteerd, en staat niet in het contract",
											STR_FMT(vendor->name))
								  : text_printf(arena,
											"property \"%.*s\" may be sent, which the contract does not have",
											"eigenschap \"%.*s\" kan gestuurd worden, en staat niet in het contract",
											STR_FMT(vendor->name));
	report(sides, breaking ? CONTRACT_BREAKING : CONTRACT_EXTENSION, breaking ? official->rest_at : official->place,
			place_in(vendor), true, vendor->name, message, TEXT("", ""));
}

/* What each says of members that it does not name. */
static void compare_rest(struct sides *sides)
{
	bool request = sides->pair->flow == FLOW_REQUEST;
	const struct properties *sender = request ? &sides->official : &sides->vendor;
	const struct properties *reader = request ? &sides->vendor : &sides->official;
	if (reader->rest == REST_SCHEMA && sender->rest == REST_SCHEMA) {
		struct spots sent = {(const struct spot **)&sender->rest_at, 1, 1};
		struct spots read = {(const struct spot **)&reader->rest_at, 1, 1};
		pair_descend(sides->comparer, sides->pair, STR("[*]"), &sent, &read);
		return;
	}
	bool narrows = reader->rest == REST_FALSE || (reader->rest == REST_SCHEMA && sender->rest == REST_TRUE);
	if (!narrows || sender->rest == REST_FALSE) return;
	bool breaking = sender->rest != REST_OPEN;
	struct str sent = breaking ? sender->rest == REST_TRUE ? STR("true") : STR("{...}") : STR("");
	pair_report_keyword(sides->comparer, sides->pair, "additionalProperties",
			breaking ? CONTRACT_BREAKING : CONTRACT_TOLERATED, sender->rest_at, reader->rest_at, sent,
			reader->rest == REST_FALSE ? STR("false") : STR("{...}"));
}

void pair_compare_object(struct comparer *comparer, const struct pair *pair)
{
	struct sides sides = {.comparer = comparer, .pair = pair};
	bool request = pair->flow == FLOW_REQUEST;
	gather(comparer, request ? pair->sender : pair->reader, pair->flow, &sides.official);
	gather(comparer, request ? pair->reader : pair->sender, pair->flow, &sides.vendor);
	for (size_t i = 0; i < sides.official.count; i++)
		compare_official(&sides, &sides.official.items[i]);
	for (size_t i = 0; i < sides.vendor.count; i++)
		if (!property_find(&sides.official, sides.vendor.items[i].name)) compare_vendor(&sides, &sides.vendor.items[i]);
	compare_rest(&sides);
	properties_release(&sides.official);
	properties_release(&sides.vendor);
}

static void add_items(struct comparer *comparer, const struct shape *shape, struct spots *items)
{
	for (uint32_t i = 0; i < shape->part_count; i++) {
		const struct spot *spot = spot_member(comparer->arena, shape->parts[i], STR("items"));
		if (spot) *vec_push(items) = spot;
	}
}

static bool is_unique(struct comparer *comparer, const struct shape *shape, const struct spot **at)
{
	*at = shape_keyword(comparer, shape, "uniqueItems");
	return *at && (*at)->node->kind == NODE_TRUE;
}

void pair_compare_array(struct comparer *comparer, const struct pair *pair)
{
	struct spots sent = {0}, read = {0};
	const struct spot *sender, *reader;
	bool once = is_unique(comparer, pair->sender, &sender), must = is_unique(comparer, pair->reader, &reader);
	if (once != must)
		pair_report_keyword(comparer, pair, "uniqueItems", must ? CONTRACT_BREAKING : CONTRACT_TOLERATED, sender,
				reader, once ? STR("true") : STR(""), must ? STR("true") : STR(""));
	add_items(comparer, pair->sender, &sent);
	add_items(comparer, pair->reader, &read);
	if (read.count) {
		struct node *empty = arena_alloc(comparer->arena, sizeof *empty);
		*empty = *pair->sender->parts[0]->node;
		empty->kind = NODE_TRUE;
		struct spot *any = arena_alloc(comparer->arena, sizeof *any);
		*any = *pair->sender->parts[0];
		any->node = empty;
		if (!sent.count) *vec_push(&sent) = any;
		pair_descend(comparer, pair, STR("[]"), &sent, &read);
	}
	vec_release(&sent);
	vec_release(&read);
}
