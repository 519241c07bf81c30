/* SPDX-License-Identifier: EUPL-1.2 */
/* Formats of IP addresses, host names and mail addresses. */
#include <arpa/inet.h>

#include "base/ascii.h"
#include "base/utf8.h"
#include "engine/schema_format.h"

enum { MAX_LABEL = 63, MAX_NAME = 253, MAX_LOCAL = 64, MAX_DOMAIN = 255 };

static bool is_address(struct str text, int family)
{
	char copy[64];
	unsigned char address[16];
	if (text.len >= sizeof copy || memchr(text.ptr, '\0', text.len)) return false;
	memcpy(copy, text.ptr, text.len);
	copy[text.len] = '\0';
	return inet_pton(family, copy, address) == 1;
}

bool format_is_ipv4(struct str text)
{
	return is_address(text, AF_INET);
}

bool format_is_ipv6(struct str text)
{
	return is_address(text, AF_INET6);
}

/* Letters, digits, hyphens inside; `wide` counts all that is no ASCII as a letter. */
static bool is_label(struct str label, bool wide)
{
	if (label.len == 0 || label.ptr[0] == '-' || label.ptr[label.len - 1] == '-') return false;
	for (size_t i = 0; i < label.len; i++)
		if (!ascii_is_alnum(label.ptr[i]) && label.ptr[i] != '-' && !(wide && (unsigned char)label.ptr[i] >= 128))
			return false;
	return true;
}

/* "xn--", in any case: the rest of the label is Punycode. */
static bool is_encoded(struct str label)
{
	return label.len >= 4 && (label.ptr[0] | 0x20) == 'x' && (label.ptr[1] | 0x20) == 'n' && label.ptr[2] == '-' &&
		   label.ptr[3] == '-';
}

/* Length of the separator at the start of `text` (a dot; `wide`: RFC 3490's four dots), else 0. */
static size_t separator(struct str text, bool wide)
{
	static const char *const dots[] = {".", "\xE3\x80\x82", "\xEF\xBC\x8E", "\xEF\xBD\xA1"};
	for (size_t i = 0; i < (wide ? 4 : 1); i++)
		if (str_starts(text, str_of(dots[i]))) return strlen(dots[i]);
	return 0;
}

/* Takes a label off, and the separator behind it; `*more` says whether there was one. */
static struct str take_label(struct str *rest, bool wide, bool *more)
{
	struct str label = {rest->ptr, 0};
	size_t length = 0;
	while (label.len < rest->len && !(length = separator(str_skip(*rest, label.len), wide)))
		label.len++;
	*more = length > 0;
	*rest = str_skip(*rest, label.len + length);
	return label;
}

/* One label on its own, and what it adds to the length of the name. */
static bool check_label(struct str label, size_t *total, bool *right_to_left)
{
	size_t length = label.len;
	bool hyphens = label.len >= 4 && label.ptr[2] == '-' && label.ptr[3] == '-';
	bool plain = true;
	for (size_t i = 0; i < label.len; i++)
		plain = plain && (unsigned char)label.ptr[i] < 128;
	bool coded = !plain || is_encoded(label);
	bool rtl = false;
	if (!is_label(label, true) || (hyphens && !coded)) return false;
	if (coded && !format_is_idn_label(label, &length, &rtl)) return false;
	*right_to_left |= rtl;
	*total += length + 1;
	return length <= MAX_LABEL;
}

/* In a name with one label written from right to left all labels have to bear that (RFC 5893 section 2). */
static bool check_bidi(struct str text)
{
	bool more;
	do {
		if (!format_is_bidi_label(take_label(&text, true, &more))) return false;
	} while (more);
	return true;
}

bool format_is_idn_hostname(struct str text)
{
	struct str rest = text;
	size_t total = 0;
	bool right_to_left = false;
	bool more;
	do {
		if (!check_label(take_label(&rest, true, &more), &total, &right_to_left)) return false;
		if (total > MAX_NAME + 1) return false;
	} while (more);
	return !right_to_left || check_bidi(text);
}

bool format_is_hostname(struct str text)
{
	struct str rest = text;
	bool encoded = false;
	bool more;
	if (text.len > MAX_NAME) return false;
	do {
		struct str label = take_label(&rest, false, &more);
		if (label.len > MAX_LABEL || !is_label(label, false)) return false;
		encoded |= is_encoded(label);
	} while (more);
	return !encoded || format_is_idn_hostname(text);
}

/* Atoms with single dots between them, before the `@`; returns how long, 0 when it is none. */
static size_t dot_string(struct str text, bool wide)
{
	size_t at = 0;
	bool dot = true; /* an atom has to come first */
	for (; at < text.len && text.ptr[at] != '@'; at++) {
		char c = text.ptr[at];
		bool atom = ascii_is_alnum(c) || ascii_is_one_of(c, "!#$%&'*+-/=?^_`{|}~") || (wide && (unsigned char)c >= 128);
		if (!atom && (c != '.' || dot)) return 0;
		dot = c == '.';
	}
	return dot ? 0 : at;
}

/* A quoted string; returns how long with its quotes, 0 when it is none. */
static size_t quoted_string(struct str text, bool wide)
{
	size_t at = 1;
	for (; at < text.len && text.ptr[at] != '"'; at++) {
		if (text.ptr[at] == '\\') at++;
		unsigned char c = at < text.len ? (unsigned char)text.ptr[at] : 0;
		if (c < ' ' || c == 127 || (c > 127 && !wide)) return 0;
	}
	return at < text.len ? at + 1 : 0;
}

/* A name of labels, or an address in brackets. */
static bool is_mail_domain(struct str text, bool wide)
{
	bool more;
	if (text.len > 2 && text.ptr[0] == '[' && text.ptr[text.len - 1] == ']') {
		struct str address = {text.ptr + 1, text.len - 2};
		bool six = str_starts(address, STR("IPv6:"));
		return six ? format_is_ipv6(str_skip(address, 5)) : format_is_ipv4(address);
	}
	if (text.len > MAX_DOMAIN) return false;
	do {
		struct str label = take_label(&text, false, &more);
		if (!is_label(label, wide) || (!wide && label.len > MAX_LABEL)) return false;
	} while (more);
	return true;
}

static bool is_mailbox(struct str text, bool wide)
{
	bool quoted = text.len > 0 && text.ptr[0] == '"';
	size_t local = quoted ? quoted_string(text, wide) : dot_string(text, wide);
	if (local == 0 || local > MAX_LOCAL || local >= text.len || text.ptr[local] != '@') return false;
	return is_mail_domain(str_skip(text, local + 1), wide);
}

bool format_is_email(struct str text)
{
	return is_mailbox(text, false);
}

bool format_is_idn_email(struct str text)
{
	return is_mailbox(text, true);
}
