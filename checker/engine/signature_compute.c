/* SPDX-License-Identifier: EUPL-1.2 */
/* Digest and value of a signature, and what its certificate says, by libxmlsec1 and OpenSSL. */
#include "base/limits.h"
#include "engine/signature_api.h"
#include "engine/signature_private.h"
#include "engine/wsdl_node.h"

/* As OpenSSL numbers them. */
enum { KIND_RSA = 6, KIND_EC = 408, NAME_SERIAL_NUMBER = 105 };

enum { OIN_LENGTH = 20 };

enum outcome { RIGHT, CHANGED, OTHER_KEY, GAVE_UP };

static uint32_t declarations(const xmlNode *element)
{
	uint32_t count = 0;
	for (const xmlNs *ns = element->nsDef; ns; ns = ns->next)
		count++;
	return count;
}

/* What canonicalization costs: it looks for namespaces among all that are in scope, and sorts attributes by putting
 * each in its place. */
static uint64_t weigh(const xmlNode *root)
{
	uint64_t weight = 0, scope = 0;
	const xmlNode *node = root;
	for (;;) {
		if (node->type == XML_ELEMENT_NODE) {
			uint64_t attributes = 0;
			for (const xmlAttr *attribute = node->properties; attribute; attribute = attribute->next)
				attributes++;
			uint32_t own = declarations(node);
			scope += own;
			weight += (scope + 1) * (attributes + 1) + attributes * attributes;
			if (node->children) {
				node = node->children;
				continue;
			}
			scope -= own;
		}
		while (node != root && !node->next) {
			node = node->parent;
			scope -= declarations(node);
		}
		if (node == root) return weight;
		node = node->next;
	}
}

/* libxmlsec1 writes into a tree; so it gets one of its own. */
static xmlDoc *copy_of(const struct signature *signature, struct arena *scratch, struct err *err)
{
	static const struct xml_ceilings ceilings = {LIMIT_SIGNATURE_BYTES, LIMIT_XML_DOCUMENT_NODES, false};
	struct str bytes = signature->doc->source->bytes;
	struct xml_starts starts = {0};
	if (str_starts(bytes, STR("\xEF\xBB\xBF"))) bytes = str_skip(bytes, 3);
	xmlDoc *doc = xml_parse_within(scratch, bytes, &ceilings, &starts, err);
	vec_release(&starts);
	return doc;
}

/* Only the root element can be found by an ID. */
static void name_root(const struct signature_api *api, xmlDoc *doc, struct str id)
{
	xmlNode *root = xml_load(NULL)->root(doc);
	for (xmlAttr *attribute = root->properties; attribute && id.len; attribute = attribute->next) {
		const char *name = (const char *)attribute->name;
		if (strcmp(name, "ID") != 0 && strcmp(name, "Id") != 0 && strcmp(name, "id") != 0) continue;
		api->add_id(NULL, doc, (const xmlChar *)id.ptr, attribute);
		return;
	}
}

static bool restrict_context(const struct signature_api *api, xmlSecDSigCtx *context)
{
	bool ok = true;
	context->flags = XMLSEC_DSIG_FLAGS_IGNORE_MANIFESTS;
	context->enabledReferenceUris = xmlSecTransformUriTypeEmpty | xmlSecTransformUriTypeSameDocument;
	for (int i = 0; i < SIGNATURE_TRANSFORMS; i++) {
		if (i < SIGNATURE_REFERENCE_TRANSFORMS) ok = ok && api->allow_reference(context, api->transforms[i]) >= 0;
		ok = ok && api->allow_signature(context, api->transforms[i]) >= 0;
	}
	return ok;
}

static enum outcome outcome_of(const struct signature_api *api, xmlSecDSigCtx *context, int returned)
{
	const xmlSecDSigReferenceCtx *reference = api->list_item(&context->signedInfoReferences, 0);
	if (returned < 0 || context->status == xmlSecDSigStatusUnknown || !reference) return GAVE_UP;
	if (context->status == xmlSecDSigStatusSucceeded)
		return reference->status == xmlSecDSigStatusSucceeded ? RIGHT : GAVE_UP;
	return reference->status == xmlSecDSigStatusInvalid ? CHANGED : OTHER_KEY;
}

/* libxml2 would write to standard error what canonicalization does not like. */
__attribute__((format(printf, 2, 3))) static void print_nothing(void *unused, const char *format, ...)
{
	(void)unused;
	(void)format;
}

