/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A page of text for people: two languages, colour where asked, and nothing that a hostile document could do to a
 * terminal: control characters and direction marks are shown as U+FFFD.
 */
#ifndef KEUR_REPORT_PAGE_H
#define KEUR_REPORT_PAGE_H

#include "base/err.h"

enum tone { TONE_PLAIN, TONE_BOLD, TONE_BAD, TONE_DOUBT, TONE_WARN, TONE_GOOD, TONE_FAINT };

struct page {
	struct strbuf *out;
	enum lang lang;
	bool color;
};

/* Both formats take the same arguments in the same order; what they print is trusted or has gone through page_clean. */
void page_say(const struct page *page, const char *en, const char *nl, ...)
		__attribute__((format(printf, 2, 4), format(printf, 3, 4)));

/* Switches the tone for what follows; TONE_PLAIN ends it. Nothing without colour. */
void page_tone(const struct page *page, enum tone tone);

/* Text of others, made harmless. Line ends become `indent` on a new line. */
void page_clean(const struct page *page, struct str text, const char *indent);

/* Columns that a character takes on a terminal: 0, 1 or 2. */
unsigned character_width(uint32_t code);

/* The character to show instead of `code`: itself, or U+FFFD. */
uint32_t harmless(uint32_t code);

#endif
