/* SPDX-License-Identifier: EUPL-1.2 */
/* What libxml2 says of a document against its schema, in words of two languages. */
#include "base/limits.h"
#include "engine/xsd_private.h"

enum { VALUE_SHOWN = 200 };

/* Between the first `before` and the `after` that is last or, not `greedy`, next. ptr NULL: not there. */
static struct str between(struct str text, const char *before, const char *after, bool greedy)
{
	struct str none = {NULL, 0};
	size_t from = str_find_str(text, str_of(before));
	if (from == text.len) return none;
	struct str rest = str_skip(text, from + strlen(before));
	size_t to = str_find_str(rest, str_of(after));
	if (to == rest.len) return none;
	for (size_t next = to; greedy && next < rest.len;) {
		to = next;
		next = to + 1 + str_find_str(str_skip(rest, to + 1), str_of(after));
	}
	return (struct str){rest.ptr, to};
}

/* The prefix by which the document knows a namespace at a node; NULL: by none. "" is the default one. */
static const char *prefix_of(const xmlNode *node, struct str ns)
{
	for (; node && node->type != XML_DOCUMENT_NODE; node = node->parent) {
		if (node->type != XML_ELEMENT_NODE) continue;
		for (const xmlNs *at = node->nsDef; at; at = at->next)
			if (at->href && str_eq(ns, str_of((const char *)at->href)))
				return at->prefix ? (const char *)at->prefix : "";
	}
	return NULL;
}

/* "{namespace}name" as the document would write it, as far as it can. */
static void add_name(struct strbuf *out, const xmlNode *node, struct str name)
{
	size_t end = str_starts(name, STR("{")) ? str_find(name, '}') : name.len;
	const char *prefix = end < name.len ? prefix_of(node, (struct str){name.ptr + 1, end - 1}) : NULL;
	if (prefix) name = str_skip(name, end + 1);
	if (prefix && *prefix) strbuf_printf(out, "%s:", prefix);
	strbuf_add(out, name);
}

/* "{ns}a, {ns}b" by the names that the document uses. */
static struct str names_in(struct str list, const xmlNode *node, struct arena *arena)
{
	struct strbuf out;
	strbuf_init(&out, LIMIT_MESSAGE_BYTES);
	while (list.len) {
		size_t end = str_find_str(list, STR(", "));
		struct str name = {list.ptr, end};
		while (name.len && name.ptr[0] == ' ')
			name = str_skip(name, 1);
		while (name.len && name.ptr[name.len - 1] == ' ')
			name.len--;
		if (out.len) strbuf_add(&out, STR(", "));
		add_name(&out, node, name);
		list = str_skip(list, end + 2);
	}
	return strbuf_take(&out, arena);
}

static struct str name_of(const xmlNode *node, struct arena *arena)
{
	struct strbuf out;
	strbuf_init(&out, LIMIT_MESSAGE_BYTES);
	if (node->ns && node->ns->prefix) strbuf_printf(&out, "%s:", (const char *)node->ns->prefix);
	strbuf_add(&out, str_of((const char *)node->name));
	return strbuf_take(&out, arena);
}

/* The text of an element or attribute, not all of a long one. */
static struct str value_of(const xmlNode *node, struct arena *arena)
{
	struct strbuf out;
	strbuf_init(&out, VALUE_SHOWN);
	for (const xmlNode *part = node->children; part && !out.overflow; part = part->next) {
		if ((part->type != XML_TEXT_NODE && part->type != XML_CDATA_SECTION_NODE) || !part->content) continue;
		struct str text = str_of((const char *)part->content);
		size_t room = VALUE_SHOWN - out.len;
		if (text.len <= room) {
			strbuf_add(&out, text);
			continue;
		}
		while (room && ((unsigned char)text.ptr[room] & 0xC0) == 0x80)
			room--;
		strbuf_add(&out, (struct str){text.ptr, room});
		out.overflow = true;
	}
	return strbuf_take(&out, arena);
}

static struct text same(struct str text)
{
	return (struct text){{text, text}};
}

/* What the words are made of. */
struct telling {
	struct str said; /* by libxml2 */
	struct arena *arena;
	struct xsd_words *words;
	struct str name; /* of the node */
};

