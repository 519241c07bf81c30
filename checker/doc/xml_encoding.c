/* SPDX-License-Identifier: EUPL-1.2 */
/* Makes UTF-8 of XML in other encodings. */
#include "doc/xml_encoding.h"

#include <strings.h>

#include "base/limits.h"
#include "base/utf8.h"

enum encoding { KEEP, NOT_UTF_16, LATIN_1, LATIN_9, WINDOWS_1252, UTF_16LE, UTF_16BE, UNKNOWN };

/* Names of IANA that are in use for each. */
static const struct {
	const char *name;
	enum encoding encoding;
} names[] = {
		{"utf-8", KEEP},
		{"us-ascii", KEEP},
		{"utf-16", NOT_UTF_16}, /* what could be read of the declaration is no UTF-16 */
		{"utf-16le", NOT_UTF_16},
		{"utf-16be", NOT_UTF_16},
		{"iso-8859-1", LATIN_1},
		{"iso_8859-1", LATIN_1},
		{"latin1", LATIN_1},
		{"l1", LATIN_1},
		{"iso-8859-15", LATIN_9},
		{"iso_8859-15", LATIN_9},
		{"latin-9", LATIN_9},
		{"windows-1252", WINDOWS_1252},
		{"cp1252", WINDOWS_1252},
};

/* 0x80 to 0x9F of windows-1252; 0: nothing. */
static const uint16_t windows[32] = {0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
		0x2039, 0x0152, 0, 0x017D, 0, 0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161,
		0x203A, 0x0153, 0, 0x017E, 0x0178};

/* Where ISO-8859-15 is not ISO-8859-1. */
static uint32_t latin_9(unsigned char c)
{
	static const struct {
		unsigned char byte;
		uint16_t code;
	} differences[] = {{0xA4, 0x20AC}, {0xA6, 0x0160}, {0xA8, 0x0161}, {0xB4, 0x017D}, {0xB8, 0x017E}, {0xBC, 0x0152},
			{0xBD, 0x0153}, {0xBE, 0x0178}};
	for (size_t i = 0; i < sizeof differences / sizeof *differences; i++)
		if (differences[i].byte == c) return differences[i].code;
	return c;
}

static uint32_t code_of(enum encoding encoding, unsigned char c)
{
	if (encoding == LATIN_9) return latin_9(c);
	if (encoding == WINDOWS_1252 && c >= 0x80 && c < 0xA0) return windows[c - 0x80];
	return c;
}

static void add_code(struct strbuf *out, uint32_t code)
{
	char bytes[4];
	strbuf_add(out, (struct str){bytes, utf8_encode(code, bytes)});
}

/* Both return whether all of it was something. */
static bool decode_bytes(struct str bytes, enum encoding encoding, struct strbuf *out)
{
	for (size_t i = 0; i < bytes.len; i++) {
		uint32_t code = code_of(encoding, (unsigned char)bytes.ptr[i]);
		if (code == 0) return false;
		add_code(out, code);
	}
	return true;
}

static uint32_t unit_at(struct str bytes, size_t at, bool big)
{
	unsigned char first = (unsigned char)bytes.ptr[at], second = (unsigned char)bytes.ptr[at + 1];
	return big ? (uint32_t)first << 8 | second : (uint32_t)second << 8 | first;
}

static bool decode_utf_16(struct str bytes, bool big, struct strbuf *out)
{
	for (size_t i = 0; i < bytes.len; i += 2) {
		if (i + 1 == bytes.len) return false;
		uint32_t code = unit_at(bytes, i, big);
		if (code >= 0xDC00 && code < 0xE000) return false;
		if (code >= 0xD800 && code < 0xDC00) {
			i += 2;
			uint32_t low = i + 1 < bytes.len ? unit_at(bytes, i, big) : 0;
			if (low < 0xDC00 || low >= 0xE000) return false;
			code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
		}
		add_code(out, code);
	}
	return true;
}

/* Where `encoding="..."` stands in an XML declaration, and the name in it. ptr NULL: it is not there. */
static struct str declared(struct str text, struct str *name)
{
	struct str none = {NULL, 0};
	if (!str_starts(text, STR("<?xml"))) return none;
	struct str head = {text.ptr, str_find(text, '>')};
	size_t start = str_find_str(head, STR("encoding")), at = start + 8;
	while (at < head.len && memchr(" \t\r\n=", head.ptr[at], 5))
		at++;
	if (at >= head.len || (head.ptr[at] != '"' && head.ptr[at] != '\'')) return none;
	struct str rest = str_skip(head, at + 1);
	*name = (struct str){rest.ptr, str_find(rest, head.ptr[at])};
	if (name->len == rest.len) return none;
	return (struct str){head.ptr + start, at + 1 + name->len + 1 - start};
}

static enum encoding encoding_named(struct str name)
{
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (name.len == strlen(names[i].name) && strncasecmp(name.ptr, names[i].name, name.len) == 0)
			return names[i].encoding;
	return UNKNOWN;
}

