/* What a reader is told about one place: a remark of pre-flight, or a violation of a requirement. */
#ifndef KEUR_RULE_FINDING_H
#define KEUR_RULE_FINDING_H

#include "rule/excerpt.h"

/* What is wrong with a target before any requirement is judged; docs/verdicts.md tells them apart. */
enum preflight_kind {
	PREFLIGHT_UNREADABLE,
	PREFLIGHT_NOT_WELL_FORMED,
	PREFLIGHT_NOT_OPENAPI,
	PREFLIGHT_UNSUPPORTED,
	PREFLIGHT_DUPLICATE_KEY,
	PREFLIGHT_DANGLING_REF,
	PREFLIGHT_UNREADABLE_REF,
	PREFLIGHT_REF_RING,
	PREFLIGHT_REMOTE_REF,
	PREFLIGHT_MALFORMED_REF,
	PREFLIGHT_REF_LIMIT,
	PREFLIGHT_KEY_NOT_STRING,
	PREFLIGHT_LONE_SURROGATE,
	PREFLIGHT_UNRECOGNIZED_FORMAT,
	PREFLIGHT_NOTED,
	PREFLIGHT_COUNT
};

enum preflight_level { LEVEL_BLOCKING, LEVEL_PROBLEM, LEVEL_NOTE, LEVEL_COUNT };

struct preflight {
	enum preflight_kind kind;
	enum preflight_level level;
	struct loc loc;
	struct text message;
	struct excerpt excerpt;
};

/* One violation of one requirement. */
struct finding {
	struct str check; /* "document#version-header" */
	struct loc loc;
	struct loc referrer; /* the `$ref` that led there; line 0 when none did */
	struct text message;
	struct text expected; /* may be empty */
	struct str found;     /* may be empty */
	struct excerpt excerpt;
};

#endif
