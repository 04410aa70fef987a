"""What the pages about one person share: who may open them, and changes in two steps (say what, look once more)."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.generic import View

from people.accounts.models import User
from people.accounts.rules import clean_name
from people.personnel.permissions import can_manage, knows_of, people_visible_to


@dataclass(frozen=True)
class Preview:
    """What will be, before it is: ``facts`` are pairs of words, ``notes`` what follows from it."""

    title: str
    facts: list[tuple[str, str]]
    button: str
    notes: list[str] = field(default_factory=list)
    is_ending: bool = False


class Gone(Exception):
    """Somebody else ended or withdrew it in the meantime."""


@method_decorator([never_cache, login_required], name="dispatch")
class PersonView(View):
    """404 for who may know nothing of the person, 403 for who sees the name elsewhere but may not open the page."""

    by: User
    person: User
    on: date

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        assert isinstance(request.user, User)  # noqa: S101 - the decorator let only people in
        self.by, self.on = request.user, timezone.localdate()
        self.person = self._opened(kwargs.pop("person"))
        return super().dispatch(request, *args, **kwargs)

    def _opened(self, uuid: UUID) -> User:
        person = people_visible_to(self.by, self.on).filter(uuid=uuid).first()
        if person is not None:
            return person
        other = User.objects.filter(uuid=uuid).first()
        if other is not None and knows_of(self.by, other, self.on):
            raise PermissionDenied
        raise Http404


class ChangeView(PersonView):
    """A post with ``step=confirm`` changes, ``step=edit`` goes back to the questions, any other shows what will be."""

    title: str | Promise = ""
    lead: str | Promise = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return super().dispatch(request, *args, **kwargs)
        except Gone:
            messages.info(request, _("This entry is no longer open: somebody has already changed it."))
            return HttpResponseRedirect(self._back())

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        self.load(**kwargs)
        return self._page(self.make_form(None), 200)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        self.load(**kwargs)
        form = self.make_form(request.POST)
        if request.POST.get("step") == "edit":
            return self._page(form if form.is_valid() else self.make_form(None), 200)
        if not form.is_valid():
            return self._page(form, 422)
        if request.POST.get("step") != "confirm":
            context = {**self._shared(), "form": form, "preview": self.preview(form)}
            return render(request, "people/change_preview.html", context)
        try:
            said = self.change(form)
        except ValidationError as error:
            form.add_error(None, error)
            return self._page(form, 422)
        messages.success(request, said)
        return HttpResponseRedirect(self._back())

    def load(self, **kwargs: Any) -> None:
        """Finds what is to be changed and asks whether it may be. Raises PermissionDenied, Http404, Gone."""
        if not can_manage(self.by, self.person, self.on):
            raise PermissionDenied

    def make_form(self, data: Any) -> forms.Form:
        raise NotImplementedError

    def preview(self, form: forms.Form) -> Preview:
        raise NotImplementedError

    def change(self, form: forms.Form) -> str:
        """Does it, and says in one or two sentences what happened."""
        raise NotImplementedError

    @property
    def words(self) -> str:
        """What narrows a long list of units."""
        return clean_name((self.request.POST.get("q") or self.request.GET.get("q") or "")[:100])

    def _page(self, form: forms.Form, status: int) -> HttpResponse:
        context = {**self._shared(), "form": form}
        return render(self.request, "people/change_form.html", context, status=status)

    def _shared(self) -> dict[str, Any]:
        return {"person": self.person, "title": self.title, "lead": self.lead, "q": self.words}

    def _back(self) -> str:
        """The person's page, or the list when the change took the person out of sight."""
        if people_visible_to(self.by, self.on).filter(pk=self.person.pk).exists():
            return reverse("people:person", args=[self.person.uuid])
        return reverse("people:person_list")
