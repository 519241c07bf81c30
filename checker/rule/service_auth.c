/* SPDX-License-Identifier: EUPL-1.2 */
/* Credentials in service descriptors, and where their secrets are found. */
#include "base/io.h"
#include "base/limits.h"
#include "rule/service_private.h"

enum { AUTH_COUNT = AUTH_ZGW_JWT + 1 };

const char *const auth_names[] = {"none", "bearer", "basic", "api-key", "zgw-jwt"};

static const char *const auth_fields[] = {
		"type", "client-id", "user-id", "user-representation", "username", "header", "query", "secret", NULL};
static const char *const certificate_fields[] = {"certificate", "key", "password", NULL};
static const char *const secret_fields[] = {"env", "file", NULL};

static struct str trim_line_end(struct str value)
{
	while (value.len && (value.ptr[value.len - 1] == '\n' || value.ptr[value.len - 1] == '\r'))
		value.len--;
	return value;
}

static bool fail_secret_file(const struct reader *reader, const struct fields *fields, struct text why)
{
	struct loc loc = service_loc(reader, node_member(fields->object, STR("file")));
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
	if (!io_read(reader->arena, service_beside(reader, path).ptr, LIMIT_SECRET_BYTES, &bytes, &why))
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
	struct fields fields = service_fields(reader, name);
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
	secret->label = str_printf(reader->arena, "standards/%u/%s%.*s%s%s", reader->claim,
			reader->client.len ? "clients/" : "", STR_FMT(reader->client), reader->client.len ? "/" : "", name);
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

bool service_read_auth(
		struct reader *reader, const struct node *node, const char *name, struct http_auth *auth, struct str *label)
{
	struct fields fields = service_fields(reader, name);
	struct auth_parts parts = {.kind = AUTH_NONE};
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
	*label = parts.secret.label;
	return true;
}

bool service_read_certificate(struct reader *reader, const struct node *node, struct http_auth *auth)
{
	struct fields fields = service_fields(reader, "client-certificate");
	struct secret password = {0};
	if (!node) return true;
	if (!fields_open(&fields, node, certificate_fields) ||
			!fields_string(&fields, "certificate", true, &auth->certificate) ||
			!fields_string(&fields, "key", true, &auth->key) ||
			!read_secret(reader, &fields, "password", false, &password))
		return false;
	auth->certificate = service_beside(reader, auth->certificate);
	auth->key = service_beside(reader, auth->key);
	auth->key_password = password.value;
	return true;
}
