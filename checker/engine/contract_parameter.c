/* SPDX-License-Identifier: EUPL-1.2 */
/* Parameters of requests. */
#include "base/limits.h"
#include "engine/contract_media.h"
#include "engine/contract_shape.h"

static const char *const places[] = {"path", "query", "querystring", "header", "cookie", "form"};

/* Which variable of a template a name is, from 0; UINT32_MAX: none. */
static uint32_t variable_number(struct str path, struct str name)
{
	uint32_t number = 0;
	for (size_t i = 0; i < path.len; i++) {
		if (path.ptr[i] != '{') continue;
		struct str rest = str_skip(path, i + 1);
		struct str variable = {rest.ptr, str_find(rest, '}')};
		if (str_eq(variable, name)) return number;
		number++;
	}
	return UINT32_MAX;
}

static bool is_same(const struct openapi_parameter *a, const struct openapi_parameter *b,
		const struct openapi_operation *of_a, const struct openapi_operation *of_b)
{
	if (a->in != b->in) return false;
	if (a->in == IN_PATH)
		return variable_number(of_a->path, a->name) == variable_number(of_b->path, b->name) && a->name.len &&
			   b->name.len;
	if (a->in == IN_HEADER)
		return a->name.len == b->name.len &&
			   (a->name.len == 0 || strncasecmp(a->name.ptr, b->name.ptr, a->name.len) == 0);
	return a->in == IN_QUERYSTRING || str_eq(a->name, b->name);
}

static const struct openapi_parameter *counterpart(const struct openapi_parameter *parameter,
		const struct openapi_operation *own, const struct openapi_operation *other)
{
	for (uint32_t i = 0; i < other->parameter_count; i++)
		if (is_same(parameter, &other->parameters[i], own, other)) return &other->parameters[i];
	return NULL;
}

/* Headers that are described elsewhere, as OpenAPI has it. */
static bool is_ignored(const struct openapi_parameter *parameter)
{
	static const char *const names[] = {"accept", "content-type", "authorization"};
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		if (parameter->in == IN_HEADER && parameter->name.len == strlen(names[i]) &&
				strncasecmp(parameter->name.ptr, names[i], parameter->name.len) == 0)
			return true;
	return false;
}

static void report(struct comparer *comparer, enum contract_topic topic, enum contract_grade grade,
		const struct target *official, const struct target *vendor, struct str name, struct text message,
		struct text expected, struct str found)
{
	struct difference difference = {.topic = topic,
			.grade = grade,
			.official = spot_at(comparer, official),
			.vendor = spot_at(comparer, vendor),
			.name = name,
			.message = message,
			.expected = expected,
			.found = found};
	contract_report(comparer, NULL, &difference);
}

static void report_missing(
		struct comparer *comparer, const struct openapi_parameter *parameter, const struct openapi_operation *vendor)
{
	struct arena *arena = comparer->arena;
	const char *in = places[parameter->in];
	bool optional = (parameter->in == IN_HEADER || parameter->in == IN_COOKIE) && !parameter->required;
	struct str key = str_printf(arena, "%s %.*s", in, STR_FMT(parameter->name));
	report(comparer, optional ? TOPIC_OPTIONAL : TOPIC_PARAMETER, optional ? CONTRACT_TOLERATED : CONTRACT_BREAKING,
			&parameter->at, &vendor->at, key,
			text_printf(arena, "parameter \"%.*s\" (%s) of the contract is missing",
					"parameter \"%.*s\" (%s) van het contract ontbreekt", STR_FMT(parameter->name), in),
			text_printf(
					arena, "a parameter \"%.*s\" in %s", "een parameter \"%.*s\" in %s", STR_FMT(parameter->name), in),
			STR(""));
}

static void report_extra(
		struct comparer *comparer, const struct openapi_operation *official, const struct openapi_parameter *parameter)
{
	struct arena *arena = comparer->arena;
	const char *in = places[parameter->in];
	struct str key = str_printf(arena, "%s %.*s", in, STR_FMT(parameter->name));
	report(comparer, TOPIC_PARAMETER, parameter->required ? CONTRACT_BREAKING : CONTRACT_EXTENSION, &official->at,
			&parameter->at, key,
			parameter->required
					? text_printf(arena, "parameter \"%.*s\" (%s) is required, and not in the contract",
							  "parameter \"%.*s\" (%s) is verplicht, en staat niet in het contract",
							  STR_FMT(parameter->name), in)
					: text_printf(arena, "parameter \"%.*s\" (%s) is not in the contract",
							  "parameter \"%.*s\" (%s) staat niet in het contract", STR_FMT(parameter->name), in),
			TEXT("", ""), STR(""));
}

static void compare_required(
		struct comparer *comparer, const struct openapi_parameter *official, const struct openapi_parameter *vendor)
{
	if (official->required == vendor->required || official->in == IN_PATH) return;
	report(comparer, TOPIC_PARAMETER, vendor->required ? CONTRACT_BREAKING : CONTRACT_TOLERATED, &official->at,
			&vendor->at, STR("required"),
			vendor->required ? TEXT("is required, which a client may leave out by the contract",
									   "is verplicht, terwijl een client die volgens het contract mag weglaten")
							 : TEXT("may be left out, which the contract requires of a client",
									   "mag ontbreken, terwijl het contract die van een client verlangt"),
			vendor->required ? TEXT("not required", "niet verplicht")
							 : TEXT("required: true", "verplicht (required: true)"),
			STR(""));
}

