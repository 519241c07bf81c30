/*
 * Every ceiling of keur, in one place.
 *
 * Files and servers are hostile: whatever grows with input has a named limit here, and what exceeds it gets an error
 * that names the limit, never a silent truncation.
 */
#ifndef KEUR_BASE_LIMITS_H
#define KEUR_BASE_LIMITS_H

enum {
	LIMIT_DOCUMENT_BYTES = 256 << 20,   /* one document, as read */
	LIMIT_DEPTH = 1000,                 /* nesting of arrays and objects in a document */
	LIMIT_NODES = 64 << 20,             /* nodes of one document */
	LIMIT_ALIAS_NODES = 4 << 20,        /* nodes that YAML aliases and merge keys may stand for, all together */
	LIMIT_BRACKETS = 64,                /* nesting of brackets in YAML, on average over a long document */
	LIMIT_DIRECTIVES = 64,              /* YAML directives before a document */
	LIMIT_DIAGNOSTICS = 10000,          /* remarks of a reader on one document (duplicate keys and the like) */
	LIMIT_DOCUMENTS = 1000,             /* documents that one target may pull in through $ref */
	LIMIT_REF_HOPS = 100,               /* $ref that leads to $ref that leads to $ref ... */
	LIMIT_PATTERN_BYTES = 32 << 10,     /* one regular expression */
	LIMIT_SUBJECT_BYTES = 1 << 20,      /* one string that a regular expression is tried on */
	LIMIT_REGEX_STEPS = 200000,         /* PCRE2 match limit of one search */
	LIMIT_JSONPATH_BYTES = 64 << 10,    /* one JSONPath expression */
	LIMIT_JSONPATH_DEPTH = 64,          /* nesting inside one JSONPath expression */
	LIMIT_JSONPATH_PARTS = 2000,        /* segments, operators and accesses in one JSONPath expression */
	LIMIT_WALK_STEPS = 50 << 20,        /* nodes that one evaluation of many paths may visit */
	LIMIT_SELECT_STEPS = 4 << 20,       /* nodes that one path by itself may visit, each as often as it gets there */
	LIMIT_SCHEMA_DEPTH = 256,           /* nesting of schema applications on one instance */
	LIMIT_RESULTS_PER_RULE = 10000,     /* results of one rule on one document */
	LIMIT_MERGED_MEMBERS = 100000,      /* members written to merge the traits of one message into it */
	LIMIT_MERGE_DEPTH = 64,             /* nesting of what is merged */
	LIMIT_EXTENDS_DEPTH = 32,           /* rule sets that extend rule sets */
	LIMIT_EXTENDS = 1000,               /* times that one rule set extends another, all together */
	LIMIT_PATH_BYTES = 8000,            /* one path template; what RFC 9110 asks servers to take of a request line */
	LIMIT_SUBSTITUTED_BYTES = 64 << 20, /* URLs made by trying the values of server variables */
	LIMIT_TARGETS = 100000,             /* documents in one run */
	LIMIT_MESSAGE_BYTES = 64 << 10      /* one message to a person */
};

#endif
