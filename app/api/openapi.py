"""The OpenAPI document: what the framework makes of the routes, with the bodies we read ourselves, every answer's model and the usual problems."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel

from app.api import fields, policies, separations
from app.api.answers import assessments, lists, method, parties, shape, words
from app.api.answers import policies as policy
from app.api.lists import Acceptance
from app.api.screenings import Screening
from app.core.law.policy import PolicyDocument
from app.core.submission import Submission, SubmittedParty

BODIES: tuple[type[BaseModel], ...] = (
    Submission,
    Screening,
    Acceptance,
    separations.Separating,
    separations.Withdrawing,
    SubmittedParty,
    PolicyDocument,
    policies.Simulating,
    policies.Activating,
    policies.RollingBack,
)
ANSWERS: tuple[type[BaseModel], ...] = (
    assessments.AssessmentAnswer,
    assessments.Assessments,
    assessments.Replay,
    assessments.Screened,
    parties.Parties,
    parties.LinkedParty,
    parties.Separation,
    parties.Separations,
    lists.Lists,
    lists.Edition,
    lists.LoadedEdition,
    lists.Editions,
    lists.Differences,
    lists.Refusals,
    lists.RefusalDifferences,
    policy.PolicyAnswer,
    policy.Policies,
    policy.Simulation,
    method.Factors,
    method.Rules,
    method.Instruments,
    method.Alive,
    method.Readiness,
    shape.Problem,
)


def document_of(app: FastAPI) -> dict[str, Any]:
    """The document, made once."""
    if app.openapi_schema is not None:
        return app.openapi_schema
    document = get_openapi(title=app.title, version=app.version, description=app.description, routes=app.routes)
    schemas: dict[str, Any] = {}
    document["components"]["schemas"] = schemas
    for model in BODIES:
        _add(schemas, model, "validation")
    for model in ANSWERS:
        _add(schemas, model, "serialization")
    fields.describe(schemas, fields.FIELDS)
    fields.describe(schemas, words.WORDS)
    schemas["Screening"]["properties"]["queries"]["items"] = {"$ref": f"{shape.REFERENCE}SubmittedParty"}
    for path in document["paths"].values():
        for operation in path.values():
            _finish(operation)
    app.openapi_schema = document
    return document


def _add(schemas: dict[str, Any], model: type[BaseModel], mode: Any) -> None:
    schema = model.model_json_schema(ref_template=f"{shape.REFERENCE}{{model}}", by_alias=True, mode=mode)
    schemas.update({name: part for name, part in schema.pop("$defs", {}).items() if name not in schemas})
    schemas[model.__name__] = schema


def _finish(operation: dict[str, Any]) -> None:
    """Our models in place of what the framework reads off a route's return type, and the problems any such call may meet."""
    responses = operation["responses"]
    if shape.JSON in responses.get("422", {}).get("content", {}):
        del responses["422"]  # the framework's own shape, which is never answered
    for response in responses.values():
        for content in response.get("content", {}).values():
            ours = {key: part for key, part in content.get("schema", {}).items() if key in ("$ref", "anyOf")}
            content["schema"] = ours or content["schema"]
            for name, shown in content.get("examples", {}).items():
                shown["value"] = shape.example(name)
    for status, problem in shape.usual(operation):
        responses.setdefault(status, problem)
    operation["responses"] = dict(sorted(responses.items()))
