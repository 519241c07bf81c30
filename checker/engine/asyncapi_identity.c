/* SPDX-License-Identifier: EUPL-1.2 */
/* Identities of AsyncAPI 2: the operationId of operations and the messageId of their messages, each given once. */
#include "doc/strmap.h"
#include "engine/asyncapi_private.h"
#include "engine/oas_model.h"

/* What is unique so far, and what to say of what is not. */
struct identities {
	const struct subject *subject;
	struct violation_sink *sink;
	struct str member; /* that holds the identity */
	struct text message;
	struct strmap seen;
};

/* Notes an identity, at `below` and, when a trait has given it, `/traits/<trait>`. */
static void note(struct identities *ids, struct str id, struct str below, const uint32_t *trait)
{
	struct arena *arena = ids->subject->arena;
	if (strmap_put(&ids->seen, id, 0)) return;
	struct str tail = trait ? oas_below(arena, "sis", STR("traits"), (unsigned)*trait, ids->member)
							: oas_below(arena, "s", ids->member);
	oas_report(ids->sink, str_printf(arena, "%.*s%.*s", STR_FMT(below), STR_FMT(tail)), ids->message);
}

/* The text of the member that holds the identity; ptr NULL when it is none. */
static struct str own_identity(const struct identities *ids, const struct node *holder)
{
	const struct node *id = oas_is_object(holder) ? view_member(ids->subject->view, holder, ids->member) : NULL;
	return id && id->kind == NODE_STRING ? node_text(id) : (struct str){NULL, 0};
}

/* The identity of an operation or a message: that of the last trait that gives one, else its own. */
static void note_holder(struct identities *ids, const struct node *holder, struct str below)
{
	const struct view *view = ids->subject->view;
	const struct node *traits = view_member(view, holder, STR("traits"));
	for (uint32_t i = oas_is_array(traits) ? traits->len : 0; i-- > 0;) {
		struct str id = own_identity(ids, view_value(view, &traits->children[i]));
		if (!id.ptr) continue;
		note(ids, id, below, &i);
		return;
	}
	struct str id = own_identity(ids, holder);
	if (id.ptr) note(ids, id, below, NULL);
}

static void note_operation(struct identities *ids, const struct node *operation, struct str below)
{
	note_holder(ids, operation, below);
}

/* A message, or each of those under `oneOf`. */
static void note_messages(struct identities *ids, const struct node *operation, struct str below)
{
	const struct view *view = ids->subject->view;
	const struct node *message = view_member(view, operation, STR("message"));
	if (!oas_is_object(message)) return;
	struct arena *arena = ids->subject->arena;
	const struct node *several = view_member(view, message, STR("oneOf"));
	if (!oas_is_array(several)) note_holder(ids, message, str_printf(arena, "%.*s/message", STR_FMT(below)));
	for (uint32_t i = 0; oas_is_array(several) && i < several->len; i++) {
		const struct node *one = view_value(view, &several->children[i]);
		if (oas_is_object(one))
			note_holder(ids, one, str_printf(arena, "%.*s/message/oneOf/%u", STR_FMT(below), (unsigned)i));
	}
}

/* Every operation of every channel, those that subscribe first: the order decides which of two is the second. */
static void each_operation(
		struct identities *ids, void (*note_one)(struct identities *, const struct node *, struct str below))
{
	static const char *const kinds[] = {"subscribe", "publish"};
	const struct view *view = ids->subject->view;
	const struct node *root = ids->subject->value;
	const struct node *channels = oas_is_object(root) ? view_member(view, root, STR("channels")) : NULL;
	for (uint32_t i = 0; oas_is_object(channels) && i < channels->len; i++) {
		const struct node *member = oas_live_member(channels, i);
		const struct node *channel = view_value(view, member);
		for (size_t k = 0; oas_is_object(channel) && k < 2; k++) {
			const struct node *operation = view_member(view, channel, str_of(kinds[k]));
			if (oas_is_object(operation))
				note_one(ids, operation,
						oas_below(ids->subject->arena, "sss", STR("channels"), node_key(member), str_of(kinds[k])));
		}
	}
	strmap_release(&ids->seen);
}

enum function_result asyncapi_message_id_evaluate(
		const void *compiled, const struct subject *subject, struct violation_sink *sink, struct err *err)
{
	(void)compiled, (void)err;
	struct identities ids = {.subject = subject,
			.sink = sink,
			.member = STR("messageId"),
			.message = TEXT("\"messageId\" must be unique across all the messages.",
					"\"messageId\" moet uniek zijn onder alle berichten.")};
	each_operation(&ids, note_messages);
	return FUNCTION_DONE;
}

enum function_result asyncapi_operation_id_evaluate(
		const void *compiled, const struct subject *subject, struct violation_sink *sink, struct err *err)
{
	(void)compiled, (void)err;
	struct identities ids = {.subject = subject,
			.sink = sink,
			.member = STR("operationId"),
			.message = TEXT("\"operationId\" must be unique across all the operations.",
					"\"operationId\" moet uniek zijn onder alle operaties.")};
	each_operation(&ids, note_operation);
	return FUNCTION_DONE;
}
