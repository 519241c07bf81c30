/* SPDX-License-Identifier: EUPL-1.2 */
/* Parsing options. */
#include "cmd/options.h"

#include <getopt.h>
#include <stdio.h>
#include <sys/stat.h>

#include "base/limits.h"
#include "base/vec.h"
#include "rule/fields.h"

static const struct described {
	const char *name;
	struct text argument; /* empty: takes none */
	char letter;
	struct text what;
} table[OPTION_COUNT] = {
		[OPTION_STANDARD] = {"standard", {{STR("ID[@VERSION]"), STR("ID[@VERSIE]")}}, 0,
				{{STR("rule set to check against (repeatable); default: of each standard the newest version in force"),
						STR("regelset om aan te toetsen (herhaalbaar); standaard: van elke de nieuwste die van kracht is")}}},
		[OPTION_RULES] = {"rules", {{STR("DIR"), STR("MAP")}}, 0,
				{{STR("another root of rule sets, before the built-in ones (repeatable)"),
						STR("nog een map met regelsets, vóór de ingebouwde (herhaalbaar)")}}},
		[OPTION_RULESET] = {"ruleset", {{STR("FILE"), STR("BESTAND")}}, 0,
				{{STR("one plain Spectral rule set or Schematron schema, as published"),
						STR("één gewone Spectral-regelset of Schematron-schema, zoals gepubliceerd")}}},
		[OPTION_WITHOUT] = {"without", {{STR("OPTION"), STR("OPTIE")}}, 0,
				{{STR("an optional part of a standard that does not hold here (repeatable)"),
						STR("een optioneel deel van een standaard dat hier niet geldt (herhaalbaar)")}}},
		[OPTION_PARITY] = {"parity", {{{NULL, 0}, {NULL, 0}}}, 0,
				{{STR("with --ruleset: places and known faults as Spectral has them (docs/jsonpath.md)"),
						STR("met --ruleset: plaatsen en bekende fouten zoals Spectral ze heeft (docs/jsonpath.md)")}}},
		[OPTION_PHASE] = {"phase", {{STR("ID"), STR("ID")}}, 0,
				{{STR("with --ruleset: phase of a Schematron schema, or #ALL (docs/schematron.md)"),
						STR("met --ruleset: fase van een Schematron-schema, of #ALL (docs/schematron.md)")}}},
		[OPTION_SCHEMA] = {"schema", {{STR("FILE"), STR("BESTAND")}}, 0,
				{{STR("check data against this JSON Schema, or XML against this XML Schema or WSDL (docs/xml.md)"),
						STR("toets gegevens aan dit JSON Schema, of XML aan dit XML-schema of deze WSDL (docs/xml.md)")}}},
		[OPTION_CONTRACT] = {"contract", {{STR("FILE"), STR("BESTAND")}}, 0,
				{{STR("compare OpenAPI or WSDL with this official one (docs/contract.md, docs/wsdl.md)"),
						STR("vergelijk OpenAPI of WSDL met dit officiële document (docs/contract.md, docs/wsdl.md)")}}},
		[OPTION_FORMAT] = {"format", {{STR("NAME[=FILE]"), STR("NAAM[=BESTAND]")}}, 0,
				{{STR("text, json, html, pdf, junit, sarif, earl, github, gemma-csv, gemma-json or svrl; to FILE or to standard "
					  "output (repeatable)"),
						STR("text, json, html, pdf, junit, sarif, earl, github, gemma-csv, gemma-json of svrl; naar BESTAND of naar "
							"standaarduitvoer (herhaalbaar)")}}},
		[OPTION_THEME] = {"theme", {{STR("FILE.css"), STR("BESTAND.css")}}, 0,
				{{STR("with html: a style sheet to embed, the design tokens of a municipality (docs/formats.md)"),
						STR("bij html: een stylesheet om in te sluiten, de designtokens van een gemeente (docs/formats.md)")}}},
		[OPTION_LINK] = {"link", {{STR("URL"), STR("URL")}}, 0,
				{{STR("where the report will be published, for formats that name it"),
						STR("waar het rapport gepubliceerd wordt, voor formaten die dat noemen")}}},
		[OPTION_SCENARIO] = {"scenario", {{STR("FILE"), STR("BESTAND")}}, 0,
				{{STR("an Arazzo document to play, instead of a standard; without TARGET on the servers that it names"),
						STR("een Arazzo-document om af te spelen, in plaats van een standaard; zonder DOEL op zijn eigen servers")}}},
		[OPTION_PASSIVE] = {"passive", {{{NULL, 0}, {NULL, 0}}}, 0,
				{{STR("with --scenario: hold every answer against the scenario's OpenAPI documents too"),
						STR("met --scenario: toets elk antwoord ook aan de OpenAPI-documenten van het scenario")}}},
		[OPTION_RECORD] = {"record", {{STR("FILE.har"), STR("BESTAND.har")}}, 0,
				{{STR("keep every exchange with services as evidence, without secrets"),
						STR("bewaar elke uitwisseling met diensten als bewijs, zonder geheimen")}}},
		[OPTION_REPLAY] = {"replay", {{STR("FILE.har"), STR("BESTAND.har")}}, 0,
				{{STR("take the answers of services from such evidence; nothing goes over the network"),
						STR("neem de antwoorden van diensten uit zulk bewijs; niets gaat over het netwerk")}}},
		[OPTION_OFFLINE] = {"offline", {{{NULL, 0}, {NULL, 0}}}, 0,
				{{STR("fetch nothing; what needs it is not tested"),
						STR("haal niets op; wat dat nodig heeft wordt niet getoetst")}}},
		[OPTION_CACERT] = {"cacert", {{STR("FILE"), STR("BESTAND")}}, 0,
				{{STR("issuers of certificates to trust (PEM), instead of the system's"),
						STR("te vertrouwen uitgevers van certificaten (PEM), in plaats van die van het systeem")}}},
		[OPTION_PROXY] = {"proxy", {{STR("URL"), STR("URL")}}, 0,
				{{STR("proxy for all requests; those of the environment do not count"),
						STR("proxy voor alle verzoeken; die uit de omgeving tellen niet")}}},
		[OPTION_RATE] = {"rate", {{STR("N"), STR("N")}}, 0,
				{{STR("at most N requests a second to one host"),
						STR("hoogstens N verzoeken per seconde aan één host")}}},
		[OPTION_TIMEOUT] = {"timeout", {{STR("SECONDS"), STR("SECONDEN")}}, 0,
				{{STR("for one exchange (default 120)"), STR("voor één uitwisseling (standaard 120)")}}},
		[OPTION_PUBLIC_ONLY] = {"public-only", {{{NULL, 0}, {NULL, 0}}}, 0,
				{{STR("refuse private, loopback and link-local addresses, also behind names and redirects"),
						STR("weiger private, loopback- en link-local-adressen, ook achter namen en omleidingen")}}},
		[OPTION_FAIL_ON] = {"fail-on", {{STR("must|should"), STR("must|should")}}, 0,
				{{STR("what makes the exit status 1 (default must)"),
						STR("wat de afsluitstatus 1 maakt (standaard must)")}}},
		[OPTION_JOBS] = {"jobs", {{STR("N"), STR("N")}}, 'j',
				{{STR("documents at a time; default: one for each processor"),
						STR("documenten tegelijk; standaard: één per processor")}}},
		[OPTION_QUIET] = {"quiet", {{{NULL, 0}, {NULL, 0}}}, 'q',
				{{STR("only the decision on each document"), STR("alleen het oordeel over elk document")}}},
		[OPTION_NO_COLOR] = {"no-color", {{{NULL, 0}, {NULL, 0}}}, 0,
				{{STR("no colour (also: NO_COLOR)"), STR("geen kleur (ook: NO_COLOR)")}}},
		[OPTION_FIXTURES] = {"fixtures", {{STR("DIR"), STR("MAP")}}, 0,
				{{STR("root of fixtures; default: fixtures beside the root of the rule set"),
						STR("map met fixtures; standaard: fixtures naast de map van de regelset")}}},
		[OPTION_ARTEFACTS] = {"artefacts", {{STR("DIR"), STR("MAP")}}, 0,
				{{STR("where pinned official files lie (repeatable; also: KEUR_ARTEFACTS; docs/xml.md)"),
						STR("waar vastgelegde officiële bestanden staan (herhaalbaar; ook: KEUR_ARTEFACTS; docs/xml.md)")}}},
		[OPTION_EVIDENCE] = {"evidence", {{STR("DIR"), STR("MAP")}}, 0,
				{{STR("folder with recordings and the descriptors of their services, at any depth"),
						STR("map met opnames en de descriptors van hun diensten, op elke diepte")}}},
		[OPTION_ENGINE] = {"engine", {{STR("NAME"), STR("NAAM")}}, 0,
				{{STR("engine that gets an example (repeatable; default spectral)"),
						STR("engine die een voorbeeld krijgt (herhaalbaar; standaard spectral)")}}},
		[OPTION_ANSWERS] = {"answers", {{STR("FILE"), STR("BESTAND")}}, 0,
				{{STR("answers of people to requirements that no check judges (docs/certificate.md)"),
						STR("antwoorden van mensen op eisen die geen controle beoordeelt (docs/certificate.md)")}}},
		[OPTION_OUTPUT] = {"output", {{STR("DIR"), STR("MAP")}}, 'o',
				{{STR("folder to write in, made when it is not there; certify keeps an attempt that is in it"),
						STR("map om in te schrijven, gemaakt als ze er niet is; certify bewaart een poging die erin staat")}}},
		[OPTION_KEY] = {"key", {{STR("FILE.pem"), STR("BESTAND.pem")}}, 0,
				{{STR("private key to sign with; without it the certificate is not signed"),
						STR("privésleutel om mee te ondertekenen; zonder is het certificaat niet ondertekend")}}},
		[OPTION_CERT] = {"cert", {{STR("CHAIN.pem"), STR("KETEN.pem")}}, 0,
				{{STR("certificate of that key, then those of its issuers"),
						STR("certificaat van die sleutel, dan die van de uitgevers ervan")}}},
		[OPTION_PASSWORD] = {"password", {{STR("env:NAME|file:PATH"), STR("env:NAAM|file:PAD")}}, 0,
				{{STR("where the password of the key is"), STR("waar het wachtwoord van de sleutel staat")}}},
		[OPTION_ALG] = {"alg", {{STR("NAME"), STR("NAAM")}}, 0,
				{{STR("PS256 or RS256 for an RSA key; of other keys it follows"),
						STR("PS256 of RS256 bij een RSA-sleutel; bij andere volgt het eruit")}}},
		[OPTION_PREVIOUS] = {"previous", {{STR("DIR"), STR("MAP")}}, 0,
				{{STR("the attempt before this one, where it is not in the folder itself"),
						STR("de poging vóór deze, als die niet in de map zelf staat")}}},
		[OPTION_VALID] = {"valid", {{STR("DAYS"), STR("DAGEN")}}, 0,
				{{STR("how long the certificate holds (default and most: 365)"),
						STR("hoe lang het certificaat geldt (standaard en hoogstens: 365)")}}},
		[OPTION_DRAFT] = {"draft", {{{NULL, 0}, {NULL, 0}}}, 0,
				{{STR("also against rule sets that are a draft; the certificate says so"),
						STR("ook tegen regelsets die een concept zijn; het certificaat zegt dat")}}},
		[OPTION_CA] = {"ca", {{STR("FILE.pem"), STR("BESTAND.pem")}}, 0,
				{{STR("issuers of signers that you trust"), STR("uitgevers van ondertekenaars die u vertrouwt")}}},
		[OPTION_CRL] = {"crl", {{STR("FILE"), STR("BESTAND")}}, 0,
				{{STR("list of revoked certificates, PEM or DER (repeatable)"),
						STR("lijst van ingetrokken certificaten, PEM of DER (herhaalbaar)")}}},
		[OPTION_WITHDRAWN] = {"withdrawn", {{STR("FILE"), STR("BESTAND")}}, 0,
				{{STR("certificates that were withdrawn (docs/certificate.md)"),
						STR("certificaten die zijn ingetrokken (docs/certificate.md)")}}},
		[OPTION_AT] = {"at", {{STR("DATE"), STR("DATUM")}}, 0,
				{{STR("as of that day, 2026-11-25, instead of now"),
						STR("zoals op die dag, 2026-11-25, in plaats van nu")}}},
		[OPTION_URL] = {"url", {{STR("URL"), STR("URL")}}, 0,
				{{STR("where the register will be published, for what names it"),
						STR("waar het register gepubliceerd wordt, voor wat dat noemt")}}},
		[OPTION_ATTEMPTS] = {"attempts", {{STR("M"), STR("M")}}, 0,
				{{STR("times that a service is asked, before a worse verdict counts (default 3)"),
						STR("hoe vaak een dienst bevraagd wordt, voordat een slechter oordeel telt (standaard 3)")}}},
		[OPTION_FAILURES] = {"failures", {{STR("K"), STR("K")}}, 0,
				{{STR("of those, how many must be worse (default 2)"),
						STR("hoeveel daarvan slechter moeten zijn (standaard 2)")}}},
		[OPTION_AGAIN] = {"replay", {{{NULL, 0}, {NULL, 0}}}, 0,
				{{STR("judge the evidence again by the same rules, which must give the same verdicts"),
						STR("beoordeel het bewijs opnieuw met dezelfde regels, wat dezelfde oordelen moet geven")}}},
		[OPTION_LANG] = {"lang", {{STR("nl|en"), STR("nl|en")}}, 0,
				{{STR("language; default: that of the locale"), STR("taal; standaard: die van de locale")}}},
		[OPTION_HELP] = {"help", {{{NULL, 0}, {NULL, 0}}}, 'h', {{STR("this text"), STR("deze tekst")}}},
};

