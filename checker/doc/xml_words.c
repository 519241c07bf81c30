/* SPDX-License-Identifier: EUPL-1.2 */
/* Errors of libxml2's parser by their codes. */
#include "doc/xml_words.h"

#include "base/limits.h"

/* %1, %2 and %3 are the texts that come with the error, %n its number, often a line. */
static const struct {
	int code;
	const char *text;
} words[] = {
		{XML_ERR_DOCUMENT_EMPTY, "een leeg document"},
		{XML_ERR_DOCUMENT_END, "nog iets na het einde van het hoofdelement"},
		{XML_ERR_INVALID_HEX_CHARREF,
				"een verwijzing naar een teken (&#x...;) die niet alleen hexadecimale cijfers heeft"},
		{XML_ERR_INVALID_DEC_CHARREF, "een verwijzing naar een teken (&#...;) die niet alleen cijfers heeft"},
		{XML_ERR_INVALID_CHARREF, "een verwijzing naar teken %n, dat XML niet kent"},
		{XML_ERR_INVALID_CHAR, "teken %n, dat XML niet toelaat"},
		{XML_ERR_ENTITYREF_SEMICOL_MISSING, "een verwijzing (&...) zonder puntkomma aan het eind"},
		{XML_ERR_UNDECLARED_ENTITY, "entiteit &%1;, die niet gedefinieerd is"},
		{XML_ERR_LT_IN_ATTRIBUTE, "een \"<\" in de waarde van een attribuut; schrijf &lt;"},
		{XML_ERR_ATTRIBUTE_NOT_STARTED, "een attribuut waarvan de waarde niet tussen aanhalingstekens staat"},
		{XML_ERR_ATTRIBUTE_NOT_FINISHED, "een attribuut waarvan de waarde niet met een aanhalingsteken eindigt"},
		{XML_ERR_ATTRIBUTE_WITHOUT_VALUE, "attribuut %1 zonder waarde"},
		{XML_ERR_ATTRIBUTE_REDEFINED, "attribuut %1 twee keer op één element"},
		{XML_ERR_COMMENT_NOT_FINISHED, "commentaar dat niet met --> eindigt"},
		{XML_ERR_HYPHEN_IN_COMMENT, "twee streepjes (--) binnen commentaar"},
		{XML_ERR_PI_NOT_STARTED, "een instructie (<?...) zonder naam"},
		{XML_ERR_PI_NOT_FINISHED, "een instructie die niet met ?> eindigt"},
		{XML_ERR_XMLDECL_NOT_FINISHED, "een XML-declaratie die niet met ?> eindigt"},
		{XML_ERR_RESERVED_XML_NAME, "een XML-declaratie die niet aan het begin van het document staat"},
		{XML_ERR_VERSION_MISSING, "een XML-declaratie zonder version"},
		{XML_ERR_UNKNOWN_VERSION, "een versie van XML die niet bestaat"},
		{XML_ERR_ENCODING_NAME, "een codering (encoding) die geen naam is"},
		{XML_ERR_STANDALONE_VALUE, "een standalone dat geen \"yes\" of \"no\" is"},
		{XML_ERR_SPACE_REQUIRED, "twee delen van een tag zonder spatie ertussen, of een teken dat daar niet hoort"},
		{XML_ERR_EQUAL_REQUIRED, "een attribuut zonder \"=\""},
		{XML_ERR_NAME_REQUIRED, "een \"&\" of een tag zonder naam; schrijf &amp; voor een losse &"},
		{XML_ERR_GT_REQUIRED, "een tag die niet met \">\" eindigt"},
		{XML_ERR_LTSLASH_REQUIRED, "een element zonder eindtag"},
		{XML_ERR_TAG_NAME_MISMATCH, "eindtag </%2> waar die van %1 (regel %n) werd verwacht"},
		{XML_ERR_TAG_NOT_FINISHED, "het einde van de tekst binnen element %1 (regel %n)"},
		{XML_ERR_CDATA_NOT_FINISHED, "een CDATA-sectie die niet met ]]> eindigt"},
		{XML_ERR_MISPLACED_CDATA_END, "\"]]>\" in tekst buiten een CDATA-sectie"},
		{XML_NS_ERR_UNDEFINED_NAMESPACE, "voorvoegsel %1 op %2, dat niet met xmlns:%1 gedeclareerd is"},
		{XML_NS_ERR_QNAME, "\"%1\", en dat is geen naam met hoogstens één voorvoegsel"},
		{XML_NS_ERR_ATTRIBUTE_REDEFINED, "attribuut %1 twee keer, in namespace \"%2\""},
};

/* False: the error brings no such text. */
static bool add_value(struct strbuf *out, char which, const xmlError *found)
{
	const char *text = which == '1' ? found->str1 : which == '2' ? found->str2 : found->str3;
	if (which == 'n') {
		strbuf_printf(out, "%d", found->int1);
		return true;
	}
	if (text) strbuf_add(out, str_of(text));
	return text != NULL;
}

static bool fill_in(struct strbuf *out, const char *format, const xmlError *found)
{
	for (const char *c = format; *c; c++) {
		if (*c != '%') {
			strbuf_add_char(out, *c);
			continue;
		}
		if (!add_value(out, *++c, found)) return false;
	}
	return !out->overflow;
}

struct str xml_words_nl(struct arena *arena, const xmlError *found)
{
	struct strbuf out;
	strbuf_init(&out, LIMIT_MESSAGE_BYTES);
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		if (words[i].code != found->code) continue;
		if (fill_in(&out, words[i].text, found)) return strbuf_take(&out, arena);
		break;
	}
	strbuf_release(&out);
	struct str message = found->message ? str_of(found->message) : STR("?");
	while (message.len > 0 && message.ptr[message.len - 1] == '\n')
		message.len--;
	return str_printf(arena, "(libxml2) \"%.*s\"", STR_FMT(message));
}
