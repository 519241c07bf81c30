/* SPDX-License-Identifier: EUPL-1.2 */
/* Header sections: status lines, fields, interim responses and trailers, strictly. */
#include "fetch/http_head.h"

#include <ctype.h>
#include <strings.h>

#include "base/limits.h"
#include "base/vec.h"

enum { STATUS_DIGITS = 3, STATUS_INTERIM_END = 200, STATUS_SWITCHING = 101, LENGTH_DIGITS = 18 };

static const char *const fault_nul[LANG_COUNT] = {"a NUL byte in a header field", "een NUL-byte in een header"};
static const char *const fault_status[LANG_COUNT] = {"a malformed status line", "een statusregel die niet klopt"};
static const char *const fault_field[LANG_COUNT] = {"a line in the header section that is no field (name: value)",
		"een regel in de headers die geen veld is (naam: waarde)"};
static const char *const fault_length[LANG_COUNT] = {"several Content-Length fields that contradict each other",
		"verschillende Content-Length-velden die elkaar tegenspreken"};
static const char *const fault_number[LANG_COUNT] = {
		"a Content-Length that is no number of bytes", "een Content-Length die geen aantal bytes is"};
static const char *const fault_transfer[LANG_COUNT] = {"a transfer coding that was not asked for (Transfer-Encoding)",
		"een overdrachtscodering waar niet om gevraagd is (Transfer-Encoding)"};

static bool fail(struct http_head *head, const char *const *fault)
{
	head->fault = fault;
	return false;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static struct str trim(struct str s)
{
	while (s.len && is_blank(s.ptr[0]))
		s = str_skip(s, 1);
	while (s.len && is_blank(s.ptr[s.len - 1]))
		s.len--;
	return s;
}

/* RFC 9112 section 4: HTTP/1.1 200 reason; of HTTP/2 libcurl writes "HTTP/2 200 ". */
static bool take_status(struct http_head *head, struct str line, struct arena *arena)
{
	size_t space = str_find(line, ' ');
	struct str rest = str_skip(line, space + 1);
	struct str digits = {rest.ptr, str_find(rest, ' ')};
	uint32_t status;
	if (!str_starts(line, STR("HTTP/")) || digits.len != STATUS_DIGITS || !str_to_u32(digits, &status))
		return fail(head, fault_status);
	if (status < 100) return fail(head, fault_status);
	head->response->status = status;
	head->response->version = str_copy(arena, (struct str){line.ptr, space});
	head->response->reason = str_copy(arena, trim(str_skip(rest, digits.len)));
	head->started = true;
	return true;
}

static bool is_token(struct str s)
{
	for (size_t i = 0; i < s.len; i++) {
		unsigned char c = (unsigned char)s.ptr[i];
		if (!isalnum(c) && !(c && strchr("!#$%&'*+-.^_`|~", c))) return false;
	}
	return s.len > 0;
}

static bool is_named(const struct http_field *field, const char *name)
{
	return field->name.len == strlen(name) && strncasecmp(field->name.ptr, name, field->name.len) == 0;
}

/* RFC 9110 section 8.6: lengths that differ, or are none, are an attack or a fault, and never an answer. */
static bool check_length(struct http_head *head, const struct http_field *field)
{
	struct http_fields before = {head->fields.items, (uint32_t)head->fields.count};
	const struct http_field *first = http_field_find(&before, STR("content-length"));
	if (first && !str_eq(first->value, field->value)) return fail(head, fault_length);
	for (size_t i = 0; i < field->value.len; i++)
		if (!isdigit((unsigned char)field->value.ptr[i])) return fail(head, fault_number);
	return (field->value.len > 0 && field->value.len <= LENGTH_DIGITS) || fail(head, fault_number);
}

/* What says how the body is carried. RFC 9112 section 7: chunked is all that may come unasked. */
static bool check_framing(struct http_head *head, const struct http_field *field)
{
	if (is_named(field, "content-length")) return check_length(head, field);
	if (!is_named(field, "transfer-encoding")) return true;
	bool known = field->value.len == strlen("chunked") && strncasecmp(field->value.ptr, "chunked", 7) == 0;
	return known || fail(head, fault_transfer);
}

static bool take_field(struct http_head *head, struct str line, struct arena *arena)
{
	size_t colon = str_find(line, ':');
	struct str name = {line.ptr, colon};
	if (colon == line.len || !is_token(name)) return fail(head, fault_field);
	struct http_field field = {str_copy(arena, name), str_copy(arena, trim(str_skip(line, colon + 1)))};
	if (!check_framing(head, &field)) return false;
	*vec_push(&head->fields) = field;
	return true;
}

/* A folded line (RFC 9112 section 5.2) goes on where the field before it ended. */
static bool take_folded(struct http_head *head, struct str line, struct arena *arena)
{
	if (head->fields.count == 0) return fail(head, fault_field);
	head->too_large = ++head->folded > LIMIT_FOLDED_LINES;
	if (head->too_large) return false;
	struct str *value = &head->fields.items[head->fields.count - 1].value;
	*value = str_printf(arena, "%.*s %.*s", STR_FMT(*value), STR_FMT(trim(line)));
	return true;
}

static bool end_section(struct http_head *head)
{
	uint32_t status = head->response->status;
	head->started = false;
	head->done = status >= STATUS_INTERIM_END || status == STATUS_SWITCHING;
	if (!head->done) head->fields.count = 0;
	return true;
}

bool http_head_line(struct http_head *head, struct str line, struct arena *arena)
{
	head->bytes += line.len;
	if (head->bytes > head->ceiling) {
		head->too_large = true;
		return false;
	}
	if (memchr(line.ptr, 0, line.len)) return fail(head, fault_nul);
	while (line.len && (line.ptr[line.len - 1] == '\n' || line.ptr[line.len - 1] == '\r'))
		line.len--;
	if (head->done) return true;
	if (!head->started) return take_status(head, line, arena);
	if (line.len == 0) return end_section(head);
	return is_blank(line.ptr[0]) ? take_folded(head, line, arena) : take_field(head, line, arena);
}

struct http_fields http_head_take(struct http_head *head, struct arena *arena)
{
	struct http_fields fields = {NULL, (uint32_t)head->fields.count};
	if (fields.count > 0) {
		fields.items = arena_alloc(arena, fields.count * sizeof *fields.items);
		memcpy(fields.items, head->fields.items, fields.count * sizeof *fields.items);
	}
	vec_release(&head->fields);
	return fields;
}
