/* SPDX-License-Identifier: EUPL-1.2 */
/* Loads a Schematron schema: what it consists of, its phase, its patterns. */
#include "base/limits.h"
#include "engine/schematron_build.h"
#include "engine/schematron_kit.h"

static const char *const schema_children[] = {
		"title", "ns", "p", "let", "phase", "pattern", "diagnostics", "properties", NULL};

bool schematron_is(const struct doc *doc)
{
	const xmlNode *root = doc->format == DOC_XML ? doc->xml->root : NULL;
	return root && root->ns && strcmp((const char *)root->ns->href, SCHEMATRON_NAMESPACE) == 0;
}

static bool add_namespace(struct schematron_build *build, struct schematron_element element)
{
	struct str prefix = element_attribute(&build->source, element, "prefix");
	struct str uri = element_attribute(&build->source, element, "uri");
	if (!xpath_name_length(prefix) || xpath_name_length(prefix) != prefix.len || !uri.len)
		return element_fail(&build->source, element, NULL,
				TEXT("expected a prefix and a uri on ns", "verwacht werden een prefix en een uri op ns"));
	const uint32_t *known = strmap_get(&build->prefix_index, prefix);
	if (known && !str_eq(build->namespaces.items[*known].uri, uri))
		return element_fail(&build->source, element, "prefix",
				text_printf(build->arena, "the prefix %.*s is declared twice",
						"het voorvoegsel %.*s is twee keer gedeclareerd", STR_FMT(prefix)));
	if (known) return true;
	strmap_put(&build->prefix_index, prefix, (uint32_t)build->namespaces.count);
	*vec_push(&build->namespaces) = (struct schematron_namespace){prefix, uri};
	return source_count(&build->source, element);
}

static bool add_pattern(struct schematron_build *build, struct schematron_element element)
{
	struct build_pattern pattern = {.element = element,
			.id = element_attribute(&build->source, element, "id"),
			.abstract = element_flag(&build->source, element, "abstract")};
	pattern.position = build->concrete + 1;
	build->concrete += !pattern.abstract;
	if (pattern.id.len && !strmap_put(&build->pattern_index, pattern.id, (uint32_t)build->patterns.count))
		return element_fail(&build->source, element, "id",
				text_printf(build->arena, "there are two patterns with id %.*s", "er zijn twee patronen met id %.*s",
						STR_FMT(pattern.id)));
	*vec_push(&build->patterns) = pattern;
	return source_count(&build->source, element);
}

static bool add_note(void *context, struct schematron_element element)
{
	struct schematron_build *build = context;
	struct str id = element_attribute(&build->source, element, "id");
	char kind = element_is(element, "property") ? 'p' : 'd';
	if (!id.len)
		return element_fail(&build->source, element, NULL,
				text_printf(build->arena, "expected an id on %s", "verwacht werd een id op %s",
						(const char *)element.node->name));
	strmap_put(&build->note_index, str_printf(build->arena, "%c%.*s", kind, STR_FMT(id)), (uint32_t)build->notes.count);
	*vec_push(&build->notes) = element;
	return source_count(&build->source, element);
}

static bool gather(void *context, struct schematron_element child)
{
	static const char *const diagnostics[] = {"diagnostic", NULL}, *const properties[] = {"property", NULL};
	struct schematron_build *build = context;
	if (element_is(child, "ns")) return add_namespace(build, child);
	if (element_is(child, "pattern")) return add_pattern(build, child);
	if (element_is(child, "let"))
		*vec_push(&build->lets) = child;
	else if (element_is(child, "phase"))
		*vec_push(&build->phases) = child;
	else if (element_is(child, "diagnostics"))
		return source_children(&build->source, child, diagnostics, add_note, NULL, build);
	else if (element_is(child, "properties"))
		return source_children(&build->source, child, properties, add_note, NULL, build);
	return source_count(&build->source, child);
}

