"""CBP's dataset of orders: who or what each order is on, since when, and whether it still stands."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.party import AliasKind, Party, PartyKind
from app.core.screening.watchlist import Watchlist
from app.errors import SourceChanged
from app.sources.listed_names import slug
from app.sources.us_cbp_wro import COLUMNS, us_cbp_wro
from app.sources.wro_names import Scope, read_targets
from tests.support import SHARED, read_list

ENTITIES = SHARED / "data" / "cbp_wro" / "cbp_wro_entities.csv"
ALL = ("Calendar Year", "Country", "Country Code", "Entity", "Merchandise", *COLUMNS[4:])


def row(entity: str, **cells: str) -> dict[str, str]:
    made = dict.fromkeys(ALL, "")
    made |= {
        "Calendar Year": "2021",
        "Country": "China",
        "Country Code": "CN",
        "Entity": entity,
        "Status": "Active",
        "WRO/Finding": "WRO",
    }
    made |= {"Effective Date": "1/13/2021", "Press Release": "N/A"}
    return made | {key.replace("_", " "): value for key, value in cells.items()}


REGION = "Xinjiang Uyghur Autonomous Region (XUAR)"
ROWS = [
    row(REGION, Merchandise="Cotton and tomatoes", Industry="Agriculture"),
    row("Exemplar Silicon Co. Ltd. and Subsidiaries", Merchandise="Silica-based products", Effective_Date="6/24/2021"),
    row("Exemplar Garment Co., Ltd. and Exemplar Trade Co., Ltd.", Status="Partially Active"),
    row("Exemplar Works, a/k/a Exemplar Prison; Ex Industrial Company", Effective_Date="11/14/1991", Status="Inactive", Remarks="Revoked 4/24/2003"),
    {**row("Exemplar Works", Effective_Date="3/18/1992", Status="Inactive"), "WRO/Finding": "Finding"},
    row("Fishing Vessel: Ex Star No. 2", Country="Taiwan", **{"Country_Code": "TW"}),
    row("Café Exemplar S.A. de C.V.", Country="Mexico", **{"Country_Code": "MX"}),
]  # fmt: skip


def as_csv(rows: Sequence[dict[str, str]] = ROWS, columns: Sequence[str] = ALL, encoding: str = "latin-1") -> bytes:
    buffer = io.StringIO(newline="")
    writer = csv.DictWriter(buffer, columns, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return buffer.getvalue().encode(encoding)


def read(body: bytes) -> dict[str, Party]:
    return {party.id.removeprefix("us_cbp_wro:"): party for party in read_list(us_cbp_wro, body)}


def test_every_target_of_every_order_is_a_party_with_its_goods_and_its_status() -> None:
    parties = read(as_csv())
    assert set(parties) == {
        "xinjiang-uyghur-autonomous-region-xuar",
        "exemplar-silicon-co-ltd",
        "exemplar-garment-co-ltd",
        "exemplar-trade-co-ltd",
        "exemplar-works",
        "ex-star-no-2",
        "café-exemplar-sa-de-cv",
    }
    (silicon,) = parties["exemplar-silicon-co-ltd"].designations
    assert (silicon.extends_to, silicon.listed_on, silicon.programme) == ("AND_SUBSIDIARIES", date(2021, 6, 24), "WRO")
    assert silicon.basis == "goods: Silica-based products; country: China"
    assert parties["exemplar-trade-co-ltd"].designations[0].reference == "status: Partially Active"
    assert parties["ex-star-no-2"].kind is PartyKind.VESSEL
    assert parties["café-exemplar-sa-de-cv"].countries == ("MX",)


def test_orders_on_one_party_are_its_designations_and_an_inactive_one_has_ended() -> None:
    works = read(as_csv())["exemplar-works"]
    assert [a.name for a in works.aliases] == ["Exemplar Works", "Exemplar Prison", "Ex Industrial Company"]
    assert [(d.programme, d.listed_on, d.ended_on) for d in works.designations] == [
        ("WRO", date(1991, 11, 14), date(2003, 4, 24)),
        ("FINDING", date(1992, 3, 18), date(1992, 3, 18)),
    ]
    assert not any(d.in_force(date(2026, 1, 1)) for d in works.designations)
    assert works.designations[0].in_force(date(1995, 1, 1))


def test_the_name_of_a_region_identifies_nobody() -> None:
    region = read(as_csv())["xinjiang-uyghur-autonomous-region-xuar"]
    assert [(a.kind, a.common) for a in region.aliases] == [(AliasKind.WEAK, True)]
    assert region.designations[0].reference == "status: Active; scope: region"
    assert Watchlist.of([region]).get(region.id) == region


def test_encodings_and_orders_of_columns_that_people_save_say_the_same() -> None:
    parties = read(as_csv())
    assert read(as_csv(encoding="utf-8")) == parties
    assert read(as_csv(encoding="utf-8-sig")) == parties
    assert read(as_csv(columns=sorted(ALL))) == parties
    without = read(as_csv(columns=[c for c in ALL if c != "Merchandise"]))
    assert set(without) == set(parties)


@pytest.mark.parametrize(
    ("cell", "names", "scope"),
    [
        ("Ex Farm, Zhejiang Ex Tea Co., Ltd.; Ey Trading Co., Ltd. (of Nagoya, Japan)", ["Ex Farm, Zhejiang Ex Tea Co., Ltd.", "Ey Trading Co., Ltd."], Scope.PARTY),
        ("Ex Agriculture, Industry, and Trade Co., Ltd.", ["Ex Agriculture, Industry, and Trade Co., Ltd."], Scope.PARTY),
        ("Ex Carpet Pvt., Ey Carpet Pvt., Ltd., Ez Carpet, and Ea Carpet Industries; Kathmandu.", ["Ex Carpet Pvt.", "Ey Carpet Pvt., Ltd.", "Ez Carpet", "Ea Carpet Industries"], Scope.PARTY),
        ("Ex Sdn Bhd, Ey (M) Sdn Bhd, and Ez Sdn Bhd (collectively, Ex Group)", ["Ex Group"], Scope.PARTY),
        ("Ex S.A. de C.V. and Ey S.A. de C.V. and their subsidiaries", ["Ex S.A. de C.V.", "Ey S.A. de C.V."], Scope.PARTY),
        ("Ex Company, Limited and its two subsidiaries from China, Ey (Nantong) Co. Limited and Ez (HK) Limited.", ["Ex Company, Limited", "Ey (Nantong) Co. Limited", "Ez (HK) Limited"], Scope.PARTY),
        ("Fishing Vessels owned by Ex Ocean Fishing Co. Ltd.", ["Ex Ocean Fishing Co. Ltd."], Scope.FLEET),
        ("Tobacco produced in Utopia and products containing it", ["Tobacco produced in Utopia and products containing it"], Scope.GOODS),
        ("State Penitentiary, Ex Town, Ex Province, China", ["State Penitentiary"], Scope.PARTY),
    ],
)  # fmt: skip
def test_a_cell_is_read_as_what_the_order_is_on(cell: str, names: list[str], scope: Scope) -> None:
    targets = read_targets(cell, "China")
    assert [t.entity.name for t in targets] == names
    assert {t.scope for t in targets} == {scope}


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "empty"),
        (as_csv(columns=[c for c in ALL if c != "Status"]), "lacks column 'Status'"),
        (as_csv(columns=[*ALL, "Notes"]), "unknown column 'Notes'"),
        (as_csv()[:-40], r"withhold-release-orders-findings\.csv line 8"),
        (as_csv().decode("latin-1").encode("utf-16"), "another kind|UTF-16"),
        (as_csv().replace(b"Caf\xe9", b"Caf\x81"), "a byte that is not CP1252"),
        (as_csv().replace(b",Active,", b",Pending,", 1), "line 2: unknown Status"),
        (as_csv().replace(b",WRO,", b",Order,", 1), "line 2: unknown WRO/Finding"),
        (as_csv().replace(b"1/13/2021", b"13/13/2021", 1), "line 2 Effective Date: not a date"),
        (as_csv([row("")]), "line 2: an order without an entity"),
        (as_csv([row("Ex (of Nagoya")]), "line 2: a parenthesis is opened"),
        (as_csv([]), "no order in it"),
        (b"<html><title>Access denied</title></html>", "HTML page"),
    ],
)
def test_what_is_not_the_dataset_is_refused(body: bytes, reason: str) -> None:
    with pytest.raises(SourceChanged, match=reason):
        read(body)


@given(st.binary(max_size=30), st.integers(0, 2_000), st.integers(0, 40))
@settings(deadline=None)
def test_no_damage_breaks_the_reader(noise: bytes, place: int, lost: int) -> None:
    made = as_csv()
    place %= len(made)
    try:
        read(made[:place] + noise + made[place + lost :])
    except SourceChanged:
        return


@given(
    st.text("ABab .,;()&-/0123 and a/k/a Co., Ltd. its subsidiaries collectively Fishing Vessel: Region", max_size=120)
)
@settings(deadline=None)
def test_only_source_changed_escapes_from_a_cell(cell: str) -> None:
    try:
        read_targets(cell, "China")
    except SourceChanged:
        return


@pytest.mark.skipif(not ENTITIES.exists(), reason="the published lists lie beside the checkout and are not here")
def test_every_published_cell_gives_the_parties_that_somebody_else_read_in_it() -> None:
    with ENTITIES.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    cells: dict[str, list[dict[str, str]]] = {}
    for cells_of in rows:
        cells.setdefault(cells_of["entity_cell_as_published"], []).append(cells_of)
    assert len(cells) == 69
    for cell, read_by_others in cells.items():
        targets = read_targets(cell, read_by_others[0]["country"])
        assert {t.entity.name for t in targets} == {r["name"] for r in read_by_others}
        assert {a for t in targets for a in t.entity.aliases} == {
            a for r in read_by_others for a in r["aliases"].split("; ") if a
        }
        assert {t.scope is Scope.VESSEL for t in targets} == {r["schema"] == "Vessel" for r in read_by_others}
    whole = as_csv([row(cell, Country=r[0]["country"] or "China", **({"Effective_Date": r[0]["effective_date"], "WRO/Finding": r[0]["wro_or_finding"]} if r[0]["wro_or_finding"] else {})) for cell, r in cells.items()])  # fmt: skip
    parties = read(whole)
    assert set(parties) == {slug(r["name"]) for r in rows}
