/* SPDX-License-Identifier: EUPL-1.2 */
/* What an enveloped XML signature says that it signs, and with what. */
#include "engine/signature.h"

#include "base/limits.h"
#include "engine/signature_private.h"
#include "engine/wsdl_node.h"

#define ENVELOPED DSIG "enveloped-signature"
#define EXCLUSIVE "http://www.w3.org/2001/10/xml-exc-c14n#"
#define EXCLUSIVE_COMMENTS "http://www.w3.org/2001/10/xml-exc-c14n#WithComments"
#define MORE "http://www.w3.org/2001/04/xmldsig-more#"
#define XMLENC "http://www.w3.org/2001/04/xmlenc#"

const struct str signature_rules[SIGNATURE_RULES] = {
		{"present", 7}, {"covers", 6}, {"algorithms", 10}, {"key", 3}, {"valid", 5}, {"party", 5}};

static const char *const canonical_methods[] = {EXCLUSIVE, EXCLUSIVE_COMMENTS,
		"http://www.w3.org/TR/2001/REC-xml-c14n-20010315",
		"http://www.w3.org/TR/2001/REC-xml-c14n-20010315#WithComments", "http://www.w3.org/2006/12/xml-c14n11",
		"http://www.w3.org/2006/12/xml-c14n11#WithComments", NULL};
static const char *const signature_methods[] = {MORE "rsa-sha256", MORE "rsa-sha384", MORE "rsa-sha512",
		MORE "ecdsa-sha256", MORE "ecdsa-sha384", MORE "ecdsa-sha512", NULL};
static const char *const digest_methods[] = {XMLENC "sha256", MORE "sha384", XMLENC "sha512", NULL};

void signature_fail(struct signature *signature, enum signature_rule rule, const xmlNode *at, struct text message,
		struct text expected, struct str found)
{
	struct fact *fact = &signature->facts[rule];
	fact->violations++;
	if (fact->violations > LIMIT_RESULTS_PER_RULE) {
		fact->cut = true;
		return;
	}
	*vec_push(&signature->results) = (struct result){.rule = rule,
			.severity = SEVERITY_ERROR,
			.message = message,
			.expected = expected,
			.found = found,
			.doc = signature->doc,
			.pointer = xml_path(signature->arena, at),
			.start = xml_offset(signature->doc, at),
			.end = xml_offset_end(signature->doc, at)};
}

void signature_undecided(struct signature *signature, enum signature_rule rule, struct text why)
{
	struct fact *fact = &signature->facts[rule];
	if (fact->violations) return;
	fact->undecided = true;
	fact->why = why;
}

static struct str attribute_of(const struct signature *signature, const xmlNode *element, const char *name)
{
	struct str value = element ? wsdl_attribute(signature->arena, element, NULL, name) : STR("");
	return value.ptr ? value : STR("");
}

/* Attributes by which a reference may find an element: those of SAML, WS-Security and XML itself. */
static bool is_id(const xmlAttr *attribute)
{
	const char *name = (const char *)attribute->name;
	return strcmp(name, "ID") == 0 || strcmp(name, "Id") == 0 || strcmp(name, "id") == 0;
}

static const xmlAttr *id_of(const xmlNode *element)
{
	for (const xmlAttr *attribute = element->properties; attribute; attribute = attribute->next)
		if (is_id(attribute)) return attribute;
	return NULL;
}

static const xmlNode *following(const xmlNode *node, const xmlNode *root)
{
	if (node->type == XML_ELEMENT_NODE && node->children) return node->children;
	while (node != root && !node->next)
		node = node->parent;
	return node == root ? NULL : node->next;
}

