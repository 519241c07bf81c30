/* SPDX-License-Identifier: EUPL-1.2 */
/* Which objects were made, and which of them are gone, by the exchanges in their order. */
#include "rule/leftover.h"

#include "base/vec.h"
#include "doc/doc.h"
#include "doc/strmap.h"

struct made {
	struct str url;
	const struct exchange *exchange;
	bool gone, doubtful; /* `doubtful`: it may be of somebody else, and was left alone */
	struct text why;     /* of doubtful */
};

struct search {
	struct arena *arena;
	const struct str *endpoints;
	const struct owned *owned;
	uint32_t endpoint_count;
	struct strmap index; /* URL to its place in `all` */
	struct {
		struct made *items;
		size_t count, capacity;
	} all;
	uint32_t doubtful; /* of `all` */
};

static bool is_below(const struct search *search, struct str url)
{
	for (uint32_t i = 0; i < search->endpoint_count; i++) {
		struct str base = search->endpoints[i];
		if (base.len && str_starts(url, base) && url.len > base.len && url.ptr[base.len] == '/') return true;
	}
	return false;
}

/* Calls `tell` for each text that is a member of the object in the body; nothing when it is none. */
static void each_text(struct search *search, struct str body,
		void (*tell)(struct search *search, struct str key, struct str value, void *context), void *context)
{
	struct err err;
	err_init(&err, search->arena);
	struct doc *doc = body.len ? doc_of(STR("body"), body, &err) : NULL;
	if (!doc) return;
	for (uint32_t i = 0; doc->root->kind == NODE_OBJECT && i < node_count(doc->root); i++) {
		const struct node *member = node_at(doc->root, i);
		if (member->kind == NODE_STRING) tell(search, node_key(member), node_text(member), context);
	}
	doc_close(doc);
}

static void take_url(struct search *search, struct str key, struct str value, void *context)
{
	struct str *url = context;
	if (str_eq(key, STR("url"))) *url = str_copy(search->arena, value);
}

static void add_made(struct search *search, const struct exchange *exchange)
{
	struct str url = STR("");
	const struct http_field *location = http_field_find(&exchange->response.fields, STR("location"));
	each_text(search, exchange->response.body, take_url, &url);
	if (!url.len && location) url = location->value;
	if (!is_below(search, url)) return;
	if (strmap_get(&search->index, url)) return;
	struct made made = {.url = url, .exchange = exchange};
	made.doubtful = owned_find(search->owned, url, &made.why) == OWNED_DOUBTFUL;
	search->doubtful += made.doubtful;
	strmap_put(&search->index, url, (uint32_t)search->all.count);
	*vec_push(&search->all) = made;
}

static void note(struct search *search, const struct exchange *exchange)
{
	uint32_t status = exchange->response.status;
	if (exchange->inbound || !is_below(search, exchange->request.url)) return;
	bool removes = str_eq(exchange->request.method, STR("DELETE")) && status >= 200 && status < 300;
	bool reads = str_eq(exchange->request.method, STR("DELETE")) || str_eq(exchange->request.method, STR("GET"));
	uint32_t *place = strmap_get(&search->index, exchange->request.url);
	if (str_eq(exchange->request.method, STR("POST")) && status == 201)
		add_made(search, exchange);
	else if (place && (removes || (reads && (status == 404 || status == 410))))
		search->all.items[*place].gone = true;
}

static void look_for_gone(struct search *search, struct str key, struct str value, void *context)
{
	struct made *made = context;
	(void)key;
	uint32_t *place = strmap_get(&search->index, value);
	if (place && search->all.items[*place].gone) made->gone = true;
}

/* The first of them, by language: those in doubt with the reason. */
static struct str list_of(const struct search *search, bool doubtful, enum lang lang)
{
	struct strbuf list;
	uint32_t shown = 0;
	strbuf_init(&list, SIZE_MAX / 2);
	for (size_t i = 0; i < search->all.count && shown < LEFTOVERS_TOLD; i++) {
		const struct made *made = &search->all.items[i];
		if (made->doubtful != doubtful || (made->gone && !doubtful)) continue;
		strbuf_printf(&list, "%s%.*s", shown++ ? ", " : "", STR_FMT(made->url));
		struct str why = text_in(made->why, lang);
		if (doubtful) strbuf_printf(&list, " (%.*s)", STR_FMT(why));
	}
	struct str urls = str_copy(search->arena, strbuf_str(&list));
	strbuf_release(&list);
	return urls;
}

static struct text told(const struct search *search, uint32_t left)
{
	bool more = left > LEFTOVERS_TOLD;
	return text_printf(search->arena,
			"%u of the objects that were made at the service were not seen to be removed: %.*s%s%.0s; remove them by hand",
			"van %u objecten die bij de dienst zijn gemaakt is niet gezien dat zij verwijderd zijn: %.*s%.0s%s; verwijder ze "
			"met de hand",
			left, STR_FMT(list_of(search, false, LANG_EN)), more ? " and others" : "", more ? " en andere" : "");
}

static struct text unknown(const struct search *search, struct text before)
{
	bool more = search->doubtful > LEFTOVERS_TOLD;
	struct text list = {{list_of(search, true, LANG_EN), list_of(search, true, LANG_NL)}};
	const char *between = before.in[LANG_EN].len > 0 ? "; " : "";
	struct strbuf out[2];
	struct text text;
	strbuf_init(&out[LANG_EN], SIZE_MAX / 2);
	strbuf_init(&out[LANG_NL], SIZE_MAX / 2);
	strbuf_printf(&out[LANG_EN],
			"%.*s%s%u objects that the service gave as new may be of somebody else, and were not removed: %.*s%s; look at "
			"them before anything is removed",
			STR_FMT(before.in[LANG_EN]), between, search->doubtful, STR_FMT(list.in[LANG_EN]),
			more ? " and others" : "");
	strbuf_printf(&out[LANG_NL],
			"%.*s%s%u objecten die de dienst als nieuw gaf kunnen van een ander zijn, en zijn niet verwijderd: %.*s%s; bekijk "
			"ze voordat er iets verwijderd wordt",
			STR_FMT(before.in[LANG_NL]), between, search->doubtful, STR_FMT(list.in[LANG_NL]),
			more ? " en andere" : "");
	for (int lang = 0; lang < 2; lang++) {
		text.in[lang] = str_copy(search->arena, strbuf_str(&out[lang]));
		strbuf_release(&out[lang]);
	}
	return text;
}

struct text leftover_text(const struct evidence *evidence, const struct str *endpoints, uint32_t endpoint_count,
		const struct owned *owned, struct arena *arena)
{
	struct search search = {.arena = arena, .endpoints = endpoints, .owned = owned, .endpoint_count = endpoint_count};
	uint32_t left = 0;
	for (size_t i = 0; i < evidence->kept.count; i++)
		note(&search, evidence->kept.items[i]);
	/* Parents were made before what hangs on them, so one time through is enough. */
	for (size_t i = 0; i < search.all.count; i++) {
		struct made *made = &search.all.items[i];
		if (!made->gone) each_text(&search, made->exchange->request.body, look_for_gone, made);
		left += !made->gone && !made->doubtful;
	}
	struct text text = TEXT("", "");
	if (left) text = told(&search, left);
	if (search.doubtful) text = unknown(&search, text);
	strmap_release(&search.index);
	vec_release(&search.all);
	return text;
}