/* Of what is not Schematron only xsl:key and keur:list have a meaning here. */
static bool gather_foreign(void *context, struct schematron_element child)
{
	struct schematron_build *build = context;
	const xmlNode *node = child.node;
	if (node->ns && strcmp((const char *)node->ns->href, KEUR_NAMESPACE) == 0 &&
			strcmp((const char *)node->name, "list") == 0)
		*vec_push(&build->given) = child;
	if (!node->ns || strcmp((const char *)node->ns->href, XSLT_NAMESPACE) != 0) return true;
	if (strcmp((const char *)node->name, "key") != 0) return true;
	struct str name = element_attribute(&build->source, child, "name");
	if (!name.len)
		return element_fail(
				&build->source, child, NULL, TEXT("expected a name on xsl:key", "verwacht werd een name op xsl:key"));
	strmap_put(&build->key_index, name, (uint32_t)build->keys.count);
	*vec_push(&build->keys) = child;
	return source_count(&build->source, child);
}

/* Which phase: the one asked for, else the schema's own, else all patterns. */
static bool find_phase(struct schematron_build *build, struct schematron_element *phase, bool *all)
{
	bool own = !build->phase.len || str_eq(build->phase, STR("#DEFAULT"));
	if (own) build->phase = element_attribute(&build->source, build->root, "defaultPhase");
	if (!build->phase.len) build->phase = STR("#ALL");
	*all = str_eq(build->phase, STR("#ALL"));
	struct strbuf names;
	strbuf_init(&names, LIMIT_MESSAGE_BYTES);
	for (size_t i = 0; i < build->phases.count && !*all; i++) {
		struct str id = element_attribute(&build->source, build->phases.items[i], "id");
		*phase = build->phases.items[i];
		if (str_eq(id, build->phase)) {
			strbuf_release(&names);
			return true;
		}
		strbuf_printf(&names, ", %.*s", STR_FMT(id));
	}
	if (!*all)
		element_fail(&build->source, build->root, own ? "defaultPhase" : NULL,
				text_printf(build->arena, "there is no phase %.*s; there are #ALL%.*s",
						"er is geen fase %.*s; er zijn #ALL%.*s", STR_FMT(build->phase), STR_FMT(strbuf_str(&names))));
	strbuf_release(&names);
	return *all;
}

struct activation {
	struct schematron_build *build;
	bool *active; /* of each pattern */
};

static bool activate(void *context, struct schematron_element child)
{
	struct activation *activation = context;
	struct schematron_build *build = activation->build;
	if (element_is(child, "let")) return build_let(build, child);
	if (!element_is(child, "active")) return true;
	struct str id = element_attribute(&build->source, child, "pattern");
	const uint32_t *found = id.len ? strmap_get(&build->pattern_index, id) : NULL;
	if (!found)
		return element_fail(&build->source, child, "pattern",
				text_printf(build->arena, "there is no pattern %.*s", "er is geen patroon %.*s", STR_FMT(id)));
	activation->active[*found] = true;
	return true;
}

/* Marks the patterns of the phase, and takes its variables. */
static bool choose(struct schematron_build *build, bool *active)
{
	static const char *const children[] = {"active", "let", "p", "title", NULL};
	struct schematron_element phase;
	struct activation activation = {build, active};
	bool all;
	if (!find_phase(build, &phase, &all)) return false;
	for (size_t i = 0; i < build->patterns.count; i++)
		active[i] = all;
	build->in_phase = true;
	bool ok = all || source_children(&build->source, phase, children, activate, NULL, &activation);
	build->in_phase = false;
	return ok;
}

struct parameters {
	struct schematron_build *build;
	struct {
		struct schematron_param *items;
		size_t count, capacity;
	} items;
};

static bool add_parameter(void *context, struct schematron_element child)
{
	struct parameters *parameters = context;
	struct schematron_source *source = &parameters->build->source;
	if (!element_is(child, "param")) return true;
	struct schematron_param param = {
			element_attribute(source, child, "name"), element_attribute(source, child, "value")};
	if (!param.name.len || !param.value.ptr)
		return element_fail(source, child, NULL,
				TEXT("expected a name and a value on param", "verwacht werden een name en een value op param"));
	*vec_push(&parameters->items) = param;
	return source_count(source, child);
}

static const char *const pattern_children[] = {"title", "p", "let", "rule", "param", NULL};

