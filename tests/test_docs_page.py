"""The docs page draws in a real browser, from our own files, under the strict policy."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.test_process import Served, environment, served  # noqa: F401 - the running service is a fixture there

CHROMIUM = (
    os.environ.get("CHROMIUM")
    or shutil.which("chromium")
    or shutil.which("chromium-browser")
    or shutil.which("google-chrome")
)


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here; install one or set CHROMIUM to test the docs page")
def test_the_page_draws_every_operation_without_a_cdn(served: Served, tmp_path: Path) -> None:  # noqa: F811
    done = subprocess.run(
        [
            str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
            "--disable-background-networking", "--disable-component-update", f"--user-data-dir={tmp_path}", "--enable-logging=stderr",
            "--virtual-time-budget=20000", "--dump-dom", f"{served.address}/docs",
        ],
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert "Karez" in done.stdout
    for words in ("Rate a submission", "Look names up", "Every list and how old it is", "OAS 3.1"):
        assert words in done.stdout, words
    assert "Content Security Policy" not in done.stderr
    assert "Refused to" not in done.stderr
