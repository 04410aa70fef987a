"""Members come, from a pasted list or by a search; they leave, stay after all, or go to another group."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from office.calendar.rules import written_date
from people.accounts.rules import clean_name
from people.directory.queries import matching
from people.groups.models import GroupMembership, LearnerGroup
from people.personnel.changes import Preview
from people.roles.places import places_of
from people.rosters.actions import add_from_list, add_people, leave, stay
from people.rosters.changes import GroupChangeView
from people.rosters.enums import RowState
from people.rosters.forms import AddForm, LeaveForm, MoveForm, PasteForm
from people.rosters.lists import PlannedRow, plan
from people.rosters.moves import move
from people.rosters.permissions import groups_kept_by, people_to_add
from people.rosters.queries import FOUND, has_left

_LINES = "as_new"


class PasteView(GroupChangeView):
    """A list from a sheet: every line is looked at, nothing is saved before all are right and somebody said yes."""

    title = gettext_lazy("Add members from a list")
    lead = gettext_lazy("New people get an account without a password; afterwards you print a card for each.")
    template = "people/group_paste.html"
    preview_template = "people/group_paste_preview.html"
    planned: list[PlannedRow] | None = None

    def make_form(self, data: Any) -> PasteForm:
        return PasteForm(data, group=self.group, on=self.on)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """A list with wrong lines stays in the box, with the table of all lines below."""
        self.load(**kwargs)
        form = self.make_form(request.POST)
        if form.is_valid() and request.POST.get("step") not in ("edit", "confirm"):
            self.planned = self._plan(form)
            if any(one.state == RowState.WRONG for one in self.planned):
                form.add_error("text", _("Some lines cannot be taken yet. Nobody was added."))
                return self.page(form, 422)
        return super().post(request, **kwargs)

    def preview(self, form: PasteForm) -> Preview:
        planned = self._plan(form)
        counts = {state: sum(one.state == state for one in planned) for state in RowState}
        facts = [
            (_("Group"), self.group.name),
            (_("New people, with a new login ID"), str(counts[RowState.NEW])),
            (_("Known people"), str(counts[RowState.KNOWN])),
            (_("Members already, left as they are"), str(counts[RowState.MEMBER])),
            (_("Member from"), written_date(form.cleaned_data["valid_from"])),
        ]
        self.planned = planned
        return Preview(_("Add these people?"), facts, _("Add them"))

    def change(self, form: PasteForm) -> str:
        data = form.cleaned_data
        planned = add_from_list(
            group=self.group,
            rows=data["rows"],
            prefix=data["new_ids"],
            as_new=self._as_new(),
            valid_from=data["valid_from"],
            by=self.by,
            at=timezone.now(),
        )
        count = sum(one.state != RowState.MEMBER for one in planned)
        if not count:
            return _("All of them are members already. Nothing was changed.")
        said = ngettext("%(count)s person was added.", "%(count)s people were added.", count)
        return said % {"count": count}

    def shared(self) -> dict[str, Any]:
        return {**super().shared(), "planned": self.planned, "as_new": self._as_new()}

    def page(self, form: forms.Form, status: int) -> HttpResponse:
        if status == 422 and self.planned is None and "rows" in getattr(form, "cleaned_data", {}):
            assert isinstance(form, PasteForm)  # noqa: S101 - made above
            self.planned = self._plan(form) if "new_ids" in form.cleaned_data else None
        return super().page(form, status)

    def _plan(self, form: PasteForm) -> list[PlannedRow]:
        data = form.cleaned_data
        return plan(
            self.group, data["rows"], prefix=data["new_ids"], as_new=self._as_new(), by=self.by, on=self.on
        )

    def _as_new(self) -> frozenset[int]:
        lines = self.request.POST.getlist(_LINES)[:300]
        return frozenset(int(line) for line in lines if line.isascii() and line.isdigit() and len(line) < 6)


class AddView(GroupChangeView):
    """People whom the keeper looks after already, found by name or login id."""

    title = gettext_lazy("Add people who are there already")
    lead = gettext_lazy("Look for them by name, kana or login ID among the people you look after.")
    template = "people/group_add.html"
    preview_template = "people/group_add_preview.html"

    def load(self, **kwargs: Any) -> None:
        super().load()
        words = self.request.POST.get("q") or self.request.GET.get("q") or ""
        self.words = clean_name(words[:100])
        members = GroupMembership.objects.filter(
            group=self.group, valid_to__isnull=True, learner__user__isnull=False
        )
        people = matching(people_to_add(self.by, self.on), self.words)
        if self.request.method != "POST":
            people = people.exclude(pk__in=members.values("learner__user"))
        found = list(people[: FOUND + 1]) if self.words or self.request.method == "POST" else []
        self.has_more = len(found) > FOUND
        places = places_of([person.pk for person in found], self.on)
        self.people = {str(person.uuid): person for person in found[:FOUND]}
        self.labels = {
            key: " ".join(filter(None, [person.name, person.username, *places.get(person.pk, [])[:1]]))
            for key, person in self.people.items()
        }

    def make_form(self, data: Any) -> AddForm:
        return AddForm(data, group=self.group, on=self.on, found=self.labels)

    def preview(self, form: AddForm) -> Preview:
        data = form.cleaned_data
        chosen = "、".join(self.people[key].name for key in data["people"])
        facts = [
            (_("Group"), self.group.name),
            (_("Those chosen"), chosen),
            (_("Member from"), written_date(data["valid_from"])),
        ]
        return Preview(_("Add these people?"), facts, _("Add them"))

    def change(self, form: AddForm) -> str:
        data = form.cleaned_data
        chosen = [self.people[key] for key in data["people"]]
        count = add_people(
            group=self.group, people=chosen, valid_from=data["valid_from"], by=self.by, at=timezone.now()
        )
        if not count:
            return _("All of them are members already. Nothing was changed.")
        said = ngettext("%(count)s person was added.", "%(count)s people were added.", count)
        return said % {"count": count}

    def shared(self) -> dict[str, Any]:
        return {**super().shared(), "q": self.words, "has_more": self.has_more, "found": len(self.people)}


class _MemberView(GroupChangeView):
    membership: GroupMembership

    def load(self, **kwargs: Any) -> None:
        super().load()
        self.membership = self.member(kwargs["learner"])

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """A second click finds the membership over."""
        self.setup_group()
        if request.POST.get("step") == "confirm" and has_left(self.group, kwargs["learner"], self.on):
            messages.info(request, _("This membership is over already. Nothing was changed."))
            return HttpResponseRedirect(self.group_url())
        return super().post(request, **kwargs)

    @property
    def who(self) -> str:
        person, number = self.membership.learner.user, self.membership.number
        return person.name if person else _("Seat %(number)s") % {"number": number or ""}

    def shared(self) -> dict[str, Any]:
        return {**super().shared(), "who": self.who}


class LeaveView(_MemberView):
    title = gettext_lazy("End a membership")
    lead = gettext_lazy("For somebody who moved away, or a seat that is not needed any more.")

    def make_form(self, data: Any) -> LeaveForm:
        return LeaveForm(data, initial={"day": max(self.on, self.membership.valid_from)})

    def preview(self, form: LeaveForm) -> Preview:
        day = form.cleaned_data["day"]
        facts = [
            (_("Who"), self.who),
            (_("Group"), self.group.name),
            (_("No longer a member from"), written_date(day)),
        ]
        notes = [_("What was learned is kept.")]
        if day == self.membership.valid_from:
            notes.append(
                _("This is the first day of membership: it will look as if it had been entered by mistake.")
            )
        return Preview(_("End this membership?"), facts, _("End it"), notes, is_ending=True)

    def change(self, form: LeaveForm) -> str:
        day = form.cleaned_data["day"]
        leave(membership=self.membership, valid_to=day, by=self.by, at=timezone.now())
        return _("%(who)s is no longer a member from %(day)s.") % {"who": self.who, "day": written_date(day)}


class StayView(_MemberView):
    title = gettext_lazy("Take the end back")

    def make_form(self, data: Any) -> forms.Form:
        return forms.Form({} if data is not None else None)

    def preview(self, form: forms.Form) -> Preview:
        facts = [(_("Who"), self.who), (_("Group"), self.group.name)]
        notes = [
            _("If the person is already entered in another class from that day, end that membership as well.")
        ]
        return Preview(_("Stay a member after all?"), facts, _("Take the end back"), notes)

    def change(self, form: forms.Form) -> str:
        stay(membership=self.membership, by=self.by, at=timezone.now())
        return _("%(who)s stays a member.") % {"who": self.who}


class MoveView(_MemberView):
    title = gettext_lazy("Move to another class")
    lead = gettext_lazy("The earlier membership ends on the day on which the new one begins.")

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        if self.membership.learner.user_id is None:
            raise Http404
        kept = groups_kept_by(self.by, self.on).filter(
            fiscal_year__gte=self.group.fiscal_year, kind=self.group.kind
        )
        kept = kept.exclude(pk=self.group.pk).select_related("organization")
        ordered = kept.order_by("fiscal_year", "organization__order", "grade", "name")[:300]
        self.groups: dict[str, LearnerGroup] = {str(group.uuid): group for group in ordered}

    def make_form(self, data: Any) -> MoveForm:
        labels = {key: f"{g.organization.name} {g.name}（{g.fiscal_year}）" for key, g in self.groups.items()}
        return MoveForm(data, groups=labels, initial={"day": max(self.on, self.membership.valid_from)})

    def preview(self, form: MoveForm) -> Preview:
        data = form.cleaned_data
        facts = [
            (_("Who"), self.who),
            (_("From group"), self.group.name),
            (_("To group"), self.groups[data["group"]].name),
            (_("Number in class"), str(data["number"] or _("none"))),
            (_("Member from"), written_date(data["day"])),
        ]
        return Preview(_("Move this person?"), facts, _("Move"))

    def change(self, form: MoveForm) -> str:
        data = form.cleaned_data
        target = self.groups[data["group"]]
        move(
            membership=self.membership,
            group=target,
            number=data["number"],
            valid_from=data["day"],
            by=self.by,
            at=timezone.now(),
        )
        words = {"who": self.who, "group": target.name, "day": written_date(data["day"])}
        return _("%(who)s belongs to %(group)s from %(day)s.") % words
