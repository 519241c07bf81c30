/* SPDX-License-Identifier: EUPL-1.2 */
/* Loading scenarios: the documents, in which order they are read, and what the scenario shows of them. */
#include "base/limits.h"
#include "base/vec.h"
#include "doc/pointer.h"
#include "doc/uri_path.h"
#include "engine/arazzo_compile.h"

static void close_doc(void *doc)
{
	doc_close(doc);
}

/* Without a loader: files beside the document that names them, and what is at URLs when that may be fetched. */
static const struct doc *open_file(struct loading *loading, struct str url, struct str base, struct err *err)
{
	struct str path, before, fragment;
	struct doc_loader *remote = loading->options ? loading->options->remote : NULL;
	uri_split(url, &before, &fragment);
	enum uri_place place = uri_to_path(before, base, loading->arena, &path);
	if (place == URI_REMOTE && remote) {
		struct doc *fetched = remote->load(remote, path, err);
		if (fetched) arena_on_free(loading->arena, close_doc, fetched);
		return fetched;
	}
	if (place != URI_FILE) {
		err_set(err, ERR_REF, (struct loc){0}, "\"%.*s\" is no file, and was not fetched",
				"\"%.*s\" is geen bestand, en is niet opgehaald", STR_FMT(url));
		return NULL;
	}
	struct doc *doc = doc_open(str_copy(loading->arena, path).ptr, err);
	if (doc) arena_on_free(loading->arena, close_doc, doc);
	return doc;
}

static const struct doc *open_source(struct loading *loading, struct str url, struct err *err)
{
	struct scenario_loader *loader = loading->options ? loading->options->loader : NULL;
	struct str base = loading->part->doc->source->name;
	if (loading->docs.count >= LIMIT_DOCUMENTS) {
		err_set(err, ERR_LIMIT, (struct loc){0}, "more than %d documents in a scenario",
				"meer dan %d documenten in een scenario", LIMIT_DOCUMENTS);
		return NULL;
	}
	const struct doc *doc = loader ? loader->open(loader, url, base, loading->arena, err)
								   : open_file(loading, url, base, err);
	return doc;
}

static const struct doc *known_doc(struct loading *loading, struct str name)
{
	for (size_t i = 0; i < loading->docs.count; i++)
		if (str_eq(loading->docs.items[i]->source->name, name)) return loading->docs.items[i];
	return NULL;
}

static bool part_register(struct loading *loading, const struct doc *doc, struct str prefix);

/* Another Arazzo document: one that is there already, or a new one. */
static bool link_arazzo(struct loading *loading, struct arazzo_source *source, const struct doc *doc)
{
	struct arazzo_document *here = loading->part;
	for (size_t i = 0; i < loading->parts.count && !source->document; i++)
		if (loading->parts.items[i]->doc == doc) source->document = loading->parts.items[i];
	if (source->document) return true;
	struct str prefix = str_printf(loading->arena, "%.*s%.*s.", STR_FMT(here->prefix), STR_FMT(source->name));
	if (!part_register(loading, doc, prefix)) return false;
	source->document = loading->parts.items[loading->parts.count - 1];
	for (size_t i = 0; i < loading->parts.count; i++)
		if (loading->parts.items[i]->doc == doc) source->document = loading->parts.items[i];
	loading->part = here;
	return true;
}

static void release_map(void *map)
{
	strmap_release(map);
}

static bool link_openapi(struct loading *loading, struct arazzo_source *source, const struct doc *doc)
{
	struct err err;
	err_init(&err, loading->arena);
	struct doc_loader *remote = loading->options ? loading->options->remote : NULL;
	struct openapi *api = openapi_new(loading->arena, refs_new_with(loading->arena, doc, remote), &err);
	if (!api) return false;
	source->api = api;
	arena_on_free(loading->arena, release_map, &source->doubled);
	for (uint32_t i = 0; i < api->operation_count; i++) {
		struct str id = api->operations[i].id;
		if (id.ptr && openapi_by_id(api, id) != &api->operations[i]) strmap_put(&source->doubled, id, i);
	}
	return true;
}

