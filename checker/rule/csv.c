/* SPDX-License-Identifier: EUPL-1.2 */
/* CSV (RFC 4180) as XML. */
#include "rule/csv.h"

#include "base/vec.h"

struct csv {
	struct str rest;
	uint32_t row; /* from 1 */
	struct err *err;
	struct strbuf value; /* the last field that was read */
	struct {
		struct str *items;
		size_t count, capacity;
	} names;
};

static bool fail(struct csv *csv, const char *en, const char *nl)
{
	return err_set(csv->err, ERR_SYNTAX, (struct loc){.line = csv->row}, "CSV, row %u: %s%.0s", "CSV, rij %u: %.0s%s",
			csv->row, en, nl);
}

static char peek(const struct csv *csv)
{
	return csv->rest.len ? csv->rest.ptr[0] : '\0';
}

static bool read_quoted(struct csv *csv)
{
	csv->rest = str_skip(csv->rest, 1);
	for (;;) {
		size_t end = str_find(csv->rest, '"');
		if (end == csv->rest.len) return fail(csv, "a quote is not closed", "een aanhalingsteken is niet gesloten");
		strbuf_add(&csv->value, (struct str){csv->rest.ptr, end});
		csv->rest = str_skip(csv->rest, end + 1);
		if (peek(csv) != '"') break;
		strbuf_add_char(&csv->value, '"');
		csv->rest = str_skip(csv->rest, 1);
	}
	if (!csv->rest.len || memchr(",\r\n", peek(csv), 3)) return true;
	return fail(csv, "expected a comma or the end of the row behind a quote",
			"verwacht werd een komma of het einde van de rij achter een aanhalingsteken");
}

static bool read_field(struct csv *csv)
{
	strbuf_clear(&csv->value);
	if (peek(csv) == '"') return read_quoted(csv);
	size_t length = 0;
	while (length < csv->rest.len && !memchr(",\r\n\"", csv->rest.ptr[length], 4))
		length++;
	strbuf_add(&csv->value, (struct str){csv->rest.ptr, length});
	csv->rest = str_skip(csv->rest, length);
	return peek(csv) != '"' || fail(csv, "a quote stands within a field that does not begin with one",
									   "er staat een aanhalingsteken in een veld dat er niet mee begint");
}

/* Behind a field: is there another one in this row? */
static bool take_comma(struct csv *csv)
{
	bool more = peek(csv) == ',';
	if (peek(csv) == '\r') csv->rest = str_skip(csv->rest, 1);
	if (more || peek(csv) == '\n') csv->rest = str_skip(csv->rest, 1);
	return more;
}

/* What cannot stand in a name is "_"; a name that begins with what names cannot begin with gets one in front. */
static struct str as_name(struct arena *arena, struct str text, size_t column)
{
	if (!text.len) return str_printf(arena, "column%zu", column);
	char *name = arena_alloc(arena, text.len + 2);
	size_t length = 0;
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.ptr[i];
		bool starts = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
		bool goes_on = (c >= '0' && c <= '9') || c == '-' || c == '.';
		if (i == 0 && goes_on) name[length++] = '_';
		name[length++] = starts || goes_on ? (char)c : '_';
	}
	name[length] = '\0';
	return (struct str){name, length};
}

static void add_text(struct strbuf *out, struct str text)
{
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];
		if (c == '&' || c == '<' || c == '>' || c == '\r')
			strbuf_printf(out, "&#%d;", c);
		else
			strbuf_add_char(out, c);
	}
}

static bool read_names(struct csv *csv, struct arena *arena)
{
	bool more = true;
	while (more) {
		if (!read_field(csv)) return false;
		size_t column = csv->names.count + 1;
		*vec_push(&csv->names) = as_name(arena, strbuf_str(&csv->value), column);
		more = take_comma(csv);
	}
	return true;
}

static bool add_row(struct csv *csv, struct strbuf *out)
{
	size_t column = 0;
	bool more = true;
	strbuf_add(out, STR("<row>"));
	for (; more; column++) {
		if (!read_field(csv)) return false;
		if (column == csv->names.count) break;
		struct str name = csv->names.items[column];
		strbuf_printf(out, "<%.*s>", STR_FMT(name));
		add_text(out, strbuf_str(&csv->value));
		strbuf_printf(out, "</%.*s>", STR_FMT(name));
		more = take_comma(csv);
	}
	strbuf_add(out, STR("</row>\n"));
	return (column == csv->names.count && !more) ||
		   fail(csv, "it has more or fewer fields than the first row has names",
				   "ze heeft meer of minder velden dan de eerste rij namen heeft");
}

bool csv_to_xml(struct str text, struct strbuf *out, struct err *err)
{
	struct csv csv = {.rest = text, .row = 1, .err = err};
	struct arena *arena = arena_new();
	strbuf_init(&csv.value, SIZE_MAX / 2);
	strbuf_add(out, STR("<list>\n"));
	bool ok = read_names(&csv, arena);
	while (ok && csv.rest.len && !out->overflow) {
		csv.row++;
		ok = add_row(&csv, out);
	}
	strbuf_add(out, STR("</list>\n"));
	strbuf_release(&csv.value);
	vec_release(&csv.names);
	arena_free(arena);
	return ok;
}
