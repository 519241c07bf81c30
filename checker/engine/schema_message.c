/* SPDX-License-Identifier: EUPL-1.2 */
/* Violations of a schema in words: English as Spectral has it, by way of ajv and better-ajv-errors, and Dutch. */
#include "base/limits.h"
#include "base/utf8.h"
#include "doc/pointer.h"
#include "engine/js.h"
#include "engine/schema_eval.h"
#include "engine/schema_keyword.h"

/* What a message is made from. */
struct words {
	struct arena *arena;
	const struct failure *failure;
	const struct instruction *instruction;
	struct str operand; /* value of the keyword as printed */
	struct str name;    /* of the value at fault; ptr NULL: the whole instance, without a name */
};

/* typeof, with a capital; in Dutch what a reader calls it. */
static struct text type_name(const struct node *value)
{
	static const char *const en[] = {"Object", "Boolean", "Boolean", "Number", "String", "Object", "Object"};
	static const char *const nl[] = {
			"De waarde", "De waarde", "De waarde", "Het getal", "De tekst", "De lijst", "Het object"};
	return (struct text){{str_of(en[value->kind]), str_of(nl[value->kind])}};
}

/* Better-ajv-errors puts double quotes for single ones, and writes NOT small, wherever it finds them. */
static struct str clean(struct arena *arena, struct str message)
{
	char *copy = arena_copy(arena, message.ptr, message.len);
	for (size_t i = 0; i < message.len; i++) {
		if (copy[i] == '\'') copy[i] = '"';
		if (i + 3 <= message.len && memcmp(copy + i, "NOT", 3) == 0) memcpy(copy + i, "not", 3);
	}
	return (struct str){copy, message.len};
}

static struct text bound(const struct words *words)
{
	bool most = str_eq(str_of(words->instruction->keyword->name), STR("maximum"));
	bool least = str_eq(str_of(words->instruction->keyword->name), STR("minimum"));
	bool upper = most || str_eq(str_of(words->instruction->keyword->name), STR("exclusiveMaximum"));
	const char *equal = (most || least) && !words->instruction->flag ? "=" : "";
	return text_printf(words->arena, "must be %s%s %.*s", "moet %s%s %.*s zijn", upper ? "<" : ">", equal,
			STR_FMT(words->operand));
}

static struct text multiple(const struct words *words)
{
	return text_printf(
			words->arena, "must be multiple of %.*s", "moet een veelvoud van %.*s zijn", STR_FMT(words->operand));
}

/* minLength, maxItems and the like. */
static struct text size(const struct words *words)
{
	struct str keyword = str_of(words->instruction->keyword->name);
	bool most = str_starts(keyword, STR("max"));
	struct str what = str_skip(keyword, 3);
	const char *en = str_eq(what, STR("Length")) ? "characters" : str_eq(what, STR("Items")) ? "items" : "properties";
	const char *nl = str_eq(what, STR("Length"))  ? "tekens"
					 : str_eq(what, STR("Items")) ? "elementen"
												  : "eigenschappen";
	struct str operand = words->operand;
	return (struct text){{
			str_printf(words->arena, "must NOT have %s than %.*s %s", most ? "more" : "fewer", STR_FMT(operand), en),
			str_printf(words->arena, "mag niet %s dan %.*s %s hebben", most ? "meer" : "minder", STR_FMT(operand), nl),
	}};
}

static struct text pattern(const struct words *words)
{
	struct str source = node_text(words->instruction->operand);
	return text_printf(
			words->arena, "must match pattern \"%.*s\"", "moet voldoen aan het patroon \"%.*s\"", STR_FMT(source));
}

static struct text format(const struct words *words)
{
	struct str name = node_text(words->instruction->operand);
	return text_printf(words->arena, "must match format \"%.*s\"", "moet de vorm \"%.*s\" hebben", STR_FMT(name));
}

/* `items` and additionalItems fail themselves only where they are `false` after a tuple. */
static struct text items(const struct words *words)
{
	return text_printf(words->arena, "must NOT have more than %u items", "mag niet meer dan %u elementen hebben",
			words->instruction->count);
}

static struct text contains(const struct words *words)
{
	uint32_t least = words->instruction->then;
	uint32_t most = words->instruction->otherwise;
	if (most == UINT32_MAX)
		return text_printf(words->arena, "must contain at least %u valid item(s)",
				"moet ten minste %u passende elementen bevatten", least);
	return text_printf(words->arena, "must contain at least %u and no more than %u valid item(s)",
			"moet ten minste %u en hoogstens %u passende elementen bevatten", least, most);
}

static struct text unique(const struct words *words)
{
	return text_printf(words->arena, "must NOT have duplicate items (items ## %u and %u are identical)",
			"mag geen dubbele elementen hebben (elementen %u en %u zijn gelijk)", words->failure->second,
			words->failure->first);
}

