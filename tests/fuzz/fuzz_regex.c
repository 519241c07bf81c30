/* SPDX-License-Identifier: EUPL-1.2 */
/* Any pattern with any flags on any subject: compiles or is refused with a message, and a search ends soon. */
#include <stdlib.h>

#include "base/limits.h"
#include "engine/regex.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The pattern, a NUL, and the subject; the first byte chooses flags. The last byte repeats the subject. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const flags[] = {"", "i", "m", "s", "u", "iu", "v", "gimsuy"};
	if (size < 2) return 0;
	struct str text = {(const char *)data + 1, size - 1};
	struct str pattern = {text.ptr, str_find(text, '\0')}, subject = str_skip(text, pattern.len + 1);
	struct arena *arena = arena_new();
	struct err err;
	struct strbuf buf;
	err_init(&err, arena);
	strbuf_init(&buf, LIMIT_SUBJECT_BYTES);
	struct regex *regex = regex_compile(arena, pattern, str_of(flags[data[0] % 8]), &err);
	if (!regex && (err.code != ERR_RULES || !err.message.in[LANG_EN].len || !err.message.in[LANG_NL].len)) abort();
	for (int i = 0; regex && i < 1 << (data[size - 1] % 8); i++)
		strbuf_add(&buf, subject);
	if (regex) regex_search(regex, strbuf_str(&buf));
	err_init(&err, arena);
	regex_compile_literal(arena, text, &err);
	strbuf_release(&buf);
	arena_free(arena);
	return 0;
}