static enum outcome verify(const struct signature_api *api, const struct signature *signature, struct str der)
{
	struct arena *scratch = arena_new();
	struct err err;
	enum outcome outcome = GAVE_UP;
	err_init(&err, scratch);
	xmlDoc *doc = copy_of(signature, scratch, &err);
	xmlSecDSigCtx *context = doc ? api->context_new(NULL) : NULL;
	if (context) {
		xml_load(NULL)->set_generic_error(NULL, print_nothing);
		name_root(api, doc, signature->id);
		/* With a key of ours it reads no KeyInfo. */
		context->signKey = api->key_of(
				(const xmlSecByte *)der.ptr, (xmlSecSize)der.len, xmlSecKeyDataFormatCertDer, NULL, NULL, NULL);
		const xmlNode *node = wsdl_find(xml_load(NULL)->root(doc)->children, DSIG, "Signature");
		if (context->signKey && node && restrict_context(api, context))
			outcome = outcome_of(api, context, api->verify(context, (xmlNode *)node));
		api->context_free(context);
	}
	arena_free(scratch);
	return outcome;
}

/* As many bits as a key has, when it is of a kind that is known. */
static void check_key(
		struct signature *signature, const struct signature_api *api, const xmlNode *at, const void *certificate)
{
	const void *key = api->public_key(certificate);
	int kind = key ? api->key_kind(key) : 0, bits = key ? api->key_bits(key) : 0;
	int least = kind == KIND_RSA ? 2048 : 256;
	const char *name = kind == KIND_RSA ? "RSA" : "ECDSA";
	if (kind != KIND_RSA && kind != KIND_EC) {
		signature_fail(signature, SIGNATURE_KEY, at,
				TEXT("the key of this certificate is neither RSA nor ECDSA",
						"de sleutel van dit certificaat is geen RSA en geen ECDSA"),
				TEXT("RSA or ECDSA", "RSA of ECDSA"), STR(""));
		return;
	}
	if (bits >= least) return;
	signature_fail(signature, SIGNATURE_KEY, at,
			text_printf(signature->arena, "the %s key of this certificate has %d bits, expected at least %d",
					"de %s-sleutel van dit certificaat heeft %d bits, verwacht werden er minstens %d", name, bits,
					least),
			text_printf(signature->arena, "at least %d bits", "minstens %d bits", least),
			str_printf(signature->arena, "%d", bits));
}

/* The OIN in "urn:nl-eid-gdi:1.0:DV:<OIN>:entities:<n>"; empty: the document has no such entityID, or no OIN that could
 * be one. */
static struct str oin_of(const struct signature *signature)
{
	struct str entity = wsdl_attribute(signature->arena, signature->doc->xml->root, NULL, "entityID");
	if (!entity.ptr || !str_starts(entity, STR("urn:nl-eid-gdi:"))) return STR("");
	struct str rest = str_skip(entity, str_find_str(entity, STR(":DV:")) + 4);
	size_t end = str_find_str(rest, STR(":entities:"));
	return end < rest.len && end == OIN_LENGTH ? (struct str){rest.ptr, end} : STR("");
}

static void check_party(
		struct signature *signature, const struct signature_api *api, const xmlNode *at, const void *certificate)
{
	char number[128];
	struct str oin = oin_of(signature);
	int length = api->name_text(api->subject(certificate), NAME_SERIAL_NUMBER, number, sizeof number);
	struct str found = length > 0 ? str_copy(signature->arena, str_of(number)) : STR("");
	if (str_eq(found, oin)) return;
	signature_fail(signature, SIGNATURE_PARTY, at,
			text_printf(signature->arena,
					"serialNumber in the subject of this certificate is \"%.*s\", expected \"%.*s\", the OIN in entityID",
					"serialNumber in het onderwerp van dit certificaat is \"%.*s\", verwacht werd \"%.*s\", het OIN in "
					"entityID",
					STR_FMT(found), STR_FMT(oin)),
			text_printf(signature->arena, "%.*s", "%.*s", STR_FMT(oin)), found);
}

/* False: it is no certificate. */
static bool read_certificate(struct signature *signature, const struct signature_api *api,
		const struct signature_certificate *from, bool first)
{
	const unsigned char *bytes = (const unsigned char *)from->der.ptr;
	void *certificate = bytes ? api->certificate_new(NULL, &bytes, (long)from->der.len) : NULL;
	if (!certificate) {
		struct text why = TEXT("expected an X.509 certificate in base64, which this is not",
				"verwacht werd een X.509-certificaat in base64, en dat is dit niet");
		signature_fail(signature, SIGNATURE_VALID, from->node, why,
				TEXT("an X.509 certificate", "een X.509-certificaat"), STR(""));
		signature_undecided(signature, SIGNATURE_KEY, why);
		signature_undecided(signature, SIGNATURE_PARTY, why);
		return false;
	}
	check_key(signature, api, from->node, certificate);
	if (first && signature->facts[SIGNATURE_PARTY].applies) check_party(signature, api, from->node, certificate);
	api->certificate_free(certificate);
	return true;
}

