/* SPDX-License-Identifier: EUPL-1.2 */
/* Comparing faults and headers of one operation, which are sets: order and names do not go over the wire. */
#include "engine/wsdl_compare_private.h"

/* The element or type of a header; its part's name when that is not known. */
static struct str header_content(struct wsdl_comparison *comparison, const struct wsdl_header *header)
{
	const struct wsdl_message *message = header->message;
	for (uint32_t i = 0; message && i < message->part_count; i++) {
		if (comparison->budget < 64) {
			comparison->spent = true;
			break;
		}
		comparison->budget -= 64;
		const struct wsdl_part *part = &message->parts[i];
		if (!str_eq(part->name, header->part)) continue;
		return wsdl_clark(comparison->scratch, part->element.local.ptr ? part->element : part->type);
	}
	return header->part;
}

static void tell_header(struct wsdl_comparison *comparison, enum wsdl_rule rule, struct wsdl_at vendor,
		struct wsdl_at official, struct str content, bool lacking)
{
	struct wsdl_difference difference = {
			.rule = rule, .vendor = vendor, .official = official, .expected = TEXT("", "")};
	if (lacking)
		difference.message = text_printf(comparison->arena, "header %.*s of the official WSDL is lacking",
				"header %.*s van de officiële WSDL ontbreekt", STR_FMT(content));
	else
		difference.message = text_printf(comparison->arena, "header %.*s is not in the official WSDL",
				"header %.*s staat niet in de officiële WSDL", STR_FMT(content));
	wsdl_differ(comparison, &difference);
}

void wsdl_compare_headers(struct wsdl_comparison *comparison, const struct wsdl_body *vendor,
		const struct wsdl_body *official, struct wsdl_at vendor_at, struct wsdl_at official_at, bool request)
{
	/* A caller sends what the official one says: more breaks it, less does not. Of responses it is the other way. */
	enum wsdl_rule added = request ? WSDL_HEADER : WSDL_HEADER_EXTRA;
	enum wsdl_rule lacking = request ? WSDL_HEADER_EXTRA : WSDL_HEADER;
	struct strmap mine = {0}, theirs = {0};
	if (!vendor->header_count && !official->header_count) return;
	wsdl_look(comparison, WSDL_HEADER);
	wsdl_look(comparison, WSDL_HEADER_EXTRA);
	for (uint32_t i = 0; i < official->header_count; i++)
		strmap_put(&theirs, header_content(comparison, &official->headers[i]), i);
	for (uint32_t i = 0; i < vendor->header_count; i++) {
		struct str content = header_content(comparison, &vendor->headers[i]);
		if (strmap_put(&mine, content, i) && !strmap_get(&theirs, content))
			tell_header(comparison, added, vendor->headers[i].at, official_at, content, false);
	}
	for (uint32_t i = 0; i < official->header_count; i++) {
		struct str content = header_content(comparison, &official->headers[i]);
		if (strmap_put(&mine, content, i))
			tell_header(comparison, lacking, vendor_at, official->headers[i].at, content, true);
	}
	strmap_release(&mine);
	strmap_release(&theirs);
}

/* A fault of one side that the other has not, with what it holds. */
struct open_fault {
	const struct wsdl_io *io;
	struct str content;
};

struct faults {
	struct open_fault *items;
	size_t count, capacity;
};

static void gather(struct wsdl_comparison *comparison, const struct wsdl_bound *bound, struct faults *faults)
{
	static const struct wsdl_body none = {0};
	const struct wsdl_operation *operation = bound->bound->operation;
	for (uint32_t i = 0; i < operation->fault_count; i++) {
		struct str content = wsdl_content(comparison, bound, &operation->faults[i], &none);
		if (content.ptr)
			*vec_push(faults) = (struct open_fault){&operation->faults[i], content};
		else
			wsdl_undecide(comparison, WSDL_FAULT,
					TEXT("what a fault holds is not known: its name leads nowhere",
							"wat een fout bevat is niet bekend: zijn naam verwijst naar niets"));
	}
}

static void keep_those_not_in(struct faults *faults, const struct strmap *others)
{
	size_t kept = 0;
	for (size_t i = 0; i < faults->count; i++)
		if (!strmap_get(others, faults->items[i].content)) faults->items[kept++] = faults->items[i];
	faults->count = kept;
}

