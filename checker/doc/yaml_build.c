/* SPDX-License-Identifier: EUPL-1.2 */
/* Building the tree: scalars, aliases, containers, merge keys, each with its place and its ceilings. */
#include "doc/yaml_build.h"

#include "base/limits.h"
#include "base/vec.h"
#include "doc/complaint.h"
#include "doc/yaml_strict.h"
#include "doc/yaml_surrogate.h"
#include "doc/yaml_tag.h"

enum { NO_ANCHOR = UINT32_MAX };

/* Up to here, the time that libyaml takes is no matter. */
enum { FREE_BRACKET_WORK = 50 * 1000 * 1000 };

static bool fail(struct yaml_builder *builder, uint32_t at, struct text expected, struct text hint)
{
	return complain(builder->doc, builder->err, at, expected, hint);
}

static bool fail_text(struct yaml_builder *builder, uint32_t at, struct text message)
{
	return complain_text(builder->doc, builder->err, ERR_SYNTAX, at, message);
}

static struct yaml_frame *innermost(struct yaml_builder *builder)
{
	return builder->frames.count ? &builder->frames.items[builder->frames.count - 1] : NULL;
}

static bool is_object(const struct yaml_builder *builder, const struct yaml_frame *frame)
{
	return builder->nodes.items[frame->item].kind == NODE_OBJECT;
}

static bool key_expected(struct yaml_builder *builder)
{
	struct yaml_frame *frame = innermost(builder);
	return frame && is_object(builder, frame) && !frame->has_key;
}

/* Room in the tree for a value, which takes over the key that waits for it. */
static struct node *push_node(struct yaml_builder *builder)
{
	struct yaml_frame *frame = innermost(builder);
	struct node *node = vec_push(&builder->nodes);
	*node = (struct node){0};
	if (frame && frame->has_key) {
		*node = frame->key;
		frame->has_key = false;
	}
	builder->total++;
	return node;
}

/* A value is complete: its parent counts it. */
static void count_child(struct yaml_builder *builder, uint32_t end, uint64_t size, uint32_t height)
{
	struct yaml_frame *frame = innermost(builder);
	if (!frame) return;
	frame->last_end = end;
	frame->size += size;
	if (frame->height < height) frame->height = height;
}

static uint32_t define(struct yaml_builder *builder, const yaml_char_t *anchor)
{
	if (!anchor) return NO_ANCHOR;
	struct str name = str_of((const char *)anchor);
	uint32_t definition = (uint32_t)builder->definitions.count;
	*vec_push(&builder->definitions) = (struct yaml_definition){.size = 1};
	uint32_t *known = strmap_get(&builder->anchors, name);
	if (known)
		*known = definition;
	else
		strmap_put(&builder->anchors, str_copy(builder->doc->arena, name), definition);
	return definition;
}

/* The text of a scalar: in the source itself where it is written there as it is, else a copy. */
static struct str scalar_text(struct yaml_builder *builder, const yaml_event_t *event, uint32_t start, uint32_t end)
{
	struct str value = {(const char *)event->data.scalar.value, event->data.scalar.length};
	const char *bytes = builder->doc->source->bytes.ptr;
	uint32_t quote = event->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
	if (end - start == value.len + 2 * quote && memcmp(bytes + start + quote, value.ptr, value.len) == 0)
		return (struct str){bytes + start + quote, value.len};
	if (builder->patched) {
		bool lone = false;
		value = surrogates_restore(value, builder->doc->arena, &lone);
		if (lone)
			doc_remark(builder->doc, (struct diagnostic){.kind = DIAGNOSTIC_LONE_SURROGATE,
											 .start = start,
											 .end = end,
											 .what = {bytes + start, end - start}});
	}
	return value.len ? str_copy(builder->doc->arena, value) : (struct str){"", 0};
}

