/*
 * Every ceiling of keur, in one place.
 *
 * Files and servers are hostile: whatever grows with input has a named limit here, and what exceeds it gets an error
 * that names the limit, never a silent truncation.
 */
#ifndef KEUR_BASE_LIMITS_H
#define KEUR_BASE_LIMITS_H

enum {
	LIMIT_DOCUMENT_BYTES = 256 << 20,     /* one document, as read */
	LIMIT_DEPTH = 1000,                   /* nesting of arrays and objects in a document */
	LIMIT_NODES = 64 << 20,               /* nodes of one document */
	LIMIT_ALIAS_NODES = 4 << 20,          /* nodes that YAML aliases and merge keys may stand for, all together */
	LIMIT_BRACKETS = 64,                  /* nesting of brackets in YAML, on average over a long document */
	LIMIT_DIRECTIVES = 64,                /* YAML directives before a document */
	LIMIT_DIAGNOSTICS = 10000,            /* remarks of a reader on one document (duplicate keys and the like) */
	LIMIT_DOCUMENTS = 1000,               /* documents that one target may pull in through $ref */
	LIMIT_REF_HOPS = 100,                 /* $ref that leads to $ref that leads to $ref ... */
	LIMIT_PATTERN_BYTES = 32 << 10,       /* one regular expression */
	LIMIT_SUBJECT_BYTES = 1 << 20,        /* one string that a regular expression is tried on */
	LIMIT_REGEX_STEPS = 200000,           /* PCRE2 match limit of one search */
	LIMIT_JSONPATH_BYTES = 64 << 10,      /* one JSONPath expression */
	LIMIT_JSONPATH_DEPTH = 64,            /* nesting inside one JSONPath expression */
	LIMIT_JSONPATH_PARTS = 2000,          /* segments, operators and accesses in one JSONPath expression */
	LIMIT_WALK_STEPS = 50 << 20,          /* nodes that one evaluation of many paths may visit */
	LIMIT_SELECT_STEPS = 4 << 20,         /* nodes that one path by itself may visit, each as often as it gets there */
	LIMIT_SCHEMA_DEPTH = 256,             /* nesting of schema applications on one instance */
	LIMIT_RESULTS_PER_RULE = 10000,       /* results of one rule on one document */
	LIMIT_EXTENDS_DEPTH = 32,             /* rule sets that extend rule sets */
	LIMIT_EXTENDS = 1000,                 /* times that one rule set extends another, all together */
	LIMIT_PATH_BYTES = 8000,              /* one path template; what RFC 9110 asks servers to take of a request line */
	LIMIT_SUBSTITUTED_BYTES = 64 << 20,   /* URLs made by trying the values of server variables */
	LIMIT_TARGETS = 100000,               /* documents in one run */
	LIMIT_EXPRESSION_BYTES = 16 << 10,    /* one runtime expression or condition of a scenario */
	LIMIT_CONDITION_PARTS = 1000,         /* operators and operands in one condition */
	LIMIT_CONDITION_DEPTH = 64,           /* nesting inside one condition */
	LIMIT_SCENARIO_LIST = 1000,           /* parameters, actions or dependencies of one step or workflow */
	LIMIT_SCENARIO_PARTS = 200000,        /* the same of all steps of all documents, those of workflows for each step */
	LIMIT_SCENARIO_STEPS = 10000,         /* steps that one run of a scenario plays, again or not */
	LIMIT_SCENARIO_NESTING = 32,          /* workflows that call or go to workflows */
	LIMIT_SCENARIO_RETRIES = 100,         /* retries of one step */
	LIMIT_SCENARIO_WAIT_SECONDS = 120,    /* between two attempts, by retryAfter or Retry-After */
	LIMIT_SCENARIO_WAITED_SECONDS = 1800, /* of one run, all together */
	LIMIT_SCENARIO_VALUE_BYTES = 16 << 20,   /* one text with expressions filled in */
	LIMIT_SCENARIO_PAYLOAD_BYTES = 64 << 20, /* one request body */
	LIMIT_MESSAGE_BYTES = 64 << 10           /* one message to a person */
};

#endif
