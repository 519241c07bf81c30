/* SPDX-License-Identifier: EUPL-1.2 */
/* Functions on OpenAPI documents: operations, tags, security, components. */
#include "engine/oas_function.h"

#include "doc/strmap.h"
#include "engine/format.h"
#include "engine/function_private.h"
#include "engine/js.h"
#include "engine/oas_model.h"
#include "engine/oas_private.h"
#include "engine/ref_index.h"

static bool compile_none(
		struct arena *arena, struct source *source, const struct node *node, void **compiled, struct err *err)
{
	struct options options = {arena, source, node, "OpenAPI", "", err};
	if (!options_none(&options)) return false;
	*compiled = NULL;
	return true;
}

static enum function_result op_success_response(
		const void *compiled, const struct subject *subject, struct violation_sink *sink, struct err *err)
{
	(void)compiled, (void)err;
	if (!oas_is_object(subject->value)) return FUNCTION_DONE;
	bool ranges = format_detect(subject->view->doc->root) & format_by_name(STR("oas3"));
	for (uint32_t i = 0; i < subject->value->len; i++) {
		struct str key = node_key(&subject->value->children[i]);
		if (ranges && (str_eq(key, STR("2XX")) || str_eq(key, STR("3XX")))) return FUNCTION_DONE;
		double status = js_number_of(key);
		if (status >= 200 && status < 400) return FUNCTION_DONE;
	}
	oas_report(sink, STR(""),
			TEXT("Operation must define at least a single 2xx or 3xx response",
					"Een operatie moet minstens één 2xx- of 3xx-response beschrijven"));
	return FUNCTION_DONE;
}

/* A text that is equal for values that are the same to JavaScript's ===; ptr NULL for what equals only itself. */
static struct str identity_of(struct arena *arena, const struct node *value)
{
	switch (value->kind) {
	case NODE_STRING:
		return str_printf(arena, "s%.*s", STR_FMT(node_text(value)));
	case NODE_NUMBER:
		return str_printf(arena, "n%.17g", node_double(value));
	case NODE_ARRAY:
	case NODE_OBJECT:
		return (struct str){NULL, 0};
	default:
		return str_printf(arena, "k%d", value->kind);
	}
}

static enum function_result op_id_unique(
		const void *compiled, const struct subject *subject, struct violation_sink *sink, struct err *err)
{
	(void)compiled, (void)err;
	struct arena *scratch = arena_new();
	struct strmap seen = {0};
	struct oas_walk walk = oas_walk_of(subject->view, subject->value);
	while (oas_walk_next(&walk)) {
		const struct node *id = view_member(subject->view, walk.operation, STR("operationId"));
		struct str identity = id ? identity_of(scratch, id) : (struct str){NULL, 0};
		if (!identity.ptr || strmap_put(&seen, identity, 0)) continue;
		oas_report(sink, oas_below(subject->arena, "sss", walk.path, walk.method, STR("operationId")),
				TEXT("operationId must be unique.", "operationId moet uniek zijn."));
	}
	strmap_release(&seen);
	arena_free(scratch);
	return FUNCTION_DONE;
}

/* Places of parameters by where they go. */
struct params_seen {
	struct strmap fingerprints;
	uint32_t body, form_data;
};

static void check_param(struct params_seen *seen, const struct subject *subject, const struct node *param,
		uint32_t index, struct arena *scratch, struct violation_sink *sink)
{
	const struct node *in = view_member(subject->view, param, STR("in"));
	struct str place = oas_text_of(scratch, in);
	struct str name = oas_text_of(scratch, view_member(subject->view, param, STR("name")));
	struct str below = oas_below(subject->arena, "i", (unsigned)index);
	if (!strmap_put(&seen->fingerprints, str_printf(scratch, "%.*s-%.*s", STR_FMT(place), STR_FMT(name)), 0))
		oas_report(sink, below,
				TEXT("A parameter in this operation already exposes the same combination of \"name\" and \"in\" values.",
						"Een andere parameter van deze operatie heeft al dezelfde combinatie van \"name\" en \"in\"."));
	if (!in || in->kind != NODE_STRING) return;
	seen->form_data += str_eq(place, STR("formData"));
	if (str_eq(place, STR("body")) && seen->body++ > 0)
		oas_report(sink, below,
				TEXT("Operation must not have more than a single instance of the \"in:body\" parameter.",
						"Een operatie mag niet meer dan één parameter met \"in:body\" hebben."));
}

