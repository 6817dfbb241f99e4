"""A text or a name connects work with internment facilities, their graduates, or prisons."""

from __future__ import annotations

from collections.abc import Iterator

from app.core.bodies import DETENTION, named_as, of_the_region
from app.core.case import Case
from app.core.factor import factor
from app.core.finding import Evidence, Finding
from app.core.submission import SUPPLIER
from app.core.texts.signal_findings import FAR, signal_findings
from app.core.values import Citation

CITES = (
    Citation(
        title="Xinjiang Supply Chain Business Advisory (13 July 2021), exposures and indicators",
        url="https://www.state.gov/xinjiang-supply-chain-business-advisory/",
    ),
)


@factor(family="labour", base=45, cites=CITES)
def detention_labour(case: Case) -> Iterator[Finding]:
    """A text or a name connects work with internment facilities, their graduates, or prisons.

    Training centres of the internment system, placement of their graduates, prison enterprises. A supplier, maker, owner or provider of
    workers with the name of a prison or such a centre of the region is one too.
    """
    yield from signal_findings(case, "DET-01", "DET-02", "DET-03", "DET-04", "DET-05")
    for ref, placed in case.parties.items():
        name = named_as(case, ref, DETENTION)
        supplied = ref == SUPPLIER and not case.submission.buys
        if name is None or supplied or case.roles.reach(ref) in FAR or not of_the_region(case, ref):
            continue
        n = placed.party.names.index(name)
        yield Finding(
            subject=ref,
            says=f"The name {name} is that of a prison or detention facility in Xinjiang, or of a body that belongs to one.",
            evidence=(
                Evidence(
                    pointer=f"{placed.pointer}/name" if n == 0 else f"{placed.pointer}/other_names/{n - 1}",
                    submitted=name,
                    matched=name,
                    says="the name is that of a prison or detention facility",
                    citation=CITES[0],
                ),
            ),
            facts=(("level", "high"), ("context", "yes"), ("source", "name"), ("fires", "yes")),
        )