/* Whoever looks the signed element up by its ID might find this one instead: what is called wrapping. */
static void check_others(struct signature *signature)
{
	const xmlNode *root = signature->doc->xml->root;
	for (const xmlNode *node = following(root, root); node; node = following(node, root)) {
		if (node->type != XML_ELEMENT_NODE) continue;
		for (const xmlAttr *attribute = node->properties; attribute; attribute = attribute->next) {
			const char *name = (const char *)attribute->name;
			if (!is_id(attribute) || !str_eq(attribute_of(signature, node, name), signature->id)) continue;
			signature_fail(signature, SIGNATURE_COVERS, node,
					text_printf(signature->arena,
							"this element has the ID \"%.*s\" as well, so that the reference may be taken for one to this",
							"dit element heeft ook het ID \"%.*s\", waardoor de verwijzing voor een naar dit element kan "
							"worden aangezien",
							STR_FMT(signature->id)),
					TEXT("an ID of its own", "een eigen ID"), signature->id);
		}
	}
}

/* An ID goes into an XPointer of libxmlsec1: nothing but what names are made of. */
static bool is_plain_id(struct str id)
{
	for (size_t i = 0; i < id.len; i++) {
		unsigned char c = (unsigned char)id.ptr[i];
		bool plain = c >= 0x80 || (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c == '_' ||
					 c == '-' || c == '.';
		if (!plain) return false;
	}
	return id.len > 0;
}

static void check_target(struct signature *signature)
{
	const xmlNode *root = signature->doc->xml->root;
	const xmlAttr *attribute = id_of(root);
	struct str id = attribute ? attribute_of(signature, root, (const char *)attribute->name) : STR("");
	const xmlNode *written = wsdl_attribute_node(signature->reference, NULL, "URI");
	struct str uri = attribute_of(signature, signature->reference, "URI");
	if (written && !uri.len) return;
	if (uri.len > 1 && uri.ptr[0] == '#' && str_eq(str_skip(uri, 1), id) && is_plain_id(id)) {
		signature->id = id;
		check_others(signature);
		return;
	}
	struct str shown = id.len ? str_printf(signature->arena, "#%.*s", STR_FMT(id)) : STR("");
	signature_fail(signature, SIGNATURE_COVERS, written ? written : signature->reference,
			text_printf(signature->arena, "the signature refers to \"%.*s\", expected \"%.*s\", the root element",
					"de handtekening verwijst naar \"%.*s\", verwacht werd \"%.*s\", het hoofdelement", STR_FMT(uri),
					STR_FMT(shown)),
			text_printf(signature->arena, "%.*s", "%.*s", STR_FMT(shown)), uri);
}

/* The signature itself is left out, and nothing else: an XPath or XSLT could leave out whatever it likes. */
static void check_transforms(struct signature *signature)
{
	const xmlNode *transforms = wsdl_find(signature->reference->children, DSIG, "Transforms");
	uint32_t number = 0;
	for (const xmlNode *node = transforms ? transforms->children : NULL; node; node = node->next) {
		if (!wsdl_is(node, DSIG, "Transform")) continue;
		struct str algorithm = attribute_of(signature, node, "Algorithm");
		bool exclusive = str_eq(algorithm, STR(EXCLUSIVE)) || str_eq(algorithm, STR(EXCLUSIVE_COMMENTS));
		if (number++ == 0 ? str_eq(algorithm, STR(ENVELOPED)) : number == 2 && exclusive) continue;
		signature_fail(signature, SIGNATURE_COVERS, node,
				text_printf(signature->arena,
						"transform %u is \"%.*s\", expected " ENVELOPED " and behind it at most " EXCLUSIVE,
						"transform %u is \"%.*s\", verwacht werd " ENVELOPED " en daarna hoogstens " EXCLUSIVE, number,
						STR_FMT(algorithm)),
				TEXT(ENVELOPED ", " EXCLUSIVE, ENVELOPED ", " EXCLUSIVE), algorithm);
	}
	if (number == 0)
		signature_fail(signature, SIGNATURE_COVERS, signature->reference,
				TEXT("the reference has no transforms, expected " ENVELOPED,
						"de verwijzing heeft geen transforms, verwacht werd " ENVELOPED),
				TEXT(ENVELOPED, ENVELOPED), STR(""));
}

static void check_coverage(struct signature *signature)
{
	uint32_t count = 0;
	for (const xmlNode *node = signature->info ? signature->info->children : NULL; node; node = node->next) {
		if (!wsdl_is(node, DSIG, "Reference")) continue;
		if (count++ == 0) signature->reference = node;
	}
	if (count == 1) {
		check_target(signature);
		check_transforms(signature);
		return;
	}
	signature->reference = NULL;
	signature_fail(signature, SIGNATURE_COVERS, signature->info ? signature->info : signature->node,
			text_printf(signature->arena, "the signature has %u references, expected one, to the root element",
					"de handtekening heeft %u verwijzingen, verwacht werd er één, naar het hoofdelement", count),
			TEXT("one ds:Reference", "één ds:Reference"), str_printf(signature->arena, "%u", count));
}

static void check_algorithm(struct signature *signature, const xmlNode *parent, const char *name,
		const char *const *known, struct text expected)
{
	const xmlNode *node = parent ? wsdl_find(parent->children, DSIG, name) : NULL;
	struct str algorithm = attribute_of(signature, node, "Algorithm");
	for (; *known; known++)
		if (str_eq(algorithm, str_of(*known))) return;
	signature_fail(signature, SIGNATURE_ALGORITHMS, node ? node : signature->node,
			text_printf(signature->arena, "ds:%s is \"%.*s\", expected %s%.0s",
					"ds:%s is \"%.*s\", verwacht werd %.0s%s", name, STR_FMT(algorithm), expected.in[LANG_EN].ptr,
					expected.in[LANG_NL].ptr),
			expected, algorithm);
}

static void check_algorithms(struct signature *signature)
{
	check_algorithm(signature, signature->info, "CanonicalizationMethod", canonical_methods,
			TEXT("exclusive or inclusive canonicalization", "exclusieve of inclusieve canonicalisatie"));
	check_algorithm(signature, signature->info, "SignatureMethod", signature_methods,
			TEXT("RSA or ECDSA with SHA-256, SHA-384 or SHA-512", "RSA of ECDSA met SHA-256, SHA-384 of SHA-512"));
	if (signature->reference)
		check_algorithm(signature, signature->reference, "DigestMethod", digest_methods,
				TEXT("SHA-256, SHA-384 or SHA-512", "SHA-256, SHA-384 of SHA-512"));
}

static void find_signature(struct signature *signature)
{
	const xmlNode *root = signature->doc->xml->root;
	uint32_t count = 0;
	for (const xmlNode *node = root->children; node; node = node->next)
		if (wsdl_is(node, DSIG, "Signature") && count++ == 0) signature->node = node;
	if (signature->node) signature->info = wsdl_find(signature->node->children, DSIG, "SignedInfo");
	if (count == 1) return;
	struct str found = str_printf(signature->arena, "%u", count);
	signature_fail(signature, SIGNATURE_PRESENT, root,
			count ? text_printf(signature->arena, "%s holds %u signatures, expected one",
							"%s bevat %u handtekeningen, verwacht werd er één", (const char *)root->name, count)
				  : text_printf(signature->arena, "%s has no ds:Signature", "%s heeft geen ds:Signature",
							(const char *)root->name),
			TEXT("one ds:Signature", "één ds:Signature"), found);
}

void signature_check(const struct doc *doc, struct arena *arena, struct facts *facts)
{
	struct signature signature = {.doc = doc, .arena = arena};
	signature.facts = arena_zalloc(arena, SIGNATURE_RULES * sizeof *signature.facts);
	find_signature(&signature);
	for (int i = 0; i < SIGNATURE_RULES; i++) {
		signature.facts[i].applies = i == SIGNATURE_PRESENT || signature.node;
		signature.facts[i].selected = signature.facts[i].applies;
		if (!signature.facts[i].applies)
			signature.facts[i].why = TEXT("the document is not signed", "het document is niet ondertekend");
	}
	if (signature.node) {
		check_coverage(&signature);
		check_algorithms(&signature);
		signature_compute(&signature);
	}
	facts->items = signature.facts;
	facts->result_count = (uint32_t)signature.results.count;
	facts->results = arena_alloc(arena, (facts->result_count + 1) * sizeof *facts->results);
	if (facts->result_count)
		memcpy(facts->results, signature.results.items, facts->result_count * sizeof *facts->results);
	vec_release(&signature.results);
}