static struct text required(const struct words *words)
{
	return text_printf(words->arena, "must have required property '%.*s'", "moet de eigenschap \"%.*s\" hebben",
			STR_FMT(words->failure->name));
}

static struct text dependencies(const struct words *words)
{
	const struct entry *entry = &words->instruction->entries->items[words->failure->first];
	struct strbuf buf;
	strbuf_init(&buf, LIMIT_MESSAGE_BYTES);
	for (uint32_t i = 0; i < entry->names->len; i++)
		strbuf_printf(&buf, "%s%.*s", i > 0 ? ", " : "", STR_FMT(node_text(&entry->names->children[i])));
	struct str names = str_copy(words->arena, strbuf_str(&buf));
	strbuf_release(&buf);
	bool one = entry->names->len == 1;
	return (struct text){{
			str_printf(words->arena, "must have %s %.*s when property %.*s is present", one ? "property" : "properties",
					STR_FMT(names), STR_FMT(entry->key)),
			str_printf(words->arena, "moet %s %.*s hebben als de eigenschap %.*s aanwezig is",
					one ? "de eigenschap" : "de eigenschappen", STR_FMT(names), STR_FMT(entry->key)),
	}};
}

static struct text property_names(const struct words *words)
{
	(void)words;
	return TEXT("property name must be valid", "heeft een eigenschap met een naam die niet is toegestaan");
}

static struct text one_of(const struct words *words)
{
	(void)words;
	return TEXT("must match exactly one schema in oneOf", "moet aan precies een schema in oneOf voldoen");
}

static struct text any_of(const struct words *words)
{
	(void)words;
	return TEXT("must match a schema in anyOf", "moet aan een schema in anyOf voldoen");
}

static struct text negation(const struct words *words)
{
	(void)words;
	return TEXT("must NOT be valid", "mag niet aan het schema onder not voldoen");
}

static struct text constant(const struct words *words)
{
	(void)words;
	return TEXT("must be equal to constant", "moet gelijk zijn aan de vaste waarde");
}

static struct text if_then(const struct words *words)
{
	return words->failure->first ? TEXT("must match \"then\" schema", "moet aan het schema onder \"then\" voldoen")
								 : TEXT("must match \"else\" schema", "moet aan het schema onder \"else\" voldoen");
}

static struct text unevaluated_properties(const struct words *words)
{
	(void)words;
	return TEXT("must NOT have unevaluated properties", "mag geen eigenschappen hebben die het schema niet beschrijft");
}

static struct text unevaluated_items(const struct words *words)
{
	return text_printf(words->arena, "must NOT have more than %u items", "mag niet meer dan %u elementen hebben",
			words->failure->first);
}

static struct text discriminator(const struct words *words)
{
	return text_printf(words->arena, "must have property '%.*s' that names one of the schemas",
			"moet een eigenschap \"%.*s\" hebben die een van de schema's noemt", STR_FMT(words->failure->name));
}

static struct text content_encoding(const struct words *words)
{
	(void)words;
	return TEXT("must be base64", "moet base64 zijn");
}

static struct text content_media(const struct words *words)
{
	return words->instruction->flag ? TEXT("must be JSON in base64", "moet JSON in base64 zijn")
									: TEXT("must be JSON", "moet JSON zijn");
}

/* Predicates by keyword. */
static const struct {
	const char *keyword;
	struct text (*text)(const struct words *words);
} predicates[] = {
		{"maximum", bound},
		{"minimum", bound},
		{"exclusiveMaximum", bound},
		{"exclusiveMinimum", bound},
		{"multipleOf", multiple},
		{"maxLength", size},
		{"minLength", size},
		{"maxItems", size},
		{"minItems", size},
		{"maxProperties", size},
		{"minProperties", size},
		{"pattern", pattern},
		{"format", format},
		{"items", items},
		{"additionalItems", items},
		{"contains", contains},
		{"uniqueItems", unique},
		{"required", required},
		{"dependencies", dependencies},
		{"dependentRequired", dependencies},
		{"propertyNames", property_names},
		{"oneOf", one_of},
		{"anyOf", any_of},
		{"not", negation},
		{"const", constant},
		{"if", if_then},
		{"unevaluatedProperties", unevaluated_properties},
		{"unevaluatedItems", unevaluated_items},
		{"discriminator", discriminator},
		{"contentEncoding", content_encoding},
		{"contentMediaType", content_media},
};

static struct text predicate(const struct words *words)
{
	struct str keyword = str_of(words->instruction->keyword->name);
	for (size_t i = 0; i < sizeof predicates / sizeof predicates[0]; i++)
		if (str_eq(str_of(predicates[i].keyword), keyword)) return predicates[i].text(words);
	return TEXT("must be valid", "moet aan het schema voldoen");
}

