"""Codes that survive being read aloud, printed and typed (pure)."""

import secrets
import unicodedata

# No 0/O, 1/I/L, 2/Z, 5/S, 8/B, U/V: 23 signs, 12 of them make 54 bits.
ALPHABET = "34679ACDEFGHJKMNPQRTWXY"
LENGTH = 12
_GROUP = 4


def new_code() -> str:
    """«A7K9-3MQX-4RTW»; cannot be guessed."""
    signs = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    return grouped(signs)


def grouped(signs: str) -> str:
    return "-".join(signs[i : i + _GROUP] for i in range(0, len(signs), _GROUP))


def normal_code(typed: str) -> str | None:
    """The code as it was issued from what somebody typed: full width, small letters, any or no dashes.

    None where it cannot be one.
    """
    plain = unicodedata.normalize("NFKC", typed).upper()
    signs = "".join(sign for sign in plain if sign.isalnum())
    return grouped(signs) if len(signs) == LENGTH and set(signs) <= set(ALPHABET) else None
