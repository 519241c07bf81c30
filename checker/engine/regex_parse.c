/* SPDX-License-Identifier: EUPL-1.2 */
/* The grammar of ECMAScript patterns, ECMA-262 section 22.2.1, with Annex B.1.2 where flag u is not given. */
#include "engine/regex_parse.h"

#include "base/limits.h"
#include "base/utf8.h"
#include "base/vec.h"

struct str regex_shown(struct str text)
{
	if (text.len > REGEX_SHOWN) {
		text.len = REGEX_SHOWN;
		while (text.len && ((unsigned char)text.ptr[text.len] & 0xc0) == 0x80)
			text.len--;
	}
	return text;
}

static bool is_name_char(int c, bool first)
{
	if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$' || c >= 128) return true;
	return !first && c >= '0' && c <= '9';
}

/* The name between `<` and `>`; `at` is behind the `<` and comes behind the `>`. */
static bool group_name(struct regex_pattern *pattern, struct str *name)
{
	size_t start = pattern->at;
	while (is_name_char(regex_peek(pattern, 0), pattern->at == start))
		pattern->at++;
	if (pattern->at == start || regex_peek(pattern, 0) != '>') {
		return regex_refuse(pattern, start, "a group name is letters, digits, _ and $, closed by >",
				"een groepsnaam bestaat uit letters, cijfers, _ en $, afgesloten met >");
	}
	*name = (struct str){pattern->text.ptr + start, pattern->at - start};
	pattern->at++;
	return true;
}

static const struct regex_group_name *named_group(const struct regex_pattern *pattern, struct str name)
{
	for (size_t i = 0; i < pattern->names.count; i++)
		if (str_eq(pattern->names.items[i].name, name)) return &pattern->names.items[i];
	return NULL;
}

/* A "(" of the first pass: counts it when it captures, and keeps its name. */
static bool count_group(struct regex_pattern *pattern)
{
	if (regex_peek(pattern, 1) != '?') {
		pattern->groups++;
		return true;
	}
	int after = regex_peek(pattern, 3);
	if (regex_peek(pattern, 2) != '<' || after == '=' || after == '!') return true;
	size_t start = pattern->at;
	struct regex_group_name group = {.number = ++pattern->groups};
	pattern->at += 3;
	if (!group_name(pattern, &group.name)) return false;
	if (named_group(pattern, group.name)) {
		return regex_refuse(pattern, start, "a second group of the same name; give each its own name",
				"een tweede groep met dezelfde naam; geef elke groep een eigen naam");
	}
	*vec_push(&pattern->names) = group;
	pattern->at = start;
	return true;
}

/* First pass: what a back reference may refer to stands to its right as well. */
static bool count_groups(struct regex_pattern *pattern)
{
	bool in_class = false;
	for (pattern->at = 0; pattern->at < pattern->text.len; pattern->at++) {
		int c = regex_peek(pattern, 0);
		if (c == '\\') {
			pattern->at++;
		} else if (in_class) {
			in_class = c != ']';
		} else if (c == '[') {
			in_class = true;
		} else if (c == '(' && !count_group(pattern)) {
			return false;
		}
	}
	pattern->at = 0;
	return true;
}

static bool read_number(struct regex_pattern *pattern, uint32_t *number)
{
	size_t start = pattern->at;
	uint64_t value = 0;
	for (int c; (c = regex_peek(pattern, 0)) >= '0' && c <= '9'; pattern->at++)
		if (value < UINT32_MAX) value = value * 10 + (uint64_t)(c - '0');
	*number = value < UINT32_MAX ? (uint32_t)value : UINT32_MAX;
	return pattern->at > start;
}

struct quantifier {
	uint32_t min, max; /* UINT32_MAX: no end */
};

/* {n}, {n,} or {n,m}; when it is none of these, `at` stays. */
static bool braces(struct regex_pattern *pattern, struct quantifier *quantifier)
{
	size_t start = pattern->at++;
	bool good = read_number(pattern, &quantifier->min);
	quantifier->max = quantifier->min;
	if (good && regex_peek(pattern, 0) == ',') {
		pattern->at++;
		if (!read_number(pattern, &quantifier->max)) quantifier->max = UINT32_MAX;
	}
	if (good && regex_peek(pattern, 0) == '}') {
		pattern->at++;
		return true;
	}
	pattern->at = start;
	return false;
}

