/* SPDX-License-Identifier: EUPL-1.2 */
/* The problems that libyaml names, each with what to do about it. */
#include "doc/yaml_complaint.h"

#include "doc/complaint.h"

struct known {
	const char *problem; /* how libyaml's text starts */
	struct text expected, hint;
};

#define BOTH(en, nl)                                                                                                   \
	{                                                                                                                  \
		{                                                                                                              \
			{en, sizeof(en) - 1},                                                                                      \
			{                                                                                                          \
				nl, sizeof(nl) - 1                                                                                     \
			}                                                                                                          \
		}                                                                                                              \
	}
#define NONE                                                                                                           \
	{                                                                                                                  \
		{                                                                                                              \
			{"", 0},                                                                                                   \
			{                                                                                                          \
				"", 0                                                                                                  \
			}                                                                                                          \
		}                                                                                                              \
	}

static const struct known table[] = {
		{"mapping values are not allowed", BOTH("no ':' here", "hier geen ':'"),
				BOTH("put text that holds \": \" between quotes, and check the indentation",
						"zet tekst met \": \" erin tussen aanhalingstekens, en controleer het inspringen")},
		{"block sequence entries are not allowed", BOTH("no '-' here", "hier geen '-'"),
				BOTH("a list starts on a line of its own; check the indentation",
						"een lijst begint op een eigen regel; controleer het inspringen")},
		{"mapping keys are not allowed", BOTH("no '?' here", "hier geen '?'"),
				BOTH("put text that starts with '?' between quotes",
						"zet tekst die met '?' begint tussen aanhalingstekens")},
		{"could not find expected ':'", BOTH("':' after a key", "':' na een sleutel"),
				BOTH("check the lines before it: a quote that is not closed, an indentation that is off, or a key of more than 1024 characters",
						"controleer de regels ervoor: een aanhalingsteken dat niet gesloten is, onjuist inspringen, of een sleutel van meer dan 1024 tekens")},
		{"found character that cannot start any token", BOTH("a key or a value", "een sleutel of een waarde"),
				BOTH("indent with spaces, never tabs; put text that starts with @, `, % or another sign between quotes",
						"spring in met spaties, nooit met tabs; zet tekst die met @, `, % of een ander teken begint tussen "
						"aanhalingstekens")},
		{"found unexpected document indicator",
				BOTH("the end of a quoted text", "het einde van een tekst tussen aanhalingstekens"),
				BOTH("close the quote before '---' or '...'", "sluit het aanhalingsteken voor '---' of '...'")},
		{"found unexpected end of stream", BOTH("the closing quote", "het sluitende aanhalingsteken"), NONE},
		{"found unknown escape character", BOTH("an escape that YAML knows after \\", "een escape die YAML kent na \\"),
				BOTH("write \\\\ for a backslash, or use single quotes",
						"schrijf \\\\ voor een backslash, of gebruik enkele aanhalingstekens")},
		{"did not find expected hexdecimal number", BOTH("hexadecimal digits", "hexadecimale cijfers"), NONE},
		{"found invalid Unicode character escape code", BOTH("the code of a character", "de code van een teken"),
				BOTH("an escape must be at most \\U0010FFFF", "een escape is ten hoogste \\U0010FFFF")},
		{"found a tab character", BOTH("spaces for indentation", "spaties om in te springen"),
				BOTH("replace the tab by spaces", "vervang de tab door spaties")},
		{"found an indentation indicator equal to 0",
				BOTH("an indentation of 1 to 9", "een inspringing van 1 tot en met 9"), NONE},
		{"did not find expected comment or line break",
				BOTH("a comment or the end of the line", "commentaar of het einde van de regel"), NONE},
		{"did not find expected alphabetic or numeric",
				BOTH("the name of an anchor, of letters and digits", "de naam van een anker, van letters en cijfers"),
				BOTH("put text that starts with & or * between quotes",
						"zet tekst die met & of * begint tussen aanhalingstekens")},
		{"did not find expected whitespace",
				BOTH("a space or the end of the line", "een spatie of het einde van de regel"), NONE},
		{"did not find expected ',' or ']'", BOTH("',' or ']'", "',' of ']'"), NONE},
		{"did not find expected ',' or '}'", BOTH("',' or '}'", "',' of '}'"), NONE},
		{"did not find expected <document start>", BOTH("the end of the document", "het einde van het document"),
				BOTH("check the indentation, and brackets and quotes that close too early",
						"controleer het inspringen, en haakjes en aanhalingstekens die te vroeg sluiten")},
		{"did not find expected '-' indicator",
				BOTH("'-' for the next item of the list", "'-' voor het volgende item van de lijst"),
				BOTH("check the indentation", "controleer het inspringen")},
		{"did not find expected key",
				BOTH("a key that is aligned with those above it", "een sleutel die gelijk staat met die erboven"),
				BOTH("check the indentation, and quotes that close too early",
						"controleer het inspringen, en aanhalingstekens die te vroeg sluiten")},
		{"did not find expected node content", BOTH("a value", "een waarde"), NONE},
		{"found undefined tag handle", BOTH("a tag that is declared", "een gedeclareerde tag"),
				BOTH("put text that starts with '!' between quotes",
						"zet tekst die met '!' begint tussen aanhalingstekens")},
		{"found incompatible YAML document", BOTH("YAML 1.1 or 1.2", "YAML 1.1 of 1.2"), NONE},
		{"control characters are not allowed", BOTH("text", "tekst"),
				BOTH("remove the control character, or write it as an escape between double quotes",
						"verwijder het besturingsteken, of schrijf het als escape tussen dubbele aanhalingstekens")},
};

static const struct known *known_problem(struct str problem)
{
	for (size_t i = 0; i < sizeof table / sizeof *table; i++)
		if (str_starts(problem, str_of(table[i].problem))) return &table[i];
	return NULL;
}

bool complain_yaml(struct doc *doc, const yaml_parser_t *parser, size_t offset, struct err *err)
{
	const char *problem = parser->problem ? parser->problem : "no YAML";
	const struct known *known = known_problem(str_of(problem));
	if (known) return complain(doc, err, offset, known->expected, known->hint);
	struct text expected = TEXT("YAML", "YAML");
	struct text hint = text_printf(err->arena, "libyaml says: %s", "libyaml zegt: %s", problem);
	return complain(doc, err, offset, expected, hint);
}
