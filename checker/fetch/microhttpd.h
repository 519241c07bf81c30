/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * libmicrohttpd, loaded when keur first listens: most runs never do. Nobody else loads it; the functions keep the
 * meaning of its own manual. Loading is safe from any thread, and what is loaded stays.
 */
#ifndef KEUR_FETCH_MICROHTTPD_H
#define KEUR_FETCH_MICROHTTPD_H

#include <microhttpd.h>

#include "base/err.h"

struct microhttpd_api {
	struct MHD_Daemon *(*start)(unsigned flags, uint16_t port, MHD_AcceptPolicyCallback accept, void *accept_self,
			MHD_AccessHandlerCallback handler, void *handler_self, ...);
	void (*stop)(struct MHD_Daemon *daemon);
	enum MHD_Result (*run)(struct MHD_Daemon *daemon);
	enum MHD_Result (*timeout)(struct MHD_Daemon *daemon, MHD_UNSIGNED_LONG_LONG *milliseconds);
	const union MHD_DaemonInfo *(*daemon_info)(struct MHD_Daemon *daemon, enum MHD_DaemonInfoType type, ...);
	const union MHD_ConnectionInfo *(*connection_info)(
			struct MHD_Connection *connection, enum MHD_ConnectionInfoType type, ...);
	int (*values)(
			struct MHD_Connection *connection, enum MHD_ValueKind kind, MHD_KeyValueIterator iterator, void *self);
	struct MHD_Response *(*response)(size_t size, void *bytes, enum MHD_ResponseMemoryMode mode);
	enum MHD_Result (*response_field)(struct MHD_Response *response, const char *name, const char *value);
	enum MHD_Result (*respond)(struct MHD_Connection *connection, unsigned status, struct MHD_Response *response);
	void (*response_end)(struct MHD_Response *response);
};

/* The library and its functions. NULL, with ERR_IO, when it is not installed. */
const struct microhttpd_api *microhttpd_load(struct err *err);

#endif