/* The pattern's own parameters, then the defaults of the abstract one. */
static bool find_parameters(
		struct schematron_build *build, struct schematron_element own, struct schematron_element *abstract)
{
	struct parameters parameters = {.build = build};
	bool ok = source_children(&build->source, own, pattern_children, add_parameter, NULL, &parameters) &&
			  source_children(&build->source, *abstract, pattern_children, add_parameter, NULL, &parameters);
	struct schematron_params *params = arena_alloc(build->arena, sizeof *params);
	params->count = (uint32_t)parameters.items.count;
	params->items = arena_alloc(build->arena, params->count * sizeof *params->items);
	if (params->count) memcpy(params->items, parameters.items.items, params->count * sizeof *params->items);
	vec_release(&parameters.items);
	abstract->params = params;
	return ok;
}

/* Where the rules of a pattern are: in itself, or in the abstract one that it is. */
static bool find_rules(struct schematron_build *build, const struct build_pattern *own, struct schematron_element *from)
{
	struct str is_a = element_attribute(&build->source, own->element, "is-a");
	*from = own->element;
	if (!is_a.ptr) return true;
	const uint32_t *found = strmap_get(&build->pattern_index, is_a);
	const struct build_pattern *abstract = found ? &build->patterns.items[*found] : NULL;
	if (!abstract || !abstract->abstract)
		return element_fail(&build->source, own->element, "is-a",
				text_printf(build->arena, "there is no abstract pattern %.*s", "er is geen abstract patroon %.*s",
						STR_FMT(is_a)));
	if (element_attribute_node(abstract->element, "is-a"))
		return element_fail(&build->source, abstract->element, "is-a",
				TEXT("an abstract pattern cannot itself be another one (is-a)",
						"een abstract patroon kan niet zelf een ander zijn (is-a)"));
	*from = abstract->element;
	return find_parameters(build, own->element, from);
}

struct lets_of {
	struct schematron_build *build;
	struct str title;
};

static bool take_let(void *context, struct schematron_element child)
{
	struct lets_of *lets = context;
	if (element_is(child, "title")) lets->title = element_text(lets->build->arena, child.node);
	return !element_is(child, "let") || build_let(lets->build, child);
}

/* What stands in a pattern beside its rules. */
static bool build_head(struct schematron_build *build, const struct build_pattern *own, struct schematron_element from,
		struct schematron_pattern *pattern)
{
	struct lets_of lets = {.build = build};
	struct schematron_element mine = own->element;
	mine.params = from.params;
	*pattern = (struct schematron_pattern){.documents = SCHEMATRON_NONE};
	pattern->label.id = own->id;
	pattern->label.role = element_attribute(&build->source, mine, "role");
	pattern->label.flag = element_attribute(&build->source, mine, "flag");
	if (!source_children(&build->source, from, pattern_children, take_let, NULL, &lets)) return false;
	if (from.node != mine.node && !source_children(&build->source, mine, pattern_children, take_let, NULL, &lets))
		return false;
	pattern->label.text = lets.title;
	const char *documents = "documents";
	struct schematron_element holder = element_attribute_node(mine, documents) ? mine : from;
	return !element_attribute_node(holder, documents) || build_expr(build, holder, documents, &pattern->documents);
}

static bool build_patterns(struct schematron_build *build, const bool *active, struct schematron *schema)
{
	size_t count = build->patterns.count;
	struct schematron_element *from = arena_alloc(build->arena, count * sizeof *from);
	const struct build_pattern **own = arena_alloc(build->arena, count * sizeof *own);
	schema->patterns = arena_zalloc(build->arena, count * sizeof *schema->patterns);
	for (size_t i = 0; i < count; i++) {
		if (!active[i] || build->patterns.items[i].abstract) continue;
		build->pattern = schema->pattern_count;
		own[build->pattern] = &build->patterns.items[i];
		if (!find_rules(build, own[build->pattern], &from[build->pattern]) ||
				!build_head(build, own[build->pattern], from[build->pattern], &schema->patterns[build->pattern]))
			return false;
		schema->pattern_count++;
	}
	for (build->pattern = 0; build->pattern < schema->pattern_count; build->pattern++)
		if (!build_rules(build, own[build->pattern], from[build->pattern], &schema->patterns[build->pattern]))
			return false;
	build->pattern = SCHEMATRON_NONE;
	return build_hidden(build);
}