/* May the value be anything but one text or number? */
static bool is_compound(struct comparer *comparer, const struct openapi *openapi, const struct target *schema)
{
	if (!schema->node) return false;
	const struct spot *root = spot_at(comparer, schema);
	const struct shape *shape = shape_of(comparer, openapi, &root, 1, SHAPE_ANY);
	return (shape_types(comparer, shape) & (SHAPE_ARRAY | SHAPE_OBJECT)) != 0;
}

static struct str style_text(struct arena *arena, const struct openapi_parameter *parameter)
{
	static const char *const styles[] = {
			"simple", "label", "matrix", "form", "spaceDelimited", "pipeDelimited", "deepObject", "cookie", "tsv"};
	if (parameter->media) return str_printf(arena, "content %.*s", STR_FMT(parameter->media->name));
	return str_printf(arena, "style %s, explode %s", styles[parameter->style], parameter->explode ? "true" : "false");
}

/* How the value is written: of a lone text or number only the prefixes of `label` and `matrix` show. */
static bool is_written_alike(
		struct comparer *comparer, const struct openapi_parameter *official, const struct openapi_parameter *vendor)
{
	if (!official->media != !vendor->media) return false;
	if (official->media) return str_eq(official->media->type, vendor->media->type);
	bool prefixed = official->style == STYLE_LABEL || official->style == STYLE_MATRIX || vendor->style == STYLE_LABEL ||
					vendor->style == STYLE_MATRIX;
	if (official->style != vendor->style && prefixed) return false;
	if (official->style == vendor->style && official->explode == vendor->explode) return true;
	return !is_compound(comparer, comparer->official, &official->schema) ||
		   !is_compound(comparer, comparer->vendor, &vendor->schema);
}

static void compare_one(
		struct comparer *comparer, const struct openapi_parameter *official, const struct openapi_parameter *vendor)
{
	struct arena *arena = comparer->arena;
	comparer->context.part = text_printf(arena, "parameter \"%.*s\" in %s", "parameter \"%.*s\" (%s)",
			STR_FMT(official->name), places[official->in]);
	comparer->context.topic = TOPIC_PARAMETER;
	if (official->broken || vendor->broken) {
		contract_undecided(comparer, TOPIC_PARAMETER, NULL,
				spot_at(comparer, official->broken ? &official->at : &vendor->at),
				TEXT("a reference leads nowhere, so that it is not known what the parameter is",
						"een verwijzing leidt nergens heen, zodat niet bekend is wat de parameter is"));
		return;
	}
	compare_required(comparer, official, vendor);
	if (!is_written_alike(comparer, official, vendor)) {
		struct str expected = style_text(arena, official);
		report(comparer, TOPIC_PARAMETER, CONTRACT_BREAKING, &official->at, &vendor->at, STR("style"),
				TEXT("the value is written in another way than in the contract",
						"de waarde wordt anders geschreven dan in het contract"),
				(struct text){{expected, expected}}, style_text(arena, vendor));
	}
	struct described mine = contract_described(official), other = contract_described(vendor);
	bool listed = is_compound(comparer, comparer->official, mine.schema),
		 lists = is_compound(comparer, comparer->vendor, other.schema);
	if (listed != lists) mine.joined = other.joined = listed ? mine.joined : other.joined;
	if (other.schema->node) contract_compare_schemas(comparer, FLOW_REQUEST, &mine, &other);
}

/* Is there one of which not even the name is known? */
static bool has_broken(const struct openapi_operation *operation)
{
	bool broken = operation->broken;
	for (uint32_t i = 0; i < operation->parameter_count; i++)
		broken |= operation->parameters[i].broken;
	return broken;
}

void contract_compare_parameters(
		struct comparer *comparer, const struct openapi_operation *official, const struct openapi_operation *vendor)
{
	if (!contract_step(comparer, 1 + (uint64_t)official->parameter_count * vendor->parameter_count)) return;
	for (uint32_t i = 0; i < official->parameter_count; i++) {
		const struct openapi_parameter *parameter = &official->parameters[i];
		if (is_ignored(parameter) || counterpart(parameter, official, official) != parameter) continue;
		const struct openapi_parameter *other = counterpart(parameter, official, vendor);
		comparer->context.part = (struct text){{STR(""), STR("")}};
		if (other)
			compare_one(comparer, parameter, other);
		else if (!has_broken(vendor))
			report_missing(comparer, parameter, vendor);
		else
			contract_undecided(comparer, TOPIC_PARAMETER, NULL, spot_at(comparer, &vendor->at),
					TEXT("a parameter of the contract was not seen, and one of the parameters cannot be read",
							"een parameter van het contract is niet gezien, en een van de parameters is niet te lezen"));
	}
	comparer->context.part = (struct text){{STR(""), STR("")}};
	for (uint32_t i = 0; i < vendor->parameter_count; i++) {
		const struct openapi_parameter *parameter = &vendor->parameters[i];
		if (is_ignored(parameter) || parameter->broken || counterpart(parameter, vendor, official)) continue;
		report_extra(comparer, official, parameter);
	}
}