static void tell(struct signature *signature, enum outcome outcome, const xmlNode *at, bool several)
{
	const xmlNode *digest = wsdl_find(signature->reference->children, DSIG, "DigestValue");
	const xmlNode *value = wsdl_find(signature->node->children, DSIG, "SignatureValue");
	if (outcome == CHANGED)
		signature_fail(signature, SIGNATURE_VALID, digest ? digest : signature->reference,
				TEXT("the digest is not that of the document: it was changed after it was signed",
						"de digest is niet die van het document: het is gewijzigd nadat het ondertekend is"),
				TEXT("the digest of the document", "de digest van het document"), STR(""));
	else if (outcome == OTHER_KEY && !several)
		signature_fail(signature, SIGNATURE_VALID, value ? value : signature->node,
				TEXT("the signature is not by the key of the certificate that it names",
						"de handtekening is niet gezet met de sleutel van het certificaat dat erbij genoemd is"),
				TEXT("a signature by that key", "een handtekening met die sleutel"), STR(""));
	else if (outcome == OTHER_KEY)
		signature_undecided(signature, SIGNATURE_VALID,
				TEXT("the signature is not by the first of the certificates in ds:KeyInfo, and others are not tried; put the "
					 "one that signed in front",
						"de handtekening is niet gezet met het eerste certificaat in ds:KeyInfo, en andere worden niet "
						"geprobeerd; zet het certificaat waarmee ondertekend is vooraan"));
	else if (outcome == GAVE_UP)
		signature_undecided(signature, SIGNATURE_VALID,
				text_printf(signature->arena,
						"libxmlsec1 could not compute the signature with the certificate on line %u",
						"libxmlsec1 kon de handtekening niet narekenen met het certificaat op regel %u",
						source_loc(signature->doc->source, xml_offset(signature->doc, at)).line));
}

/* Something that is told already keeps the values from being computed. */
static bool is_computable(struct signature *signature)
{
	bool sound = !signature->facts[SIGNATURE_COVERS].violations && !signature->facts[SIGNATURE_ALGORITHMS].violations &&
				 !signature->facts[SIGNATURE_PRESENT].violations;
	bool small = signature->doc->source->bytes.len <= LIMIT_SIGNATURE_BYTES &&
				 weigh(signature->doc->xml->root) <= LIMIT_SIGNATURE_WEIGHT;
	if (!sound)
		signature_undecided(signature, SIGNATURE_VALID,
				TEXT("the signature was not computed, because of what it refers to or is made with",
						"de handtekening is niet nagerekend, vanwege dat waarnaar hij verwijst of waarmee hij gezet is"));
	else if (!small)
		signature_undecided(signature, SIGNATURE_VALID,
				text_printf(signature->arena,
						"the signature was not computed: expected at most %d bytes, and not so many namespaces and attributes",
						"de handtekening is niet nagerekend: verwacht werden hoogstens %d bytes, en niet zoveel namespaces "
						"en attributen",
						LIMIT_SIGNATURE_BYTES));
	return sound && small;
}

static void leave(struct signature *signature, struct text why)
{
	signature_undecided(signature, SIGNATURE_KEY, why);
	signature_undecided(signature, SIGNATURE_VALID, why);
	if (signature->facts[SIGNATURE_PARTY].applies) signature_undecided(signature, SIGNATURE_PARTY, why);
}

void signature_compute(struct signature *signature)
{
	struct signature_certificate certificates[LIMIT_SIGNATURE_CERTIFICATES];
	struct err err;
	uint32_t count = signature_certificates(signature, certificates);
	err_init(&err, signature->arena);
	struct fact *party = &signature->facts[SIGNATURE_PARTY];
	party->applies = oin_of(signature).len > 0;
	party->selected = party->applies;
	if (!count) {
		leave(signature,
				TEXT("ds:KeyInfo of the signature holds no certificate, and names no key of which the document has one",
						"ds:KeyInfo van de handtekening bevat geen certificaat, en noemt geen sleutel waarvan er een "
						"in het document staat"));
		return;
	}
	const struct signature_api *api = signature_api_load(&err);
	if (!api) {
		leave(signature, err.message);
		return;
	}
	bool in_signature = certificates[0].node->parent->parent->parent == signature->node;
	uint32_t tried = in_signature ? 1 : count;
	enum outcome outcome = GAVE_UP;
	bool computable = is_computable(signature);
	for (uint32_t i = 0; i < tried; i++) {
		if (!read_certificate(signature, api, &certificates[i], i == 0)) return;
		if (computable && outcome != RIGHT && outcome != CHANGED) outcome = verify(api, signature, certificates[i].der);
	}
	if (computable) tell(signature, outcome, certificates[0].node, in_signature && count > 1);
}
