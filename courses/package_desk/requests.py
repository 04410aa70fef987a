"""Libraries that a file lacks: an author asks with a button, a library manager answers, the kept file goes in again."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import IntegrityError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.generic import FormView, View
from wagtail.admin.ui.tables import Column, TitleColumn

from courses.library_requests.actions import (
    NothingWanted,
    StillMissing,
    answer_installed,
    ask_for_libraries,
    decline,
    take_in_again,
)
from courses.library_requests.enums import RequestState
from courses.library_requests.models import LibraryRequest
from courses.library_requests.queries import listed_requests, still_missing
from courses.package_desk.doors import ForAuthors, ForLibraryManagers, person
from courses.package_desk.forms import DeclineForm, TicketForm
from courses.package_desk.lists import DeskList
from courses.package_desk.queries import may_bring_again
from courses.package_desk.words import REQUEST_STATES
from courses.packages.enums import ImportPurpose
from courses.packages.models import PackageImport
from courses.packages.permissions import can_install
from office.templatetags.calendar_tags import day_text


def _own_upload(request: HttpRequest, uuid: UUID) -> PackageImport:
    """Only who sent the file asks for it, and takes it in again."""
    rows = PackageImport.objects.select_related("replaces", "owner_body")
    return get_object_or_404(rows, uuid=uuid, uploaded_by=person(request), purpose=ImportPurpose.CONTENT)


class Ask(ForAuthors, View):
    http_method_names = ["post"]

    def post(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        upload = _own_upload(request, uuid)
        try:
            ask_for_libraries(upload=upload, by=person(request), at=timezone.now())
        except NothingWanted:
            messages.info(request, _("This file lacks no library. Nothing was asked."))
        else:
            messages.success(
                request,
                _(
                    "The system administrators are asked. Their answer will stand on this page; the file is kept."
                ),
            )
        return redirect("package_desk:import", uuid=uuid)


class Repeat(ForAuthors, View):
    """The kept file once more, after libraries were installed."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        upload = _own_upload(request, uuid)
        if not may_bring_again(upload, person(request), timezone.localdate()):
            raise Http404
        return _taken_in_again(request, upload, ImportPurpose.CONTENT)


def _taken_in_again(request: HttpRequest, upload: PackageImport, purpose: ImportPurpose) -> HttpResponse:
    form = TicketForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("The button was not read. Nothing was changed; press it once more."))
        return redirect("package_desk:import", uuid=upload.uuid)
    ticket, by = form.cleaned_data["ticket"], person(request)
    try:
        take_in_again(upload=upload, purpose=purpose, uuid=ticket, by=by, at=timezone.now())
    except IntegrityError:  # pressed twice
        if not PackageImport.objects.filter(uuid=ticket, uploaded_by=by).exists():
            raise
    return redirect("package_desk:import", uuid=ticket)


def _names(request: LibraryRequest) -> str:
    return ", ".join(one["library"] for one in request.libraries)


class RequestList(ForAuthors, DeskList):
    """For those who answer: all, the open ones first. For authors: their own, with the way back to the upload."""

    page_title = gettext_lazy("Requests for libraries")
    table_classname = "listing desk-requests"
    index_url_name = "package_desk:requests"
    results_template_name = "courses/package_desk/request_list_results.html"
    is_searchable = False
    paginate_by = 30

    def is_allowed(self, request: HttpRequest) -> bool:
        return super().is_allowed(request) or self.answers

    @cached_property
    def answers(self) -> bool:
        return can_install(person(self.request), timezone.localdate())

    def get_base_queryset(self) -> QuerySet[LibraryRequest]:
        return listed_requests(person(self.request), timezone.localdate())

    def _address(self, row: LibraryRequest) -> str:
        if self.answers:
            return reverse("package_desk:request", args=[row.uuid])
        return reverse("package_desk:import", args=[row.upload.uuid])

    @cached_property
    def columns(self) -> list[Column]:
        return [
            TitleColumn("file", label=_("File"), accessor="upload.filename", get_url=self._address),
            Column("libraries", label=_("Libraries"), accessor=_names),
            Column("asked_by", label=_("Asked by"), accessor="asked_by.name"),
            Column("asked_at", label=_("Asked on"), accessor=lambda row: day_text(row.asked_at)),
            Column(
                "state", label=pgettext("package", "State"), accessor=lambda row: REQUEST_STATES[row.state]
            ),
        ]


class _OfRequest(ForLibraryManagers):
    request: HttpRequest
    kwargs: dict[str, Any]

    @cached_property
    def asked(self) -> LibraryRequest:
        rows = listed_requests(person(self.request), timezone.localdate())
        return get_object_or_404(rows, uuid=self.kwargs["uuid"])

    def above(self) -> list[dict[str, Any]]:
        url = reverse("package_desk:requests")
        return [*super().above(), {"url": url, "label": _("Requests for libraries")}]


class Answer(_OfRequest, FormView[DeclineForm]):
    """One request: what is wanted, what is here by now, and the two answers."""

    template_name = "courses/package_desk/request.html"
    form_class = DeclineForm

    def get_page_title(self) -> str:
        return str(self.asked.upload.filename)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = self.asked
        return super().get_context_data(**kwargs) | {
            "asked": asked,
            "state": REQUEST_STATES[asked.state],
            "is_open": asked.state == RequestState.OPEN,
            "missing": still_missing(asked.libraries),
            "ticket": TicketForm(),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "installed" not in request.POST:
            response: HttpResponse = super().post(request, *args, **kwargs)
            return response
        try:
            done = answer_installed(request=self.asked, by=person(request), at=timezone.now())
        except StillMissing as error:
            text = _("Nothing was answered: these are not installed yet: %(names)s.")
            messages.error(request, text % {"names": ", ".join(error.names)})
            return redirect("package_desk:request", uuid=self.asked.uuid)
        return self._answered(done)

    def form_valid(self, form: DeclineForm) -> HttpResponse:
        reason, by = form.cleaned_data["reason"], person(self.request)
        return self._answered(decline(request=self.asked, reason=reason, by=by, at=timezone.now()))

    def _answered(self, done: bool) -> HttpResponse:
        if done:
            messages.success(self.request, _("The author sees your answer on the page of the upload."))
        else:
            messages.info(self.request, _("Somebody has answered already. Nothing was changed."))
        return redirect("package_desk:requests")


class LookAtFile(_OfRequest, View):
    """What the libraries in the author's file would change, without sending the file again."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        return _taken_in_again(request, self.asked.upload, ImportPurpose.LIBRARIES)
