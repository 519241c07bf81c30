/* SPDX-License-Identifier: EUPL-1.2 */
/* The official StUF schema sets, all entries; messages and mutants of messages against the verdict of Xerces. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "doc/doc.h"
#include "engine/xsd.h"
#include "skips.h"

struct tally {
	unsigned total, passed, skipped, unexpected;
};

struct suite {
	struct arena *arena;
	struct str folder; /* reference/xml */
	struct skips skips;
};

static void note(const struct suite *suite, struct tally *tally, bool right, struct str id, const char *what)
{
	bool listed = skips_has(&suite->skips, id);
	tally->total++;
	tally->passed += right;
	tally->skipped += !right && listed;
	tally->unexpected += right == listed;
	if (!right && !listed) printf("%.*s: %s\n", STR_FMT(id), what);
	if (right && listed) printf("%.*s passes, yet is listed\n", STR_FMT(id));
}

static bool is_entry(struct str name)
{
	bool schema = str_ends(name, STR(".xsd")) && str_find_str(name, STR("_msg_")) < name.len;
	return schema || str_ends(name, STR(".wsdl")) || str_starts(name, STR("_all"));
}

static void compile_entry(const struct suite *suite, struct str path, struct tally *tally)
{
	struct arena *arena = arena_new();
	struct err err;
	err_init(&err, arena);
	bool right = xsd_load(arena, path.ptr, STR(""), &err) != NULL;
	note(suite, tally, right, str_skip(path, suite->folder.len + 1), right ? "" : err.message.in[LANG_EN].ptr);
	arena_free(arena);
}

static void compile_all(const struct suite *suite, struct str folder, struct tally *tally)
{
	DIR *dir = opendir(folder.ptr);
	struct stat info;
	if (!dir) return;
	for (struct dirent *entry; (entry = readdir(dir));) {
		struct str path = str_printf(suite->arena, "%s/%s", folder.ptr, entry->d_name);
		if (entry->d_name[0] == '.' || stat(path.ptr, &info) != 0) continue;
		if (S_ISDIR(info.st_mode))
			compile_all(suite, path, tally);
		else if (is_entry(str_of(entry->d_name)))
			compile_entry(suite, path, tally);
	}
	closedir(dir);
}

/* The entry that has the roots of the messages of a set. */
static const char *entry_of(struct str set)
{
	if (str_eq(set, STR("zds11"))) return "zds1102-p22/_all_zkn.xsd";
	if (str_eq(set, STR("zds12"))) return "zds12-p26/zds0120/zds0120_msg_totaal.xsd";
	if (str_eq(set, STR("prs102"))) return "prs102/bg0310/prs/bg0310_msg_prs.xsd";
	return str_eq(set, STR("bg0310")) ? "zds1102-p22/bg0310/bg0310_msg_totaal.xsd" : NULL;
}

/* Undecided is never right. */
static void judge(const struct suite *suite, const struct xsd *xsd, struct str path, struct str id, bool valid,
		struct tally *tally)
{
	struct arena *arena = arena_new();
	struct facts facts = {0};
	struct err err;
	err_init(&err, arena);
	struct doc *doc = doc_open_any(path.ptr, &err);
	if (doc && doc->xml) xsd_check(xsd, doc, arena, &facts);
	bool decided = facts.items && facts.items->applies && !facts.items->undecided;
	bool told = decided && (facts.items->violations > 0) == (facts.result_count > 0);
	note(suite, tally, told && (facts.items->violations == 0) == valid, id,
			valid ? "expected valid" : "expected invalid");
	doc_close(doc);
	arena_free(arena);
}

/* One line of EXPECTED.tsv: the first column is the file, the second the set, and the last the verdict. */
static void judge_line(const struct suite *suite, struct str folder, struct str line, struct tally *tally)
{
	struct str file = {line.ptr, str_find(line, '\t')}, rest = str_skip(line, file.len + 1);
	struct str set = {rest.ptr, str_find(rest, '\t')}, verdict = rest;
	while (str_find(verdict, '\t') < verdict.len)
		verdict = str_skip(verdict, str_find(verdict, '\t') + 1);
	const char *entry = entry_of(set);
	struct err err;
	err_init(&err, suite->arena);
	if (!entry) return;
	struct str path = str_printf(suite->arena, "%s/schemas/%s", suite->folder.ptr, entry);
	const struct xsd *xsd = xsd_load(suite->arena, path.ptr, STR(""), &err);
	struct str at = str_printf(suite->arena, "%.*s/%.*s", STR_FMT(folder), STR_FMT(file));
	if (xsd)
		judge(suite, xsd, at, file, str_eq(verdict, STR("valid")), tally);
	else
		note(suite, tally, false, file, "its schema set does not compile");
}

static void judge_all(const struct suite *suite, const char *list, struct str folder, struct tally *tally)
{
	struct err err;
	struct str text;
	err_init(&err, suite->arena);
	if (!io_read(suite->arena, str_printf(suite->arena, "%s/%s", suite->folder.ptr, list).ptr, 1 << 20, &text, &err)) {
		tally->unexpected++;
		return;
	}
	while (text.len) {
		struct str line = {text.ptr, str_find(text, '\n')};
		judge_line(suite, folder, line, tally);
		text = str_skip(text, line.len + 1);
	}
}

static void judge_mutants(const struct suite *suite, struct tally *tally)
{
	char folder[] = "/tmp/keur-suite-XXXXXX";
	if (!mkdtemp(folder)) exit(2);
	struct str unpack = str_printf(
			suite->arena, "tar xzf '%s/mutants/mutants.tar.gz' -C %s", suite->folder.ptr, folder);
	if (system(unpack.ptr) != 0) exit(2);
	judge_all(suite, "mutants/EXPECTED.tsv", str_of(folder), tally);
	if (system(str_printf(suite->arena, "rm -r %s", folder).ptr) != 0) exit(2);
}

static void tell(const char *what, const struct tally *tally)
{
	printf("suite: xsd: %s %u of %u as expected, %u skipped (tests/suites/xsd.skip)\n", what, tally->passed,
			tally->total, tally->skipped);
}

int main(void)
{
	const char *shared = getenv("KEUR_SHARED");
	struct suite suite = {.arena = arena_new()};
	struct tally entries = {0}, messages = {0}, mutants = {0};
	struct stat info;
	suite.folder = str_printf(suite.arena, "%s/reference/xml", shared ? shared : "../shared");
	suite.skips = skips_read(suite.arena, "tests/suites/xsd.skip");
	if (stat(suite.folder.ptr, &info) != 0) {
		printf("suite: xsd: skipped, no KEUR_SHARED at %s\n", suite.folder.ptr);
		arena_free(suite.arena);
		return 0;
	}
	compile_all(&suite, str_printf(suite.arena, "%s/schemas", suite.folder.ptr), &entries);
	judge_all(&suite, "messages/EXPECTED.tsv", str_printf(suite.arena, "%s/messages", suite.folder.ptr), &messages);
	judge_mutants(&suite, &mutants);
	tell("entries that compile", &entries);
	tell("messages", &messages);
	tell("mutants", &mutants);
	bool found = entries.total && messages.total && mutants.total;
	arena_free(suite.arena);
	return !found || entries.unexpected + messages.unexpected + mutants.unexpected > 0;
}
