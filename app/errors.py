"""What can go wrong, as a family; no HTTP in it.

    KarezError
    ├── BadRequest            the caller's payload or parameter is wrong
    ├── NotFound              no such record
    ├── Conflict              the request contradicts what is stored
    ├── Unauthorised          no valid key
    ├── Forbidden             the key lacks the scope
    ├── SourceChanged         a list document is not what its publisher's format promises
    ├── EditionRefused        a document was read, and its content cannot be a whole edition
    ├── FetchFailed           a publisher could not be reached
    └── NotReady              the service has no reference edition or no matcher yet

A message says what, why, and what to do next, and never repeats names of parties or people.
"""

from __future__ import annotations


class KarezError(Exception):
    """The root of what Karez raises on purpose."""


class BadRequest(KarezError):
    """A parameter or payload is wrong; ``errors`` are ``(pointer, detail)`` pairs."""

    def __init__(self, detail: str, errors: tuple[tuple[str, str], ...] = ()) -> None:
        super().__init__(detail)
        self.errors = errors


class NotFound(KarezError):
    """No such record."""


class Conflict(KarezError):
    """The request contradicts what is stored."""


class Unauthorised(KarezError):
    """No valid API key came with the request."""


class Forbidden(KarezError):
    """The API key lacks the scope that the call needs."""


class SourceChanged(KarezError):
    """A list document is not what its publisher's format promises; names the file, the line and the reason."""


class EditionRefused(KarezError):
    """A document was read, and its content cannot be a whole edition (too few parties, a required party missing)."""


class FetchFailed(KarezError):
    """A publisher could not be reached, or answered something that is not its list."""


class NotReady(KarezError):
    """No reference edition is loaded or the matcher is not built yet."""