/* What keur certify leaves out of the options of keur check it leaves out on purpose, and the reason is worth telling.
 */
static bool is_locked(const struct app *app, const struct command *command, struct str name)
{
	if (strcmp(command->name, "certify") != 0) return false;
	for (int i = 0; i < OPTION_COUNT; i++) {
		if (!str_eq(name, str_of(table[i].name))) continue;
		app_complain(app->lang,
				"--%s is not for keur certify: a certificate is about all that the descriptor claims, asked now, and nothing is "
				"left out or loosened; keur check is for trying",
				"--%s is niet voor keur certify: een certificaat gaat over alles wat de descriptor claimt, nu gevraagd, en daar "
				"gaat niets af; keur check is om te proberen",
				table[i].name);
		return true;
	}
	return false;
}

static bool complain_unknown(const struct app *app, const struct command *command, const char *word)
{
	const char *names[OPTION_COUNT + 1];
	size_t count = 0;
	for (int i = 0; i < OPTION_COUNT; i++)
		if (command->options & OPTION_BIT(i)) names[count++] = table[i].name;
	names[count] = NULL;
	const char *start = word + strspn(word, "-");
	struct str bare = {start, strcspn(start, "=")};
	if (is_locked(app, command, bare)) return false;
	const char *near = bare.len > 1 ? nearest_name(bare, names) : NULL;
	if (near)
		app_complain(
				app->lang, "unknown option %s; did you mean --%s?", "onbekende optie %s; bedoelde u --%s?", word, near);
	else
		app_complain(app->lang, "unknown option %s; see keur %s --help", "onbekende optie %s; zie keur %s --help", word,
				command->name);
	return false;
}

