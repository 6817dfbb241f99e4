"""Reading bodies: bounded while they stream, JSON in UTF-8 only, every member once, strictly as the models say."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from typing import IO, Any, TypeVar

from fastapi import Request
from pydantic import BaseModel
from starlette.requests import ClientDisconnect

from app.api.errors import PayloadProblem
from app.services.documents import check_members

M = TypeVar("M", bound=BaseModel)
_JSON = re.compile(r"application/(json|[a-z0-9.!#$&^_-]+\+json)", re.IGNORECASE)
_CHARSET = re.compile(r"charset\s*=\s*\"?([^\";\s]*)", re.IGNORECASE)


async def read_bytes(request: Request, limit: int) -> bytes:
    """The body as sent, up to ``limit`` bytes; compressed bodies are refused, so that none can unpack to more."""
    made = bytearray()
    async for chunk in _chunks(request, limit, gzip_too=False):
        made += chunk
    return bytes(made)


async def read_into(request: Request, sink: IO[bytes], limit: int) -> None:
    """Write the body to ``sink`` as it comes, up to ``limit`` bytes; a gzipped one as it is, for a reader that unpacks within bounds."""
    async for chunk in _chunks(request, limit, gzip_too=True):
        sink.write(chunk)
    sink.seek(0)


async def _chunks(request: Request, limit: int, *, gzip_too: bool) -> AsyncIterator[bytes]:
    encoding = request.headers.get("content-encoding", "identity").strip().lower()
    if encoding not in ("", "identity", *(("gzip",) if gzip_too else ())):
        raise PayloadProblem(415, "send the body without Content-Encoding")
    length = request.headers.get("content-length", "")
    if length.isdecimal() and int(length) > limit:
        raise PayloadProblem(413, f"the body may have at most {limit} bytes")
    size = 0
    try:
        async for chunk in request.stream():
            size += len(chunk)
            if size > limit:
                raise PayloadProblem(413, f"the body may have at most {limit} bytes")
            yield chunk
    except ClientDisconnect as error:
        raise PayloadProblem(400, "the connection closed before the whole body was here") from error


async def read_model(request: Request, model: type[M], limit: int, *, absent: M | None = None) -> M:
    """The JSON body as a model; raises ``PayloadProblem``, ``BadRequest`` or pydantic's ``ValidationError``.

    ``absent`` is what no body at all means, where it means something.
    """
    content_type = request.headers.get("content-type", "application/json")
    if _JSON.match(content_type.strip()) is None:
        raise PayloadProblem(415, "send the body as application/json")
    charset = _CHARSET.search(content_type)
    if charset is not None and charset[1].lower() not in ("utf-8", "utf8"):
        raise PayloadProblem(415, "send the body in UTF-8")
    raw = await read_bytes(request, limit)
    if not raw and absent is not None:
        return absent
    check_members(raw)
    return model.model_validate_json(raw)


def json_body(model: type[BaseModel], examples: dict[str, Any]) -> dict[str, Any]:
    """The OpenAPI description of a body that we read ourselves."""
    schema = model.model_json_schema(ref_template="#/components/schemas/{model}", by_alias=True, mode="validation")
    schema.pop("$defs", None)
    return {
        "requestBody": {
            "required": True,
            "content": {
                "application/json": {"schema": {"$ref": f"#/components/schemas/{model.__name__}"}, "examples": examples}
            },
        }
    }
