"""The page of one person."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from people.personnel.changes import PersonView
from people.personnel.queries import person_page


class PersonPageView(PersonView):
    def get(self, request: HttpRequest) -> HttpResponse:
        page = person_page(self.person, by=self.by, on=self.on, at=timezone.now())
        return render(request, "people/person.html", {"page": page, "today": self.on})
