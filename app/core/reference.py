"""What factors look things up in: the rows of the reference edition held in SQL, with the indices made of them once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from .goods.tariff import Tariff
from .ownership.core_name import core_name
from .places.codes import Border
from .places.elsewhere import Elsewhere
from .places.names import PlaceIndex
from .reference_rows import (
    FOLLOWED,
    KINDS,
    Areas,
    DetentionSite,
    Division,
    Edge,
    FalseFriend,
    ImportOrder,
    InputStep,
    Instrument,
    Outline,
    Place,
    ReferenceGood,
    Signal,
)
from .texts.signal_index import SignalIndex


@dataclass(frozen=True)
class Reference:
    """The reference edition as the engine reads it: typed rows, in the order of the edition."""

    edition: str
    places: tuple[Place, ...] = ()
    divisions: tuple[Division, ...] = ()
    false_friends: tuple[FalseFriend, ...] = ()
    goods: tuple[ReferenceGood, ...] = ()
    inputs: tuple[InputStep, ...] = ()
    signals: tuple[Signal, ...] = ()
    import_orders: tuple[ImportOrder, ...] = ()
    instruments: Mapping[str, Instrument] = field(default_factory=dict)
    edges: tuple[Edge, ...] = ()
    outline: Outline | None = None
    areas: Areas | None = None
    detention_sites: tuple[DetentionSite, ...] = ()

    @cached_property
    def elsewhere(self) -> Elsewhere:
        """The rest of China, ready to be found in text and by code."""
        return Elsewhere(self.areas.names if self.areas is not None else {}, self.place_index.names)

    @cached_property
    def place_index(self) -> PlaceIndex:
        """The gazetteer's names, ready to be found in text."""
        return PlaceIndex(self.places)

    @cached_property
    def border(self) -> Border:
        """The region's outline, ready for coordinates."""
        return Border(self.outline)

    @cached_property
    def signal_index(self) -> SignalIndex:
        """The signals' phrases, ready to be found in text."""
        return SignalIndex(self.signals)

    @cached_property
    def tariff(self) -> Tariff:
        """The goods and inputs by tariff code."""
        return Tariff(self.goods, self.inputs)

    @cached_property
    def company_edges(self) -> Mapping[str, tuple[Edge, ...]]:
        """The edges between companies that law may follow, by the id of either end."""
        made: dict[str, list[Edge]] = {}
        for edge in self.edges:
            if edge.legal_propagation == FOLLOWED:
                for end in (edge.subject, edge.relationship.to):
                    made.setdefault(end, []).append(edge)
        return {end: tuple(edges) for end, edges in made.items()}

    @cached_property
    def bodies(self) -> Mapping[str, str]:
        """Companies the reference names at either end of such an edge, by their name without its legal form."""
        edges = [e for found in self.company_edges.values() for e in found]
        return {
            core_name(name): end
            for e in edges
            for name, end in ((e.relationship.to_name, e.relationship.to), (e.subject_name, e.subject))
            if name
        }

    @staticmethod
    def of(edition: str, rows: Iterable[tuple[str, Mapping[str, Any]]]) -> Reference:
        """Build from ``(kind, row)`` pairs; raises ``ValidationError`` on a row that breaks its model."""
        made: dict[str, list[Any]] = {kind: [] for kind in KINDS}
        for kind, row in rows:
            made[kind].append(KINDS[kind].model_validate(row))
        return Reference(
            edition=edition,
            places=tuple(made["place"]),
            divisions=tuple(made["division"]),
            false_friends=tuple(made["false_friend"]),
            goods=tuple(made["good"]),
            inputs=tuple(made["input"]),
            signals=tuple(made["signal"]),
            import_orders=tuple(made["import_order"]),
            instruments={row.id: row for row in made["instrument"]},
            edges=tuple(made["edge"]),
            outline=made["outline"][0] if made["outline"] else None,
            areas=made["areas"][0] if made["areas"] else None,
            detention_sites=tuple(made["detention_site"]),
        )
