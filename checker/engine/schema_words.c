/* SPDX-License-Identifier: EUPL-1.2 */
/* Violations of a schema in words that a vendor understands, in both languages. */
#include "base/limits.h"
#include "base/utf8.h"
#include "doc/pointer.h"
#include "engine/schema_eval.h"
#include "engine/schema_keyword.h"
#include "engine/schema_listing.h"

/* What is at hand, and what is said of it. */
struct saying {
	struct arena *arena;
	const struct failure *failure;
	const struct node *schema;  /* that holds the keyword */
	const struct node *operand; /* of the keyword */
	struct text subject;        /* "x" */
	struct str printed;         /* the operand */
};

/* How the words make a sentence. */
enum form {
	FORM_BE,    /* subject must be ... */
	FORM_HAVE,  /* subject must have ... */
	FORM_OF_ME, /* the words are the whole of it */
};

/* The last step of a pointer, decoded. */
static struct str last_step(struct arena *arena, struct str pointer)
{
	size_t at = pointer.len;
	while (at > 0 && pointer.ptr[at - 1] != '/')
		at--;
	struct strbuf name;
	strbuf_init(&name, LIMIT_MESSAGE_BYTES);
	for (size_t i = at; i < pointer.len; i++) {
		bool escape = pointer.ptr[i] == '~' && i + 1 < pointer.len;
		strbuf_add_char(&name, escape ? (pointer.ptr[++i] == '1' ? '/' : '~') : pointer.ptr[i]);
	}
	return strbuf_take(&name, arena);
}

static struct str without_last_step(struct str pointer)
{
	while (pointer.len > 0 && pointer.ptr[--pointer.len] != '/')
		;
	return pointer;
}

static bool is_number(struct str text)
{
	uint32_t number;
	return str_to_u32(text, &number);
}

/* "startdatum", element 2 of "kenmerken", or the document. What looks like an index may be a name: no harm done. */
static struct text subject_of(struct arena *arena, struct str pointer, struct str whole)
{
	if (pointer.len == 0 && whole.ptr) return listing_quoted(arena, whole);
	if (pointer.len == 0) return TEXT("the document", "het document");
	struct str step = last_step(arena, pointer);
	uint32_t index;
	if (!str_to_u32(step, &index)) return listing_quoted(arena, step);
	struct str list = without_last_step(pointer);
	struct str name = last_step(arena, list);
	if (list.len == 0 || is_number(name))
		return text_printf(arena, "element %u of the list", "element %u van de lijst", index + 1);
	return text_printf(arena, "element %u of \"%.*s\"", "element %u van \"%.*s\"", index + 1, STR_FMT(name));
}

#define WORDS(name) static struct text name(const struct saying *saying, enum form *form)

WORDS(say_bound)
{
	static const struct {
		const char *keyword;
		struct text open, closed;
	} bounds[] = {
			{"maximum", {{STR("less than"), STR("kleiner dan")}}, {{STR("at most"), STR("hoogstens")}}},
			{"minimum", {{STR("more than"), STR("groter dan")}}, {{STR("at least"), STR("ten minste")}}},
			{"exclusiveMaximum", {{STR("less than"), STR("kleiner dan")}}, {{STR(""), STR("")}}},
			{"exclusiveMinimum", {{STR("more than"), STR("groter dan")}}, {{STR(""), STR("")}}},
	};
	*form = FORM_BE;
	size_t i = 0;
	while (strcmp(bounds[i].keyword, saying->failure->instruction->keyword->name) != 0)
		i++;
	struct text words = i > 1 || saying->failure->instruction->flag ? bounds[i].open : bounds[i].closed;
	return (struct text){{
			str_printf(saying->arena, "%.*s %.*s", STR_FMT(words.in[LANG_EN]), STR_FMT(saying->printed)),
			str_printf(saying->arena, "%.*s %.*s", STR_FMT(words.in[LANG_NL]), STR_FMT(saying->printed)),
	}};
}

WORDS(say_multiple)
{
	*form = FORM_BE;
	return text_printf(saying->arena, "a multiple of %.*s", "een veelvoud van %.*s", STR_FMT(saying->printed));
}

