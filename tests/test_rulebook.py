"""The rulebook is complete, cited, and dated as the law is."""

from __future__ import annotations

from datetime import date

from app.core.rulebook import Rulebook
from app.core.submission import Profile
from app.factors import FACTORS
from app.rules import load

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


def test_every_consequence_says_what_to_do_and_cites_a_section() -> None:
    for law in BOOK.laws:
        for version in law.versions:
            for consequence in version.consequences:
                assert consequence.next_step
                assert consequence.effect
                assert (
                    any(ch.isdigit() for ch in consequence.citation.title)
                    or "List" in consequence.citation.title
                    or "Strategy" in consequence.citation.title
                    or "Guidance" in consequence.citation.title
                    or "Framework" in consequence.citation.title
                )


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
