"""Giving a role, and ending one."""

from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from office.calendar.rules import written_date
from people.personnel.actions import give_role, take_role
from people.personnel.changes import ChangeView, Gone, Preview
from people.personnel.forms import EndRoleForm, RoleForm
from people.personnel.permissions import can_give, held_role
from people.personnel.queries import scope_of_role
from people.roles.enums import Role
from people.roles.labels import ROLE_LABELS, allowed_by, scope_label
from people.roles.models import RoleAssignment


class GiveRoleView(ChangeView):
    title = gettext_lazy("Give this person a role")
    lead = gettext_lazy(
        "You can give roles that allow no more than your own, in the units and classes you look after."
    )

    def make_form(self, data: Any) -> forms.Form:
        return RoleForm(data, by=self.by, on=self.on, words=self.words)

    def preview(self, form: forms.Form) -> Preview:
        data = form.cleaned_data
        unit, group = data["organization"], data["group"]
        role, last = Role(data["role"]), data["last_day"]
        facts = [
            (_("Name"), self.person.name),
            (_("Role"), str(ROLE_LABELS[role])),
            (
                _("Over whom"),
                scope_label(
                    unit.name if unit else "", f"{group.organization.name} {group.name}" if group else ""
                ),
            ),
            (_("First day"), written_date(data["valid_from"])),
            (_("Last day"), written_date(last) if last else _("no end")),
            (_("Reason"), data["reason"]),
            (_("What it allows"), _list(allowed_by(role))),
        ]
        notes = [_("Who gave the role, when and why stands in the history of this person.")]
        return Preview(_("Give this role?"), facts, _("Give the role"), notes)

    def change(self, form: forms.Form) -> str:
        data = form.cleaned_data
        given = give_role(
            person=self.person,
            role=Role(data["role"]),
            everywhere=data["everywhere"],
            organization=data["organization"],
            group=data["group"],
            valid_from=data["valid_from"],
            last_day=data["last_day"],
            reason=data["reason"],
            by=self.by,
            at=timezone.now(),
        )
        words = {
            "name": self.person.name,
            "role": ROLE_LABELS[Role(given.role)],
            "scope": scope_of_role(given),
            "day": written_date(given.valid_from),
        }
        return _("%(name)s holds the role «%(role)s» over %(scope)s from %(day)s.") % words


class EndRoleView(ChangeView):
    title = gettext_lazy("End this role")
    lead = gettext_lazy("What the role allows ends with it. What was done with it stays.")
    assignment: RoleAssignment

    def load(self, **kwargs: Any) -> None:
        super().load()
        role: UUID = kwargs["role"]
        rows = RoleAssignment.objects.filter(user=self.person, uuid=role)
        row = rows.select_related("organization", "group__organization").first()
        if row is None or (row.valid_to is not None and row.valid_to <= self.on):
            raise Gone
        if not can_give(self.by, self.person, held_role(row), self.on):
            raise PermissionDenied
        self.assignment = row

    def make_form(self, data: Any) -> forms.Form:
        return EndRoleForm(data)

    def preview(self, form: forms.Form) -> Preview:
        last = form.cleaned_data["last_day"]
        facts = [
            (_("Name"), self.person.name),
            (_("Role"), str(ROLE_LABELS[Role(self.assignment.role)])),
            (_("Over whom"), scope_of_role(self.assignment)),
            (_("Last day"), written_date(last) if last else _("ends at once")),
            (_("Reason"), form.cleaned_data["reason"]),
        ]
        return Preview(_("End this role?"), facts, _("End the role"), is_ending=True)

    def change(self, form: forms.Form) -> str:
        data = form.cleaned_data
        take_role(
            assignment=self.assignment,
            last_day=data["last_day"],
            reason=data["reason"],
            by=self.by,
            at=timezone.now(),
        )
        words = {"name": self.person.name, "role": ROLE_LABELS[Role(self.assignment.role)]}
        if data["last_day"]:
            words["day"] = written_date(data["last_day"])
            return _("The role «%(role)s» of %(name)s ends after %(day)s.") % words
        return _("The role «%(role)s» of %(name)s is ended.") % words


def _list(words: list[str]) -> str:
    return "、".join(words) if words else _("nothing by itself")
