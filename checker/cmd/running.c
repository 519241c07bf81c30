/* SPDX-License-Identifier: EUPL-1.2 */
/* Shared by keur check and keur certify. */
#include "cmd/running.h"

#include <unistd.h>

void running_stamp(struct run *run, const struct timespec *from, time_t now)
{
	char text[256] = "";
	struct tm utc;
	struct timespec to;
	if (gmtime_r(&now, &utc) && strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &utc))
		run->started = str_copy(run->arena, str_of(text));
	if (gethostname(text, sizeof text - 1) == 0) run->host = str_copy(run->arena, str_of(text));
	clock_gettime(CLOCK_MONOTONIC, &to);
	int64_t spent = (int64_t)(to.tv_sec - from->tv_sec) * 1000 + (to.tv_nsec - from->tv_nsec) / 1000000;
	run->milliseconds = spent > 0 ? (uint64_t)spent : 0;
}

struct str running_day(struct arena *arena, time_t now)
{
	char text[16] = "";
	struct tm utc;
	if (gmtime_r(&now, &utc)) strftime(text, sizeof text, "%Y-%m-%d", &utc);
	return str_copy(arena, str_of(text));
}

uint32_t running_processors(void)
{
	long count = sysconf(_SC_NPROCESSORS_ONLN);
	return count > 0 && count < 256 ? (uint32_t)count : 1;
}

int running_status(const struct run *run)
{
	if (run->decision == DECISION_NON_CONFORMANT) return EXIT_NON_CONFORMANT;
	for (uint32_t i = 0; i < run->target_count; i++)
		if (run->targets[i].bad_descriptor) return EXIT_RULES;
	return run->decision == DECISION_UNDETERMINED ? EXIT_UNDETERMINED : EXIT_CONFORMANT;
}

static void close_doc(void *doc)
{
	doc_close(doc);
}

bool running_answers(const struct app *app, const char *path, struct str today, const struct answers **out, int *status)
{
	struct err err;
	err_init(&err, app->arena);
	*out = NULL;
	if (!path) return true;
	struct doc *doc = doc_open(path, &err);
	if (doc) arena_on_free(app->arena, close_doc, doc);
	if (doc) *out = answers_read(app->arena, doc, today, &err);
	if (*out) return true;
	app_fail(app, &err);
	*status = EXIT_RULES;
	return false;
}
