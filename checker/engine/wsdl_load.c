/* SPDX-License-Identifier: EUPL-1.2 */
/* Documents of a WSDL: the main one, and what wsdl:import brings from its folder. */
#include "engine/wsdl_load.h"

#include <stdlib.h>

#include "base/limits.h"
#include "doc/uri_path.h"
#include "engine/wsdl_private.h"
#include "engine/wsdl_read.h"

struct loading {
	struct wsdl_reader *reader;
	struct str folder; /* real path; empty: nothing may be read */
	struct strmap seen;
	size_t bytes; /* of imports so far */
	struct {
		const struct doc **items;
		size_t count, capacity;
	} docs;
};

bool wsdl_is_document(const struct doc *doc)
{
	return doc->format == DOC_XML && wsdl_is(doc->xml->root, WSDL_SPACE, "definitions");
}

static struct str real_path(struct arena *arena, struct str path)
{
	char *real = realpath(str_copy(arena, path).ptr, NULL);
	struct str copy = real ? str_copy(arena, str_of(real)) : (struct str){NULL, 0};
	free(real);
	return copy;
}

static bool is_below(struct str path, struct str folder)
{
	if (str_eq(folder, STR("/"))) return true;
	return folder.len && path.len > folder.len && str_starts(path, folder) && path.ptr[folder.len] == '/';
}

/* Where imports may lie, as a real path; empty: nowhere. */
static struct str folder_for(struct arena *arena, const struct doc *main, const char *folder)
{
	if (folder && !*folder) return STR("");
	struct str real = real_path(arena, folder ? str_of(folder) : STR("."));
	struct str file = real_path(arena, main->source->name);
	if (folder || (file.ptr && is_below(file, real))) return real.ptr ? real : STR("");
	struct str base = path_base(file.ptr ? file : STR(""));
	return file.len > base.len + 1 ? (struct str){file.ptr, file.len - base.len - 1} : STR("");
}

static void close_doc(void *doc)
{
	doc_close(doc);
}

static void add_doc(struct loading *loading, const struct doc *doc)
{
	*vec_push(&loading->docs) = doc;
}

/* Opens what an import names; NULL and `why`. */
static const struct doc *open_import(struct loading *loading, struct str path, struct err *err)
{
	struct arena *arena = loading->reader->arena;
	if (loading->docs.count >= LIMIT_WSDL_DOCUMENTS || loading->bytes > LIMIT_XML_DOCUMENT_BYTES) {
		err_set(err, ERR_LIMIT, (struct loc){0}, "a WSDL of more than %d documents or %d bytes is not read further",
				"een WSDL van meer dan %d documenten of %d bytes wordt niet verder gelezen", LIMIT_WSDL_DOCUMENTS,
				LIMIT_XML_DOCUMENT_BYTES);
		return NULL;
	}
	struct doc *doc = doc_open_any(path.ptr, err);
	if (!doc) return NULL;
	arena_on_free(arena, close_doc, doc);
	loading->bytes += doc->source->bytes.len;
	if (wsdl_is_document(doc)) return doc;
	err_set(err, ERR_SYNTAX, (struct loc){0}, "expected a WSDL 1.1 document, found another one: %.*s",
			"verwacht werd een WSDL 1.1-document, gevonden een ander document: %.*s", STR_FMT(path_base(path)));
	return NULL;
}

/* Of an error: what it says, and where. */
static struct text telling(struct arena *arena, struct str location, const struct err *err)
{
	struct text message;
	for (int lang = 0; lang < LANG_COUNT; lang++)
		message.in[lang] = str_printf(arena,
				lang == LANG_NL ? "het geïmporteerde %.*s is niet gelezen: %.*s"
								: "the imported %.*s was not read: %.*s",
				STR_FMT(location), STR_FMT(err->message.in[lang]));
	return message;
}

static void refuse(struct loading *loading, const xmlNode *import, struct str location)
{
	struct arena *arena = loading->reader->arena;
	wsdl_remark(loading->reader, wsdl_here(loading->reader, import), true,
			text_printf(arena,
					"the import of %.*s is not followed: it lies outside the folder of the WSDL (%.*s) or on the network; "
					"start keur in the folder that holds all of it",
					"de import van %.*s wordt niet gevolgd: het ligt buiten de map van de WSDL (%.*s) of op het netwerk; "
					"start keur in de map waar alles onder ligt",
					STR_FMT(location), STR_FMT(loading->folder.len ? loading->folder : STR("-"))));
}

