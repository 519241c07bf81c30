/* SPDX-License-Identifier: EUPL-1.2 */
/* What pre-flight tells of a target. */
#ifndef KEUR_RULE_PREFLIGHT_KIND_H
#define KEUR_RULE_PREFLIGHT_KIND_H

/* What is wrong with a target before any requirement is judged; docs/verdicts.md tells them apart. */
enum preflight_kind {
	PREFLIGHT_UNREADABLE,
	PREFLIGHT_NOT_WELL_FORMED,
	PREFLIGHT_NOT_OPENAPI,
	PREFLIGHT_UNSUPPORTED,
	PREFLIGHT_DUPLICATE_KEY,
	PREFLIGHT_NOT_JSON,
	PREFLIGHT_DANGLING_REF,
	PREFLIGHT_UNREADABLE_REF,
	PREFLIGHT_REF_RING,
	PREFLIGHT_REMOTE_REF,
	PREFLIGHT_MALFORMED_REF,
	PREFLIGHT_REF_LIMIT,
	PREFLIGHT_KEY_NOT_STRING,
	PREFLIGHT_LONE_SURROGATE,
	PREFLIGHT_UNKNOWN_TAG,
	PREFLIGHT_UNRECOGNIZED_FORMAT,
	PREFLIGHT_NOTED,
	PREFLIGHT_WAIVER,      /* a waiver that excuses nothing */
	PREFLIGHT_DESCRIPTOR,  /* a service descriptor that cannot be used, or that claims what keur cannot test */
	PREFLIGHT_NO_DOCUMENT, /* the OpenAPI document of the service was not found or cannot be read */
	PREFLIGHT_UNREACHABLE, /* the endpoint: its name, the connection, silence */
	PREFLIGHT_TLS,         /* certificate or handshake */
	PREFLIGHT_CREDENTIALS, /* refused by the service */
	PREFLIGHT_EVIDENCE,    /* not all exchanges could be kept, or a recording lacks one */
	PREFLIGHT_ARTEFACT,    /* a pinned official file that is absent or different */
	PREFLIGHT_SCENARIO,    /* a part of a scenario that cannot be played */
	PREFLIGHT_OPTION,      /* an option of a claim that the standard does not have */
	PREFLIGHT_OFFICIAL,    /* found in the official document as well, or that document is not at hand */
	PREFLIGHT_LIFE_CYCLE,  /* a version of a standard that is not, not yet or not much longer in force */
	PREFLIGHT_LEFTOVER,    /* what scenarios made at a service, and did not see removed */
	PREFLIGHT_COUNT
};

enum preflight_level { LEVEL_BLOCKING, LEVEL_PROBLEM, LEVEL_NOTE, LEVEL_COUNT };

#endif
