/* SPDX-License-Identifier: EUPL-1.2 */
/* Pre-flight. */
#include "rule/preflight.h"

#include "base/vec.h"
#include "rule/reference.h"

const char *const preflight_names[PREFLIGHT_COUNT] = {
		[PREFLIGHT_UNREADABLE] = "unreadable",
		[PREFLIGHT_NOT_WELL_FORMED] = "notWellFormed",
		[PREFLIGHT_NOT_OPENAPI] = "notOpenapi",
		[PREFLIGHT_UNSUPPORTED] = "unsupported",
		[PREFLIGHT_DUPLICATE_KEY] = "duplicateKey",
		[PREFLIGHT_NOT_JSON] = "notJson",
		[PREFLIGHT_DANGLING_REF] = "danglingRef",
		[PREFLIGHT_UNREADABLE_REF] = "unreadableRef",
		[PREFLIGHT_REF_RING] = "refRing",
		[PREFLIGHT_REMOTE_REF] = "remoteRef",
		[PREFLIGHT_MALFORMED_REF] = "malformedRef",
		[PREFLIGHT_REF_LIMIT] = "refLimit",
		[PREFLIGHT_KEY_NOT_STRING] = "keyNotString",
		[PREFLIGHT_LONE_SURROGATE] = "loneSurrogate",
		[PREFLIGHT_UNKNOWN_TAG] = "unknownTag",
		[PREFLIGHT_UNRECOGNIZED_FORMAT] = "unrecognizedFormat",
		[PREFLIGHT_NOTED] = "noted",
		[PREFLIGHT_WAIVER] = "waiver",
		[PREFLIGHT_DESCRIPTOR] = "descriptor",
		[PREFLIGHT_NO_DOCUMENT] = "noDocument",
		[PREFLIGHT_UNREACHABLE] = "unreachable",
		[PREFLIGHT_TLS] = "tls",
		[PREFLIGHT_CREDENTIALS] = "credentials",
		[PREFLIGHT_EVIDENCE] = "evidence",
		[PREFLIGHT_ARTEFACT] = "artefact",
		[PREFLIGHT_SCENARIO] = "scenario",
		[PREFLIGHT_OPTION] = "option",
		[PREFLIGHT_OFFICIAL] = "official",
		[PREFLIGHT_LIFE_CYCLE] = "lifeCycle",
		[PREFLIGHT_LEFTOVER] = "leftover",
};
const char *const level_names[LEVEL_COUNT] = {"blocking", "problem", "note"};

/* Grows by doubling inside the arena; the old pieces are freed with the target. */
void preflight_add(struct target_result *target, const struct preflight *preflight)
{
	uint32_t count = target->preflight_count;
	if ((count & (count - 1)) == 0) {
		struct preflight *more = arena_alloc(target->arena, (count ? 2 * (size_t)count : 1) * sizeof *more);
		if (count) memcpy(more, target->preflight, count * sizeof *more);
		target->preflight = more;
	}
	target->preflight[target->preflight_count++] = *preflight;
	target->blocked = target->blocked || preflight->level == LEVEL_BLOCKING;
}

static enum preflight_kind kind_of(const struct err *err)
{
	if (err->code == ERR_IO || err->loc.line == 0) return PREFLIGHT_UNREADABLE;
	return PREFLIGHT_NOT_WELL_FORMED;
}

void preflight_unreadable(struct target_result *target, const struct err *err)
{
	struct preflight preflight = {.kind = kind_of(err),
			.level = LEVEL_BLOCKING,
			.loc = err->loc,
			.message = text_copy(target->arena, err->message)};
	preflight.loc.file = str_copy(target->arena, err->loc.file);
	if (preflight.loc.file.len == 0) preflight.loc.file = target->path;
	preflight.loc.pointer = (struct str){0};
	if (preflight.kind == PREFLIGHT_NOT_WELL_FORMED && !str_eq(target->path, STR("-"))) {
		struct arena *scratch = arena_new();
		struct err again;
		err_init(&again, scratch);
		struct source *source = source_read(scratch, target->path.ptr, &again);
		if (source) {
			preflight.excerpt = excerpt_at(target->arena, source, err->loc.line, err->loc.column);
			target->documents = arena_alloc(target->arena, sizeof *target->documents);
			target->documents[target->document_count++] = (struct subject){
					target->path, digest_of(source->bytes), source->bytes.len};
		}
		arena_free(scratch);
	}
	preflight_add(target, &preflight);
}

