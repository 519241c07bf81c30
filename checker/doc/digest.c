/* SPDX-License-Identifier: EUPL-1.2 */
/* SHA-256 by nettle, which uses the processor's own instructions where it has them. */
#include "doc/digest.h"

#include <nettle/sha2.h>

struct digest digest_of_two(struct str first, struct str second)
{
	static const char digits[] = "0123456789abcdef";
	struct sha256_ctx context;
	uint8_t bytes[SHA256_DIGEST_SIZE];
	sha256_init(&context);
	if (first.len) sha256_update(&context, first.len, (const uint8_t *)first.ptr);
	if (second.len) sha256_update(&context, second.len, (const uint8_t *)second.ptr);
	sha256_digest(&context, sizeof bytes, bytes);
	struct digest digest;
	for (size_t i = 0; i < sizeof bytes; i++) {
		digest.hex[2 * i] = digits[bytes[i] >> 4];
		digest.hex[2 * i + 1] = digits[bytes[i] & 15];
	}
	digest.hex[2 * sizeof bytes] = '\0';
	return digest;
}

struct digest digest_of(struct str bytes)
{
	return digest_of_two(bytes, (struct str){"", 0});
}