static bool build_keys(struct schematron_build *build, struct schematron *schema)
{
	schema->keys = arena_zalloc(build->arena, build->keys.count * sizeof *schema->keys);
	schema->key_count = (uint32_t)build->keys.count;
	for (uint32_t i = 0; i < schema->key_count; i++) {
		struct schematron_element element = build->keys.items[i];
		struct schematron_key *key = &schema->keys[i];
		key->name = element_attribute(&build->source, element, "name");
		key->use = SCHEMATRON_NONE;
		if (!build_match(build, element, "match", &key->match)) return false;
		if (element_attribute_node(element, "use")) {
			if (!build_expr(build, element, "use", &key->use)) return false;
		} else if (!build_message(build, element, &key->content)) {
			return false;
		}
	}
	return true;
}

/* Before all others, which may refer to them. */
static bool build_given_all(struct schematron_build *build)
{
	if (!build_given(build, build->root, STR("keur-today"), false)) return false;
	for (size_t i = 0; i < build->given.count; i++) {
		struct schematron_element element = build->given.items[i];
		if (!build_given(build, element, element_attribute(&build->source, element, "name"), true)) return false;
	}
	return true;
}

static bool build_all(struct schematron_build *build, struct schematron *schema)
{
	bool *active = arena_zalloc(build->arena, build->patterns.count + 1);
	if (!build_given_all(build)) return false;
	for (size_t i = 0; i < build->lets.count; i++)
		if (!build_let(build, build->lets.items[i])) return false;
	return choose(build, active) && build_keys(build, schema) && build_patterns(build, active, schema);
}

static bool check_root(struct schematron_build *build)
{
	struct schematron_element root = build->root;
	if (element_is(root, "schema")) return true;
	const char *uri = root.node->ns ? (const char *)root.node->ns->href : "";
	if (strcmp(uri, "http://www.ascc.net/xml/schematron") == 0)
		return element_fail(&build->source, root, NULL,
				TEXT("this is Schematron 1.5; expected ISO Schematron, of namespace " SCHEMATRON_NAMESPACE,
						"dit is Schematron 1.5; verwacht werd ISO Schematron, van namespace " SCHEMATRON_NAMESPACE));
	return element_fail(&build->source, root, NULL,
			text_printf(build->arena, "expected an element schema of namespace %s, found %s",
					"verwacht werd een element schema van namespace %s, gevonden %s", SCHEMATRON_NAMESPACE,
					(const char *)root.node->name));
}

/* The query languages that are XPath 1.0. */
static bool is_plain(struct str binding)
{
	return !binding.len || str_eq(binding, STR("xslt")) || str_eq(binding, STR("xslt1")) ||
		   str_eq(binding, STR("xpath"));
}

/* Says what of a schema in a later query language cannot be done. */
static bool refuse(struct schematron_build *build, struct str binding, struct schematron *schema)
{
	build->collecting = true;
	strbuf_init(&build->newer, LIMIT_MESSAGE_BYTES);
	build_all(build, schema);
	struct err *err = build->err;
	*err = (struct err){.arena = err->arena};
	struct str found = strbuf_str(&build->newer);
	bool some = found.len > 0;
	element_fail(&build->source, build->root, "queryBinding",
			some ? text_printf(build->arena,
						   "queryBinding %.*s asks for more than XPath 1.0, which is what keur has; this cannot be done: %.*s%s",
						   "queryBinding %.*s vraagt meer dan XPath 1.0, en dat is wat keur heeft; dit kan niet: %.*s%s",
						   STR_FMT(binding), STR_FMT(found), build->newer_count > 5 ? ", ..." : "")
				 : text_printf(build->arena,
						   "queryBinding %.*s asks for more than XPath 1.0, which is what keur has; no expression was found that "
						   "needs it, so queryBinding xslt may do%s",
						   "queryBinding %.*s vraagt meer dan XPath 1.0, en dat is wat keur heeft; er is geen expressie gevonden "
						   "die dat nodig heeft, dus misschien volstaat queryBinding xslt%s",
						   STR_FMT(binding), ""));
	strbuf_release(&build->newer);
	return false;
}

