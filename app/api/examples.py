"""Runnable examples of the docs page: invented submissions that the service accepts."""

from __future__ import annotations

from typing import Any

CARTONS: dict[str, Any] = {
    "client_reference": "PO-4711",
    "profiles": ["us_person", "us_importer"],
    "supplier": {
        "name": "Dongguan Yangli Paper Co., Ltd.",
        "country": "CN",
        "sites": [{"use": "production", "address": "Zhongtang Town, Dongguan, Guangdong 523220", "country": "CN"}],
    },
    "goods": [{"description": "paperboard boxes", "hs_code": "4819.10", "origin_country": "CN", "made_by": "supplier"}],
}
SHIRTS: dict[str, Any] = {
    "client_reference": "PO-4712",
    "profiles": ["us_importer", "eu_operator"],
    "supplier": {
        "name": "Yangli Saigon Garment JSC",
        "country": "VN",
        "sites": [{"use": "production", "city": "Ho Chi Minh City", "country": "VN"}],
    },
    "related_parties": [
        {
            "ref": "p1",
            "name": "Aksu Yangli Spinning Co., Ltd.",
            "country": "CN",
            "tier": 2,
            "sites": [{"use": "production", "address": "Textile Industrial City, Aksu 843000, China", "country": "CN"}],
            "relations": [{"kind": "upstream_supplier", "of": "supplier"}],
        }
    ],
    "goods": [
        {
            "description": "men's cotton T-shirts",
            "hs_code": "6109.10",
            "origin_country": "VN",
            "made_by": "supplier",
            "inputs": [{"description": "cotton yarn", "hs_code": "5205.24", "made_by": "p1"}],
        }
    ],
}
SUBMISSIONS = {
    "cotton": {"summary": "Shirts sewn in Vietnam from yarn spun in Aksu", "value": SHIRTS},
    "cartons": {"summary": "Cartons from Dongguan, nothing adverse", "value": CARTONS},
}
SCREENINGS = {
    "bureau": {
        "summary": "A listed body and an unlisted company",
        "value": {
            "queries": [
                {"name": "Xinjiang Public Security Bureau", "kind": "government_body"},
                {"name": "Yangli Paper"},
            ],
            "limit": 3,
        },
    },
    "why_not": {
        "summary": "Why a listed party did not hit",
        "value": {
            "queries": [{"name": "Wang Mingshan", "kind": "person", "country": "CN", "birth_date": "1986"}],
            "explain": True,
            "party_id": "karez:wang-mingshan",
        },
    },
}
POLICIES = {
    "group": {
        "summary": "Stricter on traced cotton and on one country, always rated for the group",
        "value": {
            "title": "Group purchasing policy",
            "profiles": {"also": ["global_policy"]},
            "ratings": [{"rule": "R16", "rating": "high", "why": "we buy no cotton without counsel"}],
            "floors": [{"rating": "high", "countries": ["TM"], "sectors": ["cotton"], "why": "state-run harvest"}],
            "weights": {"priority_good": 20},
        },
    }
}
