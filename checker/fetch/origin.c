/* SPDX-License-Identifier: EUPL-1.2 */
/* URLs taken apart, and whose credentials may go where. */
#include "fetch/origin.h"

#include <ctype.h>
#include <strings.h>

#include "base/limits.h"

enum { PORT_HTTP = 80, PORT_HTTPS = 443, PORT_MOST = 65535 };

static bool refuse(struct text *why, struct text text)
{
	*why = text;
	return false;
}

/* RFC 3986 section 2: what may stand in a URI at all. */
static bool is_uri_char(unsigned char c)
{
	return isalnum(c) || (c && strchr("-._~:/?#[]@!$&'()*+,;=%", c));
}

static bool refuse_char(struct str url, size_t at, struct text *why, struct arena *arena)
{
	unsigned char c = (unsigned char)url.ptr[at];
	if (c == '{' || c == '}')
		return refuse(why,
				text_printf(arena, "\"%.*s\" has a variable that was not filled in; give it a value",
						"in \"%.*s\" staat een variabele die niet is ingevuld; geef hem een waarde", STR_FMT(url)));
	return refuse(
			why, text_printf(arena,
						 "byte 0x%02x at %zu cannot stand in a URL; write it percent-encoded (%%%02X), in a host "
						 "name as punycode (xn--...)",
						 "byte 0x%02x op %zu kan niet in een URL staan; schrijf hem procent-gecodeerd (%%%02X), in een "
						 "hostnaam als punycode (xn--...)",
						 c, at, c));
}

static bool has_only_uri_chars(struct str url, struct text *why, struct arena *arena)
{
	if (url.len > LIMIT_URL_BYTES)
		return refuse(why, text_printf(arena, "the URL is longer than %d bytes, the most that keur asks for",
								   "de URL is langer dan %d bytes, het meeste waar keur om vraagt", LIMIT_URL_BYTES));
	for (size_t i = 0; i < url.len; i++)
		if (!is_uri_char((unsigned char)url.ptr[i])) return refuse_char(url, i, why, arena);
	return true;
}

static bool take_scheme(struct str *url, struct origin *out)
{
	out->https = url->len > 8 && strncasecmp(url->ptr, "https://", 8) == 0;
	if (!out->https && (url->len <= 7 || strncasecmp(url->ptr, "http://", 7) != 0)) return false;
	*url = str_skip(*url, out->https ? 8 : 7);
	return true;
}

static bool is_host(struct str host)
{
	if (host.len == 0) return false;
	bool bracketed = host.ptr[0] == '[';
	if (bracketed && (host.len < 4 || host.ptr[host.len - 1] != ']')) return false;
	for (size_t i = bracketed; i < host.len - bracketed; i++) {
		unsigned char c = (unsigned char)host.ptr[i];
		bool fits = bracketed ? isxdigit(c) || c == ':' || c == '.' : isalnum(c) || c == '-' || c == '.' || c == '_';
		if (!fits) return false;
	}
	return true;
}

/* host, or host:port. An empty port is the scheme's own (RFC 3986 section 3.2.3). */
static bool take_host(struct str authority, struct origin *out)
{
	size_t end = 0;
	if (authority.len && authority.ptr[0] == '[') end = str_find(authority, ']');
	end += str_find(str_skip(authority, end), ':');
	out->host = (struct str){authority.ptr, end};
	out->port = out->https ? PORT_HTTPS : PORT_HTTP;
	struct str port = str_skip(authority, end + 1);
	if (port.len && (!str_to_u32(port, &out->port) || out->port == 0 || out->port > PORT_MOST)) return false;
	return is_host(out->host);
}

bool origin_of(struct str url, struct origin *out, struct text *why, struct arena *arena)
{
	if (!has_only_uri_chars(url, why, arena)) return false;
	struct str rest = {url.ptr, str_find(url, '#')};
	if (!take_scheme(&rest, out))
		return refuse(why,
				text_printf(arena, "expected a URL that starts with http:// or https:// and a host, found \"%.*s\"",
						"verwacht: een URL die begint met http:// of https:// en een host; gevonden: \"%.*s\"",
						STR_FMT(url)));
	size_t end = 0;
	while (end < rest.len && rest.ptr[end] != '/' && rest.ptr[end] != '?')
		end++;
	struct str authority = {rest.ptr, end};
	out->rest = str_skip(rest, end);
	if (str_find(authority, '@') < authority.len)
		return refuse(why,
				TEXT("a URL with a user or password in it is not asked for; give credentials as such, apart from the URL",
						"een URL met een gebruiker of wachtwoord erin wordt niet opgevraagd; geef inloggegevens apart op, "
						"buiten de URL"));
	if (!take_host(authority, out))
		return refuse(why, text_printf(arena, "\"%.*s\" is no host with a port from 1 to 65535",
								   "\"%.*s\" is geen host met een poort van 1 tot 65535", STR_FMT(authority)));
	return true;
}

static bool same_host(const struct origin *a, const struct origin *b)
{
	return a->host.len == b->host.len && strncasecmp(a->host.ptr, b->host.ptr, a->host.len) == 0;
}

bool origin_equal(const struct origin *a, const struct origin *b)
{
	return a->https == b->https && a->port == b->port && same_host(a, b);
}

bool origin_trusts(const struct origin *owner, const struct origin *asked)
{
	if (origin_equal(owner, asked)) return true;
	bool upgraded = !owner->https && owner->port == PORT_HTTP && asked->https && asked->port == PORT_HTTPS;
	return upgraded && same_host(owner, asked);
}

struct str origin_text(const struct origin *origin, struct arena *arena)
{
	char *host = arena_copy(arena, origin->host.ptr, origin->host.len);
	for (size_t i = 0; i < origin->host.len; i++)
		host[i] = (char)tolower((unsigned char)host[i]);
	const char *scheme = origin->https ? "https" : "http";
	if (origin->port == (origin->https ? PORT_HTTPS : PORT_HTTP)) return str_printf(arena, "%s://%s", scheme, host);
	return str_printf(arena, "%s://%s:%u", scheme, host, origin->port);
}
