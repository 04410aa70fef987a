"""What a keeper of lists writes."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from office.calendar.rules import fiscal_year, fiscal_year_bounds, fiscal_year_label
from people.accounts.models import User
from people.accounts.rules import clean_name, normalise_login_id
from people.groups.models import LearnerGroup
from people.groups.rules import GRADES, grade_label, next_grade
from people.organizations.models import Organization
from people.personnel.forms import DayField
from people.personnel.queries import unit_labels
from people.rosters.rules import MOST_ROWS, MOST_TEXT, PastedRow, is_prefix, login_prefix, read_rows
from people.seats.rules import MOST_SEATS

# A list of schools beyond this would be no choice any more.
SHOWN = 300


def offer(field: forms.Field, choices: Collection[tuple[str, Any]]) -> None:
    assert isinstance(field, forms.ChoiceField)  # noqa: S101 - only such fields are asked for
    field.choices = list(choices)


def grade_choices() -> list[tuple[str, str]]:
    return [("", _("no grade, or several grades")), *((grade, grade_label(grade)) for grade in GRADES)]


def first_day(year: int, on: date) -> date:
    """From when members of a group of the year usually belong to it: today, or 1 April of a year to come."""
    return max(on, fiscal_year_bounds(year)[0])


class _NameField(forms.CharField):
    def clean(self, value: Any) -> str:
        return clean_name(str(super().clean(value) or ""))


class _TeachersForm(forms.Form):
    """``people``: who may be in charge, by UUID."""

    teachers = forms.MultipleChoiceField(
        label=gettext_lazy("Teachers in charge"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("They see the names and the progress of this class and give one-time cards."),
    )

    def offer_teachers(self, people: Mapping[str, User]) -> None:
        self.people = dict(people)
        if people:
            offer(self.fields["teachers"], [(key, person.name) for key, person in people.items()])
        else:
            del self.fields["teachers"]

    def chosen_teachers(self) -> list[User]:
        return [self.people[key] for key in self.cleaned_data.get("teachers", [])]


class NewGroupForm(_TeachersForm):
    """``units``: where it may be; ``cleaned_data["organization"]`` is the row."""

    unit = forms.ChoiceField(label=gettext_lazy("School"))
    year = forms.TypedChoiceField(label=gettext_lazy("School year"), coerce=int)

    def __init__(
        self,
        *args: Any,
        units: Collection[Organization],
        on: date,
        teachers: Mapping[str, User],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.units = {str(unit.uuid): unit for unit in units}
        above = unit_labels([unit.pk for unit in units], on)
        labels = [
            (key, " ".join(filter(None, [above.get(unit.pk), unit.name]))) for key, unit in self.units.items()
        ]
        offer(self.fields["unit"], labels if len(labels) == 1 else [("", _("— choose —")), *labels])
        year = fiscal_year(on)
        offer(self.fields["year"], [(str(y), fiscal_year_label(y)) for y in (year, year + 1)])
        self.offer_teachers(teachers)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        data["organization"] = self.units.get(data.get("unit") or "")
        return data


class NewClassForm(NewGroupForm):
    grade = forms.ChoiceField(label=gettext_lazy("Grade"), required=False)
    class_name = _NameField(
        label=gettext_lazy("Class"),
        max_length=30,
        required=False,
        help_text=gettext_lazy("As it is called at school: 1組, A組, たんぽぽ"),
    )
    name = _NameField(
        label=gettext_lazy("Name"),
        max_length=100,
        required=False,
        help_text=gettext_lazy("Leave it empty to have it made of grade and class."),
    )
    field_order = ["unit", "year", "grade", "class_name", "name", "teachers"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self.fields["grade"], grade_choices())

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not self.errors and not (data["grade"] or data["class_name"]):
            self.add_error("class_name", _("Choose a grade or write what the class is called."))
        return data


class NewCourseForm(NewGroupForm):
    unit = forms.ChoiceField(label=gettext_lazy("Place"))
    year = forms.TypedChoiceField(label=gettext_lazy("Fiscal year"), coerce=int)
    name = _NameField(
        label=gettext_lazy("Name of the course"),
        max_length=100,
        help_text=gettext_lazy("For example: スマホ講座（11月）"),
    )
    field_order = ["unit", "year", "name"]

    def clean(self) -> dict[str, Any]:
        return {**super().clean(), "grade": "", "class_name": ""}


class EditClassForm(_TeachersForm):
    grade = forms.ChoiceField(label=gettext_lazy("Grade"), required=False)
    class_name = _NameField(label=gettext_lazy("Class"), max_length=30, required=False)
    name = _NameField(label=gettext_lazy("Name"), max_length=100)
    field_order = ["name", "grade", "class_name", "teachers"]

    def __init__(self, *args: Any, teachers: Mapping[str, User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self.fields["grade"], grade_choices())
        self.offer_teachers(teachers)


class EditCourseForm(_TeachersForm):
    name = _NameField(label=gettext_lazy("Name of the course"), max_length=100)

    def __init__(self, *args: Any, teachers: Mapping[str, User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_teachers({})

    def clean(self) -> dict[str, Any]:
        return {**(super().clean() or {}), "grade": "", "class_name": ""}


class _FromForm(forms.Form):
    valid_from = DayField(label=gettext_lazy("Member from"))

    def __init__(self, *args: Any, group: LearnerGroup, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["valid_from"].initial = first_day(group.fiscal_year, on)


class PasteForm(_FromForm):
    """``cleaned_data["rows"]``: the lines as they were understood."""

    text = forms.CharField(
        label=gettext_lazy("Class list"),
        max_length=MOST_TEXT,
        strip=False,
        widget=forms.Textarea({"rows": 12, "spellcheck": "false", "autocomplete": "off"}),
        help_text=gettext_lazy(
            "One person a line: number, name, kana, and the login ID if there is one. Copy the columns from a sheet, or "
            "put a comma or a space between them. Example: 1, 山本 さくら, ヤマモト サクラ"
        ),
    )
    new_ids = forms.CharField(
        label=gettext_lazy("New login IDs begin with"),
        max_length=40,
        help_text=gettext_lazy("Whoever has no login ID gets one: these letters and a number."),
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )
    field_order = ["text", "valid_from", "new_ids"]

    def __init__(self, *args: Any, group: LearnerGroup, on: date, **kwargs: Any) -> None:
        super().__init__(*args, group=group, on=on, **kwargs)
        self.fields["new_ids"].initial = login_prefix(group.organization.code, group.fiscal_year)

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        rows: list[PastedRow] = read_rows(text)
        if not rows:
            raise forms.ValidationError(_("The list is empty. Write at least one line."))
        if len(rows) > MOST_ROWS:
            raise forms.ValidationError(
                _("The list has more than %(most)s lines. Add it in parts.") % {"most": MOST_ROWS}
            )
        self.cleaned_data["rows"] = rows
        return text

    def clean_new_ids(self) -> str:
        prefix = normalise_login_id(self.cleaned_data["new_ids"])
        if not is_prefix(prefix):
            raise forms.ValidationError(_("Take 1 to 20 letters a–z, digits, hyphens or dots."))
        return prefix


class AddForm(_FromForm):
    """``found``: label by UUID of whom the search found."""

    people = forms.MultipleChoiceField(
        label=gettext_lazy("Those chosen"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one person.")},
    )
    field_order = ["people", "valid_from"]

    def __init__(self, *args: Any, found: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self.fields["people"], list(found.items()))


class LeaveForm(forms.Form):
    day = DayField(
        label=gettext_lazy("No longer a member from"),
        help_text=gettext_lazy(
            "What was learned stays. The first day of membership means: entered by mistake."
        ),
    )


class MoveForm(forms.Form):
    """``groups``: label by UUID."""

    group = forms.ChoiceField(label=gettext_lazy("New class or group"))
    number = forms.IntegerField(
        label=gettext_lazy("Number in class"), required=False, min_value=1, max_value=999
    )
    day = DayField(label=gettext_lazy("Member from"))

    def __init__(self, *args: Any, groups: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self.fields["group"], [("", _("— choose —")), *groups.items()])


class RollOverForm(_TeachersForm):
    """``members``: label by UUID of the learner. ``goal`` is «class» or «leave»."""

    members = forms.MultipleChoiceField(
        label=gettext_lazy("Who goes on"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one person.")},
    )
    goal = forms.ChoiceField(label=gettext_lazy("Where to"), widget=forms.RadioSelect, initial="class")
    grade = forms.ChoiceField(label=gettext_lazy("Grade"), required=False)
    class_name = _NameField(label=gettext_lazy("Class"), max_length=30, required=False)
    field_order = ["members", "goal", "grade", "class_name", "teachers"]

    def __init__(
        self,
        *args: Any,
        group: LearnerGroup,
        members: Mapping[str, str],
        teachers: Mapping[str, User],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        offer(self.fields["members"], list(members.items()))
        self.fields["members"].initial = list(members)
        year = fiscal_year_label(group.fiscal_year + 1)
        goals = [
            ("class", _("A class of %(year)s") % {"year": year}),
            ("leave", _("They leave (graduation, another school)")),
        ]
        offer(self.fields["goal"], goals)
        offer(self.fields["grade"], grade_choices())
        self.fields["grade"].initial = next_grade(group.grade)
        self.fields["class_name"].initial = group.class_name
        self.offer_teachers(teachers)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("goal") == "class" and not (data.get("grade") or data.get("class_name")):
            self.add_error("class_name", _("Choose a grade or write what the class is called."))
        return data


class SeatsForm(forms.Form):
    upto = forms.IntegerField(
        label=gettext_lazy("Seats from 1 to"),
        min_value=1,
        max_value=MOST_SEATS,
        help_text=gettext_lazy("Seats that are there already stay as they are."),
    )
