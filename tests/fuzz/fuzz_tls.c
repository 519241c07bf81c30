/* SPDX-License-Identifier: EUPL-1.2 */
/* Whatever a server says to a ClientHello is read within its bytes, and cut short never says more than whole. */
#include "fetch/tls_hello.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *exact = malloc(size + (size == 0));
	if (!exact) return 0;
	if (size) memcpy(exact, data, size);
	struct tls_reply whole = tls_reply_read((struct str){exact, size});
	struct tls_reply half = tls_reply_read((struct str){exact, size / 2});
	if (half.kind != TLS_REPLY_MORE && half.kind != whole.kind) abort();
	if (whole.kind == TLS_REPLY_HELLO) (void)tls_suite_name(whole.suite);
	free(exact);
	return 0;
}