static bool is_quantifier(struct regex_pattern *pattern, struct quantifier *quantifier)
{
	int c = regex_peek(pattern, 0);
	if (c == '{') return braces(pattern, quantifier);
	if (c != '*' && c != '+' && c != '?') return false;
	*quantifier = (struct quantifier){c == '+', c == '?' ? 1 : UINT32_MAX};
	pattern->at++;
	return true;
}

static void emit_quantifier(struct regex_pattern *pattern, struct quantifier quantifier)
{
	if (quantifier.max == UINT32_MAX) {
		if (quantifier.min <= 1)
			strbuf_add_char(pattern->out, quantifier.min ? '+' : '*');
		else
			strbuf_printf(pattern->out, "{%u,}", quantifier.min);
	} else {
		strbuf_printf(pattern->out, "{%u,%u}", quantifier.min, quantifier.max);
	}
}

static bool may_repeat(struct regex_pattern *pattern)
{
	size_t start = pattern->at;
	struct quantifier quantifier = {0};
	if (!is_quantifier(pattern, &quantifier)) return true;
	if (quantifier.min > quantifier.max) {
		return regex_refuse(pattern, start, "a quantifier out of order; write the lower number first",
				"een herhaling in de verkeerde volgorde; schrijf het laagste getal eerst");
	}
	if (quantifier.min > 65535 || (quantifier.max > 65535 && quantifier.max != UINT32_MAX)) {
		return regex_refuse_beyond(pattern, start,
				"cannot be evaluated: more than 65535 repetitions; write {n,} or fewer",
				"niet uit te voeren: meer dan 65535 herhalingen; schrijf {n,} of minder");
	}
	if (quantifier.min > pattern->longest_minimum) pattern->longest_minimum = quantifier.min;
	emit_quantifier(pattern, quantifier);
	if (regex_peek(pattern, 0) == '?') {
		pattern->at++;
		strbuf_add_char(pattern->out, '?');
	}
	return true;
}

static bool disjunction(struct regex_pattern *pattern);

/* The inside and the ")" of a group that starts at `open`. */
static bool group_rest(struct regex_pattern *pattern, size_t open)
{
	if (++pattern->depth > REGEX_NESTING) {
		return regex_refuse(pattern, open, "groups nested more than 200 deep; write a flatter pattern",
				"groepen meer dan 200 diep genest; schrijf een platter patroon");
	}
	if (!disjunction(pattern)) return false;
	pattern->depth--;
	if (regex_peek(pattern, 0) != ')') {
		return regex_refuse(pattern, open, "a group that is not closed; write ) behind it, or \\( for a parenthesis",
				"een groep die niet gesloten is; schrijf er ) achter, of \\( voor een haakje");
	}
	pattern->at++;
	strbuf_add_char(pattern->out, ')');
	return true;
}

static bool refuse_group(struct regex_pattern *pattern, size_t open)
{
	int c = regex_peek(pattern, 1);
	if (c == '>') {
		return regex_refuse(pattern, open, "atomic groups (?>...) are not in ECMAScript; write (?:...)",
				"atomaire groepen (?>...) bestaan niet in ECMAScript; schrijf (?:...)");
	}
	if (c == 'P') {
		return regex_refuse(pattern, open, "(?P...) is Python's; write (?<name>...) or \\k<name>",
				"(?P...) is van Python; schrijf (?<naam>...) of \\k<naam>");
	}
	if (c == '#') {
		return regex_refuse(pattern, open, "comments (?#...) are not in ECMAScript; leave it out",
				"commentaar (?#...) bestaat niet in ECMAScript; laat het weg");
	}
	return regex_refuse(pattern, open,
			"no group of ECMAScript; it has (?:...), (?=...), (?!...), (?<=...), (?<!...) and (?<name>...); flags stand "
			"outside the pattern",
			"geen groep van ECMAScript; dat kent (?:...), (?=...), (?!...), (?<=...), (?<!...) en (?<naam>...); vlaggen "
			"staan buiten het patroon");
}

