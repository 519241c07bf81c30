/* SPDX-License-Identifier: EUPL-1.2 */
/* Formats of URIs, IRIs, their references, and URI templates. */
#include "base/ascii.h"
#include "base/utf8.h"
#include "doc/uri.h"
#include "engine/schema_format.h"

/* ucschar of RFC 3987 section 2.2: planes of their own, without the last two places of each. */
static bool is_ucschar(uint32_t code)
{
	if (code < 0x10000)
		return (code >= 0xA0 && code <= 0xD7FF) || (code >= 0xF900 && code <= 0xFDCF) ||
			   (code >= 0xFDF0 && code <= 0xFFEF);
	return code < 0xF0000 && (code & 0xFFFF) <= 0xFFFD && (code < 0xE0000 || code >= 0xE1000);
}

static bool is_private(uint32_t code)
{
	return (code >= 0xE000 && code <= 0xF8FF) || (code >= 0xF0000 && (code & 0xFFFF) <= 0xFFFD);
}

/* Sets of characters of ASCII: what host names, userinfo, paths, queries and literals of templates consist of. */
enum { HOST = 1, USER = 2, PATH = 4, QUERY = 8, LITERAL = 16, UCSCHAR = 64, PRIVATE = 128 };

/* Unreserved characters and sub-delimiters may be anywhere. */
enum { PLAIN = HOST | USER | PATH | QUERY | LITERAL };

static const unsigned char sets[256] = {['!'] = PLAIN,
		['$'] = PLAIN,
		['&'] = PLAIN,
		['\''] = PLAIN,
		['('] = PLAIN,
		[')'] = PLAIN,
		['*'] = PLAIN,
		['+'] = PLAIN,
		[','] = PLAIN,
		[';'] = PLAIN,
		['='] = PLAIN,
		['-'] = PLAIN,
		['.'] = PLAIN,
		['_'] = PLAIN,
		['~'] = PLAIN,
		['0' ... '9'] = PLAIN,
		['A' ... 'Z'] = PLAIN,
		['a' ... 'z'] = PLAIN,
		[':'] = USER | PATH | QUERY | LITERAL,
		['@'] = PATH | QUERY | LITERAL,
		['/'] = PATH | QUERY | LITERAL,
		['?'] = QUERY | LITERAL,
		['#'] = LITERAL,
		['['] = LITERAL,
		[']'] = LITERAL};

/* Length of the character or triplet at the start of `text` when it may be there, else 0. */
static size_t character(struct str text, unsigned allowed)
{
	unsigned char c = (unsigned char)text.ptr[0];
	uint32_t code;
	if (c == '%') return text.len >= 3 && ascii_is_hex(text.ptr[1]) && ascii_is_hex(text.ptr[2]) ? 3 : 0;
	if (c < 128) return (sets[c] & allowed) != 0;
	size_t length = allowed & (UCSCHAR | PRIVATE) ? utf8_decode(text, &code) : 0;
	bool fits = length > 0 && ((allowed & UCSCHAR && is_ucschar(code)) || (allowed & PRIVATE && is_private(code)));
	return fits ? length : 0;
}

/* How many bytes `text` starts with that are allowed: one of the sets, perhaps with UCSCHAR and PRIVATE. */
static size_t span(struct str text, unsigned allowed)
{
	const unsigned char *bytes = (const unsigned char *)text.ptr;
	size_t at = 0;
	for (;;) {
		while (at + 4 <= text.len &&
				sets[bytes[at]] & sets[bytes[at + 1]] & sets[bytes[at + 2]] & sets[bytes[at + 3]] & allowed)
			at += 4;
		while (at < text.len && sets[bytes[at]] & allowed)
			at++;
		size_t length = at < text.len ? character(str_skip(text, at), allowed) : 0;
		if (length == 0) return at;
		at += length;
	}
}

static bool is_part(struct str text, unsigned allowed)
{
	return span(text, allowed) == text.len;
}

/* "v1.x": IPvFuture. */
static bool is_future_address(struct str text)
{
	if (text.len == 0 || (text.ptr[0] | 0x20) != 'v') return false;
	size_t dot = str_find(text, '.');
	for (size_t i = 1; i < dot; i++)
		if (!ascii_is_hex(text.ptr[i])) return false;
	struct str rest = str_skip(text, dot + 1);
	return dot > 1 && rest.len > 0 && str_find(rest, '%') == rest.len && is_part(rest, USER);
}