/* Goes on with a value by what its tag is; the tag is where the last places_value() found it. */
static bool take_fit(struct yaml_builder *builder, enum yaml_tag_fit fit, uint32_t at, struct text problem)
{
	if (fit == TAG_WRONG) return fail_text(builder, at, problem);
	if (fit == TAG_FITS) return true;
	uint32_t start = builder->places.tag, end = builder->places.tag_end;
	doc_remark(builder->doc, (struct diagnostic){.kind = DIAGNOSTIC_UNKNOWN_TAG,
									 .start = start,
									 .end = end,
									 .what = {builder->doc->source->bytes.ptr + start, end - start}});
	return true;
}

static bool resolve_scalar(struct yaml_builder *builder, const yaml_event_t *event, struct str text, struct node *node)
{
	const char *tag = (const char *)event->data.scalar.tag;
	bool plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
	if (!tag && builder->places.tagged) tag = "!";
	struct text problem = {0};
	enum yaml_tag_fit fit = yaml_tag_scalar(text, plain, tag, builder->doc->arena, builder->err->arena, node, &problem);
	return take_fit(builder, fit, node->start, problem);
}

/* Makes what is at `node` the key of the next member. */
static void take_key(
		struct yaml_builder *builder, const struct node *node, struct str text, uint32_t start, uint32_t end)
{
	struct yaml_frame *frame = innermost(builder);
	bool special = node->kind != NODE_STRING;
	frame->has_key = true;
	frame->key = (struct node){.key = text.ptr ? text.ptr : "",
			.key_len = (uint32_t)text.len,
			.key_start = start,
			.key_hash = node_hash(text),
			.flags = special ? NODE_KEY_SPECIAL : 0};
	if (!special) return;
	doc_remark(builder->doc,
			(struct diagnostic){.kind = DIAGNOSTIC_KEY_NOT_STRING, .start = start, .end = end, .what = text});
}

static bool is_merge_key(const yaml_event_t *event)
{
	const char *tag = (const char *)event->data.scalar.tag;
	if (tag) return strcmp(tag, "tag:yaml.org,2002:merge") == 0;
	return event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE && event->data.scalar.length == 2 &&
		   memcmp(event->data.scalar.value, "<<", 2) == 0;
}

static bool read_key(struct yaml_builder *builder, const yaml_event_t *event, uint32_t start, uint32_t end)
{
	struct node node = {.start = start, .end = end};
	struct str text = scalar_text(builder, event, start, end);
	uint32_t definition = define(builder, event->data.scalar.anchor);
	if (is_merge_key(event)) {
		take_key(builder, &(struct node){.kind = NODE_STRING}, text, start, end);
		innermost(builder)->key.flags = YAML_MERGE;
		innermost(builder)->merges = true;
		return true;
	}
	if (!resolve_scalar(builder, event, text, &node)) return false;
	if (definition != NO_ANCHOR) builder->definitions.items[definition].node = node;
	take_key(builder, &node, text, start, end);
	return true;
}

static int32_t indent_of(const struct yaml_frame *frame)
{
	return frame ? frame->indent : -1;
}

/* What stands before a token that goes from `first` to `end`. */
static bool check_before(struct yaml_builder *builder, uint32_t first, uint32_t end)
{
	uint32_t from = builder->gap;
	builder->gap = end;
	if (first > from && !strict_gap(builder->doc, from, first, builder->err)) return false;
	return !key_expected(builder) || strict_key(builder->doc, first, builder->err);
}

static bool check_anchor(struct yaml_builder *builder, const yaml_char_t *anchor)
{
	return !anchor || strict_name(builder->doc, builder->places.anchor, builder->err);
}

static bool check_scalar(struct yaml_builder *builder, const yaml_event_t *event, uint32_t start, uint32_t end)
{
	const struct yaml_frame *frame = innermost(builder);
	uint32_t first = places_end(&builder->places, event->start_mark.index);
	if (!check_before(builder, first, end) || !check_anchor(builder, event->data.scalar.anchor)) return false;
	switch (event->data.scalar.style) {
	case YAML_PLAIN_SCALAR_STYLE:
		return strict_plain(builder->doc, start, end, builder->err);
	case YAML_LITERAL_SCALAR_STYLE:
	case YAML_FOLDED_SCALAR_STYLE:
		return strict_block_scalar(builder->doc, start, indent_of(frame), builder->err);
	default:
		return true;
	}
}

