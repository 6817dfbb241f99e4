"""Every answer of every HTTP test against the OpenAPI document that the service publishes."""

from __future__ import annotations

import copy
import re
from functools import cached_property
from typing import Any

import httpx
import jsonschema_rs

PROBLEM = "application/problem+json"


class Published:
    """The document as a judge of answers. It is stricter than published: a member that no schema names is refused."""

    def __init__(self, document: dict[str, Any]) -> None:
        self.document = document
        self._validators: dict[tuple[str, str, str, str], Any] = {}

    @cached_property
    def closed(self) -> dict[str, Any]:
        """The schemas, refusing members that they do not name."""
        made: dict[str, Any] = copy.deepcopy(self.document["components"])
        for schema in made["schemas"].values():
            if "properties" in schema:
                schema.setdefault("additionalProperties", False)
        return made

    @cached_property
    def _templates(self) -> list[tuple[re.Pattern[str], str]]:
        """The paths, those with fewer parameters first; a party's id may hold slashes."""
        made = []
        for path in sorted(self.document["paths"], key=lambda p: (p.count("{"), p)):
            text = re.escape(path).replace(r"\{party_id\}", ".+")
            made.append((re.compile(re.sub(r"\\\{\w+\\\}", "[^/]+", text)), path))
        return made

    def template(self, path: str) -> str | None:
        """The documented path that an address belongs to."""
        return next((template for pattern, template in self._templates if pattern.fullmatch(path)), None)

    def check(self, answer: httpx.Response) -> None:
        """Raises ``AssertionError`` for an answer that the document does not tell of, and ``ValidationError`` for one that is not as told."""
        method, path = answer.request.method.lower(), answer.request.url.path
        kind = answer.headers.get("content-type", "").partition(";")[0]
        template = self.template(path)
        operation = self.document["paths"].get(template, {}).get(method)
        if operation is None:
            undocumented = method == "head" or path in ("/", "/openapi.json") or path.startswith("/docs")
            assert undocumented or kind == PROBLEM, f"{method} {path} answered and is not in the document"
            return
        status = str(answer.status_code)
        if answer.is_success:
            assert status in operation["responses"], f"{method} {template} answered {status}, which is not documented"
        else:
            assert kind == PROBLEM, f"{method} {template} answered {status} as {kind}"
        response = operation["responses"].get(status, operation["responses"]["default"])
        assert kind in response["content"], f"{method} {template}: {kind} is not documented for {status}"
        for header in response.get("headers", {}):
            assert header in answer.headers, f"{method} {template}: {status} came without {header}"
        schema = response["content"][kind].get("schema")
        assert schema, f"{method} {template}: {status} has no schema"
        if kind.endswith("json"):
            key = (method, str(template), status, kind)
            if key not in self._validators:
                self._validators[key] = jsonschema_rs.validator_for({**schema, "components": self.closed})
            self._validators[key].validate(answer.json())