/* `at` is at the "?". What may be quantified is told in `*repeats`. */
static bool special_group(struct regex_pattern *pattern, size_t open, bool *repeats)
{
	int kind = regex_peek(pattern, 1), next = regex_peek(pattern, 2);
	if (kind == ':' || kind == '=' || kind == '!') {
		*repeats = kind == ':' || !pattern->unicode;
		strbuf_printf(pattern->out, "(?%c", kind);
		pattern->at += 2;
		return group_rest(pattern, open);
	}
	if (kind != '<') return refuse_group(pattern, open);
	pattern->at += 2;
	if (next == '=' || next == '!') {
		*repeats = false;
		strbuf_printf(pattern->out, "(?<%c", next);
		pattern->at++;
		return group_rest(pattern, open);
	}
	/* names may be longer and wider than PCRE2 allows, so groups go by their number */
	struct str name;
	strbuf_add_char(pattern->out, '(');
	return group_name(pattern, &name) && group_rest(pattern, open);
}

static bool group(struct regex_pattern *pattern, bool *repeats)
{
	size_t open = pattern->at++;
	if (regex_peek(pattern, 0) == '?') return special_group(pattern, open, repeats);
	strbuf_add_char(pattern->out, '(');
	return group_rest(pattern, open);
}

static bool named_reference(struct regex_pattern *pattern)
{
	size_t start = pattern->at++ - 1;
	struct str name = {0};
	if (regex_peek(pattern, 0) != '<') {
		return regex_refuse(pattern, start, "\\k needs the name of a group: \\k<name>",
				"\\k vraagt de naam van een groep: \\k<naam>");
	}
	pattern->at++;
	if (!group_name(pattern, &name)) return false;
	const struct regex_group_name *found = named_group(pattern, name);
	if (!found) {
		return regex_refuse(pattern, start, "there is no group of that name; name one with (?<name>...)",
				"er is geen groep met die naam; geef er een de naam met (?<naam>...)");
	}
	pattern->backreference = true;
	strbuf_printf(pattern->out, "\\g{%u}", found->number);
	return true;
}

/* \1 to \9...: a reference when there are as many groups; without flag u else an octal escape. */
static bool is_reference(struct regex_pattern *pattern)
{
	size_t start = pattern->at;
	uint32_t number;
	if (regex_peek(pattern, 0) == '0' || !read_number(pattern, &number)) return false;
	if (number <= pattern->groups) {
		pattern->backreference = true;
		strbuf_printf(pattern->out, "\\g{%u}", number);
		return true;
	}
	pattern->at = start;
	return false;
}

static bool atom_escape(struct regex_pattern *pattern, bool *repeats)
{
	pattern->at++;
	int c = regex_peek(pattern, 0);
	if (c == 'b' || c == 'B') {
		*repeats = false;
		strbuf_printf(pattern->out, "\\%c", c);
		pattern->at++;
		return true;
	}
	if (c > 0 && strchr("dDsSwW", c)) {
		regex_emit_set(pattern, (char)c, false);
		pattern->at++;
		return true;
	}
	if (pattern->unicode && (c == 'p' || c == 'P')) return regex_parse_property(pattern);
	if (c == 'k' && (pattern->unicode || pattern->names.count)) return named_reference(pattern);
	if (is_reference(pattern)) return true;
	uint32_t code;
	if (!regex_parse_escape(pattern, false, &code)) return false;
	regex_emit_code(pattern, code);
	return true;
}

static void assertion(struct regex_pattern *pattern, int c)
{
	pattern->at++;
	if (pattern->multiline)
		strbuf_add(pattern->out, c == '^' ? STR("(?<![^" REGEX_LINE_ENDS "])") : STR("(?![^" REGEX_LINE_ENDS "])"));
	else
		strbuf_add(pattern->out, c == '^' ? STR("\\A") : STR("\\z"));
}

static bool refuse_quantifier(struct regex_pattern *pattern)
{
	return regex_refuse(pattern, pattern->at,
			"nothing to repeat; ECMAScript has no possessive quantifiers; write a backslash before a literal character",
			"niets om te herhalen; ECMAScript kent geen possessieve herhaling; zet een backslash voor een letterlijk "
			"teken");
}

