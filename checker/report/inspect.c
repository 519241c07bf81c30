/* SPDX-License-Identifier: EUPL-1.2 */
/* Inspecting certificates: the certificate itself, its signature, dates and decision. */
#include "report/inspect.h"

#include <stdarg.h>
#include <sys/stat.h>

#include "base/io.h"
#include "base/limits.h"
#include "base/vec.h"
#include "report/inspect_private.h"
#include "rule/run.h"

enum { CLOCK_SKEW = 300 /* seconds that two clocks may differ */ };

void inspect_tell_text(struct inspector *it, enum inspect_level level, struct text about, struct text text)
{
	*vec_push(&it->remarks) = (struct inspect_remark){level, about, text};
	if (level > it->out->worst) it->out->worst = level;
}

void inspect_tell(
		struct inspector *it, enum inspect_level level, struct text about, const char *en, const char *nl, ...)
{
	va_list args;
	va_start(args, nl);
	struct text text = text_vprintf(it->arena, en, nl, args);
	va_end(args);
	inspect_tell_text(it, level, about, text);
}

struct text inspect_file(const struct inspector *it, struct str name)
{
	struct str full = str_printf(it->arena, "%.*s%.*s", STR_FMT(it->prefix), STR_FMT(name));
	return (struct text){{[LANG_EN] = full, [LANG_NL] = full}};
}

/* Every folder that a name goes through is one, and no link. */
static bool is_inside(const struct inspector *it, struct str name)
{
	struct stat info;
	for (size_t i = 0; i < name.len; i++) {
		if (name.ptr[i] != '/') continue;
		struct str folder = str_printf(it->arena, "%.*s/%.*s", STR_FMT(it->folder), (int)i, name.ptr);
		if (lstat(folder.ptr, &info) == 0 && !S_ISDIR(info.st_mode)) return false;
	}
	return true;
}

/* A link could lead out of the folder, so it is no file of the folder. */
bool inspect_read(struct inspector *it, struct arena *arena, struct str name, size_t ceiling, struct str *out)
{
	struct stat info;
	struct str path = str_printf(it->arena, "%.*s/%.*s", STR_FMT(it->folder), STR_FMT(name));
	struct err err;
	err_init(&err, it->arena);
	if (lstat(path.ptr, &info) != 0)
		inspect_tell(it, INSPECT_BAD, inspect_file(it, name), "is missing, or cannot be read%s",
				"ontbreekt, of is niet te lezen%s", "");
	else if (!S_ISREG(info.st_mode) || !is_inside(it, name))
		inspect_tell(it, INSPECT_BAD, inspect_file(it, name),
				"is no ordinary file in this folder, but a link, folder or device%s",
				"is geen gewoon bestand in deze map, maar een verwijzing, map of apparaat%s", "");
	else if (!io_read(arena, path.ptr, ceiling, out, &err))
		inspect_tell_text(it, INSPECT_BAD, inspect_file(it, name), err.message);
	else
		return true;
	return false;
}

static bool exists(const struct inspector *it, const char *name)
{
	struct stat info;
	struct str path = str_printf(it->arena, "%.*s/%s", STR_FMT(it->folder), name);
	return lstat(path.ptr, &info) == 0;
}

/* The text of an error with its place, as a remark. */
static struct text told(struct arena *arena, const struct err *err)
{
	if (!err->loc.line) return err->message;
	struct text text;
	for (int lang = 0; lang < LANG_COUNT; lang++)
		text.in[lang] = str_printf(
				arena, "%u:%u: %.*s", err->loc.line, err->loc.column, STR_FMT(text_in(err->message, (enum lang)lang)));
	return text;
}

/* One line feed at the end, and nothing else, so that no byte of the file may differ. */
static bool take_line_end(struct inspector *it, const char *name, struct str *text)
{
	if (str_ends(*text, STR("\n"))) {
		text->len--;
		return true;
	}
	inspect_tell(it, INSPECT_BAD, inspect_file(it, str_of(name)),
			"does not end in a line feed: it was cut off or changed%s",
			"eindigt niet met een regeleinde: het is afgebroken of veranderd%s", "");
	return false;
}

