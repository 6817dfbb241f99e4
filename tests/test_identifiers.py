"""Registration codes: real ones pass, one wrong digit does not, misread letters are repaired only when both checks then pass."""

from __future__ import annotations

import pytest

from app.core.identifiers import identifier_key, read_registration, read_uscc, well_formed

REAL = ["91650000731825217N", "91650000710896307E", "916501004576329996", "91110000600037341L"]
INVENTED = ["91320594MA1Q7K3T1L", "91140825MA0K8R2W70", "91659004MA78J4XCX0", "91371082MA3D6H9L28"]


@pytest.mark.parametrize("code", REAL + INVENTED)
def test_both_check_characters_pass(code: str) -> None:
    read = read_uscc(code.lower())
    assert read is not None
    assert read.valid
    assert read.region == code[2:8]


@pytest.mark.parametrize("code", REAL)
def test_one_wrong_digit_is_reported_and_not_valid(code: str) -> None:
    wrong = code[:12] + str((int(code[12], 36) + 1) % 10) + code[13:]
    read = read_uscc(wrong)
    assert read is not None
    assert not read.valid
    assert read.problems


def test_a_misread_letter_is_repaired_and_said() -> None:
    read = read_uscc("9165OOOO731825217N")
    assert read is not None
    assert (read.value, read.valid, read.repaired) == ("91650000731825217N", True, True)


def test_an_old_number_of_fifteen_digits_carries_its_registry() -> None:
    read = read_registration("650100050079480")
    assert read is not None
    assert (read.region, read.valid) == ("650100", True)
    wrong = read_registration("650100050079481")
    assert wrong is not None
    assert not wrong.valid


def test_what_is_no_code_is_none() -> None:
    assert read_uscc("hello") is None
    assert read_registration("12345") is None


def test_equal_strong_numbers_meet_and_weak_schemes_never_do() -> None:
    assert identifier_key("uscc", "9165 0000 7318 25217n", "CN") == identifier_key("uscc", "91650000731825217N", None)
    assert identifier_key("tax", "91110000600037341L", "CN") == ("uscc", "91110000600037341L")
    assert identifier_key("passport", "E12345678", "CN") != identifier_key("passport", "E12345678", "IR")
    assert identifier_key("phone", "+86 991 1234567", "CN") is None
    assert identifier_key("other", "12345678", None) is None


def test_check_digits_of_other_schemes() -> None:
    assert well_formed("lei", "5493001KJTIIGC8Y1R12")
    assert not well_formed("lei", "5493001KJTIIGC8Y1R13")
    assert well_formed("imo", "IMO 9319466")
    assert not well_formed("imo", "9319467")


@pytest.mark.parametrize(
    ("value", "key"),
    [
        ("OFAC-29159", ("ofac", "29159")),
        ("OFAC SDN 29159", ("ofac", "29159")),
        ("SDN no. 29159", ("ofac", "29159")),
        ("ofac uid: 29159", ("ofac", "29159")),
        ("29159", None),
        ("OFAC", None),
        ("SDN-2024-29159-77", None),
    ],
)
def test_a_number_at_ofac_is_known_by_its_prefix(value: str, key: tuple[str, str] | None) -> None:
    assert identifier_key("other", value, None) == key
