/* SPDX-License-Identifier: EUPL-1.2 */
/* Reading an OpenAPI document into its model. For openapi*.c only. */
#ifndef KEUR_ENGINE_OPENAPI_BUILD_H
#define KEUR_ENGINE_OPENAPI_BUILD_H

#include "engine/openapi.h"
#include "engine/openapi_route.h"

/* A name and the number of an operation, plus one; 0 is free. */
struct name_slot {
	struct str name;
	uint32_t operation;
};

/* Finds operations: by name, by pointer, by where requests go. Numbers of operations are plus one; 0 is none. */
struct openapi_index {
	const struct name_slot *ids, *ways; /* open addressing */
	uint32_t capacity;
	const struct route *paths;
	const struct route *bases; /* paths of servers */
	uint32_t *first;           /* operation of a leaf of `paths` */
	uint32_t *next;            /* operation of the same leaf, of each operation */
};

struct openapi_builder {
	struct arena *arena;
	const struct refs *refs;
	enum openapi_version version;
	struct target root;
	uint32_t parts; /* made so far */
	uint64_t bytes; /* of pointers and URLs, likewise */
	struct err *err;
};

/* What a place with several operations has in common. */
struct openapi_scope {
	const struct openapi_parameter *parameters;
	uint32_t parameter_count;
	const struct openapi_server *servers;
	uint32_t server_count;
	bool broken;
};

/* Counts parts of the model; false and an error beyond LIMIT_OPENAPI_PARTS, or when there was an error before. */
bool openapi_count(struct openapi_builder *builder, uint32_t parts);

/* The same for texts that are made, of which there may be LIMIT_DOCUMENT_BYTES. */
bool openapi_spend(struct openapi_builder *builder, size_t bytes);

/* A member of what `at` stands at, as it is written; node NULL when there is none. */
struct target openapi_below(struct openapi_builder *builder, const struct target *at, struct str key);

/* The same for a child that is at hand, the `index`th. */
struct target openapi_child(
		struct openapi_builder *builder, const struct target *at, const struct node *child, uint32_t index);

/* What a reader sees at `at`: references followed. `*broken` is set where one leads nowhere. */
struct target openapi_seen(struct openapi_builder *builder, struct target at, bool *broken);

/* Does `member` stand for something: no extension, not replaced by a later one? */
bool openapi_is_live(const struct node *object, const struct node *member);

/* A member that is `true`. */
bool openapi_flag(const struct node *object, const char *key, bool otherwise);

/* Servers at `at` (a document, a path or an operation); false on error. None: `*scope` keeps those that it has. */
bool openapi_read_servers(struct openapi_builder *builder, const struct target *at, struct openapi_scope *scope);

/* Parameters at `at` in front of those that `*scope` has and they do not replace; false on error. */
bool openapi_read_parameters(struct openapi_builder *builder, const struct target *at, struct openapi_scope *scope);

/* One parameter or header, the name and place of which are filled in already. */
bool openapi_read_parameter(
		struct openapi_builder *builder, const struct target *at, struct openapi_parameter *parameter);

/* The kinds of body below `content`. */
bool openapi_read_content(struct openapi_builder *builder, const struct target *content,
		const struct openapi_media **media, uint32_t *count);

/* Body and responses of an operation; false on error. */
bool openapi_read_body(struct openapi_builder *builder, const struct target *at, struct openapi_operation *operation);
bool openapi_read_responses(
		struct openapi_builder *builder, const struct target *at, struct openapi_operation *operation);

#endif
