"""The list of groups, the page of one, and cards for its members."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from office.printing.actions import render_pdf
from people.accounts.models import User
from people.claims.permissions import can_hand_over
from people.credentials.actions import cards_of_codes, issue_cards
from people.credentials.sheets import card_address, sheet_of_cards
from people.rosters.changes import GroupView, KeeperView
from people.rosters.permissions import centers_to_fill, schools_to_fill
from people.rosters.queries import group_page, groups_by_year
from people.seats.queries import open_seats_of
from people.seats.sheets import sheet_of_seats


class GroupListView(KeeperView):
    def get(self, request: HttpRequest) -> HttpResponse:
        context = {
            "years": groups_by_year(self.by, self.on),
            "can_make_class": schools_to_fill(self.by, self.on).exists(),
            "can_make_course": centers_to_fill(self.by, self.on).exists(),
            "can_hand_over": can_hand_over(self.by, self.on),
        }
        return render(request, "people/group_list.html", context)


class GroupPageView(GroupView):
    def get(self, request: HttpRequest) -> HttpResponse:
        self.setup_group()
        page = group_page(self.group, on=self.on, at=timezone.now())
        return render(request, "people/group.html", {"page": page, "group": self.group})


class GroupCardsView(GroupView):
    """Whom to give a card, then the codes: the answer to the POST is the only page that ever has them."""

    def get(self, request: HttpRequest) -> HttpResponse:
        self.setup_group()
        return self._choose(200)

    def post(self, request: HttpRequest) -> HttpResponse:
        self.setup_group()
        chosen = set(request.POST.getlist("person"))
        people = [person for person in self._people() if str(person.uuid) in chosen]
        if not people:
            return self._choose(422, _("Choose at least one person. No card was issued."))
        try:
            issued = issue_cards(users=people, by=self.by, at=timezone.now())
        except PermissionDenied:
            return self._choose(422, self._refused())
        context = {"group": self.group, "issued": issued, "address": card_address()}
        return render(request, "people/group_cards_issued.html", context)

    def _people(self) -> list[User]:
        page = group_page(self.group, on=self.on, at=timezone.now())
        self.rows = [row for row in page.members if not row.span.is_coming]
        ids = [row.person for row in self.rows]
        found = {person.uuid: person for person in User.objects.filter(uuid__in=ids, is_active=True)}
        return [found[one] for one in ids if one in found]

    def _choose(self, status: int, fault: str = "") -> HttpResponse:
        self._people()
        context = {"group": self.group, "rows": self.rows, "fault": fault}
        return render(self.request, "people/group_cards.html", context, status=status)

    def _refused(self) -> str:
        return _(
            "Among those chosen is somebody to whom you cannot give a card: yourself, or somebody with rights that you do "
            "not have. No card was issued. Choose again without them."
        )


@method_decorator(sensitive_post_parameters("card"), name="dispatch")
class GroupCardsPdfView(GroupView):
    """The sheet of the cards that were just issued; the page sends the codes back because they are not kept."""

    def post(self, request: HttpRequest) -> HttpResponse:
        self.setup_group()
        issued = cards_of_codes(codes=request.POST.getlist("card")[:300], by=self.by)
        if not issued:
            context = {"group": self.group, "issued": [], "address": card_address()}
            return render(request, "people/group_cards_issued.html", context, status=404)
        return _pdf("card", sheet_of_cards(issued), "cards.pdf")


class SeatsPdfView(GroupView):
    """The papers of the seats, to lie on the tables."""

    def get(self, request: HttpRequest) -> HttpResponse:
        self.setup_group()
        seats = open_seats_of(self.group, self.on)
        if not seats:
            page = group_page(self.group, on=self.on, at=timezone.now())
            return render(request, "people/group.html", {"page": page, "group": self.group}, status=404)
        return _pdf("seats", sheet_of_seats(self.group, seats), "seats.pdf")


def _pdf(template: str, data: Any, name: str) -> HttpResponse:
    response = HttpResponse(render_pdf(template, data), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response
