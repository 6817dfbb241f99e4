"""The command line does what the API does, without a server."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog
from typer.testing import CliRunner

from app.__main__ import cli
from app.api.examples import SHIRTS
from tests.fixtures_ofac import SDN, WHOLE


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[CliRunner]:
    monkeypatch.setenv("KAREZ_DATABASE_URL", f"sqlite:///{tmp_path / 'karez.db'}")
    monkeypatch.setenv("COLUMNS", "200")
    runner = CliRunner()
    assert "183 listed parties" in runner.invoke(cli, ["migrate"]).output
    yield runner
    # The commands pointed the log at the runner's own streams, which are closed by now.
    structlog.reset_defaults()
    logging.getLogger().handlers.clear()


def test_assess_explain_and_replay(run: CliRunner, tmp_path: Path) -> None:
    file = tmp_path / "submission.json"
    file.write_text(json.dumps(SHIRTS), encoding="utf-8")
    plain = run.invoke(cli, ["assess", str(file)])
    assert plain.exit_code == 0, plain.output
    assert "PRESUMPTIVELY_BARRED" in plain.output
    assert "R05" in plain.output
    record = json.loads(run.invoke(cli, ["assess", "--json", str(file)]).output)
    assert "PRESUMPTIVELY_BARRED" in run.invoke(cli, ["explain", record["id"]]).output
    assert json.loads(run.invoke(cli, ["replay", record["id"]]).output)["identical"] is True
    assert run.invoke(cli, ["explain", "nope"]).exit_code == 1


def test_refresh_from_files_screen_and_lists(run: CliRunner, tmp_path: Path) -> None:
    file = tmp_path / "ofac.zip"
    file.write_bytes(WHOLE)
    done = run.invoke(cli, ["refresh", "us_ofac_sdn", "--file", str(file), "--published", "2024-01-08"])
    assert done.exit_code == 0, done.output
    assert "6 parties" in done.output
    assert (
        "unchanged"
        in run.invoke(cli, ["refresh", "us_ofac_sdn", "--file", str(file), "--published", "2024-01-08"]).output
    )
    assert "us_ofac_sdn:29160" in run.invoke(cli, ["screen", "Huo Liujun"]).output
    assert "us_ofac_sdn@1" in run.invoke(cli, ["lists"]).output
    damaged = tmp_path / "sdn.csv"
    damaged.write_bytes(SDN[:300])
    refused = run.invoke(cli, ["refresh", "us_ofac_sdn", "--file", str(damaged)])
    assert refused.exit_code == 1
    assert "0x1A" in refused.output
    assert run.invoke(cli, ["refresh"]).exit_code == 2


def test_bulk_answers_line_by_line_and_goes_on_after_a_bad_one(run: CliRunner, tmp_path: Path) -> None:
    file, answers = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    file.write_text(f"{json.dumps(SHIRTS)}\n{{}}\n{json.dumps(SHIRTS)}\n", encoding="utf-8")
    done = run.invoke(cli, ["bulk", str(file), "--output", str(answers)])
    assert done.exit_code == 1
    lines = [json.loads(line) for line in answers.read_text(encoding="utf-8").splitlines()]
    assert [line.get("rating") for line in lines] == ["presumptively_barred", None, "presumptively_barred"]
    assert lines[1]["line"] == 2


def test_keys_are_shown_once_listed_and_revoked(run: CliRunner) -> None:
    assert "karez_" in run.invoke(cli, ["keys", "create", "erp", "--scope", "read"]).output
    listed = run.invoke(cli, ["keys", "list"]).output
    assert "erp" in listed
    assert "karez_" not in listed
    assert run.invoke(cli, ["keys", "create", "erp", "--scope", "everything"]).exit_code == 1
