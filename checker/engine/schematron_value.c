/* SPDX-License-Identifier: EUPL-1.2 */
/* Values at run time: variables, keys, messages, documents. */
#include <stdlib.h>

#include "base/limits.h"
#include "engine/schematron_run.h"

static size_t size_of(const xmlXPathObject *value)
{
	if (value->type == XPATH_STRING) return value->stringval ? strlen((const char *)value->stringval) : 0;
	return value->type == XPATH_NODESET && value->nodesetval ? (size_t)value->nodesetval->nodeNr * sizeof(void *) : 0;
}

void run_let(struct schematron_run *run, uint32_t let, const xmlNode *node)
{
	const struct schematron_let *variable = &run->schema->lets[let];
	xmlXPathObject **value = &run->scene.variables[let];
	enum kit_result why;
	if (*value) {
		run->value_bytes -= size_of(*value);
		run->xml->object_free(*value);
	}
	if (variable->kind != LET_WRITTEN)
		*value = run_given(run, variable);
	else
		*value = variable->expr == SCHEMATRON_NONE ? run->api->new_set((xmlNode *)variable->content)
												   : kit_value(run->kit, variable->expr, node, &why);
	if (!*value) return;
	run->value_bytes += size_of(*value);
	if (run->value_bytes <= (size_t)4 * LIMIT_SCHEMATRON_VALUE_BYTES) return;
	run->value_bytes -= size_of(*value);
	run->xml->object_free(*value);
	*value = NULL;
}

static void add_entry(struct node_keys *keys, struct arena *arena, uint32_t key, struct str value, const xmlNode *node)
{
	uint32_t *found = strmap_get(&keys->maps[key], value);
	uint32_t number = (uint32_t)keys->entries.count;
	*vec_push(&keys->entries) = (struct node_entry){node, found ? *found + 1 : 0};
	if (found)
		*found = number;
	else
		strmap_put(&keys->maps[key], str_copy(arena, value), number);
}

static bool add_values(struct schematron_run *run, uint32_t number, const xmlNode *node)
{
	const struct schematron_key *key = &run->schema->keys[number];
	struct node_keys *keys = &run->document->keys;
	enum kit_result why;
	if (key->use == SCHEMATRON_NONE) {
		struct text text = run_message(run, run->arena, &key->content, node);
		add_entry(keys, run->arena, number, text.in[LANG_EN], node);
		return true;
	}
	xmlXPathObject *value = kit_value(run->kit, key->use, node, &why);
	if (!value) return false;
	struct strbuf buf;
	strbuf_init(&buf, LIMIT_SCHEMATRON_VALUE_BYTES);
	if (value->type == XPATH_NODESET) {
		for (int i = 0; value->nodesetval && i < value->nodesetval->nodeNr; i++) {
			strbuf_clear(&buf);
			add_entry(keys, run->arena, number, xml_value(value->nodesetval->nodeTab[i], &buf), node);
		}
	} else {
		set_text(value, &buf);
		add_entry(keys, run->arena, number, strbuf_str(&buf), node);
	}
	strbuf_release(&buf);
	run->xml->object_free(value);
	return true;
}

void run_keys(struct schematron_run *run)
{
	struct run_document *document = run->document;
	for (uint32_t i = 0; i < run->schema->key_count; i++) {
		enum kit_result why;
		run->epoch++;
		run->fired.count = 0;
		bool ok = run_match(run, &run->schema->keys[i].match, 0, &why);
		for (size_t j = 0; j < run->fired.count && ok; j++) {
			run->scene.current = run->fired.items[j].node;
			ok = add_values(run, i, run->fired.items[j].node);
		}
		if (!ok) document->keys.failed = true;
	}
	run->fired.count = 0;
	run->scene.keys = &document->keys;
}

/* Adds text with white space made one space. */
static void add_normal(struct strbuf *out, struct str text)
{
	for (size_t i = 0; i < text.len && !out->overflow; i++) {
		bool space = memchr(" \t\r\n", text.ptr[i], 4) != NULL;
		if (!space)
			strbuf_add_char(out, text.ptr[i]);
		else if (out->len && out->ptr[out->len - 1] != ' ')
			strbuf_add_char(out, ' ');
	}
}

