/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Which network addresses may be asked when only the public internet may be.
 *
 * Judged is the address that a socket is about to connect to, so it does not matter how a URL writes it (2130706433,
 * 0177.1, a name, a redirect) or what DNS answers.
 */
#ifndef KEUR_FETCH_ADDRESS_H
#define KEUR_FETCH_ADDRESS_H

#include <sys/socket.h>

#include "base/err.h"

/*
 * What is special about an address: loopback, private, link-local, reserved ... (the special-purpose registries of
 * RFC 6890), IPv4 inside IPv6 (mapped, NAT64) judged by its IPv4 address. NULL for a public unicast address; other
 * families than IPv4 and IPv6 are special. English and Dutch, static.
 */
const char *const *address_special(const struct sockaddr *address);

/* The address as text, without port: "127.0.0.1", "::1". */
struct str address_text(const struct sockaddr *address, struct arena *arena);

#endif
