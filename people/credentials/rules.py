"""The code on a one-time card."""

import secrets
import unicodedata

# Without what is mistaken for something else on paper: 0 O, 1 I L, 2 Z, 5 S, 8 B, U V.
ALPHABET = "ACDEFGHJKMNPQRTWXY34679"
LENGTH = 10


def new_code() -> str:
    """45 bits, which a throttled page does not give away in the life of a card."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def printed(code: str) -> str:
    """As it stands on the card: ``ACDEF-GHJKM``."""
    return f"{code[:5]}-{code[5:]}"


def normalise_code(text: str) -> str:
    """What somebody typed from the card: any case and width, hyphens and spaces or none."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", text).upper() if sign.isalnum())
