/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Regular expressions of ECMA-262 on PCRE2, translated and checked by a front end of ours.
 *
 * The front end parses the pattern by the grammar of ECMA-262 section 22.2.1 (with Annex B where no `u` flag is
 * given), refuses what PCRE2 has and ECMAScript has not, and writes what both read differently (\d \w \s . $ [^] \cX
 * \u \/ named groups, property names) in PCRE2's terms. A search that takes more than LIMIT_REGEX_STEPS is undecided.
 * Immutable after compiling; searches of one regex may run in several threads.
 */
#ifndef KEUR_ENGINE_REGEX_H
#define KEUR_ENGINE_REGEX_H

#include "base/err.h"
#include "base/str.h"

struct regex;

enum regex_result { REGEX_NO, REGEX_YES, REGEX_UNDECIDED };

/*
 * Compiles `pattern` with ECMAScript `flags` (of "dgimsuvy"; g, y and d change nothing for a search). NULL and `err`
 * (ERR_RULES, message with the offset in the pattern, what is wrong, and what to write instead) when it is no
 * ECMAScript pattern or cannot be translated. Owned by the arena.
 */
struct regex *regex_compile(struct arena *arena, struct str pattern, struct str flags, struct err *err);

/* Is it a pattern of ECMA-262, or too much for keur to say? Unlike regex_compile() it asks not whether PCRE2 can search
 * with it. */
bool regex_is_pattern(struct str pattern, struct str flags);

/* Like regex_compile() for Spectral's two spellings: "/body/flags" when it looks like that, else a bare pattern. */
struct regex *regex_compile_literal(struct arena *arena, struct str literal, struct err *err);

/* Is there a match anywhere in `subject`? UNDECIDED: step limit, subject over LIMIT_SUBJECT_BYTES or invalid UTF-8. */
enum regex_result regex_search(const struct regex *regex, struct str subject);

/* The pattern as it was written, for messages. */
struct str regex_source(const struct regex *regex);

/* The same as a translation into PCRE2's syntax without compiling: for tests and fuzzers. False as regex_compile(). */
bool regex_translate(struct str pattern, struct str flags, struct strbuf *out, struct err *err);

#endif
