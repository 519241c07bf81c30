/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The frame of every HTML page of keur: head with its policy, the choice of language, foot. Style sheet and script
 * stand in the page; its own security policy lets the browser run and apply nothing but these, by their digests.
 */
#include <stdlib.h>

#include "base/ascii.h"
#include "base/io.h"
#include "base/limits.h"
#include "fetch/base64.h"
#include "report/html_private.h"

/* 'sha256-...' as a policy names it. */
static void add_source(const struct html *it, struct str text)
{
	struct digest digest = digest_of(text);
	char bytes[32];
	for (int i = 0; i < 32; i++) {
		char pair[3] = {digest.hex[2 * i], digest.hex[2 * i + 1], '\0'};
		bytes[i] = (char)strtoul(pair, NULL, 16);
	}
	html_raw(it, "'sha256-");
	base64_encode(it->out, (struct str){bytes, sizeof bytes}, BASE64);
	html_raw(it, "'");
}

static void add_policy(const struct html *it, const struct html_frame *frame)
{
	html_raw(it, "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src ");
	add_source(it, frame->style);
	if (frame->theme.len) html_raw(it, " ");
	if (frame->theme.len) add_source(it, frame->theme);
	html_raw(it, "; script-src ");
	add_source(it, frame->script);
	html_raw(it, "; img-src data:; font-src data:; base-uri 'none'; form-action 'none'\">\n");
}

/* The class that a theme of the NL Design System hangs its tokens on: "utrecht-theme", if it has one. */
static struct str theme_class(struct str css)
{
	static const struct str suffix = {"-theme", 6};
	for (size_t from = 0; from < css.len;) {
		size_t at = from + str_find_str(str_skip(css, from), suffix), start = at, end = at + suffix.len;
		if (at >= css.len) break;
		while (start > from && ascii_is_letter(css.ptr[start - 1]))
			start--;
		bool whole = end == css.len || !(ascii_is_alnum(css.ptr[end]) || ascii_is_one_of(css.ptr[end], "-_"));
		if (start > from && start < at && css.ptr[start - 1] == '.' && whole)
			return (struct str){css.ptr + start, end - start};
		from = end;
	}
	return (struct str){"", 0};
}

static void add_head(const struct html *it, const struct html_frame *frame)
{
	struct str theme = theme_class(frame->theme);
	html_raw(it, "<!DOCTYPE html>\n<html lang=\"");
	html_raw(it, frame->lang == LANG_NL ? "nl" : "en");
	html_raw(it, "\" class=\"utrecht-document keur-report");
	if (theme.len) html_raw(it, " ");
	html_text(it, theme);
	html_raw(it, "\" data-title-nl=\"");
	html_text(it, text_in(frame->title, LANG_NL));
	html_raw(it, "\" data-title-en=\"");
	html_text(it, text_in(frame->title, LANG_EN));
	html_raw(it, "\">\n<head>\n<meta charset=\"utf-8\">\n");
	add_policy(it, frame);
	html_raw(it, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
				 "<meta name=\"referrer\" content=\"no-referrer\">\n<title>");
	html_text(it, text_in(frame->title, frame->lang));
	html_raw(it, "</title>\n<style>");
	strbuf_add(it->out, frame->style);
	html_raw(it, "</style>\n");
	if (frame->theme.len) {
		html_raw(it, "<style>");
		strbuf_add(it->out, frame->theme);
		html_raw(it, "</style>\n");
	}
	html_raw(it, "</head>\n");
}

static void add_choice(
		const struct html *it, const struct html_frame *frame, enum lang lang, const char *code, const char *name)
{
	strbuf_printf(it->out,
			"<input class=\"keur-language__choice\" type=\"radio\" name=\"language\" id=\"language-%s\" value=\"%s\"%s>"
			"<label class=\"utrecht-form-label\" for=\"language-%s\" lang=\"%s\" data-always>%s</label>\n",
			code, code, frame->lang == lang ? " checked" : "", code, code, name);
}

static void add_page_header(const struct html *it, const struct html_frame *frame)
{
	html_raw(it,
			"<body class=\"utrecht-body\">\n<a class=\"utrecht-skip-link utrecht-skip-link--visible-on-focus\" href=\"#main\">");
	html_both(it, frame->skip);
	html_raw(it, "</a>\n<header class=\"utrecht-page-header\"><div class=\"utrecht-page-header__content keur-bar\">\n"
				 "<p class=\"keur-brand\">keur</p>\n<fieldset class=\"keur-language\"><legend class=\"keur-hidden\">");
	html_say(it, "Language", "Taal");
	html_raw(it, "</legend>\n");
	add_choice(it, frame, LANG_NL, "nl", "Nederlands");
	add_choice(it, frame, LANG_EN, "en", "English");
	html_raw(it, "</fieldset>\n</div></header>\n<main class=\"utrecht-page-content\" id=\"main\" tabindex=\"-1\">\n");
}

void html_open(const struct html *it, const struct html_frame *frame)
{
	add_head(it, frame);
	add_page_header(it, frame);
}

void html_close(const struct html *it, const struct html_frame *frame)
{
	html_raw(it, "</main>\n<footer class=\"utrecht-page-footer\"><p class=\"utrecht-paragraph\">");
	html_both(it, frame->foot);
	html_raw(it, "</p></footer>\n<script>");
	strbuf_add(it->out, frame->script);
	html_raw(it, "</script>\n</body>\n</html>\n");
}

bool html_frame_load(struct html_frame *frame, struct arena *arena, struct str folder, struct err *err)
{
	struct str style = str_printf(arena, "%.*s/report.css", STR_FMT(folder));
	struct str script = str_printf(arena, "%.*s/report.js", STR_FMT(folder));
	return io_read(arena, style.ptr, LIMIT_THEME_BYTES, &frame->style, err) &&
		   io_read(arena, script.ptr, LIMIT_THEME_BYTES, &frame->script, err);
}
