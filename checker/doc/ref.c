/* SPDX-License-Identifier: EUPL-1.2 */
/* `$ref`: finding them all, reading the documents that they name, and following them to their ends. */
#include "doc/ref.h"

#include "base/limits.h"
#include "base/vec.h"
#include "doc/openapi_data.h"
#include "doc/pointer.h"
#include "doc/ref_private.h"
#include "doc/uri_path.h"

/* A document that was asked for: `doc` is NULL when it could not be read. */
struct known_doc {
	const struct doc *doc;
	struct str path; /* normalized, or a URL */
	struct text *why;
	enum ref_problem_kind kind; /* when it could not be read */
};

struct resolver {
	struct refs *refs;
	struct doc_loader *loader; /* NULL: none */
	struct {
		struct known_doc *items;
		size_t count, capacity;
	} docs;
	struct {
		struct ref_entry *items;
		size_t count, capacity;
	} entries; /* in document order */
	struct {
		const struct node **items;
		size_t count, capacity;
	} shared; /* children of aliases that were scanned: open addressing */
	uint32_t to_report;
};

const struct node *ref_member(const struct node *node)
{
	if (node->kind != NODE_OBJECT) return NULL;
	const struct node *reference = node_member(node, STR("$ref"));
	return reference && reference->kind != NODE_OBJECT ? reference : NULL;
}

static size_t hash_address(const void *address)
{
	return (size_t)(((uintptr_t)address >> 3) * 0x9E3779B97F4A7C15u >> 24);
}

static bool shared_insert(const struct node **slots, size_t capacity, const struct node *children)
{
	size_t slot = hash_address(children) & (capacity - 1);
	while (slots[slot] && slots[slot] != children)
		slot = (slot + 1) & (capacity - 1);
	if (slots[slot]) return false;
	slots[slot] = children;
	return true;
}

/* What aliases share is scanned once: returns whether these children are new. */
static bool first_visit(struct resolver *r, const struct node *children)
{
	if ((r->shared.count + 1) * 2 > r->shared.capacity) {
		size_t capacity = r->shared.capacity ? r->shared.capacity * 2 : 64;
		const struct node **slots = mem_resize(NULL, capacity, sizeof(*slots));
		memset(slots, 0, capacity * sizeof(*slots));
		for (size_t i = 0; i < r->shared.capacity; i++)
			if (r->shared.items[i]) shared_insert(slots, capacity, r->shared.items[i]);
		free(r->shared.items);
		r->shared.items = slots;
		r->shared.capacity = capacity;
	}
	bool fresh = shared_insert(r->shared.items, r->shared.capacity, children);
	r->shared.count += fresh;
	return fresh;
}

/* A container on the way down, and the names that lead to it. */
struct scanned {
	const struct node *node;
	struct str name, above;
	bool in_data;
};

/* Collects the references below a container in document order. Nesting is bounded by LIMIT_DEPTH. */
static void scan(struct resolver *r, const struct doc *doc, struct scanned at)
{
	const struct node *node = at.node;
	if (ref_member(node)) *vec_push(&r->entries) = (struct ref_entry){.node = node, .doc = doc, .in_data = at.in_data};
	if (node->len == 0 || ((node->flags & NODE_SHARED) && !first_visit(r, node->children))) return;
	for (uint32_t i = 0; i < node->len; i++) {
		const struct node *child = &node->children[i];
		if (!node_is_container(child)) continue;
		struct scanned next = {child, node_key(child), at.name, at.in_data};
		if (!next.in_data) next.in_data = openapi_is_data(at.above, at.name, child);
		scan(r, doc, next);
	}
}

static void scan_root(struct resolver *r, const struct doc *doc)
{
	if (node_is_container(doc->root)) scan(r, doc, (struct scanned){doc->root, {"", 0}, {"", 0}, false});
}

static void close_doc(void *doc)
{
	doc_close(doc);
}

/* Reads the document at `path`, which is new, or notes why that cannot be done. */
static const struct known_doc *read_doc(struct resolver *r, struct str path, bool remote)
{
	struct arena *arena = r->refs->arena;
	struct err err;
	err_init(&err, arena);
	struct doc *doc = remote ? r->loader->load(r->loader, path, &err) : doc_open(path.ptr, &err);
	struct known_doc known = {.doc = doc, .path = path, .kind = REF_UNREADABLE};
	if (doc) {
		arena_on_free(arena, close_doc, doc);
		scan_root(r, doc);
	} else {
		known.why = arena_alloc(arena, sizeof *known.why);
		*known.why = err.message;
		if (remote && err.code == ERR_IO) known.kind = REF_REMOTE;
	}
	*vec_push(&r->docs) = known;
	return &r->docs.items[r->docs.count - 1];
}