static bool read_payload(struct inspector *it, const char *name, struct str text)
{
	struct inspection *out = it->out;
	struct err err;
	err_init(&err, it->arena);
	out->payload = text;
	if (out->is_signed && !jws_read(it->arena, str_of(name), text, &out->jws, &err)) {
		inspect_tell_text(it, INSPECT_BAD, inspect_file(it, str_of(name)), told(it->arena, &err));
		return false;
	}
	if (out->is_signed) out->payload = out->jws.payload;
	struct str schema = str_printf(
			it->arena, "%.*s/certificate/1/certificate.schema.json", STR_FMT(it->options->rules));
	out->certificate = certificate_read(it->arena, str_of(name), out->payload, schema, &err);
	if (out->certificate) return true;
	inspect_tell_text(it, INSPECT_BAD, inspect_file(it, str_of(name)), told(it->arena, &err));
	return false;
}

static bool read_certificate(struct inspector *it)
{
	bool is_signed = exists(it, CERTIFICATE_SIGNED), plain = exists(it, CERTIFICATE_PLAIN);
	const char *name = is_signed ? CERTIFICATE_SIGNED : CERTIFICATE_PLAIN;
	struct str text;
	it->out->is_signed = is_signed;
	if (is_signed && plain)
		inspect_tell(it, INSPECT_BAD, inspect_file(it, STR(CERTIFICATE_PLAIN)),
				"stands beside %s; a folder has one of them", "staat naast %s; een map heeft er één van",
				CERTIFICATE_SIGNED);
	if (!inspect_read(it, it->arena, str_of(name), LIMIT_JWS_BYTES, &text)) return false;
	it->out->digest = digest_of(text);
	return take_line_end(it, name, &text) && read_payload(it, name, text);
}

static const struct text signature_word = {{[LANG_EN] = {"signature", 9}, [LANG_NL] = {"handtekening", 12}}};

static struct text about_signature(const struct inspector *it)
{
	if (!it->prefix.len) return signature_word;
	return inspect_file(it, STR(CERTIFICATE_SIGNED));
}

/* At the moment that it was made, as far as the signer says. */
static bool check_moment(struct inspector *it)
{
	struct inspection *out = it->out;
	int64_t at = out->jws.issued_at;
	const char *moment = x509_moment(it->arena, at).ptr;
	if (at < 0 || !str_eq(str_of(moment), out->certificate->issued))
		inspect_tell(it, INSPECT_BAD, about_signature(it), "signed at %s (iat), while the certificate says %.*s",
				"ondertekend op %s (iat), terwijl het certificaat %.*s zegt", at < 0 ? "-" : moment,
				STR_FMT(out->certificate->issued));
	else if (at > it->options->now + CLOCK_SKEW)
		inspect_tell(it, INSPECT_BAD, about_signature(it), "signed at %s, which is still to come",
				"ondertekend op %s, en dat moet nog komen", moment);
	else if (at < out->signer.not_before || at > out->signer.not_after)
		inspect_tell(it, INSPECT_BAD, about_signature(it),
				"the signer's certificate holds from %s to %s, and was not in force at the moment of signing, %s",
				"het certificaat van de ondertekenaar geldt van %s tot %s, en gold niet op het moment van ondertekenen, %s",
				x509_moment(it->arena, out->signer.not_before).ptr, x509_moment(it->arena, out->signer.not_after).ptr,
				moment);
	else
		return true;
	return false;
}

static void tell_signer(struct inspector *it)
{
	const struct identity *signer = &it->out->signer;
	inspect_tell(it, INSPECT_GOOD, about_signature(it), "%s at %.*s by %.*s, certified by %.*s%s%.*s",
			"%s op %.*s door %.*s, gecertificeerd door %.*s%s%.*s", jws_alg_names[it->out->jws.alg],
			STR_FMT(it->out->certificate->issued), STR_FMT(signer->subject), STR_FMT(signer->issuer),
			signer->policies.len ? "; policy " : "", STR_FMT(signer->policies));
}

