"""Any FollowTheMoney data set, as OpenSanctions and others publish it: entities.ftm.json, targets.simple.csv, senzing.json.

For whoever holds a licence for such data. The compiler's id is the key. Sanctions become designations with their programmes; topics that are listings become
designations without one; everything else (politically exposed, related) is a role and lists nobody. Faith, ethnicity and the like are not read.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from app.core.party import Party
from app.core.source import Document, Documents, Format, Source
from app.errors import SourceChanged

from .assemble import checked, unique
from .ftm_flat import SENZING, SIMPLE, senzing_records, simple_rows
from .ftm_join import entities
from .ftm_party import ID, read_entity
from .sniff import first_row, text_of

ENTITIES = "entities.ftm.json"


def parse_entities(documents: Documents) -> Iterator[Party]:
    """Read entities, one JSON object a line, in any order; raises ``SourceChanged`` with line and reason."""
    return _some(read_entity(one, said) for one, said in entities(ENTITIES, documents[ENTITIES]))


def parse_simple(documents: Documents) -> Iterator[Party]:
    """Read the simple table; raises ``SourceChanged`` with line and reason."""
    return unique(_some(simple_rows(documents[SIMPLE])))


def parse_senzing(documents: Documents) -> Iterator[Party]:
    """Read Senzing records, one JSON object a line; raises ``SourceChanged`` with line and reason."""
    return unique(_some(senzing_records(documents[SENZING])))


def _some(parties: Iterator[Party]) -> Iterator[Party]:
    found = False
    for one in checked(parties):
        found = True
        yield one
    if not found:
        raise SourceChanged("the data set holds no person, company, vessel or other party")


def _is_entities(head: bytes) -> bool:
    line = (text_of(head).splitlines() or [""])[0]
    return line.lstrip().startswith("{") and '"schema"' in line and '"properties"' in line


def _is_senzing(head: bytes) -> bool:
    line = (text_of(head).splitlines() or [""])[0]
    return line.lstrip().startswith("{") and '"RECORD_ID"' in line


FORMATS = (
    Format("FollowTheMoney entities", (Document(ENTITIES, _is_entities),), parse_entities),
    Format(
        "simple table", (Document(SIMPLE, lambda head: {"id", "schema", "name"} <= set(first_row(head))),), parse_simple
    ),
    Format("Senzing records", (Document(SENZING, _is_senzing),), parse_senzing),
)

ftm = Source(
    id=ID,
    title="FollowTheMoney data set",
    publisher="whoever compiled it; handed over by the licence holder",
    url="https://followthemoney.tech/",
    formats=FORMATS,
    programme="FTM",
    cadence="as handed over",
    licence="the holder's own (OpenSanctions data: CC BY-NC 4.0 or a paid licence)",
    freshness=timedelta(hours=72),
    expect=range(1, 20_000_000),
)
"""Binds nobody: a compilation is a pointer to the lists it was made from."""
