/* SPDX-License-Identifier: EUPL-1.2 */
/* Formats of dates and times by RFC 3339. */
#include "base/ascii.h"
#include "engine/schema_format.h"

/* Takes `count` digits off `rest` as a number of at most `most`. */
static bool take_number(struct str *rest, size_t count, int most, int *number)
{
	*number = 0;
	if (rest->len < count) return false;
	for (size_t i = 0; i < count; i++) {
		if (!ascii_is_digit(rest->ptr[i])) return false;
		*number = *number * 10 + rest->ptr[i] - '0';
	}
	*rest = str_skip(*rest, count);
	return *number <= most;
}

static bool take_date(struct str *rest)
{
	static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	int year;
	int month;
	int day;
	if (!take_number(rest, 4, 9999, &year) || !ascii_take(rest, '-') || !take_number(rest, 2, 12, &month)) return false;
	if (!ascii_take(rest, '-') || !take_number(rest, 2, 31, &day) || month < 1) return false;
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
	return day >= 1 && day <= days[month - 1] + (month == 2 && leap);
}

/* "Z" or "+01:00", in minutes. */
static bool take_zone(struct str *rest, int *minutes)
{
	int hour;
	int minute;
	*minutes = 0;
	if (ascii_take(rest, 'Z') || ascii_take(rest, 'z')) return true;
	bool west = ascii_take(rest, '-');
	if (!west && !ascii_take(rest, '+')) return false;
	if (!take_number(rest, 2, 23, &hour) || !ascii_take(rest, ':') || !take_number(rest, 2, 59, &minute)) return false;
	*minutes = (west ? -1 : 1) * (hour * 60 + minute);
	return true;
}

/* Fractions are as long as one likes. A leap second is the last of a day in UTC (section 5.7). */
static bool take_time(struct str *rest)
{
	enum { DAY = 24 * 60 };
	int hour;
	int minute;
	int second;
	int zone;
	if (!take_number(rest, 2, 23, &hour) || !ascii_take(rest, ':') || !take_number(rest, 2, 59, &minute)) return false;
	if (!ascii_take(rest, ':') || !take_number(rest, 2, 60, &second)) return false;
	if (ascii_take(rest, '.')) {
		size_t digits = ascii_digits(*rest);
		if (digits == 0) return false;
		*rest = str_skip(*rest, digits);
	}
	if (!take_zone(rest, &zone)) return false;
	return second < 60 || (hour * 60 + minute - zone + DAY) % DAY == DAY - 1;
}

bool format_is_date(struct str text)
{
	return take_date(&text) && text.len == 0;
}

bool format_is_time(struct str text)
{
	return take_time(&text) && text.len == 0;
}

bool format_is_date_time(struct str text)
{
	if (!take_date(&text) || (!ascii_take(&text, 'T') && !ascii_take(&text, 't'))) return false;
	return take_time(&text) && text.len == 0;
}

/* Takes "1X2Y" of consecutive units off `rest`, starting at any of them; false when there is not even one. */
static bool take_units(struct str *rest, const char *units)
{
	bool any = false;
	for (; *units; units++) {
		size_t digits = ascii_digits(*rest);
		bool has = digits > 0 && digits < rest->len && rest->ptr[digits] == *units;
		if (any && !has) break;
		if (!has) continue;
		*rest = str_skip(*rest, digits + 1);
		any = true;
	}
	return any;
}

bool format_is_duration(struct str text)
{
	if (!ascii_take(&text, 'P')) return false;
	if (take_units(&text, "W")) return text.len == 0;
	bool date = take_units(&text, "YMD");
	if (ascii_take(&text, 'T')) return take_units(&text, "HMS") && text.len == 0;
	return date && text.len == 0;
}
