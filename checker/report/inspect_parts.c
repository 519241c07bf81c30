/* SPDX-License-Identifier: EUPL-1.2 */
/* Inspecting certificates: the files of the folder, the report, and earlier attempts. */
#include <dirent.h>
#include <sys/stat.h>

#include "base/folder.h"
#include "base/limits.h"
#include "base/vec.h"
#include "report/inspect_private.h"
#include "report/read.h"
#include "report/words.h"
#include "rule/run.h"

/* Compared before anything is read, so that a file which somebody blew up costs nothing. */
static bool has_size(const struct inspector *it, const struct certificate_file *file)
{
	struct stat info;
	struct str path = str_printf(it->arena, "%.*s/%.*s", STR_FMT(it->folder), STR_FMT(file->name));
	return lstat(path.ptr, &info) != 0 || !S_ISREG(info.st_mode) || (uint64_t)info.st_size == file->size;
}

static bool check_file(struct inspector *it, const struct certificate_file *file, struct str *report)
{
	struct text about = inspect_file(it, file->name);
	struct str bytes;
	if (!has_size(it, file)) {
		inspect_tell(it, INSPECT_BAD, about, "was changed after the certificate was made: it has another size",
				"is veranderd nadat het certificaat gemaakt is: het heeft een andere grootte");
		return false;
	}
	bool kept = str_eq(file->name, STR(CERTIFICATE_REPORT));
	struct arena *scratch = arena_new();
	bool ok = inspect_read(it, kept ? it->arena : scratch, file->name, LIMIT_DOCUMENT_BYTES, &bytes);
	if (ok) {
		struct digest found = digest_of(bytes);
		ok = bytes.len == file->size && strcmp(found.hex, file->digest.hex) == 0;
		if (!ok)
			inspect_tell(it, INSPECT_BAD, about,
					"was changed after the certificate was made: its SHA-256 is %s, the certificate has %s",
					"is veranderd nadat het certificaat gemaakt is: de SHA-256 is %s, het certificaat heeft %s",
					found.hex, file->digest.hex);
	}
	if (ok && kept) *report = bytes;
	arena_free(scratch);
	return ok;
}

/* The digest of every file; of the report its bytes are kept, so that what is read is what was held against it. */
void inspect_files(struct inspector *it, struct str *report)
{
	const struct certificate *certificate = it->out->certificate;
	uint32_t good = 0;
	for (uint32_t i = 0; i < certificate->file_count; i++)
		good += check_file(it, &certificate->files[i], report);
	if (good == certificate->file_count && !it->prefix.len)
		inspect_tell(it, INSPECT_GOOD, TEXT("files", "bestanden"), "%u files are as they were",
				"%u bestanden zijn zoals ze waren", good);
}

/* What the report gives, with what only the certificate can know, has to be the certificate. */
static void compare(struct inspector *it)
{
	const struct certificate *stated = it->out->certificate;
	struct certificate own = *stated;
	struct strbuf text;
	struct err err;
	err_init(&err, it->arena);
	certificate_of_run(it->arena, &it->out->run, &own);
	strbuf_init(&text, LIMIT_JWS_BYTES);
	bool same = certificate_write(&own, &text, &err) && str_eq(strbuf_str(&text), it->out->payload);
	strbuf_release(&text);
	if (!same)
		inspect_tell(it, INSPECT_BAD, inspect_file(it, STR(CERTIFICATE_REPORT)),
				"says something else than the certificate: product, standards, decisions, rule sets or waivers differ%s",
				"zegt iets anders dan het certificaat: product, standaarden, oordelen, regelsets of ontheffingen verschillen%s",
				"");
	if (str_compare(stated->valid_until, certificate_last_day(&it->out->run, stated->valid_until)) > 0)
		inspect_tell(it, INSPECT_BAD, TEXT("validity", "geldigheid"),
				"%.*s is later than a waiver that it leans on, or a rule set, holds",
				"%.*s is later dan een ontheffing waarop het steunt, of een regelset, geldt",
				STR_FMT(stated->valid_until));
}

/* By the published table: what somebody writes as decision may be worse than the verdicts (pre-flight), never better.
 */
