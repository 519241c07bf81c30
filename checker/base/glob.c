/* File name patterns with `**` and `{a,b}`, which fnmatch(3) lacks. */
#include "base/glob.h"

enum { GLOB_STEPS = 100000, GLOB_BRACE_DEPTH = 8 };

struct glob {
	int steps_left; /* bounds backtracking: a pattern that takes more does not match */
};

static bool match(struct glob *glob, struct str pattern, struct str path, int depth);

/* "[a-z]" or "[!a-z]" at the start of `pattern`: its length, 0 when it is not closed; `*hit` says whether `c` is in it.
 */
static size_t class_match(struct str pattern, char c, bool *hit)
{
	size_t i = 1;
	bool negated = i < pattern.len && (pattern.ptr[i] == '!' || pattern.ptr[i] == '^');
	bool in = false;
	i += negated;
	for (size_t first = i; i < pattern.len && (pattern.ptr[i] != ']' || i == first); i++) {
		bool range = i + 2 < pattern.len && pattern.ptr[i + 1] == '-' && pattern.ptr[i + 2] != ']';
		in |= range ? c >= pattern.ptr[i] && c <= pattern.ptr[i + 2] : c == pattern.ptr[i];
		i += range ? 2 : 0;
	}
	if (i >= pattern.len) return 0;
	*hit = in != negated;
	return i + 1;
}

/* `*` takes any part of a segment, `**` followed by "/" any number of whole segments. */
static bool match_star(struct glob *glob, struct str pattern, struct str path, int depth)
{
	bool across = str_starts(pattern, STR("**"));
	struct str rest = str_skip(pattern, across ? 2 : 1);
	if (across && rest.len > 0 && rest.ptr[0] == '/' && match(glob, str_skip(rest, 1), path, depth)) return true;
	for (size_t i = 0; i <= path.len; i++) {
		if (match(glob, rest, str_skip(path, i), depth)) return true;
		if (i < path.len && path.ptr[i] == '/' && !across) return false;
	}
	return false;
}

/* Place of the "}" that closes the "{" at the start, or the length when there is none. */
static size_t brace_end(struct str pattern)
{
	int open = 0;
	for (size_t i = 0; i < pattern.len; i++) {
		open += pattern.ptr[i] == '{';
		open -= pattern.ptr[i] == '}';
		if (open == 0) return i;
	}
	return pattern.len;
}

/* "{a,b}rest": tries "arest", then "brest". */
static bool match_braces(struct glob *glob, struct str pattern, struct str path, int depth)
{
	size_t end = brace_end(pattern), start = 1;
	if (end == pattern.len || depth >= GLOB_BRACE_DEPTH) return false;
	int open = 0;
	for (size_t i = 1; i <= end; i++) {
		bool last = i == end;
		open += pattern.ptr[i] == '{';
		open -= pattern.ptr[i] == '}' && !last;
		if (!last && (pattern.ptr[i] != ',' || open > 0)) continue;
		struct arena *arena = arena_new();
		struct str tail = str_skip(pattern, end + 1);
		struct str choice = str_printf(arena, "%.*s%.*s", (int)(i - start), pattern.ptr + start, STR_FMT(tail));
		bool hit = match(glob, choice, path, depth + 1);
		arena_free(arena);
		if (hit) return true;
		start = i + 1;
	}
	return false;
}

static bool match(struct glob *glob, struct str pattern, struct str path, int depth)
{
	while (pattern.len > 0) {
		if (--glob->steps_left < 0) return false;
		if (pattern.ptr[0] == '*') return match_star(glob, pattern, path, depth);
		if (pattern.ptr[0] == '{' && brace_end(pattern) < pattern.len) return match_braces(glob, pattern, path, depth);
		if (path.len == 0) return false;
		bool hit = pattern.ptr[0] == path.ptr[0] || (pattern.ptr[0] == '?' && path.ptr[0] != '/');
		size_t used = 1, class_length = 0;
		if (pattern.ptr[0] == '[') class_length = class_match(pattern, path.ptr[0], &hit);
		if (class_length > 0) used = class_length;
		if (pattern.ptr[0] == '\\' && pattern.len > 1) hit = pattern.ptr[1] == path.ptr[0], used = 2;
		if (!hit) return false;
		pattern = str_skip(pattern, used);
		path = str_skip(path, 1);
	}
	return path.len == 0;
}

bool glob_match(struct str pattern, struct str path)
{
	struct glob glob = {.steps_left = GLOB_STEPS};
	size_t last = path.len;
	while (last > 0 && path.ptr[last - 1] != '/')
		last--;
	if (str_find(pattern, '/') == pattern.len) path = str_skip(path, last);
	return match(&glob, pattern, path, 0);
}
