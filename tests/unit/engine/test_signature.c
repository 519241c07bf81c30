/* SPDX-License-Identifier: EUPL-1.2 */
/* Tests of engine/signature: what a signature covers, is made with and is by. Signed documents are fixtures of rules.
 */
#include "engine/signature.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/io.h"
#include "base/limits.h"
#include "engine/signature_private.h"

#define FOLDER "fixtures/saml-digid-eherkenning/"
#define SIGNED FOLDER "entity/signed/pass-gdi.xml"

struct checked {
	struct arena *arena;
	struct doc *doc;
	struct facts facts;
};

static struct str read_file(struct arena *arena, const char *path)
{
	struct err err;
	struct str bytes;
	err_init(&err, arena);
	assert_true(io_read(arena, path, 1 << 20, &bytes, &err));
	return bytes;
}

static struct checked check(struct str text)
{
	struct checked checked = {.arena = arena_new()};
	struct err err;
	err_init(&err, checked.arena);
	checked.doc = doc_of_any(STR("d.xml"), text, &err);
	if (!checked.doc) fail_msg("%s", err.message.in[LANG_EN].ptr);
	signature_check(checked.doc, checked.arena, &checked.facts);
	return checked;
}

static void end(struct checked *checked)
{
	doc_close(checked->doc);
	arena_free(checked->arena);
}

/* One letter for each rule: + holds, - violated, ? undecided, blank: does not apply. */
static void assert_outcome(const struct checked *checked, const char *expected)
{
	char found[SIGNATURE_RULES + 1] = {0};
	for (int i = 0; i < SIGNATURE_RULES; i++) {
		const struct fact *fact = &checked->facts.items[i];
		found[i] = !fact->applies ? ' ' : fact->violations ? '-' : fact->undecided ? '?' : '+';
	}
	if (strcmp(found, expected) == 0) return;
	for (uint32_t i = 0; i < checked->facts.result_count; i++)
		print_message("%s\n", checked->facts.results[i].message.in[LANG_EN].ptr);
	fail_msg("expected \"%s\", found \"%s\"", expected, found);
}

static void assert_says(const struct checked *checked, const char *part)
{
	for (uint32_t i = 0; i < checked->facts.result_count; i++)
		if (strstr(checked->facts.results[i].message.in[LANG_EN].ptr, part)) return;
	fail_msg("nobody says \"%s\"", part);
}

static void assert_file(const char *name, const char *expected, const char *part)
{
	struct arena *arena = arena_new();
	struct checked checked = check(read_file(arena, name));
	assert_outcome(&checked, expected);
	if (part) assert_says(&checked, part);
	end(&checked);
	arena_free(arena);
}

/* The signed document with `from` replaced, all of them. */
static struct str changed(struct arena *arena, struct str text, const char *from, const char *to)
{
	struct strbuf out;
	uint32_t count = 0;
	strbuf_init(&out, 1 << 24);
	for (;;) {
		size_t at = str_find_str(text, str_of(from));
		strbuf_add(&out, (struct str){text.ptr, at});
		if (at == text.len) break;
		strbuf_add(&out, str_of(to));
		text = str_skip(text, at + strlen(from));
		count++;
	}
	assert_true(count > 0);
	return strbuf_take(&out, arena);
}

static void assert_changed(const char *from, const char *to, const char *expected, const char *part)
{
	struct arena *arena = arena_new();
	struct checked checked = check(changed(arena, read_file(arena, SIGNED), from, to));
	assert_outcome(&checked, expected);
	if (part) assert_says(&checked, part);
	end(&checked);
	arena_free(arena);
}

static void right_signatures_hold(void **state)
{
	(void)state;
	assert_file(SIGNED, "++++++", NULL);
	assert_file(FOLDER "entity/signed/pass-name.xml", "++++++", NULL);
	assert_file(FOLDER "signature/algorithms/pass-sha512.xml", "++++++", NULL);
	assert_file(FOLDER "digid/signing-key/pass-certificate.xml", "+++++ ", NULL);
}

static void wrong_values_are_told_apart(void **state)
{
	(void)state;
	assert_file(FOLDER "entity/signed/fail-changed.xml", "++++-+", "changed after");
	assert_file(FOLDER "entity/signed/fail-other-signer.xml", "++++-+", "not by the key");
	assert_changed("HTTP-Artifact", "HTTP-POST", "++++-+", "changed after");
	assert_changed("<ds:SignatureValue>", "<ds:SignatureValue>AAAA", "++++-+", "not by the key");
	assert_changed("<!--", "<!-- A comment is not signed: ", "++++++", NULL);
}

