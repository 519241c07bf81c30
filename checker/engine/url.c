/* SPDX-License-Identifier: EUPL-1.2 */
/* URLs by the WHATWG URL standard, sections 3.5 (hosts) and 4.4 (parsing): whether parsing fails. */
#include "engine/url.h"

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_alpha(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static int hex_value(char c)
{
	if (is_digit(c)) return c - '0';
	if (c >= 'a' && c <= 'f') return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* The scheme at the start; empty when there is none. */
static struct str scheme_of(struct str text)
{
	size_t at = 0;
	if (text.len == 0 || !is_alpha(text.ptr[0])) return (struct str){text.ptr, 0};
	while (at < text.len &&
			(is_alpha(text.ptr[at]) || is_digit(text.ptr[at]) || str_find(STR("+-."), text.ptr[at]) < 3))
		at++;
	return (struct str){text.ptr, at < text.len && text.ptr[at] == ':' ? at : 0};
}

static bool scheme_is(struct str scheme, const char *name)
{
	size_t at = 0;
	for (; at < scheme.len && name[at]; at++)
		if ((scheme.ptr[at] | 0x20) != name[at]) return false;
	return at == scheme.len && !name[at];
}

static bool is_special(struct str scheme)
{
	return scheme_is(scheme, "http") || scheme_is(scheme, "https") || scheme_is(scheme, "ws") ||
		   scheme_is(scheme, "wss") || scheme_is(scheme, "ftp");
}

/* A number of an IPv4 address, decimal, octal "0..." or hexadecimal "0x..."; false when it is none or over 32 bits. */
static bool ipv4_number(struct str part, uint64_t *number)
{
	unsigned radix = 10;
	if (part.len == 0) return false;
	if (part.len >= 2 && part.ptr[0] == '0' && (part.ptr[1] | 0x20) == 'x') {
		radix = 16;
		part = str_skip(part, 2);
	} else if (part.len >= 2 && part.ptr[0] == '0') {
		radix = 8;
	}
	*number = 0;
	for (size_t i = 0; i < part.len; i++) {
		int digit = hex_value(part.ptr[i]);
		if (digit < 0 || (unsigned)digit >= radix) return false;
		*number = *number * radix + (unsigned)digit;
		if (*number > UINT32_MAX) return false;
	}
	return true;
}

static struct str last_label(struct str host)
{
	size_t at = host.len;
	while (at > 0 && host.ptr[at - 1] != '.')
		at--;
	return str_skip(host, at);
}

static bool is_all_digits(struct str label)
{
	for (size_t i = 0; i < label.len; i++)
		if (!is_digit(label.ptr[i])) return false;
	return label.len > 0;
}

/* A host whose last label is a number must be an IPv4 address. */
static bool is_ipv4_or_name(struct str host)
{
	uint64_t number = 0;
	if (host.len > 0 && host.ptr[host.len - 1] == '.') host.len--;
	struct str last = last_label(host);
	if (!is_all_digits(last) && !ipv4_number(last, &number)) return true;
	for (unsigned left = 4; left > 0; left--) {
		struct str part = {host.ptr, str_find(host, '.')};
		if (!ipv4_number(part, &number)) return false;
		if (part.len == host.len) return number < (uint64_t)1 << (8 * left);
		if (number > 255) return false;
		host = str_skip(host, part.len + 1);
	}
	return false;
}

static bool is_embedded_ipv4(struct str text)
{
	for (int part = 0; part < 4; part++) {
		size_t dot = str_find(text, '.');
		struct str digits = {text.ptr, dot};
		uint32_t number;
		if (digits.len > 1 && digits.ptr[0] == '0') return false;
		if (!is_all_digits(digits) || !str_to_u32(digits, &number) || number > 255) return false;
		if (part < 3 && dot == text.len) return false;
		text = str_skip(text, dot + (part < 3));
	}
	return text.len == 0;
}

/* Up to four hexadecimal digits; how many. */
static size_t ipv6_piece(struct str text)
{
	size_t at = 0;
	while (at < 4 && at < text.len && hex_value(text.ptr[at]) >= 0)
		at++;
	return at;
}

/* Takes ":" for a compression, or a piece and the colon behind it, off `*text`; how many pieces, -1 for a fault. */
static int take_ipv6(struct str *text, bool *compressed)
{
	if (text->ptr[0] == ':') {
		bool again = *compressed;
		*compressed = true;
		*text = str_skip(*text, 1);
		return again ? -1 : 0;
	}
	size_t length = ipv6_piece(*text);
	if (length < text->len && text->ptr[length] == '.') {
		bool good = is_embedded_ipv4(*text);
		*text = str_skip(*text, text->len);
		return good ? 2 : -1;
	}
	*text = str_skip(*text, length);
	if (length == 0 || (text->len > 0 && (text->ptr[0] != ':' || text->len == 1))) return -1;
	*text = str_skip(*text, 1);
	return 1;
}

static bool is_ipv6(struct str text)
{
	int pieces = 0;
	bool compressed = false;
	if (text.len == 0 || (text.ptr[0] == ':' && !str_starts(text, STR("::")))) return false;
	if (text.ptr[0] == ':') text = str_skip(text, 1);
	while (text.len > 0) {
		int taken = take_ipv6(&text, &compressed);
		if (taken < 0 || pieces + taken > 8) return false;
		pieces += taken;
	}
	return compressed ? pieces <= 7 : pieces == 8;
}

/* Is the byte, percent-decoded, allowed in a host? */
static bool is_host_byte(unsigned char c, bool special)
{
	if (c == 0 || strchr("\t\n\r #/:<>?@[\\]^|", c)) return false;
	return !special || (c > 0x1F && c != '%' && c != 0x7F);
}

static bool is_host_text(struct str host, bool special)
{
	for (size_t i = 0; i < host.len; i++) {
		unsigned char c = (unsigned char)host.ptr[i];
		bool coded = c == '%' && i + 2 < host.len && hex_value(host.ptr[i + 1]) >= 0 && hex_value(host.ptr[i + 2]) >= 0;
		if (coded && special) {
			c = (unsigned char)(hex_value(host.ptr[i + 1]) * 16 + hex_value(host.ptr[i + 2]));
			i += 2;
		}
		if (!is_host_byte(c, special)) return false;
	}
	return true;
}

static bool is_host(struct str host, bool special)
{
	if (str_starts(host, STR("["))) {
		if (!str_ends(host, STR("]"))) return false;
		return is_ipv6((struct str){host.ptr + 1, host.len - 2});
	}
	return is_host_text(host, special) && (!special || is_ipv4_or_name(host));
}

static bool is_port(struct str port)
{
	uint32_t number = 0;
	for (size_t i = 0; i < port.len; i++) {
		if (!is_digit(port.ptr[i])) return false;
		number = number * 10 + (uint32_t)(port.ptr[i] - '0');
		if (number > UINT16_MAX) return false;
	}
	return true;
}

/* Where the host ends and ":port" starts: the first colon outside brackets, or the end. */
static size_t host_length(struct str text)
{
	bool inside = false;
	size_t at = 0;
	for (; at < text.len && (inside || text.ptr[at] != ':'); at++) {
		if (text.ptr[at] == '[') inside = true;
		if (text.ptr[at] == ']') inside = false;
	}
	return at;
}

static bool is_authority(struct str text, bool special)
{
	size_t at = text.len;
	while (at > 0 && text.ptr[at - 1] != '@')
		at--;
	bool has_user = at > 0;
	text = str_skip(text, at);
	struct str host = {text.ptr, host_length(text)};
	bool has_port = host.len < text.len;
	if (host.len == 0) return !special && !has_user && !has_port;
	return is_host(host, special) && is_port(str_skip(text, host.len + 1));
}

/* The text up to the first character that ends an authority. */
static struct str authority_of(struct str text, bool special)
{
	size_t at = 0;
	while (at < text.len && str_find(STR("/?#"), text.ptr[at]) == 3 && !(special && text.ptr[at] == '\\'))
		at++;
	return (struct str){text.ptr, at};
}

static bool is_slash(struct str text, size_t at)
{
	return at < text.len && (text.ptr[at] == '/' || text.ptr[at] == '\\');
}

static bool is_file_rest(struct str rest)
{
	if (!is_slash(rest, 0) || !is_slash(rest, 1)) return true;
	struct str host = authority_of(str_skip(rest, 2), true);
	bool drive = host.len == 2 && is_alpha(host.ptr[0]) && (host.ptr[1] == ':' || host.ptr[1] == '|');
	return host.len == 0 || drive || is_host(host, true);
}

bool url_is_valid(struct str text)
{
	while (text.len > 0 && (unsigned char)text.ptr[0] <= ' ')
		text = str_skip(text, 1);
	while (text.len > 0 && (unsigned char)text.ptr[text.len - 1] <= ' ')
		text.len--;
	struct str scheme = scheme_of(text);
	if (scheme.len == 0) return false;
	struct str rest = str_skip(text, scheme.len + 1);
	if (scheme_is(scheme, "file")) return is_file_rest(rest);
	if (!is_special(scheme)) {
		return !str_starts(rest, STR("//")) || is_authority(authority_of(str_skip(rest, 2), false), false);
	}
	while (is_slash(rest, 0))
		rest = str_skip(rest, 1);
	return is_authority(authority_of(rest, true), true);
}
