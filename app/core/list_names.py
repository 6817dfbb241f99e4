"""How a list is called in sentences: its plain name with its id, so that a reader knows it and can look it up."""

from __future__ import annotations

from collections.abc import Mapping

NAMES: Mapping[str, str] = {
    "au_dfat": "the Australian Consolidated List",
    "ca_sema": "the Canadian autonomous sanctions list",
    "ch_seco": "the Swiss sanctions list",
    "eu_fsf": "the EU consolidated sanctions list",
    "own": "the buyer's own list",
    "uk_sanctions_list": "the UK Sanctions List",
    "un_sc": "the UN Security Council list",
    "us_1260h": "the section 1260H list of Chinese military companies",
    "us_7031c": "the list of section 7031(c) entry bans",
    "us_bis_dpl": "the BIS Denied Persons List",
    "us_bis_entity_list": "the BIS Entity List",
    "us_bis_meu": "the BIS Military End-User List",
    "us_bis_uvl": "the BIS Unverified List",
    "us_cbp_wro": "CBP's list of import orders",
    "us_csl": "the Consolidated Screening List",
    "us_dtc": "the State Department's list of AECA debarred parties",
    "us_fcc_covered_list": "the FCC Covered List",
    "us_isn": "the State Department's list of nonproliferation sanctions",
    "us_ofac_consolidated": "OFAC's non-SDN list",
    "us_ofac_sdn": "OFAC's SDN list",
    "us_section_889": "the list of makers named by section 889",
    "us_uflpa": "the UFLPA Entity List",
}


def list_name(list_id: str) -> str:
    """``the UFLPA Entity List (us_uflpa)``; a list without a name here is called by its id."""
    name = NAMES.get(list_id)
    return list_id if name is None else f"{name} ({list_id})"
