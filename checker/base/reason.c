/* SPDX-License-Identifier: EUPL-1.2 */
/* The reasons of errno that users meet. */
#include "base/reason.h"

#include <errno.h>

static const struct {
	int number;
	struct text text;
} reasons[] = {
		{ENOENT, {{STR("there is no such file or folder"), STR("dat bestand of die map bestaat niet")}}},
		{EEXIST, {{STR("something else of that name is there"), STR("er is al iets anders met die naam")}}},
		{EACCES, {{STR("permission denied"), STR("geen toestemming")}}},
		{EPERM, {{STR("permission denied"), STR("geen toestemming")}}},
		{EISDIR, {{STR("it is a folder"), STR("het is een map")}}},
		{ENOTDIR, {{STR("a part of the path is no folder"), STR("een deel van het pad is geen map")}}},
		{ENAMETOOLONG, {{STR("the name is too long"), STR("de naam is te lang")}}},
		{ELOOP, {{STR("links that lead to each other"), STR("koppelingen die naar elkaar leiden")}}},
		{EMFILE, {{STR("too many files are open"), STR("er zijn te veel bestanden open")}}},
		{ENFILE, {{STR("too many files are open"), STR("er zijn te veel bestanden open")}}},
		{ENOSPC, {{STR("the disk is full"), STR("de schijf is vol")}}},
		{EDQUOT, {{STR("the quota of disk space is used up"), STR("de toegewezen schijfruimte is op")}}},
		{EFBIG, {{STR("the file is too large"), STR("het bestand is te groot")}}},
		{EROFS, {{STR("the disk can only be read"), STR("de schijf kan alleen gelezen worden")}}},
		{EIO, {{STR("the disk reports an error"), STR("de schijf meldt een fout")}}},
		{EPIPE, {{STR("whoever read it has stopped"), STR("wie het las is gestopt")}}},
		{ETXTBSY, {{STR("it is a program that runs"), STR("het is een programma dat draait")}}},
		{EBUSY, {{STR("it is in use"), STR("het is in gebruik")}}},
		{ENXIO, {{STR("nobody reads it"), STR("niemand leest het")}}},
		{ECONNREFUSED, {{STR("the connection was refused"), STR("de verbinding is geweigerd")}}},
		{ECONNRESET, {{STR("the connection was broken off"), STR("de verbinding is verbroken")}}},
		{ETIMEDOUT, {{STR("there was no answer in time"), STR("er kwam niet op tijd antwoord")}}},
		{EHOSTUNREACH, {{STR("the host cannot be reached"), STR("de host is onbereikbaar")}}},
		{ENETUNREACH, {{STR("the network cannot be reached"), STR("het netwerk is onbereikbaar")}}},
		{EADDRINUSE, {{STR("the address is in use"), STR("het adres is in gebruik")}}},
};

struct text reason_of(int number)
{
	for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
		if (reasons[i].number == number) return reasons[i].text;
	/* strerror() speaks one language, and one thread at a time. */
	return TEXT("for a reason of the system's own", "om een reden van het systeem zelf");
}
