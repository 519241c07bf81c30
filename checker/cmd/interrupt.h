/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * SIGINT and SIGTERM while services are asked: the first asks for the end, which cleans up behind scenarios that have
 * begun and still reports; the second ends at once. Before anything was asked the first does so too.
 */
#ifndef KEUR_CMD_INTERRUPT_H
#define KEUR_CMD_INTERRUPT_H

#include "base/err.h"
#include "rule/session.h"

/* Listens from here on. A signal that is ignored stays ignored. Once in a process at a time. */
struct session_stop *interrupt_listen(enum lang lang);

/* Leaves the signals as they were. True when one came. */
bool interrupt_release(void);

#endif
