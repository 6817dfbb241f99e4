"""The reference edition: every row fits its model, carries a citation and a mark, and agrees with the dossier it was made from."""

from __future__ import annotations

import csv
import re
from collections import Counter
from datetime import date

import pytest

from app import reference
from app.core.party import Party
from app.core.reference import Reference
from app.core.reference_rows import KINDS
from tests.support import SHARED, yaml_cases

ROWS = reference.load_rows()
PARTIES = {p.id: p for p in reference.load_parties()}
DOMAIN = SHARED / "domain"
absent = pytest.mark.skipif(not DOMAIN.exists(), reason="the dossier lies beside the checkout and is not here")


def dossier(name: str) -> list[dict[str, str]]:
    with (DOMAIN / f"{name}.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def designation(party: str, instrument: str) -> object:
    return next(d for d in PARTIES[f"karez:{party}"].designations if d.instrument == instrument)


def test_every_row_fits_its_model_and_is_cited_and_marked() -> None:
    for kind, row in ROWS:
        made = KINDS[kind].model_validate(row)
        assert made.citation.url.startswith("http")
        assert made.source
    for party in PARTIES.values():
        for d in party.designations:
            assert d.citation.title


@absent
@pytest.mark.parametrize(
    ("kind", "file"),
    [
        ("place", "gazetteer"),
        ("division", "xpcc"),
        ("false_friend", "false_friends"),
        ("good", "goods"),
        ("input", "inputs"),
        ("signal", "signals"),
        ("instrument", "instruments"),
        ("import_order", "wros"),
        ("edge", "relationships"),
    ],
)
def test_no_row_of_the_dossier_is_lost(kind: str, file: str) -> None:
    rows = [r for k, r in ROWS if k == kind]
    if kind == "instrument":  # the product also knows the instruments of lists outside the dossier
        rows = [r for r in rows if r["id"] in {d["instrument_id"] for d in dossier(file)}]
    known = len(dossier(file))
    assert len(rows) >= known if kind == "input" else len(rows) == known


NAMED_BY_STATUTE = [
    (f"karez:{maker}", instrument, day)
    for maker in ("huawei", "zte", "hytera")
    for instrument, day in (("US_NDAA_889", "2019-08-13"), ("US_FCC_COVERED_LIST", "2021-03-12"))
]
"""Section 889(f)(3) names five makers; the dossier's rows hold the two with a link to Xinjiang, its instrument names all five."""


@absent
def test_designations_are_those_that_may_be_loaded() -> None:
    wanted = Counter(
        (f"karez:{r['party_id']}", r["instrument_id"], r["effective_date"])
        for r in dossier("designations")
        if r["seed_safe"] in ("yes", "check")
    )
    wanted.update(NAMED_BY_STATUTE)
    found = Counter((p.id, d.instrument, str(d.listed_on)) for p in PARTIES.values() for d in p.designations)
    assert found == wanted
    unsafe = {f"karez:{r['party_id']}" for r in dossier("designations") if r["seed_safe"] == "no"}
    safe = {p for p, _, _ in wanted}
    assert not (unsafe - safe) & set(PARTIES)


def test_rows_to_be_checked_are_unconfirmed() -> None:
    assert not designation("lop-meixin", "US_UFLPA").confirmed  # type: ignore[attr-defined]
    assert not designation("psb-aksu-district", "US_BIS_ENTITY_LIST").confirmed  # type: ignore[attr-defined]
    assert designation("xpsb", "US_BIS_ENTITY_LIST").confirmed  # type: ignore[attr-defined]


def test_facts_that_are_often_wrong_elsewhere() -> None:
    huo: Party = PARTIES["karez:huo-liujun"]
    assert "us_7031c" not in huo.lists
    assert not any(d.family_entry_ban for d in huo.designations)
    assert designation("huo-liujun", "CA_SEMA_PRC").listed_on == date(2024, 12, 9)  # type: ignore[attr-defined]
    assert designation("mps-ifs", "US_BIS_ENTITY_LIST").ended_on == date(2023, 11, 16)  # type: ignore[attr-defined]
    assert designation("sensetime", "US_NSCMIC_EO13959").listed_on == date(2022, 2, 8)  # type: ignore[attr-defined]
    assert designation("xpcc", "US_UFLPA").extends_to == "SUBORDINATE_AND_AFFILIATED"  # type: ignore[attr-defined]
    assert set(PARTIES["karez:xpcc"].lists) == {"us_ofac_sdn", "us_uflpa", "us_bis_entity_list"}
    assert "eu_fsf" not in PARTIES["karez:chen-quanguo"].lists


def test_the_two_bureaus_are_two_parties() -> None:
    names = [{a.name for a in PARTIES[i].aliases} for i in ("karez:xpsb", "karez:xpcc-psb")]
    assert not names[0] & names[1]


def test_the_digest_is_that_of_the_facts() -> None:
    assert reference.digest() == reference.digest()
    assert len(reference.digest()) == 64


def test_codes_refer_to_what_exists() -> None:
    made = Reference.of(reference.EDITION, ROWS)
    codes = {p.code for p in made.places} | {"CN"}
    assert all(p.parent in codes for p in made.places if p.level != "historical")
    assert all(p.designations for p in PARTIES.values())
    assert {d.instrument for p in PARTIES.values() for d in p.designations} <= set(made.instruments)


def test_a_pattern_of_a_signal_needs_words_that_it_holds() -> None:
    """The words gate the pattern: one that matches a case's text without any of them would never be run."""
    texts = [case["text"].lower() for name in ("text_factors", "text") for case in yaml_cases(name)]
    held = 0
    for kind, row in ROWS:
        for pattern in row["patterns"] if kind == "signal" else ():
            compiled = re.compile(pattern["match"])
            for text in texts:
                if (match := compiled.search(text)) is not None:
                    held += 1
                    assert any(word in match.group() for word in pattern["needs"]), (row["id"], match.group())
    assert held > 20
