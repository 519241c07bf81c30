/* SPDX-License-Identifier: EUPL-1.2 */
/* Kinds of bodies, of requests and responses. For contract_*.c only. */
#ifndef KEUR_ENGINE_CONTRACT_MEDIA_H
#define KEUR_ENGINE_CONTRACT_MEDIA_H

#include "engine/contract_private.h"

/* All kinds of bodies at one place of either document. */
struct media_list {
	const struct openapi_media *items;
	uint32_t count;
	const struct target *at; /* where they are described */
};

/* Those of the contract have to be among the vendor's; where both have one, its schemas are compared. */
void contract_compare_media(struct comparer *comparer, enum flow flow, enum contract_topic topic,
		const struct media_list *official, const struct media_list *vendor);

/* The schema of a parameter or header, and how its value is written. */
static inline struct described contract_described(const struct openapi_parameter *parameter)
{
	return (struct described){.schema = parameter->media ? &parameter->media->schema : &parameter->schema,
			.holder = &parameter->at,
			.as_text = !parameter->media,
			.joined = !parameter->explode || parameter->style == STYLE_SIMPLE};
}

/* What a target is, in short. */
static inline const struct spot *spot_at(struct comparer *comparer, const struct target *target)
{
	return spot_of_target(comparer->arena, target);
}

#endif
