/* SPDX-License-Identifier: EUPL-1.2 */
/* Compiles and evaluates XPath 1.0 with libxml2. */
#include "engine/xpath.h"

#include <stdlib.h>

#include "base/limits.h"
#include "base/utf8.h"
#include "doc/xml_meter.h"

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

/* One text is looked for in another, or looked up in it, letter by letter. */
static uint64_t looking(uint64_t first, uint64_t second)
{
	return first * second;
}

/* What was joined before is walked over once more. */
static uint64_t joining(uint64_t first, uint64_t second)
{
	return first + second;
}

/* Makes texts of the arguments, and counts what the function may do with them. */
static void meter_texts(
		xmlXPathParserContext *evaluation, int count, xmlXPathFunction function, uint64_t (*cost)(uint64_t, uint64_t))
{
	struct err err = {0};
	const struct xml_api *api = xml_load(&err);
	uint64_t before = 0, work = 0;
	bool affordable = count <= evaluation->valueNr;
	for (int i = 0; affordable && i < count; i++) {
		xmlXPathObject **value = &evaluation->valueTab[evaluation->valueNr - count + i];
		bool last = evaluation->value == *value;
		*value = api->convert_string(*value);
		if (last) evaluation->value = *value;
		uint64_t len = *value && (*value)->stringval ? strlen((const char *)(*value)->stringval) + 1 : 1;
		if (i > 0) work += cost(before, len);
		before = cost == joining ? before + len : i == 0 ? len : 0;
		affordable = xml_meter_spend(len) && work < LIMIT_XPATH_COST;
	}
	if (affordable && xml_meter_spend(work))
		function(evaluation, count);
	else
		api->raise(evaluation, XPATH_OP_LIMIT_EXCEEDED);
}

static void translate(xmlXPathParserContext *evaluation, int count)
{
	meter_texts(evaluation, count, xml_load(&(struct err){0})->translate, looking);
}

static void contains(xmlXPathParserContext *evaluation, int count)
{
	meter_texts(evaluation, count, xml_load(&(struct err){0})->contains, looking);
}

static void substring_before(xmlXPathParserContext *evaluation, int count)
{
	meter_texts(evaluation, count, xml_load(&(struct err){0})->before, looking);
}

static void substring_after(xmlXPathParserContext *evaluation, int count)
{
	meter_texts(evaluation, count, xml_load(&(struct err){0})->after, looking);
}

static void concat(xmlXPathParserContext *evaluation, int count)
{
	meter_texts(evaluation, count, xml_load(&(struct err){0})->concat, joining);
}

static void meter_functions(const struct xml_api *api, xmlXPathContext *context)
{
	static const struct {
		const char *name;
		xmlXPathFunction function;
	} metered[] = {{"translate", translate}, {"contains", contains}, {"substring-before", substring_before},
			{"substring-after", substring_after}, {"concat", concat}};
	for (size_t i = 0; i < sizeof metered / sizeof *metered; i++) {
		api->register_function(context, (const xmlChar *)metered[i].name, NULL); /* its own, which would stay */
		api->register_function(context, (const xmlChar *)metered[i].name, metered[i].function);
	}
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
	/* Each node that is added to a set is compared with those in it. */
	uint64_t nodes = doc ? xml_nodes(doc) + 1 : 1;
	if (LIMIT_XPATH_COST / nodes < context->opLimit) context->opLimit = LIMIT_XPATH_COST / nodes;
	meter_functions(api, context);
	register_prefixes(api, context, doc, names);
	return context;
}

static void *ceiling_error(struct str text, struct err *err)
{
	err_set(err, ERR_LIMIT, (struct loc){0}, "XPath \"%.*s\" takes more work on this document than the ceiling",
			"XPath \"%.*s\" vraagt op dit document meer werk dan het plafond",
			STR_FMT(utf8_shown(err->arena, text, 0)));
	return NULL;
}