/* minLength, maxItems and the like. */
WORDS(say_size)
{
	struct str keyword = str_of(saying->failure->instruction->keyword->name);
	bool most = str_starts(keyword, STR("max"));
	bool one = str_eq(saying->printed, STR("1"));
	struct text what = one ? TEXT("property", "eigenschap") : TEXT("properties", "eigenschappen");
	if (str_ends(keyword, STR("Length"))) what = one ? TEXT("character", "teken") : TEXT("characters", "tekens");
	if (str_ends(keyword, STR("Items"))) what = one ? TEXT("element", "element") : TEXT("elements", "elementen");
	*form = FORM_HAVE;
	return (struct text){{
			str_printf(saying->arena, "%s %.*s %.*s", most ? "at most" : "at least", STR_FMT(saying->printed),
					STR_FMT(what.in[LANG_EN])),
			str_printf(saying->arena, "%s %.*s %.*s", most ? "hoogstens" : "ten minste", STR_FMT(saying->printed),
					STR_FMT(what.in[LANG_NL])),
	}};
}

WORDS(say_pattern)
{
	*form = FORM_HAVE;
	struct str pattern = node_text(saying->operand);
	return text_printf(saying->arena, "the form of the pattern %.*s", "de vorm van het patroon %.*s", STR_FMT(pattern));
}

WORDS(say_format)
{
	static const struct {
		const char *name;
		struct text is;
	} formats[] = {
			{"date", {{STR("a date such as 2024-01-31"), STR("een datum als 2024-01-31")}}},
			{"date-time", {{STR("a date with a time such as 2024-01-31T12:00:00Z"),
								  STR("een datum met tijd als 2024-01-31T12:00:00Z")}}},
			{"time", {{STR("a time such as 12:00:00Z"), STR("een tijd als 12:00:00Z")}}},
			{"duration", {{STR("a duration such as P6M or PT30M"), STR("een duur als P6M of PT30M")}}},
			{"uri", {{STR("a URI such as https://example.nl/zaken/1"), STR("een URI als https://example.nl/zaken/1")}}},
			{"uri-reference", {{STR("a URI, or a part of one"), STR("een URI of een deel daarvan")}}},
			{"email", {{STR("a mail address such as loket@example.nl"), STR("een mailadres als loket@example.nl")}}},
			{"hostname", {{STR("a host name such as www.example.nl"), STR("een hostnaam als www.example.nl")}}},
			{"ipv4", {{STR("an IPv4 address such as 192.0.2.1"), STR("een IPv4-adres als 192.0.2.1")}}},
			{"ipv6", {{STR("an IPv6 address such as 2001:db8::1"), STR("een IPv6-adres als 2001:db8::1")}}},
			{"uuid", {{STR("a UUID such as 5b1ee0c6-0f1b-4e6a-9a43-1f7f3c2f8f10"),
							 STR("een UUID als 5b1ee0c6-0f1b-4e6a-9a43-1f7f3c2f8f10")}}},
			{"regex", {{STR("a regular expression"), STR("een reguliere expressie")}}},
			{"json-pointer", {{STR("a JSON Pointer such as /zaken/0"), STR("een JSON Pointer als /zaken/0")}}},
			{"int32", {{STR("a whole number of 32 bits"), STR("een geheel getal van 32 bits")}}},
			{"int64", {{STR("a whole number of 64 bits"), STR("een geheel getal van 64 bits")}}},
			{"byte", {{STR("base64"), STR("base64")}}},
	};
	*form = FORM_BE;
	for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++)
		if (str_eq(node_text(saying->operand), str_of(formats[i].name))) return formats[i].is;
	struct str name = node_text(saying->operand);
	return text_printf(saying->arena, "of the format \"%.*s\"", "van het formaat \"%.*s\"", STR_FMT(name));
}

WORDS(say_unique)
{
	*form = FORM_OF_ME;
	uint32_t first = saying->failure->second < saying->failure->first ? saying->failure->second
																	  : saying->failure->first;
	uint32_t second = saying->failure->first + saying->failure->second - first;
	return (struct text){{
			str_printf(saying->arena, "%.*s has equal elements: %u and %u", STR_FMT(saying->subject.in[LANG_EN]),
					first + 1, second + 1),
			str_printf(saying->arena, "%.*s heeft gelijke elementen: %u en %u", STR_FMT(saying->subject.in[LANG_NL]),
					first + 1, second + 1),
	}};
}

