/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The Schematron conformance suite, each schema of it a case, and SI-UBL 1.0 and 1.1 on invoices of
 * tests/suites/schematron, held against the counts of fired rules and failed assertions that the ISO skeleton on
 * xsltproc gives (tests/suites/schematron/oracle writes them down). What is missed is in schematron.skip, with its
 * reason.
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/folder.h"
#include "engine/schematron.h"
#include "skips.h"

enum { NAME_SIZE = 512 };

struct suite {
	struct arena *arena;
	struct skips skips;
	const char *shared;
	char folder[64]; /* of the files of a case */
	uint32_t count, passed, skipped;
};

static struct {
	xmlDoc *(*new_doc)(const xmlChar *version);
	xmlNode *(*copy)(xmlNode *node, xmlDoc *doc, int deep);
	xmlNode *(*set_root)(xmlDoc *doc, xmlNode *root);
	int (*reconcile)(xmlDoc *doc, xmlNode *tree);
	int (*save)(const char *path, xmlDoc *doc);
} library;

static bool load_library(struct err *err)
{
	const struct shared_symbol wanted[] = {{"xmlNewDoc", &library.new_doc}, {"xmlDocCopyNode", &library.copy},
			{"xmlDocSetRootElement", &library.set_root}, {"xmlReconciliateNs", &library.reconcile},
			{"xmlSaveFile", &library.save}};
	return xml_symbols(wanted, sizeof wanted / sizeof *wanted, err);
}

static const xmlNode *child_of(const xmlNode *node, const char *name)
{
	for (const xmlNode *child = node ? node->children : NULL; child; child = child->next)
		if (child->type == XML_ELEMENT_NODE && (!name || strcmp((const char *)child->name, name) == 0)) return child;
	return NULL;
}

static const char *attribute_of(const xmlNode *node, const char *name)
{
	for (const xmlAttr *attribute = node->properties; attribute; attribute = attribute->next)
		if (strcmp((const char *)attribute->name, name) == 0)
			return attribute->children ? (const char *)attribute->children->content : "";
	return "";
}

/* Writes an element as a file in the folder of the case. */
static const char *write_file(struct suite *suite, const xmlNode *node, const char *name)
{
	struct str path = str_printf(suite->arena, "%s/%s", suite->folder, name);
	const char *slash = strchr(name, '/');
	if (slash) mkdir(str_printf(suite->arena, "%s/%.*s", suite->folder, (int)(slash - name), name).ptr, 0700);
	xmlDoc *doc = library.new_doc((const xmlChar *)"1.0");
	xmlNode *copy = library.copy((xmlNode *)node, doc, 1);
	library.set_root(doc, copy);
	library.reconcile(doc, copy);
	library.save(path.ptr, doc);
	xml_load(NULL)->doc_free(doc);
	return path.ptr;
}

enum verdict { VALID, INVALID, ERROR, UNDECIDED };
static const char *const verdict_names[] = {"valid", "invalid", "error", "undecided"};

/* How many rules fired, asserts failed, reports were made. */
struct tally {
	uint32_t fired, failed, reported;
};

static enum verdict run(struct suite *suite, const char *schema_path, const char *path, const char *phase,
		struct tally *tally, struct str *complaint)
{
	struct arena *arena = arena_new();
	struct err err;
	struct facts facts;
	struct schematron_trace trace;
	enum verdict verdict = ERROR;
	err_init(&err, arena);
	*tally = (struct tally){0};
	const struct schematron *schema = schematron_load(arena, schema_path, str_of(phase), &err);
	struct doc *doc = schema ? doc_open_any(path, &err) : NULL;
	if (doc) {
		verdict = VALID;
		schematron_check(schema, doc, NULL, arena, &facts, SCHEMATRON_EVENTS_AND_RULES, arena, &trace);
		for (uint32_t i = 0; i < trace.count; i++) {
			tally->fired += trace.events[i].kind == SCHEMATRON_FIRED;
			tally->failed += trace.events[i].kind == SCHEMATRON_FAILED;
			tally->reported += trace.events[i].kind == SCHEMATRON_REPORTED;
		}
		if (facts.result_count) verdict = INVALID;
		if (trace.undecided.in[LANG_EN].len) verdict = UNDECIDED;
		*complaint = str_copy(suite->arena, trace.undecided.in[LANG_EN]);
	} else {
		*complaint = str_printf(suite->arena, "%.*s:%u:%u: %.*s", STR_FMT(err.loc.file), err.loc.line, err.loc.column,
				STR_FMT(err.message.in[LANG_EN]));
	}
	doc_close(doc);
	arena_free(arena);
	return verdict;
}

static void record(
		struct suite *suite, struct str id, bool passed, const char *expected, enum verdict found, struct str complaint)
{
	bool skip = skips_has(&suite->skips, id);
	suite->count++;
	suite->passed += passed;
	if (!passed && skip) suite->skipped++;
	if (!passed && !skip)
		printf("%.*s: expected %s, found %s %.*s\n", STR_FMT(id), expected, verdict_names[found], STR_FMT(complaint));
	if (passed && skip) printf("%.*s: passes, and is in schematron.skip\n", STR_FMT(id));
	if (passed && skip) suite->passed--;
}

