/* SPDX-License-Identifier: EUPL-1.2 */
/* Marks of runs, and the numbers and times that follow from them. */
#include "fetch/run_mark.h"

#include <sys/random.h>
#include <time.h>

#include "doc/digest.h"

enum { SEED_BYTES = 16, PART_VALUES = 100 };

static const char *const names[] = {"uuid", "reference", "stuf-time", "stuf-date", NULL};

bool run_mark_new(struct arena *arena, struct run_mark *out)
{
	unsigned char seed[SEED_BYTES];
	char text[2 * SEED_BYTES];
	static const char digits[] = "0123456789abcdef";
	struct timespec now;
	*out = (struct run_mark){0};
	if (getrandom(seed, sizeof seed, 0) != (ssize_t)sizeof seed) return false;
	for (size_t i = 0; i < SEED_BYTES; i++) {
		text[2 * i] = digits[seed[i] >> 4];
		text[2 * i + 1] = digits[seed[i] & 15];
	}
	clock_gettime(CLOCK_REALTIME, &now);
	out->moment_ms = (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
	out->seed = str_copy(arena, (struct str){text, sizeof text});
	return true;
}

static bool is_seed(struct str seed)
{
	bool good = seed.len == 2 * SEED_BYTES;
	for (size_t i = 0; good && i < seed.len; i++)
		good = (seed.ptr[i] >= '0' && seed.ptr[i] <= '9') || (seed.ptr[i] >= 'a' && seed.ptr[i] <= 'f');
	return good;
}

bool run_mark_read(struct str text, struct run_mark *out)
{
	size_t digits = str_find(text, ' ');
	int64_t moment = 0;
	for (size_t i = 0; i < digits; i++) {
		if (text.ptr[i] < '0' || text.ptr[i] > '9' || digits > 14) return false;
		moment = moment * 10 + (text.ptr[i] - '0');
	}
	*out = (struct run_mark){moment, str_skip(text, digits + 1)};
	return digits > 0 && is_seed(out->seed);
}

/* Anything else than 32 digits and a moment that a calendar of four-digit years has is no mark. */
struct run_mark run_mark_of(const struct node *har)
{
	const struct node *log = node_member(har, STR("log")), *keur = node_member(log, STR("_keur"));
	const struct node *mark = node_member(keur, STR("mark")), *moment = node_member(mark, STR("moment"));
	struct str seed = node_string_member(mark, STR("seed"));
	double milliseconds = moment && moment->kind == NODE_NUMBER ? node_double(moment) : -1;
	if (!is_seed(seed) || !(milliseconds >= 0 && milliseconds < 253370764800000.0)) return (struct run_mark){0};
	return (struct run_mark){(int64_t)milliseconds, seed};
}

bool run_value_known(struct str name)
{
	for (const char *const *known = names; *known; known++)
		if (str_eq(name, str_of(*known))) return true;
	return false;
}

/* Seconds since 1970 of 01:00 UTC on the last Sunday of a month of 31 days. */
static int64_t last_sunday(int year, int month)
{
	struct tm day = {.tm_year = year, .tm_mon = month, .tm_mday = 31, .tm_hour = 1};
	time_t seconds = timegm(&day);
	gmtime_r(&seconds, &day);
	return (int64_t)seconds - (int64_t)day.tm_wday * 86400;
}

/* Dutch time: one hour ahead of UTC, two from the last Sunday of March to that of October. */
static void dutch_time(int64_t moment_ms, struct tm *out)
{
	time_t seconds = (time_t)(moment_ms / 1000), local;
	gmtime_r(&seconds, out);
	bool summer = seconds >= last_sunday(out->tm_year, 2) && seconds < last_sunday(out->tm_year, 9);
	local = seconds + (summer ? 7200 : 3600);
	gmtime_r(&local, out);
}

static struct str stuf_time(const struct run_values *values, bool whole, struct arena *arena)
{
	int64_t moment = values->mark.moment_ms + values->count;
	struct tm day;
	dutch_time(moment, &day);
	struct str date = str_printf(arena, "%04d%02d%02d", day.tm_year + 1900, day.tm_mon + 1, day.tm_mday);
	if (!whole) return date;
	return str_printf(
			arena, "%.*s%02d%02d%02d%03d", STR_FMT(date), day.tm_hour, day.tm_min, day.tm_sec, (int)(moment % 1000));
}

/* Of version 4 by its form: what it is made of is random enough, and told in the recording. */
static struct str uuid(const struct run_values *values, struct arena *arena)
{
	struct str key = str_printf(
			arena, "%.*s %u %.*s", STR_FMT(values->mark.seed), (unsigned)values->count, STR_FMT(values->scope));
	struct digest digest = digest_of(key);
	const char *hex = digest.hex;
	return str_printf(arena, "%.8s-%.4s-4%.3s-8%.3s-%.12s", hex, hex + 8, hex + 12, hex + 15, hex + 18);
}

void run_values_part(struct run_values *values)
{
	values->count = (values->count / PART_VALUES + 1) * PART_VALUES;
}

struct str run_value(struct run_values *values, struct str name, struct arena *arena)
{
	if (!values || !values->mark.seed.len || !run_value_known(name)) return (struct str){NULL, 0};
	values->count++;
	values->used = true;
	if (str_eq(name, STR("uuid"))) return uuid(values, arena);
	if (str_eq(name, STR("reference")))
		return str_printf(arena, "keur-%.8s-%u", values->mark.seed.ptr, (unsigned)values->count);
	return stuf_time(values, str_eq(name, STR("stuf-time")), arena);
}
