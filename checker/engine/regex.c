/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Compiling and searching: PCRE2 behind the front end of regex_parse.c.
 *
 * PCRE2's match limit counts from each start offset anew and does not see how far one item scans, so it does not bound
 * a search. A short subject gets a small limit per offset; where that does not do, the same pattern compiled with a
 * callout before each item is run under a meter that counts items and distance over the whole search.
 */
#define PCRE2_CODE_UNIT_WIDTH 8
#include "engine/regex.h"

#include <pcre2.h>
#include <stdatomic.h>

#include "base/limits.h"
#include "base/utf8.h"
#include "engine/regex_parse.h"

enum {
	SHORT_SUBJECT = 256,   /* searched from every offset with SHORT_STEPS each */
	SHORT_ANCHORED = 4096, /* the same when there is only one offset to start from */
	SHORT_STEPS = LIMIT_REGEX_STEPS / SHORT_SUBJECT,
	STEPS_PER_BYTE = 16, /* of the meter, above LIMIT_REGEX_STEPS: a plain scan of a long subject is no misuse */
	SCAN_PER_STEP = 8,   /* bytes that an item may cross for one step */
	TRANSLATION_BYTES = 1 << 20,
	HEAP_KIB = 64 << 10,
	KEPT_SUBJECT = 4096, /* match data that served a longer subject may be big and is not kept */
};

struct regex {
	struct str source;
	bool is_plain; /* no special character: source is looked for as it is */
	bool anchored;
	size_t surcharge;     /* steps for each item that PCRE2 may do unseen */
	size_t backreference; /* bytes of subject for one more step of surcharge; 0 without back references */
	pcre2_code *quick;    /* for short subjects */
	pcre2_code *metered;  /* with callouts; NULL when that is too large for PCRE2 */
	pcre2_match_context *context;
	_Atomic(pcre2_match_data *) spare; /* taken and put back whole, so threads never share one */
};

struct meter {
	size_t left;
	size_t surcharge;
	size_t last;
};

static int meter_item(pcre2_callout_block *block, void *data)
{
	struct meter *meter = data;
	size_t at = block->current_position;
	size_t moved = at > meter->last ? at - meter->last : meter->last - at;
	size_t cost = 1 + meter->surcharge + moved / SCAN_PER_STEP;
	meter->last = at;
	if (cost > meter->left) return PCRE2_ERROR_MATCHLIMIT;
	meter->left -= cost;
	return 0;
}

static void regex_free(void *handle)
{
	struct regex *regex = handle;
	pcre2_match_data *spare = atomic_load(&regex->spare);
	if (spare) pcre2_match_data_free(spare);
	if (regex->context) pcre2_match_context_free(regex->context);
	if (regex->quick) pcre2_code_free(regex->quick);
	if (regex->metered) pcre2_code_free(regex->metered);
}

static bool is_plain(struct str text)
{
	for (size_t i = 0; i < text.len; i++)
		if (!text.ptr[i] || strchr("\\^$.*+?()[]{}|", text.ptr[i])) return false;
	return true;
}

static bool refuse_compile(struct regex_pattern *pattern, int code)
{
	switch (code) {
	case PCRE2_ERROR_LOOKBEHIND_NOT_FIXED_LENGTH:
	case PCRE2_ERROR_LOOKBEHIND_TOO_COMPLICATED:
	case PCRE2_ERROR_LOOKBEHIND_TOO_LONG:
		return regex_refuse_beyond(pattern, 0,
				"cannot be evaluated: a lookbehind of no fixed length; write alternatives of "
				"fixed length",
				"niet uit te voeren: een lookbehind zonder vaste lengte; schrijf alternatieven met vaste lengte");
	case PCRE2_ERROR_UNKNOWN_UNICODE_PROPERTY:
	case PCRE2_ERROR_MALFORMED_UNICODE_PROPERTY:
		return regex_refuse(pattern, 0, "an unknown script in \\p{Script=...}; write a script name of Unicode",
				"een onbekend schrift in \\p{Script=...}; schrijf een schriftnaam van Unicode");
	default:
		return regex_refuse_beyond(pattern, 0, "cannot be evaluated: too large; write fewer or smaller repetitions",
				"niet uit te voeren: te groot; schrijf minder of kleinere herhalingen");
	}
}

static pcre2_code *compile(const struct strbuf *text, uint32_t options, int *code)
{
	PCRE2_SIZE offset;
	options |= PCRE2_UTF | PCRE2_DOTALL | PCRE2_MATCH_UNSET_BACKREF | PCRE2_NEVER_BACKSLASH_C;
	return pcre2_compile((PCRE2_SPTR)(text->ptr ? text->ptr : ""), text->len, options, code, &offset, NULL);
}

/* What the meter cannot see between two items: minimums that are not reached, lookbehinds, compared groups. */
static void note_surcharge(struct regex *regex, const struct regex_pattern *pattern)
{
	uint32_t lookbehind = 0;
	pcre2_pattern_info(regex->quick, PCRE2_INFO_MAXLOOKBEHIND, &lookbehind);
	regex->surcharge = pattern->longest_minimum / SCAN_PER_STEP + lookbehind / SCAN_PER_STEP;
	regex->backreference = pattern->backreference ? 4 * SCAN_PER_STEP : 0;
}

