/* SPDX-License-Identifier: EUPL-1.2 */
/* What of a message goes over the wire, in words that two documents share. */
#include "base/limits.h"
#include "engine/wsdl_compare_private.h"

/* Names in a list, separated by white space. */
static void split_names(struct str list, struct strmap *names)
{
	for (struct str rest = list; rest.len;) {
		size_t end = 0;
		while (end < rest.len && !memchr(" \t\r\n", rest.ptr[end], 4))
			end++;
		if (end) strmap_put(names, (struct str){rest.ptr, end}, 0);
		rest = str_skip(rest, end + 1);
	}
}

/* Which parts of the message are not in the body: those that are headers, or not in the list. */
struct selection {
	struct strmap listed, headers;
	bool has_list;
};

static struct selection select_parts(const struct wsdl_message *message, const struct wsdl_body *body)
{
	struct selection selection = {.has_list = body->parts.ptr != NULL};
	if (selection.has_list) split_names(body->parts, &selection.listed);
	for (uint32_t i = 0; i < body->header_count && !selection.has_list; i++)
		if (body->headers[i].message == message) strmap_put(&selection.headers, body->headers[i].part, 0);
	return selection;
}

static bool is_selected(const struct selection *selection, struct str name)
{
	if (selection->has_list) return strmap_get(&selection->listed, name) != NULL;
	return strmap_get(&selection->headers, name) == NULL;
}

static void add_name(struct strbuf *out, struct wsdl_name name)
{
	if (name.space.len) strbuf_printf(out, "{%.*s}", STR_FMT(name.space));
	strbuf_add(out, name.local);
}

/* Parts with a type are named on the wire when the style is rpc. */
static void add_part(struct strbuf *out, const struct wsdl_part *part, bool rpc)
{
	if (out->len) strbuf_add(out, STR(", "));
	if (rpc) strbuf_printf(out, "%.*s: ", STR_FMT(part->name));
	if (part->element.local.ptr) {
		add_name(out, part->element);
		return;
	}
	strbuf_add(out, STR("type "));
	add_name(out, part->type);
}

static bool is_known(const struct wsdl_part *part)
{
	if (part->element.local.ptr) return part->element.space.ptr != NULL;
	return part->type.local.ptr && part->type.space.ptr;
}

static bool spend(struct wsdl_comparison *comparison, size_t bytes)
{
	if (bytes <= comparison->budget) {
		comparison->budget -= bytes;
		return true;
	}
	comparison->spent = true;
	return false;
}

struct str wsdl_content(struct wsdl_comparison *comparison, const struct wsdl_bound *bound, const struct wsdl_io *io,
		const struct wsdl_body *body)
{
	const struct wsdl_message *message = io->message;
	bool rpc = str_eq(bound->bound->style, STR("rpc")), known = message != NULL;
	if (!message || !spend(comparison, (size_t)message->part_count * 32 + body->parts.len))
		return (struct str){NULL, 0};
	struct selection selection = select_parts(message, body);
	struct strbuf out;
	strbuf_init(&out, LIMIT_MESSAGE_BYTES);
	for (uint32_t i = 0; i < message->part_count && !out.overflow; i++) {
		const struct wsdl_part *part = &message->parts[i];
		if (!is_selected(&selection, part->name)) continue;
		known = known && is_known(part);
		add_part(&out, part, rpc);
	}
	if (rpc) strbuf_printf(&out, " in {%.*s}%.*s", STR_FMT(body->space), STR_FMT(bound->bound->name));
	known = known && !out.overflow && spend(comparison, out.len);
	struct str content = known ? str_copy(comparison->scratch, strbuf_str(&out)) : (struct str){NULL, 0};
	strbuf_release(&out);
	strmap_release(&selection.listed);
	strmap_release(&selection.headers);
	return content;
}

struct wsdl_at wsdl_content_at(const struct wsdl_io *io)
{
	const struct wsdl_message *message = io->message;
	if (!message) return io->at;
	if (message->part_count != 1) return message->at;
	const struct wsdl_part *part = &message->parts[0];
	const xmlNode *attribute = wsdl_attribute_node(part->at.node, NULL, part->element.local.ptr ? "element" : "type");
	return (struct wsdl_at){part->at.doc, attribute ? attribute : part->at.node};
}