bool preflight_kind(struct target_result *target, const struct doc *doc)
{
	const struct node *root = doc->root;
	const struct node *openapi = root->kind == NODE_OBJECT ? node_member(root, STR("openapi")) : NULL;
	const struct node *swagger = root->kind == NODE_OBJECT ? node_member(root, STR("swagger")) : NULL;
	const struct node *asyncapi = root->kind == NODE_OBJECT ? node_member(root, STR("asyncapi")) : NULL;
	const struct node *version = openapi ? openapi : swagger ? swagger : asyncapi;
	target->kind = openapi ? STR("openapi") : swagger ? STR("swagger") : asyncapi ? STR("asyncapi") : STR("other");
	if (version && (version->kind == NODE_STRING || version->kind == NODE_NUMBER))
		target->kind_version = str_copy(target->arena, node_text(version));
	bool incomplete = root->kind == NODE_OBJECT && node_member(root, STR("info")) && node_member(root, STR("paths"));
	return openapi || swagger || incomplete;
}

static void add_remark(
		struct target_result *target, const struct doc *doc, struct str path, const struct diagnostic *diagnostic)
{
	static const struct {
		enum preflight_kind kind;
		enum preflight_level level;
	} of_remark[] = {
			[DIAGNOSTIC_DUPLICATE_KEY] = {PREFLIGHT_DUPLICATE_KEY, LEVEL_BLOCKING},
			[DIAGNOSTIC_KEY_NOT_STRING] = {PREFLIGHT_KEY_NOT_STRING, LEVEL_NOTE},
			[DIAGNOSTIC_LONE_SURROGATE] = {PREFLIGHT_LONE_SURROGATE, LEVEL_NOTE},
			[DIAGNOSTIC_UNKNOWN_TAG] = {PREFLIGHT_UNKNOWN_TAG, LEVEL_NOTE},
			[DIAGNOSTIC_NOT_JSON] = {PREFLIGHT_NOT_JSON, LEVEL_BLOCKING},
			[DIAGNOSTIC_XML_VERSION] = {PREFLIGHT_NOTED, LEVEL_NOTE},
	};
	struct preflight preflight = {.kind = of_remark[diagnostic->kind].kind,
			.level = of_remark[diagnostic->kind].level,
			.loc = source_loc(doc->source, diagnostic->start),
			.message = text_copy(target->arena, diagnostic_text(target->arena, doc, diagnostic)),
			.excerpt = excerpt_of(target->arena, doc->source, diagnostic->start, diagnostic->end)};
	preflight.loc.file = path;
	preflight_add(target, &preflight);
}

static void add_remarks(struct target_result *target, const struct doc *doc, struct str path)
{
	for (uint32_t i = 0; i < doc->diagnostic_count; i++)
		add_remark(target, doc, path, &doc->diagnostics[i]);
	if (!doc->diagnostics_cut) return;
	struct preflight cut = {.kind = PREFLIGHT_NOTED,
			.level = doc->duplicates_cut ? LEVEL_BLOCKING : LEVEL_NOTE,
			.loc = {.file = path},
			.message = text_printf(target->arena,
					"there are more than %u remarks on this document; the rest is left out",
					"er zijn meer dan %u opmerkingen over dit document; de rest is weggelaten", doc->diagnostic_count)};
	preflight_add(target, &cut);
}

void preflight_remarks_of(struct target_result *target, const struct doc *doc, uint32_t number)
{
	add_remarks(target, doc, target->documents[number].path);
}

void preflight_remarks(struct target_result *target, const struct refs *refs, uint32_t first)
{
	for (uint32_t i = 0; i < refs->doc_count; i++)
		add_remarks(target, refs->docs[i], target->documents[first + i].path);
}

static void add_reference(struct target_result *target, const struct ref_problem *problem)
{
	static const enum preflight_kind of_problem[] = {
			[REF_DANGLING] = PREFLIGHT_DANGLING_REF,
			[REF_UNREADABLE] = PREFLIGHT_UNREADABLE_REF,
			[REF_RING] = PREFLIGHT_REF_RING,
			[REF_REMOTE] = PREFLIGHT_REMOTE_REF,
			[REF_MALFORMED] = PREFLIGHT_MALFORMED_REF,
			[REF_LIMIT] = PREFLIGHT_REF_LIMIT,
	};
	const struct node *ref = node_member(problem->node, STR("$ref"));
	const struct node *at = ref ? ref : problem->node;
	struct preflight preflight = {.kind = of_problem[problem->kind],
			.level = LEVEL_PROBLEM,
			.loc = source_loc(problem->doc->source, at->start),
			.message = text_copy(target->arena, problem->message),
			.excerpt = excerpt_of(target->arena, problem->doc->source, at->start, at->end)};
	preflight.loc.file = str_copy(target->arena, preflight.loc.file);
	preflight.loc.pointer = str_copy(target->arena, problem->pointer);
	preflight_add(target, &preflight);
}

void preflight_references(struct target_result *target, const struct refs *refs, bool faults)
{
	for (uint32_t i = 0; i < refs->problem_count; i++)
		if (faults || !reference_is_fault(refs->problems[i].kind)) add_reference(target, &refs->problems[i]);
}
