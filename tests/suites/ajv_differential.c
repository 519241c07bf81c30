/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Schemas and values made at random, judged by keur and by ajv 8: drafts 7 and 2020-12. The same each time, by seed.
 * KEUR_PAIRS is how many pairs (default 4000), KEUR_SEED the seed, AJV the folder that has node_modules with ajv.
 */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/io.h"
#include "base/vec.h"
#include "doc/doc.h"
#include "engine/schema.h"

enum { INSTANCES = 10, DEPTH = 3 };

struct maker {
	uint64_t state;
	struct strbuf *out;
	bool draft7;
};

/* splitmix64. */
static uint32_t draw(struct maker *maker, uint32_t below)
{
	uint64_t z = maker->state += 0x9E3779B97F4A7C15;
	z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9;
	z = (z ^ z >> 27) * 0x94D049BB133111EB;
	return (uint32_t)((z ^ z >> 31) >> 32) % below;
}

static void put(struct maker *maker, const char *text)
{
	strbuf_add(maker->out, str_of(text));
}

static const char *pick(struct maker *maker, const char *const *list, uint32_t count)
{
	return list[draw(maker, count)];
}

#define PICK(maker, list) pick(maker, list, sizeof(list) / sizeof *(list))

static const char *const names[] = {"\"a\"", "\"b\"", "\"c\"", "\"ab\"", "\"x-a\"", "\"\"", "\"caf\xC3\xA9\""};
static const char *const scalars[] = {"null", "true", "false", "0", "1", "1.0", "2", "3", "-1", "0.5", "1.5", "0.3",
		"10", "1e2", "100", "\"\"", "\"a\"", "\"ab\"", "\"abc\"", "\"x1\"", "\"12\"", "\"\xF0\x9F\x98\x80\"", "-0",
		"0.07"};

static void put_value(struct maker *maker, int depth)
{
	uint32_t kind = draw(maker, depth > 0 ? 6 : 3);
	uint32_t count = draw(maker, 4);
	if (kind < 3) {
		put(maker, PICK(maker, scalars));
	} else if (kind < 5) {
		put(maker, "{");
		uint32_t start = draw(maker, sizeof names / sizeof *names);
		for (uint32_t i = 0; i < count; i++) {
			put(maker, i ? "," : "");
			put(maker, names[(start + i) % (sizeof names / sizeof *names)]);
			put(maker, ":");
			put_value(maker, depth - 1);
		}
		put(maker, "}");
	} else {
		put(maker, "[");
		for (uint32_t i = 0; i < count; i++) {
			put(maker, i ? "," : "");
			put_value(maker, depth - 1);
		}
		put(maker, "]");
	}
}

static void put_schema(struct maker *maker, int depth);

static void put_schemas(struct maker *maker, int depth)
{
	uint32_t count = 1 + draw(maker, 3);
	put(maker, "[");
	for (uint32_t i = 0; i < count; i++) {
		put(maker, i ? "," : "");
		put_schema(maker, depth - 1);
	}
	put(maker, "]");
}

/* Members with schemas, or with lists of names. */
static void put_members(struct maker *maker, const char *const *keys, uint32_t of, int depth, bool lists)
{
	uint32_t count = 1 + draw(maker, of < 3 ? of : 3);
	uint32_t start = draw(maker, of);
	put(maker, "{");
	for (uint32_t i = 0; i < count; i++) {
		put(maker, i ? "," : "");
		put(maker, keys[(start + i) % of]);
		put(maker, ":");
		if (lists) {
			put(maker, "[");
			put(maker, PICK(maker, names));
			put(maker, "]");
		} else {
			put_schema(maker, depth - 1);
		}
	}
	put(maker, "}");
}

static void put_names(struct maker *maker)
{
	uint32_t start = draw(maker, sizeof names / sizeof *names);
	put(maker, "[");
	for (uint32_t i = 0, count = draw(maker, 3); i < count; i++) {
		put(maker, i ? "," : "");
		put(maker, names[(start + i) % (sizeof names / sizeof *names)]);
	}
	put(maker, "]");
}

