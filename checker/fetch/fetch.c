/* SPDX-License-Identifier: EUPL-1.2 */
/* Fetching documents. */
#include "fetch/fetch.h"

#include <time.h>

#include "base/limits.h"
#include "base/vec.h"
#include "fetch/origin.h"

enum { MS_PER_S = 1000, NS_PER_MS = 1000000, STATUS_OK = 200, STATUS_NOT_FOUND = 404, STATUS_GONE = 410 };

static const struct exchange *get(struct transport *transport, struct str url, struct str step, struct arena *arena)
{
	struct http_field accept = {STR("Accept"), STR("application/json, application/yaml, */*;q=0.5")};
	struct http_request request = {.method = STR("GET"), .url = url, .fields = {&accept, 1}};
	/* A transport copies the request: an exchange lies in the arena. */
	/* cppcheck-suppress returnDanglingLifetime */
	return transport->send(transport, &request, step, arena);
}

/* Whether there is something to read; else why not. */
static bool is_there(const struct exchange *exchange, struct str url, struct err *err)
{
	struct loc loc = {.file = url};
	if (exchange->failure) return err_set_text(err, ERR_IO, loc, (struct text){0}, exchange->why);
	if (exchange->response.status == STATUS_OK) return true;
	return err_set(err, ERR_IO, loc, "expected a document with status 200, found status %u",
			"verwacht: een document met status 200; gevonden: status %u", exchange->response.status);
}

/* The URL that a response came from. Behind a redirect it loses its query, in which the transport may have put an API
 * key: a name ends up in reports. */
static struct str name_of(const struct exchange *exchange, struct str asked)
{
	struct str url = exchange->request.url;
	return exchange->follows ? (struct str){url.ptr, str_find(url, '?')} : asked;
}

bool fetch_doc(struct transport *transport, struct str url, struct str step, struct arena *arena, struct fetched *out,
		struct err *err)
{
	*out = (struct fetched){.last = get(transport, url, step, arena)};
	if (!is_there(out->last, url, err)) return false;
	out->doc = doc_of(name_of(out->last, url), out->last->response.body, err);
	return out->doc != NULL;
}

static bool is_openapi(const struct doc *doc)
{
	if (doc->root->kind != NODE_OBJECT) return false;
	return node_member(doc->root, STR("openapi")) || node_member(doc->root, STR("swagger"));
}

/* One place; what came of it is added to both lists when it is not the document. */
static bool try_place(struct transport *transport, struct str url, struct str step, struct arena *arena,
		struct fetched *out, struct strbuf tried[LANG_COUNT])
{
	struct err why;
	err_init(&why, arena);
	if (fetch_doc(transport, url, step, arena, out, &why) && is_openapi(out->doc)) return true;
	if (out->doc) {
		err_set(&why, ERR_SYNTAX, (struct loc){0}, "a document without %s", "een document zonder %s", "openapi");
		doc_close(out->doc);
		out->doc = NULL;
	}
	for (int lang = 0; lang < LANG_COUNT; lang++)
		strbuf_printf(&tried[lang], "%s%.*s: %.*s", tried[lang].len ? "\n" : "", STR_FMT(url),
				STR_FMT(text_in(why.message, (enum lang)lang)));
	return false;
}

static bool fail_everywhere(const struct text *tried, struct str base, struct err *err)
{
	struct text before = TEXT("no OpenAPI document was found; publish it as openapi.json below the base of the API, or "
							  "name its URL. Tried: ",
			"er is geen OpenAPI-document gevonden; publiceer het als openapi.json onder de basis van de API, of noem de "
			"URL. Geprobeerd: ");
	return err_set_text(err, ERR_IO, (struct loc){.file = base}, before, *tried);
}

static bool is_unreachable(enum http_failure failure)
{
	return failure == FAILURE_NAME || failure == FAILURE_ADDRESS || failure == FAILURE_CONNECT ||
		   failure == FAILURE_TIMEOUT || failure == FAILURE_CERTIFICATE || failure == FAILURE_TLS ||
		   failure == FAILURE_PROXY || failure == FAILURE_URL;
}

static bool is_absent(const struct exchange *exchange)
{
	uint32_t status = exchange->response.status;
	return !exchange->failure && (status == STATUS_NOT_FOUND || status == STATUS_GONE);
}

bool fetch_openapi(struct transport *transport, struct str base, struct str step, struct arena *arena,
		struct fetched *out, struct err *err)
{
	static const char *const places[] = {"openapi.json", "openapi.yaml", "schema/openapi.yaml", "schema/openapi.json"};
	struct strbuf tried[LANG_COUNT];
	for (int lang = 0; lang < LANG_COUNT; lang++)
		strbuf_init(&tried[lang], LIMIT_MESSAGE_BYTES);
	while (base.len && base.ptr[base.len - 1] == '/')
		base.len--;
	bool found = false;
	const struct exchange *telling = NULL;
	*out = (struct fetched){0};
	for (size_t i = 0; i < sizeof places / sizeof *places && !found; i++) {
		if (out->last && is_unreachable(out->last->failure)) break;
		struct str url = str_printf(arena, "%.*s/%s", STR_FMT(base), places[i]);
		found = try_place(transport, url, step, arena, out, tried);
		if (!telling && !is_absent(out->last)) telling = out->last;
	}
	if (!found && telling) out->last = telling;
	struct text told;
	for (int lang = 0; lang < LANG_COUNT; lang++)
		told.in[lang] = strbuf_take(&tried[lang], arena);
	out->tried = told;
	return found || fail_everywhere(&told, base, err);
}

