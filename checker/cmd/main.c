/* SPDX-License-Identifier: EUPL-1.2 */
/* keur: the table of commands, help and version. */
#include <signal.h>
#include <stdio.h>

#include "cmd/app.h"
#include "cmd/options.h"
#include "cmd/output.h"
#include "rule/fields.h"

#define ALWAYS (OPTION_BIT(OPTION_LANG) | OPTION_BIT(OPTION_HELP))

/* One a line, so that changes of several people meet less often. */
/* clang-format off */
/* How a service is asked, and how the run is shown. */
#define RUN_OPTIONS ( \
	OPTION_BIT(OPTION_CACERT) | \
	OPTION_BIT(OPTION_PROXY) | \
	OPTION_BIT(OPTION_RATE) | \
	OPTION_BIT(OPTION_TIMEOUT) | \
	OPTION_BIT(OPTION_PUBLIC_ONLY) | \
	OPTION_BIT(OPTION_JOBS) | \
	OPTION_BIT(OPTION_QUIET) | \
	OPTION_BIT(OPTION_NO_COLOR))

#define CHECK_OPTIONS ( \
	ALWAYS | \
	OPTION_BIT(OPTION_STANDARD) | \
	OPTION_BIT(OPTION_RULES) | \
	OPTION_BIT(OPTION_RULESET) | \
	OPTION_BIT(OPTION_ARTEFACTS) | \
	OPTION_BIT(OPTION_WITHOUT) | \
	OPTION_BIT(OPTION_ANSWERS) | \
	OPTION_BIT(OPTION_PARITY) | \
	OPTION_BIT(OPTION_PHASE) | \
	OPTION_BIT(OPTION_SCHEMA) | \
	OPTION_BIT(OPTION_CONTRACT) | \
	OPTION_BIT(OPTION_FORMAT) | \
	OPTION_BIT(OPTION_THEME) | \
	OPTION_BIT(OPTION_LINK) | \
	OPTION_BIT(OPTION_FAIL_ON) | \
	OPTION_BIT(OPTION_SCENARIO) | \
	OPTION_BIT(OPTION_PASSIVE) | \
	OPTION_BIT(OPTION_RECORD) | \
	OPTION_BIT(OPTION_REPLAY) | \
	OPTION_BIT(OPTION_OFFLINE) | \
	RUN_OPTIONS)

#define CERTIFY_OPTIONS ( \
	ALWAYS | \
	OPTION_BIT(OPTION_OUTPUT) | \
	OPTION_BIT(OPTION_KEY) | \
	OPTION_BIT(OPTION_CERT) | \
	OPTION_BIT(OPTION_PASSWORD) | \
	OPTION_BIT(OPTION_ALG) | \
	OPTION_BIT(OPTION_ANSWERS) | \
	OPTION_BIT(OPTION_PREVIOUS) | \
	OPTION_BIT(OPTION_VALID) | \
	OPTION_BIT(OPTION_DRAFT) | \
	OPTION_BIT(OPTION_RULES) | \
	OPTION_BIT(OPTION_ARTEFACTS) | \
	OPTION_BIT(OPTION_LINK) | \
	OPTION_BIT(OPTION_THEME) | \
	OPTION_BIT(OPTION_CACERT) | \
	OPTION_BIT(OPTION_PROXY) | \
	OPTION_BIT(OPTION_RATE) | \
	OPTION_BIT(OPTION_TIMEOUT) | \
	OPTION_BIT(OPTION_PUBLIC_ONLY) | \
	OPTION_BIT(OPTION_QUIET) | \
	OPTION_BIT(OPTION_NO_COLOR))

#define VERIFY_OPTIONS ( \
	ALWAYS | \
	OPTION_BIT(OPTION_CA) | \
	OPTION_BIT(OPTION_CRL) | \
	OPTION_BIT(OPTION_WITHDRAWN) | \
	OPTION_BIT(OPTION_AT) | \
	OPTION_BIT(OPTION_AGAIN) | \
	OPTION_BIT(OPTION_RULES) | \
	OPTION_BIT(OPTION_ARTEFACTS) | \
	OPTION_BIT(OPTION_QUIET) | \
	OPTION_BIT(OPTION_NO_COLOR))