static void decide_again(struct inspector *it)
{
	enum decision all = DECISION_CONFORMANT;
	const struct target_result *target = &it->out->run.targets[0];
	for (uint32_t i = 0; i < target->standard_count; i++) {
		const struct standard_result *standard = &target->standards[i];
		struct verdict *verdicts = arena_alloc(it->arena, (standard->requirement_count + 1) * sizeof *verdicts);
		for (uint32_t j = 0; j < standard->requirement_count; j++)
			verdicts[j] = standard->requirements[j].verdict;
		enum decision decision = decision_of(verdicts, standard->requirement_count);
		all = decision_worst(all, decision_worst(decision, standard->decision));
		if (decision_worst(decision, standard->decision) != standard->decision)
			inspect_tell(it, INSPECT_BAD, inspect_file(it, STR(CERTIFICATE_REPORT)),
					"%.*s: the decision \"%s%.0s\" is better than its requirements allow: \"%s%.0s\"",
					"%.*s: het oordeel \"%.0s%s\" is beter dan de eisen toelaten: \"%.0s%s\"",
					STR_FMT(standard->ruleset->id), WORDS(decision_words[standard->decision]),
					WORDS(decision_words[decision]));
	}
	if (target->blocked || target->unknown_claims || !target->standard_count)
		all = decision_worst(all, DECISION_UNDETERMINED);
	if (decision_worst(all, it->out->run.decision) != it->out->run.decision)
		inspect_tell(it, INSPECT_BAD, inspect_file(it, STR(CERTIFICATE_REPORT)),
				"the decision \"%s%.0s\" is better than that over its standards: \"%s%.0s\"",
				"het oordeel \"%.0s%s\" is beter dan dat over de standaarden: \"%.0s%s\"",
				WORDS(decision_words[it->out->run.decision]), WORDS(decision_words[all]));
}

static const struct certificate_file *find_file(const struct certificate *certificate, struct str name)
{
	for (uint32_t i = 0; i < certificate->file_count; i++)
		if (str_eq(certificate->files[i].name, name)) return &certificate->files[i];
	return NULL;
}

/* The report names what it was made of by digest as well: another descriptor or recording is not what was judged. */
static void check_sources(struct inspector *it)
{
	const struct certificate *certificate = it->out->certificate;
	const struct run *run = &it->out->run;
	const struct certificate_file *evidence = find_file(certificate, STR(CERTIFICATE_EVIDENCE));
	const struct certificate_file *subject = find_file(certificate, certificate->subject);
	if (strcmp(run->evidence_digest.hex, evidence->digest.hex) != 0)
		inspect_tell(it, INSPECT_BAD, inspect_file(it, STR(CERTIFICATE_EVIDENCE)),
				"is not the evidence that the report was made of: that has SHA-256 %s",
				"is niet het bewijs waarvan het rapport gemaakt is: dat heeft SHA-256 %s", run->evidence_digest.hex);
	if (!run->targets[0].document_count || strcmp(run->targets[0].documents[0].digest.hex, subject->digest.hex) != 0)
		inspect_tell(it, INSPECT_BAD, inspect_file(it, certificate->subject),
				"is not the descriptor that the report is about%s",
				"is niet de descriptor waar het rapport over gaat%s", "");
}

void inspect_report(struct inspector *it, struct str bytes)
{
	struct inspection *out = it->out;
	struct err err;
	err_init(&err, it->arena);
	struct str schema = str_printf(it->arena, "%.*s/report/1/report.schema.json", STR_FMT(it->options->rules));
	struct doc *doc = doc_of(STR(CERTIFICATE_REPORT), bytes, &err);
	if (!doc || !report_read_doc(&out->run, doc, schema, &err)) {
		inspect_tell_text(it, INSPECT_BAD, inspect_file(it, STR(CERTIFICATE_REPORT)), err.message);
		return;
	}
	if (out->run.judged != 1 || out->run.target_count != 1) {
		inspect_tell(it, INSPECT_BAD, inspect_file(it, STR(CERTIFICATE_REPORT)),
				"a certificate is about one service, this report about %u",
				"een certificaat gaat over één dienst, dit rapport over %u", out->run.judged);
		return;
	}
	compare(it);
	decide_again(it);
	check_sources(it);
}

static bool is_same_attempt(const struct certificate_attempt *a, const struct certificate_attempt *b)
{
	return a->number == b->number && a->decision == b->decision && str_eq(a->issued, b->issued) &&
		   strcmp(a->report.hex, b->report.hex) == 0 && strcmp(a->certificate.hex, b->certificate.hex) == 0;
}

/* An earlier attempt as it lies there, and as the certificate tells of it. */
static void compare_attempt(struct inspector *it, const struct certificate_attempt *stated, const struct inspector *at)
{
	const struct certificate *certificate = it->out->certificate, *found = at->out->certificate;
	struct text about = {{[LANG_EN] = at->prefix, [LANG_NL] = at->prefix}};
	bool chained = found->previous_count + 1 == stated->number;
	for (uint32_t i = 0; chained && i < found->previous_count; i++)
		chained = is_same_attempt(&found->previous[i], &certificate->previous[i]);
	struct certificate_attempt is = {found->attempt, found->issued, found->decision, found->report, at->out->digest};
	if (!chained || !is_same_attempt(&is, stated))
		inspect_tell(it, INSPECT_BAD, about,
				"is not the attempt %u of which the certificate tells: the chain is broken",
				"is niet de poging %u waarvan het certificaat vertelt: de keten is gebroken", stated->number);
	if (!str_eq(found->product.name, certificate->product.name) ||
			!str_eq(found->product.version, certificate->product.version) ||
			!str_eq(found->product.vendor, certificate->product.vendor))
		inspect_tell(it, INSPECT_BAD, about, "is of another service or version: %.*s %.*s",
				"is van een andere dienst of versie: %.*s %.*s", STR_FMT(found->product.name),
				STR_FMT(found->product.version));
}