static bool read_scalar(struct yaml_builder *builder, const yaml_event_t *event)
{
	uint32_t end = places_end(&builder->places, event->end_mark.index);
	uint32_t start = places_value(&builder->places, event->start_mark.index, end);
	if (event->data.scalar.style >= YAML_LITERAL_SCALAR_STYLE) end = places_trim(&builder->places, start, end);
	if (!check_scalar(builder, event, start, end)) return false;
	if (key_expected(builder)) return read_key(builder, event, start, end);
	struct str text = scalar_text(builder, event, start, end);
	uint32_t definition = define(builder, event->data.scalar.anchor);
	struct node *node = push_node(builder);
	node->start = start;
	node->end = end;
	if (!resolve_scalar(builder, event, text, node)) return false;
	if (definition != NO_ANCHOR) {
		struct node bare = *node;
		bare.flags = 0;
		builder->definitions.items[definition].node = bare;
	}
	count_child(builder, end, 1, 0);
	return true;
}

static bool fail_too_many(struct yaml_builder *builder, uint32_t at)
{
	return err_set(builder->err, ERR_LIMIT, source_loc(builder->doc->source, at),
			"aliases and merge keys stand for more than %d values, the most that keur reads; write fewer of them",
			"aliassen en merge-sleutels staan voor meer dan %d waarden, het meeste dat keur leest; gebruik er minder",
			LIMIT_ALIAS_NODES);
}

/* The text of a scalar that an alias brings in as a key. */
static struct str key_text(const struct node *node)
{
	switch (node->kind) {
	case NODE_TRUE:
		return STR("true");
	case NODE_FALSE:
		return STR("false");
	case NODE_NULL:
		return STR("null");
	default:
		return node_text(node);
	}
}

static bool read_alias(struct yaml_builder *builder, const yaml_event_t *event)
{
	struct str name = str_of((const char *)event->data.alias.anchor);
	uint32_t end = places_end(&builder->places, event->end_mark.index);
	uint32_t start = places_value(&builder->places, event->start_mark.index, end);
	const uint32_t *found = strmap_get(&builder->anchors, name);
	if (!check_before(builder, start, end) || !strict_name(builder->doc, start, builder->err)) return false;
	if (!found)
		return fail(builder, start,
				TEXT("the name of an anchor that comes before", "de naam van een anker dat ervoor staat"),
				TEXT("put text that starts with '*' between quotes",
						"zet tekst die met '*' begint tussen aanhalingstekens"));
	const struct yaml_definition *definition = &builder->definitions.items[*found];
	if (definition->open)
		return fail_text(builder, start,
				TEXT("the alias stands inside its own anchor, so the document would be endless",
						"de alias staat in zijn eigen anker, dus het document zou eindeloos zijn"));
	builder->expanded += definition->size;
	if (builder->expanded > LIMIT_ALIAS_NODES) return fail_too_many(builder, start);
	if (builder->frames.count + definition->height > LIMIT_DEPTH)
		return complain_depth(builder->doc, builder->err, start);
	if (key_expected(builder)) {
		if (node_is_container(&definition->node))
			return fail(builder, start, TEXT("a key that is a text", "een sleutel die een tekst is"), NO_HINT);
		take_key(builder, &definition->node, key_text(&definition->node), start, end);
		return true;
	}
	struct node *node = push_node(builder), own = *node;
	*node = definition->node;
	node->key = own.key;
	node->key_len = own.key_len;
	node->key_start = own.key_start;
	node->key_hash = own.key_hash;
	node->flags = definition->node.flags | own.flags | NODE_SHARED;
	node->start = start;
	node->end = end;
	count_child(builder, end, definition->size, definition->height);
	return true;
}