WORDS(say_tuple)
{
	*form = FORM_HAVE;
	return text_printf(
			saying->arena, "at most %u elements", "hoogstens %u elementen", saying->failure->instruction->count);
}

WORDS(say_contains)
{
	uint32_t least = saying->failure->instruction->then;
	uint32_t most = saying->failure->instruction->otherwise;
	*form = FORM_OF_ME;
	struct text number = text_printf(saying->arena, "%u to %u", "%u tot %u", least, most);
	if (most == UINT32_MAX) number = text_printf(saying->arena, "at least %u", "ten minste %u", least);
	return (struct text){{
			str_printf(saying->arena, "%.*s must have elements that the schema under contains describes: %.*s",
					STR_FMT(saying->subject.in[LANG_EN]), STR_FMT(number.in[LANG_EN])),
			str_printf(saying->arena, "%.*s moet elementen hebben die het schema onder contains beschrijft: %.*s",
					STR_FMT(saying->subject.in[LANG_NL]), STR_FMT(number.in[LANG_NL])),
	}};
}

/* "x" lacks "y": of the object as a whole. */
static struct text lacks(const struct saying *saying, struct str name, struct text why)
{
	return (struct text){{
			str_printf(saying->arena, "%.*s lacks the property \"%.*s\"%.*s", STR_FMT(saying->subject.in[LANG_EN]),
					STR_FMT(name), STR_FMT(why.in[LANG_EN])),
			str_printf(saying->arena, "%.*s mist de eigenschap \"%.*s\"%.*s", STR_FMT(saying->subject.in[LANG_NL]),
					STR_FMT(name), STR_FMT(why.in[LANG_NL])),
	}};
}

WORDS(say_required)
{
	*form = FORM_OF_ME;
	return lacks(saying, saying->failure->name, TEXT(", which is required", ", die verplicht is"));
}

WORDS(say_dependencies)
{
	struct str name = saying->failure->name;
	*form = FORM_OF_ME;
	return lacks(saying, saying->failure->needs,
			text_printf(saying->arena, ", which is required beside \"%.*s\"", ", die verplicht is naast \"%.*s\"",
					STR_FMT(name)));
}

WORDS(say_member)
{
	struct str name = saying->failure->name;
	*form = FORM_OF_ME;
	return text_printf(saying->arena, "the property \"%.*s\" is not allowed here",
			"de eigenschap \"%.*s\" is hier niet toegestaan", STR_FMT(name));
}

WORDS(say_element)
{
	*form = FORM_OF_ME;
	return (struct text){{
			str_printf(saying->arena, "%.*s is not allowed here", STR_FMT(saying->subject.in[LANG_EN])),
			str_printf(saying->arena, "%.*s is hier niet toegestaan", STR_FMT(saying->subject.in[LANG_NL])),
	}};
}

WORDS(say_name)
{
	struct str name = saying->failure->name;
	*form = FORM_OF_ME;
	return text_printf(saying->arena, "the property \"%.*s\" has a name that is not allowed here",
			"de eigenschap \"%.*s\" heeft een naam die hier niet is toegestaan", STR_FMT(name));
}

WORDS(say_const)
{
	*form = FORM_BE;
	return listing_plain(listing_value(saying->arena, saying->operand));
}

WORDS(say_enum)
{
	*form = FORM_BE;
	return listing_values(saying->arena, &saying->operand, 1, true);
}

