/* What the files of yaml_fast share. All of them return false to give up. */
#ifndef KEUR_DOC_YAML_FAST_PRIVATE_H
#define KEUR_DOC_YAML_FAST_PRIVATE_H

#include "doc/node.h"
#include "doc/yaml_fast.h"

/* An open container; fast->nodes holds it at `item`, followed by its children. The first frame is no container. */
struct fast_frame {
	uint32_t item;
	int32_t indent;  /* column of a block container; -1 of the first frame; in brackets that of the block around it */
	uint8_t kind;    /* enum node_kind; NODE_NULL of the first frame */
	bool indentless; /* a list in the same column as the mapping that it is a value of */
	bool waiting;    /* the last node has no value yet, and is null if none comes */
};

struct fast {
	struct doc *doc;
	struct arena *arena; /* of the tree */
	const char *begin, *p, *end; /* *end is NUL */
	uint32_t column;             /* of p, when at the first character of a line */
	bool at_line;                /* p is at the start of a line, */
	uint32_t known_spaces;       /* and so many spaces follow */
	uint32_t total;              /* nodes made */
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

enum fast_class {
	FAST_BLOCK_STOP = 1, /* may end a plain scalar */
	FAST_FLOW_STOP = 2,  /* the same in brackets */
	FAST_TEXT_STOP = 4,  /* line breaks, and what YAML does not allow anywhere */
	FAST_NO_START = 8,   /* starts no plain scalar, or not always */
	FAST_SINGLE_STOP = 16,
	FAST_DOUBLE_STOP = 32,
};
extern const uint8_t fast_classes[256];

static inline bool fast_is(char c, unsigned classes)
{
	return fast_classes[(unsigned char)c] & classes;
}

static inline bool fast_is_break(char c)
{
	return c == '\n' || c == '\r';
}

static inline bool fast_is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* White space, or the end of the text, where p is. */
static inline bool fast_ends(const struct fast *fast, const char *p)
{
	return fast_is_blank(*p) || fast_is_break(*p) || p == fast->end;
}

/* "---" or "...", at the start of a line. */
static inline bool fast_at_marker(const char *p)
{
	return (p[0] == '-' && p[1] == '-' && p[2] == '-') || (p[0] == '.' && p[1] == '.' && p[2] == '.');
}

/* Behind the line break that p is at. */
static inline const char *fast_after_break(const char *p)
{
	return p[0] == '\r' && p[1] == '\n' ? p + 2 : p + 1;
}

static inline struct fast_frame *fast_top(struct fast *fast)
{
	return &fast->frames.items[fast->frames.count - 1];
}

/* Behind the spaces at p. */
const char *fast_skip_spaces(const struct fast *fast, const char *p);

/* Behind text and tabs: at a line break, the end, or a character that YAML does not allow. */
const char *fast_skip_text(const struct fast *fast, const char *p);

/* Adds to fast->text; and moves it to the arena. */
void fast_text_add(struct fast *fast, const char *from, const char *to);
void fast_text_repeat(struct fast *fast, char c, size_t count);
struct str fast_text_take(struct fast *fast);

/* A plain scalar at fast->p; goes to what ended it. In brackets, or more than `indent` deep on its further lines. */
bool fast_plain(struct fast *fast, int32_t indent, bool flow, struct fast_scalar *scalar);

/* A quoted scalar at fast->p; goes behind it. */
bool fast_quoted(struct fast *fast, struct fast_scalar *scalar);

/* A literal or folded scalar at fast->p, in a block `indent` deep; goes to the line behind it. */
bool fast_block_scalar(struct fast *fast, int32_t indent, struct fast_scalar *scalar);

/* A collection in brackets at fast->p, for the node that waits; goes behind it. */
bool fast_flow(struct fast *fast);

/* A child of the innermost container: null, where `at` is. NULL when there are too many. */
struct node *fast_push(struct fast *fast, const char *at);

/* The same, a member with that key. */
struct node *fast_push_member(struct fast *fast, const struct fast_scalar *key, const char *at);

/* Makes the node that waits a scalar, or a container that is innermost from then on. */
bool fast_set(struct fast *fast, const struct fast_scalar *scalar);
bool fast_open(struct fast *fast, enum node_kind kind, const char *start, int32_t indent);

/* Ends the innermost container. */
void fast_close(struct fast *fast, uint32_t end);

#endif
