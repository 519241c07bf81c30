/* Compiles and evaluates XPath 1.0 with libxml2. */
#include "engine/xpath.h"

#include <stdlib.h>

#include "base/limits.h"

__attribute__((format(printf, 2, 3))) static void print_nothing(void *unused, const char *format, ...)
{
	(void)unused;
	(void)format;
}

static void ignore_error(void *unused, xmlErrorPtr error)
{
	(void)unused;
	(void)error;
}

/* The first element declares what the expression may use; a default namespace has no prefix to use. */
static void register_prefixes(
		const struct xml_api *api, xmlXPathContext *context, xmlDoc *doc, const struct xpath_names *names)
{
	const xmlNode *root = doc ? api->root(doc) : NULL;
	for (const xmlNs *ns = root ? root->nsDef : NULL; ns; ns = ns->next)
		if (ns->prefix && ns->href) api->register_namespace(context, ns->prefix, ns->href);
	for (uint32_t i = 0; names && i < names->count; i++)
		api->register_namespace(
				context, (const xmlChar *)names->items[i].prefix.ptr, (const xmlChar *)names->items[i].uri.ptr);
}

static xmlXPathContext *context_new(
		const struct xml_api *api, xmlDoc *doc, const struct xpath_names *names, struct err *err)
{
	xmlXPathContext *context = api->context_new(doc);
	if (!context) {
		err_set(err, ERR_LIMIT, (struct loc){0}, "XPath: libxml2 has no memory", "XPath: libxml2 heeft geen geheugen");
		return NULL;
	}
	api->set_generic_error(NULL, print_nothing); /* of this thread; some of libxml2 goes to standard error else */
	context->error = ignore_error;
	context->opLimit = LIMIT_XPATH_STEPS;
	register_prefixes(api, context, doc, names);
	return context;
}

static void *expression_error(const xmlXPathContext *context, struct str text, bool compiled, struct err *err)
{
	int code = context->lastError.code - XML_XPATH_EXPRESSION_OK;
	if (code == XPATH_OP_LIMIT_EXCEEDED || code == XPATH_RECURSION_LIMIT_EXCEEDED || code == XPATH_MEMORY_ERROR)
		err_set(err, ERR_LIMIT, (struct loc){0}, "XPath \"%.*s\" takes more than the ceiling (%d operations)",
				"XPath \"%.*s\" vraagt meer dan het plafond (%d bewerkingen)", STR_FMT(text), LIMIT_XPATH_STEPS);
	else if (compiled)
		err_set(err, ERR_RULES, (struct loc){0},
				"XPath \"%.*s\": expected functions of XPath 1.0 and prefixes of the scenario or the root element, found others",
				"XPath \"%.*s\": verwacht werden functies van XPath 1.0 en voorvoegsels van het scenario of het hoofdelement, gevonden andere",
				STR_FMT(text));
	else
		err_set(err, ERR_RULES, (struct loc){0},
				"expected an expression of XPath 1.0, found \"%.*s\", which is none from character %d on",
				"verwacht werd een expressie van XPath 1.0, gevonden \"%.*s\", en dat is het niet vanaf teken %d",
				STR_FMT(text), context->lastError.int1 + 1);
	return NULL;
}

static xmlXPathCompExpr *compile(const struct xml_api *api, xmlXPathContext *context, struct str text, struct err *err)
{
	if (text.len > LIMIT_EXPRESSION_BYTES || (text.len > 0 && memchr(text.ptr, '\0', text.len))) {
		err_set(err, ERR_LIMIT, (struct loc){0}, "expected an XPath of at most %d bytes without NUL, found %zu bytes",
				"verwacht werd een XPath van hoogstens %d bytes zonder NUL, gevonden %zu bytes", LIMIT_EXPRESSION_BYTES,
				text.len);
		return NULL;
	}
	char *copy = mem_resize(NULL, text.len + 1, 1);
	if (text.len > 0) memcpy(copy, text.ptr, text.len);
	copy[text.len] = '\0';
	xmlXPathCompExpr *compiled = api->compile(context, (const xmlChar *)copy);
	free(copy);
	return compiled ? compiled : expression_error(context, text, false, err);
}

bool xpath_check(struct str text, struct err *err)
{
	const struct xml_api *api = xml_load(err);
	xmlXPathContext *context = api ? context_new(api, NULL, NULL, err) : NULL;
	if (!context) return false;
	xmlXPathCompExpr *compiled = compile(api, context, text, err);
	if (compiled) api->compiled_free(compiled);
	api->context_free(context);
	return compiled != NULL;
}

static xmlXPathObject *evaluate(
		const struct xml_api *api, struct str text, xmlDoc *doc, const struct xpath_names *names, struct err *err)
{
	xmlXPathContext *context = context_new(api, doc, names, err);
	xmlXPathCompExpr *compiled = context ? compile(api, context, text, err) : NULL;
	xmlXPathObject *object = NULL;
	if (compiled) {
		context->opCount = 0;
		context->node = (xmlNode *)doc;
		object = api->evaluate(compiled, context);
		if (!object) expression_error(context, text, true, err);
		api->compiled_free(compiled);
	}
	if (context) api->context_free(context);
	return object;
}

bool xpath_holds(struct str text, xmlDoc *doc, const struct xpath_names *names, bool *holds, struct err *err)
{
	const struct xml_api *api = xml_load(err);
	xmlXPathObject *object = api ? evaluate(api, text, doc, names, err) : NULL;
	if (!object) return false;
	*holds = api->to_boolean(object) == 1;
	api->object_free(object);
	return true;
}

bool xpath_text(struct str text, xmlDoc *doc, const struct xpath_names *names, struct arena *arena, struct str *out,
		struct err *err)
{
	const struct xml_api *api = xml_load(err);
	xmlXPathObject *object = api ? evaluate(api, text, doc, names, err) : NULL;
	if (!object) return false;
	bool nothing = object->type == XPATH_NODESET && (!object->nodesetval || object->nodesetval->nodeNr == 0);
	xmlChar *string = nothing ? NULL : api->to_string(object);
	*out = string ? str_copy(arena, str_of((const char *)string)) : (struct str){NULL, 0};
	if (string) api->free_memory(string);
	api->object_free(object);
	return true;
}
