/* SPDX-License-Identifier: EUPL-1.2 */
/* Progress on a terminal. */
#include "cmd/progress.h"

#include <stdio.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include "base/utf8.h"

enum { BAR = 20, INTERVAL_MS = 50, USUAL_WIDTH = 80, MOST_WIDTH = 200 };

static int64_t now_ms(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static uint32_t width_of(int terminal)
{
	struct winsize size = {0};
	if (ioctl(terminal, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return USUAL_WIDTH;
	return size.ws_col < MOST_WIDTH ? size.ws_col : MOST_WIDTH;
}

static void add_bar(struct strbuf *line, int64_t done, int64_t total)
{
	int64_t filled = total > 0 ? done * BAR / total : 0;
	strbuf_add_char(line, '[');
	for (int64_t i = 0; i < BAR; i++)
		strbuf_add_char(line, i < filled ? '#' : '.');
	strbuf_add_char(line, ']');
}

/* A name comes from a command line or a folder: what a terminal would obey is not passed on. */
static void add_name(struct strbuf *line, struct str name, size_t room)
{
	for (size_t used = 0; name.len && used < room; used++) {
		uint32_t code;
		size_t len = utf8_decode(name, &code);
		bool plain = len > 0 && code >= ' ' && (code < 0x7F || code > 0x9F);
		if (plain)
			strbuf_add(line, (struct str){name.ptr, len});
		else
			strbuf_add_char(line, '?');
		name = str_skip(name, len ? len : 1);
	}
}

static void show(const struct progress *progress, struct str target)
{
	struct strbuf line;
	const char *steps = progress->lang == LANG_NL ? "stappen" : "steps";
	const char *targets = progress->lang == LANG_NL ? "doelen" : "targets";
	long long done = progress->done, expected = progress->expected > done ? progress->expected : done;
	strbuf_init(&line, (size_t)MOST_WIDTH * 8);
	strbuf_add_char(&line, '\r');
	add_bar(&line, progress->targets > 1 ? progress->ended : done,
			progress->targets > 1 ? progress->targets : expected);
	if (progress->targets > 1) strbuf_printf(&line, " %u/%u %s,", progress->ended, progress->targets, targets);
	strbuf_printf(&line, " %lld/%lld %s ", done, expected, steps);
	size_t used = strbuf_str(&line).len;
	add_name(&line, target, used < progress->width ? progress->width - used : 0);
	strbuf_add(&line, STR("\033[K"));
	fwrite(strbuf_str(&line).ptr, 1, strbuf_str(&line).len, stderr);
	fflush(stderr);
	strbuf_release(&line);
}

/* The last step of a service is shown whenever it comes; of those between, some. */
static void tell(struct session_progress *session, const struct session_news *news)
{
	struct progress *progress = (struct progress *)session;
	pthread_mutex_lock(&progress->lock);
	progress->done += news->done;
	progress->expected += news->expected;
	progress->targets += news->targets;
	progress->ended += news->ended;
	int64_t now = now_ms();
	bool asked = progress->expected > 0 && news->target.len > 0;
	bool last = progress->targets <= 1 && news->done > 0 && progress->done == progress->expected;
	if (asked && (last || now - progress->shown_ms >= INTERVAL_MS)) {
		progress->shown_ms = now;
		show(progress, news->target);
	}
	pthread_mutex_unlock(&progress->lock);
}

void progress_init(struct progress *progress, enum lang lang)
{
	*progress = (struct progress){.session = {tell}, .lang = lang, .width = width_of(STDERR_FILENO)};
	pthread_mutex_init(&progress->lock, NULL);
}

void progress_release(struct progress *progress)
{
	if (progress->shown_ms) fputs("\r\033[K", stderr);
	pthread_mutex_destroy(&progress->lock);
}
