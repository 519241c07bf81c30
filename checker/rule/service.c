/* SPDX-License-Identifier: EUPL-1.2 */
/* Reading service descriptors. */
#include "rule/service.h"

#include "base/limits.h"
#include "doc/pointer.h"
#include "doc/uri.h"
#include "doc/uri_path.h"
#include "rule/service_counterpart.h"
#include "rule/service_private.h"

static const char *const descriptor_fields[] = {"keur", "service", "standards", "counterpart", "waivers", NULL};
static const char *const product_fields[] = {"name", "version", "vendor", "products", "catalogue", NULL};
static const char *const vendor_fields[] = {"name", "oin", NULL};
static const char *const claim_fields[] = {"id", "version", "role", "endpoint", "openapi", "auth", "clients",
		"client-certificate", "consumer", "options", "data", NULL};
static const char *const waiver_fields[] = {"requirement", "at", "reason", "approved-by", "until", NULL};
static const char *const role_names[] = {"provider", "consumer"};

struct fields service_fields(const struct reader *reader, const char *what)
{
	return (struct fields){.doc = reader->service->doc, .what = what, .arena = reader->arena, .err = reader->err};
}

struct loc service_loc(const struct reader *reader, const struct node *node)
{
	struct loc loc = source_loc(reader->service->doc->source, node->start);
	loc.file = str_copy(reader->arena, loc.file);
	return loc;
}

/* A path in the descriptor is seen from its folder. */
struct str service_beside(const struct reader *reader, struct str path)
{
	struct str base = reader->service->doc->source->name;
	const char *slash = base.len ? memrchr(base.ptr, '/', base.len) : NULL;
	if (!slash || (path.len && path.ptr[0] == '/')) return path;
	struct str joined = str_printf(reader->arena, "%.*s%.*s", (int)(slash - base.ptr) + 1, base.ptr, STR_FMT(path));
	return path_normalize(joined, reader->arena);
}

/* The part of a URL that says which host, "api.example.nl:8443", and whoever stands before it with @. */
static struct str host_of(struct str url)
{
	struct str rest = str_skip(url, str_find_str(url, STR("://")) + 3);
	for (size_t i = 0; i < rest.len; i++)
		if (strchr("/?#", rest.ptr[i])) return (struct str){rest.ptr, i};
	return rest;
}

static bool has_user(struct str url)
{
	struct str host = host_of(url);
	return uri_is_http(url) && str_find(host, '@') < host.len;
}

bool service_is_base(struct str url)
{
	struct str host = host_of(url);
	return uri_is_http(url) && str_find(url, '#') == url.len && str_find(url, '?') == url.len && host.len &&
		   host.ptr[0] != ':' && !has_user(url);
}

/* What stands before @ may be a password: it is not repeated. */
static bool check_user(const struct fields *fields, const char *name, struct str url)
{
	return !has_user(url) ||
		   fields_fail(fields, node_member(fields->object, str_of(name)),
				   "field '%s': no name or password belongs in a URL; give credentials under `auth`",
				   "veld '%s': in een URL hoort geen naam of wachtwoord; geef inloggegevens onder `auth`", name);
}

static bool check_endpoint(const struct fields *fields, struct claim *claim)
{
	if (!check_user(fields, "endpoint", claim->endpoint) || !check_user(fields, "openapi", claim->openapi))
		return false;
	if (!claim->endpoint.len) return true;
	if (!service_is_base(claim->endpoint))
		return fields_fail(fields, node_member(fields->object, STR("endpoint")),
				"field 'endpoint': expected a URL such as https://api.example.nl/zaken/api/v1, found '%.*s'",
				"veld 'endpoint': verwacht een URL zoals https://api.example.nl/zaken/api/v1, gevonden '%.*s'",
				STR_FMT(claim->endpoint));
	while (claim->endpoint.len && claim->endpoint.ptr[claim->endpoint.len - 1] == '/')
		claim->endpoint.len--;
	return true;
}

static bool check_options(const struct fields *fields, const struct node *options)
{
	for (uint32_t i = 0; options && i < options->len; i++) {
		const struct node *option = &options->children[i];
		if (option->kind == NODE_TRUE || option->kind == NODE_FALSE) continue;
		return fields_fail(fields, option, "option '%.*s': expected true (claimed) or false (not claimed)",
				"optie '%.*s': verwacht true (geclaimd) of false (niet geclaimd)", STR_FMT(node_key(option)));
	}
	return true;
}

static struct loc loc_of_member(const struct reader *reader, const struct node *object, struct str name)
{
	const struct node *member = node_member(object, name);
	return service_loc(reader, member ? member : object);
}

