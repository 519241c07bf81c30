/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The functions of Spectral's built-in OpenAPI rule set (rules/spectral/oas.yaml), besides the core functions.
 *
 * What Spectral checks against the input schema of a function is checked here too: other input is passed over.
 */
#ifndef KEUR_ENGINE_OAS_FUNCTION_H
#define KEUR_ENGINE_OAS_FUNCTION_H

#include "engine/function.h"

/* Ends with a name of NULL. */
extern const struct function oas_functions[];

#endif
