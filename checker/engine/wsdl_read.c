/* SPDX-License-Identifier: EUPL-1.2 */
/* Messages and port types of a WSDL; names that lead nowhere. */
#include "engine/wsdl_read.h"

#include "base/limits.h"

#define WSAM_SPACE "http://www.w3.org/2007/05/addressing/metadata"
#define WSAW_SPACE "http://www.w3.org/2006/05/addressing/wsdl"

uint32_t wsdl_count(const xmlNode *parent, const char *local)
{
	uint32_t count = 0;
	for (const xmlNode *child = parent->children; child; child = child->next)
		count += wsdl_is(child, WSDL_SPACE, local);
	return count;
}

void wsdl_remark(struct wsdl_reader *reader, struct wsdl_at at, bool import, struct text message)
{
	if (import) reader->wsdl->whole = false;
	if (reader->problems.count >= LIMIT_DIAGNOSTICS) return;
	*vec_push(&reader->problems) = (struct wsdl_problem){import, message, at};
}

void wsdl_remark_name(struct wsdl_reader *reader, const xmlNode *node, const char *attribute, struct wsdl_name name)
{
	const xmlNode *at = wsdl_attribute_node(node, NULL, attribute);
	struct wsdl_at place = wsdl_here(reader, at ? at : node);
	if (!reader->wsdl->whole && name.space.ptr) return;
	if (name.space.ptr)
		wsdl_remark(reader, place, false,
				text_printf(reader->arena, "%s \"%.*s\" leads nowhere: neither this WSDL nor what it imports has it",
						"%s \"%.*s\" verwijst naar niets: noch deze WSDL, noch wat zij importeert heeft het", attribute,
						STR_FMT(wsdl_clark(reader->arena, name))));
	else
		wsdl_remark(reader, place, false,
				text_printf(reader->arena, "%s \"%.*s\" has a prefix that is not declared",
						"%s \"%.*s\" heeft een voorvoegsel dat niet gedeclareerd is", attribute, STR_FMT(name.local)));
}

static struct wsdl_name own_name(const struct wsdl_reader *reader, const xmlNode *node)
{
	struct str name = wsdl_attribute(reader->arena, node, NULL, "name");
	return (struct wsdl_name){reader->space, name.ptr ? name : STR("")};
}

/* The first of a name counts; what has it again is never reached by that name. */
void wsdl_remember(struct wsdl_reader *reader, struct strmap *map, struct wsdl_name name, uint32_t number)
{
	struct str key = wsdl_clark(reader->arena, name);
	if (!strmap_get(map, key)) strmap_put(map, key, number);
}

static void read_part(struct wsdl_reader *reader, const xmlNode *node, struct wsdl_part *part)
{
	struct str element = wsdl_attribute(reader->arena, node, NULL, "element");
	struct str type = wsdl_attribute(reader->arena, node, NULL, "type");
	*part = (struct wsdl_part){
			.name = wsdl_attribute(reader->arena, node, NULL, "name"), .at = wsdl_here(reader, node)};
	if (!part->name.ptr) part->name = STR("");
	if (element.ptr) part->element = wsdl_qname(node, element, reader->arena);
	if (type.ptr) part->type = wsdl_qname(node, type, reader->arena);
	if (element.ptr && !part->element.space.ptr) wsdl_remark_name(reader, node, "element", part->element);
	if (type.ptr && !part->type.space.ptr) wsdl_remark_name(reader, node, "type", part->type);
}

static void read_message(struct wsdl_reader *reader, const xmlNode *node, struct wsdl_message *message)
{
	uint32_t count = wsdl_count(node, "part");
	*message = (struct wsdl_message){.name = own_name(reader, node),
			.parts = arena_alloc(reader->arena, count * sizeof *message->parts),
			.at = wsdl_here(reader, node)};
	for (const xmlNode *child = node->children; child; child = child->next)
		if (wsdl_is(child, WSDL_SPACE, "part")) read_part(reader, child, &message->parts[message->part_count++]);
}

const struct wsdl_message *wsdl_message_find(const struct wsdl_reader *reader, struct wsdl_name name)
{
	if (!name.space.ptr) return NULL;
	const uint32_t *number = strmap_get(&reader->messages, wsdl_clark(reader->arena, name));
	return number ? &reader->wsdl->messages[*number] : NULL;
}

static void read_io(struct wsdl_reader *reader, const xmlNode *node, struct wsdl_io *io)
{
	struct arena *arena = reader->arena;
	struct str message = wsdl_attribute(arena, node, NULL, "message");
	*io = (struct wsdl_io){.name = wsdl_attribute(arena, node, NULL, "name"),
			.message_name = wsdl_qname(node, message.ptr ? message : STR(""), arena),
			.action = wsdl_attribute(arena, node, WSAM_SPACE, "Action"),
			.at = wsdl_here(reader, node)};
	if (!io->action.ptr) io->action = wsdl_attribute(arena, node, WSAW_SPACE, "Action");
	io->message = wsdl_message_find(reader, io->message_name);
	if (!io->message) wsdl_remark_name(reader, node, "message", io->message_name);
}

static const struct wsdl_io *read_one(struct wsdl_reader *reader, const xmlNode *operation, const char *local)
{
	const xmlNode *node = wsdl_find(operation->children, WSDL_SPACE, local);
	if (!node) return NULL;
	struct wsdl_io *io = arena_alloc(reader->arena, sizeof *io);
	read_io(reader, node, io);
	return io;
}

