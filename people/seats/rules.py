"""The code on the paper of a seat."""

import secrets
import unicodedata

from people.credentials.rules import ALPHABET

LENGTH = 6
MOST_SEATS = 60


def new_seat_code() -> str:
    """27 bits: enough on a throttled page for what opens nothing but the learning of one seat."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def printed_code(code: str) -> str:
    """As it stands on the paper: ``ACD-EFG``."""
    return f"{code[:3]}-{code[3:]}"


def normalise_seat_code(text: str) -> str:
    """What somebody typed from the paper: any case and width, hyphen or none."""
    plain = unicodedata.normalize("NFKC", text).upper()
    return "".join(sign for sign in plain if sign in ALPHABET)[: LENGTH * 2]