static void check_trust(struct inspector *it, X509 *signer, struct err *err)
{
	static const enum inspect_level levels[] = {
			[TRUST_GOOD] = INSPECT_GOOD, [TRUST_UNKNOWN] = INSPECT_UNKNOWN, [TRUST_BAD] = INSPECT_BAD};
	struct trust_options nobody = {.ca = NULL};
	const struct trust *trust = it->options->trust ? it->options->trust : trust_open(it->arena, &nobody, err);
	struct text about = TEXT("signer", "ondertekenaar");
	if (it->prefix.len) about = about_signature(it);
	enum trust_answer answer = trust ? trust_check(trust, it->arena, &it->out->jws, signer, it->options->now, err)
									 : TRUST_UNKNOWN;
	if (answer == TRUST_GOOD)
		inspect_tell(
				it, INSPECT_GOOD, about, "leads to a trusted issuer%s", "leidt naar een vertrouwde uitgever%s", "");
	else
		inspect_tell_text(it, levels[answer], about, err->message);
}

void inspect_signature(struct inspector *it)
{
	struct inspection *out = it->out;
	struct err err;
	err_init(&err, it->arena);
	if (!out->is_signed) {
		inspect_tell(it, INSPECT_UNKNOWN, it->prefix.len ? inspect_file(it, STR(CERTIFICATE_PLAIN)) : signature_word,
				"nobody signed this, so anybody may have made it%s",
				"niemand heeft dit ondertekend, dus iedereen kan het gemaakt hebben%s", "");
		return;
	}
	const struct crypto *crypto = crypto_load(&err);
	if (!crypto) {
		inspect_tell_text(it, INSPECT_UNKNOWN, about_signature(it), err.message);
		return;
	}
	X509 *signer = out->jws.certificate_count && out->jws.thumbprint.len
						   ? x509_of_der(crypto, it->arena, out->jws.certificates[0])
						   : NULL;
	EVP_PKEY *key = signer ? crypto->X509_get0_pubkey(signer) : NULL;
	if (!key || !x509_identify(crypto, it->arena, signer, &out->signer)) {
		inspect_tell(it, INSPECT_BAD, about_signature(it),
				"expected the certificate of the signer (x5c and x5t#S256), found none that can be read%s",
				"verwacht het certificaat van de ondertekenaar (x5c en x5t#S256), niet gevonden of niet te lezen%s",
				"");
		return;
	}
	if (!jws_verify(&out->jws, key, &err)) {
		inspect_tell_text(it, INSPECT_BAD, about_signature(it), err.message);
		return;
	}
	if (!check_moment(it)) return;
	tell_signer(it);
	check_trust(it, signer, &err);
}

bool inspect_parts(struct inspector *it)
{
	struct str report = {NULL, 0};
	if (!read_certificate(it)) return false;
	it->out->granted = certificate_grants(it->out->certificate->decision);
	inspect_signature(it);
	inspect_files(it, &report);
	if (report.ptr) inspect_report(it, report);
	return true;
}

static void check_dates(struct inspector *it)
{
	const struct certificate *certificate = it->out->certificate;
	struct text about = TEXT("validity", "geldigheid");
	struct str today = {x509_moment(it->arena, it->options->now).ptr, 10};
	bool over = str_compare(today, certificate->valid_until) > 0;
	if (over)
		inspect_tell(it, INSPECT_BAD, about, "ended on %.*s", "liep af op %.*s", STR_FMT(certificate->valid_until));
	else
		inspect_tell(it, INSPECT_GOOD, about, "until %.*s", "tot en met %.*s", STR_FMT(certificate->valid_until));
}

