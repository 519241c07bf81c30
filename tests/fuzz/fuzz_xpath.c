/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * XPath on XML: the first line is the expression, the rest the document, of which a part may be repeated.
 *
 * The second line may be a number: so often the third is repeated inside the root element, because few fuzzers make
 * documents large enough to be slow with. An evaluation that takes long, by processor time, is a find.
 */
#include <time.h>

#include "base/limits.h"
#include "engine/xpath.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct str take_line(struct str *rest)
{
	struct str line = {rest->ptr, str_find(*rest, '\n')};
	*rest = str_skip(*rest, line.len + 1);
	return line;
}

/* About 2 seconds by itself; sanitizers cost three times as much, and neighbours may too. */
enum { MOST_SECONDS = 8 };

static void evaluate(struct str text, xmlDoc *doc, struct arena *arena)
{
	struct err err;
	struct str found;
	bool holds;
	clock_t start = clock();
	err_init(&err, arena);
	if (!xpath_holds(text, doc, NULL, &holds, &err) && err.message.in[LANG_NL].len == 0) __builtin_trap();
	err_init(&err, arena);
	if (!xpath_text(text, doc, NULL, arena, &found, &err) && err.message.in[LANG_NL].len == 0) __builtin_trap();
	err_init(&err, arena);
	if (xpath_set(text, doc, NULL, STR("<\"&v"), &err)) {
		struct str made;
		if (!xml_print(doc, true, arena, &made, &err)) __builtin_trap();
	}
	if ((double)(clock() - start) / CLOCKS_PER_SEC > 3 * MOST_SECONDS) __builtin_trap();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = arena_new();
	struct err err;
	struct strbuf xml;
	uint32_t times;
	struct str rest = {(const char *)data, size}, text = take_line(&rest), count = rest, line = take_line(&count);
	err_init(&err, arena);
	strbuf_init(&xml, LIMIT_XML_BYTES);
	if (str_to_u32(line, &times) && times <= LIMIT_XML_NODES) {
		struct str piece = take_line(&count);
		strbuf_add(&xml, STR("<r xmlns:p='u'>"));
		for (uint32_t i = 0; i < times && !xml.overflow; i++)
			strbuf_add(&xml, piece);
		strbuf_add(&xml, count);
		strbuf_add(&xml, STR("</r>"));
	} else {
		strbuf_add(&xml, rest);
	}
	xmlDoc *doc = xml_parse(arena, strbuf_str(&xml), &err);
	if (doc) evaluate(text, doc, arena);
	if (!doc && err.message.in[LANG_NL].len == 0) __builtin_trap();
	strbuf_release(&xml);
	arena_free(arena);
	return 0;
}
