"""Addresses of the people package."""

from django.urls import path

from people.credentials import views as credentials
from people.directory import views as directory
from people.preferences import views as preferences

app_name = "people"

urlpatterns = [
    path("reading/", preferences.reading, name="reading"),
    path("card/", credentials.card_redeem, name="card_redeem"),
    path("people/", directory.person_list, name="person_list"),
    path("people/<uuid:person>/card/", credentials.card_issue, name="card_issue"),
    path("people/<uuid:person>/card.pdf", credentials.card_pdf, name="card_pdf"),
]
