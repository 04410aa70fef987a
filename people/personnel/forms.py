"""What an officer writes to change posts and roles."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from office.calendar.rules import DateError, parse_date
from people.accounts.models import User
from people.groups.models import LearnerGroup
from people.organizations.models import Organization
from people.personnel.permissions import groups_to_give, units_to_choose
from people.personnel.queries import unit_labels
from people.roles.enums import Role
from people.roles.labels import ROLE_LABELS, SCOPE_EVERYWHERE
from people.roles.queries import reaches_of
from people.roles.rules import HeldRole, may_give

# A prefecture has thousands of units: beyond this many the officer narrows the list by a word first.
SHOWN = 200
_EARLIEST, _LATEST = date(1950, 1, 1), date(2100, 1, 1)


class DayField(forms.Field):
    """A day from a calendar control, or typed as people write it: 2026/4/1, R8.4.1, 令和8年4月1日."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values:
            return None
        if isinstance(value, date):
            return value
        try:
            day = parse_date(str(value)[:40])
        except DateError as error:
            raise forms.ValidationError(
                _("“%(text)s” is no date. Write it like 2026/4/1 or R8.4.1.") % {"text": error.text}
            ) from error
        if not _EARLIEST <= day < _LATEST:
            raise forms.ValidationError(_("Choose a day between 1950 and 2099."))
        return day


class ReasonField(forms.CharField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=gettext_lazy("Reason"),
            max_length=200,
            help_text=gettext_lazy("One sentence. It is kept together with your name and the time."),
            **kwargs,
        )


