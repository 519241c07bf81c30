/* SPDX-License-Identifier: EUPL-1.2 */
/* Resolves URI references as text. */
#include "doc/uri.h"

#include <ctype.h>

#include "base/limits.h"

size_t uri_scheme(struct str uri)
{
	if (str_starts(uri, STR("https:"))) return strlen("https:"); /* what most are */
	for (size_t i = 0; i < uri.len; i++) {
		char c = uri.ptr[i];
		bool letter = (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
		bool other = (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
		if (c == ':' && i > 0) return i + 1;
		if (!letter && !(other && i > 0)) return 0;
	}
	return 0;
}

struct str uri_without_fragment(struct str uri, struct str *fragment)
{
	size_t hash = str_find(uri, '#');
	*fragment = str_skip(uri, hash < uri.len ? hash + 1 : hash);
	return (struct str){uri.ptr, hash};
}

/* Length of "scheme://authority", or of "scheme:" where there is no authority. */
static size_t authority_end(struct str uri)
{
	size_t at = uri_scheme(uri);
	if (!str_starts(str_skip(uri, at), STR("//"))) return at;
	at += 2;
	size_t slash = at + str_find(str_skip(uri, at), '/');
	size_t query = at + str_find(str_skip(uri, at), '?');
	return slash < query ? slash : query;
}

/* Removes "." and ".." steps from a path, in place (section 5.2.4); `root` bytes before it stay, and so does a query.
 */
static void remove_dots(struct strbuf *buf, size_t root)
{
	struct str rest = str_skip(strbuf_str(buf), root);
	struct str path = {rest.ptr, str_find(rest, '?')};
	struct str query = str_skip(rest, path.len);
	size_t out = root;
	while (path.len > 0) {
		size_t slash = str_find(path, '/');
		size_t length = slash < path.len ? slash + 1 : slash;
		struct str step = {path.ptr, slash};
		path = str_skip(path, length);
		if (str_eq(step, STR("."))) continue;
		if (str_eq(step, STR(".."))) {
			if (out > root + 1) out--;
			while (out > root && buf->ptr[out - 1] != '/')
				out--;
			continue;
		}
		memmove(buf->ptr + out, step.ptr, length);
		out += length;
	}
	if (query.len > 0) memmove(buf->ptr + out, query.ptr, query.len);
	buf->len = out + query.len;
}

/* How much of the base a relative reference keeps (section 5.2.3). */
static size_t kept_of(struct str base, struct str reference)
{
	size_t root = authority_end(base);
	if (str_starts(reference, STR("//"))) return uri_scheme(base);
	if (reference.ptr[0] == '/') return root;
	size_t query = str_find(base, '?');
	if (reference.ptr[0] == '?') return query;
	size_t keep = root;
	for (size_t i = root; i < query; i++)
		if (base.ptr[i] == '/') keep = i + 1;
	return keep;
}

struct str uri_resolve(struct arena *arena, struct str base, struct str reference)
{
	if (reference.len == 0) return base;
	if (uri_scheme(reference) || base.len == 0) return reference;
	size_t root = authority_end(base);
	size_t keep = kept_of(base, reference);
	struct strbuf buf;
	strbuf_init(&buf, LIMIT_MESSAGE_BYTES);
	strbuf_add(&buf, (struct str){base.ptr, keep});
	bool authority = root > uri_scheme(base);
	if (keep == root && authority && reference.ptr[0] != '/' && reference.ptr[0] != '?') strbuf_add_char(&buf, '/');
	strbuf_add(&buf, reference);
	if (buf.ptr && keep >= root) remove_dots(&buf, root);
	struct str uri = str_copy(arena, strbuf_str(&buf));
	strbuf_release(&buf);
	return uri;
}

void uri_encode(struct strbuf *out, struct str text, bool reserved)
{
	static const char hex[] = "0123456789ABCDEF";
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.ptr[i];
		bool escape = reserved && c == '%' && i + 2 < text.len && isxdigit((unsigned char)text.ptr[i + 1]) &&
					  isxdigit((unsigned char)text.ptr[i + 2]);
		if ((c < 0x80 && isalnum(c)) || (c && strchr("-._~", c)) || escape ||
				(reserved && c && strchr(":/?#[]@!$&'()*+,;=", c))) {
			strbuf_add_char(out, (char)c);
			continue;
		}
		strbuf_add_char(out, '%');
		strbuf_add_char(out, hex[c >> 4]);
		strbuf_add_char(out, hex[c & 15]);
	}
}

bool uri_is_http(struct str text)
{
	return str_starts(text, STR("http://")) || str_starts(text, STR("https://"));
}
