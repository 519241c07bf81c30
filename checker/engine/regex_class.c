/* SPDX-License-Identifier: EUPL-1.2 */
/* Character classes, class escapes and Unicode properties of ECMAScript patterns, written as PCRE2 has them. */
#include "engine/regex_parse.h"

#define SPACES                                                                                                         \
	"\\t\\n\\x{b}\\f\\r\\x{20}\\x{a0}\\x{1680}\\x{2000}-\\x{200a}\\x{2028}\\x{2029}\\x{202f}\\x{205f}\\x{3000}"        \
	"\\x{feff}"
#define NOT_SPACES                                                                                                     \
	"\\x{0}-\\x{8}\\x{e}-\\x{1f}\\x{21}-\\x{9f}\\x{a1}-\\x{167f}\\x{1681}-\\x{1fff}\\x{200b}-\\x{2027}"                \
	"\\x{202a}-\\x{202e}\\x{2030}-\\x{205e}\\x{2060}-\\x{2fff}\\x{3001}-\\x{fefe}\\x{ff00}-\\x{10ffff}"

void regex_emit_set(struct regex_pattern *pattern, char letter, bool in_class)
{
	if (letter != 's' && letter != 'S') {
		/* without PCRE2_UCP these are ASCII, as in ECMAScript */
		strbuf_add_char(pattern->out, '\\');
		strbuf_add_char(pattern->out, letter);
		return;
	}
	if (!in_class) strbuf_add(pattern->out, STR("["));
	strbuf_add(pattern->out, letter == 's' ? STR(SPACES) : STR(NOT_SPACES));
	if (!in_class) strbuf_add(pattern->out, STR("]"));
}

/* Values of General_Category: long names to short ones. */
static const struct {
	const char *name, *brief;
} categories[] = {{"Letter", "L"}, {"Cased_Letter", "L&"}, {"LC", "L&"}, {"Uppercase_Letter", "Lu"},
		{"Lowercase_Letter", "Ll"}, {"Titlecase_Letter", "Lt"}, {"Modifier_Letter", "Lm"}, {"Other_Letter", "Lo"},
		{"Mark", "M"}, {"Combining_Mark", "M"}, {"Nonspacing_Mark", "Mn"}, {"Spacing_Mark", "Mc"},
		{"Enclosing_Mark", "Me"}, {"Number", "N"}, {"Decimal_Number", "Nd"}, {"digit", "Nd"}, {"Letter_Number", "Nl"},
		{"Other_Number", "No"}, {"Punctuation", "P"}, {"punct", "P"}, {"Connector_Punctuation", "Pc"},
		{"Dash_Punctuation", "Pd"}, {"Open_Punctuation", "Ps"}, {"Close_Punctuation", "Pe"},
		{"Initial_Punctuation", "Pi"}, {"Final_Punctuation", "Pf"}, {"Other_Punctuation", "Po"}, {"Symbol", "S"},
		{"Math_Symbol", "Sm"}, {"Currency_Symbol", "Sc"}, {"Modifier_Symbol", "Sk"}, {"Other_Symbol", "So"},
		{"Separator", "Z"}, {"Space_Separator", "Zs"}, {"Line_Separator", "Zl"}, {"Paragraph_Separator", "Zp"},
		{"Other", "C"}, {"Control", "Cc"}, {"cntrl", "Cc"}, {"Format", "Cf"}, {"Surrogate", "Cs"},
		{"Private_Use", "Co"}, {"Unassigned", "Cn"}};

static const char short_categories[] =
		" L Lu Ll Lt Lm Lo M Mn Mc Me N Nd Nl No P Pc Pd Ps Pe Pi Pf Po S Sm Sc Sk So Z Zs Zl Zp C Cc Cf Cs Co Cn ";