static void put_types(struct maker *maker)
{
	static const char *const types[] = {
			"\"null\"", "\"boolean\"", "\"number\"", "\"integer\"", "\"string\"", "\"array\"", "\"object\""};
	uint32_t start = draw(maker, 7);
	if (draw(maker, 3)) {
		put(maker, types[start]);
		return;
	}
	put(maker, "[");
	put(maker, types[start]);
	put(maker, ",");
	put(maker, types[(start + 1 + draw(maker, 6)) % 7]);
	put(maker, "]");
}

/* What a keyword takes. */
enum takes {
	NUMBER,
	DIVISOR,
	COUNT,
	PATTERN,
	BOOLEAN,
	TYPES,
	NAMES,
	VALUE,
	VALUES,
	SCHEMA,
	SCHEMAS,
	MEMBERS,
	PATTERNS,
	LISTS
};

static const struct {
	const char *name;
	enum takes takes;
	int drafts; /* 1: draft 7, 2: 2020-12 */
} keywords[] = {{"type", TYPES, 3}, {"type", TYPES, 3}, {"enum", VALUES, 3}, {"const", VALUE, 3},
		{"maximum", NUMBER, 3}, {"minimum", NUMBER, 3}, {"exclusiveMaximum", NUMBER, 3},
		{"exclusiveMinimum", NUMBER, 3}, {"multipleOf", DIVISOR, 3}, {"maxLength", COUNT, 3}, {"minLength", COUNT, 3},
		{"pattern", PATTERN, 3}, {"maxItems", COUNT, 3}, {"minItems", COUNT, 3}, {"uniqueItems", BOOLEAN, 3},
		{"items", SCHEMA, 3}, {"items", SCHEMAS, 1}, {"additionalItems", SCHEMA, 1}, {"prefixItems", SCHEMAS, 2},
		{"contains", SCHEMA, 3}, {"minContains", COUNT, 2}, {"maxContains", COUNT, 2}, {"maxProperties", COUNT, 3},
		{"minProperties", COUNT, 3}, {"required", NAMES, 3}, {"properties", MEMBERS, 3}, {"properties", MEMBERS, 3},
		{"patternProperties", PATTERNS, 3}, {"additionalProperties", SCHEMA, 3}, {"propertyNames", SCHEMA, 3},
		{"dependencies", MEMBERS, 1}, {"dependencies", LISTS, 1}, {"dependentRequired", LISTS, 2},
		{"dependentSchemas", MEMBERS, 2}, {"allOf", SCHEMAS, 3}, {"anyOf", SCHEMAS, 3}, {"oneOf", SCHEMAS, 3},
		{"not", SCHEMA, 3}, {"if", SCHEMA, 3}, {"then", SCHEMA, 3}, {"else", SCHEMA, 3},
		{"unevaluatedProperties", SCHEMA, 2}, {"unevaluatedItems", SCHEMA, 2}};

enum { KEYWORDS = sizeof keywords / sizeof keywords[0] };