static bool link_doc(struct loading *loading, struct arazzo_source *source, const struct doc *doc)
{
	bool arazzo = node_member(doc->root, STR("arazzo")) != NULL;
	if (!known_doc(loading, doc->source->name)) *vec_push(&loading->docs) = doc;
	if (source->type == SOURCE_UNKNOWN) source->type = arazzo ? SOURCE_ARAZZO : SOURCE_OPENAPI;
	if (source->type == SOURCE_ARAZZO && arazzo) return link_arazzo(loading, source, doc);
	if (source->type == SOURCE_OPENAPI && link_openapi(loading, source, doc)) return true;
	source->missing = text_printf(loading->arena, "source description \"%.*s\": \"%.*s\" is no %s that can be used",
			"bronbeschrijving \"%.*s\": \"%.*s\" is geen bruikbaar %s-document", STR_FMT(source->name),
			STR_FMT(source->url), source->type == SOURCE_ARAZZO ? "Arazzo" : "OpenAPI");
	add_remark(loading, source->node, source->missing);
	return true;
}

static bool source_open(struct loading *loading, struct arazzo_source *source)
{
	struct err err;
	err_init(&err, loading->arena);
	if (source->type == SOURCE_WSDL) {
		source->missing = TEXT(
				"a WSDL describes no operations for steps", "een WSDL beschrijft geen operaties voor stappen");
		return true;
	}
	if (source->type == SOURCE_ASYNCAPI) {
		source->missing = TEXT("steps of AsyncAPI are not played", "stappen van AsyncAPI worden niet uitgevoerd");
		return true;
	}
	const struct doc *doc = open_source(loading, source->url, &err);
	if (doc) {
		const struct doc *known = known_doc(loading, doc->source->name);
		return link_doc(loading, source, known ? known : doc);
	}
	source->missing = text_printf(loading->arena, "source description \"%.*s\" was not read: %s%.0s",
			"bronbeschrijving \"%.*s\" is niet gelezen: %.0s%s", STR_FMT(source->name), BOTH(err.message));
	add_remark(loading, source->node, source->missing);
	return true;
}

static bool source_type(struct loading *loading, const struct node *type, enum source_type *out)
{
	static const char *const names[] = {"", "openapi", "arazzo", "asyncapi"};
	*out = SOURCE_UNKNOWN;
	for (int i = 1; type && i < 4; i++)
		if (str_eq(node_text(type), str_of(names[i]))) *out = (enum source_type)i;
	if (!type || (*out != SOURCE_UNKNOWN && (*out != SOURCE_ASYNCAPI || loading->part->is_1_1))) return true;
	return expected_error(loading, type,
			loading->part->is_1_1 ? TEXT("openapi, asyncapi or arazzo", "openapi, asyncapi of arazzo")
								  : TEXT("openapi or arazzo", "openapi of arazzo"));
}

static bool source_read_one(struct loading *loading, const struct node *node, struct arazzo_source *source)
{
	if (!shape_check(loading, node, SHAPE_SOURCE)) return false;
	const struct node *name = node_member(node, STR("name"));
	source->node = node;
	source->url = node_string_member(node, STR("url"));
	for (size_t i = 0; i < name->len; i++) {
		char c = name->text[i];
		bool fits = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
		if (!fits)
			return expected_error(loading, name,
					TEXT("a name of letters, digits, \"_\" and \"-\"",
							"een naam van letters, cijfers, \"_\" en \"-\""));
	}
	if (name->len == 0 || source_find(loading->part, node_text(name)))
		return AT_ERROR(loading, name, "source description \"%.*s\" is there twice, or has no name",
				"bronbeschrijving \"%.*s\" is er twee keer, of heeft geen naam", STR_FMT(node_text(name)));
	source->name = node_text(name);
	const struct node *ours = node_member(node, STR("x-keur-type"));
	if (ours && (ours->kind != NODE_STRING || !str_eq(node_text(ours), STR("wsdl")) || node_member(node, STR("type"))))
		return expected_error(loading, ours, TEXT("wsdl, without \"type\" beside it", "wsdl, zonder \"type\" ernaast"));
	if (ours) source->type = SOURCE_WSDL;
	return ours || source_type(loading, node_member(node, STR("type")), &source->type);
}

