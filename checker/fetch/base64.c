/* SPDX-License-Identifier: EUPL-1.2 */
/* Base64: three bytes are four digits. */
#include "fetch/base64.h"

static const char alphabets[][65] = {
		[BASE64] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/",
		[BASE64_URL] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_",
};

void base64_encode(struct strbuf *buf, struct str bytes, enum base64_alphabet alphabet)
{
	const char *digits = alphabets[alphabet];
	for (size_t at = 0; at < bytes.len; at += 3) {
		size_t count = bytes.len - at < 3 ? bytes.len - at : 3;
		uint32_t group = (uint32_t)(unsigned char)bytes.ptr[at] << 16;
		if (count > 1) group |= (uint32_t)(unsigned char)bytes.ptr[at + 1] << 8;
		if (count > 2) group |= (unsigned char)bytes.ptr[at + 2];
		char out[4] = {digits[group >> 18], digits[group >> 12 & 63], '=', '='};
		if (count > 1) out[2] = digits[group >> 6 & 63];
		if (count > 2) out[3] = digits[group & 63];
		strbuf_add(buf, (struct str){out, alphabet == BASE64 ? 4 : count + 1});
	}
}

struct str base64_text(struct arena *arena, struct str bytes, enum base64_alphabet alphabet)
{
	struct strbuf text;
	strbuf_init(&text, bytes.len / 3 * 4 + 4);
	base64_encode(&text, bytes, alphabet);
	return strbuf_take(&text, arena);
}

/* 0 to 63, or -1. */
static int digit_value(char c)
{
	if (c >= 'A' && c <= 'Z') return c - 'A';
	if (c >= 'a' && c <= 'z') return c - 'a' + 26;
	if (c >= '0' && c <= '9') return c - '0' + 52;
	if (c == '+' || c == '-') return 62;
	return c == '/' || c == '_' ? 63 : -1;
}

bool base64_is_digit(char c)
{
	return digit_value(c) >= 0;
}

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* Nothing but padding and white space. */
static bool is_rest(struct str text)
{
	for (size_t i = 0; i < text.len; i++)
		if (text.ptr[i] != '=' && !is_space(text.ptr[i])) return false;
	return true;
}

bool base64_decode(struct strbuf *buf, struct str text)
{
	uint32_t group = 0;
	int count = 0;
	for (size_t i = 0; i < text.len; i++) {
		int value = digit_value(text.ptr[i]);
		if (value < 0 && is_space(text.ptr[i])) continue;
		if (value < 0) {
			if (!is_rest(str_skip(text, i))) return false;
			break;
		}
		group = group << 6 | (uint32_t)value;
		if (++count < 4) continue;
		char out[3] = {(char)(group >> 16), (char)(group >> 8), (char)group};
		strbuf_add(buf, (struct str){out, 3});
		group = 0;
		count = 0;
	}
	if (count == 1) return false;
	if (count > 1) {
		group <<= 6 * (4 - count);
		char out[2] = {(char)(group >> 16), (char)(group >> 8)};
		strbuf_add(buf, (struct str){out, (size_t)count - 1});
	}
	return true;
}
