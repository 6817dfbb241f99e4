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
from app.reference import load_parties
from tests.fixtures_ofac import SDN, WHOLE


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[CliRunner]:
    monkeypatch.setenv("KAREZ_DATABASE_URL", f"sqlite:///{tmp_path / 'karez.db'}")
    monkeypatch.setenv("COLUMNS", "200")
    runner = CliRunner()
    assert f"{len(load_parties())} listed parties" in runner.invoke(cli, ["migrate"]).output
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


def test_an_edition_that_is_not_whole_fresh_or_current_says_so(run: CliRunner, tmp_path: Path) -> None:
    whole, part = tmp_path / "ofac.zip", tmp_path / "sdn.csv"
    whole.write_bytes(WHOLE)
    part.write_bytes(SDN)
    partly = run.invoke(cli, ["refresh", "us_ofac_sdn", "--file", str(part)])
    assert partly.exit_code == 0
    assert "is not fresh: handed over without a publication date" in partly.stderr
    assert "an excerpt: 6 parties" in partly.stderr
    assert partly.stderr.startswith("karez: ")
    older = run.invoke(cli, ["refresh", "us_ofac_sdn", "--file", str(whole), "--published", "2024-01-08"])
    assert older.exit_code == 0
    assert "us_ofac_sdn@1" in older.stderr
    assert "stays the current edition" in older.stderr