static void run_case(struct suite *suite, const xmlNode *testcase)
{
	const xmlNode *documents = child_of(testcase, "documents"), *schemas = child_of(testcase, "schemas");
	const xmlNode *primary = child_of(documents, "primary");
	const char *expected = attribute_of(testcase, "expect");
	const char *path = write_file(suite, child_of(primary, NULL), attribute_of(primary, "filename"));
	for (const xmlNode *node = documents->children; node; node = node->next)
		if (node->type == XML_ELEMENT_NODE && strcmp((const char *)node->name, "secondary") == 0)
			write_file(suite, child_of(node, NULL), attribute_of(node, "filename"));
	uint32_t number = 0;
	for (const xmlNode *schema = schemas->children; schema; schema = schema->next) {
		struct tally tally;
		struct str complaint = {"", 0};
		if (schema->type != XML_ELEMENT_NODE) continue;
		const char *schema_path = write_file(suite, schema, "schema.sch");
		enum verdict found = run(suite, schema_path, path, attribute_of(schemas, "phase"), &tally, &complaint);
		struct str id = str_printf(suite->arena, "%s/%u", attribute_of(testcase, "id"), ++number);
		record(suite, id, strcmp(expected, verdict_names[found]) == 0, expected, found, complaint);
	}
}

static bool run_folder(struct suite *suite, const char *name)
{
	struct err err;
	struct str *names;
	uint32_t count;
	err_init(&err, suite->arena);
	struct str folder = str_printf(suite->arena, "%s/suites/schematron/conformance/tests/%s", suite->shared, name);
	if (!folder_list(suite->arena, folder.ptr, &names, &count, &err)) return false;
	for (uint32_t i = 0; i < count; i++) {
		struct str path = str_printf(suite->arena, "%.*s/%.*s", STR_FMT(folder), STR_FMT(names[i]));
		struct doc *doc = doc_open_any(path.ptr, &err);
		if (doc)
			run_case(suite, doc->xml->root);
		else
			record(suite, names[i], false, "a readable test", ERROR, err.message.in[LANG_EN]);
		doc_close(doc);
	}
	return true;
}

static struct str take_field(struct str *line)
{
	struct str field = {line->ptr, str_find(*line, '\t')};
	*line = str_skip(*line, field.len + 1);
	return field;
}

static uint32_t take_number(struct str *line)
{
	uint32_t number = UINT32_MAX;
	str_to_u32(take_field(line), &number);
	return number;
}

/* Lines of counts.tsv: schema, invoice, fired, failed, reported. */
static void run_counts(struct suite *suite, struct str text)
{
	while (text.len) {
		struct str line = {text.ptr, str_find(text, '\n')}, complaint = {"", 0};
		struct tally tally;
		text = str_skip(text, line.len + 1);
		if (!line.len || line.ptr[0] == '#') continue;
		struct str schema = take_field(&line), invoice = take_field(&line);
		uint32_t fired = take_number(&line), failed = take_number(&line), reported = take_number(&line);
		struct str schema_path = str_printf(
				suite->arena, "%s/suites/schematron/si-ubl/schematron/%.*s", suite->shared, STR_FMT(schema));
		struct str path = str_printf(suite->arena, "tests/suites/schematron/%.*s", STR_FMT(invoice));
		enum verdict found = run(suite, schema_path.ptr, path.ptr, "", &tally, &complaint);
		struct str id = str_printf(suite->arena, "%.*s/%.*s", STR_FMT(schema), STR_FMT(invoice));
		bool same = found != ERROR && found != UNDECIDED && tally.fired == fired && tally.failed == failed &&
					tally.reported == reported;
		struct str told = str_printf(suite->arena, "%u fired, %u failed, %u reported %.*s", tally.fired, tally.failed,
				tally.reported, STR_FMT(complaint));
		record(suite, id, same,
				str_printf(suite->arena, "%u fired, %u failed, %u reported", fired, failed, reported).ptr, found, told);
	}
}

/* SI-UBL 1.2 is XPath 2, and refused with what it asks for. */
static void run_refusal(struct suite *suite)
{
	struct tally tally;
	struct str complaint = {"", 0};
	struct str path = str_printf(suite->arena, "%s/suites/schematron/si-ubl/schematron/si-ubl-1.2.sch", suite->shared);
	enum verdict found = run(suite, path.ptr, "tests/suites/schematron/invoice-1.2.xml", "", &tally, &complaint);
	bool named = str_find_str(complaint, STR("xs:decimal()")) < complaint.len;
	record(suite, STR("si-ubl-1.2.sch/refused"), found == ERROR && named, "a refusal that names xs:decimal()", found,
			complaint);
}

static void tidy(struct suite *suite)
{
	struct str command = str_printf(suite->arena, "rm -r %s", suite->folder);
	if (system(command.ptr) != 0) printf("%s is left behind\n", suite->folder);
}

int main(void)
{
	struct suite suite = {
			.arena = arena_new(), .shared = getenv("KEUR_SHARED"), .folder = "/tmp/keur-schematron-XXXXXX"};
	struct err err;
	struct str counts;
	err_init(&err, suite.arena);
	suite.skips = skips_read(suite.arena, "tests/suites/schematron.skip");
	if (!suite.shared) suite.shared = "../shared";
	if (!load_library(&err) || !mkdtemp(suite.folder)) return 1;
	bool there = run_folder(&suite, "core") && run_folder(&suite, "svrl");
	if (there && io_read(suite.arena, "tests/suites/schematron/counts.tsv", 1 << 20, &counts, &err))
		run_counts(&suite, counts);
	if (there) run_refusal(&suite);
	if (there)
		printf("suite: schematron: %u of %u passed, %u skipped (tests/suites/schematron.skip)\n", suite.passed,
				suite.count, suite.skipped);
	else
		printf("suite: schematron: skipped, no KEUR_SHARED at %s\n", suite.shared);
	tidy(&suite);
	arena_free(suite.arena);
	return there && suite.passed + suite.skipped != suite.count;
}