static enum function_result op_params(
		const void *compiled, const struct subject *subject, struct violation_sink *sink, struct err *err)
{
	(void)compiled, (void)err;
	if (!oas_is_array(subject->value) || subject->value->len < 2) return FUNCTION_DONE;
	struct arena *scratch = arena_new();
	struct params_seen seen = {0};
	for (uint32_t i = 0; i < subject->value->len; i++) {
		const struct node *param = view_value(subject->view, &subject->value->children[i]);
		if (oas_is_object(param) && !node_member(param, STR("$ref")))
			check_param(&seen, subject, param, i, scratch, sink);
	}
	if (seen.body > 0 && seen.form_data > 0)
		oas_report(sink, STR(""),
				TEXT("Operation must not have both \"in:body\" and \"in:formData\" parameters.",
						"Een operatie mag niet zowel parameters met \"in:body\" als met \"in:formData\" hebben."));
	strmap_release(&seen.fingerprints);
	arena_free(scratch);
	return FUNCTION_DONE;
}

static void collect_tags(const struct subject *subject, struct strmap *names)
{
	const struct node *tags = view_member(subject->view, subject->value, STR("tags"));
	for (uint32_t i = 0; oas_is_array(tags) && i < tags->len; i++) {
		const struct node *tag = view_value(subject->view, &tags->children[i]);
		const struct node *name = oas_is_object(tag) ? view_member(subject->view, tag, STR("name")) : NULL;
		if (name && name->kind == NODE_STRING) strmap_put(names, node_text(name), 0);
	}
}

static enum function_result tag_defined(
		const void *compiled, const struct subject *subject, struct violation_sink *sink, struct err *err)
{
	(void)compiled, (void)err;
	if (!oas_is_object(subject->value)) return FUNCTION_DONE;
	struct strmap names = {0};
	collect_tags(subject, &names);
	struct oas_walk walk = oas_walk_of(subject->view, view_member(subject->view, subject->value, STR("paths")));
	while (oas_walk_next(&walk)) {
		const struct node *tags = view_member(subject->view, walk.operation, STR("tags"));
		for (uint32_t i = 0; oas_is_array(tags) && i < tags->len; i++) {
			const struct node *tag = view_value(subject->view, &tags->children[i]);
			if (tag->kind == NODE_STRING && strmap_get(&names, node_text(tag))) continue;
			struct str below = oas_below(
					subject->arena, "ssssi", STR("paths"), walk.path, walk.method, STR("tags"), (unsigned)i);
			oas_report(sink, below,
					TEXT("Operation tags must be defined in global tags.",
							"Tags van een operatie moeten in de algemene tags beschreven zijn."));
		}
	}
	strmap_release(&names);
	return FUNCTION_DONE;
}

static enum function_result discriminator(
		const void *compiled, const struct subject *subject, struct violation_sink *sink, struct err *err)
{
	(void)compiled, (void)err;
	const struct view *view = subject->view;
	const struct node *name = oas_is_object(subject->value) ? view_member(view, subject->value, STR("discriminator"))
															: NULL;
	if (!name || name->kind != NODE_STRING) return FUNCTION_DONE;
	if (!node_member(view_member(view, subject->value, STR("properties")), node_text(name)))
		oas_report(sink, STR("/properties"),
				TEXT("The discriminator property must be defined in this schema.",
						"De eigenschap die discriminator noemt, moet in dit schema beschreven zijn."));
	const struct node *required = view_member(view, subject->value, STR("required"));
	for (uint32_t i = 0; oas_is_array(required) && i < required->len; i++)
		if (node_equal(view_value(view, &required->children[i]), name)) return FUNCTION_DONE;
	oas_report(sink, STR("/required"),
			TEXT("The discriminator property must be in the required property list.",
					"De eigenschap die discriminator noemt, moet in de lijst van verplichte eigenschappen staan."));
	return FUNCTION_DONE;
}

/* Has some parameter `in: formData`? */
static bool has_form_data(const struct view *view, const struct node *parameters)
{
	for (uint32_t i = 0; i < parameters->len; i++) {
		const struct node *param = view_value(view, &parameters->children[i]);
		const struct node *in = oas_is_object(param) ? view_member(view, param, STR("in")) : NULL;
		if (in && in->kind == NODE_STRING && str_eq(node_text(in), STR("formData"))) return true;
	}
	return false;
}

static bool has_form_type(const struct view *view, const struct node *consumes)
{
	for (uint32_t i = 0; i < consumes->len; i++) {
		const struct node *type = view_value(view, &consumes->children[i]);
		struct str text = type->kind == NODE_STRING ? node_text(type) : STR("");
		if (str_find_str(text, STR("application/x-www-form-urlencoded")) < text.len) return true;
		if (str_find_str(text, STR("multipart/form-data")) < text.len) return true;
	}
	return false;
}

static enum function_result form_data_consume(
		const void *compiled, const struct subject *subject, struct violation_sink *sink, struct err *err)
{
	(void)compiled, (void)err;
	if (!oas_is_object(subject->value)) return FUNCTION_DONE;
	const struct node *parameters = view_member(subject->view, subject->value, STR("parameters"));
	const struct node *consumes = view_member(subject->view, subject->value, STR("consumes"));
	if (!oas_is_array(parameters) || !oas_is_array(consumes)) return FUNCTION_DONE;
	if (has_form_data(subject->view, parameters) && !has_form_type(subject->view, consumes))
		oas_report(sink, STR(""),
				TEXT("Consumes must include urlencoded, multipart, or form-data media type when using formData "
					 "parameter.",
						"Consumes moet een mediatype urlencoded, multipart of form-data bevatten als er een "
						"formData-parameter is."));
	return FUNCTION_DONE;
}