static const struct known_doc *find_doc(struct resolver *r, struct str path, bool remote)
{
	for (size_t i = 0; i < r->docs.count; i++)
		if (str_eq(r->docs.items[i].path, path)) return &r->docs.items[i];
	return r->docs.count < LIMIT_DOCUMENTS ? read_doc(r, path, remote) : NULL;
}

static void entry_fail(struct resolver *r, struct ref_entry *entry, enum ref_problem_kind kind)
{
	entry->state = ENTRY_BAD;
	entry->kind = kind;
	entry->to_report = !entry->in_data;
	r->to_report += entry->to_report;
}

/* Finds the document of entry number `i`; reading one may add entries, and move them. */
static void entry_locate(struct resolver *r, size_t i)
{
	struct str before, fragment, path;
	struct ref_entry *entry = &r->entries.items[i];
	if (ref_member(entry->node)->kind != NODE_STRING) {
		entry_fail(r, entry, REF_MALFORMED);
		return;
	}
	uri_split(node_text(ref_member(entry->node)), &before, &fragment);
	entry->target.doc = entry->doc;
	enum uri_place place = uri_to_path(before, entry->doc->source->name, r->refs->arena, &path);
	if (place == URI_SAME) return;
	/* What stands in an example is no reason to ask a server. */
	bool unasked = place == URI_REMOTE && (!r->loader || entry->in_data) && !str_eq(path, r->docs.items[0].path);
	if (place == URI_MALFORMED || unasked) {
		entry_fail(r, entry, unasked ? REF_REMOTE : REF_MALFORMED);
		return;
	}
	const struct known_doc *known = find_doc(r, path, place == URI_REMOTE);
	entry = &r->entries.items[i];
	if (known) entry->target.doc = known->doc;
	if (known) entry->why = known->why;
	if (!known)
		entry_fail(r, entry, REF_LIMIT);
	else if (!known->doc)
		entry_fail(r, entry, known->kind);
}

static void index_entries(struct refs *refs)
{
	uint32_t capacity = 16;
	while (capacity < refs->entry_count * 2)
		capacity *= 2;
	refs->slots = arena_zalloc(refs->arena, capacity * sizeof *refs->slots);
	refs->slot_count = capacity;
	for (uint32_t i = 0; i < refs->entry_count; i++) {
		size_t slot = hash_address(refs->entries[i].node) & (capacity - 1);
		while (refs->slots[slot])
			slot = (slot + 1) & (capacity - 1);
		refs->slots[slot] = i + 1;
	}
}

struct ref_entry *ref_entry_find(const struct refs *refs, const struct node *node)
{
	size_t slot = hash_address(node) & (refs->slot_count - 1);
	for (; refs->slots[slot]; slot = (slot + 1) & (refs->slot_count - 1))
		if (refs->entries[refs->slots[slot] - 1].node == node) return &refs->entries[refs->slots[slot] - 1];
	return NULL;
}

static bool entry_resolve(struct resolver *r, struct ref_entry *entry, int hops);

/* A walk down a document, through references on the way. */
struct descent {
	struct ref_entry *entry; /* whose reference is followed */
	struct target at;
	struct strbuf way; /* pointer of `at` */
	int hops;
};

/* When the walk stands at an object with a `$ref`, moves on to its end. False when that leads nowhere. */
static bool hop(struct resolver *r, struct descent *d)
{
	struct ref_entry *next = d->at.node->kind == NODE_OBJECT ? ref_entry_find(r->refs, d->at.node) : NULL;
	if (!next) return true;
	if (next->state == ENTRY_OPEN || d->hops >= LIMIT_REF_HOPS) {
		entry_fail(r, d->entry, next->state == ENTRY_OPEN ? REF_RING : REF_LIMIT);
		return false;
	}
	if (!entry_resolve(r, next, d->hops + 1)) {
		d->entry->state = ENTRY_BAD;
		return false;
	}
	d->at = next->target;
	strbuf_clear(&d->way);
	strbuf_add(&d->way, d->at.pointer);
	return true;
}

