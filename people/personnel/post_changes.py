"""Transfers, concurrent posts, leaving, and putting right what was entered by mistake."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from office.calendar.rules import written_date
from people.appointments.enums import AppointmentKind
from people.appointments.models import Appointment
from people.personnel.actions import continue_post, end_post, place, posts_seen, withdraw_post
from people.personnel.changes import ChangeView, Gone, Preview
from people.personnel.forms import (
    ConcurrentPostForm,
    EndPostForm,
    NothingForm,
    ReasonForm,
    TransferForm,
)
from people.personnel.permissions import can_transfer, posts_in_reach


class TransferView(ChangeView):
    """A new main post; the one before ends the day before."""

    title = gettext_lazy("Record a transfer")
    lead = gettext_lazy("The new main post. The present one ends on the day before.")
    kind = AppointmentKind.MAIN
    form_class: type[TransferForm] = TransferForm

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        if self.kind == AppointmentKind.MAIN and not can_transfer(self.by, self.person, self.on):
            raise PermissionDenied

    def make_form(self, data: Any) -> forms.Form:
        seen = {"seen": posts_seen(self.person)}
        return self.form_class(data, by=self.by, on=self.on, words=self.words, initial=seen)

    def preview(self, form: forms.Form) -> Preview:
        assert isinstance(form, TransferForm)  # noqa: S101 - made above
        data = form.cleaned_data
        facts = [
            (_("Name"), self.person.name),
            (_("Unit"), form.unit_label),
            (_("Name of the post"), data["post"] or _("(none)")),
            (_("First day"), written_date(data["valid_from"])),
        ]
        if "last_day" in data:
            last = data["last_day"]
            facts.append((_("Last day"), written_date(last) if last else _("not known yet")))
        return Preview(self._question(), facts, self._button(), self._notes(data))

    def change(self, form: forms.Form) -> str:
        data = form.cleaned_data
        made = place(
            person=self.person,
            organization=data["organization"],
            post=data["post"],
            kind=self.kind,
            valid_from=data["valid_from"],
            last_day=data.get("last_day"),
            seen=data["seen"],
            by=self.by,
            at=timezone.now(),
        )
        words = {
            "name": self.person.name,
            "unit": made.organization.name,
            "day": written_date(made.valid_from),
        }
        return self._said() % words

    def _question(self) -> str:
        return _("Record this transfer?")

    def _button(self) -> str:
        return _("Record the transfer")

    def _said(self) -> str:
        return _("The transfer is recorded: %(name)s belongs to %(unit)s from %(day)s.")

    def _notes(self, data: dict[str, Any]) -> list[str]:
        main = Appointment.objects.filter(user=self.person, kind=AppointmentKind.MAIN)
        held = main.filter(valid_to__isnull=True, valid_from__lt=data["valid_from"]).first()
        notes = [
            _(
                "Learning records and certificates go along. Roles stay as they are: end them if they no longer fit."
            )
        ]
        if held is None:
            return notes
        last = written_date(data["valid_from"] - timedelta(days=1))
        words = {"unit": held.organization.name, "post": held.post, "day": last}
        return [_("The present main post ends: %(unit)s %(post)s, until %(day)s.") % words, *notes]


class ConcurrentPostView(TransferView):
    """A post beside the main one."""

    title = gettext_lazy("Add a concurrent post")
    lead = gettext_lazy("A post beside the main one, which stays as it is.")
    kind = AppointmentKind.CONCURRENT
    form_class = ConcurrentPostForm

    def _question(self) -> str:
        return _("Add this concurrent post?")

    def _button(self) -> str:
        return _("Add the post")

    def _said(self) -> str:
        return _("The concurrent post is recorded: %(name)s, %(unit)s, from %(day)s.")

    def _notes(self, data: dict[str, Any]) -> list[str]:
        return [_("What is assigned to that unit from then on reaches this person, too.")]


class OnePostView(ChangeView):
    """A change of one post that there is; 403 for a post in somebody else's units."""

    appointment: Appointment

    def load(self, **kwargs: Any) -> None:
        super().load()
        post: UUID = kwargs["post"]
        row = Appointment.objects.filter(user=self.person, uuid=post).select_related("organization").first()
        if row is None:
            raise Gone
        if not posts_in_reach(self.by, [row], self.on):
            raise PermissionDenied
        self.appointment = row

    def _facts(self) -> list[tuple[str, str]]:
        row = self.appointment
        return [
            (_("Name"), self.person.name),
            (_("Unit"), row.organization.name),
            (_("Name of the post"), row.post or _("(none)")),
            (_("First day"), written_date(row.valid_from)),
        ]

    def _said(self, text: str) -> str:
        return text % {"name": self.person.name, "unit": self.appointment.organization.name}


