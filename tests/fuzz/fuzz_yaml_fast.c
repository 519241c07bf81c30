/* SPDX-License-Identifier: EUPL-1.2 */
/* Any bytes as YAML, by the short cut and by libyaml: what the short cut takes, libyaml takes, and reads the same. */
#include <stdlib.h>

#include "../support/twins.h"
#include "doc/complaint.h"
#include "doc/yaml.h"
#include "doc/yaml_fast.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool truth)
{
	if (!truth) abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = arena_new();
	struct err err;
	err_init(&err, arena);
	struct str bytes = {arena_copy(arena, data, size), size};
	struct source *source = source_of(arena, STR("fuzz.yaml"), bytes);
	struct doc fast = {.arena = arena, .source = source}, full = fast;
	size_t start;
	if (check_encoding(&fast, &start, &err)) {
		if (yaml_fast_read(&fast, start)) {
			require(yaml_read_in_full(&full, &err));
			require(twins_equal(&fast, &full));
		} else {
			require(!fast.root && fast.diagnostic_count == 0 && !fast.diagnostics_cut && !fast.duplicates_cut);
		}
	}
	arena_free(arena);
	return 0;
}
