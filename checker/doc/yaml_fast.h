/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A short cut for the YAML that people and programs write most: block and flow collections, scalars of all five styles,
 * comments, one document.
 *
 * libyaml decides what YAML is. This reader knows a part of it, and makes of that the very tree that yaml_build.c makes
 * from libyaml's events: the same values, spans, keys, remarks. At whatever it does not know for certain (tags,
 * directives, merge keys, an alias as a key, tabs between tokens, anything that might be a mistake) it gives up without
 * a word, once, in time that grows linearly with what it read. tests/fuzz/fuzz_yaml_fast.c and tests/suites/yaml_fast.c
 * hold both readers side by side.
 */
#ifndef KEUR_DOC_YAML_FAST_H
#define KEUR_DOC_YAML_FAST_H

#include "doc/doc.h"

/*
 * Reads doc->source from `start` (behind a byte order mark) into doc->root; check_encoding() was there before. False
 * when it gives up: the document is then as it was, and nothing is said.
 */
bool yaml_fast_read(struct doc *doc, size_t start);

#endif
