"""A text describes workers moved or placed by the state, or the provider of the workers is in Xinjiang."""

from __future__ import annotations

from collections.abc import Iterator

from app.core.case import Case
from app.core.factor import factor
from app.core.finding import Basis, Finding
from app.core.places.readings import PlaceReading
from app.core.submission import RelationKind
from app.core.texts.signal_findings import signal_findings
from app.core.values import Citation

CITES = (
    Citation(
        title="Public Law 117-78, section 2(d)(2)(B)(ii) and (v)",
        url="https://www.congress.gov/117/plaws/publ78/PLAW-117publ78.pdf",
    ),
)
SIGNALS = (
    *(
        "LAB-01",
        "LAB-02",
        "LAB-03",
        "LAB-05",
        "LAB-06",
        "LAB-07",
        "LAB-10",
        "LAB-11",
        "LAB-12",
        "LAB-13",
        "LAB-14",
        "LAB-15",
    ),
    *("GOV-01", "GOV-02", "GOV-03"),
)


@factor(family="labour", base=45, cites=CITES)
def labour_transfer(case: Case) -> Iterator[Finding]:
    """A text describes workers moved or placed by the state, or the provider of the workers is in Xinjiang.

    State-organised transfer, surplus labour, quotas, training before placement. The words are ordinary elsewhere in China: they weigh
    only with the region in the same sentence. A stated labour provider whose place is in Xinjiang is how workers leave the region.
    """
    yield from signal_findings(case, *SIGNALS)
    for ref, placed in case.parties.items():
        for n, relation in enumerate(placed.party.relations):
            if relation.kind is not RelationKind.LABOUR_PROVIDER:
                continue
            reading = _place(case, ref)
            if reading is None:
                continue
            taker = case.parties[relation.of].party.name
            first = reading.evidence[0]
            yield Finding(
                subject=relation.of,
                basis=Basis.OBSERVED,
                says=f"{placed.party.name}, stated as provider of workers to {taker}, is in Xinjiang: {first.says}.",
                evidence=(
                    first.model_copy(
                        update={
                            "pointer": f"{placed.pointer}/relations/{n}",
                            "submitted": relation.kind.value,
                            "matched": relation.kind.value,
                            "says": f"the submission states {placed.party.name} as provider of workers to {taker}",
                            "citation": CITES[0],
                        }
                    ),
                    *reading.evidence[:5],
                ),
                facts=(("level", "high"), ("context", "yes"), ("source", "labour_provider"), ("fires", "yes")),
            )


def _place(case: Case, ref: str) -> PlaceReading | None:
    """Where a provider is in the region, firmly: a site of any use, or its registration."""
    readings = (*case.places.sites(ref), *case.places.registration(ref))
    return next((r for r in readings if r.strength is not None and r.strength != "possible"), None)