static void follow(struct loading *loading, const xmlNode *import)
{
	struct wsdl_reader *reader = loading->reader;
	struct arena *arena = reader->arena;
	struct str path, location = wsdl_attribute(arena, import, NULL, "location");
	struct err err;
	if (!location.len) {
		wsdl_remark(reader, wsdl_here(reader, import), true,
				TEXT("the import names no location, so that it cannot be followed",
						"de import noemt geen location, en is dus niet te volgen"));
		return;
	}
	err_init(&err, arena);
	enum uri_place place = uri_to_path(location, reader->doc->source->name, arena, &path);
	struct str real = place == URI_FILE && loading->folder.len ? real_path(arena, path) : (struct str){NULL, 0};
	if (place != URI_FILE || !loading->folder.len || (real.ptr && !is_below(real, loading->folder))) {
		refuse(loading, import, location);
		return;
	}
	if (!real.ptr) {
		err_set(&err, ERR_IO, (struct loc){0}, "there is no such file%s", "dat bestand is er niet%s", "");
	} else {
		if (!strmap_put(&loading->seen, real, 0)) return;
		const struct doc *doc = open_import(loading, path, &err);
		if (doc) {
			add_doc(loading, doc);
			return;
		}
	}
	wsdl_remark(reader, wsdl_here(reader, import), true, telling(arena, location, &err));
}

/* In the order in which imports are met; a ring ends at a document that is there already. */
static void load_all(struct loading *loading, const struct doc *main)
{
	struct wsdl_reader *reader = loading->reader;
	struct str real = real_path(reader->arena, main->source->name);
	if (real.ptr) strmap_put(&loading->seen, real, 0);
	add_doc(loading, main);
	for (size_t i = 0; i < loading->docs.count; i++) {
		reader->doc = loading->docs.items[i];
		const xmlNode *child = wsdl_definitions(reader->doc)->children;
		for (child = wsdl_find(child, WSDL_SPACE, "import"); child;
				child = wsdl_find(child->next, WSDL_SPACE, "import"))
			follow(loading, child);
	}
}

struct wsdl *wsdl_new(struct arena *arena, const struct doc *main, const char *folder, struct err *err)
{
	if (!wsdl_is_document(main)) {
		err_set(err, ERR_SYNTAX, source_loc(main->source, main->xml ? xml_offset(main, main->xml->root) : 0),
				"expected WSDL 1.1, a document with the element definitions of %s; WSDL 2.0 is not read",
				"verwacht werd WSDL 1.1, een document met het element definitions van %s; WSDL 2.0 wordt niet gelezen",
				WSDL_SPACE);
		return NULL;
	}
	struct wsdl *wsdl = arena_zalloc(arena, sizeof *wsdl);
	struct wsdl_reader reader = {.wsdl = wsdl, .arena = arena};
	struct loading loading = {.reader = &reader, .folder = folder_for(arena, main, folder)};
	wsdl->arena = arena;
	wsdl->whole = true;
	load_all(&loading, main);
	wsdl->doc_count = (uint32_t)loading.docs.count;
	wsdl->docs = arena_alloc(arena, loading.docs.count * sizeof *wsdl->docs);
	memcpy(wsdl->docs, loading.docs.items, loading.docs.count * sizeof *wsdl->docs);
	vec_release(&loading.docs);
	strmap_release(&loading.seen);
	wsdl_read(&reader);
	return wsdl;
}

struct wsdl *wsdl_open(struct arena *arena, const char *path, const char *folder, struct err *err)
{
	struct doc *doc = doc_open_any(path, err);
	if (!doc) return NULL;
	arena_on_free(arena, close_doc, doc);
	if (doc->format == DOC_XML) return wsdl_new(arena, doc, folder, err);
	err_set(err, ERR_SYNTAX, (struct loc){.file = str_of(path)}, "expected WSDL 1.1, found no XML%s",
			"verwacht werd WSDL 1.1, gevonden geen XML%s", "");
	return NULL;
}