static bool compile_both(struct regex *regex, struct regex_pattern *pattern)
{
	uint32_t options = pattern->ignore_case ? PCRE2_CASELESS : 0;
	int code;
	regex->quick = compile(pattern->out, options, &code);
	if (!regex->quick) return refuse_compile(pattern, code);
	regex->metered = compile(pattern->out, options | PCRE2_AUTO_CALLOUT, &code);
	regex->context = pcre2_match_context_create(NULL);
	if (!regex->context) return refuse_compile(pattern, PCRE2_ERROR_NOMEMORY);
	pcre2_set_match_limit(regex->context, SHORT_STEPS);
	pcre2_set_heap_limit(regex->context, HEAP_KIB);
	uint32_t all = 0;
	pcre2_pattern_info(regex->quick, PCRE2_INFO_ALLOPTIONS, &all);
	regex->anchored = all & PCRE2_ANCHORED;
	note_surcharge(regex, pattern);
	return true;
}

struct regex *regex_compile(struct arena *arena, struct str pattern, struct str flags, struct err *err)
{
	struct strbuf out;
	strbuf_init(&out, TRANSLATION_BYTES);
	struct regex_pattern parse = {.text = str_copy(arena, pattern), .out = &out, .err = err};
	struct regex *regex = arena_zalloc(arena, sizeof *regex);
	regex->source = parse.text;
	arena_on_free(arena, regex_free, regex);
	bool good = regex_parse(&parse, flags);
	regex->is_plain = good && !parse.ignore_case && is_plain(parse.text);
	good = good && (regex->is_plain || compile_both(regex, &parse));
	strbuf_release(&out);
	return good ? regex : NULL;
}

bool regex_is_pattern(struct str pattern, struct str flags)
{
	struct arena *arena = arena_new();
	struct err err;
	struct strbuf out;
	int code = 0;
	err_init(&err, arena);
	strbuf_init(&out, TRANSLATION_BYTES);
	struct regex_pattern parse = {.text = pattern, .out = &out, .err = &err};
	bool good = regex_parse(&parse, flags);
	pcre2_code *compiled = good ? compile(&out, 0, &code) : NULL;
	if (good && !compiled) good = refuse_compile(&parse, code);
	if (compiled) pcre2_code_free(compiled);
	strbuf_release(&out);
	arena_free(arena);
	return good || parse.beyond;
}

struct regex *regex_compile_literal(struct arena *arena, struct str literal, struct err *err)
{
	size_t slash = literal.len;
	while (slash > 0 && literal.ptr[slash - 1] >= 'a' && literal.ptr[slash - 1] <= 'z')
		slash--;
	bool is_literal = slash > 2 && literal.ptr[0] == '/' && literal.ptr[slash - 1] == '/';
	/* the "." of ^\/(.+)\/([a-z]*)$ crosses no line */
	for (size_t i = 1; is_literal && i + 1 < slash; i++)
		is_literal = literal.ptr[i] != '\n' && literal.ptr[i] != '\r';
	if (!is_literal) return regex_compile(arena, literal, STR(""), err);
	return regex_compile(arena, (struct str){literal.ptr + 1, slash - 2}, str_skip(literal, slash), err);
}

bool regex_translate(struct str pattern, struct str flags, struct strbuf *out, struct err *err)
{
	struct regex_pattern parse = {.text = pattern, .out = out, .err = err};
	return regex_parse(&parse, flags);
}

static enum regex_result result_of(int code)
{
	if (code >= 0) return REGEX_YES;
	return code == PCRE2_ERROR_NOMATCH ? REGEX_NO : REGEX_UNDECIDED;
}

static enum regex_result search_metered(const struct regex *regex, struct str subject, pcre2_match_data *data)
{
	pcre2_match_context *context = pcre2_match_context_create(NULL);
	if (!context || !regex->metered) {
		if (context) pcre2_match_context_free(context);
		return REGEX_UNDECIDED;
	}
	struct meter meter = {.left = LIMIT_REGEX_STEPS + STEPS_PER_BYTE * subject.len, .surcharge = regex->surcharge};
	if (regex->backreference) meter.surcharge += subject.len / regex->backreference;
	pcre2_set_callout(context, meter_item, &meter);
	pcre2_set_heap_limit(context, HEAP_KIB);
	int code = pcre2_match(regex->metered, (PCRE2_SPTR)subject.ptr, subject.len, 0, 0, data, context);
	pcre2_match_context_free(context);
	return result_of(code);
}

static enum regex_result search(const struct regex *regex, struct str subject, pcre2_match_data *data)
{
	if (subject.len <= (size_t)(regex->anchored ? SHORT_ANCHORED : SHORT_SUBJECT)) {
		int code = pcre2_match(regex->quick, (PCRE2_SPTR)subject.ptr, subject.len, 0, 0, data, regex->context);
		if (code != PCRE2_ERROR_MATCHLIMIT) return result_of(code);
	}
	return search_metered(regex, subject, data);
}

enum regex_result regex_search(const struct regex *regex, struct str subject)
{
	if (subject.len > LIMIT_SUBJECT_BYTES) return REGEX_UNDECIDED;
	if (!subject.ptr) subject = STR("");
	if (regex->is_plain) {
		if (utf8_invalid(subject) < subject.len) return REGEX_UNDECIDED;
		return memmem(subject.ptr, subject.len, regex->source.ptr, regex->source.len) ? REGEX_YES : REGEX_NO;
	}
	/* the spare is a cache that no caller can see */
	struct regex *owner = (struct regex *)regex;
	pcre2_match_data *data = atomic_exchange(&owner->spare, NULL);
	if (!data) data = pcre2_match_data_create(1, NULL);
	if (!data) return REGEX_UNDECIDED;
	enum regex_result result = search(regex, subject, data);
	if (subject.len <= KEPT_SUBJECT) data = atomic_exchange(&owner->spare, data);
	if (data) pcre2_match_data_free(data);
	return result;
}

struct str regex_source(const struct regex *regex)
{
	return regex->source;
}
