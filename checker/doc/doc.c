/* Opening and closing documents; remarks. */
#include "doc/doc.h"

#include "base/limits.h"
#include "doc/json.h"
#include "doc/yaml.h"

enum { FIRST_DIAGNOSTICS = 16 };

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* JSON by its first character, or by its name. */
static bool looks_like_json(const struct source *source)
{
	struct str bytes = source->bytes;
	size_t at = str_starts(bytes, STR("\xEF\xBB\xBF")) ? 3 : 0;
	while (at < bytes.len && is_space(bytes.ptr[at]))
		at++;
	if (at < bytes.len && (bytes.ptr[at] == '{' || bytes.ptr[at] == '[')) return true;
	return str_ends(source->name, STR(".json"));
}

static void forget(struct doc *doc)
{
	doc->root = NULL;
	doc->diagnostic_count = 0;
	doc->diagnostics_cut = false;
}

/* What fails as JSON may be YAML; when it is neither, the JSON reader's words are the ones that help. */
static bool read_json_or_yaml(struct doc *doc, struct err *err)
{
	struct err json_err, yaml_err;
	err_init(&json_err, doc->arena);
	err_init(&yaml_err, doc->arena);
	doc->format = DOC_JSON;
	if (json_read(doc, &json_err)) return true;
	forget(doc);
	doc->format = DOC_YAML;
	if (json_err.code == ERR_SYNTAX && yaml_read(doc, &yaml_err)) return true;
	const struct err *told = json_err.code == ERR_SYNTAX && yaml_err.code == ERR_LIMIT ? &yaml_err : &json_err;
	err_set(err, told->code, told->loc, "%.0s%s", "%.0s%s", "", "");
	for (int lang = 0; lang < LANG_COUNT; lang++)
		err->message.in[lang] = str_copy(err->arena, told->message.in[lang]);
	return false;
}

/* A JSON text that holds one scalar is read as JSON only under a .json name: as YAML it could be anything. */
static bool read_tree(struct doc *doc, struct err *err)
{
	if (looks_like_json(doc->source)) return read_json_or_yaml(doc, err);
	doc->format = DOC_YAML;
	return yaml_read(doc, err);
}

static struct doc *doc_over(struct arena *arena, struct source *source, struct err *err)
{
	struct doc *doc = arena_zalloc(arena, sizeof *doc);
	doc->arena = arena;
	doc->source = source;
	if (source && read_tree(doc, err)) return doc;
	arena_free(arena);
	return NULL;
}

struct doc *doc_open(const char *path, struct err *err)
{
	struct arena *arena = arena_new();
	return doc_over(arena, source_read(arena, path, err), err);
}

struct doc *doc_of(struct str name, struct str bytes, struct err *err)
{
	if (bytes.len > LIMIT_DOCUMENT_BYTES) {
		err_set(err, ERR_LIMIT, (struct loc){.file = name},
				"larger than %d MiB, the most that keur reads of one document; split it",
				"groter dan %d MiB, het meeste dat keur van één document leest; splits het",
				LIMIT_DOCUMENT_BYTES >> 20);
		return NULL;
	}
	struct arena *arena = arena_new();
	struct source *source = source_of(arena, str_copy(arena, name), str_copy(arena, bytes));
	return doc_over(arena, source, err);
}

void doc_close(struct doc *doc)
{
	if (doc) arena_free(doc->arena);
}

static bool is_power_of_two(uint32_t n)
{
	return (n & (n - 1)) == 0;
}

void doc_remark(struct doc *doc, struct diagnostic diagnostic)
{
	if (doc->diagnostic_count == LIMIT_DIAGNOSTICS) {
		doc->diagnostics_cut = true;
		return;
	}
	uint32_t count = doc->diagnostic_count;
	if (!doc->diagnostics || (count >= FIRST_DIAGNOSTICS && is_power_of_two(count))) {
		uint32_t capacity = count < FIRST_DIAGNOSTICS ? FIRST_DIAGNOSTICS : count * 2;
		struct diagnostic *larger = arena_alloc(doc->arena, capacity * sizeof *larger);
		if (count) memcpy(larger, doc->diagnostics, count * sizeof *larger);
		doc->diagnostics = larger;
	}
	doc->diagnostics[doc->diagnostic_count++] = diagnostic;
}

void doc_remark_duplicate(struct doc *doc, const struct node *first, const struct node *second)
{
	doc_remark(doc, (struct diagnostic){
							.kind = DIAGNOSTIC_DUPLICATE_KEY,
							.start = second->key_start,
							.end = second->key_start + second->key_len,
							.what = node_key(second),
							.other = first->key_start,
					});
}

static int by_place(const void *left, const void *right)
{
	const struct diagnostic *a = left, *b = right;
	return (a->start > b->start) - (a->start < b->start);
}

struct text diagnostic_text(struct arena *arena, const struct doc *doc, const struct diagnostic *diagnostic)
{
	struct str what = diagnostic->what;
	switch (diagnostic->kind) {
	case DIAGNOSTIC_DUPLICATE_KEY:
		return text_printf(arena, "duplicate key \"%.*s\", also on line %u; only the last one counts",
				"dubbele sleutel \"%.*s\", ook op regel %u; alleen de laatste telt", STR_FMT(what),
				(unsigned)source_locate(doc->source, diagnostic->other).line);
	case DIAGNOSTIC_KEY_NOT_STRING:
		return text_printf(arena, "key %.*s is no string; write it between quotes: \"%.*s\"",
				"sleutel %.*s is geen tekst; zet hem tussen aanhalingstekens: \"%.*s\"", STR_FMT(what), STR_FMT(what));
	case DIAGNOSTIC_LONE_SURROGATE:
		break;
	}
	return text_printf(arena, "%.*s is half a surrogate pair and no character; it reads as U+FFFD",
			"%.*s is een half surrogaatpaar en geen teken; het wordt gelezen als U+FFFD", STR_FMT(what));
}
