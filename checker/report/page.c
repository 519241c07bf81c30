/* SPDX-License-Identifier: EUPL-1.2 */
/* Pages of text. */
#include "report/page.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/utf8.h"

struct range {
	uint32_t first, last;
};

static bool is_in(uint32_t code, const struct range *ranges, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (code >= ranges[i].first && code <= ranges[i].last) return true;
	return false;
}

unsigned character_width(uint32_t code)
{
	static const struct range none[] = {{0x300, 0x36F}, {0x200B, 0x200F}, {0x20D0, 0x20FF}, {0xFE00, 0xFE0F}};
	static const struct range wide[] = {{0x1100, 0x115F}, {0x2E80, 0xA4CF}, {0xAC00, 0xD7A3}, {0xF900, 0xFAFF},
			{0xFE30, 0xFE6F}, {0xFF00, 0xFF60}, {0xFFE0, 0xFFE6}, {0x1F300, 0x1F64F}, {0x1F900, 0x1F9FF},
			{0x20000, 0x3FFFD}};
	if (code < 0x300) return 1;
	if (is_in(code, none, sizeof none / sizeof *none)) return 0;
	return is_in(code, wide, sizeof wide / sizeof *wide) ? 2 : 1;
}

uint32_t harmless(uint32_t code)
{
	static const struct range bad[] = {
			{0, 0x1F}, {0x7F, 0x9F}, {0x200E, 0x200F}, {0x2028, 0x202E}, {0x2066, 0x2069}, {0xFEFF, 0xFEFF}};
	return is_in(code, bad, sizeof bad / sizeof *bad) ? 0xFFFD : code;
}

void page_say(const struct page *page, const char *en, const char *nl, ...)
{
	const char *format = page->lang == LANG_NL ? nl : en;
	va_list args, again;
	va_start(args, nl);
	va_copy(again, args);
	int needed = vsnprintf(NULL, 0, format, args);
	va_end(args);
	if (needed > 0) {
		char *text = mem_resize(NULL, (size_t)needed + 1, 1);
		vsnprintf(text, (size_t)needed + 1, format, again);
		strbuf_add(page->out, (struct str){text, (size_t)needed});
		free(text);
	}
	va_end(again);
}

void page_tone(const struct page *page, enum tone tone)
{
	static const char *const codes[] = {"0", "1", "1;31", "1;35", "33", "32", "2"};
	if (page->color) strbuf_printf(page->out, "\033[%sm", codes[tone]);
}

void page_clean(const struct page *page, struct str text, const char *indent)
{
	while (text.len) {
		uint32_t code = 0xFFFD;
		size_t len = utf8_decode(text, &code);
		char bytes[4];
		if (code == '\n') {
			strbuf_printf(page->out, "\n%s", indent);
		} else if (code == '\t') {
			strbuf_add_char(page->out, ' ');
		} else {
			size_t size = utf8_encode(harmless(code), bytes);
			strbuf_add(page->out, (struct str){bytes, size});
		}
		text = str_skip(text, len ? len : 1);
	}
}
