/* Reading service descriptors. */
#include "rule/service.h"

#include "base/io.h"
#include "base/limits.h"
#include "doc/pointer.h"
#include "doc/uri.h"
#include "doc/uri_path.h"
#include "rule/fields.h"

enum { AUTH_COUNT = AUTH_ZGW_JWT + 1 };

const char *const auth_names[] = {"none", "bearer", "basic", "api-key", "zgw-jwt"};

static const char *const descriptor_fields[] = {"keur", "service", "standards", "waivers", NULL};
static const char *const service_fields[] = {"name", "version", "vendor", "products", "catalogue", NULL};
static const char *const vendor_fields[] = {"name", "oin", NULL};
static const char *const claim_fields[] = {
		"id", "version", "role", "endpoint", "openapi", "auth", "client-certificate", "options", "data", NULL};
static const char *const auth_fields[] = {
		"type", "client-id", "user-id", "user-representation", "username", "header", "query", "secret", NULL};
static const char *const certificate_fields[] = {"certificate", "key", "password", NULL};
static const char *const secret_fields[] = {"env", "file", NULL};
static const char *const waiver_fields[] = {"requirement", "at", "reason", "approved-by", "until", NULL};
static const char *const role_names[] = {"provider", "consumer"};

struct reader {
	struct service *service;
	struct arena *arena;
	struct secret_reader *secrets;
	struct err *err;
	uint32_t claim; /* at hand */
};

static struct fields fields_for(const struct reader *reader, const char *what)
{
	return (struct fields){.doc = reader->service->doc, .what = what, .arena = reader->arena, .err = reader->err};
}

static struct loc loc_of(const struct reader *reader, const struct node *node)
{
	struct loc loc = source_loc(reader->service->doc->source, node->start);
	loc.file = str_copy(reader->arena, loc.file);
	return loc;
}

/* A path in the descriptor is seen from its folder. */
static struct str beside(const struct reader *reader, struct str path)
{
	struct str base = reader->service->doc->source->name;
	const char *slash = base.len ? memrchr(base.ptr, '/', base.len) : NULL;
	if (!slash || (path.len && path.ptr[0] == '/')) return path;
	struct str joined = str_printf(reader->arena, "%.*s%.*s", (int)(slash - base.ptr) + 1, base.ptr, STR_FMT(path));
	return path_normalize(joined, reader->arena);
}

static struct str trim_line_end(struct str value)
{
	while (value.len && (value.ptr[value.len - 1] == '\n' || value.ptr[value.len - 1] == '\r'))
		value.len--;
	return value;
}

static bool fail_secret_file(const struct reader *reader, const struct fields *fields, struct text why)
{
	struct loc loc = loc_of(reader, node_member(fields->object, STR("file")));
	*reader->err = (struct err){.arena = reader->err->arena, .code = ERR_RULES, .loc = loc};
	reader->err->message = (struct text){{[LANG_EN] = str_printf(reader->arena, "the file of this secret %.*s",
												  STR_FMT(why.in[LANG_EN])),
			[LANG_NL] = str_printf(reader->arena, "het bestand van dit geheim %.*s", STR_FMT(why.in[LANG_NL]))}};
	return false;
}

static bool read_secret_file(
		const struct reader *reader, const struct fields *fields, struct str path, struct secret *secret)
{
	struct err why;
	struct str bytes;
	err_init(&why, reader->arena);
	if (!io_read(reader->arena, beside(reader, path).ptr, LIMIT_SECRET_BYTES, &bytes, &why))
		return fail_secret_file(reader, fields, why.message);
	secret->value = trim_line_end(bytes);
	return true;
}

static bool read_secret_env(
		const struct reader *reader, const struct fields *fields, struct str name, struct secret *secret)
{
	secret->value = reader->secrets ? reader->secrets->env(reader->secrets, name, reader->arena) : (struct str){0};
	return secret->value.ptr ||
		   fields_fail(fields, node_member(fields->object, STR("env")),
				   "environment variable %.*s is not set; it holds the secret of this service",
				   "omgevingsvariabele %.*s is niet gezet; daarin staat het geheim van deze dienst", STR_FMT(name));
}

