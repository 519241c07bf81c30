/* SPDX-License-Identifier: EUPL-1.2 */
/* The tree of a YAML document, built event by event. Only for yaml.c. */
#ifndef KEUR_DOC_YAML_BUILD_H
#define KEUR_DOC_YAML_BUILD_H

#include <yaml.h>

#include "doc/doc.h"
#include "doc/strmap.h"
#include "doc/yaml_check.h"
#include "doc/yaml_merge.h"

/* An open container; the same place in builder->nodes holds its node, followed by its finished children. */
struct yaml_frame {
	uint32_t item;
	uint32_t definition; /* of its anchor */
	uint32_t last_end;   /* where its last child ends */
	int32_t indent;      /* column, from 0, of the block container that it is or is in; -1 for none */
	uint32_t brackets;   /* how many of the containers from here up are in brackets */
	bool has_key;        /* of an object: `key` waits for its value */
	bool merges;         /* one of its members is a merge key */
	uint64_t size;       /* values in it, aliases written out */
	uint32_t height;     /* levels below it, aliases written out */
	struct node key;     /* key, key_len, key_start, key_hash and flags of the next member */
};

struct yaml_definition {
	struct node node;
	uint64_t size;   /* values, aliases written out */
	uint32_t height; /* levels, likewise */
	bool open;       /* we are still inside it */
};

struct yaml_builder {
	struct doc *doc;
	struct err *err;
	struct places places;
	bool patched; /* see yaml_surrogate.h */
	struct yaml_items nodes;
	struct {
		struct yaml_frame *items;
		size_t count, capacity;
	} frames;
	struct {
		struct yaml_definition *items;
		size_t count, capacity;
	} definitions;
	struct strmap anchors; /* name to place in definitions */
	uint32_t gap;          /* where the last token ended */
	uint64_t total;        /* nodes made */
	uint64_t events;
	uint64_t bracket_work; /* brackets open at each event, added up */
	uint64_t expanded;     /* values that aliases and merge keys stand for */
};

/* Takes an event in: the nodes, aliases and ends among them change the tree. */
bool yaml_build(struct yaml_builder *builder, const yaml_event_t *event);

/* Moves the root into the arena of the document, and is ready for the next one, which has anchors of its own. */
const struct node *yaml_build_root(struct yaml_builder *builder);

/* Frees the work space. */
void yaml_build_release(struct yaml_builder *builder);

#endif
