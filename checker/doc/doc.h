/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A document: source, tree, and what its reader remarked. Const after opening. XML has a tree of its own kind.
 */
#ifndef KEUR_DOC_DOC_H
#define KEUR_DOC_DOC_H

#include "base/err.h"
#include "doc/node.h"
#include "doc/source.h"

enum doc_format { DOC_JSON, DOC_YAML, DOC_XML };

struct xml_tree; /* doc/xml_doc.h */

/* Well-formed, yet not what the format or OpenAPI asks for. */
enum diagnostic_kind {
	DIAGNOSTIC_DUPLICATE_KEY,  /* the last one counts */
	DIAGNOSTIC_KEY_NOT_STRING, /* YAML key that is a number, boolean or null: 200 instead of "200" */
	DIAGNOSTIC_LONE_SURROGATE, /* JSON escape that is half a character; reads as U+FFFD */
	DIAGNOSTIC_UNKNOWN_TAG,    /* YAML tag outside the core schema; the value reads as if it had none */
	DIAGNOSTIC_NOT_JSON,       /* a .json name over what is YAML and no JSON */
	DIAGNOSTIC_XML_VERSION,    /* XML that says to be 1.1 or the like; it is read as 1.0 */
};

struct diagnostic {
	enum diagnostic_kind kind;
	uint32_t start, end; /* span of the key, or of the value where there is no key */
	struct str what;     /* the key, or the text at fault */
	uint32_t other;      /* DUPLICATE_KEY: where the first one starts */
	struct text why;     /* NOT_JSON: what the JSON reader says */
};

struct doc {
	struct arena *arena;
	struct source *source;
	enum doc_format format;
	const struct node *root;        /* of XML: a null */
	const struct xml_tree *xml;     /* of XML, else NULL */
	struct diagnostic *diagnostics; /* in document order, at most LIMIT_DIAGNOSTICS */
	uint32_t diagnostic_count;
	bool diagnostics_cut; /* there were more */
	bool duplicates_cut;  /* and duplicate keys among them */
};

/*
 * Reads `path` ("-" for standard input): JSON when the first character that is no white space is '{' or '[' and it
 * reads as JSON, else YAML, of which JSON is nearly a subset; a `.json` name or a first '{' or '[' makes the JSON
 * reader's error the one to report, and what has such a name and reads as YAML alone gets a remark (NOT_JSON). NULL and
 * `err` filled on failure. The caller ends it with doc_close().
 */
struct doc *doc_open(const char *path, struct err *err);

/* Like doc_open(), and XML when the first character that is no white space is a "<" that could begin it. */
struct doc *doc_open_any(const char *path, struct err *err);

/* The same for bytes in memory, which are copied. */
struct doc *doc_of_any(struct str name, struct str bytes, struct err *err);

/* As doc_open(), for bytes in memory, which are copied. */
struct doc *doc_of(struct str name, struct str bytes, struct err *err);

/*
 * Tells the processor that all of a document will be looked at. What is small lies in one piece of memory, from the
 * document itself to its root, which readers make last; waiting for each part when its turn comes takes longer than the
 * work. The first half is asked for without waiting to hear where the root is. In line always: of a function that does
 * nothing else, compilers take the calls away.
 */
static inline __attribute__((always_inline)) void doc_expect(const struct doc *doc)
{
	enum { PIECE = 4 << 10, CACHE_LINE = 64 };
	const char *start = (const char *)doc;
	for (size_t at = 0; at < PIECE / 2; at += CACHE_LINE)
		__builtin_prefetch(start + at);
	size_t size = (size_t)((uintptr_t)(doc->root + 1) - (uintptr_t)doc);
	if (size > PIECE) size = PIECE;
	for (size_t at = PIECE / 2; at < size; at += CACHE_LINE)
		__builtin_prefetch(start + at);
}

/* Frees the document and everything in it. NULL is allowed. */
void doc_close(struct doc *doc);

/* Adds a remark; for readers only. */
void doc_remark(struct doc *doc, struct diagnostic diagnostic);

/* The remark on a key that `first` has too, for node_adopt(); `doc` is a struct doc. */
void doc_remark_duplicate(void *doc, const struct node *first, const struct node *second);

/* Where the key of a member ends in the text: behind its closing quote when it has quotes. */
uint32_t doc_key_end(const struct doc *doc, const struct node *member);

/* What a remark says to a person. */
struct text diagnostic_text(struct arena *arena, const struct doc *doc, const struct diagnostic *diagnostic);

#endif
