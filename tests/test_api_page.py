"""The page for whoever connects an ERP is executed from top to bottom against a fresh service, so that it cannot drift."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.support import ROOT
from tests.test_policies_page import BLOCK
from tests.test_process import Served, environment, served  # noqa: F401 - the running service is a fixture there

PAGE = ROOT / "docs" / "api.md"


def test_the_page_on_the_api_does_what_it_says(
    served: Served,  # noqa: F811
    environment: dict[str, str],  # noqa: F811
    tmp_path: Path,
) -> None:
    blocks = BLOCK.findall(PAGE.read_text(encoding="utf-8"))
    assert len(blocks) == 5
    for command, shown in blocks:
        text = command.replace("http://127.0.0.1:8000", served.address)
        done = subprocess.run(
            ["sh", "-euc", text.replace("./run karez", f"'{sys.executable}' -m app")],
            cwd=tmp_path,
            env={**environment, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert (done.returncode, done.stdout) == (0, shown), f"{command}\n{done.stdout}\n{done.stderr}"
