/* The YAML reader: libyaml's events to a tree, with the core schema, anchors, merge keys and ceilings. */
#include "doc/yaml.h"

#include <yaml.h>

#include "base/limits.h"
#include "base/vec.h"
#include "doc/complaint.h"
#include "doc/scalar.h"
#include "doc/strmap.h"
#include "doc/yaml_check.h"
#include "doc/yaml_complaint.h"
#include "doc/yaml_merge.h"
#include "doc/yaml_strict.h"
#include "doc/yaml_surrogate.h"
#include "doc/yaml_tag.h"

enum { NO_ANCHOR = UINT32_MAX };

/* An open container; the same place in reader->nodes holds its node, followed by its finished children. */
struct frame {
	uint32_t item;
	uint32_t definition; /* of its anchor */
	uint32_t last_end;   /* where its last child ends */
	int32_t indent;      /* column, from 0, of the block container that it is or is in; -1 for none */
	bool flow;           /* in brackets */
	bool has_key;        /* of an object: `key` waits for its value */
	bool merges;         /* one of its members is a merge key */
	uint64_t size;       /* values in it, aliases written out */
	struct node key;     /* key, key_len, key_start, key_hash and flags of the next member */
};

struct definition {
	struct node node;
	uint64_t size; /* values, aliases written out */
	bool open;     /* we are still inside it */
};

struct reader {
	struct doc *doc;
	struct err *err;
	yaml_parser_t parser;
	struct places places;
	bool patched; /* see yaml_surrogate.h */
	struct yaml_items nodes;
	struct {
		struct frame *items;
		size_t count, capacity;
	} frames;
	struct {
		struct definition *items;
		size_t count, capacity;
	} definitions;
	struct strmap anchors; /* name to place in definitions */
	uint32_t gap;          /* where the last token ended */
	uint64_t total;        /* nodes made */
	uint64_t expanded;     /* values that aliases and merge keys stand for */
};

static bool fail(struct reader *reader, uint32_t at, struct text expected, struct text hint)
{
	return complain(reader->doc, reader->err, at, expected, hint);
}

static bool fail_text(struct reader *reader, uint32_t at, struct text message)
{
	return complain_text(reader->doc, reader->err, ERR_SYNTAX, at, message);
}

static struct frame *innermost(struct reader *reader)
{
	return reader->frames.count ? &reader->frames.items[reader->frames.count - 1] : NULL;
}

static bool is_object(const struct reader *reader, const struct frame *frame)
{
	return reader->nodes.items[frame->item].kind == NODE_OBJECT;
}

static bool key_expected(struct reader *reader)
{
	struct frame *frame = innermost(reader);
	return frame && is_object(reader, frame) && !frame->has_key;
}

/* Room in the tree for a value, which takes over the key that waits for it. */
static struct node *push_node(struct reader *reader)
{
	struct frame *frame = innermost(reader);
	struct node *node = vec_push(&reader->nodes);
	*node = (struct node){0};
	if (frame && frame->has_key) {
		*node = frame->key;
		frame->has_key = false;
	}
	reader->total++;
	return node;
}

/* A value is complete: its parent counts it. */
static void count_child(struct reader *reader, uint32_t end, uint64_t size)
{
	struct frame *frame = innermost(reader);
	if (!frame) return;
	frame->last_end = end;
	frame->size += size;
}

static uint32_t define(struct reader *reader, const yaml_char_t *anchor)
{
	if (!anchor) return NO_ANCHOR;
	struct str name = str_of((const char *)anchor);
	uint32_t definition = (uint32_t)reader->definitions.count;
	*vec_push(&reader->definitions) = (struct definition){.size = 1};
	uint32_t *known = strmap_get(&reader->anchors, name);
	if (known)
		*known = definition;
	else
		strmap_put(&reader->anchors, str_copy(reader->doc->arena, name), definition);
	return definition;
}

