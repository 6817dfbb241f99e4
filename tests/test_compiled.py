"""The compiled files: their machine code is never that of other source."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from app.core.screening import compiled

CACHED = "from app.core.screening import compiled, edits; print(compiled.cache_folder(), edits.distance.stats)"


def test_every_file_with_compiled_functions_names_the_folder_of_the_machine_code() -> None:
    files = {p.name for p in compiled.HERE.glob("*.py") if re.search(r"^@jit", p.read_text(encoding="utf-8"), re.M)}
    assert files == set(compiled.SOURCES)


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
