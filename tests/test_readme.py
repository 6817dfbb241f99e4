"""The README and the operations page are executed, so that they cannot drift."""

from __future__ import annotations

import re
import subprocess

from app.__main__ import cli
from app.settings import Settings
from app.sources import by_id
from tests.support import ROOT
from tests.test_process import Served, environment, served  # noqa: F401 - the running service is a fixture there

README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_request_of_the_readme_gives_the_answer_it_shows(served: Served) -> None:  # noqa: F811
    command = next(b for b in re.findall(r"```sh\n(.*?)```", README, re.S) if b.startswith("curl"))
    shown = re.findall(r"```text\n(.*?)```", README, re.S)[0]
    done = subprocess.run(
        ["sh", "-c", command.replace("http://127.0.0.1:8000", served.address)],
        capture_output=True,
        text=True,
        timeout=30,
        check=True,
    )
    assert done.stdout == shown


def test_every_command_the_readme_names_exists() -> None:
    run = (ROOT / "run").read_text(encoding="utf-8")
    for command in re.findall(r"^\./run ?(\w*)", README, re.M):
        assert f"\n{command or 'serve'})" in run
    names = {c.name or (c.callback.__name__ if c.callback else "") for c in cli.registered_commands}
    for command in re.findall(r"\./run karez (\w+)", README):
        assert command in names


def test_the_files_the_readme_hands_over_are_the_whole_set_of_the_list() -> None:
    command = next(line for line in README.splitlines() if line.startswith("./run karez refresh") and "--file" in line)
    source = by_id(command.split()[3])
    assert source is not None
    named = tuple(re.findall(r"--file (\S+)", command))
    assert named in [tuple(d.name for d in form.documents) for form in source.formats]


def test_every_link_of_the_documents_leads_somewhere() -> None:
    for page in (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")):
        for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_the_operations_page_lists_every_setting_as_it_is() -> None:
    page = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    for name, field in Settings.model_fields.items():
        assert f"| `KAREZ_{name.upper()}` | `{field.default}` | {field.description} |" in page