/* Binary properties of ECMA-262 table 67 that PCRE2 10.42 knows under the same name. */
static const char binaries[] =
		" Any ASCII Alphabetic Alpha ASCII_Hex_Digit AHex Bidi_Control Bidi_C Bidi_Mirrored Bidi_M Case_Ignorable CI "
		"Cased Changes_When_Casefolded CWCF Changes_When_Casemapped CWCM Changes_When_Lowercased CWL "
		"Changes_When_Titlecased CWT Changes_When_Uppercased CWU Dash Default_Ignorable_Code_Point DI Deprecated Dep "
		"Diacritic Dia Emoji Emoji_Component EComp Emoji_Modifier EMod Emoji_Modifier_Base EBase Emoji_Presentation "
		"EPres Extended_Pictographic ExtPict Extender Ext Grapheme_Base Gr_Base Grapheme_Extend Gr_Ext Hex_Digit Hex "
		"IDS_Binary_Operator IDSB IDS_Trinary_Operator IDST ID_Continue IDC ID_Start IDS Ideographic Ideo "
		"Join_Control Join_C Logical_Order_Exception LOE Lowercase Lower Math Noncharacter_Code_Point NChar "
		"Pattern_Syntax Pat_Syn Pattern_White_Space Pat_WS Quotation_Mark QMark Radical Regional_Indicator RI "
		"Sentence_Terminal STerm Soft_Dotted SD Terminal_Punctuation Term Unified_Ideograph UIdeo Uppercase Upper "
		"Variation_Selector VS White_Space space XID_Continue XIDC XID_Start XIDS ";

static bool is_listed(const char *list, struct str name)
{
	for (struct str rest = str_of(list); rest.len;) {
		size_t end = str_find(rest, ' ');
		if (name.len && str_eq((struct str){rest.ptr, end}, name)) return true;
		rest = str_skip(rest, end + 1);
	}
	return false;
}

static struct str category(struct str name)
{
	if (is_listed(short_categories, name)) return name;
	for (size_t i = 0; i < sizeof categories / sizeof *categories; i++)
		if (str_eq(str_of(categories[i].name), name)) return str_of(categories[i].brief);
	return (struct str){0};
}

/* The inside of PCRE2's \p{...} for ECMAScript's, or empty. */
static struct str property(struct str inside, const char **prefix)
{
	size_t equals = str_find(inside, '=');
	struct str name = {inside.ptr, equals}, value = str_skip(inside, equals + 1);
	*prefix = "";
	if (equals < inside.len) {
		if (str_eq(name, STR("General_Category")) || str_eq(name, STR("gc"))) return category(value);
		bool capital = value.len && value.ptr[0] >= 'A' && value.ptr[0] <= 'Z';
		if (str_eq(name, STR("Script")) || str_eq(name, STR("sc"))) *prefix = "sc:";
		if (str_eq(name, STR("Script_Extensions")) || str_eq(name, STR("scx"))) *prefix = "scx:";
		return **prefix && capital ? value : (struct str){0};
	}
	return is_listed(binaries, inside) ? inside : category(inside);
}

static bool is_property_name(struct str inside)
{
	for (size_t i = 0; i < inside.len; i++) {
		char c = inside.ptr[i];
		if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '='))
			return false;
	}
	return inside.len > 0;
}

bool regex_parse_property(struct regex_pattern *pattern)
{
	size_t start = pattern->at - 1;
	char letter = pattern->text.ptr[pattern->at++];
	struct str inside = str_skip(pattern->text, pattern->at + 1);
	inside.len = str_find(inside, '}');
	if (regex_peek(pattern, 0) != '{' || pattern->at + 1 + inside.len >= pattern->text.len) {
		return regex_refuse(pattern, start, "\\p needs a property in braces, as in \\p{L}",
				"\\p vraagt een eigenschap tussen accolades, zoals \\p{L}");
	}
	const char *prefix = "";
	struct str name = is_property_name(inside) ? property(inside, &prefix) : (struct str){0};
	if (str_eq(inside, STR("Assigned"))) name = STR("Cn"), letter = letter == 'p' ? 'P' : 'p';
	if (!name.len) {
		return regex_refuse(pattern, start,
				"no Unicode property of ECMAScript; write a General_Category (\\p{Lu}), \\p{Script=Latin} or a binary "
				"property (\\p{Alphabetic})",
				"geen Unicode-eigenschap van ECMAScript; schrijf een General_Category (\\p{Lu}), \\p{Script=Latin} of "
				"een binaire eigenschap (\\p{Alphabetic})");
	}
	pattern->at += inside.len + 2;
	strbuf_printf(pattern->out, "\\%c{%s%.*s}", letter, prefix, STR_FMT(name));
	return true;
}

/* One end of a possible range: a character, or a set that was written to `out` already. */
struct class_atom {
	bool is_set;
	uint32_t code;
};