static bool complain_value(const struct app *app, const char *name, const char *expected, const char *found)
{
	app_complain(app->lang, "--%s: expected %s, found '%s'", "--%s: verwacht %s, gevonden '%s'", name, expected, found);
	return false;
}

/* Options without a value. */
static bool take_flag(struct options *out, enum option_id id)
{
	switch (id) {
	case OPTION_OFFLINE:
		return out->offline = true;
	case OPTION_PUBLIC_ONLY:
		return out->public_only = true;
	case OPTION_PASSIVE:
		return out->passive = true;
	case OPTION_PARITY:
		return out->parity = true;
	case OPTION_DRAFT:
		return out->draft = true;
	case OPTION_AGAIN:
		return out->again = true;
	case OPTION_QUIET:
		return out->quiet = true;
	case OPTION_NO_COLOR:
		return out->no_color = true;
	default:
		return out->help = true;
	}
}

/* Where the values of an option go that may be given several times; NULL: it may not. */
static struct values *values_of(struct options *out, enum option_id id)
{
	if (id == OPTION_STANDARD) return &out->standards;
	if (id == OPTION_RULES) return &out->rules;
	if (id == OPTION_ARTEFACTS) return &out->artefacts;
	if (id == OPTION_WITHOUT) return &out->without;
	if (id == OPTION_ENGINE) return &out->engines;
	if (id == OPTION_CRL) return &out->crls;
	return id == OPTION_FORMAT ? &out->formats : NULL;
}

