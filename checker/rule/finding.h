/* What a reader is told about one place: a remark of pre-flight, or a violation of a requirement. */
#ifndef KEUR_RULE_FINDING_H
#define KEUR_RULE_FINDING_H

#include "rule/excerpt.h"
#include "rule/preflight_kind.h"

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
	uint32_t
			exchange; /* number of the HTTP exchange that shows it; then loc.file is its method and URL, without line */
	struct loc basis; /* what an exchange was held against: a place in a description or scenario; or the keyword of a
						 schema; line 0: none */
	bool by_contract; /* `basis` is a place in an official contract */
	struct text message;
	struct text expected; /* may be empty */
	struct str found;     /* may be empty */
	struct excerpt excerpt;
};

#endif
