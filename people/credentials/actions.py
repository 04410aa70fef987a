"""One-time cards: a way in for who forgot the password, without e-mail."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from office.audit.actions import record
from people.accounts.actions import choose_password
from people.accounts.models import User
from people.accounts.rules import normalise_login_id
from people.credentials.models import OneTimeCard
from people.credentials.permissions import can_issue_card
from people.credentials.rules import LENGTH, new_code, normalise_code, printed

# A second click within this time, with the same card and the same new password, is the same wish.
_SAME_WISH = timedelta(minutes=10)


@dataclass(frozen=True)
class IssuedCard:
    """A card and its code, which is known only now."""

    card: OneTimeCard
    code: str = field(repr=False)

    @property
    def printed(self) -> str:
        return printed(self.code)


@transaction.atomic
def issue_card(*, user: User, by: User, at: datetime) -> IssuedCard:
    """A new card for the person; an earlier one ends. The password stays good until the card is used.

    Raises PermissionDenied when ``by`` may not (see ``can_issue_card``).
    """
    if not can_issue_card(by, user, timezone.localdate(at)):
        raise PermissionDenied
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    OneTimeCard.objects.filter(user=user, used_at__isnull=True, ended_at__isnull=True).update(ended_at=at)
    code = new_code()
    days = int(getattr(settings, "ONE_TIME_CARD_DAYS", 7))
    card = OneTimeCard.objects.create(
        user=user, code_hash=hash_code(code), issued_by=by, issued_at=at, expires_at=at + timedelta(days=days)
    )
    record(action="people.card_issued", instance=user, by=by, at=at, data={"card": str(card.uuid)})
    return IssuedCard(card, code)


@transaction.atomic
def issue_cards(*, users: Sequence[User], by: User, at: datetime) -> list[IssuedCard]:
    """A card for each, or for nobody. Raises PermissionDenied when one of them is not ``by``'s to give a card."""
    return [issue_card(user=user, by=by, at=at) for user in users]


def cards_of_codes(*, codes: Sequence[str], by: User) -> list[IssuedCard]:
    """The open cards that ``by`` issued with these codes, in their order; what is no such code is passed over."""
    typed = [normalise_code(code[:40]) for code in codes]
    hashes = {hash_code(code): code for code in typed}
    cards = OneTimeCard.objects.filter(
        code_hash__in=hashes, issued_by=by, used_at__isnull=True, ended_at__isnull=True
    )
    found = {card.code_hash: card for card in cards.select_related("user", "issued_by")}
    return [IssuedCard(found[key], code) for key, code in hashes.items() if key in found]


def redeem_card(*, login_id: str, code: str, new_password: str, at: datetime) -> User:
    """Uses the card to choose a new password and gives the person to be signed in.

    Raises ValidationError: ``card`` for a wrong id, a wrong code, or a card that is over or used, all in
    the same words; ``password`` rules of the install, after which the card can still be used.
    """
    card = _find(login_id, code)
    if card is None:
        raise _refusal()
    with transaction.atomic():
        card = (
            OneTimeCard.objects.select_for_update(of=("self",), no_key=True)
            .select_related("user")
            .get(pk=card.pk)
        )
        user = card.user
        if not user.is_active:
            raise _refusal()
        if _is_second_click(card, new_password, at):
            return user
        if card.used_at or card.ended_at or card.expires_at <= at:
            raise _refusal()
        validate_password(new_password, user)
        card.used_at = at
        card.save(update_fields=["used_at"])
        choose_password(user=user, password=new_password, by=user, at=at)
        record(action="people.card_redeemed", instance=user, by=user, at=at, data={"card": str(card.uuid)})
        return user


def hash_code(code: str) -> str:
    """What is kept of a code: useless without the secret of this install."""
    return salted_hmac("people.credentials.card", code, algorithm="sha256").hexdigest()


def _find(login_id: str, code: str) -> OneTimeCard | None:
    """One query whatever is wrong, so that the time tells nothing."""
    typed = normalise_code(code)[: LENGTH * 2]
    wanted = OneTimeCard.objects.filter(
        code_hash=hash_code(typed), user__username=normalise_login_id(login_id)
    )
    return wanted.first()


def _is_second_click(card: OneTimeCard, new_password: str, at: datetime) -> bool:
    recent = card.used_at is not None and at - card.used_at <= _SAME_WISH
    return recent and card.user.check_password(new_password)


def _refusal() -> ValidationError:
    return ValidationError(
        _(
            "The login ID and the code do not belong together, or the card is used or over. The login ID that you "
            "typed is still here. If you already chose a new password with this card, sign in with it. Otherwise ask "
            "whoever gave you the card for a new one."
        ),
        code="card",
    )