/* A block mapping starts with its first key, whose anchor and tag are not those of the mapping. */
static uint32_t container_start(struct yaml_builder *builder, const yaml_event_t *event, bool properties)
{
	if (properties) return places_value(&builder->places, event->start_mark.index, UINT32_MAX);
	return places_end(&builder->places, event->start_mark.index);
}

static bool check_container(
		struct yaml_builder *builder, const yaml_event_t *event, const yaml_char_t *anchor, uint32_t start, bool flow)
{
	uint32_t first = places_end(&builder->places, event->start_mark.index);
	char sign = builder->doc->source->bytes.ptr[start];
	bool bracket = flow && (sign == '[' || sign == '{');
	return check_before(builder, first, bracket ? start + 1 : start) && check_anchor(builder, anchor);
}

static int32_t column_of(const struct yaml_builder *builder, uint32_t at)
{
	const char *bytes = builder->doc->source->bytes.ptr;
	uint32_t from = at;
	while (from > builder->places.start && bytes[from - 1] != '\n' && bytes[from - 1] != '\r')
		from--;
	return (int32_t)(at - from);
}

static void push_container(
		struct yaml_builder *builder, enum node_kind kind, uint32_t start, bool flow, uint32_t definition)
{
	if (definition != NO_ANCHOR) builder->definitions.items[definition].open = true;
	const struct yaml_frame *outer = innermost(builder);
	int32_t indent = flow ? indent_of(outer) : column_of(builder, start);
	uint32_t brackets = (outer ? outer->brackets : 0) + flow;
	struct node *node = push_node(builder);
	node->kind = (uint8_t)kind;
	node->start = start;
	uint32_t item = (uint32_t)(node - builder->nodes.items);
	*vec_push(&builder->frames) = (struct yaml_frame){.item = item,
			.definition = definition,
			.last_end = start,
			.indent = indent,
			.brackets = brackets,
			.size = 1};
}

static bool open_container(struct yaml_builder *builder, const yaml_event_t *event, enum node_kind kind)
{
	bool mapping = kind == NODE_OBJECT;
	const yaml_char_t *anchor = mapping ? event->data.mapping_start.anchor : event->data.sequence_start.anchor;
	const char *tag = (const char *)(mapping ? event->data.mapping_start.tag : event->data.sequence_start.tag);
	uint32_t start = container_start(builder, event, anchor || tag);
	bool flow = mapping ? event->data.mapping_start.style == YAML_FLOW_MAPPING_STYLE
						: event->data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE;
	struct text problem = {0};
	if (key_expected(builder))
		return fail_text(builder, start,
				TEXT("expected a text as a key, found a mapping or a list; JSON cannot hold that",
						"verwacht: een tekst als sleutel, gevonden: een mapping of een lijst; dat past niet in JSON"));
	if (builder->frames.count == LIMIT_DEPTH) return complain_depth(builder->doc, builder->err, start);
	if (!take_fit(builder, yaml_tag_container(kind, tag, builder->err->arena, &problem), start, problem)) return false;
	if (!check_container(builder, event, anchor, start, flow)) return false;
	push_container(builder, kind, start, flow, define(builder, anchor));
	return true;
}

static bool resolve_merges(struct yaml_builder *builder, const struct yaml_frame *frame)
{
	for (size_t i = frame->item + 1; i < builder->nodes.count; i++) {
		const struct node *child = &builder->nodes.items[i];
		if (child->flags & YAML_MERGE && !yaml_can_merge(child))
			return fail(builder, child->start,
					TEXT("a mapping, or a list of mappings, behind '<<'",
							"een mapping, of een lijst van mappings, achter '<<'"),
					TEXT("put << between quotes if it is a plain key",
							"zet << tussen aanhalingstekens als het een gewone sleutel is"));
	}
	uint64_t room = LIMIT_ALIAS_NODES - builder->expanded;
	if (yaml_merge(&builder->nodes, frame->item + 1, room, &builder->expanded)) return true;
	return fail_too_many(builder, builder->nodes.items[frame->item].start);
}