static const char **text_of_certificate(struct options *out, enum option_id id)
{
	switch (id) {
	case OPTION_ANSWERS:
		return &out->answers;
	case OPTION_OUTPUT:
		return &out->output;
	case OPTION_KEY:
		return &out->key;
	case OPTION_CERT:
		return &out->cert;
	case OPTION_PASSWORD:
		return &out->password;
	case OPTION_ALG:
		return &out->alg;
	case OPTION_PREVIOUS:
		return &out->previous;
	case OPTION_CA:
		return &out->ca;
	case OPTION_WITHDRAWN:
		return &out->withdrawn;
	case OPTION_AT:
		return &out->at;
	case OPTION_URL:
		return &out->url;
	default:
		return NULL;
	}
}

/* Options that are kept as they are given, the last of them. */
static const char **text_of(struct options *out, enum option_id id)
{
	switch (id) {
	case OPTION_RULESET:
		return &out->ruleset;
	case OPTION_PHASE:
		return &out->phase;
	case OPTION_SCHEMA:
		return &out->schema;
	case OPTION_CONTRACT:
		return &out->contract;
	case OPTION_FIXTURES:
		return &out->fixtures;
	case OPTION_EVIDENCE:
		return &out->evidence;
	case OPTION_SCENARIO:
		return &out->scenario;
	case OPTION_RECORD:
		return &out->record;
	case OPTION_REPLAY:
		return &out->replay;
	case OPTION_CACERT:
		return &out->cacert;
	case OPTION_PROXY:
		return &out->proxy;
	case OPTION_THEME:
		return &out->theme;
	case OPTION_LINK:
		return &out->link;
	default:
		return text_of_certificate(out, id);
	}
}

