/* SPDX-License-Identifier: EUPL-1.2 */
/* Errors as values, with a text for each language. */
#include "base/err.h"

#include <stdio.h>

/* Formats with `args`, which the caller ends; anything beyond LIMIT_MESSAGE_BYTES cannot come from our own formats. */
static struct str format_in(struct arena *arena, const char *format, va_list args)
{
	va_list again;
	va_copy(again, args);
	int needed = vsnprintf(NULL, 0, format, args);
	struct str text = {"", 0};
	if (needed >= 0) {
		char *bytes = arena_alloc(arena, (size_t)needed + 1);
		vsnprintf(bytes, (size_t)needed + 1, format, again);
		text = (struct str){bytes, (size_t)needed};
	}
	va_end(again);
	return text;
}

struct text text_vprintf(struct arena *arena, const char *en, const char *nl, va_list args)
{
	struct text text;
	va_list again;
	va_copy(again, args);
	text.in[LANG_EN] = format_in(arena, en, args);
	text.in[LANG_NL] = format_in(arena, nl, again);
	va_end(again);
	return text;
}

bool err_set(struct err *err, enum err_code code, struct loc loc, const char *en, const char *nl, ...)
{
	if (err->code != ERR_NONE) return false;
	va_list args;
	va_start(args, nl);
	err->message = text_vprintf(err->arena, en, nl, args);
	va_end(args);
	err->code = code;
	err->loc = loc;
	err->loc.file = str_copy(err->arena, loc.file);
	if (loc.pointer.ptr) err->loc.pointer = str_copy(err->arena, loc.pointer);
	return false;
}

bool err_set_text(struct err *err, enum err_code code, struct loc loc, struct text before, struct text text)
{
	struct str en[2] = {text_in(before, LANG_EN), text_in(text, LANG_EN)};
	struct str nl[2] = {text_in(before, LANG_NL), text_in(text, LANG_NL)};
	if (err->code != ERR_NONE) return false;
	err_set(err, code, loc, "%s", "%s", "");
	err->message.in[LANG_EN] = str_printf(err->arena, "%.*s%.*s", STR_FMT(en[0]), STR_FMT(en[1]));
	err->message.in[LANG_NL] = str_printf(err->arena, "%.*s%.*s", STR_FMT(nl[0]), STR_FMT(nl[1]));
	return false;
}

struct text text_printf(struct arena *arena, const char *en, const char *nl, ...)
{
	va_list args;
	va_start(args, nl);
	struct text text = text_vprintf(arena, en, nl, args);
	va_end(args);
	return text;
}

struct text text_copy(struct arena *arena, struct text text)
{
	for (int lang = 0; lang < LANG_COUNT; lang++)
		text.in[lang] = text.in[lang].len ? str_copy(arena, text.in[lang]) : (struct str){"", 0};
	return text;
}
