/* SPDX-License-Identifier: EUPL-1.2 */
/* What the files of fetch/secrets share: the list itself. */
#ifndef KEUR_FETCH_SECRETS_PRIVATE_H
#define KEUR_FETCH_SECRETS_PRIVATE_H

#include "fetch/secret_match.h"
#include "fetch/secrets.h"

struct secret {
	struct str label, value;
	bool token;
};

struct names {
	struct str *items;
	size_t count, capacity;
};

struct secrets {
	struct arena *arena;
	struct {
		struct secret *items;
		size_t count, capacity;
	} list;
	size_t bytes;
	struct names headers, queries; /* hidden, in lower case; also their labels */
	struct matcher matcher;
	bool sealed;
};

/* Is it the name of a hidden header or parameter, in whatever case? */
bool names_have(const struct names *names, struct str name);

/* A copy in lower case, which is also fit for a label. */
struct str secret_label(struct arena *arena, struct str name);

/* "[secret:label]" at the end of `buf`. */
void secret_placeholder(struct strbuf *buf, struct str label);

#endif
