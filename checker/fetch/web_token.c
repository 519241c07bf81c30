/* SPDX-License-Identifier: EUPL-1.2 */
/* Reading JSON Web Tokens. */
#include "fetch/web_token.h"

#include <strings.h>

#include "doc/doc.h"
#include "fetch/base64.h"

enum { TOKEN_BYTES = 16 << 10 };

/* A part that is a JSON object, decoded; ptr NULL when it is none. */
static struct str read_part(struct str part, struct arena *arena)
{
	struct strbuf text;
	struct err err;
	struct str json = {NULL, 0};
	strbuf_init(&text, TOKEN_BYTES);
	err_init(&err, arena);
	bool ok = part.len && base64_decode(&text, part) && !text.overflow;
	struct doc *doc = ok ? doc_of(STR("token.json"), strbuf_str(&text), &err) : NULL;
	if (doc && doc->format == DOC_JSON && doc->root->kind == NODE_OBJECT) json = str_copy(arena, strbuf_str(&text));
	doc_close(doc);
	strbuf_release(&text);
	return json;
}

struct str web_token_of(const struct http_fields *fields, struct arena *arena)
{
	static const struct str none = {"", 0};
	const struct http_field *field = http_field_find(fields, STR("authorization"));
	if (!field || field->value.len > TOKEN_BYTES || field->value.len < 7) return none;
	if (strncasecmp(field->value.ptr, "bearer ", 7) != 0) return none;
	struct str token = str_skip(field->value, 7);
	size_t first = str_find(token, '.');
	struct str rest = str_skip(token, first + 1);
	size_t second = str_find(rest, '.');
	if (second == rest.len) return none;
	struct str header = read_part((struct str){token.ptr, first}, arena);
	struct str payload = header.ptr ? read_part((struct str){rest.ptr, second}, arena) : header;
	if (!payload.ptr) return none;
	return str_printf(arena, "{\"header\":%.*s,\"payload\":%.*s}", STR_FMT(header), STR_FMT(payload));
}
