"""Changes to people's accounts."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from office.audit.actions import record
from people.accounts.models import User
from people.accounts.rules import clean_name, normalise_kana, normalise_login_id


@transaction.atomic
def create_user(
    *,
    login_id: str,
    by: User | None,
    at: datetime,
    password: str | None = None,
    last_name: str = "",
    first_name: str = "",
    last_name_kana: str = "",
    first_name_kana: str = "",
    display_name: str = "",
    email: str = "",
    must_change_password: bool = False,
) -> User:
    """A new person. Without a password the person comes in with a one-time card.

    Raises ValidationError for a login id that is malformed or taken (also in another case or width).
    """
    user = User(
        username=normalise_login_id(login_id),
        last_name=clean_name(last_name),
        first_name=clean_name(first_name),
        last_name_kana=normalise_kana(last_name_kana),
        first_name_kana=normalise_kana(first_name_kana),
        display_name=clean_name(display_name),
        email=email.strip().lower() or None,
        must_change_password=must_change_password,
        date_joined=at,
    )
    user.set_password(password)
    # First the form of everything: PostgreSQL cannot even be asked for some characters.
    user.clean_fields(exclude=["password"])
    if User.objects.filter(username=user.username).exists():
        raise ValidationError(
            {"username": ValidationError(_("This login ID is already in use."), code="login_id_used")}
        )
    user.validate_unique(exclude=["username", "uuid"])
    user.save()
    record(action="people.user_created", instance=user, by=by, at=at, data={"login_id": user.username})
    return user


@transaction.atomic
def choose_password(*, user: User, password: str, by: User | None, at: datetime) -> User:
    """The person's own new password, after which nobody asks for another."""
    user.set_password(password)
    user.must_change_password = False
    user.save(update_fields=["password", "must_change_password"])
    record(action="people.password_chosen", instance=user, by=by, at=at)
    return user
