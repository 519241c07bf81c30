/* SPDX-License-Identifier: EUPL-1.2 */
/* What a reader is told about one place: a remark of pre-flight, or a violation of a requirement, and what shows it. */
#ifndef KEUR_RULE_FINDING_H
#define KEUR_RULE_FINDING_H

#include "fetch/exchange.h"
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

/* What a reader is shown of an exchange that a finding names: without secrets, and no more than its start. */
struct exhibit {
	uint32_t number; /* in the run */
	struct str method, url;
	struct str request_body; /* its start; empty: none, or no text */
	uint32_t status;         /* 0: no answer came */
	struct str reason;
	struct text why; /* no answer came */
	struct http_fields fields;
	struct str body; /* its start; empty: none, or no text */
	bool cut;        /* there is more of the answer than this */
};

#endif
