"""What the pages about one group share: who may open them, and changes in two steps (say what, look once more)."""

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
from people.groups.enums import GroupKind
from people.groups.models import GroupMembership, LearnerGroup
from people.personnel.changes import Preview
from people.rosters.permissions import groups_kept_by, keeps_groups
from people.rosters.queries import membership_of


@method_decorator([never_cache, login_required], name="dispatch")
class KeeperView(View):
    """403 for who keeps no list at all."""

    by: User
    on: date

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        assert isinstance(request.user, User)  # noqa: S101 - the decorator let only people in
        self.by, self.on = request.user, timezone.localdate()
        if not keeps_groups(self.by, self.on):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class GroupView(KeeperView):
    """404 for a group that is somebody else's to keep."""

    group: LearnerGroup

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self._uuid: UUID = kwargs.pop("group")
        return super().dispatch(request, *args, **kwargs)

    def setup_group(self) -> None:
        groups = groups_kept_by(self.by, self.on).select_related("organization")
        group = groups.filter(uuid=self._uuid).first()
        if group is None:
            raise Http404
        self.group = group

    @property
    def is_class(self) -> bool:
        return self.group.kind == GroupKind.HOMEROOM

    def member(self, learner: UUID) -> GroupMembership:
        """Raises Http404 for who is no member any more."""
        found = membership_of(self.group, learner, self.on)
        if found is None:
            raise Http404
        return found

    def group_url(self) -> str:
        return reverse("people:group", args=[self.group.uuid])


class TwoSteps:
    """GET asks; POST looks once more (``preview``), goes back (``edit``) or does it (``confirm``)."""

    title: str | Promise
    lead: str | Promise = ""
    button: str | Promise = ""
    template = "people/group_form.html"
    preview_template = "people/group_preview.html"
    request: HttpRequest

    def load(self, **kwargs: Any) -> None:
        """Finds what is to be changed. Raises Http404, PermissionDenied."""

    def make_form(self, data: Any) -> forms.Form:
        raise NotImplementedError

    def preview(self, form: Any) -> Preview:
        raise NotImplementedError

    def change(self, form: Any) -> str:
        """Does it, and says in one or two sentences what happened."""
        raise NotImplementedError

    def done_url(self) -> str:
        raise NotImplementedError

    def shared(self) -> dict[str, Any]:
        return {"title": self.title, "lead": self.lead, "back": self.done_url()}

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        self.load(**kwargs)
        return self.page(self.make_form(None), 200)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        self.load(**kwargs)
        form = self.make_form(request.POST)
        if request.POST.get("step") == "edit":
            return self.page(form if form.is_valid() else self.make_form(None), 200)
        if not form.is_valid():
            return self.page(form, 422)
        if request.POST.get("step") != "confirm":
            context = {**self.shared(), "form": form, "preview": self.preview(form)}
            return render(request, self.preview_template, context)
        try:
            said = self.change(form)
        except ValidationError as error:
            form.add_error(None, error)
            return self.page(form, 422)
        messages.success(request, said)
        return HttpResponseRedirect(self.done_url())

    def page(self, form: forms.Form, status: int) -> HttpResponse:
        return render(self.request, self.template, {**self.shared(), "form": form}, status=status)


class GroupChangeView(TwoSteps, GroupView):
    """A change to one group."""

    def load(self, **kwargs: Any) -> None:
        self.setup_group()

    def done_url(self) -> str:
        return self.group_url()

    def shared(self) -> dict[str, Any]:
        return {**super().shared(), "group": self.group}


def names(people: list[str]) -> str:
    """In one line, or «nobody»."""
    return "、".join(people) if people else _("nobody")