/* A number from 1 to `most`; `range` says so. */
static bool take_number(
		const struct app *app, const char *name, const char *value, uint32_t most, const char *range, uint32_t *number)
{
	return (str_to_u32(str_of(value), number) && *number > 0 && *number <= most) ||
		   complain_value(app, name, range, value);
}

static bool take(const struct app *app, struct options *out, enum option_id id, const char *value)
{
	struct values *values = values_of(out, id);
	const char **text = text_of(out, id);
	if (values) *vec_push(values) = value;
	if (text) *text = value;
	if (values || text) return true;
	switch (id) {
	case OPTION_FAIL_ON:
		out->fail_on_should = strcmp(value, "should") == 0;
		return out->fail_on_should || strcmp(value, "must") == 0 ||
			   complain_value(app, "fail-on", "must, should", value);
	case OPTION_JOBS:
		return take_number(app, "jobs", value, 256, "1 ... 256", &out->jobs);
	case OPTION_LANG:
		out->names_lang = true;
		return strcmp(value, "nl") == 0 || strcmp(value, "en") == 0 || complain_value(app, "lang", "nl, en", value);
	case OPTION_VALID:
		return take_number(app, "valid", value, 365, "1 ... 365", &out->valid);
	case OPTION_ATTEMPTS:
		return take_number(app, "attempts", value, 20, "1 ... 20", &out->attempts);
	case OPTION_FAILURES:
		return take_number(app, "failures", value, 20, "1 ... 20", &out->failures);
	case OPTION_RATE:
		return take_number(app, "rate", value, 1000, "1 ... 1000", &out->rate);
	case OPTION_TIMEOUT:
		return take_number(app, "timeout", value, LIMIT_TIMEOUT_MS / 1000, "1 ... 600", &out->timeout);
	default:
		return take_flag(out, id);
	}
}

/* getopt's tables for the options of one command. */
static void build_tables(const struct command *command, struct option *longs, char *shorts)
{
	size_t count = 0, letters = 0;
	shorts[letters++] = ':';
	for (int i = 0; i < OPTION_COUNT; i++) {
		if (!(command->options & OPTION_BIT(i))) continue;
		longs[count++] = (struct option){
				table[i].name, table[i].argument.in[LANG_EN].len ? required_argument : no_argument, NULL, 256 + i};
		if (!table[i].letter) continue;
		shorts[letters++] = table[i].letter;
		if (table[i].argument.in[LANG_EN].len) shorts[letters++] = ':';
	}
	longs[count] = (struct option){NULL, 0, NULL, 0};
	shorts[letters] = '\0';
}

static int id_of_letter(int letter)
{
	for (int i = 0; i < OPTION_COUNT; i++)
		if (table[i].letter == letter) return i;
	return OPTION_HELP;
}

