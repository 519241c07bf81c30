/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The register: certificates that hold, as a site of plain files (docs/register.md).
 *
 * Nothing here reads or verifies: whoever fills an entry has done that (report/inspect.h). What vendors wrote (names,
 * URLs) stays text in every file, and no name on disk is theirs. The same entries and day give the same bytes.
 */
#ifndef KEUR_REPORT_REGISTER_H
#define KEUR_REPORT_REGISTER_H

#include "report/certificate.h"
#include "report/withdrawn.h"

/* Names within the site; a folder of certificates is known as a register by the first. */
#define REGISTER_FEED "register.json"
#define REGISTER_LOOKUP "index.json"
#define REGISTER_INDEX "index.html"
#define REGISTER_CERTIFICATES "certificates"
#define REGISTER_BADGE "badge.svg"

enum register_status {
	REGISTER_VALID,
	REGISTER_DEVIATIONS, /* valid, with deviations that were accepted */
	REGISTER_EXPIRED,
	REGISTER_WITHDRAWN,
	REGISTER_STATUS_COUNT
};

struct register_entry {
	const struct certificate *certificate;
	struct digest digest;                /* of the file of the certificate */
	struct str signer;                   /* who signed it, as its certificate says */
	const struct withdrawal *withdrawal; /* NULL: none */
	enum register_status status;
	uint32_t tested, total; /* requirements of all its standards */
	struct str slug;        /* name of its folder below certificates/ */
	struct str folder;      /* where it came from */
};

struct register_book {
	struct register_entry *entries;
	uint32_t count;
	struct str day; /* that statuses are as of, "2026-11-25" */
	struct str url; /* where the site will be, without slash at its end; empty: not known */
	enum lang lang; /* that pages open in, and that badges are in */
	struct str theme;
	struct str style, script; /* of every page */
};

extern const struct text register_status_words[REGISTER_STATUS_COUNT];
extern const char *const register_status_names[REGISTER_STATUS_COUNT]; /* "withDeviations" */

/* What a certificate is worth on a day; withdrawn goes before expired. */
enum register_status register_status_of(
		const struct certificate *certificate, const struct withdrawal *withdrawal, struct str day);

/* A name for its folder, of [a-z0-9-] only: something readable, then the start of its digest. In the arena. */
struct str register_slug(struct arena *arena, const struct certificate *certificate, const struct digest *digest);

/* The name of a service from its URI in the Uniforme Productnamenlijst: "uittreksel basisregistratie personen". */
struct str register_product_name(struct arena *arena, struct str uri);

/* By product, vendor, version, moment and digest. */
void register_sort(struct register_book *book);

/* Are these certificates of one product of one vendor? */
bool register_is_kin(const struct register_entry *a, const struct register_entry *b);

/* Each file of the site; false with ERR_LIMIT when it is too large. */
bool register_feed(const struct register_book *book, struct strbuf *out, struct err *err);
bool register_lookup(const struct register_book *book, struct strbuf *out, struct err *err);
bool register_index(const struct register_book *book, struct strbuf *out, struct err *err);
bool register_page(const struct register_book *book, uint32_t entry, struct strbuf *out, struct err *err);
void register_badge(const struct register_book *book, const struct register_entry *entry, struct strbuf *out);

/* Does a feed begin as those of a register do, so that the folder it is in may be replaced by a newer one? */
bool register_is_feed(struct str bytes);

#endif
