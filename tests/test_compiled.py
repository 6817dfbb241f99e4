"""The compiled files: their machine code is never that of other source."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

from app.core.screening import batch, compiled, retrieval
from app.core.screening.compiling import everything
from app.core.submission import SubmittedParty

from .support import builtin_engine

COMPILED: Any = (retrieval.all_keys, retrieval.directory, retrieval.look_up, batch.compare)
CACHED = "from app.core.screening import compiled, edits; print(compiled.cache_folder(), edits.distance.stats)"


def test_every_file_with_compiled_functions_names_the_folder_of_the_machine_code() -> None:
    files = {p.name for p in compiled.HERE.glob("*.py") if re.search(r"^@jit", p.read_text(encoding="utf-8"), re.M)}
    assert files == set(compiled.SOURCES)


def test_machine_code_of_an_image_is_copied_whole(tmp_path: Path) -> None:
    image, data = tmp_path / "image" / "screening_1", tmp_path / "data"
    image.mkdir(parents=True)
    data.mkdir()
    for name in ("distance-1.py311.nbi", "distance-1.py311.1.nbc", "distance-1.py311.2.nbc.tmp.77"):
        (image / name).write_bytes(name.encode())
    compiled.fill(data, image.parent)
    copied = {p.name: p.read_bytes() for p in (data / "screening_1").iterdir()}
    assert copied == {n: n.encode() for n in ("distance-1.py311.nbi", "distance-1.py311.1.nbc")}


def test_one_list_of_one_party_compiles_everything() -> None:
    """What the image compiles is what any list uses: nothing is left to compile at the first question."""
    everything()
    before = [len(f.signatures) for f in COMPILED]
    watchlist = builtin_engine().watchlist
    watchlist.screen_many(
        [SubmittedParty(name=n) for n in ("Wang", "阿克苏棉纺有限公司", "محمد عبد الله", "x")], as_of=date(2026, 1, 1)
    )
    watchlist.explain(SubmittedParty(name="Wang"), watchlist.entries[0], subject="s", as_of=date(2026, 1, 1))
    assert [len(f.signatures) for f in COMPILED] == before == [1] * len(COMPILED)


def _run(code: str, **environment: str) -> str:
    root = Path(__file__).parents[1]
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        cwd=root,
        env={"PATH": "", **environment},
    )
    return done.stdout.strip()


def test_machine_code_is_kept_where_the_operator_says(tmp_path: Path) -> None:
    assert _run(CACHED, NUMBA_CACHE_DIR=str(tmp_path)).startswith(str(tmp_path / "karez-"))


def test_a_folder_that_cannot_be_written_to_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    shown = _run(CACHED, NUMBA_CACHE_DIR=str(tmp_path / "file"))
    assert "karez-" in shown
    assert not shown.startswith(str(tmp_path))
