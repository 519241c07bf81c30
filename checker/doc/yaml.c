/* The YAML reader: not there yet. */
#include "doc/yaml.h"

bool yaml_read(struct doc *doc, struct err *err)
{
	return err_set(err, ERR_SYNTAX, source_loc(doc->source, 0), "YAML %s", "YAML %s", "");
}
