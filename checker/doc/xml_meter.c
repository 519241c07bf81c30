/* SPDX-License-Identifier: EUPL-1.2 */
/* What libxml2 allocates with: malloc() that counts, in threads that evaluate an XPath. */
#include "doc/xml_meter.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"

static _Thread_local struct xml_meter *running;

void xml_meter_start(struct xml_meter *meter, xmlXPathContext *context, uint64_t nodes)
{
	*meter = (struct xml_meter){.context = context, .nodes = nodes};
	running = meter;
}

void xml_meter_stop(void)
{
	running = NULL;
}

bool xml_meter_spend(uint64_t cost)
{
	if (!running) return true;
	if (cost < LIMIT_XPATH_COST && (running->spent += cost) < LIMIT_XPATH_COST) return true;
	running->spent = LIMIT_XPATH_COST;
	running->context->opCount = running->context->opLimit;
	return false;
}

/* Making a text walks over as many nodes as there are, and comparing it may take its length for each of them. */
static void count(size_t size)
{
	if (running) (void)xml_meter_spend(running->nodes * (3 + size / 32) + 8 * (uint64_t)size);
}

void *xml_meter_malloc(size_t size)
{
	count(size);
	return malloc(size);
}

void *xml_meter_realloc(void *memory, size_t size)
{
	count(size);
	return realloc(memory, size);
}

char *xml_meter_strdup(const char *text)
{
	size_t size = strlen(text) + 1;
	char *copy = xml_meter_malloc(size);
	if (copy) memcpy(copy, text, size);
	return copy;
}
