/* SPDX-License-Identifier: EUPL-1.2 */
/* keur certify: which standards a service can be certified by, and earlier attempts to be. */
#include "base/limits.h"
#include "cmd/certify_private.h"
#include "report/inspect.h"

static bool is_live(enum check_subject subject)
{
	return subject == SUBJECT_ENDPOINT || subject == SUBJECT_OPERATIONS || subject == SUBJECT_EVIDENCE ||
		   subject == SUBJECT_ANSWERS || subject == SUBJECT_PAIRS;
}

/* Without an endpoint all that only a running service shows would be left to people, which certifies nothing. */
static bool check_endpoint(const struct claim *claim, const struct ruleset *ruleset, struct err *err)
{
	uint32_t live = 0;
	for (uint32_t i = 0; i < ruleset->requirement_count; i++) {
		const struct requirement *requirement = &ruleset->requirements[i];
		bool any = false;
		for (uint32_t j = 0; j < requirement->use_count; j++)
			any = any || is_live(ruleset->checks[requirement->uses[j].check].subject);
		live += any;
	}
	if (claim->endpoint.len || !live) return true;
	return err_set(err, ERR_RULES, claim->loc,
			"a certificate takes the endpoint of the running service: %u requirements of %.*s show only there",
			"voor een certificaat is het endpoint van de draaiende dienst nodig: %u eisen van %.*s zijn alleen daar te zien",
			live, STR_FMT(claim->id));
}

static bool fail_status(const struct claim *claim, const struct ruleset *ruleset, const char *en, const char *nl,
		struct str what, struct err *err)
{
	struct str next = ruleset->replaced_by;
	struct text text;
	const char *formats[LANG_COUNT] = {[LANG_EN] = en, [LANG_NL] = nl};
	const char *instead[LANG_COUNT] = {[LANG_EN] = "; it is replaced by ", [LANG_NL] = "; de opvolger is "};
	for (int lang = 0; lang < LANG_COUNT; lang++)
		text.in[lang] = str_printf(err->arena, "%.*s@%.*s %s%.*s%s%.*s", STR_FMT(ruleset->id),
				STR_FMT(ruleset->version), formats[lang], STR_FMT(what), next.len ? instead[lang] : "", STR_FMT(next));
	return err_set_text(err, ERR_RULES, claim->loc, TEXT("", ""), text);
}

/* The life cycle of a rule set: what is a draft, has not begun or is over certifies nothing. */
static bool check_status(
		const struct certify *it, const struct claim *claim, const struct ruleset *ruleset, struct err *err)
{
	struct str none = {"", 0};
	if (ruleset->status == STATUS_DRAFT && !it->options->draft)
		return fail_status(claim, ruleset, "is a draft; certify by it with --draft, and the certificate says so",
				"is een concept; certificeer ertegen met --draft, en het certificaat zegt dat", none, err);
	if (ruleset->from.len && str_compare(ruleset->from, it->day) > 0 && !it->options->draft)
		return fail_status(claim, ruleset, "is in force only from ", "geldt pas vanaf ", ruleset->from, err);
	if (ruleset->until.len && str_compare(ruleset->until, it->day) < 0)
		return fail_status(claim, ruleset, "was in force until ", "gold tot en met ", ruleset->until, err);
	return ruleset->status != STATUS_DEPRECATED || ruleset->until.len ||
		   fail_status(claim, ruleset, "is deprecated, and certifies nothing any more",
				   "is verouderd, en daarmee wordt niets meer gecertificeerd", none, err);
}

static bool add_ruleset(struct certify *it, const struct library *library, const struct claim *claim, struct err *err)
{
	const struct app *app = it->app;
	if (!claim->version.len)
		return err_set(err, ERR_RULES, claim->loc,
				"a certificate names the version of the standard: write `version` of %.*s; see keur rules list",
				"een certificaat noemt de versie van de standaard: vul `version` van %.*s in; zie keur rules list",
				STR_FMT(claim->id));
	struct str name = str_printf(app->arena, "%.*s@%.*s", STR_FMT(claim->id), STR_FMT(claim->version));
	const struct ruleset *ruleset = app_ruleset(app, library, name, true, err);
	if (!ruleset && err->code == ERR_USAGE) {
		err->code = ERR_RULES;
		err->loc = claim->loc;
	}
	if (!ruleset || !check_status(it, claim, ruleset, err) || !check_endpoint(claim, ruleset, err)) return false;
	for (uint32_t i = 0; i < it->ruleset_count; i++)
		if (str_eq(it->rulesets[i]->dir, ruleset->dir)) return true;
	it->rulesets[it->ruleset_count++] = ruleset;
	return true;
}

static bool open_claims(struct certify *it, struct doc *doc, struct err *err)
{
	struct secret_reader nothing = {.placeholder = STR("?")}; /* secrets matter when the service is asked */
	struct library library = options_library(it->app, it->options);
	if (!service_is(doc))
		return err_set(err, ERR_RULES, (struct loc){.file = str_of(it->path)},
				"expected a service descriptor (docs/service.md), which names the service and what it claims%s",
				"verwacht een service-descriptor (docs/service.md), die de dienst noemt en wat die claimt%s", "");
	const struct service *service = service_read(it->app->arena, doc, &nothing, err);
	if (!service) return false;
	/* Before anything is asked: hundreds of requests should not end in a folder that cannot be used. */
	struct product product = {.name = service->name, .version = service->version, .vendor = service->vendor};
	if (!certify_same_service(it, &product, err)) return false;
	it->rulesets = arena_alloc(it->app->arena, service->claim_count * sizeof *it->rulesets);
	for (uint32_t i = 0; i < service->claim_count; i++)
		if (!add_ruleset(it, &library, &service->claims[i], err)) return false;
	return true;
}

