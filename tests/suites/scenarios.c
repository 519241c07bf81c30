/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Spectral's own end-to-end scenarios, as far as they need no JavaScript: the rule set is the scenario's, or, where
 * that is JavaScript that only holds data, the same in YAML (tests/suites/scenarios/<name>.yaml). Compared are file,
 * place, severity, code, message and path of the `stylish` output. All others are in scenarios.skip with the reason.
 */
#include "verdict.h"

#include <dirent.h>
#include <sys/stat.h>

#include "base/io.h"
#include "skips.h"
#include "stylish.h"

struct section {
	struct str name, text;
};

struct scenario {
	struct arena *arena;
	struct str name;
	const char *folder; /* where its files are written */
	const char *ruleset;
	struct {
		struct section *items;
		size_t count, capacity;
	} sections;
	struct lines documents; /* names below the folder */
};

struct suite {
	struct skips skips;
	const char *folder; /* of the scenarios */
	unsigned total, passed, skipped, failed;
};

static struct str section_text(const struct scenario *scenario, const char *name)
{
	for (size_t i = 0; i < scenario->sections.count; i++)
		if (str_eq(scenario->sections.items[i].name, str_of(name))) return scenario->sections.items[i].text;
	return (struct str){NULL, 0};
}

static bool contains(struct str text, const char *part)
{
	return str_find_str(text, str_of(part)) < text.len;
}

/* The command line, for any system or for Unix. */
static struct str command_of(const struct scenario *scenario)
{
	struct str command = section_text(scenario, "command");
	return command.ptr ? command : section_text(scenario, "command-nix");
}

/* "====name====" starts a section. */
static void split(struct scenario *scenario, struct str text)
{
	while (text.len > 0) {
		struct str line = {text.ptr, str_find(text, '\n')};
		text = str_skip(text, line.len + 1);
		if (line.len > 8 && str_starts(line, STR("====")) && str_ends(line, STR("===="))) {
			*vec_push(&scenario->sections) = (struct section){{line.ptr + 4, line.len - 8}, {text.ptr, 0}};
		} else if (scenario->sections.count > 0) {
			struct str *body = &scenario->sections.items[scenario->sections.count - 1].text;
			body->len = (size_t)(line.ptr + line.len - body->ptr);
		}
	}
}

/* Writes a file and the folders above it, below the scenario's folder. */
static const char *write_below(struct scenario *scenario, struct str name, struct str text)
{
	for (size_t i = 0; i < name.len; i++)
		if (name.ptr[i] == '/')
			mkdir(str_printf(scenario->arena, "%s/%.*s", scenario->folder, (int)i, name.ptr).ptr, 0700);
	return file_of(scenario->arena, scenario->folder, str_copy(scenario->arena, name).ptr, text);
}

/* Which asset the command names as the rule set: what follows "--ruleset" or "-r". */
static struct str ruleset_asset(struct str command)
{
	size_t at = str_find_str(command, STR(" --ruleset"));
	if (at == command.len) at = str_find_str(command, STR(" -r "));
	struct str rest = str_skip(command, at);
	rest = str_skip(rest, str_find_str(rest, STR("{asset:")));
	rest = str_skip(rest, sizeof "{asset:" - 1);
	return (struct str){rest.ptr, str_find(rest, '}')};
}

static void write_assets(struct scenario *scenario, struct str ruleset, bool globs)
{
	for (size_t i = 0; i < scenario->sections.count; i++) {
		struct section section = scenario->sections.items[i];
		if (!str_starts(section.name, STR("asset:"))) continue;
		struct str name = str_skip(section.name, 6);
		const char *path = write_below(scenario, name, section.text);
		if (str_eq(name, ruleset))
			scenario->ruleset = scenario->ruleset ? scenario->ruleset : path;
		else if (globs && str_ends(name, STR(".json")))
			*vec_push(&scenario->documents) = name;
	}
}

/* False when there is nothing that can be run: no document, or a rule set in JavaScript without a translation. */
static bool prepare(struct scenario *scenario)
{
	struct str command = command_of(scenario), translated;
	struct err err;
	err_init(&err, scenario->arena);
	const char *ours = str_printf(scenario->arena, "tests/suites/scenarios/%.*s.yaml", STR_FMT(scenario->name)).ptr;
	if (access(ours, R_OK) == 0 && io_read(scenario->arena, ours, 1 << 20, &translated, &err))
		scenario->ruleset = write_below(scenario, STR("translated.yaml"), translated);
	struct str asset = ruleset_asset(command);
	write_assets(scenario, asset, contains(command, "*.json"));
	struct str document = section_text(scenario, "document");
	if (document.ptr && contains(command, "{document}")) {
		write_below(scenario, STR("document"), document);
		*vec_push(&scenario->documents) = STR("document");
	}
	bool script = scenario->ruleset && !str_ends(str_of(scenario->ruleset), STR(".yaml")) &&
				  contains(section_text(scenario, str_printf(scenario->arena, "asset:%.*s", STR_FMT(asset)).ptr),
						  "module.exports");
	return scenario->ruleset && !script && scenario->documents.count > 0 && section_text(scenario, "stdout").ptr;
}