#define REGISTER_OPTIONS ( \
	ALWAYS | \
	OPTION_BIT(OPTION_OUTPUT) | \
	OPTION_BIT(OPTION_CA) | \
	OPTION_BIT(OPTION_CRL) | \
	OPTION_BIT(OPTION_WITHDRAWN) | \
	OPTION_BIT(OPTION_AT) | \
	OPTION_BIT(OPTION_URL) | \
	OPTION_BIT(OPTION_THEME) | \
	OPTION_BIT(OPTION_QUIET))

#define MONITOR_OPTIONS ( \
	ALWAYS | \
	OPTION_BIT(OPTION_CA) | \
	OPTION_BIT(OPTION_CRL) | \
	OPTION_BIT(OPTION_WITHDRAWN) | \
	OPTION_BIT(OPTION_AT) | \
	OPTION_BIT(OPTION_ATTEMPTS) | \
	OPTION_BIT(OPTION_FAILURES) | \
	OPTION_BIT(OPTION_FORMAT) | \
	OPTION_BIT(OPTION_RULES) | \
	OPTION_BIT(OPTION_ARTEFACTS) | \
	RUN_OPTIONS)
/* clang-format on */

const struct command commands[] = {
		{"check", {{STR("TARGET..."), STR("DOEL...")}}, CHECK_OPTIONS,
				{{STR("judge OpenAPI documents and services against standards"),
						STR("beoordeel OpenAPI-documenten en diensten tegen standaarden")}},
				{{STR("TARGET is an OpenAPI document (YAML or JSON), a folder of them, or - for standard input; the URL of a\n"
					  "service; or a service descriptor, service.yaml (docs/service.md).\n"
					  "Exit status: 0 conformant, 1 non-conformant, 2 usage, 3 unusable rule set or descriptor, 4 "
					  "undetermined."),
						STR("DOEL is een OpenAPI-document (YAML of JSON), een map ermee, of - voor standaardinvoer; de URL van\n"
							"een dienst; of een service-descriptor, service.yaml (docs/service.md).\n"
							"Afsluitstatus: 0 voldoet, 1 voldoet niet, 2 gebruik, 3 onbruikbare regelset of descriptor, 4 niet "
							"vast te stellen.")}},
				cmd_check},
		{"render", {{STR("REPORT.json"), STR("RAPPORT.json")}},
				ALWAYS | OPTION_BIT(OPTION_FORMAT) | OPTION_BIT(OPTION_THEME) | OPTION_BIT(OPTION_LINK) |
						OPTION_BIT(OPTION_QUIET) | OPTION_BIT(OPTION_NO_COLOR),
				{{STR("any report again, from the one that --format json wrote"),
						STR("elk rapport opnieuw, uit het rapport dat --format json schreef")}},
				{{STR("Nothing is judged again: what is written is what the run itself would have written.\n"
					  "Exit status: 0 written, 2 usage, 3 a report that cannot be used, 4 a report that cannot be written."),
						STR("Er wordt niets opnieuw beoordeeld: er staat wat de run zelf geschreven zou hebben.\n"
							"Afsluitstatus: 0 geschreven, 2 gebruik, 3 een onbruikbaar rapport, 4 een rapport dat niet "
							"geschreven kan worden.")}},
				cmd_render},
		{"diff", {{STR("OLD.json NEW.json"), STR("OUD.json NIEUW.json")}},
				ALWAYS | OPTION_BIT(OPTION_FORMAT) | OPTION_BIT(OPTION_QUIET) | OPTION_BIT(OPTION_NO_COLOR),
				{{STR("what changed between two runs, and whether it got worse"),
						STR("wat er tussen twee runs veranderde, en of het slechter werd")}},
				{{STR("Both are reports that --format json wrote; --format is text or json here.\n"
					  "Exit status: 0 no worse, 1 worse, 2 usage, 3 a report that cannot be used, 4 nothing could be written."),
						STR("Beide zijn rapporten die --format json schreef; --format is hier text of json.\n"
							"Afsluitstatus: 0 niet slechter, 1 slechter, 2 gebruik, 3 een onbruikbaar rapport, 4 er kon niets "
							"geschreven worden.")}},
				cmd_diff},
		{"certify", {{STR("service.yaml -o DIR"), STR("service.yaml -o MAP")}}, CERTIFY_OPTIONS,
				{{STR("judge a service by all that it claims, and write a certificate"),
						STR("beoordeel een dienst op alles wat hij claimt, en schrijf een certificaat")}},
				{{STR("What is judged and how is locked: keur check is for trying. docs/certificate.md says what is written.\n"
					  "Exit status: 0 conformant, 1 non-conformant, 2 usage, 3 a descriptor, key, certificate or earlier "
					  "attempt that\ncannot be used, 4 undetermined, or nothing could be written."),
						STR("Wat er beoordeeld wordt en hoe ligt vast: keur check is om te proberen. docs/certificate.md zegt wat er "
							"geschreven\nwordt. Afsluitstatus: 0 voldoet, 1 voldoet niet, 2 gebruik, 3 een descriptor, sleutel, "
							"certificaat of eerdere poging\ndie niet bruikbaar is, 4 niet vast te stellen, of er kon niets geschreven "
							"worden.")}},
				cmd_certify},
		{"verify", {{STR("DIR|certificate.jws"), STR("MAP|certificate.jws")}}, VERIFY_OPTIONS,
				{{STR("whether a certificate holds: signature, signer, every file, dates, earlier attempts"),
						STR("of een certificaat klopt: handtekening, ondertekenaar, elk bestand, data, eerdere pogingen")}},
				{{STR("Exit status: 0 it holds, 1 it does not, 2 usage, 3 nothing to verify, 4 not everything could be "
					  "verified."),
						STR("Afsluitstatus: 0 het klopt, 1 het klopt niet, 2 gebruik, 3 niets te verifiëren, 4 niet alles kon "
							"geverifieerd worden.")}},
				cmd_verify},
		{"register", {{STR("build DIR -o SITE --ca FILE.pem"), STR("build MAP -o SITE --ca BESTAND.pem")}},
				REGISTER_OPTIONS,
				{{STR("a site of certificates: services by product, standard and vendor, badges, a feed"),
						STR("een site van certificaten: diensten per product, standaard en leverancier, badges, een feed")}},
				{{STR("DIR holds folders of keur certify. What does not verify is not listed, and is told (docs/register.md).\n"
					  "Exit status: 0 all are listed, 1 one does not hold, 2 usage, 3 nothing to read, or SITE is no register, 4 "
					  "not\neverything could be verified, or nothing could be written."),
						STR("MAP bevat mappen van keur certify. Wat niet klopt staat er niet in, en wordt gemeld "
							"(docs/register.md).\nAfsluitstatus: 0 alle staan erin, 1 er klopt een niet, 2 gebruik, 3 niets te lezen, "
							"of SITE is geen register,\n4 niet alles kon geverifieerd worden, of er kon niets geschreven worden.")}},
				cmd_register},
		{"monitor", {{STR("DIR --ca FILE.pem"), STR("MAP --ca BESTAND.pem")}}, MONITOR_OPTIONS,
				{{STR("judge certified services again, and say which verdicts moved"),
						STR("beoordeel gecertificeerde diensten opnieuw, en zeg welke oordelen veranderden")}},
				{{STR("DIR holds folders of keur certify; those that verify and are in force are asked again (docs/register.md).\n"
					  "--format is text or json here.\n"
					  "Exit status: 0 nothing got worse, 1 something did, 2 usage, 3 nothing to read, 4 undetermined."),
						STR("MAP bevat mappen van keur certify; wat klopt en geldig is wordt opnieuw bevraagd (docs/register.md).\n"
							"--format is hier text of json.\n"
							"Afsluitstatus: 0 niets werd slechter, 1 iets wel, 2 gebruik, 3 niets te lezen, 4 niet vast te stellen.")}},
				cmd_monitor},
		{"rules",
				{{STR("list|show|test|coverage|docs|new|impact [ID[@VERSION]]"),
						STR("list|show|test|coverage|docs|new|impact [ID[@VERSIE]]")}},
				ALWAYS | OPTION_BIT(OPTION_RULES) | OPTION_BIT(OPTION_FIXTURES) | OPTION_BIT(OPTION_ARTEFACTS) |
						OPTION_BIT(OPTION_FORMAT) | OPTION_BIT(OPTION_OUTPUT) | OPTION_BIT(OPTION_ENGINE) |
						OPTION_BIT(OPTION_EVIDENCE) | OPTION_BIT(OPTION_QUIET) | OPTION_BIT(OPTION_NO_COLOR),
				{{STR("the rule sets: what there is, what they cover, whether they hold"),
						STR("de regelsets: welke er zijn, wat ze dekken, of ze kloppen")}},
				{{STR("list      all rule sets\nshow      the requirements of one\n"
					  "test      run every rule against its own fixtures\ncoverage  what is checked, and why the rest is not\n"
					  "docs      pages of one or all in -o DIR; --format markdown or html, else both\n"
					  "new       a rule set to start from, in DIR/rules and DIR/fixtures (-o DIR, else here)\n"
					  "impact    ID@OLD ID@NEW --evidence DIR: which verdicts another version would change; exit status 1 "
					  "when any"),
						STR("list      alle regelsets\nshow      de eisen van één regelset\n"
							"test      toets elke regel aan zijn eigen fixtures\n"
							"coverage  wat getoetst wordt, en waarom de rest niet\n"
							"docs      pagina's van een of alle in -o MAP; --format markdown of html, anders beide\n"
							"new       een regelset om mee te beginnen, in MAP/rules en MAP/fixtures (-o MAP, anders hier)\n"
							"impact    ID@OUD ID@NIEUW --evidence MAP: welke oordelen een andere versie zou veranderen; "
							"afsluitstatus 1 als er een is")}},
				cmd_rules},
		{"explain", {{STR("REQUIREMENT"), STR("EIS")}},
				ALWAYS | OPTION_BIT(OPTION_RULES) | OPTION_BIT(OPTION_FIXTURES) | OPTION_BIT(OPTION_NO_COLOR),
				{{STR("one requirement: clause, why, how to comply, examples"),
						STR("één eis: norm, waarom, hoe te voldoen, voorbeelden")}},
				{{STR("REQUIREMENT is nlgov-adr/core/uri-version, nlgov-adr@2.1/core/uri-version or core/uri-version."),
						STR("EIS is nlgov-adr/core/uri-version, nlgov-adr@2.1/core/uri-version of "
							"core/uri-version.")}},
				cmd_explain},
		{"help", {{STR("[COMMAND]"), STR("[OPDRACHT]")}}, ALWAYS,
				{{STR("this text, or that of a command"), STR("deze tekst, of die van een opdracht")}},
				{{STR(""), STR("")}}, cmd_help},
		{.name = NULL},
};