static void put_operand(struct maker *maker, enum takes takes, int depth)
{
	static const char *const numbers[] = {"0", "1", "2", "1.5", "-1", "0.5", "10", "100", "1.0"};
	static const char *const divisors[] = {"1", "2", "3", "0.5", "0.25", "5", "0.1", "0.01", "1e2"};
	static const char *const counts[] = {"0", "1", "2", "3", "2.0"};
	static const char *const patterns[] = {"\"^a\"", "\"b$\"", "\"^[a-z]+$\"", "\"\\\\d\"", "\"^.$\"", "\"^x-\"",
			"\"\"", "\"^(a|b)*$\"", "\"^[0-9]{2}$\"", "\"\\\\p{L}\"", "\"^a?b{1,2}\"", "\"^[^a]\""};
	switch (takes) {
	case NUMBER:
		put(maker, PICK(maker, numbers));
		break;
	case DIVISOR:
		put(maker, PICK(maker, divisors));
		break;
	case COUNT:
		put(maker, PICK(maker, counts));
		break;
	case PATTERN:
		put(maker, PICK(maker, patterns));
		break;
	case BOOLEAN:
		put(maker, draw(maker, 4) ? "true" : "false");
		break;
	case TYPES:
		put_types(maker);
		break;
	case NAMES:
		put_names(maker);
		break;
	case VALUE:
		put_value(maker, 1);
		break;
	case VALUES:
		put(maker, "[");
		put_value(maker, 1);
		put(maker, ",");
		put_value(maker, 0);
		put(maker, "]");
		break;
	case SCHEMA:
		put_schema(maker, depth - 1);
		break;
	case SCHEMAS:
		put_schemas(maker, depth);
		break;
	case MEMBERS:
		put_members(maker, names, sizeof names / sizeof *names, depth, false);
		break;
	case PATTERNS:
		put_members(maker, patterns, sizeof patterns / sizeof *patterns, depth, false);
		break;
	case LISTS:
		put_members(maker, names, sizeof names / sizeof *names, depth, true);
		break;
	}
}

static void put_schema(struct maker *maker, int depth)
{
	bool used[KEYWORDS] = {false};
	uint32_t count = 1 + draw(maker, depth > 0 ? 4 : 2);
	bool first = true;
	if (draw(maker, 12) == 0) {
		put(maker, draw(maker, 3) ? "true" : "false");
		return;
	}
	put(maker, "{");
	if (draw(maker, 10) == 0) {
		put(maker, draw(maker, 2) ? "\"$ref\":\"#/$defs/p\"" : "\"$ref\":\"#/$defs/q\"");
		first = false;
	}
	for (uint32_t i = 0; i < count; i++) {
		uint32_t at = draw(maker, KEYWORDS);
		enum takes takes = keywords[at].takes;
		bool nests = takes >= SCHEMA && takes != LISTS;
		if (!(keywords[at].drafts & (maker->draft7 ? 1 : 2)) || (nests && depth <= 0)) continue;
		bool repeated = false;
		for (uint32_t j = 0; j < KEYWORDS; j++)
			repeated |= used[j] && strcmp(keywords[j].name, keywords[at].name) == 0;
		if (repeated) continue;
		used[at] = true;
		put(maker, first ? "\"" : ",\"");
		put(maker, keywords[at].name);
		put(maker, "\":");
		put_operand(maker, takes, depth);
		first = false;
	}
	put(maker, "}");
}

/* {"allOf": [...], "$defs": ...}: what references lead to refers to nothing itself, so that no schema is endless. */
static void put_case(struct maker *maker)
{
	put(maker, maker->draft7 ? "{\"draft\":7,\"schema\":{" : "{\"draft\":2020,\"schema\":{");
	put(maker, "\"$defs\":{\"p\":{\"type\":[\"string\",\"object\"],\"required\":[\"a\"]},\"q\":");
	put(maker, draw(maker, 2) ? "{\"minimum\":1,\"properties\":{\"b\":{\"type\":\"integer\"}}}" : "{\"maxLength\":2}");
	put(maker, "},\"allOf\":[");
	put_schema(maker, DEPTH);
	put(maker, "]},\"instances\":[");
	for (int i = 0; i < INSTANCES; i++) {
		put(maker, i ? "," : "");
		put_value(maker, DEPTH);
	}
	put(maker, "]}\n");
}

struct tally {
	unsigned long pairs, schemas, refused, expected, differences;
	unsigned long by_reason[16];
};

static void ignore(struct schema_sink *sink, const struct schema_violation *violation)
{
	(void)violation;
	*(unsigned *)sink->name.ptr += 1;
}