/* Lines of the expected output, each after the name of its file. */
static void read_expected(const struct scenario *scenario, struct lines *lines)
{
	struct str text = section_text(scenario, "stdout"), file = STR("");
	while (text.len > 0) {
		struct str line = {text.ptr, str_find(text, '\n')}, code, normal;
		text = str_skip(text, line.len + 1);
		if (str_starts(line, STR("{")) || str_starts(line, STR("<STDIN>")))
			file = str_starts(line, STR("{asset:")) ? (struct str){line.ptr + 7, str_find(line, '}') - 7}
													: STR("document");
		else if (stylish_read(line, scenario->arena, &code, &normal))
			*vec_push(lines) = str_printf(scenario->arena, "%.*s: %.*s", STR_FMT(file), STR_FMT(normal));
	}
}

static bool check(const struct scenario *scenario, const struct spectral *spectral, struct str name,
		struct lines *lines, struct err *err)
{
	struct arena *arena = scenario->arena;
	bool failures_only = contains(command_of(scenario), " -D");
	const char *path = str_printf(arena, "%s/%.*s", scenario->folder, STR_FMT(name)).ptr;
	struct doc *doc = doc_open(path, err);
	if (!doc) return false;
	arena_on_free(arena, close_document, doc);
	spectral = spectral_for(spectral, str_of(path), arena, err);
	if (!spectral) return false;
	struct facts run;
	spectral_check(spectral, refs_new(arena, doc), arena, &run);
	for (uint32_t i = 0; i < run.result_count; i++) {
		if (failures_only && run.results[i].severity != SEVERITY_ERROR) continue;
		struct str line = stylish_line(spectral, &run.results[i], arena);
		*vec_push(lines) = str_printf(arena, "%.*s: %.*s", STR_FMT(name), STR_FMT(line));
	}
	if (run.unrecognized.len > 0 && !contains(command_of(scenario), "--ignore-unknown-format"))
		*vec_push(lines) = str_printf(arena,
				"%.*s: unrecognized-format 1:1 warning The provided document does not match any of the registered "
				"formats [%.*s] | ",
				STR_FMT(name), STR_FMT(run.unrecognized));
	return true;
}

static void differs(void *context, struct str line, char side)
{
	strbuf_printf(context, "  %c %.*s\n", side, STR_FMT(line));
}

static bool compare(struct scenario *scenario, struct strbuf *report, struct err *err)
{
	struct spectral_options options = spectral_parity();
	const struct spectral *spectral = spectral_load(scenario->arena, scenario->ruleset, &options, err);
	struct lines actual = {0}, expected = {0};
	bool good = spectral != NULL;
	for (size_t i = 0; good && i < scenario->documents.count; i++)
		good = check(scenario, spectral, scenario->documents.items[i], &actual, err);
	read_expected(scenario, &expected);
	if (good)
		good = lines_match(&actual, &expected, differs, report) == expected.count && actual.count == expected.count;
	vec_release(&actual);
	vec_release(&expected);
	return good;
}

static void judge(struct suite *suite, struct scenario *scenario)
{
	struct strbuf report;
	struct err err;
	err_init(&err, scenario->arena);
	strbuf_init(&report, LIMIT_MESSAGE_BYTES);
	bool listed = skips_has(&suite->skips, scenario->name);
	bool passed = prepare(scenario) && compare(scenario, &report, &err);
	suite->total++;
	suite->passed += passed && !listed;
	suite->skipped += !passed && listed;
	if (passed == listed) {
		suite->failed++;
		printf("%.*s%s: %.*s\n%.*s", STR_FMT(scenario->name), listed ? " passes, yet listed" : "",
				STR_FMT(err.message.in[LANG_EN]), STR_FMT(strbuf_str(&report)));
	}
	strbuf_release(&report);
}

static void run_file(struct suite *suite, const char *file)
{
	struct arena *arena = arena_new();
	struct err err;
	struct str text;
	char folder[] = "/tmp/keur-scenario-XXXXXX";
	err_init(&err, arena);
	struct scenario scenario = {.arena = arena, .folder = mkdtemp(folder)};
	scenario.name = (struct str){file, strlen(file) - strlen(".scenario")};
	if (scenario.folder && io_read(arena, str_printf(arena, "%s/%s", suite->folder, file).ptr, 1 << 20, &text, &err)) {
		split(&scenario, text);
		judge(suite, &scenario);
	}
	if (scenario.folder && system(str_printf(arena, "rm -rf '%s'", folder).ptr) != 0)
		printf("cannot remove %s\n", folder);
	vec_release(&scenario.sections);
	vec_release(&scenario.documents);
	arena_free(arena);
}

static int is_scenario(const struct dirent *entry)
{
	return str_ends(str_of(entry->d_name), STR(".scenario"));
}

int main(void)
{
	struct arena *arena = arena_new();
	struct dirent **entries;
	struct suite suite = {.skips = skips_read(arena, "tests/suites/scenarios.skip")};
	suite.folder = str_printf(arena, "%s/suites/spectral/scenarios", suite_folder()).ptr;
	int count = scandir(suite.folder, &entries, is_scenario, alphasort);
	if (count < 0) {
		printf("suite: scenarios: skipped, no KEUR_SHARED at %s\n", suite.folder);
		arena_free(arena);
		return 0;
	}
	for (int i = 0; i < count; i++) {
		run_file(&suite, entries[i]->d_name);
		free(entries[i]);
	}
	free(entries);
	printf("suite: scenarios: %u of %u passed, %u skipped (tests/suites/scenarios.skip)\n", suite.passed, suite.total,
			suite.skipped);
	arena_free(arena);
	return suite.failed > 0;
}
