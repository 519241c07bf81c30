/* SPDX-License-Identifier: EUPL-1.2 */
/* Ending on a signal. */
#include "cmd/interrupt.h"

#include <signal.h>
#include <unistd.h>

static const int signals[] = {SIGINT, SIGTERM};
enum { SIGNALS = sizeof signals / sizeof *signals };

/* A handler has nothing but these. */
static struct session_stop stop;
static struct str message;
static struct sigaction before[SIGNALS];

/* What is not async-signal-safe has no place here; atomic_bool is, being free of locks. */
static void handle(int number)
{
	if (!atomic_load(&stop.asks) || atomic_exchange(&stop.stopped, true)) {
		signal(number, SIG_DFL);
		raise(number);
		return;
	}
	ssize_t written = write(STDERR_FILENO, message.ptr, message.len);
	(void)written;
}

struct session_stop *interrupt_listen(enum lang lang)
{
	struct text text = TEXT(
			"\nkeur: interrupted: cleaning up after scenarios that have begun; once more ends at once, and "
			"may leave test data behind\n",
			"\nkeur: afgebroken: scenario's die begonnen zijn worden opgeruimd; nog een keer stopt meteen, en laat misschien "
			"testgegevens achter\n");
	struct sigaction action = {.sa_handler = handle, .sa_flags = SA_RESTART};
	message = text_in(text, lang);
	atomic_store(&stop.asks, false);
	atomic_store(&stop.stopped, false);
	sigemptyset(&action.sa_mask);
	for (size_t i = 0; i < SIGNALS; i++) {
		sigaction(signals[i], NULL, &before[i]);
		if (before[i].sa_handler != SIG_IGN) sigaction(signals[i], &action, NULL);
	}
	return &stop;
}

bool interrupt_release(void)
{
	for (size_t i = 0; i < SIGNALS; i++)
		sigaction(signals[i], &before[i], NULL);
	return atomic_load(&stop.stopped);
}