/* Spectral gives this function the `$ref`; here it is given the object that holds it. */
static enum function_result ref_siblings(
		const void *compiled, const struct subject *subject, struct violation_sink *sink, struct err *err)
{
	(void)compiled, (void)err;
	if (!oas_is_object(subject->value) || !node_member(subject->value, STR("$ref"))) return FUNCTION_DONE;
	for (uint32_t i = 0; i < subject->value->len; i++) {
		const struct node *member = oas_live_member(subject->value, i);
		if (!member || str_eq(node_key(member), STR("$ref"))) continue;
		oas_report(sink, oas_below(subject->arena, "s", node_key(member)),
				TEXT("$ref must not be placed next to any other properties",
						"$ref mag niet naast andere eigenschappen staan"));
	}
	return FUNCTION_DONE;
}

/* Are all items objects with a `name` that is a string? */
static bool are_tags(const struct view *view, const struct node *tags)
{
	if (!oas_is_array(tags)) return false;
	for (uint32_t i = 0; i < tags->len; i++) {
		const struct node *tag = view_value(view, &tags->children[i]);
		const struct node *name = oas_is_object(tag) ? view_member(view, tag, STR("name")) : NULL;
		if (!name || name->kind != NODE_STRING) return false;
	}
	return true;
}

static enum function_result uniqueness_tags(
		const void *compiled, const struct subject *subject, struct violation_sink *sink, struct err *err)
{
	(void)compiled, (void)err;
	if (!are_tags(subject->view, subject->value)) return FUNCTION_DONE;
	struct strmap seen = {0};
	for (uint32_t i = 0; i < subject->value->len; i++) {
		const struct node *tag = view_value(subject->view, &subject->value->children[i]);
		struct str name = node_text(view_member(subject->view, tag, STR("name")));
		if (strmap_put(&seen, name, 0)) continue;
		oas_report(sink, oas_below(subject->arena, "is", (unsigned)i, STR("name")),
				text_printf(subject->arena, "\"tags\" object contains duplicate tag name \"%.*s\".",
						"\"tags\" bevat de tagnaam \"%.*s\" meer dan eens.", STR_FMT(name)));
	}
	strmap_release(&seen);
	return FUNCTION_DONE;
}

static void report_unused(const struct subject *subject, const struct ref_index *used, struct str type,
		const struct node *components, struct violation_sink *sink)
{
	for (uint32_t i = 0; oas_is_object(components) && i < components->len; i++) {
		const struct node *component = oas_live_member(components, i);
		if (!component || ref_index_has(used, component)) continue;
		oas_report(sink, oas_below(subject->arena, "sss", STR("components"), type, node_key(component)),
				TEXT("Potential orphaned reusable object has been detected",
						"Mogelijk ongebruikt herbruikbaar object gevonden"));
	}
}

static enum function_result unused_component(
		const void *compiled, const struct subject *subject, struct violation_sink *sink, struct err *err)
{
	static const char *const types[] = {
			"schemas", "responses", "parameters", "examples", "requestBodies", "headers", "links", "callbacks"};
	(void)compiled, (void)err;
	const struct node *components = node_member(subject->value, STR("components"));
	if (!oas_is_object(components)) return FUNCTION_DONE;
	struct ref_index *used = ref_index_new(subject->view->doc, subject->refs);
	for (size_t i = 0; i < sizeof types / sizeof *types; i++)
		report_unused(subject, used, str_of(types[i]), node_member(components, str_of(types[i])), sink);
	ref_index_free(used);
	return FUNCTION_DONE;
}

const struct function oas_functions[] = {
		{"oasDiscriminator", compile_none, discriminator},
		{"oasDocumentSchema", oas_document_compile, oas_document_evaluate},
		{"oasExample", oas_example_compile, oas_example_evaluate},
		{"oasOpFormDataConsumeCheck", compile_none, form_data_consume},
		{"oasOpIdUnique", compile_none, op_id_unique},
		{"oasOpParams", compile_none, op_params},
		{"oasOpSuccessResponse", compile_none, op_success_response},
		{"oasPathParam", compile_none, oas_path_param_evaluate},
		{"oasSecurityDefined", oas_security_defined_compile, oas_security_defined_evaluate},
		{"oasTagDefined", compile_none, tag_defined},
		{"oasUnusedComponent", compile_none, unused_component},
		{"refSiblings", compile_none, ref_siblings},
		{"serverVariables", oas_server_variables_compile, oas_server_variables_evaluate},
		{"uniquenessTags", compile_none, uniqueness_tags},
		{NULL, NULL, NULL},
};
