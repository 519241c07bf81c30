/* Parameters in the styles of OpenAPI 3 (sections "Style Values" and "Style Examples"), after RFC 6570. */
#include <ctype.h>

#include "base/limits.h"
#include "engine/arazzo_state.h"

void url_encode(struct strbuf *out, struct str text, bool reserved)
{
	static const char hex[] = "0123456789ABCDEF";
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.ptr[i];
		bool escape = reserved && c == '%' && i + 2 < text.len && isxdigit((unsigned char)text.ptr[i + 1]) &&
					  isxdigit((unsigned char)text.ptr[i + 2]);
		if ((c < 0x80 && isalnum(c)) || (c && strchr("-._~", c)) || escape ||
				(reserved && c && strchr(":/?#[]@!$&'()*+,;=", c))) {
			strbuf_add_char(out, (char)c);
			continue;
		}
		strbuf_add_char(out, '%');
		strbuf_add_char(out, hex[c >> 4]);
		strbuf_add_char(out, hex[c & 15]);
	}
}

enum style { STYLE_SIMPLE, STYLE_FORM, STYLE_LABEL, STYLE_MATRIX, STYLE_SPACE, STYLE_PIPE, STYLE_DEEP };

struct printer {
	struct strbuf *out;
	struct str name;
	enum style style;
	bool explode, reserved, encode;
};

static void add_text(const struct printer *printer, struct str text)
{
	if (printer->encode)
		url_encode(printer->out, text, printer->reserved);
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
	static const char *const joined[] = {",", ",", ",", ",", "%20", "%7C", "&"};
	static const char *const exploded[] = {",", "&", ".", ";", "&", "&", "&"};
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
		strbuf_add(printer->out, printer->explode                ? STR("=")
								 : printer->style == STYLE_SPACE ? STR("%20")
								 : printer->style == STYLE_PIPE  ? STR("%7C")
																 : STR(","));
		add_value(printer, &object->children[i]);
	}
}

static enum style style_of(const struct api *api, const struct parameter *parameter)
{
	static const char *const names[] = {
			"simple", "form", "label", "matrix", "spaceDelimited", "pipeDelimited", "deepObject"};
	const struct node *style = parameter->declared ? view_member(&api->view, parameter->declared, STR("style")) : NULL;
	bool path = parameter->in == IN_PATH, query = parameter->in == IN_QUERY;
	for (int i = 0; style && i < 7; i++) {
		if (style->kind != NODE_STRING || !str_eq(node_text(style), str_of(names[i]))) continue;
		bool fits = i == STYLE_SIMPLE ? path || parameter->in == IN_HEADER
					: i == STYLE_FORM ? query || parameter->in == IN_COOKIE
					: i < STYLE_SPACE ? path
									  : query;
		if (fits) return (enum style)i;
	}
	return query || parameter->in == IN_COOKIE ? STYLE_FORM : STYLE_SIMPLE;
}

static bool flag(const struct api *api, const struct node *declared, struct str name, bool otherwise)
{
	const struct node *value = declared ? view_member(&api->view, declared, name) : NULL;
	return value && (value->kind == NODE_TRUE || value->kind == NODE_FALSE) ? value->kind == NODE_TRUE : otherwise;
}

/* A parameter with `content` is one text: JSON, unless it is a text already. */
static void print_content(const struct printer *printer, const struct node *value)
{
	if (printer->style == STYLE_FORM) add_name(printer);
	add_value(printer, value);
}

void style_print(struct strbuf *out, const struct api *api, const struct parameter *parameter, const struct node *value)
{
	struct printer printer = {.out = out, .name = parameter->name, .style = style_of(api, parameter)};
	printer.explode = flag(api, parameter->declared, STR("explode"), printer.style == STYLE_FORM);
	printer.reserved = parameter->in == IN_QUERY && flag(api, parameter->declared, STR("allowReserved"), false);
	printer.encode = parameter->in != IN_HEADER;
	if (parameter->declared && view_member(&api->view, parameter->declared, STR("content"))) {
		print_content(&printer, value);
	} else if (value->kind == NODE_ARRAY) {
		print_list(&printer, value);
	} else if (value->kind == NODE_OBJECT && printer.style == STYLE_DEEP) {
		print_deep(&printer, value);
	} else if (value->kind == NODE_OBJECT) {
		print_object(&printer, value);
	} else {
		start(&printer);
		add_name(&printer);
		add_value(&printer, value);
	}
}
