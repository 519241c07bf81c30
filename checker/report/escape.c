/* SPDX-License-Identifier: EUPL-1.2 */
/* Escaping. */
#include "report/escape.h"

#include "base/ascii.h"
#include "base/utf8.h"
#include "report/page.h"

#define REPLACEMENT STR("\xEF\xBF\xBD")

static const char *entity(unsigned char c)
{
	switch (c) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '"':
		return "&quot;";
	case '\'':
		return "&#39;";
	default:
		return NULL;
	}
}

/* Line ends and tabs as references, so that an attribute keeps them too. */
static const char *xml_reference(unsigned char c)
{
	return c == '\n' ? "&#10;" : c == '\r' ? "&#13;" : c == '\t' ? "&#9;" : entity(c);
}

static bool is_xml(uint32_t code)
{
	return code >= 0x20 && code != 0xFFFE && code != 0xFFFF;
}

/* Adds `text` character by character: by its reference, as it is, or as U+FFFD. Runs of what stays are added whole. */
static void add_escaped(struct strbuf *out, struct str text, const char *(*reference)(unsigned char c),
		bool (*is_allowed)(uint32_t code))
{
	size_t plain = 0, i = 0;
	if (!text.len) return; /* its pointer may be NULL, to which nothing may be added, not even 0 */
	while (i < text.len) {
		uint32_t code = (unsigned char)text.ptr[i];
		size_t len = code < 0x80 ? 1 : utf8_decode(str_skip(text, i), &code);
		const char *name = len && code < 0x80 ? reference((unsigned char)code) : NULL;
		if (len && !name && is_allowed(code)) {
			i += len;
			continue;
		}
		strbuf_add(out, (struct str){text.ptr + plain, i - plain});
		strbuf_add(out, name ? str_of(name) : REPLACEMENT);
		plain = i += len ? len : 1;
	}
	strbuf_add(out, (struct str){text.ptr + plain, i - plain});
}

void escape_xml(struct strbuf *out, struct str text)
{
	add_escaped(out, text, xml_reference, is_xml);
}

static bool is_shown(uint32_t code)
{
	if (code >= 0x20 && code < 0x7F) return true;
	return code == '\n' || code == '\t' || harmless(code) == code;
}

void escape_html(struct strbuf *out, struct str text)
{
	add_escaped(out, text, entity, is_shown);
}

/* What spreadsheets start a formula with, in ASCII or full width. */
static bool starts_formula(struct str text)
{
	static const struct str wide[] = {
			STR("\xEF\xBC\x9D"), STR("\xEF\xBC\x8B"), STR("\xEF\xBC\x8D"), STR("\xEF\xBC\xA0")};
	if (text.len && ascii_is_one_of(text.ptr[0], "=+-@\t\r\n")) return true;
	for (size_t i = 0; i < sizeof wide / sizeof *wide; i++)
		if (str_starts(text, wide[i])) return true;
	return false;
}

static const char *csv_reference(unsigned char c)
{
	return c == '"' ? "\"\"" : NULL;
}

static bool is_csv(uint32_t code)
{
	return code >= 0x20 || code == '\n' || code == '\t';
}

void escape_csv(struct strbuf *out, struct str text)
{
	struct str start = text;
	while (start.len && *start.ptr == ' ')
		start = str_skip(start, 1);
	strbuf_add_char(out, '"');
	if (starts_formula(start)) strbuf_add_char(out, '\'');
	add_escaped(out, text, csv_reference, is_csv);
	strbuf_add_char(out, '"');
}

static const char *github_reference(unsigned char c)
{
	return c == '%' ? "%25" : c == '\r' ? "%0D" : c == '\n' ? "%0A" : NULL;
}

static const char *property_reference(unsigned char c)
{
	return c == ':' ? "%3A" : c == ',' ? "%2C" : github_reference(c);
}

static bool is_github(uint32_t code)
{
	return (code >= 0x20 && code < 0x7F) || code == '\t' || harmless(code) == code;
}

void escape_github(struct strbuf *out, struct str text)
{
	add_escaped(out, text, github_reference, is_github);
}

void escape_github_property(struct strbuf *out, struct str text)
{
	add_escaped(out, text, property_reference, is_github);
}

bool is_web_url(struct str url)
{
	return str_starts(url, STR("https://")) || str_starts(url, STR("http://"));
}

/* RFC 3986: what may stand in a path, and of a URL also what makes its parts. */
static bool is_uri(unsigned char c, bool url)
{
	if (ascii_is_alnum((char)c) || ascii_is_one_of((char)c, "-._~/!$&'()*+,;=@")) return true;
	return url && ascii_is_one_of((char)c, ":?#[]%");
}

void escape_uri(struct strbuf *out, struct str path)
{
	bool url = is_web_url(path) || str_starts(path, STR("file://"));
	if (str_eq(path, STR("-"))) path = STR("stdin");
	if (str_starts(path, STR("/"))) strbuf_add(out, STR("file://"));
	while (str_starts(path, STR("./")) && path.len > 2)
		path = str_skip(path, 2);
	for (size_t i = 0; i < path.len; i++) {
		unsigned char c = (unsigned char)path.ptr[i];
		if (is_uri(c, url))
			strbuf_add_char(out, (char)c);
		else
			strbuf_printf(out, "%%%02X", c);
	}
}