/* anyOf and oneOf: more than one branch holds, or none does, with or without something in common. */
WORDS(say_branches)
{
	const struct failure *failure = saying->failure;
	*form = FORM_BE;
	if (failure->choice && failure->choice->types) return listing_types(saying->arena, failure->choice->types);
	if (failure->choice) return listing_values(saying->arena, failure->choice->values, failure->choice->count, true);
	*form = FORM_OF_ME;
	if (!failure->several)
		return (struct text){{
				str_printf(saying->arena, "%.*s fits none of the %u possibilities that the schema gives under %s",
						STR_FMT(saying->subject.in[LANG_EN]), failure->instruction->count,
						failure->instruction->keyword->name),
				str_printf(saying->arena, "%.*s past op geen van de %u mogelijkheden die het schema geeft onder %s",
						STR_FMT(saying->subject.in[LANG_NL]), failure->instruction->count,
						failure->instruction->keyword->name),
		}};
	return (struct text){{
			str_printf(saying->arena,
					"%.*s fits more than one schema under oneOf (numbers %u and %u), and may fit only one",
					STR_FMT(saying->subject.in[LANG_EN]), failure->first + 1, failure->second + 1),
			str_printf(saying->arena,
					"%.*s past op meer dan één schema onder oneOf (nummers %u en %u), en mag er maar op één passen",
					STR_FMT(saying->subject.in[LANG_NL]), failure->first + 1, failure->second + 1),
	}};
}

/* What is excluded, where that is but a few values, a type or names; else empty. */
static struct text excluded(const struct saying *saying, const char **en, const char **nl)
{
	const struct node *schema = saying->operand;
	const struct node *operand = schema->kind == NODE_OBJECT && schema->len == 1 ? &schema->children[0] : NULL;
	struct str keyword = operand ? node_key(operand) : STR("");
	struct text list = TEXT("", "");
	*en = "be", *nl = "zijn";
	if (str_eq(keyword, STR("const"))) return listing_plain(listing_value(saying->arena, operand));
	if (str_eq(keyword, STR("enum"))) return listing_values(saying->arena, &operand, 1, true);
	if (!str_eq(keyword, STR("required")) || operand->kind != NODE_ARRAY) return list;
	*en = operand->len > 1 ? "have at the same time" : "have";
	*nl = operand->len > 1 ? "tegelijk hebben" : "hebben";
	for (uint32_t i = 0; i < operand->len; i++) {
		struct text name = listing_quoted(saying->arena, node_text(&operand->children[i]));
		list = listing_add(saying->arena, list, name, i, operand->len, false);
	}
	return list;
}

WORDS(say_not)
{
	const char *en;
	const char *nl;
	struct text what = excluded(saying, &en, &nl);
	*form = FORM_OF_ME;
	if (what.in[LANG_EN].len)
		return (struct text){{
				str_printf(saying->arena, "%.*s may not %s: %.*s", STR_FMT(saying->subject.in[LANG_EN]), en,
						STR_FMT(what.in[LANG_EN])),
				str_printf(saying->arena, "%.*s mag niet %s: %.*s", STR_FMT(saying->subject.in[LANG_NL]), nl,
						STR_FMT(what.in[LANG_NL])),
		}};
	return (struct text){{
			str_printf(
					saying->arena, "%.*s is what the schema excludes under not", STR_FMT(saying->subject.in[LANG_EN])),
			str_printf(
					saying->arena, "%.*s is wat het schema uitsluit onder not", STR_FMT(saying->subject.in[LANG_NL])),
	}};
}

WORDS(say_discriminator)
{
	struct str name = saying->failure->name;
	*form = FORM_HAVE;
	return text_printf(saying->arena, "a property \"%.*s\" that names one of the schemas",
			"een eigenschap \"%.*s\" die een van de schema's noemt", STR_FMT(name));
}

WORDS(say_content)
{
	*form = FORM_BE;
	bool media = str_eq(str_of(saying->failure->instruction->keyword->name), STR("contentMediaType"));
	if (media && saying->failure->instruction->flag) return TEXT("JSON in base64", "JSON in base64-codering");
	return media ? TEXT("JSON", "JSON") : TEXT("base64", "base64");
}

