"""Packed parties give the same watchlist however they are packed, kept as bytes or put together, and nothing is read that nobody asks for."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

import numpy as np
import pytest

from app.core.listed.merging import rank
from app.core.listed.packed import Packed, document_of, pack
from app.core.listed.packed_bytes import from_bytes, to_bytes
from app.core.party import CURATED, Alias, AliasKind, Designation, Identifier, Party, PartyKind
from app.core.screening.readings import version
from app.core.screening.watchlist import Watchlist
from app.core.submission import SubmittedParty
from app.core.values import Citation
from app.reference import load_parties

DAY = date(2026, 11, 1)
CITE = Citation(title="x", url="https://example.org/")


def record(party_id: str, *names: str, kind: PartyKind = PartyKind.ORGANIZATION, **more: Any) -> Party:
    source = party_id.split(":", maxsplit=1)[0]
    aliases = tuple(Alias(name=n, kind=AliasKind.STRONG if k else AliasKind.PRIMARY) for k, n in enumerate(names))
    designation = Designation(instrument="X", list=source, programme="P", citation=CITE)
    return Party(
        id=party_id, source=source, kind=kind, aliases=aliases, designations=more.pop("designations", (designation,)), **more
    )  # fmt: skip


@cache
def parties() -> tuple[Party, ...]:
    """The curated parties, and records of made lists that are linked with each other in every way."""
    ofac = (Identifier(scheme="ofac", value="77"),)
    return (
        *load_parties(),
        record("us_ofac_sdn:77", "Alpha Northern Mills", "Альфа", identifiers=ofac),
        record("ca_sema:1", "Alfa Mills", "Alpha Northern Mills", identifiers=ofac, countries=("CN",)),
        record("eu_fsf:9", "Noor Adler Exemplar", kind=PartyKind.PERSON, birth_dates=("1970-01-01",)),
        record("uk_sanctions_list:9", "EXEMPLAR, Noor Adler", kind=PartyKind.PERSON, birth_dates=("1970",)),
        record("own:1", "北方精密机械有限公司", "Northern Precision Machinery Co., Ltd.", countries=("CN",)),
        record("un_sc:5", "Ship of Theseus", kind=PartyKind.UNKNOWN, identifiers=(Identifier(scheme="imo", value="9074729"),)),
        record("ch_seco:5", "Theseus, Captain Ship", kind=PartyKind.PERSON, identifiers=(Identifier(scheme="imo", value="9074729"),)),
    )  # fmt: skip


def packed(some: tuple[Party, ...], known: Packed | None = None) -> Packed:
    return pack(((p, document_of(p)) for p in some), known)


def same(one: Watchlist, other: Watchlist) -> bool:
    """Whether two watchlists have the same parties and, down to the bit, the same index."""
    a, b = one.index, other.index
    arrays = ("party", "alias", "name_start", "name_word", "name_info", "name_bits", "post_start", "post_name")
    return (
        list(one.entries) == list(other.entries)
        and a.vocabulary.words == b.vocabulary.words
        and np.array_equal(a.vocabulary.bits, b.vocabulary.bits)
        and all(np.array_equal(getattr(a, name), getattr(b, name)) for name in arrays)
    )


@pytest.mark.parametrize("size", [1, 3, 50])
def test_packs_of_any_size_give_the_same_watchlist(size: int) -> None:
    parts = [packed(parties()[n : n + size]) for n in range(0, len(parties()), size)]
    assert same(Watchlist.of_packs(parts), Watchlist.of(parties()))


def test_a_pack_reads_back_from_its_bytes_as_it_was() -> None:
    made = packed(parties())
    again = from_bytes(to_bytes(made))
    assert to_bytes(again) == to_bytes(made)
    assert [again.party(n) for n in range(len(again))] == list(parties())
    assert same(Watchlist.of_packs([again]), Watchlist.of(parties()))


def test_an_empty_pack_is_kept_and_finds_nothing() -> None:
    empty = from_bytes(to_bytes(packed(())))
    assert Watchlist.of_packs([empty]).screen(SubmittedParty(name="Alpha Mills"), subject="s", as_of=DAY) == ()
    assert same(Watchlist.of_packs([empty, packed(parties())]), Watchlist.of(parties()))


def test_names_that_are_known_are_read_as_before() -> None:
    """Also where the same name is now a person's, or a weak one: then it is read anew."""
    before = (record("l:1", "Wang Group Trading International"), record("l:2", "Abdul Rahman Exemplar"))
    weak = Alias(name="Wang Group Trading International", kind=AliasKind.WEAK)
    after = (
        record("l:1", "Wang Group Trading International", kind=PartyKind.PERSON),
        record("l:2", "Abdul Rahman Exemplar", "A New Name Works"),
        record("l:3", "Somebody Else Limited").model_copy(update={"aliases": (weak,)}),
    )
    assert to_bytes(packed(after, packed(before))) == to_bytes(packed(after))


def test_a_party_of_a_person_and_an_unknown_record_is_read_as_a_person() -> None:
    """The first authority says what it is; the names of the other record are read in the same way."""
    ship, captain = parties()[-2:]
    person = captain.model_copy(update={"id": "us_ofac_sdn:5", "source": "us_ofac_sdn"})
    watchlist = Watchlist.of([ship, person])
    (party,) = watchlist.entries
    assert (party.id, party.kind) == ("us_ofac_sdn:5", PartyKind.PERSON)
    assert watchlist.index.name_info[:, 0].all()
    assert {party.aliases[n].name for n in watchlist.index.alias.tolist()} == {
        "Ship of Theseus",
        "Theseus, Captain Ship",
    }


def test_the_order_of_authorities_names_a_party() -> None:
    """OFAC's SDN list, other US lists, UN, EU, UK, Canada, Australia, Switzerland, then whoever else; curated rows last."""
    order = [
        "us_ofac_sdn",
        "us_ofac_consolidated",
        "us_csl",
        "un_sc",
        "eu_fsf",
        "uk_sanctions_list",
        "ca_sema",
        "au_dfat",
        "ch_seco",
        "ftm",
        CURATED,
    ]
    assert sorted(set(order), key=rank) == order
    number = (Identifier(scheme="ofac", value="5"),)
    ids = [f"{source}:a" for source in order[:-1]]
    for first in range(len(ids)):
        records = [record(i, f"Name of {i}", identifiers=number) for i in reversed(ids[first:])]
        watchlist = Watchlist.of(records)
        (party,) = watchlist.entries
        assert (party.id, party.name) == (ids[first], f"Name of {ids[first]}")
        assert all(watchlist.get(old) == party for old in ids[first:])


def test_what_is_not_asked_for_is_not_read() -> None:
    crowd = [record(f"l:{n}", f"Number {n} Works of Exemplar City") for n in range(500)]
    watchlist = Watchlist.of_packs([packed(tuple(crowd))])
    assert not watchlist.entries.records._young
    assert watchlist.get("l:7") == crowd[7]
    assert list(watchlist.entries.records._young) == [7]


def test_the_analysis_has_a_version() -> None:
    assert len(version()) == 64
