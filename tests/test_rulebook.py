"""The rulebook is complete, cited, and dated as the law is."""

from __future__ import annotations

import re
from datetime import date

import pytest

from app.core.law.rulebook import Rulebook
from app.core.submission import Activity, Profile
from app.factors import FACTORS
from app.reference import load_rows
from app.rules import load
from tests.support import ROOT

BOOK = Rulebook.of(load())
EXPLANATIONS = frozenset(
    {
        "former_listing",
        "permitted_evidence",
        "place_conflict",
        "conflict_of_law",
        "weightless_assurance",
        "stale_list",
    }
)
"""Factors that explain or prompt and raise nothing by themselves (R18, R21, and the 'never lowers' rows)."""


def test_every_factor_is_weighed_by_a_rule_or_said_to_explain_only() -> None:
    weighed = {p.factor for law in BOOK.laws for v in law.versions for c in v.consequences for p in c.any_of}
    names = {f.name for f in FACTORS}
    assert names - weighed - EXPLANATIONS == set()
    assert weighed - names == {"stale_list"}


def test_every_profile_has_consequences_of_its_own_law() -> None:
    for profile in Profile:
        assert any(c.binds(profile, frozenset(c.activities)) and not c.floor for c in BOOK.on(date(2026, 11, 24))), (
            profile
        )


SECTION = re.compile(r"section|article|regulation|CFR|U\.S\.C\.|FAQ|FAR \d|E\.O\. \d", re.IGNORECASE)


def test_every_consequence_says_what_to_do_and_cites_a_section() -> None:
    for law in BOOK.laws:
        for version in law.versions:
            for consequence in version.consequences:
                assert consequence.next_step
                assert consequence.effect
                assert SECTION.search(consequence.citation.title), (law.id, consequence.rule)
                assert any(ch.isdigit() for ch in consequence.citation.title), (law.id, consequence.rule)
            for evidence in version.evidence:
                assert SECTION.search(evidence.citation.title) or "FAQ" in evidence.citation.title


NOT_WEIGHED = {
    "US_INA_212A3C": "names are confidential, nobody can be screened",
    "US_DOL_TVPRA_LIST": "a reporting list of goods, no duty of a buyer",
    "US_S301_FORCED_LABOUR_2026": "pending, aimed at states",
    "US_UHRPA_2020": "its people stand on the SDN list, which R01 weighs",
    "EU_DIR_2024_1226": "penalties for breaches of R02, no rule of its own",
    "NO_GHR_MIRROR": "no profile for Norway; mirrors the EU list",
    "NO_GPFG_EXCLUSION": "binds one investor, a signal only",
    "CH_POSITION": "not adopted, no effect",
    "CN_AFSL": "the flag conflict_of_law",
    "CN_BLOCKING_RULES": "the flag conflict_of_law",
    "CN_UEL": "the flag conflict_of_law",
    "CN_ORDER_834_835": "the flag conflict_of_law",
}
"""Instruments that no consequence names, each with the reason."""

BY_LISTING = {"EU_FSF", "CA_SEMA", "CA_JVCFOA", "AU_UN_CHARTER", "CH_EMBG", "US_ISN", "US_DTC"}
"""Instruments that a reason takes from the listing that made it (``per_instrument``)."""


def test_every_instrument_that_can_touch_a_buyer_is_weighed() -> None:
    known = {row["id"] for kind, row in load_rows() if kind == "instrument"}
    used = {c.instrument for law in BOOK.laws for v in law.versions for c in v.consequences}
    assert used <= known
    assert known - used == set(NOT_WEIGHED) | BY_LISTING


def test_a_law_is_one_more_file_and_no_code() -> None:
    made = {law.id for law in BOOK.laws}
    folder = {p.stem for p in (ROOT / "app" / "rules").glob("*.yaml")}
    assert len(made) == len(folder)
    assert [law.order for law in BOOK.laws] == sorted(law.order for law in BOOK.laws)


@pytest.mark.parametrize(
    ("rule", "profile", "day", "instrument"),
    [
        ("R06b", Profile.EU_OPERATOR, date(2027, 12, 13), "DE_LKSG"),
        ("R06b", Profile.EU_OPERATOR, date(2027, 12, 14), "EU_FLR_2024_3015"),
        ("R06b", Profile.EU_OPERATOR, date(2029, 7, 26), "EU_CSDDD"),
        ("R06b", Profile.UK_PERSON, date(2026, 11, 23), "UK_POCA"),
        ("R06b", Profile.CA_IMPORTER, date(2026, 11, 23), "CA_IMPORT_BAN"),
        ("R06b", Profile.MX_IMPORTER, date(2026, 11, 23), "MX_IMPORT_BAN"),
        ("R12", Profile.US_DOD_SUPPLIER, date(2027, 6, 30), "US_NDAA_1260H"),
        ("R23", Profile.CA_PERSON, date(2026, 11, 23), "CA_S211"),
    ],
)
def test_a_law_speaks_from_its_day(rule: str, profile: Profile, day: date, instrument: str) -> None:
    found = [c for c in BOOK.on(day) if c.rule == rule and c.binds(profile, frozenset(Activity))]
    assert instrument in {c.instrument for c in found}


def test_the_presumption_starts_on_21_june_2022() -> None:
    assert not any(c.rule == "R05" for c in BOOK.on(date(2022, 6, 20)))
    assert any(c.rule == "R05" for c in BOOK.on(date(2022, 6, 21)))


def test_the_bis_affiliates_rule_is_in_force_suspended_and_back() -> None:
    days = (
        date(2025, 9, 28),
        date(2025, 9, 29),
        date(2025, 11, 9),
        date(2025, 11, 10),
        date(2026, 11, 9),
        date(2026, 11, 10),
    )
    assert ["BIS50_DATED" in BOOK.ownership_on(d) for d in days] == [False, True, True, False, False, True]


def test_the_digest_follows_the_documents() -> None:
    documents = [dict(d) for d in load()]
    assert Rulebook.of(documents).digest == BOOK.digest
    documents[0]["title"] = "another title"
    assert Rulebook.of(documents).digest != BOOK.digest