static void *expression_error(const xmlXPathContext *context, struct str text, bool compiled, struct err *err)
{
	int code = context->lastError.code - XML_XPATH_EXPRESSION_OK, at = context->lastError.int1;
	struct str shown = utf8_shown(err->arena, text, !compiled && at > 0 ? (size_t)at : 0);
	if (code == XPATH_OP_LIMIT_EXCEEDED || code == XPATH_RECURSION_LIMIT_EXCEEDED || code == XPATH_MEMORY_ERROR)
		ceiling_error(text, err);
	else if (compiled)
		err_set(err, ERR_RULES, (struct loc){0},
				"XPath \"%.*s\": expected functions of XPath 1.0 and prefixes of the scenario or the root element, found others",
				"XPath \"%.*s\": verwacht werden functies van XPath 1.0 en voorvoegsels van het scenario of het hoofdelement, gevonden andere",
				STR_FMT(shown));
	else
		err_set(err, ERR_RULES, (struct loc){0},
				"expected an expression of XPath 1.0, found \"%.*s\", which is none from character %d on",
				"verwacht werd een expressie van XPath 1.0, gevonden \"%.*s\", en dat is het niet vanaf teken %d",
				STR_FMT(shown), at + 1);
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
		struct xml_meter meter;
		xml_meter_start(&meter, context, xml_nodes(doc) + 1);
		object = api->evaluate(compiled, context);
		xml_meter_stop();
		if (meter.spent >= LIMIT_XPATH_COST) {
			if (object) api->object_free(object);
			object = ceiling_error(text, err);
		} else if (!object) {
			expression_error(context, text, true, err);
		}
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

static bool is_settable(const xmlNode *node)
{
	return node->type == XML_ELEMENT_NODE || node->type == XML_ATTRIBUTE_NODE || node->type == XML_TEXT_NODE ||
		   node->type == XML_CDATA_SECTION_NODE;
}

/* From the last one to the first: what lies inside another goes before that does. */
static void set_all(const struct xml_api *api, xmlNodeSet *set, const xmlChar *value, const xmlChar *escaped)
{
	api->sort(set);
	for (int i = set->nodeNr; i-- > 0;) {
		bool plain = set->nodeTab[i]->type == XML_TEXT_NODE || set->nodeTab[i]->type == XML_CDATA_SECTION_NODE;
		api->set_content(set->nodeTab[i], plain ? value : escaped);
		set->nodeTab[i] = NULL; /* may be gone before the set is */
	}
}

static bool check_places(struct str text, const xmlXPathObject *found, struct str value, struct err *err)
{
	const xmlNodeSet *set = found->type == XPATH_NODESET ? found->nodesetval : NULL;
	bool settable = set && set->nodeNr > 0;
	for (int i = 0; settable && i < set->nodeNr; i++)
		settable = is_settable(set->nodeTab[i]);
	if (!settable)
		return err_set(err, ERR_RULES, (struct loc){0},
				"XPath \"%.*s\": expected elements, attributes or texts of the document, found none or something else",
				"XPath \"%.*s\": verwacht werden elementen, attributen of teksten van het document, gevonden niets of iets "
				"anders",
				STR_FMT(utf8_shown(err->arena, text, 0)));
	if (xml_is_text(value) && value.len <= LIMIT_XML_BYTES / (size_t)set->nodeNr) return true;
	return err_set(err, ERR_LIMIT, (struct loc){0},
			"XPath \"%.*s\": expected a text to fill in without control characters and of at most %d bytes in all places",
			"XPath \"%.*s\": verwacht werd een in te vullen tekst zonder stuurtekens, van hoogstens %d bytes op alle "
			"plaatsen samen",
			STR_FMT(utf8_shown(err->arena, text, 0)), LIMIT_XML_BYTES);
}

bool xpath_set(struct str text, xmlDoc *doc, const struct xpath_names *names, struct str value, struct err *err)
{
	const struct xml_api *api = xml_load(err);
	xmlXPathObject *object = api ? evaluate(api, text, doc, names, err) : NULL;
	if (!object) return false;
	bool sound = check_places(text, object, value, err);
	if (sound) {
		char *copy = strndup(value.len ? value.ptr : "", value.len);
		xmlChar *escaped = copy ? api->escape(doc, (const xmlChar *)copy) : NULL;
		sound = escaped != NULL;
		if (sound) set_all(api, object->nodesetval, (const xmlChar *)copy, escaped);
		if (!sound)
			err_set(err, ERR_LIMIT, (struct loc){0}, "XML: libxml2 has no memory", "XML: libxml2 heeft geen geheugen");
		if (escaped) api->free_memory(escaped);
		free(copy);
	}
	api->object_free(object);
	return sound;
}
