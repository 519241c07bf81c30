/* The YAML reader: libyaml's events of one document, handed to the builder of the tree. */
#include "doc/yaml.h"

#include <yaml.h>

#include "doc/complaint.h"
#include "doc/yaml_build.h"
#include "doc/yaml_complaint.h"
#include "doc/yaml_strict.h"
#include "doc/yaml_surrogate.h"

struct reader {
	yaml_parser_t parser;
	struct yaml_builder build;
};

static bool fail_text(struct reader *reader, uint32_t at, struct text message)
{
	return complain_text(reader->build.doc, reader->build.err, ERR_SYNTAX, at, message);
}

static bool next_event(struct reader *reader, yaml_event_t *event)
{
	if (yaml_parser_parse(&reader->parser, event)) return true;
	const yaml_parser_t *parser = &reader->parser;
	uint32_t at = parser->error == YAML_READER_ERROR ? places_byte(&reader->build.places, parser->problem_offset)
													 : places_end(&reader->build.places, parser->problem_mark.index);
	return complain_yaml(reader->build.doc, parser, at, reader->build.err);
}

static bool fail_second(struct reader *reader, const yaml_event_t *event)
{
	return fail_text(reader, places_end(&reader->build.places, event->start_mark.index),
			TEXT("expected one document, found a second one; put each in a file of its own",
					"verwacht: één document, gevonden: een tweede; zet elk in een eigen bestand"));
}

/* After the document nothing may follow but an empty one. */
static bool read_rest(struct reader *reader, bool implicit_end)
{
	if (!strict_gap(reader->build.doc, reader->build.gap, (uint32_t)reader->build.doc->source->bytes.len,
				reader->build.err))
		return false;
	for (bool ended = false; !ended;) {
		yaml_event_t event;
		if (!next_event(reader, &event)) return false;
		bool empty = event.type == YAML_STREAM_END_EVENT || event.type == YAML_DOCUMENT_START_EVENT ||
					 event.type == YAML_DOCUMENT_END_EVENT ||
					 (event.type == YAML_SCALAR_EVENT && event.start_mark.index == event.end_mark.index);
		bool directive = event.type == YAML_DOCUMENT_START_EVENT && implicit_end &&
						 (event.data.document_start.version_directive ||
								 event.data.document_start.tag_directives.start !=
										 event.data.document_start.tag_directives.end);
		if (directive)
			complain(reader->build.doc, reader->build.err, places_end(&reader->build.places, event.start_mark.index),
					TEXT("'...' before a directive", "'...' voor een directief"), NO_HINT);
		empty = empty && !directive;
		if (!empty) fail_second(reader, &event);
		ended = event.type == YAML_STREAM_END_EVENT;
		if (event.type == YAML_DOCUMENT_END_EVENT) implicit_end = event.data.document_end.implicit;
		yaml_event_delete(&event);
		if (!empty) return false;
	}
	return true;
}

static bool read_document(struct reader *reader)
{
	for (;;) {
		yaml_event_t event;
		if (!next_event(reader, &event)) return false;
		bool ok = yaml_build(&reader->build, &event);
		yaml_event_type_t type = event.type;
		bool implicit = type == YAML_DOCUMENT_END_EVENT && event.data.document_end.implicit;
		yaml_event_delete(&event);
		if (!ok) return false;
		if (type == YAML_DOCUMENT_END_EVENT) return read_rest(reader, implicit);
		if (type == YAML_STREAM_END_EVENT)
			return fail_text(reader, 0,
					TEXT("expected a document, found a file without content",
							"verwacht: een document, gevonden: een bestand zonder inhoud"));
	}
}

/* A last line of spaces alone is a line to YAML; libyaml wants to see it end. */
static struct str end_last_line(struct reader *reader, struct str text)
{
	size_t at = text.len;
	while (at > 0 && text.ptr[at - 1] == ' ')
		at--;
	if (at == text.len || (at > 0 && text.ptr[at - 1] != '\n' && text.ptr[at - 1] != '\r')) return text;
	char *copy = arena_copy(reader->build.doc->arena, text.ptr, text.len + 1);
	copy[text.len] = '\n';
	return (struct str){copy, text.len + 1};
}

static bool read_text(struct reader *reader, struct str text)
{
	struct str patched = text;
	switch (surrogates_patch(text, reader->build.doc->arena, &patched)) {
	case SURROGATES_CLASH:
		return fail_text(reader, 0,
				TEXT("the document mixes escapes of surrogate pairs (\\ud83d\\ude00) with characters of U+E800 to U+EFFF; write "
					 "the pairs as the characters themselves",
						"het document mengt escapes van surrogaatparen (\\ud83d\\ude00) met tekens van U+E800 tot en met U+EFFF; "
						"schrijf de paren als de tekens zelf"));
	case SURROGATES_PATCHED:
		reader->build.patched = true;
		break;
	case SURROGATES_NONE:
		break;
	}
	patched = end_last_line(reader, patched);
	yaml_parser_set_encoding(&reader->parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&reader->parser, (const unsigned char *)patched.ptr, patched.len);
	return read_document(reader);
}

bool yaml_read(struct doc *doc, struct err *err)
{
	size_t start;
	if (!check_encoding(doc, &start, err) || !yaml_check_directives(doc, start, err)) return false;
	struct str text = str_skip(doc->source->bytes, start);
	struct reader reader = {.build = {.doc = doc, .err = err}};
	places_init(&reader.build.places, doc->source->bytes, (uint32_t)start);
	if (!yaml_parser_initialize(&reader.parser)) return fail_text(&reader, 0, TEXT("out of memory", "geheugen op"));
	bool ok = read_text(&reader, text);
	if (ok) doc->root = yaml_build_root(&reader.build);
	yaml_parser_delete(&reader.parser);
	yaml_build_release(&reader.build);
	return ok;
}
