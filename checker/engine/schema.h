/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * JSON Schema: compiled once to flat, immutable instructions, evaluated in one loop.
 *
 * Drafts 4, 6, 7, 2019-09 and 2020-12, and the schema dialects of OpenAPI 3.0 and 3.1; docs/json-schema.md says what of
 * them. A schema that cannot be meant as it is (a reference that leads nowhere, a keyword of the wrong type, a pattern
 * that is none) is refused when compiled, at its place; what is too much to evaluate is undecided, never valid or
 * invalid. Order and number of violations are those of ajv, so that Spectral's results can be reproduced. A compiled
 * schema borrows the trees that it was compiled from, and may be used by several threads.
 */
#ifndef KEUR_ENGINE_SCHEMA_H
#define KEUR_ENGINE_SCHEMA_H

#include "base/err.h"
#include "doc/ref.h"

enum schema_draft { SCHEMA_DRAFT4, SCHEMA_DRAFT6, SCHEMA_DRAFT7, SCHEMA_2019_09, SCHEMA_2020_12 };

/* Schemas of OpenAPI: 3.0's own dialect, or 3.1's base vocabulary (3.2's too) on top of 2020-12. */
enum schema_openapi { SCHEMA_NO_OPENAPI, SCHEMA_OPENAPI_3_0, SCHEMA_OPENAPI_3_1 };

/* What the instance is: in requests readOnly members need not be there, in responses writeOnly ones. */
enum schema_direction { SCHEMA_ANY_DIRECTION, SCHEMA_REQUEST, SCHEMA_RESPONSE };

/* A document that a schema refers to; both outlive the compiled schema. `source` NULL: errors in it have no line. */
struct schema_document {
	const struct node *root;
	struct source *source;
};

/* Finds documents by their absolute URI, without fragment; false when there is none. */
struct schema_resolver {
	bool (*resolve)(struct schema_resolver *resolver, struct str uri, struct schema_document *document);
};

struct schema_options {
	enum schema_draft draft;     /* unless `$schema` names one */
	bool formats;                /* assert `format`; unknown formats hold always */
	bool standard_formats;       /* what a format is by its standard; else as ajv-formats has it, and so Spectral */
	bool content;                /* assert contentEncoding (base64) and contentMediaType (application/json) */
	bool nullable;               /* `nullable: true` beside `type` allows null, as in OpenAPI 3.0 and ajv */
	bool loose_null;             /* it does so without `type` too, beside `$ref` and the like, whatever those say */
	bool open_references;        /* a `$ref` that leads nowhere is no error, and what reaches it undecided */
	bool ref_siblings;           /* as ajv: keywords beside `$ref`, and of later drafts, count in older drafts too, and
									1.0 is an integer in draft 4 */
	bool unicode;                /* patterns have ECMAScript's flag `u`; Spectral's have not */
	enum schema_openapi openapi; /* 3.0: `draft`, `$schema` and `id` do not count */
	enum schema_direction direction; /* of OpenAPI */
	struct str base;                 /* URI of the document that holds the schema; may be empty */
	bool anonymous;                  /* nothing in the document has an `$id` or anchor: it is not searched for them */
	const struct node *document; /* its root, when the schema is but a part of it; NULL: the schema is the document */
	const struct refs
			*refs;       /* `$ref` leads where this says, and nothing counts beside it; names in the schema do not */
	bool loose_required; /* `required: true` of a parameter beside its type is no list, and passed over */
	struct schema_resolver *resolver; /* NULL: other documents than the drafts' own metaschemas are not found */
};

struct schema;

/*
 * Compiles the tree at `root`, which lies in `source` (NULL: errors have no line). NULL and `err` (ERR_RULES, at the
 * keyword at fault) when it is no schema.
 */
struct schema *schema_compile(struct arena *arena, struct source *source, const struct node *root,
		const struct schema_options *options, struct err *err);

/* Which draft a `$schema` names; false, `*draft` untouched, when it is none that we know. */
bool schema_draft_of(struct str uri, enum schema_draft *draft);

enum schema_result {
	SCHEMA_VALID,
	SCHEMA_INVALID,
	SCHEMA_UNDECIDED, /* a ceiling was reached, or a regular expression was undecided: `err` says which */
};

enum schema_mode {
	SCHEMA_TEST,  /* is it valid? Nothing is reported */
	SCHEMA_FIRST, /* up to the first violation; of a combinator also those of its branches, before it */
	SCHEMA_ALL,
	SCHEMA_BRIEF, /* the same for people: of anyOf and oneOf what the branch lacks that fits best, and in plain words */
};

struct schema_violation {
	struct str instance;        /* pointer in the instance, "" for all of it */
	struct str keyword;         /* "false schema" where the schema is `false` */
	struct str pointer;         /* of the keyword in the document that holds it */
	struct text message;        /* English as Spectral words it; of SCHEMA_BRIEF what a vendor understands */
	struct text expected;       /* may be empty */
	struct str found;           /* what was there, shortened */
	const struct node *value;   /* what was there */
	const struct node *operand; /* value of the keyword; NULL for a schema that is `false` */
	struct source *source;      /* of the document that holds the keyword; NULL when that has none */
	uint32_t start;             /* where its value starts there */
	bool several;               /* oneOf: more than one matched */
};

/* Where violations go. Texts and pointers live in the arena of schema_check(). */
struct schema_sink {
	void (*report)(struct schema_sink *sink, const struct schema_violation *violation);
	struct str name; /* what messages call the whole instance; ptr NULL: by its type */
	uint64_t steps;  /* of work, added to */
	bool cut;        /* set when there were more than LIMIT_RESULTS_PER_RULE */
};

/*
 * Checks `instance` as `view` shows it. A reference back to a value that holds it is not followed. `sink` may be NULL
 * in mode SCHEMA_TEST. Errors: ERR_UNDECIDED.
 */
enum schema_result schema_check(const struct schema *schema, const struct view *view, const struct node *instance,
		enum schema_mode mode, struct schema_sink *sink, struct arena *arena, struct err *err);

/*
 * What Spectral says when a value is none of those allowed: `lists` are operands of `enum`; without any, the values go
 * unsaid. `name` is of the value; ptr NULL: it is called by its type. For merging violations of `enum` at one place.
 */
struct text schema_enum_text(
		struct arena *arena, struct str name, const struct node *value, const struct node *const *lists, size_t count);

#endif
