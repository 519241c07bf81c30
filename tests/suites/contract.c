/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Contract comparison on the official contracts of ZGW and the descriptions of a system in use: (a) each contract with
 * itself, and with itself under other names, in another order and without descriptions, shows nothing; (b) what is
 * known to differ in the descriptions is found, of the grade it has, and what is harmless is not called breaking. Known
 * differences are in contract_known.txt: "<vendor> <contract> <rule>[!] <text>", with "!" for what may not be found.
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/limits.h"
#include "engine/contract.h"

enum { MOST_MILLISECONDS = 100 }; /* of processor time, for comparing two documents that were read */

struct tally {
	unsigned total, passed;
	double slowest;
};

static void write_text(struct strbuf *out, struct str text)
{
	strbuf_add_char(out, '"');
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.ptr[i];
		if (c == '"' || c == '\\' || c < 0x20)
			strbuf_printf(out, "\\u%04x", c);
		else
			strbuf_add_char(out, (char)c);
	}
	strbuf_add_char(out, '"');
}

/* A reference to a component, by the name that it has after renaming. */
static void write_value(struct strbuf *out, struct str text)
{
	static const char *const kinds[] = {"#/components/schemas/", "#/components/responses/", "#/components/headers/"};
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (str_starts(text, str_of(kinds[i]))) {
			struct arena *arena = arena_new();
			write_text(out, str_printf(arena, "%sAnders%.*s", kinds[i], STR_FMT(str_skip(text, strlen(kinds[i])))));
			arena_free(arena);
			return;
		}
	write_text(out, text);
}

static bool is_renamed(struct str parent, struct str above)
{
	return str_eq(above, STR("components")) &&
		   (str_eq(parent, STR("schemas")) || str_eq(parent, STR("responses")) || str_eq(parent, STR("headers")));
}

/* The document in disguise: members backwards, components under other names, no descriptions of operations. */
static void disguise(struct strbuf *out, const struct node *node, struct str name, struct str above)
{
	switch ((enum node_kind)node->kind) {
	case NODE_OBJECT:
		strbuf_add_char(out, '{');
		for (uint32_t i = node->len, written = 0; i > 0; i--) {
			const struct node *child = &node->children[i - 1];
			struct str key = node_key(child);
			if (child->kind == NODE_STRING && str_eq(key, STR("description")) && !str_eq(name, STR("properties")))
				continue;
			struct arena *arena = arena_new();
			if (written++) strbuf_add_char(out, ',');
			write_text(out, is_renamed(name, above) ? str_printf(arena, "Anders%.*s", STR_FMT(key)) : key);
			strbuf_add_char(out, ':');
			disguise(out, child, key, name);
			arena_free(arena);
		}
		strbuf_add_char(out, '}');
		break;
	case NODE_ARRAY:
		strbuf_add_char(out, '[');
		for (uint32_t i = 0; i < node->len; i++) {
			if (i) strbuf_add_char(out, ',');
			disguise(out, &node->children[i], STR(""), name);
		}
		strbuf_add_char(out, ']');
		break;
	case NODE_STRING:
		write_value(out, node_text(node));
		break;
	case NODE_NUMBER:
		strbuf_add(out, node_text(node));
		break;
	default:
		strbuf_add(out, node->kind == NODE_NULL ? STR("null") : node->kind == NODE_TRUE ? STR("true") : STR("false"));
		break;
	}
}

static void close_document(void *doc)
{
	doc_close(doc);
}

static const struct openapi *model(struct arena *arena, struct doc *doc, struct err *err)
{
	if (!doc) return NULL;
	arena_on_free(arena, close_document, doc);
	return openapi_new(arena, refs_new(arena, doc), err);
}

static const struct openapi *read_model(struct arena *arena, const char *path)
{
	struct err err;
	err_init(&err, arena);
	const struct openapi *openapi = model(arena, doc_open(path, &err), &err);
	if (!openapi) printf("%s: %.*s\n", path, STR_FMT(err.message.in[LANG_EN]));
	return openapi;
}

static const struct openapi *disguised(struct arena *arena, const struct openapi *openapi)
{
	struct err err;
	struct strbuf text;
	err_init(&err, arena);
	strbuf_init(&text, LIMIT_DOCUMENT_BYTES);
	disguise(&text, openapi->refs->main->root, STR(""), STR(""));
	const struct openapi *other = model(arena, doc_of(STR("disguised.json"), strbuf_str(&text), &err), &err);
	if (!other) printf("disguised: %.*s\n", STR_FMT(err.message.in[LANG_EN]));
	strbuf_release(&text);
	return other;
}

