/* SPDX-License-Identifier: EUPL-1.2 */
/* What the files of yaml_fast share. All return false to give up. */
#ifndef KEUR_DOC_YAML_FAST_PRIVATE_H
#define KEUR_DOC_YAML_FAST_PRIVATE_H

#include "doc/node.h"
#include "doc/strmap.h"
#include "doc/yaml_fast.h"
#include "doc/yaml_fast_class.h"

/* An open container; fast->nodes holds it at `item`, followed by its children. The first frame is no container. */
struct fast_frame {
	uint32_t item;
	int32_t indent;  /* column of a block container; -1 of the first frame; in brackets that of the block around it */
	uint8_t kind;    /* enum node_kind; NODE_NULL of the first frame */
	bool indentless; /* a list in the same column as the mapping that it is a value of */
	bool waiting;    /* the last node has no value yet, and is null if none comes */
	uint32_t height; /* levels below it, aliases written out */
	uint32_t anchor; /* of its own, or 0 */
};

/* What an anchor stands for; open while we are inside it. */
struct fast_definition {
	struct node node;
	uint64_t size; /* values, aliases written out; while open, how many there were before it */
	uint32_t height;
	bool open;
};

struct fast {
	struct doc *doc;
	struct arena *arena;         /* of the tree */
	const char *begin, *p, *end; /* *end is NUL */
	uint32_t column;             /* of p, when at the first character of a line */
	bool at_line;                /* p is at the start of a line, */
	uint32_t known_spaces;       /* and so many spaces follow */
	uint32_t total;              /* nodes made, */
	uint32_t aliases;            /* so many of them by aliases */
	uint64_t expanded;           /* values that aliases stand for */
	uint32_t anchor;             /* the definition, from 1, that waits for its value; 0 for none */
	struct strmap anchors;       /* name to place in definitions, from 1 */
	struct {
		struct fast_definition *items;
		size_t count, capacity;
	} definitions;
	struct {
		struct node *items;
		size_t count, capacity;
	} nodes;
	struct {
		struct fast_frame *items;
		size_t count, capacity;
	} frames;
	struct {
		char *items;
		size_t count, capacity;
	} text; /* of a scalar that is not as it is written */
};

/* A scalar; `text` lies in the source or in the arena of the tree. */
struct fast_scalar {
	const char *start, *end;
	struct str text;
	bool plain;
	bool lines; /* it spans more than one line */
};

/* White space, or the end of the text, where p is. */
static inline bool fast_ends(const struct fast *fast, const char *p)
{
	return fast_is_blank(*p) || fast_is_break(*p) || p == fast->end;
}

static inline struct fast_frame *fast_top(struct fast *fast)
{
	return &fast->frames.items[fast->frames.count - 1];
}

/* Behind the spaces at p. */
const char *fast_skip_spaces(const struct fast *fast, const char *p);

/* Behind text and tabs: at a line break, the end, or a character that YAML does not allow. */
const char *fast_skip_text(const struct fast *fast, const char *p);

/* Adds to fast->text, and moves it to the arena. */
void fast_text_add(struct fast *fast, const char *from, const char *to);
void fast_text_repeat(struct fast *fast, char c, size_t count);
struct str fast_text_take(struct fast *fast);

/*
 * The scalar at fast->p. A plain one, in brackets or with further lines that are more than `indent` deep: goes to what
 * ended it. A quoted one: goes behind it. A literal or folded one in a block `indent` deep: goes to the line behind it.
 */
bool fast_plain(struct fast *fast, int32_t indent, bool flow, struct fast_scalar *scalar);
bool fast_quoted(struct fast *fast, struct fast_scalar *scalar);
bool fast_block_scalar(struct fast *fast, int32_t indent, struct fast_scalar *scalar);

/* A collection in brackets at fast->p, for the node that waits; goes behind it. */
bool fast_flow(struct fast *fast);

/* A child of the innermost container, or a member with that key: null, where `at` is. NULL when there are too many. */
struct node *fast_push(struct fast *fast, const char *at);
struct node *fast_push_member(struct fast *fast, const struct fast_scalar *key, const char *at);

/* Makes the node that waits a scalar, or a container that is innermost until it is closed. */
bool fast_set(struct fast *fast, const struct fast_scalar *scalar);
bool fast_open(struct fast *fast, enum node_kind kind, const char *start, int32_t indent);
void fast_close(struct fast *fast, uint32_t end);

/* The anchor at fast->p, of the next value to come, or the alias for the node that waits; goes behind it. */
bool fast_anchor(struct fast *fast);
bool fast_alias(struct fast *fast);
bool fast_alias_key(struct fast *fast, struct fast_scalar *scalar);

/* The value that an anchor waits for starts, or is a scalar; a container that has an anchor ends. */
void fast_anchor_open(struct fast *fast);
void fast_anchor_scalar(struct fast *fast, const struct node *node);
void fast_anchor_close(struct fast *fast, const struct fast_frame *frame, const struct node *node);

#endif