static void tell(const struct telling *telling, const char *en, const char *nl)
{
	struct str name = telling->name;
	bool attribute = telling->words->node->type == XML_ATTRIBUTE_NODE;
	telling->words->message = (struct text){{[LANG_EN] = str_printf(telling->arena, "%s %.*s %s",
													 attribute ? "attribute" : "element", STR_FMT(name), en),
			[LANG_NL] = str_printf(
					telling->arena, "%s %.*s %s", attribute ? "attribuut" : "element", STR_FMT(name), nl)}};
}

static void expect(const struct telling *telling, const char *en, const char *nl, struct str what)
{
	telling->words->expected = text_printf(telling->arena, "%s%.0s%.*s", "%.0s%s%.*s", en, nl, STR_FMT(what));
}

/* What could stand at the place; "one of" where there is a choice. */
static void expect_elements(const struct telling *telling)
{
	struct str one = between(telling->said, "Expected is ( ", " )", true);
	struct str list = one.ptr ? one : between(telling->said, "Expected is one of ( ", " )", true);
	if (!list.ptr) return;
	struct str names = names_in(list, telling->words->node, telling->arena);
	if (one.ptr)
		expect(telling, "", "", names);
	else
		expect(telling, "one of ", "een van ", names);
}

static void tell_content(const struct telling *telling)
{
	struct xsd_words *words = telling->words;
	expect_elements(telling);
	if (str_find_str(telling->said, STR("Missing child")) < telling->said.len) {
		tell(telling, "is not complete: it lacks a child element", "is niet compleet: er ontbreekt een kindelement");
		words->found = STR("");
		return;
	}
	tell(telling, "may not stand here", "mag hier niet staan");
	words->found = telling->name;
	const xmlNode *parent = words->node->parent;
	if (words->expected.in[LANG_EN].len || !parent || parent->type != XML_ELEMENT_NODE) return;
	struct str around = name_of(parent, telling->arena);
	expect(telling, "the end of ", "het einde van ", around);
}

/* The last quoted text. */
static struct str last_quoted(struct str said)
{
	size_t end = said.len;
	while (end > 0 && said.ptr[end - 1] != '\'')
		end--;
	if (end < 2) return STR("");
	size_t start = end - 1;
	while (start > 0 && said.ptr[start - 1] != '\'')
		start--;
	return (struct str){said.ptr + start, end - 1 - start};
}

struct wording {
	int code;
	const char *en, *nl;                   /* behind "element x" */
	const char *expected_en, *expected_nl; /* in front of the last quoted text; NULL: nothing to expect */
};

static const struct wording facets[] = {
		{XML_SCHEMAV_CVC_LENGTH_VALID, "has a value of another length", "heeft een waarde van een andere lengte",
				"length ", "lengte "},
		{XML_SCHEMAV_CVC_MINLENGTH_VALID, "has a value that is too short", "heeft een te korte waarde",
				"length of at least ", "lengte van minstens "},
		{XML_SCHEMAV_CVC_MAXLENGTH_VALID, "has a value that is too long", "heeft een te lange waarde",
				"length of at most ", "lengte van hoogstens "},
		{XML_SCHEMAV_CVC_MININCLUSIVE_VALID, "has a value that is too small", "heeft een te kleine waarde", "at least ",
				"minstens "},
		{XML_SCHEMAV_CVC_MAXINCLUSIVE_VALID, "has a value that is too large", "heeft een te grote waarde", "at most ",
				"hoogstens "},
		{XML_SCHEMAV_CVC_MINEXCLUSIVE_VALID, "has a value that is too small", "heeft een te kleine waarde",
				"more than ", "meer dan "},
		{XML_SCHEMAV_CVC_MAXEXCLUSIVE_VALID, "has a value that is too large", "heeft een te grote waarde", "less than ",
				"minder dan "},
		{XML_SCHEMAV_CVC_TOTALDIGITS_VALID, "has a value with too many digits", "heeft een waarde met te veel cijfers",
				"digits, at most ", "cijfers, hoogstens "},
		{XML_SCHEMAV_CVC_FRACTIONDIGITS_VALID, "has a value with too many digits behind the point",
				"heeft een waarde met te veel cijfers achter de punt", "digits behind the point, at most ",
				"cijfers achter de punt, hoogstens "},
		{XML_SCHEMAV_CVC_PATTERN_VALID, "has a value of another form", "heeft een waarde van een andere vorm",
				"pattern ", "patroon "},
		{XML_SCHEMAV_CVC_ENUMERATION_VALID, "has a value that is not among those that are allowed",
				"heeft een waarde die niet bij de toegestane hoort", "one of ", "een van "},
		{0, NULL, NULL, NULL, NULL},
};