class EndPostView(OnePostView):
    title = gettext_lazy("End a post")
    lead = gettext_lazy("When somebody leaves, or a concurrent post is over.")

    def make_form(self, data: Any) -> forms.Form:
        return EndPostForm(data, initial={"last_day": self.on})

    def preview(self, form: forms.Form) -> Preview:
        facts = [*self._facts(), (_("Last day"), written_date(form.cleaned_data["last_day"]))]
        notes = [_("Learning records and certificates are kept. You can take the end back.")]
        if self.appointment.kind == AppointmentKind.MAIN:
            notes.insert(0, _("Without a post the person is on none of your lists after that day."))
        return Preview(_("End this post?"), facts, _("End the post"), notes, is_ending=True)

    def change(self, form: forms.Form) -> str:
        last = form.cleaned_data["last_day"]
        end_post(appointment=self.appointment, last_day=last, by=self.by, at=timezone.now())
        text = self._said(_("The post of %(name)s in %(unit)s is ended."))
        return text + _("Its last day: %(day)s.") % {"day": written_date(last)}


class ContinuePostView(OnePostView):
    title = gettext_lazy("Let a post go on")
    lead = gettext_lazy("The end that was recorded is taken back.")

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        if self.appointment.valid_to is None:
            raise Gone

    def make_form(self, data: Any) -> forms.Form:
        return NothingForm(data)

    def preview(self, form: forms.Form) -> Preview:
        return Preview(_("Let this post go on?"), self._facts(), _("Let it go on"))

    def change(self, form: forms.Form) -> str:
        continue_post(appointment=self.appointment, by=self.by, at=timezone.now())
        return self._said(_("The post of %(name)s in %(unit)s goes on."))


class WithdrawPostView(OnePostView):
    title = gettext_lazy("Withdraw a post entered by mistake")
    lead = gettext_lazy(
        "It is as if the post had never been entered. For a real change, record a transfer instead."
    )

    def make_form(self, data: Any) -> forms.Form:
        return ReasonForm(data)

    def preview(self, form: forms.Form) -> Preview:
        facts = [*self._facts(), (_("Reason"), form.cleaned_data["reason"])]
        row = self.appointment
        before = Appointment.objects.filter(
            user=self.person, kind=AppointmentKind.MAIN, valid_to=row.valid_from
        )
        earlier = before.select_related("organization").first()
        notes = [_("It cannot be brought back, only entered anew. That it was there stays in the history.")]
        if earlier is not None and row.kind == AppointmentKind.MAIN:
            words = {"unit": earlier.organization.name, "post": earlier.post}
            notes.insert(0, _("The main post before it goes on: %(unit)s %(post)s.") % words)
        return Preview(_("Withdraw this post?"), facts, _("Withdraw the post"), notes, is_ending=True)

    def change(self, form: forms.Form) -> str:
        reason = form.cleaned_data["reason"]
        withdraw_post(appointment=self.appointment, reason=reason, by=self.by, at=timezone.now())
        return self._said(_("The post of %(name)s in %(unit)s is withdrawn."))