/* The text of a scalar: in the source itself where it is written there as it is, else a copy. */
static struct str scalar_text(struct reader *reader, const yaml_event_t *event, uint32_t start, uint32_t end)
{
	struct str value = {(const char *)event->data.scalar.value, event->data.scalar.length};
	const char *bytes = reader->doc->source->bytes.ptr;
	uint32_t quote = event->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
	if (end - start == value.len + 2 * quote && memcmp(bytes + start + quote, value.ptr, value.len) == 0)
		return (struct str){bytes + start + quote, value.len};
	if (reader->patched) {
		bool lone = false;
		value = surrogates_restore(value, reader->doc->arena, &lone);
		if (lone)
			doc_remark(reader->doc, (struct diagnostic){.kind = DIAGNOSTIC_LONE_SURROGATE,
											.start = start,
											.end = end,
											.what = {bytes + start, end - start}});
	}
	return value.len ? str_copy(reader->doc->arena, value) : (struct str){"", 0};
}

static bool resolve_scalar(struct reader *reader, const yaml_event_t *event, struct str text, struct node *node)
{
	const char *tag = (const char *)event->data.scalar.tag;
	bool plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
	if (!tag && reader->places.tagged) tag = "!";
	struct text problem;
	if (yaml_tag_scalar(text, plain, tag, reader->doc->arena, reader->err->arena, node, &problem)) return true;
	return fail_text(reader, node->start, problem);
}

/* Makes what is at `node` the key of the next member. */
static void take_key(struct reader *reader, const struct node *node, struct str text, uint32_t start, uint32_t end)
{
	struct frame *frame = innermost(reader);
	bool special = node->kind != NODE_STRING;
	frame->has_key = true;
	frame->key = (struct node){.key = text.ptr ? text.ptr : "",
			.key_len = (uint32_t)text.len,
			.key_start = start,
			.key_hash = node_hash(text),
			.flags = special ? NODE_KEY_SPECIAL : 0};
	if (!special) return;
	doc_remark(reader->doc,
			(struct diagnostic){.kind = DIAGNOSTIC_KEY_NOT_STRING, .start = start, .end = end, .what = text});
}

static bool is_merge_key(const yaml_event_t *event)
{
	const char *tag = (const char *)event->data.scalar.tag;
	if (tag) return strcmp(tag, "tag:yaml.org,2002:merge") == 0;
	return event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE && event->data.scalar.length == 2 &&
		   memcmp(event->data.scalar.value, "<<", 2) == 0;
}

static bool read_key(struct reader *reader, const yaml_event_t *event, uint32_t start, uint32_t end)
{
	struct node node = {.start = start, .end = end};
	struct str text = scalar_text(reader, event, start, end);
	uint32_t definition = define(reader, event->data.scalar.anchor);
	if (is_merge_key(event)) {
		take_key(reader, &(struct node){.kind = NODE_STRING}, text, start, end);
		innermost(reader)->key.flags = YAML_MERGE;
		innermost(reader)->merges = true;
		return true;
	}
	if (!resolve_scalar(reader, event, text, &node)) return false;
	if (definition != NO_ANCHOR) reader->definitions.items[definition].node = node;
	take_key(reader, &node, text, start, end);
	return true;
}

static int32_t indent_of(const struct frame *frame)
{
	return frame ? frame->indent : -1;
}

/* What stands before a token that goes from `first` to `end`. */
static bool check_before(struct reader *reader, uint32_t first, uint32_t end)
{
	uint32_t from = reader->gap;
	reader->gap = end;
	if (first > from && !strict_gap(reader->doc, from, first, reader->err)) return false;
	return !key_expected(reader) || strict_key(reader->doc, first, reader->err);
}

static bool check_anchor(struct reader *reader, const yaml_char_t *anchor)
{
	return !anchor || strict_name(reader->doc, reader->places.anchor, reader->err);
}

