/* SPDX-License-Identifier: EUPL-1.2 */
/* Fingerprints of findings. */
#include "report/fingerprint.h"

#include "base/limits.h"
#include "report/words.h"

/* "GET https://host/v1/zaken" below the endpoint https://host/v1 is GET of /zaken, wherever the service runs. */
static void add_exchange(struct strbuf *text, struct str endpoint, struct str said)
{
	size_t blank = str_find(said, ' ');
	struct str url = str_skip(said, blank + 1);
	strbuf_add(text, (struct str){said.ptr, blank});
	strbuf_add_char(text, ' ');
	bool below = endpoint.len && str_starts(url, endpoint);
	strbuf_add(text, below ? str_skip(url, endpoint.len) : url);
}

struct digest fingerprint_of(const struct target_result *target, const struct standard_result *standard,
		const struct requirement *requirement, const struct finding *finding)
{
	struct strbuf text;
	strbuf_init(&text, LIMIT_DOCUMENT_BYTES);
	requirement_name(&text, standard->ruleset, requirement);
	strbuf_add_char(&text, '\0');
	strbuf_add(&text, finding->check);
	strbuf_add_char(&text, '\0');
	if (finding->exchange)
		add_exchange(&text, standard->endpoint, finding->loc.file);
	else if (!str_eq(finding->loc.file, target->path))
		strbuf_add(&text, finding->loc.file);
	strbuf_add_char(&text, '\0');
	strbuf_add(&text, finding->loc.pointer);
	struct digest digest = digest_of(strbuf_str(&text));
	strbuf_release(&text);
	return digest;
}
