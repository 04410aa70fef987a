"""Who signs in."""

import uuid
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from people.accounts.rules import full_kana, shown_name


class User(AbstractUser):
    """A person with a login id. 姓 is ``last_name``, 名 is ``first_name`` (Django's and Wagtail's words).

    ``uuid`` is the only id that leaves the system; ``username`` is the login id (職員番号, 学籍番号 …).
    Kana is full-width katakana and the sort key of every list of names.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(_("e-mail address"), null=True, blank=True, unique=True)  # type: ignore[assignment]
    last_name_kana = models.CharField(_("family name in kana"), max_length=100, blank=True)
    first_name_kana = models.CharField(_("given name in kana"), max_length=100, blank=True)
    display_name = models.CharField(
        _("display name"),
        max_length=150,
        blank=True,
        help_text=_("A former or usual name, shown instead of the full name."),
    )
    must_change_password = models.BooleanField(_("must choose a new password"), default=False)

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        indexes = [models.Index(fields=["last_name_kana", "first_name_kana"], name="user_kana")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        # An empty string would collide with the next person without e-mail.
        self.email = self.email or None
        super().save(*args, **kwargs)

    @property
    def name(self) -> str:
        """What this person is called on screen."""
        return shown_name(self.display_name, self.last_name, self.first_name, self.username)

    @property
    def name_kana(self) -> str:
        return full_kana(self.last_name_kana, self.first_name_kana)

    def get_full_name(self) -> str:
        return f"{self.last_name} {self.first_name}".strip()

    def get_short_name(self) -> str:
        return self.last_name or self.username
