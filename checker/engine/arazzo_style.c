/* SPDX-License-Identifier: EUPL-1.2 */
/* Parameters in the styles of OpenAPI 3 (sections "Style Values" and "Style Examples"), after RFC 6570. */
#include <ctype.h>

#include "base/limits.h"
#include "doc/uri.h"
#include "engine/arazzo_play.h"

struct printer {
	struct strbuf *out;
	struct str name;
	enum openapi_style style;
	bool explode, reserved, encode;
};

static void add_text(const struct printer *printer, struct str text)
{
	if (printer->encode)
		uri_encode(printer->out, text, printer->reserved);
	else
		strbuf_add(printer->out, text);
}

static void add_value(const struct printer *printer, const struct node *value)
{
	struct strbuf text;
	strbuf_init(&text, LIMIT_SCENARIO_VALUE_BYTES);
	node_print_text(&text, value);
	add_text(printer, strbuf_str(&text));
	printer->out->overflow |= text.overflow;
	strbuf_release(&text);
}

/* What stands before the first value, and between values that are not exploded. */
static void start(const struct printer *printer)
{
	if (printer->style == STYLE_LABEL) strbuf_add_char(printer->out, '.');
	if (printer->style == STYLE_MATRIX) strbuf_add_char(printer->out, ';');
}

static void separate(const struct printer *printer)
{
	static const char *const joined[] = {",", ",", ",", ",", "%20", "%7C", "&", ",", "%09"};
	static const char *const exploded[] = {",", ".", ";", "&", "&", "&", "&", "; ", "&"};
	strbuf_add(printer->out, str_of(printer->explode ? exploded[printer->style] : joined[printer->style]));
}

/* Does each value carry the name? */
static bool is_named(const struct printer *printer)
{
	return printer->style != STYLE_SIMPLE && printer->style != STYLE_LABEL;
}

static void add_name(const struct printer *printer)
{
	if (!is_named(printer)) return;
	add_text(printer, printer->name);
	strbuf_add_char(printer->out, '=');
}

static void print_list(const struct printer *printer, const struct node *list)
{
	start(printer);
	if (!printer->explode || list->len == 0) add_name(printer);
	for (uint32_t i = 0; i < list->len; i++) {
		if (i > 0) separate(printer);
		if (printer->explode) add_name(printer);
		add_value(printer, &list->children[i]);
	}
}

static void print_deep(const struct printer *printer, const struct node *object)
{
	for (uint32_t i = 0; i < object->len; i++) {
		if (i > 0) strbuf_add_char(printer->out, '&');
		add_text(printer, printer->name);
		strbuf_add(printer->out, STR("%5B"));
		add_text(printer, node_key(&object->children[i]));
		strbuf_add(printer->out, STR("%5D="));
		add_value(printer, &object->children[i]);
	}
}

static void print_object(const struct printer *printer, const struct node *object)
{
	start(printer);
	if (!printer->explode) add_name(printer);
	for (uint32_t i = 0; i < object->len; i++) {
		if (i > 0) separate(printer);
		add_text(printer, node_key(&object->children[i]));
		strbuf_add(printer->out, printer->explode                 ? STR("=")
								 : printer->style == STYLE_SPACES ? STR("%20")
								 : printer->style == STYLE_PIPES  ? STR("%7C")
																  : STR(","));
		add_value(printer, &object->children[i]);
	}
}

/* A parameter with `content` is one text: JSON, unless it is a text already. */
static void print_content(const struct printer *printer, const struct node *value)
{
	add_name(printer);
	add_value(printer, value);
}

void style_print(struct strbuf *out, const struct parameter *parameter, const struct node *value)
{
	const struct openapi_parameter *declared = parameter->declared;
	bool form = parameter->in == IN_QUERY || parameter->in == IN_COOKIE;
	struct printer printer = {.out = out,
			.name = parameter->name,
			.style = declared ? declared->style
					 : form   ? STYLE_FORM
							  : STYLE_SIMPLE,
			.explode = declared ? declared->explode : form,
			.reserved = declared && declared->allow_reserved,
			.encode = parameter->in != IN_HEADER && !(declared && declared->style == STYLE_COOKIE)};
	if (declared && declared->media) {
		print_content(&printer, value);
	} else if (value->kind == NODE_ARRAY) {
		print_list(&printer, value);
	} else if (value->kind == NODE_OBJECT && printer.style == STYLE_DEEP_OBJECT) {
		print_deep(&printer, value);
	} else if (value->kind == NODE_OBJECT) {
		print_object(&printer, value);
	} else {
		start(&printer);
		add_name(&printer);
		add_value(&printer, value);
	}
}