/* Section 3.2: userinfo, host, port. `wide` is UCSCHAR in IRIs, 0 in URIs. */
static bool is_authority(struct str text, unsigned wide)
{
	size_t at = str_find(text, '@');
	if (at < text.len) {
		if (!is_part((struct str){text.ptr, at}, USER | wide)) return false;
		text = str_skip(text, at + 1);
	}
	struct str host = {text.ptr, str_find(text, ':')};
	if (text.len > 0 && text.ptr[0] == '[') {
		size_t bracket = str_find(text, ']');
		struct str address = {text.ptr + 1, bracket - 1};
		if (bracket == text.len || (!format_is_ipv6(address) && !is_future_address(address))) return false;
		host.len = bracket + 1;
	} else if (!is_part(host, HOST | wide)) {
		return false;
	}
	struct str port = str_skip(text, host.len);
	return port.len == 0 || (port.ptr[0] == ':' && ascii_digits(str_skip(port, 1)) == port.len - 1);
}

/* Takes an authority off; most are but a name. */
static bool take_authority(struct str *rest, unsigned wide)
{
	size_t length = span(*rest, HOST | wide);
	bool name = length == rest->len || ascii_is_one_of(rest->ptr[length], "/?#");
	while (!name && length < rest->len && !ascii_is_one_of(rest->ptr[length], "/?#"))
		length++;
	struct str authority = {rest->ptr, length};
	*rest = str_skip(*rest, length);
	return name || is_authority(authority, wide);
}

/* The first step of a relative path has no colon, which would make a scheme of it (section 4.2). */
static bool has_early_colon(struct str path)
{
	for (size_t i = 0; i < path.len && path.ptr[i] != '/'; i++)
		if (path.ptr[i] == ':') return true;
	return false;
}

/* What follows the scheme. */
static bool is_rest(struct str text, unsigned wide, bool relative)
{
	bool authority = str_starts(text, STR("//"));
	if (authority) {
		text = str_skip(text, 2);
		if (!take_authority(&text, wide)) return false;
	}
	size_t path = span(text, PATH | wide);
	if (relative && !authority && has_early_colon((struct str){text.ptr, path})) return false;
	text = str_skip(text, path);
	if (ascii_take(&text, '?')) text = str_skip(text, span(text, QUERY | wide | (wide ? PRIVATE : 0)));
	if (ascii_take(&text, '#')) text = str_skip(text, span(text, QUERY | wide));
	return text.len == 0;
}

static bool is_absolute(struct str text, unsigned wide)
{
	size_t scheme = uri_scheme(text);
	return scheme > 0 && is_rest(str_skip(text, scheme), wide, false);
}

bool format_is_uri(struct str text)
{
	return is_absolute(text, 0);
}

bool format_is_uri_reference(struct str text)
{
	return is_absolute(text, 0) || is_rest(text, 0, true);
}

bool format_is_iri(struct str text)
{
	return is_absolute(text, UCSCHAR);
}

bool format_is_iri_reference(struct str text)
{
	return is_absolute(text, UCSCHAR) || is_rest(text, UCSCHAR, true);
}

/* Takes a name off: letters, digits, `_` and triplets, with single dots between them (section 2.3). */
static bool take_name(struct str *rest)
{
	for (;;) {
		size_t start = rest->len;
		while (rest->len > 0) {
			bool triplet = rest->len >= 3 && rest->ptr[0] == '%' && ascii_is_hex(rest->ptr[1]) &&
						   ascii_is_hex(rest->ptr[2]);
			if (!triplet && !ascii_is_alnum(rest->ptr[0]) && rest->ptr[0] != '_') break;
			*rest = str_skip(*rest, triplet ? 3 : 1);
		}
		if (rest->len == start) return false;
		if (!ascii_take(rest, '.')) return true;
	}
}

/* `name`, `name*` or `name:12` (section 2.4). */
static bool take_variable(struct str *rest)
{
	enum { MOST_DIGITS = 4 };
	if (!take_name(rest)) return false;
	if (ascii_take(rest, '*') || !ascii_take(rest, ':')) return true;
	size_t digits = ascii_digits(*rest);
	if (digits == 0 || digits > MOST_DIGITS || rest->ptr[0] == '0') return false;
	*rest = str_skip(*rest, digits);
	return true;
}

static bool is_expression(struct str text)
{
	if (text.len > 0 && ascii_is_one_of(text.ptr[0], "+#./;?&=,!@|")) text = str_skip(text, 1);
	do {
		if (!take_variable(&text)) return false;
	} while (ascii_take(&text, ','));
	return text.len == 0;
}

/* Literals are what section 2.1 has, and the apostrophe that an erratum of it adds. */
bool format_is_uri_template(struct str text)
{
	const unsigned literal = LITERAL | UCSCHAR | PRIVATE;
	while (text.len > 0) {
		size_t length = character(text, literal);
		if (text.ptr[0] == '{') {
			length = str_find(text, '}') + 1;
			if (length > text.len || !is_expression((struct str){text.ptr + 1, length - 2})) return false;
		}
		if (length == 0) return false;
		text = str_skip(text, length);
	}
	return true;
}
