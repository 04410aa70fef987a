"""The questions of a new assignment, and of a withdrawal."""

from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.catalog.models import Course
from courses.readability import ruby
from learning.assignments.permissions import groups_to_assign, people_to_assign, units_to_assign
from office.calendar.rules import DateError, fiscal_year, parse_date
from people.accounts.models import User
from people.groups.models import LearnerGroup
from people.learners.models import Learner
from people.organizations.models import Organization

# A prefecture has thousands of units: beyond this many the person narrows the list by a word first.
SHOWN_UNITS = 200
NAMED_LIMIT = 500


class DateTextField(forms.Field):
    """A day from a calendar control, or typed as people write it: 2026/4/1, R8.4.1, 令和8年4月1日."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values or isinstance(value, date):
            return value or None
        try:
            return parse_date(str(value)[:40])
        except DateError as error:
            raise forms.ValidationError(
                _("“%(text)s” is no date. Write it like 2026/4/1 or R8.4.1.") % {"text": error.text}
            ) from error


class AssignForm(forms.Form):
    """``target`` is «group:UUID» or «unit:UUID»; ``people`` holds login ids, one a line. One of the two is filled.

    ``cleaned_data`` has ``organization``, ``group`` and ``learners`` besides. ``token`` makes a double click safe.
    """

    activity = forms.ChoiceField(label=gettext_lazy("What to learn"), required=False)
    target = forms.ChoiceField(label=gettext_lazy("Class or unit"), required=False)
    people = forms.CharField(
        label=gettext_lazy("Or people by name"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Login ids, one a line."),
    )
    opens_on = DateTextField(label=gettext_lazy("From"))
    due_on = DateTextField(
        label=gettext_lazy("Until"),
        required=False,
        help_text=gettext_lazy("Leave it empty if there is no date."),
    )
    reason = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=300,
        help_text=gettext_lazy("One sentence. Everybody who learns reads it."),
        widget=forms.TextInput(),
    )
    token = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, user: User, course: Course, on: date, words: str = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.course, self.on = user, course, on
        self.parts = list(
            course.activities.filter(parent__isnull=True, is_offered=True).order_by("order", "pk")
        )
        self._choices(
            "activity", [("", _("The whole course")), *((str(a.uuid), _title(a)) for a in self.parts)]
        )
        self.has_more_units = False
        self._choices("target", self._targets(words))
        self.fields["token"].initial = uuid4
        self.fields["opens_on"].initial = on

    @property
    def only_target(self) -> str:
        """The value of the one target there is: a teacher with one class does not choose."""
        choices = [value for group in self._target_groups for value, _label in group[1]]
        return choices[0] if len(choices) == 1 else ""

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        kind, _sign, key = str(data.get("target") or "").partition(":")
        data["group"] = self._groups.get(key) if kind == "group" else None
        data["organization"] = self._units.get(key) if kind == "unit" else None
        data["learners"] = self._named(data.get("people") or "")
        data["part"] = next((a for a in self.parts if str(a.uuid) == data.get("activity")), None)
        if bool(kind) == bool(data["learners"]) and not self.errors:
            self.add_error("target", _("Choose a class or unit, or write login ids: one of the two."))
        due, opens = data.get("due_on"), data.get("opens_on")
        if due and opens and due < opens:
            self.add_error("due_on", _("The last day is before the first day. Choose a later day."))
        elif due and due < self.on:
            self.add_error("due_on", _("The last day is already over. Choose a later day."))
        return data

    def _targets(self, words: str) -> list[tuple[Any, Any]]:
        """Classes of this school year first, then units; a list in groups, as a select shows them."""
        groups = groups_to_assign(self.user, self.on).filter(fiscal_year=fiscal_year(self.on))
        units = units_to_assign(self.user, self.on)
        if words:
            groups, units = groups.filter(name__icontains=words), units.filter(name__icontains=words)
        found_groups = list(
            groups.select_related("organization").order_by("organization__name", "grade", "name")
        )
        found_units = list(units.order_by("order", "code")[: SHOWN_UNITS + 1])
        self.has_more_units = len(found_units) > SHOWN_UNITS
        self._groups: dict[str, LearnerGroup] = {str(one.uuid): one for one in found_groups}
        self._units: dict[str, Organization] = {str(one.uuid): one for one in found_units[:SHOWN_UNITS]}
        self._target_groups = [
            (
                _("Classes"),
                [(f"group:{key}", f"{g.organization.name} {g.name}") for key, g in self._groups.items()],
            ),
            (_("Units with everything below"), [(f"unit:{key}", u.name) for key, u in self._units.items()]),
        ]
        return [("", _("— choose —")), *((label, lines) for label, lines in self._target_groups if lines)]

    def _named(self, text: str) -> list[Learner]:
        """The learners of the login ids; each id that is unknown or out of reach is named in the error."""
        ids = list(
            dict.fromkeys(line.strip() for line in text.replace(",", "\n").splitlines() if line.strip())
        )
        if len(ids) > NAMED_LIMIT:
            self.add_error(
                "people", _("Up to %(limit)d people. For more choose a unit.") % {"limit": NAMED_LIMIT}
            )
            return []
        found = people_to_assign(self.user, self.on).filter(user__username__in=ids).select_related("user")
        known = {learner.user.username: learner for learner in found if learner.user is not None}
        unknown = [one for one in ids if one not in known]
        if unknown:
            names = "、".join(unknown[:10])
            self.add_error(
                "people", _("Not found among the people you may assign to: %(ids)s") % {"ids": names}
            )
        return [known[one] for one in ids if one in known]

    def _choices(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why it is withdrawn"),
        max_length=300,
        widget=forms.TextInput(),
        error_messages={"required": gettext_lazy("Write why. Nothing was changed.")},
    )


def suggested_reason(course: Course) -> str:
    """A sentence to begin with: a teacher must be done in three steps."""
    if course.is_mandatory:
        return _("All staff take this course.")
    return _("We learn this together in class.") if course.track == "education" else ""


def _title(activity: Any) -> str:
    return ruby.strip(activity.title)
