/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * An HTTP exchange for people: what was asked, and the head of what was answered.
 *
 * For examples, which are made without secrets: nothing is taken out of it. Evidence goes out by fetch/har.h.
 */
#ifndef KEUR_REPORT_TEXT_EXCHANGE_H
#define KEUR_REPORT_TEXT_EXCHANGE_H

#include "fetch/exchange.h"
#include "report/page.h"

/* Lines that start with "> " and "< ": request, status, header fields, and the start of the body. */
void text_exchange(const struct page *page, const struct exchange *exchange);

#endif