/* {env: NAME} or {file: PATH}: a descriptor is shared and kept, so it never holds the secret itself. */
static bool read_secret(
		struct reader *reader, const struct fields *parent, const char *name, bool required, struct secret *secret)
{
	const struct node *value = node_member(parent->object, str_of(name));
	struct fields fields = fields_for(reader, name);
	struct str env = {0}, file = {0};
	if (value && value->kind != NODE_OBJECT)
		return fields_fail(parent, value,
				"field '%s' of %s: a secret may not stand in the descriptor; expected {env: NAME} or {file: PATH}",
				"veld '%s' van %s: een geheim mag niet in de descriptor staan; verwacht {env: NAAM} of {file: PAD}",
				name, parent->what);
	if (!fields_value(parent, name, NODE_OBJECT, required, &value)) return false;
	if (!value) return true;
	if (!fields_open(&fields, value, secret_fields) || !fields_string(&fields, "env", false, &env) ||
			!fields_string(&fields, "file", false, &file))
		return false;
	if ((env.len > 0) == (file.len > 0))
		return fields_fail(&fields, value, "field '%s': expected either env or file, and not both",
				"veld '%s': verwacht env of file, en niet allebei", name);
	secret->label = str_printf(reader->arena, "standards/%u/%s", reader->claim, name);
	struct str placeholder = reader->secrets ? reader->secrets->placeholder : (struct str){NULL, 0};
	secret->value = placeholder;
	bool ok = placeholder.ptr != NULL;
	if (!ok && env.len) ok = read_secret_env(reader, &fields, env, secret);
	if (!ok && file.len) ok = read_secret_file(reader, &fields, file, secret);
	if (ok && secret->value.len == 0)
		return fields_fail(&fields, value, "field '%s': the secret is empty", "veld '%s': het geheim is leeg", name);
	if (ok) reader->service->secrets[reader->service->secret_count++] = *secret;
	return ok;
}

/* What the descriptor says of credentials, before it is known whether it fits together. */
struct auth_parts {
	int kind;
	struct str client_id, user_name, header, query;
	struct secret secret;
};

/* What does not belong to a type is a misunderstanding that would fail later, elsewhere. */
static bool auth_fields_belong(const struct fields *fields, int kind)
{
	static const struct {
		const char *name;
		int kind;
	} of_kind[] = {{"client-id", AUTH_ZGW_JWT}, {"user-id", AUTH_ZGW_JWT}, {"user-representation", AUTH_ZGW_JWT},
			{"username", AUTH_BASIC}, {"header", AUTH_API_KEY}, {"query", AUTH_API_KEY}};
	for (size_t i = 0; i < sizeof of_kind / sizeof *of_kind; i++) {
		const struct node *member = node_member(fields->object, str_of(of_kind[i].name));
		if (!member || member->kind == NODE_NULL || kind == of_kind[i].kind) continue;
		return fields_fail(fields, member, "auth of type %s has no field '%s'; remove it",
				"auth van type %s heeft geen veld '%s'; verwijder het", auth_names[kind], of_kind[i].name);
	}
	return true;
}

static bool auth_is_complete(const struct fields *fields, const struct auth_parts *parts)
{
	const char *type = auth_names[parts->kind];
	bool has_secret = parts->secret.value.ptr != NULL;
	if (has_secret && parts->kind == AUTH_NONE)
		return fields_fail(fields, fields->object, "auth of type %s has no field 'secret'; remove it",
				"auth van type %s heeft geen veld 'secret'; verwijder het", type);
	if (!has_secret && parts->kind != AUTH_NONE)
		return fields_fail(fields, fields->object, "auth of type %s needs a field 'secret'",
				"auth van type %s heeft een veld 'secret' nodig", type);
	if (parts->kind == AUTH_BASIC && !parts->user_name.len)
		return fields_fail(fields, fields->object, "auth of type %s needs a field 'username'",
				"auth van type %s heeft een veld 'username' nodig", type);
	if (parts->kind == AUTH_ZGW_JWT && !parts->client_id.len)
		return fields_fail(fields, fields->object, "auth of type %s needs a field 'client-id'",
				"auth van type %s heeft een veld 'client-id' nodig", type);
	if (parts->kind == AUTH_API_KEY && (parts->header.len > 0) == (parts->query.len > 0))
		return fields_fail(fields, fields->object, "auth of type %s needs either header or query, its name",
				"auth van type %s heeft header of query nodig, de naam ervan", type);
	return true;
}

static struct str name_of(const struct auth_parts *parts)
{
	if (parts->kind == AUTH_BASIC) return parts->user_name;
	if (parts->kind == AUTH_ZGW_JWT) return parts->client_id;
	return parts->header.len ? parts->header : parts->query;
}

