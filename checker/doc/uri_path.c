/* SPDX-License-Identifier: EUPL-1.2 */
/* URI references as paths of files. */
#include "doc/uri_path.h"

#include <ctype.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/limits.h"
#include "doc/pointer.h"
#include "doc/uri.h"

void uri_split(struct str reference, struct str *before, struct str *fragment)
{
	size_t hash = str_find(reference, '#');
	*before = (struct str){reference.ptr, hash};
	*fragment = hash < reference.len ? str_skip(reference, hash + 1) : (struct str){NULL, 0};
}

/* Length of "scheme" in "scheme:...", 0 when there is none. One letter is a drive or a mistake, never a scheme. */
static size_t scheme_length(struct str s)
{
	size_t i = 0;
	while (i < s.len && (isalnum((unsigned char)s.ptr[i]) || s.ptr[i] == '+' || s.ptr[i] == '-' || s.ptr[i] == '.'))
		i++;
	bool is_scheme = i > 1 && i < s.len && s.ptr[i] == ':' && isalpha((unsigned char)s.ptr[0]);
	return is_scheme ? i : 0;
}

static bool scheme_is(struct str reference, size_t length, const char *name)
{
	return length == strlen(name) && strncasecmp(reference.ptr, name, length) == 0;
}

/* Drops the last of the segments that `buf` holds, the root's slash excepted; false when there is none to drop. */
static bool drop_segment(struct strbuf *buf)
{
	size_t end = buf->len;
	while (end > 0 && buf->ptr[end - 1] != '/')
		end--;
	struct str last = str_skip(strbuf_str(buf), end);
	if (last.len == 0 || str_eq(last, STR(".."))) return false;
	buf->len = end > 1 ? end - 1 : end;
	buf->ptr[buf->len] = '\0';
	return true;
}

static void add_segment(struct strbuf *buf, struct str segment)
{
	if (segment.len == 0 || str_eq(segment, STR("."))) return;
	bool at_root = buf->len == 1 && buf->ptr[0] == '/';
	if (str_eq(segment, STR("..")) && (drop_segment(buf) || at_root)) return;
	if (buf->len > 0 && buf->ptr[buf->len - 1] != '/') strbuf_add_char(buf, '/');
	strbuf_add(buf, segment);
}

struct str path_normalize(struct str path, struct arena *arena)
{
	struct strbuf buf;
	strbuf_init(&buf, path.len + 1);
	if (path.len > 0 && path.ptr[0] == '/') strbuf_add_char(&buf, '/');
	while (path.len > 0) {
		size_t slash = str_find(path, '/');
		add_segment(&buf, (struct str){path.ptr, slash});
		path = str_skip(path, slash + 1);
	}
	struct str normal = str_copy(arena, buf.len ? strbuf_str(&buf) : STR("."));
	strbuf_release(&buf);
	return normal;
}

/* Removes "file:" and an empty or local authority; false when the host is another one. */
static bool strip_file_scheme(struct str *reference, size_t scheme)
{
	struct str rest = str_skip(*reference, scheme + 1);
	if (str_starts(rest, STR("//localhost/")))
		rest = str_skip(rest, strlen("//localhost"));
	else if (str_starts(rest, STR("///")))
		rest = str_skip(rest, 2);
	else if (str_starts(rest, STR("//")))
		return false;
	*reference = rest;
	return true;
}

bool uri_is_url(struct str name)
{
	size_t scheme = scheme_length(name);
	bool known = scheme_is(name, scheme, "http") || scheme_is(name, scheme, "https");
	return known && str_starts(str_skip(name, scheme), STR("://"));
}

/* Seen from a URL: what a server says must not lead to files here. */
static enum uri_place from_url(struct str reference, struct str base, struct arena *arena, struct str *url)
{
	struct str resolved = uri_resolve(arena, base, reference);
	if (!uri_is_url(resolved)) return URI_MALFORMED;
	*url = resolved;
	return URI_REMOTE;
}

enum uri_place uri_to_path(struct str reference, struct str base, struct arena *arena, struct str *path)
{
	if (reference.len == 0) return URI_SAME;
	if (uri_is_url(base)) return from_url(reference, base, arena, path);
	size_t scheme = scheme_length(reference);
	bool remote = scheme_is(reference, scheme, "http") || scheme_is(reference, scheme, "https");
	if (remote || str_starts(reference, STR("//"))) {
		*path = reference;
		return URI_REMOTE;
	}
	if (scheme > 0 && (!scheme_is(reference, scheme, "file") || !strip_file_scheme(&reference, scheme)))
		return URI_MALFORMED;

	struct str decoded;
	bool sound = pointer_decode_fragment((struct str){reference.ptr, str_find(reference, '?')}, arena, &decoded);
	if (!sound || decoded.len == 0 || memchr(decoded.ptr, 0, decoded.len)) return URI_MALFORMED;
	size_t folder = base.len;
	while (folder > 0 && base.ptr[folder - 1] != '/')
		folder--;
	if (decoded.ptr[0] == '/') folder = 0;
	*path = path_normalize(str_printf(arena, "%.*s%.*s", (int)folder, base.ptr, STR_FMT(decoded)), arena);
	if (str_eq(*path, STR("-"))) *path = STR("./-"); /* a file of that name, never standard input */
	return URI_FILE;
}

/* `path` from the root of the file system; as it is when the working folder has no name. */
static struct str path_absolute(struct str path, struct arena *arena)
{
	char *here = path.len > 0 && path.ptr[0] == '/' ? NULL : getcwd(NULL, 0);
	struct str whole = here ? str_printf(arena, "%s/%.*s", here, STR_FMT(path)) : path;
	free(here);
	return path_normalize(whole, arena);
}

struct str path_relative(struct str base, struct str path, struct arena *arena)
{
	struct str from = path_absolute(base, arena), to = path_absolute(path, arena);
	size_t shared = 0;
	for (size_t i = 0; i < from.len && i < to.len && from.ptr[i] == to.ptr[i]; i++)
		if (from.ptr[i] == '/') shared = i + 1;
	struct strbuf way;
	strbuf_init(&way, from.len * 3 + to.len + 1);
	for (size_t i = shared; i < from.len; i++)
		if (from.ptr[i] == '/') strbuf_add(&way, STR("../"));
	strbuf_add(&way, str_skip(to, shared));
	struct str relative = strbuf_take(&way, arena);
	return relative;
}

struct str path_base(struct str path)
{
	const char *slash = path.len ? memrchr(path.ptr, '/', path.len) : NULL;
	return slash ? str_skip(path, (size_t)(slash - path.ptr) + 1) : path;
}
