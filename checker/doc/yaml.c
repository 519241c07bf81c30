/* SPDX-License-Identifier: EUPL-1.2 */
/* The YAML reader: libyaml's events of one document, handed to the builder of the tree. */
#include "doc/yaml.h"

#include <yaml.h>

#include "base/vec.h"
#include "doc/complaint.h"
#include "doc/yaml_build.h"
#include "doc/yaml_complaint.h"
#include "doc/yaml_fast.h"
#include "doc/yaml_strict.h"
#include "doc/yaml_surrogate.h"

struct reader {
	yaml_parser_t parser;
	struct yaml_builder build;
	struct yaml_stream *stream; /* NULL when one document is all that may be there */
	uint32_t documents;         /* that have ended */
	bool open_ended;            /* the last of them without '...' */
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

static bool start_document(struct reader *reader, const yaml_event_t *event)
{
	bool directive = event->data.document_start.version_directive ||
					 event->data.document_start.tag_directives.start != event->data.document_start.tag_directives.end;
	if (!reader->open_ended || !directive) return true;
	return complain(reader->build.doc, reader->build.err, places_end(&reader->build.places, event->start_mark.index),
			TEXT("'...' before a directive", "'...' voor een directief"), NO_HINT);
}

static void end_document(struct reader *reader, const yaml_event_t *event)
{
	if (reader->stream)
		*vec_push(reader->stream) = yaml_build_root(&reader->build);
	else if (reader->documents == 0)
		reader->build.doc->root = yaml_build_root(&reader->build);
	reader->documents++;
	reader->open_ended = event->data.document_end.implicit;
}

static bool is_empty(const yaml_event_t *event)
{
	return event->type == YAML_SCALAR_EVENT && event->start_mark.index == event->end_mark.index;
}

/* After the one document of a file nothing may follow but empty ones, which are left out. */
static bool take_event(struct reader *reader, const yaml_event_t *event)
{
	switch (event->type) {
	case YAML_STREAM_START_EVENT:
	case YAML_STREAM_END_EVENT:
		return true;
	case YAML_DOCUMENT_START_EVENT:
		return start_document(reader, event);
	case YAML_DOCUMENT_END_EVENT:
		end_document(reader, event);
		return true;
	default:
		if (reader->stream || reader->documents == 0) return yaml_build(&reader->build, event);
		return is_empty(event) || fail_second(reader, event);
	}
}

static bool read_events(struct reader *reader)
{
	for (bool ended = false; !ended;) {
		yaml_event_t event;
		if (!next_event(reader, &event)) return false;
		bool ok = take_event(reader, &event);
		ended = event.type == YAML_STREAM_END_EVENT;
		yaml_event_delete(&event);
		if (!ok) return false;
	}
	struct yaml_builder *build = &reader->build;
	return strict_gap(build->doc, build->gap, (uint32_t)build->doc->source->bytes.len, build->err);
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
	return read_events(reader);
}

static bool read_with_libyaml(struct doc *doc, size_t start, struct yaml_stream *stream, struct err *err)
{
	if (!yaml_check_directives(doc, start, err)) return false;
	struct str text = str_skip(doc->source->bytes, start);
	struct reader reader = {.build = {.doc = doc, .err = err}, .stream = stream};
	places_init(&reader.build.places, doc->source->bytes, (uint32_t)start);
	if (!yaml_parser_initialize(&reader.parser)) return fail_text(&reader, 0, TEXT("out of memory", "geheugen op"));
	bool ok = read_text(&reader, text);
	if (ok && !stream && reader.documents == 0)
		ok = fail_text(&reader, 0,
				TEXT("expected a document, found a file without content",
						"verwacht: een document, gevonden: een bestand zonder inhoud"));
	yaml_parser_delete(&reader.parser);
	yaml_build_release(&reader.build);
	return ok;
}

bool yaml_read_stream(struct doc *doc, struct yaml_stream *stream, struct err *err)
{
	size_t start;
	return check_encoding(doc, &start, err) && read_with_libyaml(doc, start, stream, err);
}

bool yaml_read_in_full(struct doc *doc, struct err *err)
{
	return yaml_read_stream(doc, NULL, err);
}

bool yaml_read(struct doc *doc, struct err *err)
{
	size_t start;
	if (!check_encoding(doc, &start, err)) return false;
	return yaml_fast_read(doc, start) || read_with_libyaml(doc, start, NULL, err);
}