static const struct {
	const char *keyword;
	struct text (*say)(const struct saying *saying, enum form *form);
} sayings[] = {
		{"maximum", say_bound},
		{"minimum", say_bound},
		{"exclusiveMaximum", say_bound},
		{"exclusiveMinimum", say_bound},
		{"multipleOf", say_multiple},
		{"maxLength", say_size},
		{"minLength", say_size},
		{"maxItems", say_size},
		{"minItems", say_size},
		{"maxProperties", say_size},
		{"minProperties", say_size},
		{"pattern", say_pattern},
		{"format", say_format},
		{"items", say_tuple},
		{"additionalItems", say_tuple},
		{"contains", say_contains},
		{"uniqueItems", say_unique},
		{"required", say_required},
		{"dependencies", say_dependencies},
		{"dependentRequired", say_dependencies},
		{"additionalProperties", say_member},
		{"unevaluatedProperties", say_member},
		{"unevaluatedItems", say_element},
		{"propertyNames", say_name},
		{"oneOf", say_branches},
		{"anyOf", say_branches},
		{"not", say_not},
		{"const", say_const},
		{"enum", say_enum},
		{"discriminator", say_discriminator},
		{"contentEncoding", say_content},
		{"contentMediaType", say_content},
};

static struct text say(const struct saying *saying, enum form *form)
{
	const struct instruction *instruction = saying->failure->instruction;
	for (size_t i = 0; instruction && i < sizeof sayings / sizeof sayings[0]; i++)
		if (strcmp(sayings[i].keyword, instruction->keyword->name) == 0) return sayings[i].say(saying, form);
	*form = FORM_OF_ME;
	return say_element(saying, form); /* the schema is `false` */
}

static struct text sentence(const struct saying *saying, struct text words, enum form form)
{
	if (form == FORM_OF_ME) return words;
	bool be = form == FORM_BE;
	return (struct text){{
			str_printf(saying->arena, "%.*s must %s %.*s", STR_FMT(saying->subject.in[LANG_EN]), be ? "be" : "have",
					STR_FMT(words.in[LANG_EN])),
			str_printf(saying->arena, "%.*s moet %.*s %s", STR_FMT(saying->subject.in[LANG_NL]),
					STR_FMT(words.in[LANG_NL]), be ? "zijn" : "hebben"),
	}};
}

/* What should have been there instead, where the sentence does not say so. */
static struct text expectation(const struct saying *saying)
{
	const struct instruction *instruction = saying->failure->instruction;
	const char *keyword = instruction ? instruction->keyword->name : "";
	if (strcmp(keyword, "required") == 0) return listing_quoted(saying->arena, saying->failure->name);
	if (strcmp(keyword, "additionalProperties") == 0)
		return listing_members(saying->arena, node_member(saying->schema, STR("properties")));
	if (strcmp(keyword, "uniqueItems") == 0) return TEXT("elements that all differ", "elementen die alle verschillen");
	return TEXT("", "");
}

static struct str capital(struct arena *arena, struct str text)
{
	if (text.len == 0 || text.ptr[0] < 'a' || text.ptr[0] > 'z') return text;
	char *copy = arena_copy(arena, text.ptr, text.len);
	copy[0] = (char)(copy[0] - 'a' + 'A');
	return (struct str){copy, text.len};
}

void schema_words(const struct evaluation *evaluation, const struct failure *failure, struct str name,
		struct schema_violation *violation)
{
	const struct block *block = &evaluation->schema->blocks[failure->block];
	const struct instruction *instruction = failure->instruction;
	struct saying saying = {.arena = evaluation->arena, .failure = failure, .schema = block->node};
	enum form form = FORM_BE;
	saying.operand = instruction ? instruction->operand : NULL;
	saying.printed = instruction ? listing_value(evaluation->arena, saying.operand) : STR("");
	saying.subject = subject_of(evaluation->arena, violation->instance, name);
	bool typed = !instruction && !block->never;
	struct text words = typed ? listing_types(evaluation->arena, block->types) : say(&saying, &form);
	violation->message = sentence(&saying, words, form);
	for (int lang = 0; lang < LANG_COUNT; lang++)
		violation->message.in[lang] = capital(evaluation->arena, violation->message.in[lang]);
	violation->expected = form == FORM_OF_ME ? expectation(&saying) : words;
	violation->found = listing_value(evaluation->arena, failure->value);
	if (form == FORM_OF_ME && instruction && strcmp(instruction->keyword->name, "propertyNames") == 0)
		violation->found = failure->name;
}