static bool class_atom(struct regex_pattern *pattern, struct class_atom *atom)
{
	*atom = (struct class_atom){0};
	if (regex_peek(pattern, 0) != '\\') {
		atom->code = regex_next(pattern);
		return true;
	}
	pattern->at++;
	int c = regex_peek(pattern, 0);
	if (c > 0 && strchr("dDsSwW", c)) {
		atom->is_set = true;
		pattern->at++;
		regex_emit_set(pattern, (char)c, true);
		return true;
	}
	if (pattern->unicode && (c == 'p' || c == 'P')) {
		atom->is_set = true;
		return regex_parse_property(pattern);
	}
	if (c == 'b') {
		pattern->at++;
		atom->code = 8;
		return true;
	}
	return regex_parse_escape(pattern, true, &atom->code);
}

/* Surrogates, which no UTF-8 text holds, are cut off. */
static void emit_range(struct regex_pattern *pattern, uint32_t from, uint32_t to)
{
	if (regex_is_surrogate(from)) from = 0xe000;
	if (regex_is_surrogate(to)) to = 0xd7ff;
	if (from > to) return;
	strbuf_printf(pattern->out, "\\x{%x}", from);
	if (to != from) strbuf_printf(pattern->out, "-\\x{%x}", to);
}

static bool class_range(struct regex_pattern *pattern, size_t start, struct class_atom from)
{
	struct class_atom to;
	pattern->at++;
	if (!class_atom(pattern, &to)) return false;
	if (from.is_set || to.is_set) {
		if (pattern->unicode) {
			return regex_refuse(pattern, start, "a range needs a character at both ends; write \\- for a hyphen",
					"een bereik vraagt aan beide einden een teken; schrijf \\- voor een koppelteken");
		}
		if (!from.is_set) emit_range(pattern, from.code, from.code);
		if (!to.is_set) emit_range(pattern, to.code, to.code);
		emit_range(pattern, '-', '-');
		return true;
	}
	if (from.code > to.code) {
		return regex_refuse(pattern, start, "a range out of order; write the lower character first",
				"een bereik in de verkeerde volgorde; schrijf het laagste teken eerst");
	}
	emit_range(pattern, from.code, to.code);
	return true;
}

/* Flag v has operators that keur does not know; what it shares with flag u is read as such. */
static bool class_operator(const struct regex_pattern *pattern)
{
	int c = regex_peek(pattern, 0), next = regex_peek(pattern, 1);
	if (c == '\\') return next == 'q';
	return c == '[' || (c == next && c > 0 && strchr("&-!#$%*+,.:;<=>?@^`~", c));
}

static bool class_members(struct regex_pattern *pattern, size_t open)
{
	while (regex_peek(pattern, 0) != ']') {
		size_t start = pattern->at;
		if (start >= pattern->text.len) {
			return regex_refuse(pattern, open, "a class that is not closed; write ] behind it, or \\[ for a bracket",
					"een klasse die niet gesloten is; schrijf er ] achter, of \\[ voor een haak");
		}
		if (pattern->sets && class_operator(pattern)) {
			return regex_refuse(pattern, start,
					"set notation of flag v, which keur does not evaluate; write it without",
					"verzamelingnotatie van vlag v, die keur niet uitvoert; schrijf het zonder");
		}
		struct class_atom atom;
		if (!class_atom(pattern, &atom)) return false;
		int next = regex_peek(pattern, 1);
		if (regex_peek(pattern, 0) == '-' && next != ']' && next >= 0) {
			if (!class_range(pattern, start, atom)) return false;
		} else if (!atom.is_set) {
			emit_range(pattern, atom.code, atom.code);
		}
	}
	pattern->at++;
	return true;
}

bool regex_parse_class(struct regex_pattern *pattern)
{
	size_t open = pattern->at - 1, before = pattern->out->len;
	bool negated = regex_peek(pattern, 0) == '^';
	if (negated) pattern->at++;
	strbuf_add(pattern->out, negated ? STR("[^") : STR("["));
	size_t inside = pattern->out->len;
	if (!class_members(pattern, open)) return false;
	if (pattern->out->len > inside) {
		strbuf_add(pattern->out, STR("]"));
		return true;
	}
	pattern->out->len = before;
	strbuf_add(pattern->out, negated ? STR(".") : STR("(?:(?!))"));
	return true;
}
