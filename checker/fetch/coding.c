/* SPDX-License-Identifier: EUPL-1.2 */
/* Undoes content codings with zlib and brotli. */
#include "fetch/coding.h"

#include <stdlib.h>
#include <strings.h>

#include "base/arena.h"

enum { BLOCK_BYTES = 16 << 10, WINDOW = 15, WINDOW_GZIP = WINDOW + 16 };

/* Results of brotli's decoder (brotli/decode.h). */
enum { BROTLI_ERROR = 0, BROTLI_SUCCESS = 1, BROTLI_NEEDS_INPUT = 2 };

static const char *const fault_unknown[LANG_COUNT] = {
		"the content encoding cannot be decoded: it is none of those that were asked for",
		"de inhoud is niet uit te pakken: de content-encoding is niet een van de gevraagde"};
static const char *const fault_many[LANG_COUNT] = {
		"the content encoding cannot be decoded: too many encodings, one in another",
		"de inhoud is niet uit te pakken: te veel content-encodings, de een in de ander"};
static const char *const fault_broken[LANG_COUNT] = {
		"the content encoding cannot be decoded: the data or its checksum is not right",
		"de inhoud is niet uit te pakken (content-encoding): de gegevens of hun controlegetal kloppen niet"};
static const char *const fault_behind[LANG_COUNT] = {
		"the content encoding cannot be decoded: there are bytes behind its end",
		"de inhoud is niet uit te pakken (content-encoding): na het einde komen nog bytes"};
static const char *const fault_cut[LANG_COUNT] = {
		"the body ends in the middle of its content encoding: it was cut off; let the server send all of it",
		"de inhoud houdt midden in de content-encoding op: ze is afgekapt; laat de server alles sturen"};

static bool fail(struct coding *coding, const char *const *fault)
{
	coding->fault = fault;
	return false;
}

static struct str trim(struct str s)
{
	while (s.len && (s.ptr[0] == ' ' || s.ptr[0] == '\t'))
		s = str_skip(s, 1);
	while (s.len && (s.ptr[s.len - 1] == ' ' || s.ptr[s.len - 1] == '\t'))
		s.len--;
	return s;
}

static bool is_called(struct str name, const char *wanted)
{
	return name.len == strlen(wanted) && strncasecmp(name.ptr, wanted, name.len) == 0;
}

/* Whether there is such a coding, and its decoder. */
static bool kind_of(const struct curl_api *api, struct str name, enum coding_kind *kind)
{
	static const struct {
		const char *name;
		enum coding_kind kind;
	} known[] = {{"gzip", CODING_GZIP}, {"x-gzip", CODING_GZIP}, {"deflate", CODING_DEFLATE}, {"br", CODING_BROTLI}};
	for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
		if (!is_called(name, known[i].name)) continue;
		*kind = known[i].kind;
		return *kind == CODING_BROTLI ? api->has_brotli : api->has_zlib;
	}
	return false;
}

bool coding_start(struct coding *coding, const struct curl_api *api, struct str value)
{
	coding->api = api;
	while (value.len > 0) {
		struct str name = {value.ptr, str_find(value, ',')};
		value = str_skip(value, name.len + 1);
		name = trim(name);
		if (name.len == 0 || is_called(name, "identity")) continue;
		if (coding->count == LIMIT_CODINGS) return fail(coding, fault_many);
		/* The last that was applied is the first to be undone. */
		memmove(coding->stages + 1, coding->stages, coding->count * sizeof *coding->stages);
		coding->stages[0] = (struct coding_stage){0};
		if (!kind_of(api, name, &coding->stages[0].kind)) {
			coding->count = 0;
			return fail(coding, fault_unknown);
		}
		coding->count++;
	}
	return true;
}

/* `deflate` is zlib's format, but servers also send what is inside of it alone; a byte tells which. */
static int window_of(enum coding_kind kind, char first)
{
	if (kind == CODING_GZIP) return WINDOW_GZIP;
	return (first & 0x0f) == Z_DEFLATED ? WINDOW : -WINDOW;
}