bool certify_claims(struct certify *it, struct err *err)
{
	struct doc *doc = doc_open(it->path, err);
	if (!doc) return false;
	bool ok = open_claims(it, doc, err);
	/* The error may point into the document. */
	if (!ok) err->loc.file = str_copy(it->app->arena, err->loc.file);
	doc_close(doc);
	return ok;
}

static void add_previous(struct certify *it, const struct inspection *found)
{
	struct arena *arena = it->app->arena;
	const struct certificate *last = found->certificate;
	it->previous_count = last->previous_count + 1;
	it->previous = arena_alloc(arena, it->previous_count * sizeof *it->previous);
	if (last->previous_count) memcpy(it->previous, last->previous, last->previous_count * sizeof *it->previous);
	it->previous[last->previous_count] = (struct certificate_attempt){.number = last->attempt,
			.issued = last->issued,
			.decision = last->decision,
			.report = last->report,
			.certificate = found->digest};
	it->previous_product = last->product;
}

/* In the place of what somebody signed comes nothing that nobody vouches for. */
static bool check_unsigned(
		const struct certify *it, const struct inspection *found, const char *folder, struct err *err)
{
	if (!it->replaces || it->signer || !found->is_signed) return true;
	return err_set(err, ERR_RULES, (struct loc){.file = str_of(folder)},
			"the attempt here is signed, and this one would not be: give --key and --cert, or name another folder%s",
			"de poging hier is ondertekend, en deze zou dat niet zijn: geef --key en --cert, of noem een andere map%s",
			"");
}

/* Not to be built on when it was changed: the chain would vouch for what nobody wrote. */
static bool read_previous(struct certify *it, const char *folder, struct err *err)
{
	struct inspect_options options = {.rules = it->app->rules_dir, .now = it->now, .parts = true};
	struct inspection *found = arena_alloc(it->app->arena, sizeof *found);
	bool ok = inspect_folder(it->app->arena, folder, &options, found, err);
	for (uint32_t i = 0; ok && i < found->remark_count; i++) {
		const struct inspect_remark *remark = &found->remarks[i];
		if (remark->level != INSPECT_BAD) continue;
		struct text before;
		for (int lang = 0; lang < LANG_COUNT; lang++)
			before.in[lang] = str_printf(it->app->arena, "%s: %.*s ",
					lang == LANG_NL ? "de eerdere poging hier klopt niet; bewaar haar, en noem een andere map"
									: "the earlier attempt here does not hold; keep it, and name another folder",
					STR_FMT(text_in(remark->about, (enum lang)lang)));
		ok = err_set_text(err, ERR_RULES, (struct loc){.file = str_of(folder)}, before, remark->text);
	}
	if (ok && found->certificate->attempt >= LIMIT_ATTEMPTS)
		ok = err_set(err, ERR_LIMIT, (struct loc){.file = str_of(folder)}, "at most %d attempts of one version%s",
				"hoogstens %d pogingen van één versie%s", LIMIT_ATTEMPTS, "");
	ok = ok && check_unsigned(it, found, folder, err);
	if (ok) add_previous(it, found);
	inspection_release(found);
	return ok;
}

bool certify_previous(struct certify *it, struct err *err)
{
	const char *folder = it->options->output, *previous = it->options->previous;
	enum folder_state state = folder_look(folder);
	if (state == FOLDER_NONE)
		return err_set(err, ERR_IO, (struct loc){.file = str_of(folder)},
				"expected a folder, or nothing there yet; this cannot be used as one%s",
				"verwacht een map, of dat er nog niets staat; dit is niet als map te gebruiken%s", "");
	if (state == FOLDER_FULL && previous)
		return err_set(err, ERR_USAGE, (struct loc){0},
				"--previous is for a new folder; in %s is an attempt already, which comes before this one",
				"--previous is voor een nieuwe map; in %s staat al een poging, die aan deze voorafgaat", folder);
	it->replaces = state == FOLDER_FULL;
	if (it->replaces) previous = folder;
	return !previous || read_previous(it, previous, err);
}

bool certify_same_service(const struct certify *it, const struct product *product, struct err *err)
{
	const struct product *before = &it->previous_product;
	if (!it->previous_count || (str_eq(before->name, product->name) && str_eq(before->version, product->version) &&
									   str_eq(before->vendor, product->vendor)))
		return true;
	return err_set(err, ERR_RULES,
			(struct loc){.file = str_of(it->replaces ? it->options->output : it->options->previous)},
			"the attempt here is of %.*s %.*s, and this service is %.*s %.*s; each version has a folder of its own",
			"de poging hier is van %.*s %.*s, en deze dienst is %.*s %.*s; elke versie heeft een eigen map",
			STR_FMT(before->name), STR_FMT(before->version), STR_FMT(product->name), STR_FMT(product->version));
}
