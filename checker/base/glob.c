/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * File name patterns with `**` and `{a,b}`, which fnmatch(3) lacks.
 *
 * A pattern is a machine whose states are its bytes: all the states that a path may have led to are kept together, so
 * time is the length of the pattern times that of the path, whatever stars and braces it has.
 */
#include "base/glob.h"

#include <stdlib.h>

#include "base/arena.h"

enum { NO_PLACE = UINT32_MAX };

struct glob {
	struct str pattern;
	uint32_t *next_choice; /* of "{" and of a "," in braces: the next "," of the same braces, or NO_PLACE */
	uint32_t *behind;      /* of closed braces and the "," in them: what follows the braces; else NO_PLACE */
	bool *now, *then;      /* states before and after a character; one more than there are bytes */
};

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

/* Notes what belongs to the braces that open at `open` and close at `end`. */
static void close_braces(struct glob *glob, uint32_t open, uint32_t end)
{
	glob->behind[end] = end + 1;
	for (uint32_t at = open; at != NO_PLACE; at = glob->next_choice[at])
		glob->behind[at] = end + 1;
}

/* Finds which braces and commas belong together; those of braces that never close are plain characters. */
static void find_braces(struct glob *glob)
{
	uint32_t *open = mem_resize(NULL, glob->pattern.len + 1, sizeof *open); /* of each level: its "{" ... */
	uint32_t *last = mem_resize(NULL, glob->pattern.len + 1, sizeof *last); /* ... and its last choice so far */
	size_t depth = 0;
	for (uint32_t i = 0; i < glob->pattern.len; i++)
		glob->next_choice[i] = glob->behind[i] = NO_PLACE;
	for (uint32_t i = 0; i < glob->pattern.len; i++) {
		char c = glob->pattern.ptr[i];
		if (c == '\\') {
			i++;
		} else if (c == '{') {
			open[depth] = last[depth] = i;
			depth++;
		} else if (c == ',' && depth > 0) {
			glob->next_choice[last[depth - 1]] = i;
			last[depth - 1] = i;
		} else if (c == '}' && depth > 0) {
			close_braces(glob, open[--depth], i);
		}
	}
	free(open);
	free(last);
}

/* Adds the states that a state leads to without a character; all lie behind it, so one sweep finds them all. */
static void follow(const struct glob *glob, bool *states)
{
	for (size_t i = 0; i < glob->pattern.len; i++) {
		struct str rest = str_skip(glob->pattern, i);
		if (!states[i]) continue;
		if (str_starts(rest, STR("**"))) {
			states[i + 2] = true;
			if (str_starts(rest, STR("**/"))) states[i + 3] = true;
		} else if (rest.ptr[0] == '*') {
			states[i + 1] = true;
		} else if (rest.ptr[0] == '{' && glob->behind[i] != NO_PLACE) {
			for (uint32_t at = (uint32_t)i; at != NO_PLACE; at = glob->next_choice[at])
				states[at + 1] = true;
		} else if (glob->behind[i] != NO_PLACE) {
			/* the end of a choice; whoever comes here by the braces themselves has made one */
			states[glob->behind[i]] = true;
		}
	}
}

/* The state that `c` leads to from state `at`, or NO_PLACE. */
static uint32_t step(const struct glob *glob, uint32_t at, char c)
{
	struct str rest = str_skip(glob->pattern, at);
	if (rest.ptr[0] == '*') return c != '/' || str_starts(rest, STR("**")) ? at : NO_PLACE;
	if (glob->behind[at] != NO_PLACE) return NO_PLACE;
	if (rest.ptr[0] == '?') return c != '/' ? at + 1 : NO_PLACE;
	if (rest.ptr[0] == '\\' && rest.len > 1) return rest.ptr[1] == c ? at + 2 : NO_PLACE;
	bool hit = false;
	size_t length = rest.ptr[0] == '[' ? class_match(rest, c, &hit) : 0;
	if (length > 0) return hit ? at + (uint32_t)length : NO_PLACE;
	return rest.ptr[0] == c ? at + 1 : NO_PLACE;
}

static bool match(struct glob *glob, struct str path)
{
	glob->now[0] = true;
	follow(glob, glob->now);
	for (size_t i = 0; i < path.len; i++) {
		memset(glob->then, 0, glob->pattern.len + 1);
		for (uint32_t at = 0; at < glob->pattern.len; at++) {
			uint32_t to = glob->now[at] ? step(glob, at, path.ptr[i]) : NO_PLACE;
			if (to != NO_PLACE) glob->then[to] = true;
		}
		follow(glob, glob->then);
		bool *swap = glob->now;
		glob->now = glob->then;
		glob->then = swap;
	}
	return glob->now[glob->pattern.len];
}

bool glob_match(struct str pattern, struct str path)
{
	struct arena *arena = arena_new();
	size_t states = pattern.len + 1, last = path.len;
	struct glob glob = {.pattern = pattern,
			.next_choice = arena_alloc(arena, states * sizeof *glob.next_choice),
			.behind = arena_alloc(arena, states * sizeof *glob.behind),
			.now = arena_zalloc(arena, states),
			.then = arena_zalloc(arena, states)};
	while (last > 0 && path.ptr[last - 1] != '/')
		last--;
	if (str_find(pattern, '/') == pattern.len) path = str_skip(path, last);
	find_braces(&glob);
	bool matches = match(&glob, path);
	arena_free(arena);
	return matches;
}
