/* SPDX-License-Identifier: EUPL-1.2 */
/* Reading and writing tokens of XPath. */
#include "engine/schematron_xpath_private.h"

#include "base/limits.h"

void parse_fail(struct parse *p, size_t offset, const char *en, const char *nl, struct str what)
{
	if (p->failed) return;
	p->failed = true;
	if (what.len > 80) what.len = 80;
	*p->fault = (struct xpath_fault){.offset = offset, .what = str_copy(p->arena, what)};
	p->fault->message = text_printf(p->arena, en, nl, STR_FMT(what));
}

void parse_fail_newer(struct parse *p, size_t offset, struct str what)
{
	if (p->failed) return;
	parse_fail(p, offset, "%.*s is of XPath 2 or later; expected XPath 1.0",
			"%.*s is van XPath 2 of later; verwacht werd XPath 1.0", what);
	p->fault->newer = true;
}

struct str parse_rest(const struct parse *p)
{
	return str_skip(p->text, p->at);
}

char parse_peek(const struct parse *p, size_t ahead)
{
	return p->at + ahead < p->text.len ? p->text.ptr[p->at + ahead] : '\0';
}

void parse_skip(struct parse *p)
{
	while (p->at < p->text.len && parse_is_space(p->text.ptr[p->at]))
		p->at++;
	if (parse_peek(p, 0) == '(' && parse_peek(p, 1) == ':') parse_fail_newer(p, p->at, STR("(: comment :)"));
}

bool parse_take(struct parse *p, const char *token)
{
	parse_skip(p);
	struct str wanted = str_of(token);
	if (!str_starts(parse_rest(p), wanted)) return false;
	p->at += wanted.len;
	return true;
}

bool parse_take_word(struct parse *p, const char *word)
{
	parse_skip(p);
	struct str name = {p->text.ptr + p->at, xpath_name_length(parse_rest(p))};
	if (!str_eq(name, str_of(word))) return false;
	p->at += name.len;
	return true;
}

void parse_emit(struct parse *p, struct str text)
{
	strbuf_add(&p->out, text);
}

void parse_splice(struct parse *p, size_t start, struct str text)
{
	size_t tail = p->out.len - start;
	strbuf_add(&p->out, text);
	if (p->out.overflow) return;
	memmove(p->out.ptr + start + text.len, p->out.ptr + start, tail);
	memcpy(p->out.ptr + start, text.ptr, text.len);
}

void parse_wrap(struct parse *p, size_t start, struct str function)
{
	parse_splice(p, start, function);
	parse_emit(p, STR(")"));
}

bool parse_enter(struct parse *p)
{
	if (p->failed) return false;
	if (++p->depth <= LIMIT_CONDITION_DEPTH && ++p->parts <= LIMIT_XPATH_PARTS) return true;
	parse_fail(p, p->at, "the expression is nested too deep or has too many parts%.*s",
			"de expressie is te diep genest of heeft te veel delen%.*s", STR(""));
	return false;
}

void parse_leave(struct parse *p)
{
	p->depth--;
}