static bool open_decoder(struct coding *coding, struct coding_stage *stage, char first)
{
	stage->started = true;
	if (stage->kind == CODING_BROTLI) {
		stage->decoder = coding->api->brotli_new(NULL, NULL, NULL);
		return stage->decoder || fail(coding, fault_broken);
	}
	z_stream *zlib = mem_resize(NULL, 1, sizeof *zlib);
	memset(zlib, 0, sizeof *zlib);
	stage->decoder = zlib;
	int code = coding->api->inflate_init(zlib, window_of(stage->kind, first), ZLIB_VERSION, (int)sizeof *zlib);
	return code == Z_OK || fail(coding, fault_broken);
}

static bool push(struct coding *coding, uint32_t at, struct str bytes, struct strbuf *out);

/* A gzip file may be several, one behind the other (RFC 1952 section 2.2). */
static bool next_member(struct coding *coding, struct coding_stage *stage)
{
	if (stage->kind != CODING_GZIP) return fail(coding, fault_behind);
	stage->ended = false;
	return coding->api->inflate_reset(stage->decoder) == Z_OK || fail(coding, fault_broken);
}

static bool push_zlib(struct coding *coding, uint32_t at, struct str bytes, struct strbuf *out)
{
	struct coding_stage *stage = &coding->stages[at];
	z_stream *zlib = stage->decoder;
	char block[BLOCK_BYTES];
	zlib->next_in = (unsigned char *)bytes.ptr;
	zlib->avail_in = (unsigned)bytes.len;
	for (;;) {
		if (stage->ended && !next_member(coding, stage)) return false;
		zlib->next_out = (unsigned char *)block;
		zlib->avail_out = sizeof block;
		int code = coding->api->inflate(zlib, Z_NO_FLUSH);
		if (!push(coding, at + 1, (struct str){block, sizeof block - zlib->avail_out}, out)) return false;
		if (code == Z_BUF_ERROR) return true;
		if (code != Z_OK && code != Z_STREAM_END) return fail(coding, fault_broken);
		stage->ended = code == Z_STREAM_END;
		if (zlib->avail_in == 0 && (stage->ended || zlib->avail_out > 0)) return true;
	}
}

static bool push_brotli(struct coding *coding, uint32_t at, struct str bytes, struct strbuf *out)
{
	struct coding_stage *stage = &coding->stages[at];
	const uint8_t *next = (const uint8_t *)bytes.ptr;
	size_t left = bytes.len;
	char block[BLOCK_BYTES];
	while (!stage->ended) {
		size_t room = sizeof block;
		uint8_t *to = (uint8_t *)block;
		int code = coding->api->brotli_decode(stage->decoder, &left, &next, &room, &to, NULL);
		if (!push(coding, at + 1, (struct str){block, sizeof block - room}, out)) return false;
		if (code == BROTLI_ERROR) return fail(coding, fault_broken);
		if (code == BROTLI_NEEDS_INPUT) return true;
		stage->ended = code == BROTLI_SUCCESS;
	}
	return left == 0 || fail(coding, fault_behind);
}

static bool push(struct coding *coding, uint32_t at, struct str bytes, struct strbuf *out)
{
	if (bytes.len == 0) return true;
	if (at == coding->count) {
		strbuf_add(out, bytes);
		return !out->overflow;
	}
	struct coding_stage *stage = &coding->stages[at];
	if (!stage->started && !open_decoder(coding, stage, bytes.ptr[0])) return false;
	if (stage->kind == CODING_BROTLI) return push_brotli(coding, at, bytes, out);
	return push_zlib(coding, at, bytes, out);
}

bool coding_add(struct coding *coding, struct str bytes, struct strbuf *out)
{
	return !coding->fault && push(coding, 0, bytes, out);
}

bool coding_end(struct coding *coding)
{
	bool begun = coding->count > 0 && coding->stages[0].started;
	for (uint32_t i = 0; i < coding->count && begun && !coding->fault; i++)
		if (!coding->stages[i].ended) fail(coding, fault_cut);
	return !coding->fault;
}

void coding_release(struct coding *coding)
{
	for (uint32_t i = 0; i < coding->count; i++) {
		struct coding_stage *stage = &coding->stages[i];
		if (!stage->decoder) continue;
		if (stage->kind == CODING_BROTLI) {
			coding->api->brotli_free(stage->decoder);
		} else {
			coding->api->inflate_end(stage->decoder);
			free(stage->decoder);
		}
	}
	coding->count = 0;
}
