"""What the members of a submission and of a screening mean, as the OpenAPI document tells them to whoever fills them in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_PARTY = {
    "name": "as it is written on the order, in any script",
    "other_names": "former names, trade names, the name in another script",
    "kind": "what the party is; a person is compared with people only",
    "country": "ISO 3166-1 alpha-2 in capitals, for example CN",
    "identifiers": "registration numbers: they decide where names cannot",
    "birth_date": "of a person: YYYY, YYYY-MM or YYYY-MM-DD",
    "sites": "where the party works, each place with its use",
    "phones": "phone and fax numbers",
    "emails": "mail addresses",
    "websites": "web addresses",
    "description": "what the party says of itself or others say of it; read for signals",
    "relations": "how this party stands to another one of the submission",
}
_REF = "`supplier`, or the `ref` of a related party"
FIELDS: Mapping[str, Mapping[str, str]] = {
    "Submission": {
        "client_reference": "your own key, for example an order number; `GET /v1/assessments?client_reference=` finds it again",
        "profiles": "who is buying: each profile gets its own rating under the law that binds it; default `us_person` and `us_importer`",
        "activities": "what you intend to do; default `buy_goods`",
        "as_of": "the day whose law and lists decide, YYYY-MM-DD; default today",
        "supplier": "whom you deal with",
        "related_parties": "owners, directors, makers of inputs, labour providers: everybody else you know of",
        "goods": "what is bought, with what it is made from",
        "statements": "texts about a party: a web page, a questionnaire, a news report",
        "evidence": "documents you hold: tracing, rulings, licences, tests",
    },
    "SubmittedParty": _PARTY,
    "RelatedParty": {
        **_PARTY,
        "ref": "a name of your choice by which goods, relations and statements point at this party",
        "tier": "steps from you: the supplier is 1, its suppliers 2; null where unknown",
    },
    "SubmittedIdentifier": {
        "scheme": "which register the number is of; uscc is the 18-character code of a Chinese entity",
        "value": "the number as written; spaces and dashes do not matter",
        "country": "of the register, ISO 3166-1 alpha-2",
    },
    "Site": {
        "use": "what is done there: only where goods are made does a place weigh on the goods",
        "address": "the whole address as one text, in any script",
        "city": "where known on its own",
        "region": "province, state or prefecture, where known on its own",
        "postal_code": "where known on its own",
        "country": "ISO 3166-1 alpha-2 in capitals, for example CN",
        "latitude": "degrees, north positive (WGS 84)",
        "longitude": "degrees, east positive (WGS 84)",
    },
    "Relation": {
        "kind": "this party is the KIND of the party in `of`: an `owner` here owns the party in `of`",
        "of": f"{_REF}; default `supplier`",
        "percent": "share from 0 to 100; absent: unknown, which is not zero",
        "from": "first day, YYYY-MM-DD",
        "to": "last day, YYYY-MM-DD; absent: still so",
        "source": "where this is known from",
    },
    "Good": {
        "description": "what it is, in words",
        "hs_code": "customs code, 4 to 10 digits with or without dots; decides more than the words",
        "origin_country": "where it was grown, dug or made, ISO 3166-1 alpha-2",
        "origin_region": "province or region of origin, in words",
        "made_by": f"{_REF}: who made it",
        "inputs": "what it is made from, each again with maker, origin and inputs, back to the raw material",
    },
    "Statement": {
        "about": f"{_REF}; default `supplier`",
        "text": "the words themselves, in any language",
        "language": "BCP 47 tag, for example zh",
        "source": "address or name of the publication",
        "date": "of publication, YYYY-MM-DD",
    },
    "SubmittedEvidence": {
        "kind": "what kind of document it is; which kinds lower a rating, the rules say",
        "covers": "what it proves something of: JSON Pointers of goods and inputs, for example /goods/0/inputs/0",
        "issued_by": "who issued it",
        "date": "of issue, YYYY-MM-DD",
        "valid_until": "last day it holds, YYYY-MM-DD",
        "place": "where it was issued or carried out, in words",
    },
    "Screening": {
        "threshold": "least score of a hit, 0 to 1: the probability that a reviewer would call it a match",
        "lists": "only these lists, by id as in `GET /v1/lists`; default all",
        "as_of": "as the lists were on this day, YYYY-MM-DD; default today",
    },
    "Simulating": {
        "client_reference": "only assessments with this key of your own",
        "rating": "only assessments with this overall rating",
        "since": "only assessments made on or after this day or moment",
        "cursor": "`next_cursor` of the call before",
        "limit": "how many to look at in this call",
    },
    "Activating": {
        "reason": "why, for the record",
        "from": "first day on which it decides, YYYY-MM-DD; default today",
    },
    "RollingBack": {
        "reason": "why, for the record",
        "to": "the earlier edition to go back to; default the one that decided before",
    },
}


def describe(schemas: dict[str, Any], words_of: Mapping[str, Mapping[str, str]]) -> None:
    """Add words to the members of schemas; a description that a model has of its own stays."""
    for name, fields in words_of.items():
        for field, words in fields.items():
            schemas[name]["properties"][field].setdefault("description", words)
