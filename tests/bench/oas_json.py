#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""oas_json.py FOLDER SCHEMA.yaml OUTDIR: the OpenAPI 3.0 documents of FOLDER as JSON, one a line, and the schema, for tests/bench/schema."""
import glob
import json
import os
import sys

import yaml


class Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
    """Scalars as the JSON schema of YAML has them: dates are text."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
    for first, resolvers in Loader.yaml_implicit_resolvers.items()
}


def read(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file) if path.endswith(".json") else yaml.load(file, Loader)


folder, schema, out = sys.argv[1:]
lines = []
for path in sorted(glob.glob(os.path.join(folder, "*.yaml")) + glob.glob(os.path.join(folder, "*.json"))):
    document = read(path)
    if isinstance(document, dict) and str(document.get("openapi", "")).startswith("3.0"):
        lines.append(json.dumps(document, ensure_ascii=False, separators=(",", ":")))
with open(os.path.join(out, "openapi.schema.json"), "w", encoding="utf-8") as file:
    json.dump(read(schema), file)
with open(os.path.join(out, "openapi.jsonl"), "w", encoding="utf-8") as file:
    file.write("\n".join(lines) + "\n")
print(len(lines))