static const struct wording others[] = {
		{XML_SCHEMAV_CVC_DATATYPE_VALID_1_2_1, "has a value that is not of its type",
				"heeft een waarde die niet van zijn type is", "type ", "type "},
		{XML_SCHEMAV_CVC_DATATYPE_VALID_1_2_2, "has a value that is not of its type",
				"heeft een waarde die niet van zijn type is", "type ", "type "},
		{XML_SCHEMAV_CVC_DATATYPE_VALID_1_2_3, "has a value that is not of its type",
				"heeft een waarde die niet van zijn type is", "type ", "type "},
		{XML_SCHEMAV_CVC_ELT_2, "is abstract: another element has to stand in its place",
				"is abstract: er moet een ander element voor in de plaats staan", NULL, NULL},
		{XML_SCHEMAV_CVC_ELT_3_1, "may not be nil (xsi:nil)", "mag niet nil zijn (xsi:nil)", NULL, NULL},
		{XML_SCHEMAV_CVC_ELT_3_2_1, "is nil (xsi:nil), and may therefore hold nothing",
				"is nil (xsi:nil), en mag daarom niets bevatten", NULL, NULL},
		{XML_SCHEMAV_CVC_ELT_4_2, "names a type in xsi:type that there is not",
				"noemt in xsi:type een type dat er niet is", NULL, NULL},
		{XML_SCHEMAV_CVC_ELT_4_3, "names a type in xsi:type that may not stand in for its own",
				"noemt in xsi:type een type dat niet in de plaats van zijn eigen mag komen", NULL, NULL},
		{XML_SCHEMAV_CVC_COMPLEX_TYPE_2_1, "has to be empty", "moet leeg zijn", NULL, NULL},
		{XML_SCHEMAV_CVC_TYPE_3_1_2, "holds elements, and may hold text only",
				"bevat elementen, en mag alleen tekst bevatten", NULL, NULL},
		{XML_SCHEMAV_CVC_COMPLEX_TYPE_2_2, "holds elements, and may hold text only",
				"bevat elementen, en mag alleen tekst bevatten", NULL, NULL},
		{XML_SCHEMAV_CVC_COMPLEX_TYPE_2_3, "holds text, and may hold elements only",
				"bevat tekst, en mag alleen elementen bevatten", NULL, NULL},
		{XML_SCHEMAV_CVC_ELT_5_2_2_2_1, "has another value than its fixed one", "heeft een andere waarde dan de vaste",
				"", ""},
		{XML_SCHEMAV_CVC_ELT_5_2_2_2_2, "has another value than its fixed one", "heeft een andere waarde dan de vaste",
				"", ""},
		{XML_SCHEMAV_CVC_AU, "has another value than its fixed one", "heeft een andere waarde dan de vaste", "", ""},
		{0, NULL, NULL, NULL, NULL},
};

static const struct wording *wording_of(const struct wording *table, int code)
{
	for (; table->en; table++)
		if (table->code == code) return table;
	return NULL;
}

static void tell_value(const struct telling *telling, const struct wording *wording)
{
	struct str what = last_quoted(telling->said);
	tell(telling, wording->en, wording->nl);
	telling->words->found = value_of(telling->words->node, telling->arena);
	if (wording->code == XML_SCHEMAV_CVC_ENUMERATION_VALID) what = between(telling->said, " of the set {", "}.", true);
	if (wording->code == XML_SCHEMAV_CVC_PATTERN_VALID)
		what = between(telling->said, "' is not accepted by the pattern '", "'.", true);
	if (wording->expected_en && what.ptr) expect(telling, wording->expected_en, wording->expected_nl, what);
}