static const char *const later[] = {"init", NULL};

static const struct command *find_command(const char *name)
{
	for (const struct command *command = commands; command->name; command++)
		if (strcmp(command->name, name) == 0) return command;
	return NULL;
}

static int complain_command(enum lang lang, const char *name)
{
	const char *names[32];
	size_t count = 0;
	for (size_t i = 0; later[i]; i++) {
		if (strcmp(later[i], name) != 0) continue;
		app_complain(lang, "command %s is not in this version of keur", "opdracht %s zit niet in deze versie van keur",
				name);
		return EXIT_USAGE;
	}
	for (const struct command *command = commands; command->name; command++)
		names[count++] = command->name;
	names[count] = NULL;
	const char *near = nearest_name(str_of(name), names);
	if (near)
		app_complain(lang, "unknown command '%s'; did you mean '%s'?", "onbekende opdracht '%s'; bedoelde u '%s'?",
				name, near);
	else
		app_complain(lang, "unknown command '%s'; see keur help", "onbekende opdracht '%s'; zie keur help", name);
	return EXIT_USAGE;
}

static void describe_all(enum lang lang, struct strbuf *out)
{
	strbuf_add(out,
			lang == LANG_NL
					? STR("keur: toetst digitale diensten van gemeenten aan standaarden\n\nGebruik: keur OPDRACHT ...\n\n")
					: STR("keur: checks municipal digital services against standards\n\nUsage: keur COMMAND ...\n\n"));
	for (const struct command *command = commands; command->name; command++) {
		struct str what = text_in(command->what, lang);
		strbuf_printf(out, "  %-10s %.*s\n", command->name, STR_FMT(what));
	}
	strbuf_add(out, lang == LANG_NL ? STR("\nMeer: keur OPDRACHT --help; keur --version\n")
									: STR("\nMore: keur COMMAND --help; keur --version\n"));
}

