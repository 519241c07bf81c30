/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The events that yaml-test-suite expects (test.event) as trees, to hold beside the trees of the YAML reader: what the
 * events say of tags, anchors and styles is applied, what JSON cannot hold makes it stop.
 */
#ifndef KEUR_TESTS_SUITES_YAML_EVENTS_H
#define KEUR_TESTS_SUITES_YAML_EVENTS_H

#include "base/vec.h"
#include "yaml_event.h"

static inline struct node events_alias(struct events *events, const struct event *event)
{
	for (unsigned i = events->anchor_count; i > 0; i--)
		if (str_eq(events->anchors[i - 1].name, event->anchor)) return events->anchors[i - 1].node;
	events->odd = true;
	return (struct node){0};
}

static inline struct node events_node(struct events *events, struct event event, unsigned depth);

/* A key is its text as it is written, whatever it resolves to. */
static inline struct node events_key(struct events *events, struct event event, unsigned depth)
{
	struct node value = events_node(events, event, depth);
	bool alias = str_eq(event.type, STR("=ALI"));
	events->odd |= node_is_container(&value) || (alias && value.kind < NODE_NUMBER);
	if (events->odd) return (struct node){0};
	struct str text = alias ? node_text(&value) : events_text(events->arena, event.text);
	return (struct node){.key = text.ptr, .key_len = (uint32_t)text.len, .key_hash = node_hash(text)};
}

static inline struct node events_container(struct events *events, enum node_kind kind, unsigned depth)
{
	struct node node = {.kind = (uint8_t)kind};
	struct {
		struct node *items;
		size_t count, capacity;
	} children = {0};
	while (events->rest.len && !events->odd) {
		struct event event = events_next(events);
		if (event.type.ptr[0] == '-') break;
		struct node key = {0};
		if (kind == NODE_OBJECT) {
			key = events_key(events, event, depth + 1);
			event = events_next(events);
		}
		struct node child = events_node(events, event, depth + 1);
		child.key = key.key;
		child.key_len = key.key_len;
		child.key_hash = key.key_hash;
		*vec_push(&children) = child;
	}
	node_adopt(&node, events->arena, children.items, (uint32_t)children.count, NULL, NULL);
	vec_release(&children);
	return node;
}

static inline struct node events_node(struct events *events, struct event event, unsigned depth)
{
	struct node node = {0};
	events->odd |= depth > EVENT_DEPTH;
	if (events->odd) return node;
	if (str_eq(event.type, STR("+MAP")))
		node = events_container(events, NODE_OBJECT, depth);
	else if (str_eq(event.type, STR("+SEQ")))
		node = events_container(events, NODE_ARRAY, depth);
	else if (str_eq(event.type, STR("=ALI")))
		return events_alias(events, &event);
	else if (str_eq(event.type, STR("=VAL")))
		node = events_scalar(events, &event);
	else
		events->odd = true;
	if (event.anchor.len && events->anchor_count < EVENT_ANCHORS) {
		events->anchors[events->anchor_count].name = event.anchor;
		events->anchors[events->anchor_count++].node = node;
	}
	return node;
}

/* The root of the next document; NULL when there is none, or when events->odd. */
static inline const struct node *events_document(struct events *events)
{
	while (events->rest.len && !events->odd) {
		struct event event = events_next(events);
		if (!str_eq(event.type, STR("+DOC"))) continue;
		events->anchor_count = 0;
		struct node *root = arena_alloc(events->arena, sizeof *root);
		*root = events_node(events, events_next(events), 0);
		return events->odd ? NULL : root;
	}
	return NULL;
}

#endif