/* What came of a URL. */
struct remote {
	struct str url, name, bytes;
	struct text why; /* empty: it is there */
	struct str dead; /* the host, when it could not be reached */
};

struct loader {
	struct doc_loader loader;
	struct arena *arena;
	struct transport *transport;
	struct str step;
	struct {
		struct remote *items;
		size_t count, capacity;
	} known;
	size_t bytes; /* of all of them */
	double ms;    /* that asking for them took */
};

static struct str host_of(struct str url, struct arena *arena)
{
	struct origin origin;
	struct text why;
	return origin_of(url, &origin, &why, arena) ? origin_text(&origin, arena) : (struct str){NULL, 0};
}

static double now_ms(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec * MS_PER_S + (double)now.tv_nsec / NS_PER_MS;
}

static const struct remote *ask(struct loader *loader, struct str url)
{
	struct arena *arena = loader->arena;
	double before = now_ms();
	const struct exchange *exchange = get(loader->transport, url, loader->step, arena);
	/* A replay takes no time: what the recording says it took counts, so that it ends where that ended. */
	double took = now_ms() - before;
	loader->ms += exchange->timing.total > took ? exchange->timing.total : took;
	struct err err;
	err_init(&err, arena);
	struct remote remote = {.url = str_copy(arena, url)};
	if (is_there(exchange, url, &err)) {
		remote.name = name_of(exchange, remote.url);
		remote.bytes = exchange->response.body;
		loader->bytes += remote.bytes.len;
	} else {
		remote.why = err.message;
		if (is_unreachable(exchange->failure)) remote.dead = host_of(remote.url, arena);
	}
	*vec_push(&loader->known) = remote;
	return &loader->known.items[loader->known.count - 1];
}

static bool is_spent(const struct loader *loader, struct str url, struct err *err)
{
	struct loc loc = {.file = url};
	if (loader->known.count >= LIMIT_REMOTE_DOCUMENTS || loader->bytes > LIMIT_REMOTE_BYTES) {
		err_set(err, ERR_LIMIT, loc, "more than %d documents, or %d MiB of them, at URLs; bundle them into one",
				"meer dan %d documenten, of %d MiB daarvan, op URL's; bundel ze tot één", LIMIT_REMOTE_DOCUMENTS,
				LIMIT_REMOTE_BYTES >> 20);
		return true;
	}
	if (loader->ms < LIMIT_REMOTE_MS) return false;
	err_set(err, ERR_LIMIT, loc,
			"not asked for any more: the documents at URLs before it took %d s together; bundle them into one",
			"niet meer opgevraagd: de documenten op URL's ervoor duurden samen %d s; bundel ze tot één",
			LIMIT_REMOTE_MS / MS_PER_S);
	return true;
}

static const struct remote *find(struct loader *loader, struct str url, struct err *err)
{
	for (size_t i = 0; i < loader->known.count; i++)
		if (str_eq(loader->known.items[i].url, url)) return &loader->known.items[i];
	struct str host = host_of(url, loader->arena);
	for (size_t i = 0; i < loader->known.count; i++)
		if (host.len && str_eq(loader->known.items[i].dead, host)) return &loader->known.items[i];
	return is_spent(loader, url, err) ? NULL : ask(loader, url);
}

static struct doc *load(struct doc_loader *self, struct str url, struct err *err)
{
	const struct remote *remote = find((struct loader *)self, url, err);
	if (!remote) return NULL;
	if (remote->why.in[LANG_EN].len == 0) return doc_of(remote->name, remote->bytes, err);
	err_set_text(err, ERR_IO, (struct loc){.file = url}, (struct text){0}, remote->why);
	return NULL;
}

static void forget(void *self)
{
	vec_release(&((struct loader *)self)->known);
}

struct doc_loader *fetch_loader_new(struct arena *arena, struct transport *transport, struct str step)
{
	struct loader *loader = arena_zalloc(arena, sizeof *loader);
	*loader = (struct loader){.loader = {load}, .arena = arena, .transport = transport, .step = str_copy(arena, step)};
	arena_on_free(arena, forget, loader);
	return &loader->loader;
}

bool fetch_is_publication(struct str url)
{
	struct str path = {url.ptr, str_find(url, '?')};
	return str_ends(path, STR("/openapi.json")) || str_ends(path, STR("/openapi.yaml"));
}