static void tell_attribute(const struct telling *telling, bool missing)
{
	struct str name = between(telling->said, "The attribute '", "'", false);
	struct str shown = names_in(name.ptr ? name : STR("?"), telling->words->node, telling->arena);
	struct str required = str_printf(telling->arena, "lacks attribute %.*s", STR_FMT(shown));
	struct str ontbreekt = str_printf(telling->arena, "mist attribuut %.*s", STR_FMT(shown));
	if (!missing) {
		tell(telling, "is not allowed here", "mag hier niet staan");
		telling->words->found = telling->name;
		return;
	}
	tell(telling, required.ptr, ontbreekt.ptr);
	expect(telling, "attribute ", "attribuut ", shown);
}

static void tell_otherwise(const struct telling *telling)
{
	struct str said = telling->said;
	size_t colon = str_find_str(said, STR("': "));
	if (colon < said.len) said = str_skip(said, colon + 3);
	struct str words = str_printf(telling->arena, "is not valid (libxml2: %.*s)", STR_FMT(said));
	struct str woorden = str_printf(telling->arena, "voldoet niet (libxml2: %.*s)", STR_FMT(said));
	tell(telling, words.ptr, woorden.ptr);
}

/* libxml2 hands out the element; of which attribute it speaks stands in its words: Element 'e', attribute '{ns}a': */
static const xmlNode *node_at_fault(const xmlNode *element, struct str said)
{
	size_t colon = str_find_str(said, STR("': "));
	struct str head = {said.ptr, colon < said.len ? colon + 1 : 0};
	struct str name = between(head, "', attribute '", "'", true);
	if (!name.ptr || element->type != XML_ELEMENT_NODE) return element;
	size_t brace = str_starts(name, STR("{")) ? str_find(name, '}') : 0;
	struct str ns = {name.ptr + 1, brace ? brace - 1 : 0}, local = brace ? str_skip(name, brace + 1) : name;
	for (const xmlAttr *at = element->properties; at; at = at->next) {
		struct str href = at->ns && at->ns->href ? str_of((const char *)at->ns->href) : STR("");
		if (str_eq(local, str_of((const char *)at->name)) && str_eq(ns, href)) return (const xmlNode *)at;
	}
	return element;
}

static void explain(const struct telling *telling, int code)
{
	const struct wording *wording = wording_of(facets, code);
	if (!wording) wording = wording_of(others, code);
	if (code == XML_SCHEMAV_ELEMENT_CONTENT)
		tell_content(telling);
	else if (code == XML_SCHEMAV_CVC_COMPLEX_TYPE_4)
		tell_attribute(telling, true);
	else if (code == XML_SCHEMAV_CVC_TYPE_3_1_1 || code == XML_SCHEMAV_CVC_COMPLEX_TYPE_3_2_1 ||
			 code == XML_SCHEMAV_CVC_COMPLEX_TYPE_3_2_2)
		tell_attribute(telling, false);
	else if (code == XML_SCHEMAV_CVC_ELT_1)
		tell(telling, "is none that the schemas declare", "is geen element dat de schema's kennen");
	else if (wording)
		tell_value(telling, wording);
	else
		tell_otherwise(telling);
}

bool xsd_explain(const xmlError *error, int before, struct arena *arena, struct xsd_words *words)
{
	struct telling telling = {.said = str_of(error->message ? error->message : "?"), .arena = arena, .words = words};
	bool type = error->code == XML_SCHEMAV_CVC_DATATYPE_VALID_1_2_1 ||
				error->code == XML_SCHEMAV_CVC_DATATYPE_VALID_1_2_2 ||
				error->code == XML_SCHEMAV_CVC_DATATYPE_VALID_1_2_3;
	/* A value that breaks a facet is told once, and not also as no value of the type with that facet. */
	if (type && wording_of(facets, before)) return false;
	while (telling.said.len && telling.said.ptr[telling.said.len - 1] == '\n')
		telling.said.len--;
	*words = (struct xsd_words){.message = same(STR("")),
			.expected = same(STR("")),
			.found = STR(""),
			.node = node_at_fault(error->node, telling.said)};
	telling.name = name_of(words->node, arena);
	explain(&telling, error->code);
	return true;
}
