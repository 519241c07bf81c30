#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""gen_refs.py OPERATIONS OUT.json: an OpenAPI document of which nearly everything is a reference, as that of a code
host: shared parameters, headers, responses, examples beside schemas that refer to many others. About 3.5 KB each."""
import json, sys

count, out = int(sys.argv[1]), sys.argv[2]
ref = lambda kind, name: {"$ref": f"#/components/{kind}/{name}"}
components = {kind: {} for kind in ("schemas", "parameters", "headers", "responses", "examples")}
paths = {}
for i in range(count):
	name = f"thing{i:04d}"
	schema = {"type": "object", "description": f"Thing {i} of a code host", "required": ["id", "name"], "properties": {
		"id": {"type": "integer", "format": "int64", "example": i}, "name": {"type": "string", "example": name},
		"url": {"type": "string", "format": "uri", "example": f"https://api.example.org/things/{i}"}}}
	for j in range(1, 9):  # earlier things: deep, wide and without circles
		if i >= j * j:
			schema["properties"][f"part{j}"] = {"type": "array", "items": ref("schemas", f"thing{i - j * j:04d}")}
	components["schemas"][name] = schema
	value = {"id": i, "name": name, "url": f"https://api.example.org/things/{i}"}
	for j in range(1, 9):
		if i >= j * j:
			value[f"part{j}"] = [{"id": i - j * j, "name": f"thing{i - j * j:04d}"}]
	components["examples"][name] = {"value": value if i % 50 != 7 else {"id": "seven"}}
	components["parameters"][name] = {"name": f"{name}_id", "in": "query", "description": "Which one", "schema": {"type": "integer"}}
	components["headers"][name] = {"description": "How many are left", "schema": {"type": "integer", "example": 4999}}
	content = {"application/json": {"schema": ref("schemas", name), "examples": {"default": ref("examples", name)}}}
	components["responses"][name] = {"description": f"Thing {i}", "headers": {"X-Left": ref("headers", name)}, "content": content}
	responses = {"200": ref("responses", name), "404": ref("responses", "thing0000")}
	operation = lambda verb: {"operationId": f"{verb}-{name}", "summary": f"{verb} thing {i}", "description": f"To {verb} thing {i} of a code host, with all of its parts.",
		"tags": ["things"], "parameters": [ref("parameters", name)], "responses": responses}
	paths[f"/things/{i}"] = {"get": operation("get"), "delete": operation("delete"),
		"post": {**operation("change"), "requestBody": {"content": content}}}
document = {"openapi": "3.0.3", "info": {"title": "Things", "version": "1.0.0", "description": "References", "contact": {"name": "n"}},
	"servers": [{"url": "https://api.example.org"}], "tags": [{"name": "things"}], "paths": paths, "components": components}
with open(out, "w") as file:
	json.dump(document, file, indent=1)