/* name() of the context node, or the value of an expression. */
static void add_piece(
		struct schematron_run *run, const struct schematron_piece *piece, const xmlNode *node, struct strbuf *out)
{
	struct strbuf text;
	enum kit_result why;
	strbuf_init(&text, LIMIT_MESSAGE_BYTES);
	if (piece->kind == PIECE_TEXT) {
		strbuf_add(&text, piece->text);
	} else if (piece->expr == SCHEMATRON_NONE) {
		bool named = node->type == XML_ELEMENT_NODE || node->type == XML_ATTRIBUTE_NODE;
		if (named && node->ns && node->ns->prefix) strbuf_printf(&text, "%s:", (const char *)node->ns->prefix);
		if (named || node->type == XML_PI_NODE) strbuf_add(&text, str_of((const char *)node->name));
	} else {
		xmlXPathObject *value = kit_value(run->kit, piece->expr, node, &why);
		if (value) set_text(value, &text);
		if (text.overflow || !value) strbuf_add(out, STR("…"));
		if (value) run->xml->object_free(value);
	}
	add_normal(out, strbuf_str(&text));
	strbuf_release(&text);
}

struct text run_message(
		struct schematron_run *run, struct arena *arena, const struct schematron_message *message, const xmlNode *node)
{
	struct text text;
	struct strbuf out[LANG_COUNT];
	for (int lang = 0; lang < LANG_COUNT; lang++)
		strbuf_init(&out[lang], LIMIT_MESSAGE_BYTES);
	for (uint32_t i = 0; i < message->count; i++) {
		struct strbuf piece;
		strbuf_init(&piece, LIMIT_MESSAGE_BYTES);
		strbuf_add_char(&piece, '|'); /* so that a space in front is kept */
		add_piece(run, &message->pieces[i], node, &piece);
		struct str added = str_skip(strbuf_str(&piece), 1);
		for (int lang = 0; lang < LANG_COUNT; lang++) {
			if (!(message->pieces[i].langs & 1u << lang)) continue;
			bool again = !out[lang].len || out[lang].ptr[out[lang].len - 1] == ' ';
			strbuf_add(&out[lang], again && added.len && added.ptr[0] == ' ' ? str_skip(added, 1) : added);
		}
		strbuf_release(&piece);
	}
	for (int lang = 0; lang < LANG_COUNT; lang++) {
		while (out[lang].len && out[lang].ptr[out[lang].len - 1] == ' ')
			out[lang].len--;
		text.in[lang] = strbuf_take(&out[lang], arena);
	}
	return text;
}

void run_open(struct schematron_run *run, struct run_document *document, const struct doc *doc)
{
	*document = (struct run_document){.doc = doc};
	index_build(&document->index, run->schema, doc->xml->doc);
	document->fixed = mem_resize(NULL, run->schema->expr_count + 1, sizeof *document->fixed);
	for (uint32_t i = 0; i < run->schema->expr_count; i++)
		document->fixed[i] = (enum kit_result)(KIT_FAILED + 1);
	size_t size = (run->schema->key_count + 1) * sizeof *document->keys.maps;
	document->keys.maps = mem_resize(NULL, size, 1);
	memset(document->keys.maps, 0, size);
	document->keys.doc = doc->xml->doc;
	run->document = document;
	run->scene.limit = LIMIT_XPATH_STEPS + (uint64_t)8 * (document->index.count + run->list_nodes);
	uint64_t ceiling = LIMIT_SCHEMATRON_WORK_LEAST + (uint64_t)LIMIT_SCHEMATRON_WORK_NODE * document->index.count;
	if (ceiling > LIMIT_SCHEMATRON_WORK) ceiling = LIMIT_SCHEMATRON_WORK;
	if (ceiling > run->scene.ceiling) run->scene.ceiling = ceiling;
	run->scene.current = (const xmlNode *)doc->xml->doc;
	run->scene.keys = NULL;
	run_keys(run);
	run->scene.current = (const xmlNode *)doc->xml->doc;
}

void run_close(struct schematron_run *run, struct run_document *document)
{
	for (uint32_t i = 0; i < run->schema->key_count; i++)
		strmap_release(&document->keys.maps[i]);
	free(document->keys.maps);
	vec_release(&document->keys.entries);
	free(document->fixed);
	index_release(&document->index);
}