static bool check_scalar(struct reader *reader, const yaml_event_t *event, uint32_t start, uint32_t end)
{
	const struct frame *frame = innermost(reader);
	uint32_t first = places_end(&reader->places, event->start_mark.index);
	if (!check_before(reader, first, end) || !check_anchor(reader, event->data.scalar.anchor)) return false;
	switch (event->data.scalar.style) {
	case YAML_PLAIN_SCALAR_STYLE:
		return strict_plain(reader->doc, start, end, reader->err);
	case YAML_LITERAL_SCALAR_STYLE:
	case YAML_FOLDED_SCALAR_STYLE:
		return strict_block_scalar(reader->doc, start, indent_of(frame), reader->err);
	default:
		return true;
	}
}

static bool read_scalar(struct reader *reader, const yaml_event_t *event)
{
	uint32_t end = places_end(&reader->places, event->end_mark.index);
	uint32_t start = places_value(&reader->places, event->start_mark.index, end);
	if (event->data.scalar.style >= YAML_LITERAL_SCALAR_STYLE) end = places_trim(&reader->places, start, end);
	if (!check_scalar(reader, event, start, end)) return false;
	if (key_expected(reader)) return read_key(reader, event, start, end);
	struct str text = scalar_text(reader, event, start, end);
	uint32_t definition = define(reader, event->data.scalar.anchor);
	struct node *node = push_node(reader);
	node->start = start;
	node->end = end;
	if (!resolve_scalar(reader, event, text, node)) return false;
	if (definition != NO_ANCHOR) {
		struct node bare = *node;
		bare.flags = 0;
		reader->definitions.items[definition].node = bare;
	}
	count_child(reader, end, 1);
	return true;
}