static void check_withdrawn(struct inspector *it)
{
	const struct withdrawn *list = it->options->withdrawn;
	const struct withdrawal *found = list ? withdrawn_find(list, &it->out->digest) : NULL;
	if (found)
		inspect_tell(it, INSPECT_BAD, TEXT("withdrawn", "ingetrokken"), "on %.*s by %.*s: %.*s",
				"op %.*s door %.*s: %.*s", STR_FMT(found->date), STR_FMT(found->by), STR_FMT(found->reason));
	else if (list)
		inspect_tell(it, INSPECT_GOOD, TEXT("withdrawn", "ingetrokken"), "is not in the list%s",
				"staat niet in de lijst%s", "");
}

static void check_decision(struct inspector *it)
{
	enum decision decision = it->out->certificate->decision;
	struct text about = TEXT("decision", "oordeel");
	if (decision == DECISION_NON_CONFORMANT)
		inspect_tell(it, INSPECT_BAD, about, "does not conform: this is an attempt, and no certificate%s",
				"voldoet niet: dit is een poging, en geen certificaat%s", "");
	else if (decision == DECISION_UNDETERMINED)
		inspect_tell(it, INSPECT_UNKNOWN, about, "undetermined: this is an attempt, and no certificate%s",
				"niet vast te stellen: dit is een poging, en geen certificaat%s", "");
	else
		inspect_tell(it, INSPECT_GOOD, about,
				decision == DECISION_CONFORMANT ? "conforms%s" : "conforms, with accepted deviations%s",
				decision == DECISION_CONFORMANT ? "voldoet%s" : "voldoet, met aanvaarde afwijkingen%s", "");
}

struct str inspect_folder_of(struct arena *arena, const char *path)
{
	struct str whole = str_of(path);
	const char *slash = strrchr(path, '/');
	struct str name = slash ? str_of(slash + 1) : whole;
	if (!str_eq(name, STR(CERTIFICATE_SIGNED)) && !str_eq(name, STR(CERTIFICATE_PLAIN))) return whole;
	return slash ? str_copy(arena, (struct str){path, (size_t)(slash - path)}) : STR(".");
}

static bool find_certificate(const struct inspector *it, struct err *err)
{
	struct stat info;
	if (stat(it->folder.ptr, &info) != 0 || !S_ISDIR(info.st_mode))
		return err_set(err, ERR_IO, (struct loc){.file = it->folder},
				"expected the folder of a certificate, or its " CERTIFICATE_SIGNED "; found none%s",
				"verwacht de map van een certificaat, of de " CERTIFICATE_SIGNED " ervan; niet gevonden%s", "");
	return exists(it, CERTIFICATE_SIGNED) || exists(it, CERTIFICATE_PLAIN) ||
		   err_set(err, ERR_IO, (struct loc){.file = it->folder},
				   "there is no certificate in this folder: expected %s or %s",
				   "in deze map is geen certificaat: verwacht %s of %s", CERTIFICATE_SIGNED, CERTIFICATE_PLAIN);
}

bool inspect_folder(struct arena *arena, const char *path, const struct inspect_options *options,
		struct inspection *out, struct err *err)
{
	struct inspector it = {.arena = arena, .folder = inspect_folder_of(arena, path), .options = options, .out = out};
	*out = (struct inspection){.worst = INSPECT_GOOD};
	if (!find_certificate(&it, err)) return false;
	bool readable = inspect_parts(&it);
	out->whole = readable && out->worst < INSPECT_BAD;
	if (readable && !options->parts) {
		check_dates(&it);
		check_withdrawn(&it);
		check_decision(&it);
	}
	if (readable) inspect_attempts(&it);
	if (readable && !options->parts) inspect_others(&it);
	out->remark_count = (uint32_t)it.remarks.count;
	out->remarks = arena_alloc(arena, (it.remarks.count + 1) * sizeof *out->remarks);
	if (it.remarks.count) memcpy(out->remarks, it.remarks.items, it.remarks.count * sizeof *out->remarks);
	vec_release(&it.remarks);
	return true;
}

void inspection_release(struct inspection *inspection)
{
	if (inspection->run.arena) run_free(&inspection->run);
}
