"""Documents arrive plain, gzipped or zipped; bombs, strangers and damage are refused."""

from __future__ import annotations

import gzip
import io
import zipfile

import pytest

from app.errors import SourceChanged
from app.sources.unpack import unpack
from tests.fixtures_ofac import SDN, WHOLE, archive

ALLOWED = ("sdn.csv", "add.csv", "alt.csv", "sdn_comments.csv")


def test_plain_gzipped_and_zipped_are_the_same() -> None:
    plain = unpack(SDN, name=None, allowed=ALLOWED)
    assert plain == {"sdn.csv": SDN}
    assert unpack(gzip.compress(SDN), name="SDN.CSV.gz", allowed=ALLOWED) == plain
    assert unpack(archive(sdn=SDN), name=None, allowed=ALLOWED) == plain
    assert unpack(archive(sdn=gzip.compress(SDN)), name=None, allowed=ALLOWED) == plain
    assert set(unpack(WHOLE, name=None, allowed=ALLOWED)) == set(ALLOWED)


def test_folders_and_the_marks_of_a_desktop_are_no_documents() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        made.writestr("set/sdn.csv", SDN)
        made.writestr("__MACOSX/set/._sdn.csv", b"x")
    assert set(unpack(buffer.getvalue(), name=None, allowed=ALLOWED)) == {"sdn.csv"}


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "empty"),
        (archive(readme=b"x"), "does not belong"),
        (WHOLE[: len(WHOLE) // 2], "damaged"),
        (gzip.compress(SDN)[:50], "damaged"),
        (gzip.compress(b" " * 3_000_000), "more than"),
        (archive(sdn=b" " * 3_000_000), "more than"),
        (archive(sdn=gzip.compress(b" " * 3_000_000)), "more than"),
    ],
)
def test_what_cannot_be_unpacked_is_refused(body: bytes, reason: str) -> None:
    with pytest.raises(SourceChanged, match=reason):
        unpack(body, name=None, allowed=ALLOWED, limit=1_000_000)
