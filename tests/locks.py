"""Check the lock files: hashed, naming no host, and in step with pyproject.toml."""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def problems() -> list[str]:
    """What is wrong with the lock files, in words; empty when nothing is."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    found: list[str] = []
    for name, wanted in (
        ("requirements.lock", project["dependencies"]),
        ("requirements-dev.lock", project["dependencies"] + project["optional-dependencies"]["dev"]),
    ):
        text = (ROOT / name).read_text(encoding="utf-8")
        if re.search(r"https?://|index-url|find-links", text):
            found.append(f"{name} names a host")
        pinned = dict(re.findall(r"^([a-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;]+)", text, re.M))
        if text.count("--hash=sha256:") < len(pinned):
            found.append(f"{name} pins something without a hash")
        for requirement in wanted:
            package = re.split(r"[\[><=;~! ]", requirement)[0].lower().replace("_", "-")
            if package not in pinned:
                found.append(f"{name} does not pin {package}; run ./run lock")
    return found


if __name__ == "__main__":
    wrong = problems()
    print("\n".join(wrong) or "lock files are in step")
    sys.exit(bool(wrong))
