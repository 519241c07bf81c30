/* SPDX-License-Identifier: EUPL-1.2 */
/* Naming the place and the value of a subject in messages, as Spectral does. */
#include "engine/function_private.h"
#include "engine/js.h"
#include "engine/place_name.h"

struct text subject_property(const struct subject *subject)
{
	struct str name = {NULL, 0};
	if (subject->where) {
		struct physical place = step_place(subject->view, subject->where, subject->arena);
		name = place_name(&place, subject->arena);
	}
	if (name.len == 0) return TEXT("The document ", "Het document ");
	return text_printf(subject->arena, "\"%.*s\" property ", "de eigenschap \"%.*s\" ", STR_FMT(name));
}

struct str subject_value(const struct subject *subject)
{
	const struct node *value = subject->value;
	if (subject->key.ptr && subject->where) value = subject->where->node;
	return js_printed(subject->arena, value);
}

struct str subject_text(const struct subject *subject)
{
	if (subject->key.ptr) return subject->key;
	if (subject->value && subject->value->kind == NODE_STRING) return node_text(subject->value);
	return (struct str){NULL, 0};
}

/* What was there, for the reader. */
static struct str found(const struct subject *subject)
{
	if (!subject->key.ptr) return js_found(subject->arena, subject->value);
	struct node key = {.kind = NODE_STRING, .text = subject->key.ptr, .len = (uint32_t)subject->key.len};
	return js_found(subject->arena, &key);
}

void subject_report(
		const struct subject *subject, struct violation_sink *sink, struct text message, struct text expected)
{
	struct violation violation = {{"", 0}, message, expected, found(subject)};
	sink->report(sink, &violation);
}

void **session_slot(struct session *session, const void *owner)
{
	static const uint32_t most = sizeof session->kept / sizeof *session->kept;
	for (uint32_t i = 0; session && i < session->count; i++)
		if (session->kept[i].owner == owner) return &session->kept[i].state;
	if (!session || session->count == most) return NULL;
	session->kept[session->count].owner = owner;
	return &session->kept[session->count++].state;
}