/* Credentials of other clients than the usual one, by a name that scenarios know them by. */
static bool read_clients(struct reader *reader, const struct node *node, struct claim *claim)
{
	struct fields fields = service_fields(reader, "clients");
	struct str label;
	if (!node) return true;
	if (node->len > LIMIT_CLIENTS)
		return fields_fail(&fields, node, "clients: expected at most %d, found %u",
				"clients: verwacht hoogstens %d, gevonden %u", LIMIT_CLIENTS, node->len);
	claim->clients = arena_zalloc(reader->arena, (node->len + 1) * sizeof *claim->clients);
	for (uint32_t i = 0; i < node->len; i++) {
		struct http_auth *auth = &claim->clients[claim->client_count++];
		auth->client = reader->client = node_key(&node->children[i]);
		if (!service_read_auth(reader, &node->children[i], str_copy(reader->arena, auth->client).ptr, auth, &label))
			return false;
		auth->base = claim->endpoint;
	}
	reader->client = (struct str){0};
	return true;
}

static bool read_claim_parts(struct reader *reader, const struct fields *fields, struct claim *claim)
{
	const struct node *auth, *clients, *certificate;
	if (!fields_value(fields, "auth", NODE_OBJECT, false, &auth) ||
			!fields_value(fields, "clients", NODE_OBJECT, false, &clients) ||
			!fields_value(fields, "client-certificate", NODE_OBJECT, false, &certificate) ||
			!fields_value(fields, "options", NODE_OBJECT, false, &claim->options) ||
			!fields_value(fields, "data", NODE_OBJECT, false, &claim->data))
		return false;
	return service_read_auth(reader, auth, "auth", &claim->auth, &claim->auth_label) &&
		   service_read_certificate(reader, certificate, &claim->auth) && read_clients(reader, clients, claim) &&
		   check_options(fields, claim->options);
}

static bool read_claim(struct reader *reader, const struct node *node, struct claim *claim)
{
	struct fields fields = service_fields(reader, "standards");
	int role = 0;
	if (!fields_open(&fields, node, claim_fields) || !fields_string(&fields, "id", true, &claim->id) ||
			!fields_string(&fields, "version", false, &claim->version) ||
			!fields_choice(&fields, "role", role_names, 2, false, &role) ||
			!fields_string(&fields, "endpoint", false, &claim->endpoint) ||
			!fields_string(&fields, "openapi", false, &claim->openapi) || !check_endpoint(&fields, claim) ||
			!read_claim_parts(reader, &fields, claim))
		return false;
	claim->role = str_of(role_names[role]);
	claim->auth.base = claim->endpoint;
	if (!service_consumer_read(&fields, role == 1, &claim->listen_seconds, &claim->listen_requests)) return false;
	if (!claim->endpoint.len && !claim->openapi.len && role == 0)
		return fields_fail(&fields, node, "standard %.*s has neither endpoint nor openapi: there is nothing to test",
				"standaard %.*s heeft geen endpoint en geen openapi: er is niets te toetsen", STR_FMT(claim->id));
	if (claim->openapi.len && !uri_is_http(claim->openapi)) claim->openapi = service_beside(reader, claim->openapi);
	claim->loc = service_loc(reader, node);
	claim->role_loc = loc_of_member(reader, node, STR("role"));
	claim->endpoint_loc = loc_of_member(reader, node, STR("endpoint"));
	claim->openapi_loc = loc_of_member(reader, node, STR("openapi"));
	claim->auth_loc = loc_of_member(reader, node, STR("auth"));
	return true;
}

static bool read_claims(struct reader *reader, const struct fields *fields, const struct node *list)
{
	struct service *service = reader->service;
	if (list->len == 0 || list->len > LIMIT_CLAIMS)
		return fields_fail(fields, list, "standards: expected 1 to %d of them, found %u",
				"standards: verwacht 1 tot %d, gevonden %u", LIMIT_CLAIMS, list->len);
	service->claims = arena_zalloc(reader->arena, list->len * sizeof *service->claims);
	service->secrets = arena_zalloc(reader->arena, (2 + LIMIT_CLIENTS) * (size_t)list->len * sizeof *service->secrets);
	for (reader->claim = 0; reader->claim < list->len; reader->claim++)
		if (!read_claim(reader, &list->children[reader->claim], &service->claims[service->claim_count++])) return false;
	return true;
}

static bool read_waiver(struct reader *reader, const struct node *node, struct waiver *waiver)
{
	struct fields fields = service_fields(reader, "waiver");
	waiver->loc = service_loc(reader, node);
	if (!fields_open(&fields, node, waiver_fields) ||
			!fields_string(&fields, "requirement", true, &waiver->requirement) ||
			!fields_string(&fields, "at", false, &waiver->at) ||
			!fields_string(&fields, "reason", true, &waiver->reason) ||
			!fields_string(&fields, "approved-by", true, &waiver->approved_by) ||
			!fields_date(&fields, "until", true, &waiver->until))
		return false;
	return !waiver->at.len || waiver->at.ptr[0] == '/' ||
		   fields_fail(&fields, node_member(node, STR("at")),
				   "field 'at': expected a JSON Pointer such as /servers/0, found '%.*s'",
				   "veld 'at': verwacht een JSON Pointer zoals /servers/0, gevonden '%.*s'", STR_FMT(waiver->at));
}

