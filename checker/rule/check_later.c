/* SPDX-License-Identifier: EUPL-1.2 */
/* Checks on artefacts, compiled at their first use. */
#include "rule/check_later.h"

#include <pthread.h>

#include "rule/artefact.h"
#include "rule/check_list.h"

struct check_later {
	pthread_mutex_t lock; /* held while it is compiled: others that want it wait for it */
	struct arena *arena;  /* of its own: whoever is first compiles */
	struct spectral_options options;
	struct check compiled;
	bool tried;
	enum check_readiness readiness;
	struct text why;
};

static void end_later(void *handle)
{
	struct check_later *later = handle;
	pthread_mutex_destroy(&later->lock);
	arena_free(later->arena);
}

void check_later_init(struct arena *arena, struct check *check, const struct spectral_options *options)
{
	struct check_later *later = arena_zalloc(arena, sizeof *later);
	pthread_mutex_init(&later->lock, NULL);
	later->arena = arena_new();
	later->options = options ? *options : (struct spectral_options){{NULL, 0}, false, false};
	later->compiled = *check;
	check->later = later;
	arena_on_free(arena, end_later, later);
}

static enum check_readiness compile(struct check_later *later)
{
	const struct artefact *artefact = later->compiled.artefact;
	struct artefact_found found;
	struct err err;
	if (!artefact_find(artefact, &found)) {
		later->why = found.why;
		return CHECK_LACKS;
	}
	err_init(&err, later->arena);
	later->compiled.root = artefact->folder ? found.place : STR("");
	struct str path = artefact->folder ? str_printf(later->arena, "%.*s/%.*s", STR_FMT(found.place),
												 STR_FMT(later->compiled.file))
									   : found.place;
	struct check *check = &later->compiled;
	if (check->engine->compile(later->arena, check, path.ptr, &later->options, &err)) return CHECK_READY;
	later->why = err.message;
	if (err.loc.file.len)
		later->why = text_printf(later->arena, "%.*s:%u: %s%.0s", "%.*s:%u: %.0s%s", STR_FMT(err.loc.file),
				err.loc.line, err.message.in[LANG_EN].ptr, err.message.in[LANG_NL].ptr);
	return CHECK_BROKEN;
}

const struct check *check_ready(const struct check *check, enum check_readiness *readiness, struct text *why)
{
	struct check_later *later = check->later;
	*readiness = check_lists_ready(check, why);
	if (*readiness != CHECK_READY) return NULL;
	if (!later) return check;
	pthread_mutex_lock(&later->lock);
	if (!later->tried) later->readiness = compile(later);
	later->tried = true;
	*readiness = later->readiness;
	*why = later->why;
	pthread_mutex_unlock(&later->lock);
	return *readiness == CHECK_READY ? &later->compiled : NULL;
}
