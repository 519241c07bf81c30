/* SPDX-License-Identifier: EUPL-1.2 */
/* Texts of syntax errors, and the check of encodings that goes before any reading. */
#include "doc/complaint.h"

#include "base/limits.h"
#include "base/utf8.h"

enum { WORD_MAX = 24 };

bool complain_text(struct doc *doc, struct err *err, enum err_code code, size_t offset, struct text message)
{
	if (err->code != ERR_NONE) return false;
	err_set(err, code, source_loc(doc->source, offset), "%s", "%s", "");
	for (int lang = 0; lang < LANG_COUNT; lang++)
		err->message.in[lang] = str_copy(err->arena, message.in[lang]);
	return false;
}

static bool is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

static struct text same_in_all(struct str s)
{
	return (struct text){{s, s}};
}

struct text found_at(struct arena *arena, struct str bytes, size_t offset)
{
	struct str rest = str_skip(bytes, offset);
	uint32_t code = 0;
	if (rest.len == 0) return TEXT("the end of the file", "het einde van het bestand");
	if (rest.ptr[0] == '\n' || rest.ptr[0] == '\r') return TEXT("the end of the line", "het einde van de regel");
	if (rest.ptr[0] == '\t') return TEXT("a tab", "een tab");
	if (rest.ptr[0] == ' ') return TEXT("a space", "een spatie");
	size_t len = 0;
	while (len < rest.len && len < WORD_MAX && is_word(rest.ptr[len]))
		len++;
	if (len == 0) len = utf8_decode(rest, &code);
	if (len == 0) return same_in_all(str_printf(arena, "byte 0x%02X", (unsigned char)rest.ptr[0]));
	bool shows = is_word(rest.ptr[0]) || (code > ' ' && code < 0x7F) || (code >= 0xA1 && code < 0x2000);
	if (!shows) return same_in_all(str_printf(arena, "U+%04X", code));
	return same_in_all(str_printf(arena, "'%.*s'", (int)len, rest.ptr));
}

bool complain(struct doc *doc, struct err *err, size_t offset, struct text expected, struct text hint)
{
	static const char *const formats[LANG_COUNT] = {
			"expected %.*s, found %.*s%s%.*s", "verwacht: %.*s, gevonden: %.*s%s%.*s"};
	struct text found = found_at(err->arena, doc->source->bytes, offset), message;
	for (int lang = 0; lang < LANG_COUNT; lang++)
		message.in[lang] = str_printf(err->arena, formats[lang], STR_FMT(expected.in[lang]), STR_FMT(found.in[lang]),
				hint.in[lang].len ? "; " : "", STR_FMT(hint.in[lang]));
	return complain_text(doc, err, ERR_SYNTAX, offset, message);
}

bool complain_depth(struct doc *doc, struct err *err, size_t offset)
{
	return err_set(err, ERR_LIMIT, source_loc(doc->source, offset),
			"arrays and objects are nested deeper than %d levels, the most that keur reads",
			"arrays en objecten zijn dieper genest dan %d niveaus, het meeste dat keur leest", LIMIT_DEPTH);
}

bool complain_nodes(struct doc *doc, struct err *err, size_t offset)
{
	return err_set(err, ERR_LIMIT, source_loc(doc->source, offset),
			"the document holds more than %d values, the most that keur reads; split it",
			"het document bevat meer dan %d waarden, het meeste dat keur leest; splits het", LIMIT_NODES);
}

/* The name of an encoding with units of more than one byte, by its mark or by the NULs around a first ASCII character.
 */
static const char *wide_encoding(struct str bytes)
{
	unsigned char b[4] = {1, 1, 1, 1};
	memcpy(b, bytes.ptr, bytes.len < 4 ? bytes.len : 4);
	if (b[0] == 0xFF && b[1] == 0xFE) return bytes.len >= 4 && b[2] == 0 && b[3] == 0 ? "UTF-32" : "UTF-16";
	if (b[0] == 0xFE && b[1] == 0xFF) return "UTF-16";
	if (b[0] == 0 && b[1] == 0 && b[2] == 0xFE && b[3] == 0xFF) return "UTF-32";
	if (bytes.len < 4) return NULL;
	if (b[0] && !b[1] && !b[2] && !b[3]) return "UTF-32";
	if (!b[0] && !b[1] && !b[2] && b[3]) return "UTF-32";
	if ((b[0] && !b[1] && b[2] && !b[3]) || (!b[0] && b[1] && !b[2] && b[3])) return "UTF-16";
	return NULL;
}

static bool complain_binary(struct doc *doc, struct err *err, size_t nul)
{
	return complain_text(doc, err, ERR_SYNTAX, nul,
			TEXT("expected text, found a NUL byte; this is a binary file or a damaged one",
					"verwacht: tekst, gevonden: een NUL-byte; dit is een binair of beschadigd bestand"));
}

static bool complain_encoding(struct doc *doc, struct err *err)
{
	struct str bytes = doc->source->bytes;
	const char *wide = wide_encoding(bytes);
	if (wide)
		return err_set(err, ERR_SYNTAX, source_loc(doc->source, 0), "the file is %s; save it as UTF-8",
				"het bestand is %s; sla het op als UTF-8", wide);
	size_t nul = str_find(bytes, '\0');
	if (nul < bytes.len) return complain_binary(doc, err, nul);
	size_t bad = utf8_invalid(bytes);
	return err_set(err, ERR_SYNTAX, source_loc(doc->source, bad),
			"expected UTF-8, found byte 0x%02X that is not part of it; save the file as UTF-8",
			"verwacht: UTF-8, gevonden: byte 0x%02X die daar niet in past; sla het bestand op als UTF-8",
			(unsigned char)bytes.ptr[bad]);
}

/* A wide encoding has a NUL in it, or a mark that is no UTF-8. */
bool check_encoding(struct doc *doc, size_t *start, struct err *err)
{
	struct str bytes = doc->source->bytes;
	if (!utf8_is_text(bytes)) return complain_encoding(doc, err);
	*start = str_starts(bytes, STR("\xEF\xBB\xBF")) ? 3 : 0;
	return true;
}
