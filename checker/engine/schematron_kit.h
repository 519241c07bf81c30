/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Evaluation of the expressions of a schema by libxml2. A kit is a context with compiled expressions; libxml2 writes
 * into both while it evaluates, so that one thread at a time has it. Kits are made when they are needed and kept.
 */
#ifndef KEUR_ENGINE_SCHEMATRON_KIT_H
#define KEUR_ENGINE_SCHEMATRON_KIT_H

#include "engine/schematron_function.h"

/* Makes a loaded schema ready for kits, which end with the arena. */
void kit_prepare(struct arena *arena, struct schematron *schema);

/* A kit for one run, and back. NULL with ERR_IO or ERR_LIMIT. */
struct schematron_kit *kit_take(const struct schematron *schema, struct schematron_scene *scene, struct err *err);
void kit_return(struct schematron_kit *kit);

/* What became of an evaluation. */
enum kit_result { KIT_FALSE, KIT_TRUE, KIT_LIMIT, KIT_FAILED };

/* boolean() of an expression at a node. */
enum kit_result kit_test(struct schematron_kit *kit, uint32_t expr, const xmlNode *node);

/* Its value, to be freed with xml_api.object_free(), or NULL; `result` then says why. */
xmlXPathObject *kit_value(struct schematron_kit *kit, uint32_t expr, const xmlNode *node, enum kit_result *result);

#endif