/* A character that stands for itself, or one that Annex B lets stand for itself. */
static bool literal(struct regex_pattern *pattern)
{
	struct quantifier quantifier;
	size_t start = pattern->at;
	int c = regex_peek(pattern, 0);
	if (c == '{' && !pattern->unicode && braces(pattern, &quantifier)) {
		pattern->at = start;
		return refuse_quantifier(pattern);
	}
	if (pattern->unicode && (c == '{' || c == '}' || c == ']')) {
		return regex_refuse(pattern, start, "a lone bracket or brace under flag u; write a backslash before it",
				"een losse haak of accolade bij vlag u; zet er een backslash voor");
	}
	regex_emit_code(pattern, regex_next(pattern));
	return true;
}

static bool atom(struct regex_pattern *pattern, bool *repeats)
{
	int c = regex_peek(pattern, 0);
	switch (c) {
	case '^':
	case '$':
		*repeats = false;
		assertion(pattern, c);
		return true;
	case '(':
		return group(pattern, repeats);
	case '[':
		pattern->at++;
		return regex_parse_class(pattern);
	case '.':
		pattern->at++;
		strbuf_add(pattern->out, pattern->dot_all ? STR(".") : STR("[^" REGEX_LINE_ENDS "]"));
		return true;
	case '\\':
		return atom_escape(pattern, repeats);
	case '*':
	case '+':
	case '?':
		return refuse_quantifier(pattern);
	default:
		return literal(pattern);
	}
}

static bool term(struct regex_pattern *pattern)
{
	bool repeats = true;
	if (!atom(pattern, &repeats)) return false;
	if (repeats) return may_repeat(pattern);
	struct quantifier quantifier;
	size_t start = pattern->at;
	if (!is_quantifier(pattern, &quantifier)) return true;
	pattern->at = start;
	return refuse_quantifier(pattern);
}

static bool disjunction(struct regex_pattern *pattern)
{
	for (int c; (c = regex_peek(pattern, 0)) >= 0 && c != ')';) {
		if (c == '|') {
			strbuf_add_char(pattern->out, '|');
			pattern->at++;
		} else if (!term(pattern)) {
			return false;
		}
	}
	return true;
}

static bool read_flags(struct regex_pattern *pattern, struct str flags)
{
	for (size_t i = 0; i < flags.len; i++) {
		char c = flags.ptr[i];
		bool repeated = str_find((struct str){flags.ptr, i}, c) < i;
		if (repeated || !c || !strchr("dgimsuvy", c)) {
			return regex_refuse(pattern, 0, "flags are some of d g i m s u v y, each once",
					"vlaggen zijn enkele van d g i m s u v y, elk hoogstens een keer");
		}
		pattern->ignore_case |= c == 'i';
		pattern->multiline |= c == 'm';
		pattern->dot_all |= c == 's';
		pattern->sets |= c == 'v';
	}
	bool u = str_find(flags, 'u') < flags.len;
	if (u && pattern->sets)
		return regex_refuse(pattern, 0, "flags u and v exclude each other", "vlaggen u en v sluiten elkaar uit");
	pattern->unicode = u || pattern->sets;
	return true;
}

static bool within_limits(struct regex_pattern *pattern)
{
	if (pattern->text.len > LIMIT_PATTERN_BYTES) {
		return regex_refuse(
				pattern, LIMIT_PATTERN_BYTES, "longer than 32 KiB; split it", "langer dan 32 KiB; splits het");
	}
	size_t invalid = utf8_invalid(pattern->text);
	if (invalid == pattern->text.len) return true;
	return err_set(pattern->err, ERR_RULES, (struct loc){0}, "regular expression: no valid UTF-8 at offset %zu",
			"reguliere expressie: geen geldige UTF-8 op positie %zu", invalid);
}

bool regex_parse(struct regex_pattern *pattern, struct str flags)
{
	bool good = within_limits(pattern) && read_flags(pattern, flags) && count_groups(pattern) && disjunction(pattern);
	if (good && pattern->at < pattern->text.len) {
		good = regex_refuse(pattern, pattern->at, "a ) that closes nothing; write \\) for a parenthesis",
				"een ) die niets sluit; schrijf \\) voor een haakje");
	}
	if (good && pattern->out->overflow) {
		good = regex_refuse_beyond(pattern, 0, "cannot be evaluated: too large; write a shorter pattern",
				"niet uit te voeren: te groot; schrijf een korter patroon");
	}
	vec_release(&pattern->names);
	return good;
}