static void tell_changed(struct wsdl_comparison *comparison, const struct open_fault *vendor,
		const struct open_fault *official, struct str name)
{
	struct str expected = str_copy(comparison->arena, official->content);
	struct wsdl_difference difference = {.rule = WSDL_FAULT,
			.vendor = wsdl_content_at(vendor->io),
			.official = wsdl_content_at(official->io),
			.message = text_printf(comparison->arena, "a fault of operation %.*s has another content",
					"een fout van operatie %.*s heeft een andere inhoud", STR_FMT(name)),
			.expected = {{expected, expected}},
			.found = vendor->content};
	wsdl_differ(comparison, &difference);
}

static void tell_alone(struct wsdl_comparison *comparison, const struct open_fault *fault, struct wsdl_at other,
		struct str name, bool lacking)
{
	struct wsdl_difference difference = {.rule = lacking ? WSDL_FAULT_LACKING : WSDL_FAULT_ADDED,
			.vendor = lacking ? other : fault->io->at,
			.official = lacking ? fault->io->at : other,
			.expected = TEXT("", "")};
	if (lacking)
		difference.message = text_printf(comparison->arena, "operation %.*s lacks fault %.*s of the official WSDL",
				"operatie %.*s mist fout %.*s van de officiële WSDL", STR_FMT(name), STR_FMT(fault->content));
	else
		difference.message = text_printf(comparison->arena,
				"operation %.*s has fault %.*s, which the official WSDL has not",
				"operatie %.*s heeft fout %.*s, die de officiële WSDL niet heeft", STR_FMT(name),
				STR_FMT(fault->content));
	wsdl_differ(comparison, &difference);
}

static void map_faults(const struct faults *faults, struct strmap *map)
{
	for (size_t i = 0; i < faults->count; i++)
		strmap_put(map, faults->items[i].content, 0);
}

/* What is left of both sides: the same name on both is one that changed. */
static void tell_faults(struct wsdl_comparison *comparison, struct faults *mine, struct faults *theirs,
		const struct wsdl_bound *vendor, const struct wsdl_bound *official)
{
	struct strmap names = {0};
	struct str name = official->bound->name;
	for (size_t i = 0; i < theirs->count; i++)
		if (theirs->items[i].io->name.ptr) strmap_put(&names, theirs->items[i].io->name, (uint32_t)i);
	for (size_t i = 0; i < mine->count; i++) {
		struct str own = mine->items[i].io->name;
		const uint32_t *number = own.ptr ? strmap_get(&names, own) : NULL;
		if (!number || !theirs->items[*number].io) {
			tell_alone(comparison, &mine->items[i], official->bound->operation->at, name, false);
			continue;
		}
		tell_changed(comparison, &mine->items[i], &theirs->items[*number], name);
		theirs->items[*number].io = NULL;
	}
	for (size_t i = 0; i < theirs->count; i++)
		if (theirs->items[i].io) tell_alone(comparison, &theirs->items[i], vendor->bound->operation->at, name, true);
	strmap_release(&names);
}

void wsdl_compare_faults(
		struct wsdl_comparison *comparison, const struct wsdl_bound *vendor, const struct wsdl_bound *official)
{
	static const enum wsdl_rule rules[] = {WSDL_FAULT, WSDL_FAULT_LACKING, WSDL_FAULT_ADDED};
	struct faults mine = {0}, theirs = {0};
	struct strmap my_contents = {0}, their_contents = {0};
	if (!vendor->bound->operation->fault_count && !official->bound->operation->fault_count) return;
	for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
		wsdl_look(comparison, rules[i]);
	gather(comparison, vendor, &mine);
	gather(comparison, official, &theirs);
	map_faults(&mine, &my_contents);
	map_faults(&theirs, &their_contents);
	keep_those_not_in(&mine, &their_contents);
	keep_those_not_in(&theirs, &my_contents);
	tell_faults(comparison, &mine, &theirs, vendor, official);
	vec_release(&mine);
	vec_release(&theirs);
	strmap_release(&my_contents);
	strmap_release(&their_contents);
}
