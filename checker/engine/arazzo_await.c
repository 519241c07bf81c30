/* SPDX-License-Identifier: EUPL-1.2 */
/* Steps that wait for a request of the service: compiled, and played. */
#include "base/limits.h"
#include "engine/arazzo_compile.h"
#include "engine/arazzo_play.h"

enum { TIMEOUT_MS = 5000, LEAST_MS = 100, MOST_QUERY = 100 };

struct text counterpart_lacking(void)
{
	return TEXT("takes a counterpart that the service can ask, and the service descriptor gives none (`counterpart`)",
			"vraagt een tegenpartij die de dienst kan aanroepen, en de service-descriptor geeft er geen (`counterpart`)");
}

static bool timeout_read(struct loading *loading, const struct node *node, uint32_t *out)
{
	*out = TIMEOUT_MS;
	if (!node) return true;
	double milliseconds = node_double(node);
	*out = (uint32_t)(milliseconds >= LEAST_MS && milliseconds <= LIMIT_AWAIT_MS ? milliseconds : 0);
	return *out || expected_error(loading, node,
						   text_printf(loading->arena, "%d to %d milliseconds", "%d tot en met %d milliseconden",
								   LEAST_MS, LIMIT_AWAIT_MS));
}

/* What belongs to asking has no meaning in waiting. */
static bool members_check(struct loading *loading, bool absent)
{
	static const char *const asking[] = {
			"requestBody", "parameters", "timeout", "x-keur-failure", "x-keur-keep-redirect"};
	const struct node *criteria = node_member(loading->step->node, STR("successCriteria"));
	for (size_t i = 0; i < sizeof asking / sizeof *asking; i++) {
		const struct node *member = node_member(loading->step->node, str_of(asking[i]));
		if (member)
			return KEY_ERROR(loading, member, "\"%s\" has no meaning beside x-keur-await; remove it",
					"\"%s\" heeft geen betekenis naast x-keur-await; verwijder het", asking[i]);
	}
	if (absent && criteria)
		return KEY_ERROR(loading, criteria, "what must not come has no \"%s\"; use \"match\" to say what it is",
				"wat niet mag komen heeft geen \"%s\"; zeg met \"match\" wat het is", "successCriteria");
	return true;
}

bool await_request(struct loading *loading, const struct node *at)
{
	struct await_call *call = arena_zalloc(loading->arena, sizeof *call);
	const struct node *method, *path, *absent;
	loading->step->kind = STEP_AWAIT;
	loading->step->await = call;
	loading->workflow->asks_counterpart = true;
	if (!shape_check(loading, at, SHAPE_AWAIT)) return false;
	method = node_member(at, STR("method"));
	path = node_member(at, STR("path"));
	absent = node_member(at, STR("absent"));
	call->method = node_text(method);
	call->absent = absent && absent->kind == NODE_TRUE;
	if (!request_is_method(call->method))
		return expected_error(loading, method, TEXT("an HTTP method, \"POST\"", "een HTTP-methode, \"POST\""));
	if (!str_starts(node_text(path), STR("/")) && !str_starts(node_text(path), STR("{$")))
		return expected_error(loading, path, TEXT("a path, \"/callback\"", "een pad, \"/callback\""));
	return request_text(loading, path, &call->path) &&
		   timeout_read(loading, node_member(at, STR("timeout")), &call->timeout_ms) &&
		   criteria_compile(loading, node_member(at, STR("match")), NO_RULE, &call->match, &call->match_count) &&
		   members_check(loading, call->absent);
}

/* Deeper than workflows may call each other nothing is played either. */
static bool mark(struct arazzo_workflow *workflow, bool *seen, int depth)
{
	if (seen[workflow->number] || depth > LIMIT_SCENARIO_NESTING) return workflow->asks_counterpart;
	seen[workflow->number] = true;
	for (uint32_t i = 0; i < workflow->step_count; i++) {
		const struct arazzo_step *step = &workflow->steps[i];
		struct arazzo_workflow *called = (struct arazzo_workflow *)step->workflow;
		if (step->kind == STEP_WORKFLOW && called && mark(called, seen, depth + 1)) workflow->asks_counterpart = true;
	}
	return workflow->asks_counterpart;
}