static bool read_waivers(struct reader *reader, const struct fields *fields, const struct node *list)
{
	struct service *service = reader->service;
	if (!list) return true;
	if (list->len > LIMIT_WAIVERS)
		return fields_fail(fields, list, "waivers: expected at most %d of them, found %u",
				"waivers: verwacht hoogstens %d, gevonden %u", LIMIT_WAIVERS, list->len);
	service->waivers = arena_zalloc(reader->arena, list->len * sizeof *service->waivers);
	for (uint32_t i = 0; i < list->len; i++)
		if (!read_waiver(reader, &list->children[i], &service->waivers[service->waiver_count++])) return false;
	return true;
}

static bool read_products(struct reader *reader, const struct fields *fields, const struct node *list)
{
	struct service *service = reader->service;
	if (!list) return true;
	service->products = arena_zalloc(reader->arena, list->len * sizeof *service->products);
	for (uint32_t i = 0; i < list->len; i++) {
		const struct node *product = &list->children[i];
		if (product->kind != NODE_STRING || product->len == 0)
			return fields_fail(fields, product, "products: expected the URI of a product%s",
					"products: verwacht de URI van een product%s", "");
		service->products[service->product_count++] = str_copy(reader->arena, node_text(product));
	}
	return true;
}

static bool read_identity(struct reader *reader, const struct node *node)
{
	struct service *service = reader->service;
	struct fields fields = service_fields(reader, "service"), vendor = service_fields(reader, "vendor");
	const struct node *maker, *products;
	return fields_open(&fields, node, product_fields) && fields_string(&fields, "name", true, &service->name) &&
		   fields_string(&fields, "version", true, &service->version) &&
		   fields_string(&fields, "catalogue", false, &service->catalogue) &&
		   fields_value(&fields, "products", NODE_ARRAY, false, &products) &&
		   read_products(reader, &fields, products) && fields_value(&fields, "vendor", NODE_OBJECT, true, &maker) &&
		   fields_open(&vendor, maker, vendor_fields) && fields_string(&vendor, "name", true, &service->vendor) &&
		   fields_string(&vendor, "oin", false, &service->oin);
}

static bool read_counterpart(struct reader *reader, const struct fields *fields, const struct node *node)
{
	struct service *service = reader->service;
	if (!service_counterpart_read(fields, node, &service->counterpart, &service->counterpart_loc)) return false;
	struct str url = service->counterpart.url;
	return !url.len || service_is_base(url) ||
		   fields_fail(fields, node_member(node, STR("url")),
				   "field 'url': expected a URL such as https://keur.example.nl, found '%.*s'",
				   "veld 'url': verwacht een URL zoals https://keur.example.nl, gevonden '%.*s'", STR_FMT(url));
}

static bool check_form(const struct fields *fields)
{
	const struct node *form = NULL;
	if (!fields_value(fields, "keur", NODE_NUMBER, true, &form)) return false;
	return str_eq(node_text(form), STR("1")) ||
		   fields_fail(fields, form, "field 'keur': expected 1, the form of this descriptor, found %.*s",
				   "veld 'keur': verwacht 1, de vorm van deze descriptor, gevonden %.*s", STR_FMT(node_text(form)));
}

bool service_is(const struct doc *doc)
{
	return doc->root->kind == NODE_OBJECT && node_member(doc->root, STR("keur"));
}

const struct service *service_read(
		struct arena *arena, const struct doc *doc, struct secret_reader *secrets, struct err *err)
{
	struct service *service = arena_zalloc(arena, sizeof *service);
	struct reader reader = {.service = service, .arena = arena, .secrets = secrets, .err = err};
	struct fields fields = {.doc = doc, .what = "service.yaml", .arena = arena, .err = err};
	const struct node *identity, *claims, *waivers, *counterpart;
	service->doc = doc;
	bool ok = fields_no_key_twice(&fields) && fields_open(&fields, doc->root, descriptor_fields) &&
			  check_form(&fields) && fields_value(&fields, "service", NODE_OBJECT, true, &identity) &&
			  read_identity(&reader, identity) && fields_value(&fields, "standards", NODE_ARRAY, true, &claims) &&
			  read_claims(&reader, &fields, claims) &&
			  fields_value(&fields, "counterpart", NODE_OBJECT, false, &counterpart) &&
			  read_counterpart(&reader, &fields, counterpart) &&
			  fields_value(&fields, "waivers", NODE_ARRAY, false, &waivers) && read_waivers(&reader, &fields, waivers);
	return ok ? service : NULL;
}

static struct str token_of(struct str pointer)
{
	struct str rest = str_skip(pointer, 1);
	return (struct str){rest.ptr, str_find(rest, '/')};
}

bool waiver_covers(struct str at, struct str pointer)
{
	while (at.len) {
		struct str wanted = token_of(at), found = token_of(pointer);
		if (pointer.len == 0 || (!str_eq(wanted, STR("*")) && !str_eq(wanted, found))) return false;
		at = str_skip(at, wanted.len + 1);
		pointer = str_skip(pointer, found.len + 1);
	}
	return true;
}
