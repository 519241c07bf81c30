/* SPDX-License-Identifier: EUPL-1.2 */
/* One event of yaml-test-suite's test.event: a line taken apart, and the value that it stands for. */
#ifndef KEUR_TESTS_SUITES_YAML_EVENT_H
#define KEUR_TESTS_SUITES_YAML_EVENT_H

#include "doc/scalar.h"

enum { EVENT_ANCHORS = 64, EVENT_DEPTH = 100 };

struct events {
	struct arena *arena;
	struct str rest;
	bool odd; /* an event that no tree of JSON can hold */
	struct {
		struct str name;
		struct node node;
	} anchors[EVENT_ANCHORS];
	unsigned anchor_count;
};

/* One line, in parts. */
struct event {
	struct str type, anchor, tag, text;
	char style; /* of a value: ':' plain, ''' '"' '|' '>' */
};

static inline struct str events_word(struct str *line)
{
	struct str word = {line->ptr, str_find(*line, ' ')};
	*line = str_skip(*line, word.len + 1);
	return word;
}

static inline struct event events_next(struct events *events)
{
	struct str line = {events->rest.ptr, str_find(events->rest, '\n')};
	events->rest = str_skip(events->rest, line.len + 1);
	struct event event = {.type = events_word(&line)};
	while (line.len && strchr("&<*{[", line.ptr[0])) {
		struct str word = events_word(&line);
		if (word.ptr[0] == '<') event.tag = word;
		if (word.ptr[0] == '&' || word.ptr[0] == '*') event.anchor = str_skip(word, 1);
	}
	if (str_eq(event.type, STR("=VAL")) && line.len) {
		event.style = line.ptr[0];
		event.text = str_skip(line, 1);
	}
	return event;
}

/* The text of a value without its escapes: \\ \n \t \b \r. */
static inline struct str events_text(struct arena *arena, struct str escaped)
{
	static const char names[] = "\\ntbr", values[] = "\\\n\t\b\r";
	char *text = arena_alloc(arena, escaped.len + 1), *to = text;
	for (size_t i = 0; i < escaped.len; i++) {
		const char *hit = escaped.ptr[i] == '\\' && i + 1 < escaped.len ? strchr(names, escaped.ptr[i + 1]) : NULL;
		*to++ = hit ? values[hit - names] : escaped.ptr[i];
		i += hit != NULL;
	}
	return (struct str){text, (size_t)(to - text)};
}

static inline struct node events_scalar(struct events *events, const struct event *event)
{
	struct node node = {.kind = NODE_STRING};
	struct str text = events_text(events->arena, event->text);
	bool core = str_starts(event->tag, STR("<tag:yaml.org,2002:"));
	bool string = str_eq(event->tag, STR("<tag:yaml.org,2002:str>")) || str_eq(event->tag, STR("<!>"));
	bool resolves = core && !string &&
					(str_ends(event->tag, STR(":int>")) || str_ends(event->tag, STR(":float>")) ||
							str_ends(event->tag, STR(":bool>")) || str_ends(event->tag, STR(":null>")));
	if (resolves || (event->style == ':' && !string)) {
		events->odd |= !scalar_resolve(text, events->arena, &node);
		return node;
	}
	node.text = text.ptr;
	node.len = (uint32_t)text.len;
	return node;
}

#endif