static bool complain_about(const struct app *app, const struct command *command, int found, const char *word)
{
	if (found != ':') return complain_unknown(app, command, word);
	app_complain(app->lang, "option %s needs a value; see keur %s --help",
			"optie %s heeft een waarde nodig; zie keur %s --help", word, command->name);
	return false;
}

static bool is_folder(const char *path)
{
	struct stat info;
	return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

/* A folder that is not there would only show as requirements that are not tested: a typing error is told at once. The
 * variable is set once for many runs, so it is only remarked on. */
static bool check_artefacts(const struct app *app, const struct options *out)
{
	const char *more = getenv("KEUR_ARTEFACTS");
	if (out->help || !(out->command->options & OPTION_BIT(OPTION_ARTEFACTS))) return true;
	for (size_t i = 0; i < out->artefacts.count; i++) {
		if (is_folder(out->artefacts.items[i])) continue;
		app_complain(app->lang, "--artefacts: expected a folder, and there is none at '%s'",
				"--artefacts: verwacht een map, en die is er niet op '%s'", out->artefacts.items[i]);
		return false;
	}
	if (more && *more && !is_folder(more))
		app_complain(app->lang, "remark: KEUR_ARTEFACTS names '%s', and there is no such folder: it is not used",
				"opmerking: KEUR_ARTEFACTS noemt '%s', en die map is er niet: zij wordt niet gebruikt", more);
	return true;
}

bool options_parse(const struct app *app, const struct command *command, int argc, char **argv, struct options *out)
{
	struct option longs[OPTION_COUNT + 1];
	char shorts[2 * OPTION_COUNT + 2];
	*out = (struct options){.command = command};
	build_tables(command, longs, shorts);
	opterr = 0;
	optind = 1;
	for (;;) {
		int word = optind;
		int found = getopt_long(argc, argv, shorts, longs, NULL);
		if (found == -1) break;
		if (found == '?' || found == ':') {
			/* Inside a cluster of letters optind has not moved on yet. */
			const char *at = argv[optind > word ? optind - 1 : word];
			return complain_about(app, command, found, at);
		}
		enum option_id id = (enum option_id)(found >= 256 ? found - 256 : id_of_letter(found));
		if (!take(app, out, id, optarg)) return false;
	}
	out->arguments = (const char *const *)argv + optind;
	out->argument_count = (uint32_t)(argc - optind);
	return check_artefacts(app, out);
}

void options_release(struct options *options)
{
	vec_release(&options->standards);
	vec_release(&options->rules);
	vec_release(&options->without);
	vec_release(&options->formats);
	vec_release(&options->artefacts);
	vec_release(&options->engines);
	vec_release(&options->crls);
}

void options_describe(const struct command *command, enum lang lang, struct strbuf *out)
{
	for (int i = 0; i < OPTION_COUNT; i++) {
		char name[64];
		if (!(command->options & OPTION_BIT(i))) continue;
		char letter[8] = "";
		struct str argument = text_in(table[i].argument, lang);
		if (table[i].letter) snprintf(letter, sizeof letter, "-%c, ", table[i].letter);
		snprintf(name, sizeof name, "%s--%s%s%.*s", letter, table[i].name, argument.len ? " " : "", STR_FMT(argument));
		struct str what = text_in(table[i].what, lang);
		strbuf_printf(out, "  %-25s %.*s\n", name, STR_FMT(what));
	}
}

struct library options_library(const struct app *app, const struct options *options)
{
	struct str *roots = arena_alloc(app->arena, (options->rules.count + 1) * sizeof *roots);
	struct library library = {.roots = roots};
	for (size_t i = 0; i < options->rules.count; i++)
		roots[library.root_count++] = str_of(options->rules.items[i]);
	if (app->rules_dir.len) roots[library.root_count++] = app->rules_dir;
	const char *more = getenv("KEUR_ARTEFACTS");
	struct str *folders = arena_alloc(app->arena, (options->artefacts.count + 1) * sizeof *folders);
	for (size_t i = 0; i < options->artefacts.count; i++)
		folders[library.artefact_folder_count++] = str_of(options->artefacts.items[i]);
	if (more && *more) folders[library.artefact_folder_count++] = str_of(more);
	library.artefact_folders = folders;
	return library;
}
