/* SPDX-License-Identifier: EUPL-1.2 */
/* What the files of the register share: entries by a name that they have. */
#ifndef KEUR_REPORT_REGISTER_PRIVATE_H
#define KEUR_REPORT_REGISTER_PRIVATE_H

#include "report/html_private.h"
#include "report/register.h"

/* One name that leads to an entry. */
struct register_pointer {
	struct str name;
	uint32_t entry;
};

/* By name, then by entry, none twice. */
struct register_pointers {
	struct register_pointer *items;
	uint32_t count;
};

/* By URI of a product of the list, "nlgov-adr@2.1", vendor, SHA-256 of the certificate. All in the arena. */
void register_by_product(struct arena *arena, const struct register_book *book, struct register_pointers *out);
void register_by_standard(struct arena *arena, const struct register_book *book, struct register_pointers *out);
void register_by_vendor(struct arena *arena, const struct register_book *book, struct register_pointers *out);
void register_by_digest(struct arena *arena, const struct register_book *book, struct register_pointers *out);

/* Where the group that begins at `start` ends: the first pointer with another name. */
uint32_t register_group_end(const struct register_pointers *pointers, uint32_t start);

/* A badge with the word for a status. */
void register_add_status(const struct html *it, enum register_status status);

/* "Zaakregister 4.2" */
void register_add_name(const struct html *it, const struct certificate *certificate);

/* The frame of a page of the register; its title is the same in both languages, or in two. */
struct html_frame register_frame(const struct register_book *book, struct text title);

#endif
