/* SPDX-License-Identifier: EUPL-1.2 */
/* Making the queue of a comparison. For contract_*.c only. */
#ifndef KEUR_ENGINE_CONTRACT_QUEUE_H
#define KEUR_ENGINE_CONTRACT_QUEUE_H

struct arena;
struct queue;

/* Empty; its work space ends with the arena. */
struct queue *queue_new(struct arena *arena);

#endif
