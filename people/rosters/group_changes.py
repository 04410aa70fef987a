"""Making a class or a course, changing one, next year's class, and seats."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from office.calendar.rules import fiscal_year_bounds, fiscal_year_label, written_date
from people.accounts.models import User
from people.groups.enums import GroupKind
from people.groups.models import GroupMembership, LearnerGroup
from people.groups.rules import class_label
from people.organizations.models import Organization
from people.personnel.changes import Preview
from people.rosters.actions import edit_group, make_group
from people.rosters.changes import GroupChangeView, KeeperView, TwoSteps, names
from people.rosters.forms import (
    SHOWN,
    EditClassForm,
    EditCourseForm,
    NewClassForm,
    NewCourseForm,
    NewGroupForm,
    RollOverForm,
    SeatsForm,
    first_day,
)
from people.rosters.moves import roll_over
from people.rosters.permissions import centers_to_fill, heads_school, schools_to_fill, teachers_to_choose
from people.rosters.queries import teachers_of
from people.seats.actions import make_seats


class _NewGroupView(TwoSteps, KeeperView):
    kind: GroupKind
    form_class: type[NewGroupForm]
    made: LearnerGroup | None = None

    def units(self) -> QuerySet[Organization]:
        raise NotImplementedError

    def load(self, **kwargs: Any) -> None:
        self.choices = list(self.units().order_by("order", "code")[:SHOWN])
        if not self.choices:
            raise PermissionDenied

    def make_form(self, data: Any) -> NewGroupForm:
        return self.form_class(data, units=self.choices, on=self.on, teachers=self._teachers())

    def _teachers(self) -> dict[str, User]:
        """Colleagues to choose from where there is but one school; else they are chosen on the page of the class."""
        if self.kind != GroupKind.HOMEROOM or len(self.choices) > 1:
            return {}
        people = teachers_to_choose([self.choices[0].pk], self.on).order_by("last_name_kana", "pk")
        return {str(person.uuid): person for person in people}

    def preview(self, form: NewGroupForm) -> Preview:
        data = form.cleaned_data
        facts = [
            (str(form.fields["unit"].label), data["organization"].name),
            (str(form.fields["year"].label), fiscal_year_label(data["year"])),
            (_("Name"), data["name"] or class_label(data["grade"], data["class_name"])),
        ]
        notes = []
        if self.kind == GroupKind.HOMEROOM:
            chosen = [person.name for person in form.chosen_teachers()]
            facts.append((_("Teachers in charge"), names(chosen)))
            notes.append(_("Who makes a class without looking after the whole school is in charge of it."))
        return Preview(_("Make this?"), facts, _("Make it"), notes)

    def change(self, form: NewGroupForm) -> str:
        data = form.cleaned_data
        self.made = make_group(
            kind=self.kind,
            organization=data["organization"],
            fiscal_year=data["year"],
            name=data["name"],
            grade=data["grade"],
            class_name=data["class_name"],
            teachers=form.chosen_teachers(),
            by=self.by,
            at=timezone.now(),
        )
        return _("%(name)s is there. Now add its members.") % {"name": self.made.name}

    def done_url(self) -> str:
        return reverse("people:group", args=[self.made.uuid]) if self.made else reverse("people:group_list")


class NewClassView(_NewGroupView):
    title = gettext_lazy("Make a class")
    lead = gettext_lazy("A class lives for one school year. Its pupils are added afterwards.")
    kind = GroupKind.HOMEROOM
    form_class = NewClassForm

    def units(self) -> QuerySet[Organization]:
        return schools_to_fill(self.by, self.on)


class NewCourseView(_NewGroupView):
    title = gettext_lazy("Make a course")
    lead = gettext_lazy(
        "A course at a community center, with numbered seats at which people learn without an account."
    )
    kind = GroupKind.OTHER
    form_class = NewCourseForm

    def units(self) -> QuerySet[Organization]:
        return centers_to_fill(self.by, self.on)


class EditGroupView(GroupChangeView):
    title = gettext_lazy("Change name and teachers")
    lead = gettext_lazy(
        "School and year stay, because records name them. For another year, use the yearly step."
    )

    def make_form(self, data: Any) -> forms.Form:
        now = teachers_of(self.group, self.on)
        initial = {
            "name": self.group.name,
            "grade": self.group.grade,
            "class_name": self.group.class_name,
            "teachers": [str(person.uuid) for person in now],
        }
        kind = EditClassForm if self.is_class else EditCourseForm
        return kind(data, initial=initial, teachers=self.colleagues(now))

    def colleagues(self, now: list[User]) -> dict[str, User]:
        """Who is in charge now, and who may be."""
        people = teachers_to_choose([self.group.organization_id], self.on).order_by("last_name_kana", "pk")
        return {str(person.uuid): person for person in [*now, *people]}

    def preview(self, form: Any) -> Preview:
        data = form.cleaned_data
        facts = [(_("Name"), data["name"])]
        notes = []
        if self.is_class:
            chosen = form.chosen_teachers()
            facts.append((_("Teachers in charge"), names([person.name for person in chosen])))
            gone = [p for p in teachers_of(self.group, self.on) if p not in chosen]
            if gone and not heads_school(self.by, self.group, self.on):
                notes.append(_("Only the principal or the board of education ends the charge of a teacher."))
        return Preview(_("Change it like this?"), facts, _("Change it"), notes)

    def change(self, form: Any) -> str:
        data = form.cleaned_data
        edit_group(
            group=self.group,
            name=data["name"],
            grade=data["grade"],
            class_name=data["class_name"],
            teachers=form.chosen_teachers() if self.is_class else [],
            by=self.by,
            at=timezone.now(),
        )
        return _("The change is saved.")


class RollOverView(GroupChangeView):
    """Next year's class: 1-A of 令和8年度 becomes 2-A of 令和9年度, for those who are chosen."""

    title = gettext_lazy("Go on to the next school year")
    lead = gettext_lazy(
        "Choose who goes on together. For classes that are mixed, do it once for each new class. What was learned stays."
    )

    def load(self, **kwargs: Any) -> None:
        super().load()
        if not self.is_class:
            raise Http404
        year = self.group.fiscal_year + 1
        self.year, self.day = year, fiscal_year_bounds(year)[0]
        rows = GroupMembership.objects.filter(group=self.group, valid_to__isnull=True)
        ordered = rows.select_related("learner__user").order_by("number", "pk")
        self.rows = {str(row.learner.uuid): row for row in ordered}
        self.target: LearnerGroup | None = None

    def make_form(self, data: Any) -> RollOverForm:
        labels = {
            key: " ".join(filter(None, [str(row.number or ""), str(row.learner.user or _("seat"))]))
            for key, row in {**self._gone(), **self.rows}.items()
        }
        people = teachers_to_choose([self.group.organization_id], self.on).order_by("last_name_kana", "pk")
        return RollOverForm(
            data,
            group=self.group,
            members=labels if data else {key: labels[key] for key in self.rows},
            teachers={str(person.uuid): person for person in people},
        )

    def _gone(self) -> dict[str, GroupMembership]:
        """Who went on already: a second click still names them."""
        rows = GroupMembership.objects.filter(group=self.group, valid_to__gte=self.day)
        return {str(row.learner.uuid): row for row in rows.select_related("learner__user")}

    def preview(self, form: RollOverForm) -> Preview:
        data = form.cleaned_data
        count = len(data["members"])
        people = ngettext("%(count)s person", "%(count)s people", count) % {"count": count}
        facts = [(_("From group"), f"{self.group.name}（{fiscal_year_label(self.group.fiscal_year)}）")]
        if data["goal"] == "leave":
            facts += [(_("Who"), people), (_("They leave on"), written_date(self.day))]
            return Preview(_("Let them leave?"), facts, _("Let them leave"), is_ending=True)
        name = class_label(data["grade"], data["class_name"])
        facts += [
            (_("To group"), f"{name}（{fiscal_year_label(self.year)}）"),
            (_("Who"), people),
            (_("Member from"), written_date(self.day)),
            (_("Teachers in charge"), names([person.name for person in form.chosen_teachers()])),
        ]
        notes = [
            _("Numbers in class are kept where they are free."),
            _("You can take it back on the page of this class until the day comes."),
        ]
        return Preview(_("Go on like this?"), facts, _("Go on to the next year"), notes)

    def change(self, form: RollOverForm) -> str:
        data = form.cleaned_data
        everybody = {**self._gone(), **self.rows}
        if data["goal"] == "class":
            self.target = self._target(form)
        done = roll_over(
            group=self.group,
            learners=[everybody[key].learner for key in data["members"]],
            target=self.target,
            day=self.day,
            by=self.by,
            at=timezone.now(),
        )
        said = ngettext("%(count)s person goes on.", "%(count)s people go on.", done.moved)
        words = (
            [said % {"count": done.moved}]
            if done.moved
            else [_("They went on already. Nothing was changed.")]
        )
        if done.without_number:
            text = _("Without a number, because theirs is taken: %(names)s")
            words.append(text % {"names": names(done.without_number)})
        return " ".join(words)

    def _target(self, form: RollOverForm) -> LearnerGroup:
        data = form.cleaned_data
        return make_group(
            kind=GroupKind.HOMEROOM,
            organization=self.group.organization,
            fiscal_year=self.year,
            name="",
            grade=data["grade"],
            class_name=data["class_name"],
            teachers=form.chosen_teachers(),
            by=self.by,
            at=timezone.now(),
        )

    def done_url(self) -> str:
        return reverse("people:group", args=[(self.target or self.group).uuid])


class NewSeatsView(GroupChangeView):
    title = gettext_lazy("Make seats")
    lead = gettext_lazy(
        "At a numbered seat people learn without an account. What they learn stays at the seat, and can be handed over later."
    )

    def load(self, **kwargs: Any) -> None:
        super().load()
        if self.is_class:
            raise Http404

    def make_form(self, data: Any) -> SeatsForm:
        return SeatsForm(data)

    def preview(self, form: SeatsForm) -> Preview:
        facts = [
            (_("Course"), self.group.name),
            (_("Seats"), _("from 1 to %(last)s") % {"last": form.cleaned_data["upto"]}),
        ]
        notes = [_("Each seat gets a code. Print the papers afterwards and put one on each table.")]
        return Preview(_("Make these seats?"), facts, _("Make the seats"), notes)

    def change(self, form: SeatsForm) -> str:
        made = make_seats(
            group=self.group,
            upto=form.cleaned_data["upto"],
            valid_from=min(self.on, first_day(self.group.fiscal_year, self.on)),
            by=self.by,
            at=timezone.now(),
        )
        if not made:
            return _("All these seats are there already. Nothing was changed.")
        said = ngettext("%(count)s seat is made.", "%(count)s seats are made.", len(made))
        return said % {"count": len(made)}