/* A container that starts with a bracket ends with one; another ends where its last child ends. */
static uint32_t container_end(struct yaml_builder *builder, const struct yaml_frame *frame, const yaml_event_t *event)
{
	char first = builder->doc->source->bytes.ptr[builder->nodes.items[frame->item].start];
	uint32_t mark = places_end(&builder->places, event->end_mark.index);
	char last = mark > 0 ? builder->doc->source->bytes.ptr[mark - 1] : '\0';
	bool bracketed = (first == '{' && last == '}') || (first == '[' && last == ']');
	return bracketed && mark >= frame->last_end ? mark : frame->last_end;
}

static bool check_flow_end(struct yaml_builder *builder, uint32_t end)
{
	uint32_t from = builder->gap;
	if (end <= from) return true;
	builder->gap = end;
	return strict_gap(builder->doc, from, end, builder->err);
}

static bool close_container(struct yaml_builder *builder, const yaml_event_t *event)
{
	struct yaml_frame frame = builder->frames.items[builder->frames.count - 1];
	if (frame.merges && !resolve_merges(builder, &frame)) return false;
	struct node *node = &builder->nodes.items[frame.item];
	uint32_t count = (uint32_t)(builder->nodes.count - frame.item - 1);
	node->end = container_end(builder, &frame, event);
	node_adopt(node, builder->doc->arena, node + 1, count, doc_remark_duplicate, builder->doc);
	builder->nodes.count = frame.item + 1;
	builder->frames.count--;
	if (frame.brackets && !check_flow_end(builder, node->end)) return false;
	if (frame.definition != NO_ANCHOR) {
		struct yaml_definition *definition = &builder->definitions.items[frame.definition];
		*definition = (struct yaml_definition){.node = *node, .size = frame.size, .height = frame.height + 1};
		definition->node.flags &= (uint8_t) ~(YAML_MERGE | NODE_KEY_SPECIAL);
	}
	count_child(builder, node->end, frame.size, frame.height + 1);
	return true;
}

/* For every token, libyaml goes over all brackets that are open. */
static bool check_brackets(struct yaml_builder *builder, const yaml_event_t *event)
{
	const struct yaml_frame *frame = innermost(builder);
	builder->events++;
	builder->bracket_work += frame ? frame->brackets : 0;
	if (builder->bracket_work <= FREE_BRACKET_WORK + LIMIT_BRACKETS * builder->events) return true;
	return err_set(builder->err, ERR_LIMIT,
			source_loc(builder->doc->source, places_end(&builder->places, event->start_mark.index)),
			"too many values in brackets that are nested deeper than %d levels; write the document as JSON",
			"te veel waarden tussen haakjes die dieper genest zijn dan %d niveaus; schrijf het document als JSON",
			LIMIT_BRACKETS);
}

bool yaml_build(struct yaml_builder *builder, const yaml_event_t *event)
{
	if (builder->total > LIMIT_NODES)
		return complain_nodes(builder->doc, builder->err, places_end(&builder->places, event->start_mark.index));
	if (!check_brackets(builder, event)) return false;
	switch (event->type) {
	case YAML_SCALAR_EVENT:
		return read_scalar(builder, event);
	case YAML_ALIAS_EVENT:
		return read_alias(builder, event);
	case YAML_SEQUENCE_START_EVENT:
		return open_container(builder, event, NODE_ARRAY);
	case YAML_MAPPING_START_EVENT:
		return open_container(builder, event, NODE_OBJECT);
	case YAML_SEQUENCE_END_EVENT:
	case YAML_MAPPING_END_EVENT:
		return close_container(builder, event);
	default:
		return true;
	}
}

const struct node *yaml_build_root(struct yaml_builder *builder)
{
	struct node *root = arena_alloc(builder->doc->arena, sizeof *root);
	*root = builder->nodes.items[0];
	builder->nodes.count = 0;
	builder->definitions.count = 0;
	strmap_release(&builder->anchors);
	return root;
}

void yaml_build_release(struct yaml_builder *builder)
{
	vec_release(&builder->nodes);
	vec_release(&builder->frames);
	vec_release(&builder->definitions);
	strmap_release(&builder->anchors);
}
