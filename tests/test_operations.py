"""The container files promise what an operator expects, as far as that can be seen without an engine."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import yaml

from tests.locks import problems
from tests.support import ROOT


def test_lock_files_are_hashed_in_step_and_name_no_host() -> None:
    assert problems() == []


def test_the_image_runs_as_an_ordinary_user_from_the_lock_with_a_healthcheck() -> None:
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    final = text.split("FROM ")[-1]
    assert "--require-hashes" in text
    assert re.search(r"^USER 10001$", final, re.M)
    assert "/health/live" in final
    assert "pip" not in final
    for copied in re.findall(r"^COPY (?!--from)(\S+)", text, re.M):
        assert (ROOT / copied).exists(), copied
        assert f"!{copied}" in (ROOT / ".dockerignore").read_text(encoding="utf-8")


def test_compose_migrates_before_it_serves_and_keeps_no_secret() -> None:
    made = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
    services = made["services"]
    assert services["migrate"]["depends_on"] == {"db": {"condition": "service_healthy"}}
    assert services["api"]["depends_on"] == {"migrate": {"condition": "service_completed_successfully"}}
    for name in ("migrate", "api"):
        assert services[name]["read_only"] is True
        assert services[name]["cap_drop"] == ["ALL"]
    assert set(made["secrets"]) == {"postgres-password"}
    assert services["api"]["ports"] == ["127.0.0.1:8000:8000"]
    assert "password" not in services["api"]["environment"]["KAREZ_DATABASE_URL"]


def test_the_package_ships_its_data() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    patterns = project["tool"]["setuptools"]["package-data"]
    for package, globs in patterns.items():
        folder = ROOT / package.replace(".", "/")
        for pattern in globs:
            assert list(folder.glob(pattern)), f"{package}: {pattern}"
    shipped = {
        p for package, globs in patterns.items() for g in globs for p in (ROOT / package.replace(".", "/")).glob(g)
    }
    data = {
        p
        for p in (ROOT / "app").rglob("*")
        if p.is_file() and p.suffix in (".yaml", ".csv", ".geojson", ".js", ".css", ".html")
    }
    assert data <= shipped


def test_no_committed_file_names_a_registry_host_or_a_path_of_a_machine() -> None:
    words = re.compile(
        "|".join(
            (
                "pypi" + r"\.org",
                "npmjs" + r"\.(org|com)",
                "files" + r"\.pythonhosted",
                "/wo" + "rk/(main|shared)",
                "/ro" + "ot/",
            )
        )
    )
    skipped = {"swagger-ui-bundle.js", "swagger-ui.css"}
    for path in _texts(ROOT):
        if path.name not in skipped:
            assert words.search(path.read_text(encoding="utf-8", errors="ignore")) is None, path


def _texts(root: Path) -> list[Path]:
    ignored = {".git", ".venv", "var", "__pycache__", ".hypothesis", ".mypy_cache", ".ruff_cache", ".pytest_cache"}
    return [p for p in root.rglob("*") if p.is_file() and not ignored & set(p.relative_to(root).parts)]
