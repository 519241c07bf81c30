/* Formats of URIs, IRIs, their references, and URI templates. */
#include "base/ascii.h"
#include "base/utf8.h"
#include "engine/schema_format.h"
#include "engine/schema_uri.h"

static const char sub_delimiters[] = "!$&'()*+,;=";

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

/* What a part of a URI may consist of besides unreserved characters and triplets. */
struct part {
	const char *marks; /* of ASCII */
	bool ucschar, iprivate;
};

/* Length of the character or triplet at the start of `text` when the part may have it, else 0. */
static size_t character(struct str text, const struct part *part)
{
	char c = text.ptr[0];
	uint32_t code;
	if (c == '%') return text.len >= 3 && ascii_is_hex(text.ptr[1]) && ascii_is_hex(text.ptr[2]) ? 3 : 0;
	if (ascii_is_alnum(c) || ascii_is_one_of(c, "-._~") || ascii_is_one_of(c, sub_delimiters)) return 1;
	if ((unsigned char)c < 128) return ascii_is_one_of(c, part->marks);
	size_t length = part->ucschar ? utf8_decode(text, &code) : 0;
	return length > 0 && (is_ucschar(code) || (part->iprivate && is_private(code))) ? length : 0;
}

static bool is_part(struct str text, struct part part)
{
	while (text.len > 0) {
		size_t length = character(text, &part);
		if (length == 0) return false;
		text = str_skip(text, length);
	}
	return true;
}

/* "v1.x": IPvFuture. */
static bool is_future_address(struct str text)
{
	if (text.len == 0 || (text.ptr[0] | 0x20) != 'v') return false;
	size_t dot = str_find(text, '.');
	for (size_t i = 1; i < dot; i++)
		if (!ascii_is_hex(text.ptr[i])) return false;
	struct str rest = str_skip(text, dot + 1);
	return dot > 1 && rest.len > 0 && str_find(rest, '%') == rest.len &&
		   is_part(rest, (struct part){":", false, false});
}

/* Section 3.2: userinfo, host, port. */
static bool is_authority(struct str text, bool iri)
{
	size_t at = str_find(text, '@');
	if (at < text.len) {
		if (!is_part((struct str){text.ptr, at}, (struct part){":", iri, false})) return false;
		text = str_skip(text, at + 1);
	}
	struct str host = {text.ptr, str_find(text, ':')};
	if (text.len > 0 && text.ptr[0] == '[') {
		size_t bracket = str_find(text, ']');
		struct str address = {text.ptr + 1, bracket - 1};
		if (bracket == text.len || (!format_is_ipv6(address) && !is_future_address(address))) return false;
		host.len = bracket + 1;
	} else if (!is_part(host, (struct part){"", iri, false})) {
		return false;
	}
	struct str port = str_skip(text, host.len);
	return port.len == 0 || (port.ptr[0] == ':' && ascii_digits(str_skip(port, 1)) == port.len - 1);
}

/* The first step of a relative path has no colon, which would make a scheme of it (section 4.2). */
static bool is_path(struct str path, bool iri, bool relative)
{
	struct str step = {path.ptr, str_find(path, '/')};
	if (relative && str_find(step, ':') < step.len) return false;
	return is_part(path, (struct part){":@/", iri, false});
}

/* What follows the scheme. */
static bool is_rest(struct str text, bool iri, bool relative)
{
	struct str fragment;
	text = schema_uri_split(text, &fragment);
	if (!is_part(fragment, (struct part){":@/?", iri, false})) return false;
	size_t mark = str_find(text, '?');
	if (!is_part(str_skip(text, mark + 1), (struct part){":@/?", iri, iri})) return false;
	text.len = mark;
	if (!str_starts(text, STR("//"))) return is_path(text, iri, relative);
	text = str_skip(text, 2);
	size_t slash = str_find(text, '/');
	return is_authority((struct str){text.ptr, slash}, iri) && is_path(str_skip(text, slash), iri, false);
}

static bool is_absolute(struct str text, bool iri)
{
	size_t scheme = schema_uri_scheme(text);
	return scheme > 0 && is_rest(str_skip(text, scheme), iri, false);
}

bool format_is_uri(struct str text)
{
	return is_absolute(text, false);
}

bool format_is_uri_reference(struct str text)
{
	return is_absolute(text, false) || is_rest(text, false, true);
}

bool format_is_iri(struct str text)
{
	return is_absolute(text, true);
}

bool format_is_iri_reference(struct str text)
{
	return is_absolute(text, true) || is_rest(text, true, true);
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
	const struct part literal = {":/?#[]@", true, true};
	while (text.len > 0) {
		size_t length = character(text, &literal);
		if (text.ptr[0] == '{') {
			length = str_find(text, '}') + 1;
			if (length > text.len || !is_expression((struct str){text.ptr + 1, length - 2})) return false;
		}
		if (length == 0) return false;
		text = str_skip(text, length);
	}
	return true;
}
