"""What may be done to a post."""

from collections.abc import Iterable
from datetime import date


def can_be_withdrawn(*, valid_from: date, valid_to: date | None, main_starts: Iterable[date]) -> bool:
    """Is it the newest and still open? What has ended, or what another main post has followed, is history.

    ``main_starts``: first days of the person's main posts when this is one, none for a concurrent post.
    """
    return valid_to is None and not any(start > valid_from for start in main_starts)


def is_followed(*, valid_to: date | None, main_starts: Iterable[date]) -> bool:
    """Does another main post begin when this one is over, or later?"""
    return valid_to is not None and any(start >= valid_to for start in main_starts)