/* `"name" property ` or the type. */
static struct text subject(const struct words *words)
{
	if (!words->name.ptr) return type_name(words->failure->value);
	return text_printf(words->arena, "\"%.*s\" property", "De eigenschap \"%.*s\"", STR_FMT(words->name));
}

static struct text sentence(const struct words *words, struct text about)
{
	struct text who = subject(words);
	struct str en = clean(words->arena, about.in[LANG_EN]);
	return (struct text){{
			str_printf(words->arena, "%.*s %.*s", STR_FMT(who.in[LANG_EN]), STR_FMT(en)),
			str_printf(words->arena, "%.*s %.*s", STR_FMT(who.in[LANG_NL]), STR_FMT(about.in[LANG_NL])),
	}};
}

/* The operand of `type` as JavaScript joins it. */
static struct str print_types(struct arena *arena, const struct node *type)
{
	if (!type) return STR("");
	if (type->kind == NODE_STRING) return node_text(type);
	struct str joined = {"", 0};
	for (uint32_t i = 0; i < node_count(type); i++)
		joined = str_printf(
				arena, "%.*s%s%.*s", STR_FMT(joined), i > 0 ? "," : "", STR_FMT(node_text(&type->children[i])));
	return joined;
}

static struct text type_text(const struct words *words, struct str types)
{
	if (!words->name.ptr)
		return text_printf(
				words->arena, "Value type must be %.*s", "De waarde moet van het type %.*s zijn", STR_FMT(types));
	return text_printf(words->arena, "\"%.*s\" property type must be %.*s",
			"De eigenschap \"%.*s\" moet van het type %.*s zijn", STR_FMT(words->name), STR_FMT(types));
}

/* The last token of the instance pointer, as written there, or what the whole instance is called. */
static struct str name_of(struct str pointer, struct str whole)
{
	for (size_t i = pointer.len; i > 0; i--)
		if (pointer.ptr[i - 1] == '/') return str_skip(pointer, i);
	return whole;
}

static struct str keyword_pointer(const struct words *words, const struct block *block, const char *keyword)
{
	struct str pointer = schema_place_pointer(words->arena, block->place);
	return str_printf(words->arena, "%.*s/%s", STR_FMT(pointer), keyword);
}

/* The type, or a schema that is `false`. */
static void describe_type(const struct words *words, const struct block *block, struct schema_violation *violation)
{
	if (block->never) {
		violation->keyword = STR("false schema");
		violation->pointer = schema_place_pointer(words->arena, block->place);
		violation->start = block->node->start;
		violation->message = sentence(words, TEXT("boolean schema is false", "mag hier niet staan"));
		return;
	}
	violation->keyword = STR("type");
	violation->operand = node_member(block->node, STR("type"));
	violation->pointer = keyword_pointer(words, block, "type");
	struct str types = print_types(words->arena, violation->operand);
	if (block->says_null) types = str_printf(words->arena, "%.*s,null", STR_FMT(types));
	violation->message = type_text(words, types);
	violation->expected = (struct text){{types, types}};
}

static void describe_keyword(const struct words *words, const struct block *block, struct schema_violation *violation)
{
	const char *keyword = words->instruction->keyword->name;
	struct str name = words->failure->name;
	violation->keyword = str_of(keyword);
	violation->operand = words->instruction->operand;
	violation->pointer = keyword_pointer(words, block, keyword);
	if (str_eq(violation->keyword, STR("enum"))) {
		violation->message = schema_enum_text(words->arena, words->name, words->failure->value, &violation->operand, 1);
	} else if (str_eq(violation->keyword, STR("additionalProperties"))) {
		violation->message = text_printf(words->arena, "Property \"%.*s\" is not expected to be here",
				"De eigenschap \"%.*s\" hoort hier niet", STR_FMT(name));
		violation->found = name;
	} else {
		struct text about = predicate(words);
		violation->message = sentence(words, about);
		violation->expected = about;
		if (str_eq(violation->keyword, STR("unevaluatedProperties"))) violation->found = name;
	}
}

void schema_describe(const struct evaluation *evaluation, const struct failure *failure, struct str name,
		struct schema_violation *violation)
{
	const struct block *block = &evaluation->schema->blocks[failure->block];
	struct words words = {evaluation->arena, failure, failure->instruction, {NULL, 0}, {NULL, 0}};
	words.name = name_of(violation->instance, name);
	violation->value = failure->value;
	violation->several = failure->several;
	violation->source = block->source;
	violation->found = js_found(evaluation->arena, failure->value);
	if (!failure->instruction) {
		describe_type(&words, block, violation);
	} else {
		words.operand = js_printed(evaluation->arena, failure->instruction->operand);
		describe_keyword(&words, block, violation);
	}
	if (violation->operand) violation->start = violation->operand->start;
}