/* A byte order mark or the first characters of UTF-16 come first, then what HTTP said, then the declaration (RFC 7303,
 * 3). */
static enum encoding find_encoding(struct str bytes, struct str charset, struct str *name, size_t *skip)
{
	*skip = 0;
	if (str_starts(bytes, STR("\xFF\xFE")) || str_starts(bytes, STR("\xFE\xFF"))) {
		/* A mark in front of a "<": YAML and JSON begin otherwise. */
		bool big = bytes.ptr[0] == '\xFE';
		*skip = 2;
		if (bytes.len < 4 || unit_at(bytes, 2, big) != '<') return KEEP;
		return big ? UTF_16BE : UTF_16LE;
	}
	if (str_starts(bytes, STR("\xEF\xBB\xBF"))) return KEEP;
	if (bytes.len >= 4 && memcmp(bytes.ptr, "<\0?\0", 4) == 0) return UTF_16LE;
	if (bytes.len >= 4 && memcmp(bytes.ptr, "\0<\0?", 4) == 0) return UTF_16BE;
	if (charset.len) {
		*name = charset;
		return encoding_named(charset);
	}
	return declared(bytes, name).ptr ? encoding_named(*name) : KEEP;
}

/* The declaration of what is UTF-8 now says nothing of an encoding; no column moves. */
static void blank_encoding(char *text, size_t len)
{
	struct str name, found = declared((struct str){text, len}, &name);
	if (found.ptr) memset(text + (found.ptr - text), ' ', found.len);
}

static bool complain(struct str file, const struct strbuf *read, struct str name, struct err *err)
{
	struct loc loc = {.file = file, .line = 1};
	struct str text = strbuf_str(read);
	size_t start = 0;
	for (size_t i = 0; i < text.len; i++)
		if (text.ptr[i] == '\n') {
			loc.line++;
			start = i + 1;
		}
	loc.column = (uint32_t)utf8_count(str_skip(text, start)) + 1;
	return err_set(err, ERR_SYNTAX, loc, "XML: expected text in %.*s, found bytes that are no character in it",
			"XML: verwacht werd tekst in %.*s, gevonden bytes die daarin geen teken zijn", STR_FMT(name));
}

static struct str blanked(struct arena *arena, struct str text)
{
	char *copy = (char *)str_copy(arena, text).ptr;
	blank_encoding(copy, text.len);
	return (struct str){copy, text.len};
}

/* What is UTF-8 already. HTTP may say so where the declaration says otherwise. */
static struct str keep(struct arena *arena, struct str bytes, struct str charset)
{
	struct str name = {"", 0};
	bool other = charset.len && declared(bytes, &name).ptr && encoding_named(name) != KEEP;
	return other ? blanked(arena, bytes) : bytes;
}

bool xml_decode_text(
		struct arena *arena, struct str file, struct str bytes, struct str charset, struct str *text, struct err *err)
{
	struct str name = STR("UTF-16");
	struct loc start = {.file = file, .line = 1, .column = 1};
	size_t skip;
	enum encoding encoding = find_encoding(bytes, charset, &name, &skip);
	if (encoding == KEEP) {
		*text = keep(arena, bytes, charset);
		return true;
	}
	if (encoding == NOT_UTF_16)
		return err_set(err, ERR_SYNTAX, start,
				"XML: expected %.*s, as the declaration says, found a text of one byte a character",
				"XML: verwacht werd %.*s, zoals de declaratie zegt, gevonden een tekst van één byte per teken",
				STR_FMT(name));
	if (encoding == UNKNOWN)
		return err_set(err, ERR_UNDECIDED, start,
				"XML: expected UTF-8, UTF-16, ISO-8859-1, ISO-8859-15 or windows-1252, found encoding \"%.*s\", which is "
				"not read",
				"XML: verwacht werd UTF-8, UTF-16, ISO-8859-1, ISO-8859-15 of windows-1252, gevonden codering \"%.*s\", en "
				"die wordt niet gelezen",
				STR_FMT(name));
	if (bytes.len > LIMIT_XML_DOCUMENT_BYTES) {
		*text = bytes; /* which is told as any document of that size */
		return true;
	}
	struct strbuf out;
	strbuf_init(&out, SIZE_MAX / 2);
	bool ok = encoding == UTF_16LE || encoding == UTF_16BE
					  ? decode_utf_16(str_skip(bytes, skip), encoding == UTF_16BE, &out)
					  : decode_bytes(bytes, encoding, &out);
	if (ok)
		*text = blanked(arena, strbuf_str(&out));
	else
		complain(file, &out, name, err);
	strbuf_release(&out);
	return ok;
}

bool xml_decode(struct source *source, struct err *err)
{
	struct str text;
	if (!xml_decode_text(source->arena, source->name, source->bytes, STR(""), &text, err)) return false;
	if (text.ptr == source->bytes.ptr) return true;
	source->original = source->bytes;
	source->bytes = text;
	return true;
}
