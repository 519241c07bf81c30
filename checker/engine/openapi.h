/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What an OpenAPI document (3.0, 3.1, 3.2; Swagger 2.0 as far as it can say the same) describes: operations with all
 * that it takes to make a request of one, to find the one that a request is of, and to judge what came back.
 *
 * Compiled once from a document and its references, const afterwards, shareable between threads; borrows the trees of
 * the documents, which outlive it. References have been followed: what stands here is what a reader sees, and `at` is
 * where it really stands. What a dangling reference was to say is not known: `broken` says so, and whoever meets it
 * leaves things undecided. Comparing exchanges with it is engine/openapi_check.h's, compiling its schemas
 * engine/openapi_schema.h's.
 */
#ifndef KEUR_ENGINE_OPENAPI_H
#define KEUR_ENGINE_OPENAPI_H

#include "doc/ref.h"

enum openapi_version { OPENAPI_2_0, OPENAPI_3_0, OPENAPI_3_1, OPENAPI_3_2 };

/* Where a parameter goes. QUERYSTRING (3.2) is the query as a whole; FORM (2.0) a field of a form in the body. */
enum openapi_in { IN_PATH, IN_QUERY, IN_QUERYSTRING, IN_HEADER, IN_COOKIE, IN_FORM };

/* How its value is written (3.x: Style Values); STYLE_TABS is of 2.0, STYLE_COOKIE of 3.2. Defaults are filled in. */
enum openapi_style {
	STYLE_SIMPLE,
	STYLE_LABEL,
	STYLE_MATRIX,
	STYLE_FORM,
	STYLE_SPACES,
	STYLE_PIPES,
	STYLE_DEEP_OBJECT,
	STYLE_COOKIE,
	STYLE_TABS
};

/* A kind of body: one member of `content`, or in 2.0 one of `produces` or `consumes`. */
struct openapi_media {
	struct str name;      /* as written, perhaps with parameters: "application/json;charset=utf-8" */
	struct str type;      /* lower case, without them; may be a range, such as all of "text" */
	struct target schema; /* node NULL: none */
	struct target item;   /* 3.2, `itemSchema`: of each of a sequence; node NULL: none */
	struct target at;     /* the Media Type Object; in 2.0 what the schema is of */
	bool broken;
};

/* A parameter of a request, or a header of a response. */
struct openapi_parameter {
	struct str name;
	enum openapi_in in;
	enum openapi_style style;
	bool explode, required, allow_reserved;
	bool broken;                       /* `name` and `in` may be unknown, too: empty */
	struct target schema;              /* node NULL: none; in 2.0 the object itself without what is no schema */
	const struct openapi_media *media; /* not NULL: the value is one text of this kind, and `style` does not count */
	struct target at;
};

struct openapi_body {
	const struct openapi_media *media;
	uint32_t media_count;
	bool required, broken;
	struct target at;
};

struct openapi_response {
	struct str status;                       /* as written: "200", "2XX", "default" */
	uint32_t first, last;                    /* statuses that it is about; both 0: default */
	const struct openapi_parameter *headers; /* in: IN_HEADER; without Content-Type, which `media` describes */
	uint32_t header_count;
	const struct openapi_media *media;
	uint32_t media_count;
	bool broken;
	struct target at;
};

struct openapi_server {
	struct str template; /* as written; may be relative to where the document is */
	struct str url;      /* with the defaults of its variables filled in */
	struct target at;
};

struct openapi_operation {
	struct str method; /* upper case but for 3.2's additional ones: "GET" */
	struct str path;   /* template: "/zaken/{uuid}" */
	struct str id;     /* operationId; ptr NULL: none */
	struct str way;    /* pointer as one would write it, "/paths/~1zaken/get"; `at` may be elsewhere */
	const struct openapi_parameter *parameters; /* of the operation, then those of its path that it does not replace */
	uint32_t parameter_count;
	const struct openapi_body *body; /* NULL: none is described */
	const struct openapi_response *responses;
	uint32_t response_count;
	const struct openapi_server *servers; /* the operation's, else its path's, else the document's; at least one */
	uint32_t server_count;
	bool deprecated;
	bool broken; /* the operation, or the list of its parameters or responses, is not there to be read */
	struct target at;
};

struct openapi {
	enum openapi_version version;
	const struct refs *refs;
	const struct openapi_operation *operations; /* in document order */
	uint32_t operation_count;
	const struct openapi_server *servers; /* the document's; at least one ("/") */
	uint32_t server_count;
	bool broken;                 /* a path could not be read: there may be operations that are not here */
	struct openapi_index *index; /* private */
};

/* Reads the main document of `refs`. NULL and `err` (ERR_RULES) when it is no OpenAPI document of these versions. */
struct openapi *openapi_new(struct arena *arena, const struct refs *refs, struct err *err);

/* The operation with that operationId, the first when there are several; NULL when there is none. */
const struct openapi_operation *openapi_by_id(const struct openapi *openapi, struct str id);

/* The operation at a pointer ("/paths/~1zaken/get", decoded when it was a URI fragment), as written or as it is. */
const struct openapi_operation *openapi_by_pointer(const struct openapi *openapi, struct str pointer);

#endif