/* Differences that were looked into: what schema and instance have then, keur's verdict (0: any), and whose fault. */
static const struct {
	const char *schema, *instance;
	char ours;
	const char *reason;
} known[] = {
		{"\"multipleOf\":0.1", "", 0, "ajv divides doubles: 0.3 is no multiple of 0.1 there"},
		{"\"multipleOf\":0.01", "", 0, "the same"},
		{"\"\"]", "", 0, "ajv does not miss a required member of which the name is empty"},
		{"[\"\",", "", 0, "the same"},
		{",\"\",", "", 0, "the same"},
		{"\"unevaluatedItems\":", "[", '1', "ajv does not count what `contains` evaluates (2020-12 core, 10.3.1.3)"},
		{"\"unevaluatedItems\":", "[", '0', "ajv counts what a branch of anyOf or oneOf evaluates that does not hold"},
		{"\"unevaluatedProperties\":", "{", '1',
				"ajv does not count what `if` evaluates without then and else (10.2.2.1)"},
		{"\"unevaluatedProperties\":", "{", '0',
				"ajv counts what a branch of anyOf or oneOf evaluates that does not hold"},
		{"\"contains\":", "[", 0, "ajv keeps what `contains` found in an earlier array for an empty one"},
};

enum { KNOWN = sizeof known / sizeof known[0] };

/* Number of the reason; KNOWN when there is none. */
static size_t reason_of(struct str line, struct str instance, char ours)
{
	size_t i = 0;
	for (; i < KNOWN; i++) {
		struct str part = str_of(known[i].instance);
		bool there = part.len == 0 || str_find_str(instance, part) < instance.len;
		bool verdict = !known[i].ours || known[i].ours == ours;
		if (there && verdict && str_find_str(line, str_of(known[i].schema)) < line.len) break;
	}
	return i;
}

/* keur's verdict; '?' when the ways of asking disagree. */
static char verdict_of(
		const struct schema *schema, const struct doc *doc, const struct node *value, struct arena *arena)
{
	struct view view = {doc, NULL};
	struct err err;
	unsigned all = 0;
	unsigned brief = 0;
	struct schema_sink to_all = {.report = ignore, .name = {(const char *)&all, 0}};
	struct schema_sink to_brief = {.report = ignore, .name = {(const char *)&brief, 0}};
	err_init(&err, arena);
	enum schema_result test = schema_check(schema, &view, value, SCHEMA_TEST, NULL, arena, &err);
	if (schema_check(schema, &view, value, SCHEMA_ALL, &to_all, arena, &err) != test) return '?';
	if (schema_check(schema, &view, value, SCHEMA_BRIEF, &to_brief, arena, &err) != test) return '?';
	if ((all > 0) != (test == SCHEMA_INVALID) || (brief > 0) != (all > 0) || brief > all) return '?';
	return test == SCHEMA_VALID ? '1' : test == SCHEMA_INVALID ? '0' : '?';
}

static void compare(struct str line, struct str verdicts, struct tally *tally)
{
	struct arena *arena = arena_new();
	struct err err;
	err_init(&err, arena);
	struct doc *doc = doc_of(STR("case"), line, &err);
	bool draft7 = str_starts(line, STR("{\"draft\":7,"));
	struct schema_options options = {
			.draft = draft7 ? SCHEMA_DRAFT7 : SCHEMA_2020_12, .unicode = true, .ref_siblings = draft7};
	const struct node *node = node_member(doc->root, STR("schema"));
	const struct node *instances = node_member(doc->root, STR("instances"));
	struct schema *schema = schema_compile(arena, doc->source, node, &options, &err);
	tally->schemas++;
	if (!schema || verdicts.ptr[0] == 'E') {
		tally->refused += !schema && verdicts.ptr[0] == 'E';
		bool crash = str_find_str(verdicts, STR("Cannot set properties of undefined")) < verdicts.len; /* ajv's own */
		if (!crash && (schema || verdicts.ptr[0] != 'E')) {
			tally->differences++;
			printf("one refuses: %.*s | %.*s | %.*s\n", STR_FMT(err.message.in[LANG_EN]), STR_FMT(verdicts),
					STR_FMT(line));
		}
	}
	for (uint32_t i = 0; schema && verdicts.ptr[0] != 'E' && i < instances->len; i++) {
		const struct node *value = &instances->children[i];
		struct str text = {doc->source->bytes.ptr + value->start, value->end - value->start};
		char ours = verdict_of(schema, doc, value, arena);
		tally->pairs++;
		if (i < verdicts.len && ours == verdicts.ptr[i]) continue;
		size_t reason = ours == '?' ? KNOWN : reason_of(line, text, ours);
		if (reason < KNOWN) {
			tally->by_reason[reason]++;
			tally->expected++;
			continue;
		}
		if (tally->differences++ < 20)
			printf("keur %c, ajv %c: %.*s in %.*s\n", ours, verdicts.ptr[i], STR_FMT(text), STR_FMT(line));
	}
	doc_close(doc);
	arena_free(arena);
}

