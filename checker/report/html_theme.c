/* SPDX-License-Identifier: EUPL-1.2 */
/* Themes: what a style sheet may not hold to be embedded in a report. */
#include "base/ascii.h"
#include "doc/source.h"
#include "report/report.h"

/* Does `css` go on with the word, in whatever case? */
static bool has_word(struct str css, const char *word)
{
	for (size_t i = 0; word[i]; i++)
		if (i >= css.len || (css.ptr[i] | (ascii_is_letter(css.ptr[i]) ? 0x20 : 0)) != word[i]) return false;
	return true;
}

static bool fail(struct str file, struct str css, size_t at, const char *what, struct err *err)
{
	struct arena *arena = arena_new();
	struct loc loc = source_loc(source_of(arena, file, css), at);
	err_set(err, ERR_USAGE, loc,
			"a theme may not hold %s: a report asks for nothing from elsewhere; embed fonts and images as data: URLs",
			"een thema mag geen %s bevatten: een rapport haalt niets van elders; sluit lettertypen en afbeeldingen in als "
			"data:-URL",
			what);
	arena_free(arena);
	return false;
}

/* What stands between the brackets of url( is data, or a place in this page. */
static bool is_own_url(struct str css)
{
	while (css.len && ascii_is_one_of(*css.ptr, " \t\r\n\"'"))
		css = str_skip(css, 1);
	return has_word(css, "data:") || str_starts(css, STR("#"));
}

bool report_theme_check(struct str file, struct str css, struct err *err)
{
	for (size_t i = 0; i < css.len; i++) {
		struct str rest = str_skip(css, i);
		if (has_word(rest, "</")) return fail(file, css, i, "</", err);
		if (has_word(rest, "<!--")) return fail(file, css, i, "<!--", err);
		if (has_word(rest, "@import")) return fail(file, css, i, "@import", err);
		if (has_word(rest, "url(") && !is_own_url(str_skip(rest, 4))) return fail(file, css, i, "url()", err);
	}
	return true;
}
