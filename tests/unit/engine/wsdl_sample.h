/* SPDX-License-Identifier: EUPL-1.2 */
/* Small WSDL documents for tests of engine/wsdl. */
#ifndef KEUR_TESTS_WSDL_SAMPLE_H
#define KEUR_TESTS_WSDL_SAMPLE_H

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include "engine/wsdl_load.h"

#define SAMPLE_HEAD                                                                                                    \
	"<definitions xmlns='http://schemas.xmlsoap.org/wsdl/' xmlns:s='http://schemas.xmlsoap.org/wsdl/soap/'"            \
	" xmlns:wsam='http://www.w3.org/2007/05/addressing/metadata' xmlns:t='urn:t' targetNamespace='urn:t'>\n"

/* A service with the operation geef, of which each part can be replaced. */
struct sample {
	const char *request, *response, *fault; /* elements */
	const char *operation, *action, *style, *use, *transport;
	const char *input_attributes; /* of <input> in the port type */
	const char *headers;          /* in <input> of the binding */
	const char *more;             /* constructs at the end */
	const char *policy;           /* in the binding */
};

static const char * or (const char *value, const char *otherwise)
{
	return value ? value : otherwise;
}

static struct str sample_text(struct arena *arena, struct sample s)
{
	const char *operation = or (s.operation, "geef"), *use = or (s.use, "literal");
	struct str abstract = str_printf(arena,
			"<message name='vraag'><part name='p' element='t:%s'/><part name='h' element='t:kop'/></message>\n"
			"<message name='antwoord'><part name='p' element='t:%s'/></message>\n"
			"<message name='fout'><part name='p' element='t:%s'/></message>\n"
			"<portType name='P'><operation name='%s'><input message='t:vraag' %s/><output message='t:antwoord'/>"
			"<fault name='f' message='t:fout'/></operation></portType>\n",
			or (s.request, "vraag"), or (s.response, "antwoord"), or (s.fault, "fout"), operation,
			or (s.input_attributes, ""));
	struct str bound = str_printf(arena,
			"<binding name='B' type='t:P'>%s<s:binding style='%s' transport='%s'/>\n"
			"<operation name='%s'><s:operation soapAction='%s'/><input><s:body parts='p' use='%s'/>%s</input>"
			"<output><s:body use='%s'/></output><fault name='f'><s:fault name='f' use='literal'/></fault></operation>"
			"</binding>\n",
			or (s.policy, ""), or (s.style, "document"), or (s.transport, "http://schemas.xmlsoap.org/soap/http"),
			operation, or (s.action, "urn:t/geef"), use, or (s.headers, ""), use);
	return str_printf(arena, "%s%.*s%.*s%s</definitions>", SAMPLE_HEAD, STR_FMT(abstract), STR_FMT(bound),
			or (s.more, "<service name='S'><port name='p' binding='t:B'><s:address location='http://x.nl'/></port>"
						"</service>"));
}

static void sample_close(void *doc)
{
	doc_close(doc);
}

static struct wsdl *sample_read(struct arena *arena, struct str text)
{
	struct err err;
	err_init(&err, arena);
	struct doc *doc = doc_of_any(STR("sample.wsdl"), text, &err);
	if (!doc) fail_msg("%s", err.message.in[LANG_EN].ptr);
	arena_on_free(arena, sample_close, doc);
	struct wsdl *wsdl = wsdl_new(arena, doc, "", &err);
	if (!wsdl) fail_msg("%s", err.message.in[LANG_EN].ptr);
	return wsdl;
}

static inline struct wsdl *sample_of(struct arena *arena, struct sample s)
{
	return sample_read(arena, sample_text(arena, s));
}

#endif
