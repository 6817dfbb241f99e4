"""The factors, in reporting order: what Karez looks for. Each is one file; the rules say what follows."""

from __future__ import annotations

from app.core.factor import Factor
from app.factors.coercive_management import coercive_management
from app.factors.conflict_of_law import conflict_of_law
from app.factors.controlled_supply import controlled_supply
from app.factors.detention_construction import detention_construction
from app.factors.detention_labour import detention_labour
from app.factors.entry_ban_only import entry_ban_only
from app.factors.ethnic_profiling import ethnic_profiling
from app.factors.evasive_answer import evasive_answer
from app.factors.former_listing import former_listing
from app.factors.import_order_good import import_order_good
from app.factors.labour_transfer import labour_transfer
from app.factors.listed_affiliate import listed_affiliate
from app.factors.listed_controller import listed_controller
from app.factors.listed_officer import listed_officer
from app.factors.listed_owner import listed_owner
from app.factors.listed_party import listed_party
from app.factors.listed_upstream import listed_upstream
from app.factors.minority_listed_owner import minority_listed_owner
from app.factors.missing_information import missing_information
from app.factors.near_detention_site import near_detention_site
from app.factors.pairing_aid import pairing_aid
from app.factors.permitted_evidence import permitted_evidence
from app.factors.place_conflict import place_conflict
from app.factors.possible_listing import possible_listing
from app.factors.priority_good import priority_good
from app.factors.sale_to_security_body import sale_to_security_body
from app.factors.security_body_control import security_body_control
from app.factors.surveillance_technology import surveillance_technology
from app.factors.unresolved_ownership import unresolved_ownership
from app.factors.untraced_input import untraced_input
from app.factors.weightless_assurance import weightless_assurance
from app.factors.xinjiang_contact import xinjiang_contact
from app.factors.xinjiang_input import xinjiang_input
from app.factors.xinjiang_name import xinjiang_name
from app.factors.xinjiang_registration import xinjiang_registration
from app.factors.xinjiang_site import xinjiang_site
from app.factors.xpcc_link import xpcc_link

FACTORS: tuple[Factor, ...] = (
    listed_party,
    listed_owner,
    minority_listed_owner,
    unresolved_ownership,
    listed_controller,
    listed_officer,
    listed_upstream,
    listed_affiliate,
    possible_listing,
    former_listing,
    entry_ban_only,
    xinjiang_site,
    xinjiang_registration,
    xinjiang_contact,
    xinjiang_name,
    near_detention_site,
    place_conflict,
    xinjiang_input,
    import_order_good,
    priority_good,
    untraced_input,
    labour_transfer,
    pairing_aid,
    detention_labour,
    coercive_management,
    surveillance_technology,
    ethnic_profiling,
    sale_to_security_body,
    controlled_supply,
    detention_construction,
    xpcc_link,
    security_body_control,
    missing_information,
    evasive_answer,
    weightless_assurance,
    permitted_evidence,
    conflict_of_law,
)
