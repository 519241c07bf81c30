/* SPDX-License-Identifier: EUPL-1.2 */
/* What the tests of documents share: a document from a literal, and what must be the matter with a bad one. */
#ifndef KEUR_TESTS_UNIT_DOC_DOCS_H
#define KEUR_TESTS_UNIT_DOC_DOCS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "doc/doc.h"
#include "doc/pointer.h"

struct errors {
	struct arena *arena;
	struct err err;
};

static inline int errors_setup(void **state)
{
	struct arena *arena = arena_new();
	struct errors *errors = arena_alloc(arena, sizeof *errors);
	errors->arena = arena;
	err_init(&errors->err, arena);
	*state = errors;
	return 0;
}

static inline int errors_teardown(void **state)
{
	struct errors *errors = *state;
	arena_free(errors->arena);
	return 0;
}

#define doc_test(function) cmocka_unit_test_setup_teardown(function, errors_setup, errors_teardown)

/* The document that `bytes` hold; must be readable. */
static inline struct doc *read_bytes(void **state, const char *name, struct str bytes)
{
	struct errors *errors = *state;
	struct doc *doc = doc_of(str_of(name), bytes, &errors->err);
	if (!doc) fail_msg("%.*s", STR_FMT(errors->err.message.in[LANG_EN]));
	return doc;
}

/* What was refused must have that place, and `words` in the English message; and a Dutch one. */
static inline void error_is(
		struct errors *errors, enum err_code code, unsigned line, unsigned column, const char *words)
{
	struct str message = errors->err.message.in[LANG_EN];
	if (str_find_str(message, str_of(words)) == message.len) fail_msg("no '%s' in '%.*s'", words, STR_FMT(message));
	assert_int_equal(errors->err.code, code);
	assert_int_equal(errors->err.loc.line, line);
	assert_int_equal(errors->err.loc.column, column);
	assert_true(errors->err.message.in[LANG_NL].len > 0);
}

/* `bytes` must be refused, by that reader, as error_is() has it. */
static inline void reader_refuses(void **state, bool (*reader)(struct doc *, struct err *), struct str bytes,
		enum err_code code, unsigned line, unsigned column, const char *words)
{
	struct errors *errors = *state;
	struct doc doc = {.arena = errors->arena, .source = source_of(errors->arena, STR("test"), bytes)};
	err_init(&errors->err, errors->arena);
	if (reader(&doc, &errors->err)) fail_msg("read, yet it is wrong: %.*s", STR_FMT(bytes));
	error_is(errors, code, line, column, words);
}

/* The same for whatever reader doc_of() takes. */
static inline void refuses_bytes(void **state, const char *name, struct str bytes, enum err_code code, unsigned line,
		unsigned column, const char *words)
{
	struct errors *errors = *state;
	err_init(&errors->err, errors->arena);
	if (doc_of(str_of(name), bytes, &errors->err)) fail_msg("read, yet it is wrong: %.*s", STR_FMT(bytes));
	error_is(errors, code, line, column, words);
}

static inline const struct node *at(const struct doc *doc, const char *pointer)
{
	const struct node *node = pointer_get(doc->root, str_of(pointer));
	if (!node) fail_msg("nothing at %s", pointer);
	return node;
}

static inline void text_is(const struct node *node, const char *text)
{
	struct str expected = str_of(text);
	if (!str_eq(node_text(node), expected)) fail_msg("'%.*s' is not '%s'", STR_FMT(node_text(node)), text);
}

/* The bytes of the source that `node` covers. */
static inline void spans(const struct doc *doc, const struct node *node, const char *text)
{
	struct str span = {doc->source->bytes.ptr + node->start, node->end - node->start};
	if (!str_eq(span, str_of(text))) fail_msg("'%.*s' is not '%s'", STR_FMT(span), text);
}

#endif