static bool read_auth(struct reader *reader, const struct node *node, struct claim *claim)
{
	struct fields fields = fields_for(reader, "auth");
	struct auth_parts parts = {.kind = AUTH_NONE};
	struct http_auth *auth = &claim->auth;
	if (!node) return true;
	if (!fields_open(&fields, node, auth_fields) ||
			!fields_choice(&fields, "type", auth_names, AUTH_COUNT, true, &parts.kind) ||
			!fields_string(&fields, "client-id", false, &parts.client_id) ||
			!fields_string(&fields, "user-id", false, &auth->user_id) ||
			!fields_string(&fields, "user-representation", false, &auth->user_representation) ||
			!fields_string(&fields, "username", false, &parts.user_name) ||
			!fields_string(&fields, "header", false, &parts.header) ||
			!fields_string(&fields, "query", false, &parts.query) ||
			!read_secret(reader, &fields, "secret", false, &parts.secret) || !auth_fields_belong(&fields, parts.kind) ||
			!auth_is_complete(&fields, &parts))
		return false;
	auth->kind = (enum http_auth_kind)parts.kind;
	auth->name = name_of(&parts);
	auth->in_query = parts.query.len > 0;
	auth->secret = parts.secret.value;
	claim->auth_label = parts.secret.label;
	return true;
}

static bool read_certificate(struct reader *reader, const struct node *node, struct http_auth *auth)
{
	struct fields fields = fields_for(reader, "client-certificate");
	struct secret password = {0};
	if (!node) return true;
	if (!fields_open(&fields, node, certificate_fields) ||
			!fields_string(&fields, "certificate", true, &auth->certificate) ||
			!fields_string(&fields, "key", true, &auth->key) ||
			!read_secret(reader, &fields, "password", false, &password))
		return false;
	auth->certificate = beside(reader, auth->certificate);
	auth->key = beside(reader, auth->key);
	auth->key_password = password.value;
	return true;
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
	return loc_of(reader, member ? member : object);
}

static bool read_claim_parts(struct reader *reader, const struct fields *fields, struct claim *claim)
{
	const struct node *auth, *certificate;
	if (!fields_value(fields, "auth", NODE_OBJECT, false, &auth) ||
			!fields_value(fields, "client-certificate", NODE_OBJECT, false, &certificate) ||
			!fields_value(fields, "options", NODE_OBJECT, false, &claim->options) ||
			!fields_value(fields, "data", NODE_OBJECT, false, &claim->data))
		return false;
	return read_auth(reader, auth, claim) && read_certificate(reader, certificate, &claim->auth) &&
		   check_options(fields, claim->options);
}

static bool read_claim(struct reader *reader, const struct node *node, struct claim *claim)
{
	struct fields fields = fields_for(reader, "standards");
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
	if (!claim->endpoint.len && !claim->openapi.len)
		return fields_fail(&fields, node, "standard %.*s has neither endpoint nor openapi: there is nothing to test",
				"standaard %.*s heeft geen endpoint en geen openapi: er is niets te toetsen", STR_FMT(claim->id));
	if (claim->openapi.len && !uri_is_http(claim->openapi)) claim->openapi = beside(reader, claim->openapi);
	claim->loc = loc_of(reader, node);
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
	service->secrets = arena_zalloc(reader->arena, 2 * (size_t)list->len * sizeof *service->secrets);
	for (reader->claim = 0; reader->claim < list->len; reader->claim++)
		if (!read_claim(reader, &list->children[reader->claim], &service->claims[service->claim_count++])) return false;
	return true;
}

static bool read_waiver(struct reader *reader, const struct node *node, struct waiver *waiver)
{
	struct fields fields = fields_for(reader, "waiver");
	waiver->loc = loc_of(reader, node);
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
	struct fields fields = fields_for(reader, "service"), vendor = fields_for(reader, "vendor");
	const struct node *maker, *products;
	return fields_open(&fields, node, service_fields) && fields_string(&fields, "name", true, &service->name) &&
		   fields_string(&fields, "version", true, &service->version) &&
		   fields_string(&fields, "catalogue", false, &service->catalogue) &&
		   fields_value(&fields, "products", NODE_ARRAY, false, &products) &&
		   read_products(reader, &fields, products) && fields_value(&fields, "vendor", NODE_OBJECT, true, &maker) &&
		   fields_open(&vendor, maker, vendor_fields) && fields_string(&vendor, "name", true, &service->vendor) &&
		   fields_string(&vendor, "oin", false, &service->oin);
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
	struct reader reader = {service, arena, secrets, err, 0};
	struct fields fields = {.doc = doc, .what = "service.yaml", .arena = arena, .err = err};
	const struct node *identity, *claims, *waivers;
	service->doc = doc;
	bool ok = fields_no_key_twice(&fields) && fields_open(&fields, doc->root, descriptor_fields) &&
			  check_form(&fields) && fields_value(&fields, "service", NODE_OBJECT, true, &identity) &&
			  read_identity(&reader, identity) && fields_value(&fields, "standards", NODE_ARRAY, true, &claims) &&
			  read_claims(&reader, &fields, claims) && fields_value(&fields, "waivers", NODE_ARRAY, false, &waivers) &&
			  read_waivers(&reader, &fields, waivers);
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