/* Earlier attempts are looked at as they are; that they ended, or did not conform, is no fault. Who vouched for their
 * signers then is not asked now. */
static void inspect_attempt(struct inspector *it, const struct certificate_attempt *stated)
{
	struct inspection out = {.worst = INSPECT_GOOD};
	struct inspect_options options = *it->options;
	struct inspector at = {.arena = it->arena,
			.folder = str_printf(it->arena, "%.*s/" CERTIFICATE_ATTEMPTS "/%u", STR_FMT(it->folder), stated->number),
			.prefix = str_printf(it->arena, CERTIFICATE_ATTEMPTS "/%u/", stated->number),
			.options = &options,
			.out = &out};
	struct stat info;
	if (lstat(at.folder.ptr, &info) != 0) {
		inspect_tell(it, INSPECT_NOTE, inspect_file(it, (struct str){at.prefix.ptr, at.prefix.len - 1}),
				"is not here: of attempt %u (%s%.0s, %.*s) only the digest is known",
				"is er niet: van poging %u (%.0s%s, %.*s) is alleen de digest bekend", stated->number,
				WORDS(decision_words[stated->decision]), STR_FMT(stated->issued));
		return;
	}
	if (!S_ISDIR(info.st_mode)) {
		inspect_tell(it, INSPECT_BAD, inspect_file(it, (struct str){at.prefix.ptr, at.prefix.len - 1}),
				"is no folder, but a link or a file%s", "is geen map, maar een verwijzing of een bestand%s", "");
		return;
	}
	options.trust = NULL;
	bool readable = inspect_parts(&at);
	for (size_t i = 0; i < at.remarks.count; i++)
		if (at.remarks.items[i].level == INSPECT_BAD)
			inspect_tell_text(it, INSPECT_BAD, at.remarks.items[i].about, at.remarks.items[i].text);
	vec_release(&at.remarks);
	if (readable) compare_attempt(it, stated, &at);
	inspection_release(&out);
}

void inspect_attempts(struct inspector *it)
{
	const struct certificate *certificate = it->out->certificate;
	for (uint32_t i = 0; i < certificate->previous_count; i++)
		inspect_attempt(it, &certificate->previous[i]);
	inspect_tell(it, INSPECT_GOOD, TEXT("attempts", "pogingen"), "this is attempt %u of this version of the service",
			"dit is poging %u van deze versie van de dienst", certificate->attempt);
}

static bool is_ours(const struct certificate *certificate, struct str name)
{
	return str_eq(name, STR(CERTIFICATE_SIGNED)) || str_eq(name, STR(CERTIFICATE_PLAIN)) ||
		   (str_eq(name, STR(CERTIFICATE_ATTEMPTS)) && certificate->previous_count) || find_file(certificate, name);
}

/* Below `at`, "" or "subject/". */
static void look_for_others(struct inspector *it, struct str at, int depth)
{
	struct str *names;
	uint32_t count;
	struct err err;
	err_init(&err, it->arena);
	struct str folder = str_printf(it->arena, "%.*s/%.*s", STR_FMT(it->folder), STR_FMT(at));
	if (depth == 0 || !folder_list(it->arena, folder.ptr, &names, &count, &err)) return;
	for (uint32_t i = 0; i < count; i++) {
		struct stat info;
		struct str name = str_printf(it->arena, "%.*s%.*s", STR_FMT(at), STR_FMT(names[i]));
		struct str path = str_printf(it->arena, "%.*s/%.*s", STR_FMT(it->folder), STR_FMT(name));
		if (is_ours(it->out->certificate, name) || lstat(path.ptr, &info) != 0) continue;
		if (S_ISDIR(info.st_mode) && (at.len || str_eq(name, STR(CERTIFICATE_SUBJECT))))
			look_for_others(it, str_printf(it->arena, "%.*s/", STR_FMT(name)), depth - 1);
		else
			inspect_tell(it, INSPECT_NOTE, inspect_file(it, name), "is not covered: nobody vouches for it%s",
					"valt erbuiten: niemand staat hiervoor in%s", "");
	}
}

void inspect_others(struct inspector *it)
{
	look_for_others(it, STR(""), LIMIT_ARTEFACT_DEPTH);
}
