/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The functions of Spectral's built-in AsyncAPI rule set (rules/spectral/asyncapi.yaml), besides the core functions
 * and those that it shares with OpenAPI.
 *
 * What Spectral checks against the input schema of a function is checked here too: other input is passed over.
 */
#ifndef KEUR_ENGINE_ASYNCAPI_FUNCTION_H
#define KEUR_ENGINE_ASYNCAPI_FUNCTION_H

#include "engine/function.h"

/* Ends with a name of NULL. */
extern const struct function asyncapi_functions[];

#endif
