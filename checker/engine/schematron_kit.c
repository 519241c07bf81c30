/* SPDX-License-Identifier: EUPL-1.2 */
/* Compiles and evaluates the expressions of a schema. */
#include "engine/schematron_kit.h"

#include <stdlib.h>

#include "base/limits.h"
#include "engine/schematron_api.h"

static void ignore_error(void *unused, xmlErrorPtr error)
{
	(void)unused;
	(void)error;
}

__attribute__((format(printf, 2, 3))) static void print_nothing(void *unused, const char *format, ...)
{
	(void)unused;
	(void)format;
}

static void free_kit(struct schematron_kit *kit)
{
	const struct xml_api *xml = xml_load(NULL);
	for (uint32_t i = 0; i < kit->schema->expr_count; i++)
		if (kit->compiled[i]) xml->compiled_free(kit->compiled[i]);
	if (kit->context) xml->context_free(kit->context);
	strbuf_release(&kit->text);
	free(kit->compiled);
	free(kit->siblings.memos);
	free(kit);
}

static void free_kits(void *handle)
{
	struct schematron *schema = handle;
	while (schema->kits) {
		struct schematron_kit *kit = schema->kits;
		schema->kits = kit->next;
		free_kit(kit);
	}
	pthread_mutex_destroy(&schema->mutex);
}

void kit_prepare(struct arena *arena, struct schematron *schema)
{
	pthread_mutex_init(&schema->mutex, NULL);
	arena_on_free(arena, free_kits, schema);
}

static struct schematron_kit *make_kit(const struct schematron *schema)
{
	const struct xml_api *xml = xml_load(NULL);
	struct schematron_kit *kit = mem_resize(NULL, 1, sizeof *kit);
	*kit = (struct schematron_kit){.schema = schema, .context = xml->context_new(NULL)};
	size_t size = (schema->expr_count + 1) * sizeof *kit->compiled;
	kit->compiled = mem_resize(NULL, size, 1);
	memset(kit->compiled, 0, size);
	kit->siblings = (struct siblings){schema->head.namespaces, schema->head.namespace_count, NULL};
	strbuf_init(&kit->text, (size_t)2 * LIMIT_XML_DOCUMENT_BYTES);
	if (!kit->context) {
		free_kit(kit);
		return NULL;
	}
	kit->context->error = ignore_error;
	kit->context->funcLookupFunc = function_lookup;
	kit->context->funcLookupData = kit;
	kit->context->varLookupFunc = function_variable;
	kit->context->varLookupData = kit;
	schematron_api(NULL)->set_cache(kit->context, 1, -1, 0);
	for (uint32_t i = 0; i < schema->head.namespace_count; i++)
		xml->register_namespace(kit->context, (const xmlChar *)schema->head.namespaces[i].prefix.ptr,
				(const xmlChar *)schema->head.namespaces[i].uri.ptr);
	return kit;
}

struct schematron_kit *kit_take(const struct schematron *schema, struct schematron_scene *scene, struct err *err)
{
	struct schematron *shared = (struct schematron *)schema; /* only its kits, under the mutex */
	if (!schematron_api(err)) return NULL;
	pthread_mutex_lock(&shared->mutex);
	struct schematron_kit *kit = shared->kits;
	if (kit) shared->kits = kit->next;
	pthread_mutex_unlock(&shared->mutex);
	if (!kit) kit = make_kit(schema);
	if (!kit) {
		err_set(err, ERR_LIMIT, (struct loc){0}, "XPath: libxml2 has no memory", "XPath: libxml2 heeft geen geheugen");
		return NULL;
	}
	xml_load(NULL)->set_generic_error(NULL, print_nothing); /* of this thread */
	kit->scene = scene;
	sibling_forget(&kit->siblings);
	return kit;
}

void kit_return(struct schematron_kit *kit)
{
	struct schematron *shared = (struct schematron *)kit->schema;
	kit->context->doc = NULL;
	kit->context->node = NULL;
	kit->scene = NULL;
	pthread_mutex_lock(&shared->mutex);
	kit->next = shared->kits;
	shared->kits = kit;
	pthread_mutex_unlock(&shared->mutex);
}

/* Makes everything ready for one evaluation; NULL when there can be none. */
static xmlXPathCompExpr *begin(struct schematron_kit *kit, uint32_t expr, const xmlNode *node)
{
	xmlXPathContext *context = kit->context;
	const struct xpath_form *form = &kit->schema->exprs[expr].form;
	schematron_api(NULL)->reset_error(&context->lastError); /* it owns texts, and frees none once its code is 0 */
	if (!kit->compiled[expr]) kit->compiled[expr] = xml_load(NULL)->compile(context, (const xmlChar *)form->text);
	context->doc = node->type == XML_DOCUMENT_NODE ? (xmlDoc *)node : node->doc;
	context->node = (xmlNode *)node;
	context->contextSize = 1;
	context->proximityPosition = 1;
	context->opCount = 0;
	context->opLimit = kit->scene->limit;
	if (form->risky && context->opLimit > LIMIT_SCHEMATRON_RISKY_STEPS) context->opLimit = LIMIT_SCHEMATRON_RISKY_STEPS;
	return kit->compiled[expr];
}

/* Counts the work; what compares each with each is the square of what it counts. */
static void end(struct schematron_kit *kit, uint32_t expr)
{
	uint64_t count = kit->context->opCount;
	struct schematron_scene *scene = kit->scene;
	scene->work += count + 2;
	if (kit->schema->exprs[expr].form.risky) scene->work += count * count / 64;
	if (scene->work > scene->ceiling) scene->over = true;
}

static enum kit_result why(const struct schematron_kit *kit)
{
	int code = kit->context->lastError.code - XML_XPATH_EXPRESSION_OK;
	bool limit = code == XPATH_OP_LIMIT_EXCEEDED || code == XPATH_RECURSION_LIMIT_EXCEEDED ||
				 code == XPATH_MEMORY_ERROR;
	return limit || kit->context->opCount > kit->context->opLimit ? KIT_LIMIT : KIT_FAILED;
}

enum kit_result kit_test(struct schematron_kit *kit, uint32_t expr, const xmlNode *node)
{
	if (kit->scene->over) return KIT_LIMIT;
	xmlXPathCompExpr *compiled = begin(kit, expr, node);
	int result = compiled ? schematron_api(NULL)->test(compiled, kit->context) : -1;
	end(kit, expr);
	return result == 1 ? KIT_TRUE : result == 0 ? KIT_FALSE : why(kit);
}

xmlXPathObject *kit_value(struct schematron_kit *kit, uint32_t expr, const xmlNode *node, enum kit_result *result)
{
	*result = KIT_LIMIT;
	if (kit->scene->over) return NULL;
	xmlXPathCompExpr *compiled = begin(kit, expr, node);
	xmlXPathObject *value = compiled ? xml_load(NULL)->evaluate(compiled, kit->context) : NULL;
	end(kit, expr);
	*result = value ? KIT_TRUE : why(kit);
	return value;
}
