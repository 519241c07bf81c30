/* SPDX-License-Identifier: EUPL-1.2 */
/* Which certificates a signature may be by: those in its KeyInfo, or those of the key that it names. */
#include <nettle/base64.h>

#include "base/limits.h"
#include "engine/signature_private.h"
#include "engine/wsdl_node.h"

static struct str text_of(const struct signature *signature, const xmlNode *element)
{
	struct strbuf out;
	strbuf_init(&out, LIMIT_SIGNATURE_CERTIFICATE_BYTES);
	for (const xmlNode *node = element->children; node; node = node->next)
		if ((node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE) && node->content)
			strbuf_add(&out, str_of((const char *)node->content));
	struct str text = out.overflow ? STR("") : str_copy(signature->arena, strbuf_str(&out));
	strbuf_release(&out);
	return text;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static struct str trim(struct str text)
{
	while (text.len && is_blank(text.ptr[0]))
		text = str_skip(text, 1);
	while (text.len && is_blank(text.ptr[text.len - 1]))
		text.len--;
	return text;
}

/* Nettle passes over white space. */
static struct str decode(const struct signature *signature, struct str text)
{
	struct base64_decode_ctx context;
	uint8_t *bytes = arena_alloc(signature->arena, BASE64_DECODE_LENGTH(text.len) + 1);
	size_t length = BASE64_DECODE_LENGTH(text.len);
	base64_decode_init(&context);
	bool ok = base64_decode_update(&context, &length, bytes, text.len, text.ptr) && base64_decode_final(&context);
	return ok && length ? (struct str){(const char *)bytes, length} : (struct str){NULL, 0};
}

/* Adds the certificates in a ds:KeyInfo. */
static uint32_t add_all(
		const struct signature *signature, const xmlNode *key_info, struct signature_certificate *found, uint32_t count)
{
	for (const xmlNode *data = key_info->children; data; data = data->next) {
		if (!wsdl_is(data, DSIG, "X509Data")) continue;
		for (const xmlNode *node = data->children; node && count < LIMIT_SIGNATURE_CERTIFICATES; node = node->next)
			if (wsdl_is(node, DSIG, "X509Certificate"))
				found[count++] = (struct signature_certificate){node, decode(signature, text_of(signature, node))};
	}
	return count;
}

static struct str name_in(const struct signature *signature, const xmlNode *key_info)
{
	const xmlNode *name = wsdl_find(key_info->children, DSIG, "KeyName");
	return name ? trim(text_of(signature, name)) : STR("");
}

/* The next element of the document that is not in the signature. */
static const xmlNode *next_outside(const struct signature *signature, const xmlNode *node)
{
	const xmlNode *root = signature->doc->xml->root;
	if (node->type == XML_ELEMENT_NODE && node->children && node != signature->node) return node->children;
	while (node != root && !node->next)
		node = node->parent;
	return node == root ? NULL : node->next;
}

uint32_t signature_certificates(const struct signature *signature, struct signature_certificate *found)
{
	const xmlNode *root = signature->doc->xml->root, *key_info = wsdl_find(signature->node->children, DSIG, "KeyInfo");
	uint32_t count = key_info ? add_all(signature, key_info, found, 0) : 0;
	struct str name = key_info ? name_in(signature, key_info) : STR("");
	if (count || !name.len) return count;
	for (const xmlNode *node = root; node && count < LIMIT_SIGNATURE_CERTIFICATES; node = next_outside(signature, node))
		if (node != signature->node && wsdl_is(node, DSIG, "KeyInfo") && str_eq(name_in(signature, node), name))
			count = add_all(signature, node, found, count);
	return count;
}
