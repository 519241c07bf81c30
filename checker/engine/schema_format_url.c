/* SPDX-License-Identifier: EUPL-1.2 */
/* The format "url" as ajv-formats has it: an address of HTTP or FTP that the world can reach. */
#include "base/ascii.h"
#include "engine/schema_format.h"

/* A number of at most three digits, taken off `*text`. */
static bool take_octet(struct str *text, unsigned *octet)
{
	size_t length = 0;
	*octet = 0;
	while (length < 3 && length < text->len && text->ptr[length] >= '0' && text->ptr[length] <= '9')
		*octet = *octet * 10 + (unsigned)(text->ptr[length++] - '0');
	*text = str_skip(*text, length);
	return length > 0 && *octet < 256;
}

/* An IPv4 address that is not private, of this machine or of a group of them. */
static bool take_public_ip(struct str *text)
{
	struct str rest = *text;
	unsigned octets[4];
	for (int i = 0; i < 4; i++) {
		if (i > 0 && (rest.len == 0 || rest.ptr[0] != '.')) return false;
		if (i > 0) rest = str_skip(rest, 1);
		if (!take_octet(&rest, &octets[i])) return false;
	}
	bool private = octets[0] == 10 || octets[0] == 127 || (octets[0] == 169 && octets[1] == 254) ||
				   (octets[0] == 192 && octets[1] == 168) || (octets[0] == 172 && octets[1] >= 16 && octets[1] < 32);
	if (private || octets[0] == 0 || octets[0] > 223 || octets[3] == 0 || octets[3] > 254) return false;
	*text = rest;
	return true;
}

/* Labels of letters, digits and single hyphens within, of which the last has two letters or more and nothing else. */
static bool take_host_name(struct str *text)
{
	size_t length = 0, label = 0, dots = 0;
	bool letters = true;
	for (; length < text->len; length++) {
		char c = text->ptr[length];
		bool wide = (unsigned char)c >= 0x80;
		if (c == '.' && length > label && text->ptr[length - 1] != '-') {
			dots++;
			label = length + 1;
			letters = true;
		} else if (c == '-' && length > label) {
			letters = false;
		} else if (wide || ascii_is_alnum(c)) {
			letters = letters && (wide || ascii_is_letter(c));
		} else {
			break;
		}
	}
	if (dots == 0 || length < label + 2 || !letters) return false;
	*text = str_skip(*text, length);
	return true;
}

static bool is_host_and_path(struct str text)
{
	if (!take_public_ip(&text) && !take_host_name(&text)) return false;
	size_t digits = 0;
	while (text.len > 0 && text.ptr[0] == ':' && digits + 1 < text.len && text.ptr[digits + 1] >= '0' &&
			text.ptr[digits + 1] <= '9')
		digits++;
	if (digits >= 2 && digits <= 5) text = str_skip(text, digits + 1);
	return text.len == 0 || text.ptr[0] == '/';
}

bool format_is_url(struct str text)
{
	static const char *const schemes[] = {"http://", "https://", "ftp://"};
	struct str rest = {NULL, 0};
	for (int i = 0; i < 3; i++)
		if (str_starts(text, str_of(schemes[i]))) rest = str_skip(text, strlen(schemes[i]));
	for (size_t i = 0; i < rest.len; i++)
		if ((unsigned char)rest.ptr[i] <= ' ') return false;
	if (rest.len == 0 || is_host_and_path(rest)) return rest.len > 0;
	for (size_t at = str_find(rest, '@'); at < rest.len; at += 1 + str_find(str_skip(rest, at + 1), '@'))
		if (at > 0 && is_host_and_path(str_skip(rest, at + 1))) return true;
	return false;
}
