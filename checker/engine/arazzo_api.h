/* What scenarios ask of an OpenAPI document (3.x): its operations, their parameters, bodies and servers. */
#ifndef KEUR_ENGINE_ARAZZO_API_H
#define KEUR_ENGINE_ARAZZO_API_H

#include "doc/ref.h"
#include "doc/strmap.h"

struct api_operation {
	struct str id;     /* operationId; ptr NULL: none */
	struct str path;   /* template, as the document has it */
	struct str method; /* upper case */
	const struct node *item, *node;
	bool doubled; /* another operation has the same operationId */
};

struct api {
	const struct doc *doc;
	struct view view;
	struct api_operation *operations;
	uint32_t operation_count;
	struct strmap by_id;
};

/* Indexes `doc`, which outlives it, in the arena. NULL when it is no OpenAPI 3.x. */
struct api *api_of(struct arena *arena, const struct doc *doc);

/* The operation of that operationId, or NULL. */
const struct api_operation *api_by_id(const struct api *api, struct str id);

/* The operation that a pointer ("/paths/~1zaken/get") names, or NULL. */
const struct api_operation *api_by_pointer(const struct api *api, struct str pointer, struct arena *arena);

/* The declaration of a parameter, of the operation or its path; NULL when there is none. */
const struct node *api_parameter(
		const struct api *api, const struct api_operation *operation, struct str name, struct str in);

/* Is the parameter declared, and required? */
bool api_requires(const struct api *api, const struct node *parameter);

/* The media type that a body of the operation has: JSON where it may be, else the first; empty when none is declared.
 */
struct str api_content_type(const struct api *api, const struct api_operation *operation);

/*
 * The base URL for an operation (NULL: of the document): the first server of the operation, its path, or the document,
 * variables filled in with their defaults. Empty when none is named. In the arena.
 */
struct str api_server(const struct api *api, const struct api_operation *operation, struct arena *arena);

#endif