static void read_operation(struct wsdl_reader *reader, const xmlNode *node, struct wsdl_operation *operation)
{
	*operation = (struct wsdl_operation){.name = own_name(reader, node).local,
			.input = read_one(reader, node, "input"),
			.output = read_one(reader, node, "output"),
			.faults = arena_alloc(reader->arena, wsdl_count(node, "fault") * sizeof *operation->faults),
			.at = wsdl_here(reader, node)};
	for (const xmlNode *child = node->children; child; child = child->next)
		if (wsdl_is(child, WSDL_SPACE, "fault")) read_io(reader, child, &operation->faults[operation->fault_count++]);
}

struct str wsdl_operation_key(struct arena *arena, uint32_t port_type, struct str name)
{
	return str_printf(arena, "%u %.*s", port_type, STR_FMT(name));
}

static void read_port_type(struct wsdl_reader *reader, const xmlNode *node, uint32_t number)
{
	struct wsdl_port_type *type = &reader->wsdl->port_types[number];
	*type = (struct wsdl_port_type){.name = own_name(reader, node),
			.operations = arena_alloc(reader->arena, wsdl_count(node, "operation") * sizeof *type->operations),
			.at = wsdl_here(reader, node)};
	for (const xmlNode *child = node->children; child; child = child->next) {
		if (!wsdl_is(child, WSDL_SPACE, "operation")) continue;
		struct wsdl_operation *operation = &type->operations[type->operation_count];
		read_operation(reader, child, operation);
		struct str key = wsdl_operation_key(reader->arena, number, operation->name);
		if (!strmap_get(&reader->operations, key)) strmap_put(&reader->operations, key, type->operation_count);
		type->operation_count++;
	}
}

static void enter(struct wsdl_reader *reader, const struct doc *doc)
{
	reader->doc = doc;
	reader->space = wsdl_attribute(reader->arena, wsdl_definitions(doc), NULL, "targetNamespace");
	if (!reader->space.ptr) reader->space = STR("");
}

static uint32_t count_all(const struct wsdl *wsdl, const char *local)
{
	uint32_t count = 0;
	for (uint32_t i = 0; i < wsdl->doc_count; i++)
		count += wsdl_count(wsdl_definitions(wsdl->docs[i]), local);
	return count;
}

static void read_messages(struct wsdl_reader *reader)
{
	struct wsdl *wsdl = reader->wsdl;
	wsdl->messages = arena_alloc(reader->arena, count_all(wsdl, "message") * sizeof *wsdl->messages);
	for (uint32_t i = 0; i < wsdl->doc_count; i++) {
		enter(reader, wsdl->docs[i]);
		for (const xmlNode *child = wsdl_definitions(reader->doc)->children; child; child = child->next) {
			if (!wsdl_is(child, WSDL_SPACE, "message")) continue;
			struct wsdl_message *message = &wsdl->messages[wsdl->message_count];
			read_message(reader, child, message);
			wsdl_remember(reader, &reader->messages, message->name, wsdl->message_count++);
		}
	}
}

static void read_port_types(struct wsdl_reader *reader)
{
	struct wsdl *wsdl = reader->wsdl;
	wsdl->port_types = arena_alloc(reader->arena, count_all(wsdl, "portType") * sizeof *wsdl->port_types);
	for (uint32_t i = 0; i < wsdl->doc_count; i++) {
		enter(reader, wsdl->docs[i]);
		for (const xmlNode *child = wsdl_definitions(reader->doc)->children; child; child = child->next) {
			if (!wsdl_is(child, WSDL_SPACE, "portType")) continue;
			read_port_type(reader, child, wsdl->port_type_count);
			wsdl_remember(
					reader, &reader->port_types, wsdl->port_types[wsdl->port_type_count].name, wsdl->port_type_count);
			wsdl->port_type_count++;
		}
	}
}

static void keep_problems(struct wsdl_reader *reader)
{
	struct wsdl *wsdl = reader->wsdl;
	wsdl->problem_count = (uint32_t)reader->problems.count;
	wsdl->problems = arena_alloc(reader->arena, reader->problems.count * sizeof *wsdl->problems);
	if (wsdl->problem_count)
		memcpy(wsdl->problems, reader->problems.items, reader->problems.count * sizeof *wsdl->problems);
	vec_release(&reader->problems);
}

void wsdl_read(struct wsdl_reader *reader)
{
	struct wsdl *wsdl = reader->wsdl;
	read_messages(reader);
	read_port_types(reader);
	wsdl->bindings = arena_alloc(reader->arena, count_all(wsdl, "binding") * sizeof *wsdl->bindings);
	for (uint32_t i = 0; i < wsdl->doc_count; i++) {
		enter(reader, wsdl->docs[i]);
		wsdl_read_bindings(reader);
	}
	for (uint32_t i = 0; i < wsdl->doc_count; i++) {
		enter(reader, wsdl->docs[i]);
		wsdl_read_ports(reader);
	}
	keep_problems(reader);
	strmap_release(&reader->messages);
	strmap_release(&reader->port_types);
	strmap_release(&reader->bindings);
	strmap_release(&reader->operations);
}