static bool sources_read(struct loading *loading)
{
	struct arazzo_document *part = loading->part;
	const struct node *list = node_member(part->doc->root, STR("sourceDescriptions"));
	if (!count_parts(loading, list, list->len)) return false;
	part->sources = arena_zalloc(loading->arena, list->len * sizeof *part->sources);
	for (uint32_t i = 0; i < list->len; i++) {
		if (!source_read_one(loading, &list->children[i], &part->sources[i])) return false;
		part->source_count++;
	}
	for (uint32_t i = 0; i < list->len; i++)
		if (!source_open(loading, &part->sources[i])) return false;
	return true;
}

static bool is_version(struct str text, bool *is_1_1)
{
	if (!str_starts(text, STR("1.0.")) && !str_starts(text, STR("1.1."))) return false;
	*is_1_1 = text.ptr[2] == '1';
	struct str patch = str_skip(text, 4);
	size_t digits = 0;
	while (digits < patch.len && patch.ptr[digits] >= '0' && patch.ptr[digits] <= '9')
		digits++;
	return digits > 0 && (digits == patch.len || (patch.ptr[digits] == '-' && digits + 1 < patch.len));
}

static bool head_check(struct loading *loading, const struct node *root)
{
	const struct node *version = node_member(root, STR("arazzo")), *self = node_member(root, STR("$self"));
	if (root->kind != NODE_OBJECT || !version || version->kind != NODE_STRING ||
			!is_version(node_text(version), &loading->part->is_1_1))
		return expected_error(loading, version ? version : root,
				TEXT("an Arazzo document with \"arazzo: 1.0.x\" or \"arazzo: 1.1.x\"",
						"een Arazzo-document met \"arazzo: 1.0.x\" of \"arazzo: 1.1.x\""));
	if (!shape_check(loading, root, SHAPE_DOCUMENT)) return false;
	if (!shape_check(loading, node_member(root, STR("info")), SHAPE_INFO)) return false;
	loading->part->self = self ? node_text(self) : loading->part->doc->source->name;
	if (self && str_find(node_text(self), '#') < self->len)
		return expected_error(
				loading, self, TEXT("a URI without fragment in \"$self\"", "een URI zonder \"#\" bij \"$self\""));
	return true;
}

/* Names of components, and the objects themselves, used or not. */
static bool component_check(struct loading *loading, const struct node *node, enum shape_name shape)
{
	for (size_t i = 0; i < node->key_len; i++) {
		char c = node->key[i];
		bool fits = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || strchr("._-", c);
		if (!c || !fits)
			return KEY_ERROR(loading, node, "\"%.*s\": expected a name of letters, digits, \".\", \"-\" and \"_\"",
					"\"%.*s\": verwacht werd een naam van letters, cijfers, \".\", \"-\" en \"_\"",
					STR_FMT(node_key(node)));
	}
	return shape == SHAPE_DOCUMENT || shape_check(loading, node, shape);
}

static bool components_check(struct loading *loading)
{
	static const struct {
		const char *name;
		enum shape_name shape;
	} kinds[] = {{"inputs", SHAPE_DOCUMENT}, {"parameters", SHAPE_PARAMETER}, {"successActions", SHAPE_SUCCESS_ACTION},
			{"failureActions", SHAPE_FAILURE_ACTION}};
	const struct node *components = node_member(loading->part->doc->root, STR("components"));
	loading->part->components = components;
	if (!components) return true;
	if (!shape_check(loading, components, SHAPE_COMPONENTS)) return false;
	for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
		const struct node *map = node_member(components, str_of(kinds[k].name));
		for (uint32_t i = 0; map && i < map->len; i++)
			if (!component_check(loading, &map->children[i], kinds[k].shape)) return false;
	}
	return true;
}

/* One document: checked, its workflows known by name, then all that it refers to. */
static bool part_register(struct loading *loading, const struct doc *doc, struct str prefix)
{
	struct arazzo_document *part = arena_zalloc(loading->arena, sizeof *part);
	*part = (struct arazzo_document){.doc = doc, .prefix = prefix};
	loading->part = part;
	*vec_push(&loading->parts) = part;
	return head_check(loading, doc->root) && namespaces_read(loading) && components_check(loading) &&
		   workflows_register(loading) && sources_read(loading);
}