static void describe(const struct command *command, enum lang lang, struct strbuf *out)
{
	struct str what = text_in(command->what, lang), more = text_in(command->more, lang);
	strbuf_printf(
			out, "keur %s %.*s\n  %.*s\n\n", command->name, STR_FMT(text_in(command->arguments, lang)), STR_FMT(what));
	if (more.len) strbuf_printf(out, "%.*s\n\n", STR_FMT(more));
	options_describe(command, lang, out);
}

static int show_help(const struct app *app, const struct command *command)
{
	struct strbuf out;
	strbuf_init(&out, 1 << 20);
	if (command)
		describe(command, app->lang, &out);
	else
		describe_all(app->lang, &out);
	bool ok = output_stdout(app, strbuf_str(&out));
	strbuf_release(&out);
	return ok ? EXIT_CONFORMANT : EXIT_UNDETERMINED;
}

int cmd_help(const struct app *app, const struct options *options)
{
	if (options->argument_count == 0) return show_help(app, NULL);
	const struct command *command = find_command(options->arguments[0]);
	return command ? show_help(app, command) : complain_command(app->lang, options->arguments[0]);
}

static int run_command(const struct app *app, const struct command *command, int argc, char **argv)
{
	struct options options;
	int status = EXIT_USAGE;
	if (options_parse(app, command, argc, argv, &options))
		status = options.help ? show_help(app, command) : command->run(app, &options);
	options_release(&options);
	return status;
}

