/* Fingerprints of findings. */
#include "report/fingerprint.h"

#include "base/limits.h"
#include "report/words.h"

struct digest fingerprint_of(const struct target_result *target, const struct ruleset *ruleset,
		const struct requirement *requirement, const struct finding *finding)
{
	struct strbuf text;
	bool itself = !finding->exchange && str_eq(finding->loc.file, target->path);
	strbuf_init(&text, LIMIT_DOCUMENT_BYTES);
	requirement_name(&text, ruleset, requirement);
	strbuf_add_char(&text, '\0');
	strbuf_add(&text, finding->check);
	strbuf_add_char(&text, '\0');
	if (!itself) strbuf_add(&text, finding->loc.file);
	strbuf_add_char(&text, '\0');
	strbuf_add(&text, finding->loc.pointer);
	struct digest digest = digest_of(strbuf_str(&text));
	strbuf_release(&text);
	return digest;
}