void counterparts_mark(struct loading *loading)
{
	bool *seen = arena_zalloc(loading->arena, loading->workflow_total + 1);
	for (size_t p = 0; p < loading->parts.count; p++)
		for (uint32_t i = 0; i < loading->parts.items[p]->workflow_count; i++) {
			struct arazzo_workflow *workflow = &loading->parts.items[p]->workflows[i];
			if (mark(workflow, seen, 0) || workflow->may_ask_counterpart) loading->scenario->asks_counterpart = true;
		}
}

/* Parameters of the query as they came, for $request.query. */
static void read_query(struct play *play, struct attempt *attempt)
{
	struct str url = attempt->exchange->request.url, rest = str_skip(url, str_find(url, '?') + 1);
	attempt->sent = arena_alloc(play->arena, MOST_QUERY * sizeof *attempt->sent);
	while (rest.len && attempt->sent_count < MOST_QUERY) {
		struct str pair = {rest.ptr, str_find(rest, '&')};
		size_t equals = str_find(pair, '=');
		attempt->sent[attempt->sent_count++] = (struct sent){.name = {pair.ptr, equals},
				.in = IN_QUERY,
				.value = node_text_new(play->arena, str_skip(pair, equals + 1))};
		rest = str_skip(rest, pair.len + 1);
	}
}

/* The request as a step that asked it would know it. */
static void take_request(struct play *play, struct attempt *attempt, const struct exchange *exchange)
{
	struct text why;
	struct str type = http_media_type(&exchange->request.fields, play->arena);
	struct str body = exchange->request.body;
	*attempt = (struct attempt){.exchange = exchange, .request = exchange->request};
	read_query(play, attempt);
	if (!body.len) return;
	bool xml = str_ends(type, STR("xml"));
	attempt->payload = xml ? NULL : node_of_json(play->arena, body, &why);
	if (!attempt->payload) attempt->payload = node_text_new(play->arena, body);
}

struct matching {
	struct play *play;
	struct frame *frame;
	const struct await_call *call;
};

/* What is tried and passed over leaves nothing behind: a stranger may send as much as he likes. */
static bool fits(void *self, const struct exchange *exchange)
{
	struct matching *matching = self;
	struct play *play = matching->play;
	struct arena *kept = play->arena;
	struct attempt *attempt = matching->frame->attempt, tried;
	play->arena = arena_new();
	take_request(play, &tried, exchange);
	matching->frame->attempt = &tried;
	bool good = criteria_judge(play, matching->frame, matching->call->match, matching->call->match_count) ==
				CRITERION_HOLDS;
	matching->frame->attempt = attempt;
	arena_free(play->arena);
	play->arena = kept;
	return good;
}

bool await_play(
		struct play *play, struct frame *frame, const struct arazzo_step *step, struct attempt *out, struct text *why)
{
	struct counterpart *counterpart = play->options->counterpart;
	const struct await_call *call = step->await;
	struct matching matching = {play, frame, call};
	if (!counterpart) {
		*why = counterpart_lacking();
		return false;
	}
	struct value path = template_value(play, frame, &call->path);
	if (path.state != VALUE_THERE || path.node->kind != NODE_STRING) {
		*why = path.why.in[LANG_EN].len
					   ? path.why
					   : TEXT("the path to wait at is no text", "het pad om op te wachten is geen tekst");
		return false;
	}
	struct awaited awaited = {.step = step->name,
			.method = call->method,
			.path = node_text(path.node),
			.timeout_ms = call->timeout_ms,
			.fits = call->match_count ? fits : NULL,
			.self = &matching};
	take_request(play, out, counterpart->await(counterpart, &awaited, play->arena));
	return true;
}