/* `keur --help` and `keur --version`, wherever --lang stands beside them. */
static int run_bare(const struct app *app, int argc, char **argv)
{
	for (int i = 1; i < argc; i++) {
		if (strcmp(argv[i], "--version") == 0)
			return output_stdout(app, STR("keur " KEUR_VERSION "\n")) ? EXIT_CONFORMANT : EXIT_UNDETERMINED;
		if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0) return show_help(app, NULL);
		if (strcmp(argv[i], "--lang") == 0) i++;
	}
	if (argc > 1) return complain_command(app->lang, argv[1]);
	app_complain(app->lang, "name a command; see keur help", "noem een opdracht; zie keur help");
	return EXIT_USAGE;
}

/* `keur --lang nl check x`: a command behind options is moved in front of them; anything else stays as it is. */
static void command_first(int argc, char **argv)
{
	int at = 1;
	while (at < argc && argv[at][0] == '-' && argv[at][1])
		at += strcmp(argv[at], "--lang") == 0 ? 2 : 1;
	if (at < 2 || at >= argc || !find_command(argv[at])) return;
	char *command = argv[at];
	memmove(argv + 2, argv + 1, (size_t)(at - 1) * sizeof *argv);
	argv[1] = command;
}

int main(int argc, char **argv)
{
	struct app app = {.arena = arena_new(), .lang = app_lang(argc, argv)};
	/* A reader that stops reading is an error to report, not a reason to die without a word. */
	signal(SIGPIPE, SIG_IGN);
	app.rules_dir = app_rules_dir(app.arena);
	command_first(argc, argv);
	const struct command *command = argc > 1 ? find_command(argv[1]) : NULL;
	int status = command ? run_command(&app, command, argc - 1, argv + 1) : run_bare(&app, argc, argv);
	arena_free(app.arena);
	return status;
}