static bool fail_too_many(struct reader *reader, uint32_t at)
{
	return err_set(reader->err, ERR_LIMIT, source_loc(reader->doc->source, at),
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

static bool read_alias(struct reader *reader, const yaml_event_t *event)
{
	struct str name = str_of((const char *)event->data.alias.anchor);
	uint32_t end = places_end(&reader->places, event->end_mark.index);
	uint32_t start = places_value(&reader->places, event->start_mark.index, end);
	const uint32_t *found = strmap_get(&reader->anchors, name);
	if (!check_before(reader, start, end) || !strict_name(reader->doc, start, reader->err)) return false;
	if (!found)
		return fail(reader, start,
				TEXT("the name of an anchor that comes before", "de naam van een anker dat ervoor staat"),
				TEXT("put text that starts with '*' between quotes",
						"zet tekst die met '*' begint tussen aanhalingstekens"));
	const struct definition *definition = &reader->definitions.items[*found];
	if (definition->open)
		return fail_text(reader, start,
				TEXT("the alias stands inside its own anchor, so the document would be endless",
						"de alias staat in zijn eigen anker, dus het document zou eindeloos zijn"));
	reader->expanded += definition->size;
	if (reader->expanded > LIMIT_ALIAS_NODES) return fail_too_many(reader, start);
	if (key_expected(reader)) {
		if (node_is_container(&definition->node))
			return fail(reader, start, TEXT("a key that is a text", "een sleutel die een tekst is"), NO_HINT);
		take_key(reader, &definition->node, key_text(&definition->node), start, end);
		return true;
	}
	struct node *node = push_node(reader), own = *node;
	*node = definition->node;
	node->key = own.key;
	node->key_len = own.key_len;
	node->key_start = own.key_start;
	node->key_hash = own.key_hash;
	node->flags = definition->node.flags | own.flags | NODE_SHARED;
	node->start = start;
	node->end = end;
	count_child(reader, end, definition->size);
	return true;
}

/* A block mapping starts with its first key, whose anchor and tag are not those of the mapping. */
static uint32_t container_start(struct reader *reader, const yaml_event_t *event, bool properties)
{
	if (properties) return places_value(&reader->places, event->start_mark.index, UINT32_MAX);
	return places_end(&reader->places, event->start_mark.index);
}

static bool check_container(
		struct reader *reader, const yaml_event_t *event, const yaml_char_t *anchor, uint32_t start, bool flow)
{
	uint32_t first = places_end(&reader->places, event->start_mark.index);
	char sign = reader->doc->source->bytes.ptr[start];
	bool bracket = flow && (sign == '[' || sign == '{');
	return check_before(reader, first, bracket ? start + 1 : start) && check_anchor(reader, anchor);
}

static int32_t column_of(const struct reader *reader, uint32_t at)
{
	const char *bytes = reader->doc->source->bytes.ptr;
	uint32_t from = at;
	while (from > reader->places.start && bytes[from - 1] != '\n' && bytes[from - 1] != '\r')
		from--;
	return (int32_t)(at - from);
}

static void push_container(struct reader *reader, enum node_kind kind, uint32_t start, bool flow, uint32_t definition)
{
	if (definition != NO_ANCHOR) reader->definitions.items[definition].open = true;
	int32_t indent = flow ? indent_of(innermost(reader)) : column_of(reader, start);
	struct node *node = push_node(reader);
	node->kind = (uint8_t)kind;
	node->start = start;
	uint32_t item = (uint32_t)(node - reader->nodes.items);
	*vec_push(&reader->frames) = (struct frame){
			.item = item, .definition = definition, .last_end = start, .indent = indent, .flow = flow, .size = 1};
}

static bool open_container(struct reader *reader, const yaml_event_t *event, enum node_kind kind)
{
	bool mapping = kind == NODE_OBJECT;
	const yaml_char_t *anchor = mapping ? event->data.mapping_start.anchor : event->data.sequence_start.anchor;
	const char *tag = (const char *)(mapping ? event->data.mapping_start.tag : event->data.sequence_start.tag);
	uint32_t start = container_start(reader, event, anchor || tag);
	bool flow = mapping ? event->data.mapping_start.style == YAML_FLOW_MAPPING_STYLE
						: event->data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE;
	struct text problem;
	if (key_expected(reader))
		return fail_text(reader, start,
				TEXT("expected a text as a key, found a mapping or a list; JSON cannot hold that",
						"verwacht: een tekst als sleutel, gevonden: een mapping of een lijst; dat past niet in JSON"));
	if (reader->frames.count == LIMIT_DEPTH) return complain_depth(reader->doc, reader->err, start);
	if (!yaml_tag_container(kind, tag, reader->err->arena, &problem)) return fail_text(reader, start, problem);
	if (!check_container(reader, event, anchor, start, flow)) return false;
	push_container(reader, kind, start, flow, define(reader, anchor));
	return true;
}

static bool resolve_merges(struct reader *reader, const struct frame *frame)
{
	for (size_t i = frame->item + 1; i < reader->nodes.count; i++) {
		const struct node *child = &reader->nodes.items[i];
		if (child->flags & YAML_MERGE && !yaml_can_merge(child))
			return fail(reader, child->start,
					TEXT("a mapping, or a list of mappings, behind '<<'",
							"een mapping, of een lijst van mappings, achter '<<'"),
					TEXT("put << between quotes if it is a plain key",
							"zet << tussen aanhalingstekens als het een gewone sleutel is"));
	}
	uint64_t room = LIMIT_ALIAS_NODES - reader->expanded;
	if (yaml_merge(&reader->nodes, frame->item + 1, room, &reader->expanded)) return true;
	return fail_too_many(reader, reader->nodes.items[frame->item].start);
}

/* A container that starts with a bracket ends with one; another ends where its last child ends. */
static uint32_t container_end(struct reader *reader, const struct frame *frame, const yaml_event_t *event)
{
	char first = reader->doc->source->bytes.ptr[reader->nodes.items[frame->item].start];
	uint32_t mark = places_end(&reader->places, event->end_mark.index);
	char last = mark > 0 ? reader->doc->source->bytes.ptr[mark - 1] : '\0';
	bool bracketed = (first == '{' && last == '}') || (first == '[' && last == ']');
	return bracketed && mark >= frame->last_end ? mark : frame->last_end;
}

static bool check_flow_end(struct reader *reader, uint32_t end)
{
	uint32_t from = reader->gap;
	if (end <= from) return true;
	reader->gap = end;
	return strict_gap(reader->doc, from, end, reader->err);
}

static bool close_container(struct reader *reader, const yaml_event_t *event)
{
	struct frame frame = reader->frames.items[reader->frames.count - 1];
	if (frame.merges && !resolve_merges(reader, &frame)) return false;
	struct node *node = &reader->nodes.items[frame.item];
	uint32_t count = (uint32_t)(reader->nodes.count - frame.item - 1);
	node->end = container_end(reader, &frame, event);
	node_adopt(node, reader->doc->arena, node + 1, count, doc_remark_duplicate, reader->doc);
	reader->nodes.count = frame.item + 1;
	reader->frames.count--;
	if (frame.flow && !check_flow_end(reader, node->end)) return false;
	if (frame.definition != NO_ANCHOR) {
		struct definition *definition = &reader->definitions.items[frame.definition];
		*definition = (struct definition){.node = *node, .size = frame.size};
		definition->node.flags &= (uint8_t) ~(YAML_MERGE | NODE_KEY_SPECIAL);
	}
	count_child(reader, node->end, frame.size);
	return true;
}

static bool handle_node(struct reader *reader, const yaml_event_t *event)
{
	if (reader->total > LIMIT_NODES)
		return complain_nodes(reader->doc, reader->err, places_end(&reader->places, event->start_mark.index));
	switch (event->type) {
	case YAML_SCALAR_EVENT:
		return read_scalar(reader, event);
	case YAML_ALIAS_EVENT:
		return read_alias(reader, event);
	case YAML_SEQUENCE_START_EVENT:
		return open_container(reader, event, NODE_ARRAY);
	case YAML_MAPPING_START_EVENT:
		return open_container(reader, event, NODE_OBJECT);
	case YAML_SEQUENCE_END_EVENT:
	case YAML_MAPPING_END_EVENT:
		return close_container(reader, event);
	default:
		return true;
	}
}

static bool next_event(struct reader *reader, yaml_event_t *event)
{
	if (yaml_parser_parse(&reader->parser, event)) return true;
	const yaml_parser_t *parser = &reader->parser;
	uint32_t at = parser->error == YAML_READER_ERROR ? places_byte(&reader->places, parser->problem_offset)
													 : places_end(&reader->places, parser->problem_mark.index);
	return complain_yaml(reader->doc, parser, at, reader->err);
}

static bool fail_second(struct reader *reader, const yaml_event_t *event)
{
	return fail_text(reader, places_end(&reader->places, event->start_mark.index),
			TEXT("expected one document, found a second one; put each in a file of its own",
					"verwacht: één document, gevonden: een tweede; zet elk in een eigen bestand"));
}

/* After the document nothing may follow but an empty one. */
static bool read_rest(struct reader *reader, bool implicit_end)
{
	if (!strict_gap(reader->doc, reader->gap, (uint32_t)reader->doc->source->bytes.len, reader->err)) return false;
	for (bool ended = false; !ended;) {
		yaml_event_t event;
		if (!next_event(reader, &event)) return false;
		bool empty = event.type == YAML_STREAM_END_EVENT || event.type == YAML_DOCUMENT_START_EVENT ||
					 event.type == YAML_DOCUMENT_END_EVENT ||
					 (event.type == YAML_SCALAR_EVENT && event.start_mark.index == event.end_mark.index);
		bool directive = event.type == YAML_DOCUMENT_START_EVENT && implicit_end &&
						 (event.data.document_start.version_directive ||
								 event.data.document_start.tag_directives.start !=
										 event.data.document_start.tag_directives.end);
		if (directive)
			fail(reader, places_end(&reader->places, event.start_mark.index),
					TEXT("'...' before a directive", "'...' voor een directief"), NO_HINT);
		empty = empty && !directive;
		if (!empty) fail_second(reader, &event);
		ended = event.type == YAML_STREAM_END_EVENT;
		if (event.type == YAML_DOCUMENT_END_EVENT) implicit_end = event.data.document_end.implicit;
		yaml_event_delete(&event);
		if (!empty) return false;
	}
	return true;
}

static bool read_document(struct reader *reader)
{
	for (;;) {
		yaml_event_t event;
		if (!next_event(reader, &event)) return false;
		bool ok = handle_node(reader, &event);
		yaml_event_type_t type = event.type;
		bool implicit = type == YAML_DOCUMENT_END_EVENT && event.data.document_end.implicit;
		yaml_event_delete(&event);
		if (!ok) return false;
		if (type == YAML_DOCUMENT_END_EVENT) return read_rest(reader, implicit);
		if (type == YAML_STREAM_END_EVENT)
			return fail_text(reader, 0,
					TEXT("expected a document, found a file without content",
							"verwacht: een document, gevonden: een bestand zonder inhoud"));
	}
}

/* A last line of spaces alone is a line to YAML; libyaml wants to see it end. */
static struct str end_last_line(struct reader *reader, struct str text)
{
	size_t at = text.len;
	while (at > 0 && text.ptr[at - 1] == ' ')
		at--;
	if (at == text.len || (at > 0 && text.ptr[at - 1] != '\n' && text.ptr[at - 1] != '\r')) return text;
	char *copy = arena_copy(reader->doc->arena, text.ptr, text.len + 1);
	copy[text.len] = '\n';
	return (struct str){copy, text.len + 1};
}

static bool read_text(struct reader *reader, struct str text)
{
	struct str patched = text;
	switch (surrogates_patch(text, reader->doc->arena, &patched)) {
	case SURROGATES_CLASH:
		return fail_text(reader, 0,
				TEXT("the document mixes escapes of surrogate pairs (\\ud83d\\ude00) with characters of U+E800 to U+EFFF; write "
					 "the pairs as the characters themselves",
						"het document mengt escapes van surrogaatparen (\\ud83d\\ude00) met tekens van U+E800 tot en met U+EFFF; "
						"schrijf de paren als de tekens zelf"));
	case SURROGATES_PATCHED:
		reader->patched = true;
		break;
	case SURROGATES_NONE:
		break;
	}
	patched = end_last_line(reader, patched);
	yaml_parser_set_encoding(&reader->parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&reader->parser, (const unsigned char *)patched.ptr, patched.len);
	return read_document(reader);
}

static void finish(struct reader *reader)
{
	struct node *root = arena_alloc(reader->doc->arena, sizeof *root);
	*root = reader->nodes.items[0];
	reader->doc->root = root;
}

bool yaml_read(struct doc *doc, struct err *err)
{
	size_t start;
	if (!check_encoding(doc, &start, err) || !yaml_check_directives(doc, start, err)) return false;
	struct str text = str_skip(doc->source->bytes, start);
	struct reader reader = {.doc = doc, .err = err};
	places_init(&reader.places, doc->source->bytes, (uint32_t)start);
	if (!yaml_parser_initialize(&reader.parser)) return fail_text(&reader, 0, TEXT("out of memory", "geheugen op"));
	bool ok = read_text(&reader, text);
	if (ok) finish(&reader);
	yaml_parser_delete(&reader.parser);
	vec_release(&reader.nodes);
	vec_release(&reader.frames);
	vec_release(&reader.definitions);
	strmap_release(&reader.anchors);
	return ok;
}