static void what_is_not_the_whole_document_is_not_computed(void **state)
{
	(void)state;
	assert_file(FOLDER "entity/signed/fail-wrapped+schema.xml", "+-++?+", "has the ID");
	assert_file(FOLDER "entity/signed/fail-filter+algorithms.xml", "+-++?+", "REC-xpath");
	assert_file(FOLDER "entity/signed/fail-two-references.xml", "+-++?+", "2 references");
	assert_changed("URI=\"#_voorbeeldstad-1\"", "URI=\"http://127.0.0.1:1/x\"", "+-++?+", "127.0.0.1");
	assert_changed("URI=\"#_voorbeeldstad-1\"", "URI=\"#xpointer(/)\"", "+-++?+", "xpointer");
	assert_changed("URI=\"#_voorbeeldstad-1\"", "", "+-++?+", "refers to");
	assert_changed("URI=\"#_voorbeeldstad-1\"", "URI=\"\"", "++++-+", NULL);
	assert_changed("_voorbeeldstad-1", "a')|id('b", "+-++?+", "refers to");
	assert_changed("http://www.w3.org/2000/09/xmldsig#enveloped-signature",
			"http://www.w3.org/TR/1999/REC-xslt-19991116", "+-++?+", "xslt");
}

static void weak_algorithms_and_keys_are_told(void **state)
{
	(void)state;
	assert_file(FOLDER "signature/algorithms/fail-short-key.xml", "+++-++", "1024 bits");
	assert_changed("2001/04/xmlenc#sha256", "2000/09/xmldsig#sha1", "++-+?+", "xmldsig#sha1");
	assert_changed("2001/04/xmldsig-more#rsa-sha256", "2000/09/xmldsig#hmac-sha1", "++-+?+", "hmac-sha1");
	assert_file(FOLDER "entity/same-party/fail-stranger.xml", "+++++-", "00000003876543210000");
}

static void without_a_certificate_nothing_is_decided(void **state)
{
	(void)state;
	assert_file(FOLDER "entity/signed/fail-unsigned.xml", "-     ", "no ds:Signature");
	assert_file(FOLDER "entity/signed/fail-no-key+same-party+algorithms.xml", "+++???", NULL);
	assert_changed("<ds:X509Certificate>", "<ds:X509Certificate>!", "+++?-?", "X.509");
	assert_changed("<ds:X509Certificate>MII", "<ds:X509Certificate>MIJ", "+++?-?", "X.509");
}

/* Only the first of several certificates is tried, for the others of a rule set look at the first too. */
static void others_than_the_first_certificate_do_not_count(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	struct str text = read_file(arena, FOLDER "entity/signed/fail-other-signer.xml");
	struct checked checked = check(changed(arena, text,
			"</ds:X509Certificate></ds:X509Data></ds:KeyInfo>\n\t</ds:Signature>",
			"</ds:X509Certificate><ds:X509Certificate>MII=</ds:X509Certificate></ds:X509Data></ds:KeyInfo>\n\t</ds:Signature>"));
	assert_outcome(&checked, "++++?+");
	end(&checked);
	arena_free(arena);
}

static void namespaces_without_end_are_not_computed(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	struct strbuf out;
	strbuf_init(&out, 32 << 20);
	for (int i = 0; i < 900; i++)
		strbuf_printf(&out, " xmlns:n%d='urn:%d'", i, i);
	strbuf_add(&out, STR(" entityID"));
	struct str text = changed(arena, read_file(arena, SIGNED), " entityID", strbuf_str(&out).ptr);
	strbuf_clear(&out);
	for (int i = 0; i < 80000; i++)
		strbuf_add(&out, STR("<n1:a/>"));
	strbuf_add(&out, STR("</md:EntityDescriptor>"));
	struct checked checked = check(changed(arena, text, "</md:EntityDescriptor>", strbuf_str(&out).ptr));
	assert_outcome(&checked, "++++?+");
	end(&checked);
	strbuf_release(&out);
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test(right_signatures_hold),
			cmocka_unit_test(wrong_values_are_told_apart),
			cmocka_unit_test(what_is_not_the_whole_document_is_not_computed),
			cmocka_unit_test(weak_algorithms_and_keys_are_told),
			cmocka_unit_test(without_a_certificate_nothing_is_decided),
			cmocka_unit_test(others_than_the_first_certificate_do_not_count),
			cmocka_unit_test(namespaces_without_end_are_not_computed),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