def test_tables_cut_nothing_however_narrow_the_terminal(run: CliRunner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    made = run.invoke(cli, ["keys", "create", "erp " * 20])
    key = made.stderr.split()[1]
    assert made.stderr.count("\n") == 1
    assert key in run.invoke(cli, ["keys", "list"]).output
    assert run.invoke(cli, ["keys", "revoke", key]).exit_code == 0
    shown = run.invoke(cli, ["lists"]).output.splitlines()
    listed = json.loads(run.invoke(cli, ["lists", "--json"]).output)
    assert len(shown) == len(listed) + 1
    for line, item in zip(shown[1:], listed, strict=True):
        assert line.split()[:3] == [item["id"], item["edition"], str(item["parties"])]
        assert line.endswith(item["says"])


def test_a_setting_that_does_not_exist_is_named(run: CliRunner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KAREZ_DATABSE_URL", "sqlite:///elsewhere.db")
    assert "KAREZ_DATABSE_URL is no setting" in run.invoke(cli, ["lists"]).stderr


def test_a_publisher_that_cannot_be_reached_says_what_to_do_and_logs_nothing(
    run: CliRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KAREZ_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("KAREZ_FETCH_ATTEMPTS", "2")
    failed = run.invoke(cli, ["refresh", "us_ofac_sdn"])
    assert failed.exit_code == 1
    assert "karez refresh us_ofac_sdn --file" in failed.stderr
    assert "retry" not in failed.stderr


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


def test_bulk_gives_every_line_its_answer_or_its_error(run: CliRunner, tmp_path: Path) -> None:
    file, answers = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    good = {"supplier": {"name": "Yangli \u2028 Paper \x85 Works"}, "activities": ["pay"]}
    lines = [
        b"\xef\xbb\xbf" + json.dumps(good, ensure_ascii=False).encode(),
        b"",
        b"{",
        b'{"supplier":{"name":"a"},"supplier":{"name":"b"}}',
        b"\xff\xfe",
        b"[" * 200_000,
        b'{"supplier":{"name":"' + b"x" * 3_000_000 + b'"}}',
        b'{"supplier":{"name":"a"},"as_of":"2099-01-01"}',
        json.dumps(good).encode() + b"\r",
        json.dumps(good).encode(),
    ]
    file.write_bytes(b"\n".join(lines))
    done = run.invoke(cli, ["bulk", str(file), "--output", str(answers)])
    assert done.exit_code == 1
    assert "3 rated, 6 not rated" in done.output
    made = [json.loads(line) for line in answers.read_bytes().splitlines()]
    assert [line.get("line", "rated") for line in made] == ["rated", 3, 4, 5, 6, 7, 8, "rated", "rated"]
    assert {p["pointer"] for line in made if "error" in line for p in line["error"]["errors"]} == {"", "/as_of"}
    piped = run.invoke(cli, ["bulk", "-"], input=json.dumps(good) + "\n")
    assert piped.exit_code == 0
    assert json.loads(piped.stdout)["rating"]


def test_bulk_never_writes_over_its_own_input(run: CliRunner, tmp_path: Path) -> None:
    file = tmp_path / "in.jsonl"
    file.write_text(json.dumps(SHIRTS), encoding="utf-8")
    for output, words in ((file, "name another"), (tmp_path / "none" / "x", "cannot be written")):
        refused = run.invoke(cli, ["bulk", str(file), "--output", str(output)])
        assert refused.exit_code == 2
        assert words in refused.output
    assert json.loads(file.read_text(encoding="utf-8")) == SHIRTS
    assert run.invoke(cli, ["bulk", str(tmp_path / "nothing")]).exit_code == 2


def test_what_cannot_be_read_is_said_in_a_line_with_its_place(run: CliRunner, tmp_path: Path) -> None:
    file = tmp_path / "s.json"
    for content, words in (
        (b'{"supplier":{"name":"A","colour":1}}', "/supplier/colour: this member is not known here"),
        (b'{"supplier":{"name":"A"},"related_parties":[{"ref":"supplier","name":"B"}]}', "/related_parties/0/ref"),
        (b'{"supplier":{"name":"A"},"supplier":{"name":"B"}}', "a member stands twice"),
        (b"\xff", "not UTF-8"),
    ):
        file.write_bytes(content)
        refused = run.invoke(cli, ["assess", str(file)])
        assert refused.exit_code == 1
        assert words in refused.output
        assert "Traceback" not in refused.output
    for name in ("nothing.json", "."):
        assert run.invoke(cli, ["assess", str(tmp_path / name)]).exit_code == 2


def test_screen_takes_lists_a_day_and_gives_json(run: CliRunner) -> None:
    name = "Xinjiang Public Security Bureau"
    made = json.loads(run.invoke(cli, ["screen", name, "--list", "us_ofac_sdn", "--json"]).stdout)
    assert made["hits"][0]["party"]["id"] == "karez:xpsb"
    assert "No hit." in run.invoke(cli, ["screen", name, "--list", "us_ofac_sdn", "--as-of", "2019-01-01"]).output
    assert run.invoke(cli, ["screen", name, "--as-of", "yesterday"]).exit_code == 2
    assert "/lists/0" in run.invoke(cli, ["screen", name, "--list", "nope"]).output
    assert run.invoke(cli, ["screen", ""]).exit_code == 2
    assert run.invoke(cli, ["screen", name, "--country", "cn"]).stdout.startswith("confirmed")


def test_a_database_or_setting_that_cannot_be_used_is_one_line(run: CliRunner, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value, words in (
        ("KAREZ_DATABASE_URL", "postgresql://nobody:hidden@127.0.0.1:1/none", "refused"),
        ("KAREZ_DATABASE_URL", "mysql://localhost/x", "sqlite:///"),
        ("KAREZ_DATABASE_URL", "nonsense", "sqlite:///"),
        ("KAREZ_DATABASE_URL", "sqlite:////dev/null/k.db", "cannot be used"),
        ("KAREZ_PORT", "many", "KAREZ_PORT does not fit"),
    ):
        with monkeypatch.context() as change:
            change.setenv(name, value)
            for command in (["migrate"], ["lists"]):
                refused = run.invoke(cli, command)
                assert refused.exit_code in (1, 2)
                assert words in refused.output
                assert "hidden" not in refused.output
                assert refused.exception is None or isinstance(refused.exception, SystemExit)


def test_a_key_needs_a_name(run: CliRunner) -> None:
    for name in ("", " ", "a\nb", "x" * 201):
        assert run.invoke(cli, ["keys", "create", name]).exit_code == 1
    assert run.invoke(cli, ["keys", "revoke", "nobody"]).exit_code == 1


def test_policies_from_draft_to_rollback(run: CliRunner, tmp_path: Path) -> None:
    file = tmp_path / "policy.json"
    submission = tmp_path / "submission.json"
    submission.write_text(json.dumps({"supplier": {"name": "Yangli Paper", "country": "PT"}, "activities": ["pay"]}))
    for _ in range(3):
        assert run.invoke(cli, ["assess", str(submission)]).exit_code == 0
    file.write_text(json.dumps({"title": "Ours", "floors": [{"rating": "severe", "countries": ["PT"]}]}))
    made = run.invoke(cli, ["policies", "draft", str(file)]).output.split(":")[0]
    simulated = json.loads(run.invoke(cli, ["policies", "simulate", made, "--json"]).output)
    assert (simulated["examined"], simulated["changed"], simulated["next_cursor"]) == (3, 3, None)
    assert "2 of 3 assessments" in run.invoke(cli, ["policies", "simulate", made, "--most", "2"]).output
    assert run.invoke(cli, ["policies", "activate", made, "--reason", " "]).exit_code == 2
    assert run.invoke(cli, ["policies", "activate", made, "--reason", "r", "--from", "soon"]).exit_code == 2
    assert "in_force" in run.invoke(cli, ["policies", "activate", made, "--reason", "the board"]).output
    assert run.invoke(cli, ["policies", "activate", made, "--reason", "again"]).exit_code == 1
    record = json.loads(run.invoke(cli, ["assess", "--json", str(submission)]).output)
    assert (record["rating"], record["basis"]["policy"]) == ("severe", made)
    assert json.loads(run.invoke(cli, ["replay", record["id"]]).output)["identical"] is True
    assert "law alone" in run.invoke(cli, ["policies", "rollback", made, "--reason", "wait"]).output
    assert json.loads(run.invoke(cli, ["policies", "show", made]).output)["status"] == "superseded"
    assert "superseded" in run.invoke(cli, ["policies", "list"]).output
    file.write_text(json.dumps({"title": "Loose", "ratings": [{"rule": "R05", "rating": "low"}]}))
    refused = run.invoke(cli, ["policies", "draft", str(file)])
    assert refused.exit_code == 1
    assert "R05" in refused.output
    assert run.invoke(cli, ["policies", "show", "nope"]).exit_code == 1