class _UnitsForm(forms.Form):
    """``words`` narrow a long list of units."""

    def __init__(self, *args: Any, by: User, on: date, words: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by, self.on = by, on
        units = units_to_choose(by, on).order_by("order", "code")
        found = list((units.filter(name__icontains=words) if words else units)[: SHOWN + 1])
        self.has_more_units = len(found) > SHOWN
        above = unit_labels([unit.pk for unit in found], on)
        self.units = {str(unit.uuid): unit for unit in found[:SHOWN]}
        self.unit_choices = [
            (key, " ".join(filter(None, [above.get(unit.pk), unit.name]))) for key, unit in self.units.items()
        ]

    def _offer(self, name: str, choices: Sequence[tuple[Any, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - only such fields are asked for
        field.choices = choices


class TransferForm(_UnitsForm):
    """``unit``: UUID; ``cleaned_data["organization"]`` is the row. ``seen``: the posts as the page showed them."""

    unit = forms.ChoiceField(label=gettext_lazy("Unit"))
    post = forms.CharField(
        label=gettext_lazy("Name of the post"),
        max_length=100,
        required=False,
        help_text=gettext_lazy("As it is written on the notice, for example 主事. It may stay empty."),
    )
    valid_from = DayField(
        label=gettext_lazy("First day"),
        help_text=gettext_lazy("A day to come is fine, and so is one that has passed."),
    )
    seen = forms.CharField(widget=forms.HiddenInput, max_length=4000, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offer("unit", [("", _("— choose —")), *self.unit_choices])
        self.fields["valid_from"].initial = self.on

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        data["organization"] = self.units.get(data.get("unit") or "")
        first, last = data.get("valid_from"), data.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("The last day lies before the first day. Choose a later one."))
        return data

    @property
    def unit_label(self) -> str:
        """The unit that was chosen, with the one above it; once the form is clean."""
        return dict(self.unit_choices)[self.cleaned_data["unit"]]


class ConcurrentPostForm(TransferForm):
    last_day = DayField(
        label=gettext_lazy("Last day"),
        required=False,
        help_text=gettext_lazy("Leave it empty if nobody knows yet."),
    )
    field_order = ["unit", "post", "valid_from", "last_day", "seen"]


class EndPostForm(forms.Form):
    last_day = DayField(
        label=gettext_lazy("Last day"), help_text=gettext_lazy("The last day on which the post is held.")
    )


class NothingForm(forms.Form):
    """A step that asks for nothing but a yes."""


class ReasonForm(forms.Form):
    reason = ReasonField()


class EndRoleForm(forms.Form):
    last_day = DayField(
        label=gettext_lazy("Last day"),
        required=False,
        help_text=gettext_lazy("Leave it empty to end the role at once."),
    )
    reason = ReasonField()


class RoleForm(_UnitsForm):
    """``scope`` is «everywhere», «unit:UUID» or «group:UUID»; ``cleaned_data["held"]`` is the role as rules see it."""

    role = forms.ChoiceField(label=gettext_lazy("Role"))
    scope = forms.ChoiceField(
        label=gettext_lazy("Over whom"), help_text=gettext_lazy("A unit includes everything below it.")
    )
    valid_from = DayField(label=gettext_lazy("First day"))
    last_day = DayField(
        label=gettext_lazy("Last day"),
        required=False,
        help_text=gettext_lazy("Leave it empty if the role has no end."),
    )
    reason = ReasonField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reaches = reaches_of(self.by, self.on)
        groups = groups_to_give(self.by, self.on).select_related("organization")
        recent = list(groups.order_by("-fiscal_year", "organization__name", "grade", "name")[:SHOWN])
        self.groups: dict[str, LearnerGroup] = {str(group.uuid): group for group in recent}
        self._offer("scope", self._scopes())
        self._offer("role", [("", _("— choose —")), *self._roles()])
        self.fields["valid_from"].initial = self.on

    def _scopes(self) -> list[tuple[Any, Any]]:
        units = [(f"unit:{key}", label) for key, label in self.unit_choices]
        groups = [
            (f"group:{key}", f"{g.organization.name} {g.name}（{g.fiscal_year}）")
            for key, g in self.groups.items()
        ]
        everything = [("everywhere", SCOPE_EVERYWHERE)] if self._runs_everything() else []
        named = [(_("Units with everything below"), units), (_("Classes and groups"), groups)]
        return [("", _("— choose —")), *everything, *((label, lines) for label, lines in named if lines)]

    def _runs_everything(self) -> bool:
        return any(reach.everywhere for reach in self.reaches.values())

    def _roles(self) -> list[tuple[str, Any]]:
        """Those that the officer may give over something on the list."""
        somewhere: list[HeldRole] = [
            held
            for role in Role
            for held in (
                self._held(role, everywhere=True),
                *(self._held(role, organization=unit) for unit in self.units.values()),
                *(self._held(role, group=group) for group in self.groups.values()),
            )
            if may_give(self.reaches, held)
        ]
        given = {held.role for held in somewhere}
        return [(role.value, ROLE_LABELS[role]) for role in Role if role in given]

    def _held(
        self,
        role: Role,
        *,
        everywhere: bool = False,
        organization: Organization | None = None,
        group: LearnerGroup | None = None,
    ) -> HeldRole:
        return HeldRole(
            role=role,
            everywhere=everywhere,
            organization_id=organization.pk if organization else None,
            group_id=group.pk if group else None,
            valid_from=self.on,
            valid_to=None,
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        kind, _sign, key = str(data.get("scope") or "").partition(":")
        data["everywhere"] = kind == "everywhere"
        data["organization"] = self.units.get(key) if kind == "unit" else None
        data["group"] = self.groups.get(key) if kind == "group" else None
        first, last = data.get("valid_from"), data.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("The last day lies before the first day. Choose a later one."))
        if last and last < self.on:
            self.add_error("last_day", _("The last day has passed already. Choose a later one."))
        if data.get("role") and kind and not self._is_given(data):
            self.add_error(
                "scope",
                _(
                    "You cannot give this role over that. Choose a class for a teacher, a unit for the others, in your own scope."
                ),
            )
        return data

    def _is_given(self, data: dict[str, Any]) -> bool:
        held = self._held(
            Role(data["role"]),
            everywhere=data["everywhere"],
            organization=data["organization"],
            group=data["group"],
        )
        return may_give(self.reaches, held)