#define KEEP(build, schema, name, vec)                                                                                 \
	((schema)->name##_count = (uint32_t)(build)->vec.count,                                                            \
			(schema)->name##s = keep(                                                                                  \
					(build)->arena, (build)->vec.items, (build)->vec.count * sizeof *(build)->vec.items))

static void *keep(struct arena *arena, const void *items, size_t size)
{
	return size ? arena_copy(arena, items, size) : NULL;
}

static void free_index(void *index)
{
	strmap_release(index);
}

static void name_lists(struct schematron_build *build, struct schematron_head *head)
{
	struct str *names = arena_alloc(build->arena, build->given.count * sizeof *names);
	for (size_t i = 0; i < build->given.count; i++)
		names[i] = element_attribute(&build->source, build->given.items[i], "name");
	head->lists = names;
	head->list_count = (uint32_t)build->given.count;
}

static void finish(struct schematron_build *build, struct schematron *schema)
{
	KEEP(build, schema, expr, exprs);
	KEEP(build, schema, let, variables);
	KEEP(build, schema, list, lists);
	schema->list_index = build->list_index;
	build->list_index = (struct strmap){0};
	arena_on_free(build->arena, free_index, &schema->list_index);
	struct schematron_head *head = &schema->head;
	head->rules = keep(build->arena, build->names.items, build->names.count * sizeof *build->names.items);
	head->rule_count = (uint32_t)build->names.count;
	head->namespaces = keep(
			build->arena, build->namespaces.items, build->namespaces.count * sizeof *build->namespaces.items);
	head->namespace_count = (uint32_t)build->namespaces.count;
	head->files = keep(
			build->arena, build->source.files.items, build->source.files.count * sizeof *build->source.files.items);
	head->file_count = (uint32_t)build->source.files.count;
	name_lists(build, head);
	head->phase = build->phase;
	head->version = element_attribute(&build->source, build->root, "schemaVersion");
	for (const xmlNode *node = build->root.node->children; node; node = node->next)
		if (element_is_ours(node) && strcmp((const char *)node->name, "title") == 0)
			head->title = element_text(build->arena, node);
}

static void release(struct schematron_build *build)
{
	struct strmap *maps[] = {&build->expr_index, &build->variable_index, &build->list_index, &build->name_index,
			&build->pattern_index, &build->note_index, &build->key_index, &build->prefix_index};
	for (size_t i = 0; i < sizeof maps / sizeof *maps; i++)
		strmap_release(maps[i]);
	vec_release(&build->namespaces);
	vec_release(&build->patterns);
	vec_release(&build->lets);
	vec_release(&build->phases);
	vec_release(&build->keys);
	vec_release(&build->given);
	vec_release(&build->notes);
	vec_release(&build->exprs);
	vec_release(&build->variables);
	vec_release(&build->hiding);
	vec_release(&build->lists);
	vec_release(&build->names);
	source_release(&build->source);
}

const struct schematron *schematron_load(struct arena *arena, const char *path, struct str phase, struct err *err)
{
	struct schematron_build build = {.source = {.arena = arena, .err = err},
			.arena = arena,
			.err = err,
			.phase = phase,
			.pattern = SCHEMATRON_NONE,
			.rule = SCHEMATRON_NONE};
	struct schematron *schema = arena_zalloc(arena, sizeof *schema);
	bool ok = source_open(&build.source, path, &build.root) && check_root(&build) &&
			  source_children(&build.source, build.root, schema_children, gather, gather_foreign, &build);
	if (ok) {
		struct str binding = element_attribute(&build.source, build.root, "queryBinding");
		ok = is_plain(binding) ? build_all(&build, schema) : refuse(&build, binding, schema);
	}
	if (ok && !err->code) finish(&build, schema);
	ok = ok && !err->code;
	release(&build);
	if (ok) kit_prepare(arena, schema);
	return ok ? schema : NULL;
}

const struct schematron_head *schematron_head(const struct schematron *schema)
{
	return &schema->head;
}