/* A line off the front. */
static struct str take_line(struct str *rest)
{
	struct str line = {rest->ptr, str_find(*rest, '\n')};
	*rest = str_skip(*rest, line.len + 1);
	return line;
}

static bool ask_ajv(struct arena *arena, const char *ajv, const char *file, struct str *verdicts)
{
	struct str output = str_printf(arena, "%s.out", file);
	struct str command = str_printf(arena, "node tests/suites/ajv_verdicts.mjs '%s' '%s' >'%s'", ajv, file, output.ptr);
	struct err err;
	err_init(&err, arena);
	bool done = system(command.ptr) == 0 && io_read(arena, output.ptr, SIZE_MAX, verdicts, &err);
	unlink(output.ptr);
	return done;
}

static bool run_batch(struct maker *maker, const char *ajv, unsigned long pairs, struct tally *tally)
{
	struct arena *arena = arena_new();
	char file[] = "/tmp/keur-ajv-XXXXXX";
	int fd = mkstemp(file);
	struct strbuf out;
	struct str verdicts;
	strbuf_init(&out, SIZE_MAX);
	maker->out = &out;
	for (unsigned long i = 0; i < pairs; i += INSTANCES) {
		maker->draft7 = draw(maker, 2);
		put_case(maker);
	}
	bool done = fd >= 0 && write(fd, out.ptr, out.len) == (ssize_t)out.len && ask_ajv(arena, ajv, file, &verdicts);
	for (struct str rest = strbuf_str(&out); done && rest.len > 0;)
		compare(take_line(&rest), take_line(&verdicts), tally);
	if (fd >= 0) close(fd);
	unlink(file);
	strbuf_release(&out);
	arena_free(arena);
	return done;
}

int main(void)
{
	enum { BATCH = 20000 };
	const char *ajv = getenv("AJV") ? getenv("AJV") : "/tmp/peers";
	const char *wanted = getenv("KEUR_PAIRS");
	const char *seed = getenv("KEUR_SEED");
	unsigned long pairs = wanted ? strtoul(wanted, NULL, 10) : 4000;
	struct maker maker = {.state = seed ? strtoul(seed, NULL, 10) : 1};
	struct tally tally = {0};
	char package[512];
	snprintf(package, sizeof package, "%s/node_modules/ajv/package.json", ajv);
	if (access(package, R_OK) != 0 || system("command -v node >/dev/null 2>&1") != 0) {
		printf("suite: ajv_differential: skipped, no node or no ajv at %s (AJV names a folder with node_modules)\n",
				ajv);
		return 0;
	}
	for (unsigned long done = 0; done < pairs; done += BATCH) {
		unsigned long now = pairs - done < BATCH ? pairs - done : BATCH;
		if (run_batch(&maker, ajv, now, &tally)) continue;
		printf("ajv could not be run\n");
		return 1;
	}
	for (size_t i = 0; i < KNOWN; i++)
		printf("%lu: %s\n", tally.by_reason[i], known[i].reason);
	printf("suite: ajv_differential: %lu pairs of %lu schemas, %lu differ for a reason that is known, %lu for another\n",
			tally.pairs, tally.schemas, tally.expected, tally.differences);
	return tally.differences > 0;
}
