/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Every ceiling of keur, in one place; those of XML are in limits_xml.h, which this includes.
 *
 * Files and servers are hostile: whatever grows with input has a named limit here, and what exceeds it gets an error
 * that names the limit, never a silent truncation.
 */
#ifndef KEUR_BASE_LIMITS_H
#define KEUR_BASE_LIMITS_H

#include "base/limits_xml.h"

enum {
	LIMIT_DOCUMENT_BYTES = 256 << 20,   /* one document, as read */
	LIMIT_DEPTH = 1000,                 /* nesting of arrays and objects in a document */
	LIMIT_NODES = 64 << 20,             /* nodes of one document */
	LIMIT_ALIAS_NODES = 4 << 20,        /* nodes that YAML aliases and merge keys may stand for, all together */
	LIMIT_BRACKETS = 64,                /* nesting of brackets in YAML, on average over a long document */
	LIMIT_DIRECTIVES = 64,              /* YAML directives before a document */
	LIMIT_DIAGNOSTICS = 10000,          /* remarks of a reader on one document (duplicate keys and the like) */
	LIMIT_DOCUMENTS = 1000,             /* documents that one target may pull in through $ref */
	LIMIT_REMOTE_DOCUMENTS = 100,       /* of those, at URLs */
	LIMIT_REMOTE_BYTES = 256 << 20,     /* of those at URLs, all together */
	LIMIT_REMOTE_MS = 300000,           /* asking for those at URLs, all together */
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
	LIMIT_MERGED_MEMBERS = 1 << 20,     /* members written to merge traits into messages, in one document */
	LIMIT_MERGE_DEPTH = 64,             /* nesting of what is merged */
	LIMIT_EXTENDS_DEPTH = 32,           /* rule sets that extend rule sets */
	LIMIT_EXTENDS = 1000,               /* times that one rule set extends another, all together */
	LIMIT_PATH_BYTES = 8000,            /* one path template; what RFC 9110 asks servers to take of a request line */
	LIMIT_OPENAPI_PARTS = 1 << 20,      /* operations, parameters, responses, kinds of bodies of one description */
	LIMIT_CONTRACT_STEPS = 4 << 20,     /* schemas, members and values that one comparison of two documents looks at */
	LIMIT_BODY_VALUES = 4 << 20,        /* values in one JSON body that is compared with a description */
	LIMIT_SUBSTITUTED_BYTES = 64 << 20, /* URLs made by trying the values of server variables */
	LIMIT_SECRETS = 16384,              /* secrets of one run, tokens made on the way among them */
	LIMIT_SILENCE = 3,                  /* requests without any answer, before a service is asked nothing more */
	LIMIT_CLIENTS = 10,                 /* credentials of other clients, of one claim */
	LIMIT_CLAIMS = 100,                 /* standards that one service claims */
	LIMIT_WAIVERS = 1000,               /* deviations that one descriptor explains */
	LIMIT_SECRET_BYTES = 64 << 10,      /* one secret in a file */
	LIMIT_EXCHANGES = 100000,           /* HTTP exchanges that the evidence of one run keeps */
	LIMIT_EVIDENCE_BYTES = 64 << 20,    /* all of those together, bodies and all */
	LIMIT_EXPRESSION_BYTES = 16 << 10,  /* one runtime expression or condition of a scenario */
	LIMIT_CONDITION_PARTS = 1000,       /* operators and operands in one condition */
	LIMIT_CONDITION_DEPTH = 64,         /* nesting inside one condition */
	LIMIT_SCENARIO_LIST = 1000,         /* parameters, actions or dependencies of one step or workflow */
	LIMIT_SCENARIO_PARTS = 200000,      /* the same of all steps of all documents, those of workflows for each step */
	LIMIT_SCENARIO_STEPS = 10000,       /* steps that one run of a scenario plays, again or not */
	LIMIT_SCENARIO_CALLED = 2 << 20,    /* steps of all workflows that are called in one run, played or not */
	LIMIT_SCENARIO_REMARKS = 100,       /* remarks on one published scenario that a report tells */
	LIMIT_SCENARIO_NESTING = 32,        /* workflows that call or go to workflows */
	LIMIT_SCENARIO_RETRIES = 100,       /* retries of one step */
	LIMIT_SCENARIO_WAIT_SECONDS = 120,  /* between two attempts, by retryAfter or Retry-After */
	LIMIT_SCENARIO_WAITED_SECONDS = 1800,    /* of one run, all together */
	LIMIT_SCENARIO_VALUE_BYTES = 16 << 20,   /* one text with expressions filled in */
	LIMIT_SCENARIO_PAYLOAD_BYTES = 64 << 20, /* one request body */
	LIMIT_SCENARIO_URLS = 1 << 20,           /* URLs in answers that one run remembers, to know what it made */
	LIMIT_URL_BYTES = 16 << 10,              /* one URL that is asked for */
	LIMIT_REQUEST_HEADER_BYTES = 32 << 10,   /* fields that one request sends */
	LIMIT_REQUEST_BYTES = 64 << 20,          /* body of one request */
	LIMIT_HEADER_BYTES = 64 << 10,           /* header sections of one exchange, interim ones and trailers included */
	LIMIT_FOLDED_LINES = 100,                /* that go on with the header field before them, in one response */
	LIMIT_RESPONSE_BYTES = 64 << 20,         /* body of one response, decoded */
	LIMIT_CODINGS = 5,                       /* content codings of one body, one in another */
	LIMIT_REDIRECTS = 10,                    /* that one request follows */
	LIMIT_CLEANUP_MS = 30000,                /* that cleaning up after an interruption may take */
	LIMIT_RETRIES = 3,                       /* of a request that is safe, after the first attempt */
	LIMIT_RETRY_MS = 30000,                  /* wait that a Retry-After may ask for */
	LIMIT_CONNECT_MS = 10000,                /* name, connection and TLS handshake, unless options say otherwise */
	LIMIT_IDLE_MS = 30000,                   /* silence of a server, likewise */
	LIMIT_TOTAL_MS = 120000,                 /* one exchange as a whole, likewise */
	LIMIT_TIMEOUT_MS = 600000,               /* the most that options may say */
	LIMIT_PACED_MS = 60000,                  /* between requests to a host that is asked slowly */
	LIMIT_PROBE_MS = 5000,                   /* looking for one version of TLS */
	LIMIT_PROBE_BYTES = 16 << 10,            /* that a server may say before its ServerHello is whole */
	LIMIT_CONNECTIONS = 8,                   /* that one client keeps open */
	LIMIT_HOSTS = 64,                        /* whose pace and certificate one client remembers */
	LIMIT_INBOUND_BYTES = 16 << 20,          /* body of one request to keur itself */
	LIMIT_INBOUND_MEMORY = 64 << 10, /* request line and header section of one, and what is read of the body at once */
	LIMIT_INBOUND_CONNECTIONS = 64,  /* to keur at once */
	LIMIT_INBOUND_MS = 20000,        /* one request to keur, from its first byte to its last */
	LIMIT_INBOUND_REQUESTS = 10000,  /* that one run records */
	LIMIT_INBOUND_TOTAL_BYTES = 64 << 20, /* all of those together */
	LIMIT_LISTEN_SECONDS = 3600,          /* that keur listens to a consumer */
	LIMIT_AWAIT_MS = 60000,               /* that a scenario waits for a request */
	LIMIT_STUB_PARTS = 10000,             /* resources, collections and items of one counterpart.yaml */
	LIMIT_STUB_OBJECTS = 10000,           /* that those who ask can make in it */
	LIMIT_STUB_BYTES = 64 << 20,          /* of all of those together, as JSON */
	LIMIT_PROBES = 25,                    /* operations that each check of subject `operations` asks of a service */
	LIMIT_ARTEFACT_FILES = 10000,         /* files of one pinned set */
	LIMIT_ARTEFACT_BYTES = 256 << 20,     /* of all of them */
	LIMIT_ARTEFACT_DEPTH = 16,            /* folders in folders in it */
	LIMIT_EVIDENCE_DEPTH = 16,            /* folders in folders with evidence that is judged again */
	LIMIT_EXHIBITS = 200,                 /* exchanges of one target that a report shows in part */
	LIMIT_THEME_BYTES = 1 << 20,          /* a style sheet that reports embed */
	LIMIT_HTML_FINDINGS = 20000,          /* that one HTML report shows; the others are counted */
	LIMIT_JWS_BYTES = 1 << 20,            /* one signed certificate */
	LIMIT_CERTIFICATE_CHAIN = 10,         /* certificates of a signer and its issuers */
	LIMIT_CERTIFICATE_FILES = 1000,       /* files that one certificate vouches for */
	LIMIT_ATTEMPTS = 1000,                /* of one version of a service to be certified */
	LIMIT_ANSWERS = 10000,                /* of people, in one file */
	LIMIT_WITHDRAWN = 100000,             /* certificates that one list withdraws */
	LIMIT_REGISTER_ENTRIES = 50000,       /* certificates of one register, or of one monitor */
	LIMIT_REGISTER_KIN = 50,              /* other certificates of its product that a page names, before and after */
	LIMIT_TRUST_BYTES = 16 << 20,         /* a file of certificates to trust, or of revoked ones */
	LIMIT_SHOWN_BYTES = 200,              /* of an expression or the like within a message */
	LIMIT_TARGETS = 100000,               /* documents in one run */
	LIMIT_MESSAGE_BYTES = 64 << 10        /* one message to a person */
};

#endif