static bool is_listed(const struct node *list, struct str name)
{
	for (uint32_t i = 0; list && i < node_count(list); i++)
		if (list->children[i].kind == NODE_STRING && str_eq(node_text(&list->children[i]), name)) return true;
	return false;
}

struct input_list {
	struct scenario_input *items;
	size_t count, capacity;
};

static void list_inputs(const struct doc *doc, const struct arazzo_workflow *workflow, struct input_list *inputs)
{
	const struct node *schema = schema_resolved(doc, workflow->input_schema);
	const struct node *properties = node_member(schema, STR("properties"));
	const struct node *required = node_member(schema, STR("required"));
	for (uint32_t i = 0; i < (properties ? node_count(properties) : 0); i++) {
		struct str name = node_key(&properties->children[i]);
		*vec_push(inputs) = (struct scenario_input){workflow->id, name, is_listed(required, name),
				is_listed(workflow->requires, name), &properties->children[i]};
	}
	for (uint32_t i = 0; workflow->requires && i < workflow->requires->len; i++) {
		struct str name = node_text(&workflow->requires->children[i]);
		if (!node_member(properties, name))
			*vec_push(inputs) = (struct scenario_input){workflow->id, name, is_listed(required, name), true, NULL};
	}
}

static void *copied(struct arena *arena, const void *items, size_t count, size_t size)
{
	return items ? arena_copy(arena, items, count * size) : arena_alloc(arena, size);
}

static void finish(struct loading *loading)
{
	struct scenario *scenario = loading->scenario;
	struct arena *arena = loading->arena;
	struct input_list inputs = {0};
	const struct node *info = node_member(scenario->doc->root, STR("info"));
	scenario->title = node_string_member(info, STR("title"));
	scenario->version = node_string_member(info, STR("version"));
	scenario->main = loading->parts.items[0];
	for (uint32_t i = 0; i < scenario->main->workflow_count; i++)
		list_inputs(scenario->doc, &scenario->main->workflows[i], &inputs);
	scenario->doc_count = (uint32_t)loading->docs.count;
	scenario->docs = copied(arena, loading->docs.items, loading->docs.count, sizeof *scenario->docs);
	scenario->part_count = (uint32_t)loading->parts.count;
	scenario->parts = copied(arena, loading->parts.items, loading->parts.count, sizeof *scenario->parts);
	scenario->step_count = loading->step_total;
	scenario->rule_count = (uint32_t)loading->rules.count;
	scenario->rules = copied(arena, loading->rules.items, loading->rules.count, sizeof *scenario->rules);
	scenario->remark_count = (uint32_t)loading->remarks.count;
	scenario->remarks = copied(arena, loading->remarks.items, loading->remarks.count, sizeof *scenario->remarks);
	scenario->input_count = (uint32_t)inputs.count;
	scenario->inputs = copied(arena, inputs.items, inputs.count, sizeof *scenario->inputs);
	vec_release(&inputs);
	apis_list(loading);
}

static bool load(struct loading *loading)
{
	*vec_push(&loading->docs) = loading->scenario->doc;
	if (!part_register(loading, loading->scenario->doc, STR(""))) return false;
	for (size_t i = 0; i < loading->parts.count; i++) {
		loading->part = loading->parts.items[i];
		if (!workflows_compile(loading)) return false;
	}
	counterparts_mark(loading);
	return passive_compile(loading) && rings_check(loading);
}

struct scenario *scenario_load(
		struct arena *arena, const struct doc *doc, const struct scenario_options *options, struct err *err)
{
	struct scenario *scenario = arena_zalloc(arena, sizeof *scenario);
	struct loading loading = {.arena = arena, .scenario = scenario, .options = options, .err = err};
	scenario->arena = arena;
	scenario->doc = doc;
	bool loaded = load(&loading);
	if (loaded) finish(&loading);
	vec_release(&loading.parts);
	vec_release(&loading.rules);
	vec_release(&loading.remarks);
	vec_release(&loading.docs);
	strmap_release(&loading.rule_index);
	return loaded ? scenario : NULL;
}

uint32_t scenario_rule_find(const struct scenario *scenario, struct str name)
{
	for (uint32_t i = 0; i < scenario->rule_count; i++)
		if (str_eq(scenario->rules[i].name, name)) return i;
	return UINT32_MAX;
}