static double now(void)
{
	struct timespec time;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
	return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

static void compare(struct arena *arena, const struct openapi *official, const struct openapi *vendor,
		struct facts *facts, struct tally *tally)
{
	double start = now();
	contract_compare(arena, official, vendor, facts);
	double took = now() - start;
	if (took > tally->slowest) tally->slowest = took;
}

static void expect_nothing(const char *name, const struct facts *facts, struct tally *tally)
{
	tally->total++;
	tally->passed += facts->result_count == 0;
	for (uint32_t i = 0; i < facts->result_count && i < 5; i++)
		printf("%s: %.*s: %.*s\n", name, STR_FMT(contract_rule_names[facts->results[i].rule]),
				STR_FMT(facts->results[i].message.in[LANG_EN]));
}

static void run_itself(const char *folder, const char *file, struct tally *tally)
{
	struct arena *arena = arena_new();
	struct str path = str_printf(arena, "%s/%s", folder, file);
	const struct openapi *one = read_model(arena, path.ptr), *same = read_model(arena, path.ptr);
	const struct openapi *other = one ? disguised(arena, one) : NULL;
	struct facts facts;
	if (one && same && other) {
		compare(arena, one, same, &facts, tally);
		expect_nothing(file, &facts, tally);
		compare(arena, one, other, &facts, tally);
		expect_nothing(file, &facts, tally);
	} else {
		tally->total++;
	}
	arena_free(arena);
}

static bool run_contracts(const char *folder, struct tally *tally)
{
	struct dirent **entries;
	int count = scandir(folder, &entries, NULL, alphasort);
	for (int i = 0; i < count; i++) {
		if (str_ends(str_of(entries[i]->d_name), STR(".json"))) run_itself(folder, entries[i]->d_name, tally);
		free(entries[i]);
	}
	if (count >= 0) free(entries);
	return count > 0;
}

/* One pair of documents, compared once for all lines about it. */
struct compared {
	struct arena *arena;
	struct str vendor, contract;
	struct facts facts;
};

static struct str word(struct str *line)
{
	struct str found = {line->ptr, str_find(*line, ' ')};
	*line = str_skip(*line, found.len + 1);
	return found;
}

static bool has_result(const struct facts *facts, struct str rule, struct str text)
{
	for (uint32_t i = 0; i < facts->result_count; i++) {
		const struct result *result = &facts->results[i];
		struct str message = result->message.in[LANG_EN];
		if (str_eq(contract_rule_names[result->rule], rule) && str_find_str(message, text) < message.len) return true;
	}
	return false;
}

static bool compare_named(
		struct compared *now_at, const char *shared, struct str vendor, struct str contract, struct tally *tally)
{
	if (now_at->arena && str_eq(now_at->vendor, vendor) && str_eq(now_at->contract, contract)) return true;
	arena_free(now_at->arena);
	now_at->arena = arena_new();
	struct arena *arena = now_at->arena;
	now_at->vendor = vendor;
	now_at->contract = contract;
	const struct openapi *theirs = read_model(arena,
			str_printf(arena, "%s/reference/adr/documents/open-zaak__open-zaak__%.*s.yaml", shared, STR_FMT(vendor))
					.ptr);
	const struct openapi *official = read_model(
			arena, str_printf(arena, "%s/reference/zgw/oas-bundled/%.*s.json", shared, STR_FMT(contract)).ptr);
	now_at->facts = (struct facts){0};
	if (!theirs || !official) return false;
	compare(arena, official, theirs, &now_at->facts, tally);
	return true;
}

static void run_known(const char *shared, struct tally *tally)
{
	struct arena *arena = arena_new();
	struct compared now_at = {0};
	struct err err;
	err_init(&err, arena);
	struct source *source = source_read(arena, "tests/suites/contract_known.txt", &err);
	struct str rest = source ? source->bytes : STR("");
	while (rest.len) {
		struct str line = {rest.ptr, str_find(rest, '\n')}, whole = line;
		rest = str_skip(rest, line.len + 1);
		if (line.len == 0 || line.ptr[0] == '#') continue;
		struct str vendor = word(&line), contract = word(&line), rule = word(&line);
		bool unwanted = str_ends(rule, STR("!"));
		rule.len -= unwanted;
		bool read = compare_named(&now_at, shared, vendor, contract, tally);
		bool right = read && has_result(&now_at.facts, rule, line) != unwanted;
		tally->total++;
		tally->passed += right;
		if (!right) printf("%s: %.*s\n", unwanted ? "found" : "not found", STR_FMT(whole));
	}
	arena_free(now_at.arena);
	arena_free(arena);
}

int main(void)
{
	const char *shared = getenv("KEUR_SHARED");
	struct arena *arena = arena_new();
	struct tally tally = {0};
	if (!shared) shared = "../shared";
	struct str folder = str_printf(arena, "%s/reference/zgw/oas-bundled", shared);
	if (run_contracts(folder.ptr, &tally)) {
		run_known(shared, &tally);
		bool fast = tally.slowest <= MOST_MILLISECONDS || getenv("KEUR_SLOW");
		printf("suite: contract: %u of %u passed; slowest comparison %.1f ms\n", tally.passed, tally.total,
				tally.slowest);
		if (!fast) printf("suite: contract: slower than %d ms (KEUR_SLOW allows it)\n", MOST_MILLISECONDS);
		tally.total += !fast;
	} else {
		printf("suite: contract: skipped, no KEUR_SHARED at %s\n", folder.ptr);
	}
	arena_free(arena);
	return tally.passed < tally.total;
}