/* One token down. */
static bool step_down(struct resolver *r, struct descent *d, struct str *pointer)
{
	struct str token;
	const struct node *child = NULL;
	if (pointer_next(pointer, r->refs->arena, &token)) child = pointer_child(d->at.node, token);
	if (child) pointer_add_token(&d->way, token);
	if (!child || d->way.overflow) {
		entry_fail(r, d->entry, child ? REF_LIMIT : REF_DANGLING);
		return false;
	}
	d->at.node = child;
	return true;
}

static bool descend(struct resolver *r, struct ref_entry *entry, struct str pointer, int hops)
{
	struct descent d = {.entry = entry, .at = {entry->target.doc, entry->target.doc->root, STR("")}, .hops = hops};
	strbuf_init(&d.way, LIMIT_MESSAGE_BYTES);
	bool ok = true;
	while (ok && pointer.len > 0)
		ok = hop(r, &d) && step_down(r, &d, &pointer);
	ok = ok && hop(r, &d);
	if (ok) {
		entry->target = d.at;
		entry->target.pointer = str_copy(r->refs->arena, strbuf_str(&d.way));
	}
	strbuf_release(&d.way);
	return ok;
}

/* Follows one reference to its end. Recursion is bounded by LIMIT_REF_HOPS. */
static bool entry_resolve(struct resolver *r, struct ref_entry *entry, int hops)
{
	if (entry->state != ENTRY_NEW) return entry->state == ENTRY_DONE;
	entry->state = ENTRY_OPEN;
	struct str before, fragment, pointer;
	uri_split(node_text(ref_member(entry->node)), &before, &fragment);
	bool sound = pointer_decode_fragment(fragment.ptr ? fragment : STR(""), r->refs->arena, &pointer);
	if (!sound || (pointer.len > 0 && pointer.ptr[0] != '/')) {
		entry_fail(r, entry, REF_MALFORMED);
		return false;
	}
	if (!descend(r, entry, pointer, hops)) return false;
	entry->state = ENTRY_DONE;
	return true;
}

static void publish_docs(struct resolver *r)
{
	struct refs *refs = r->refs;
	refs->docs = arena_alloc(refs->arena, r->docs.count * sizeof *refs->docs);
	for (size_t i = 0; i < r->docs.count; i++)
		if (r->docs.items[i].doc) refs->docs[refs->doc_count++] = r->docs.items[i].doc;
}

struct refs *refs_new(struct arena *arena, const struct doc *main)
{
	return refs_new_with(arena, main, NULL);
}

static struct str name_of(const struct doc *doc, struct arena *arena)
{
	struct str name = doc->source->name;
	return uri_is_url(name) ? name : path_normalize(name, arena);
}

struct refs *refs_new_with(struct arena *arena, const struct doc *main, struct doc_loader *loader)
{
	struct refs *refs = arena_zalloc(arena, sizeof *refs);
	*refs = (struct refs){.arena = arena, .main = main};
	struct resolver r = {.refs = refs, .loader = loader};
	*vec_push(&r.docs) = (struct known_doc){.doc = main, .path = name_of(main, arena)};
	scan_root(&r, main);
	for (size_t i = 0; i < r.entries.count; i++)
		entry_locate(&r, i);

	refs->entry_count = (uint32_t)r.entries.count;
	refs->entries = arena_alloc(arena, r.entries.count * sizeof *refs->entries);
	if (r.entries.count) memcpy(refs->entries, r.entries.items, r.entries.count * sizeof *refs->entries);
	index_entries(refs);
	for (uint32_t i = 0; i < refs->entry_count; i++)
		entry_resolve(&r, &refs->entries[i], 0);
	publish_docs(&r);
	ref_problems_collect(refs, r.to_report);
	vec_release(&r.docs);
	vec_release(&r.entries);
	vec_release(&r.shared);
	return refs;
}

struct refs *refs_plain(struct arena *arena, const struct doc *main)
{
	struct refs *refs = arena_zalloc(arena, sizeof *refs);
	*refs = (struct refs){.arena = arena, .main = main, .doc_count = 1};
	refs->docs = arena_alloc(arena, sizeof *refs->docs);
	refs->docs[0] = main;
	return refs;
}

const struct target *refs_target(const struct refs *refs, const struct node *node)
{
	struct ref_entry *entry = node->kind == NODE_OBJECT && refs->entry_count ? ref_entry_find(refs, node) : NULL;
	return entry && entry->state == ENTRY_DONE ? &entry->target : NULL;
}

const struct node *view_member(const struct view *view, const struct node *container, struct str key)
{
	const struct node *seen = view_value(view, container);
	return seen ? view_value(view, node_member(seen, key)) : NULL;
}
