"""Addresses of the people package."""

from django.urls import path

from people.claims import views as claims
from people.credentials import views as credentials
from people.directory import views as directory
from people.personnel import post_changes as posts
from people.personnel import role_changes as roles
from people.personnel.views import PersonPageView
from people.preferences import views as preferences

app_name = "people"

urlpatterns = [
    path("reading/", preferences.reading, name="reading"),
    path("card/", credentials.card_redeem, name="card_redeem"),
    path("claim/", claims.claim, name="claim"),
    path("claim/seats/", claims.SeatClaimView.as_view(), name="claim_seat"),
    path("people/", directory.person_list, name="person_list"),
    path("people/<uuid:person>/", PersonPageView.as_view(), name="person"),
    path("people/<uuid:person>/transfer/", posts.TransferView.as_view(), name="transfer"),
    path("people/<uuid:person>/posts/new/", posts.ConcurrentPostView.as_view(), name="post_add"),
    path("people/<uuid:person>/posts/<uuid:post>/end/", posts.EndPostView.as_view(), name="post_end"),
    path(
        "people/<uuid:person>/posts/<uuid:post>/continue/",
        posts.ContinuePostView.as_view(),
        name="post_continue",
    ),
    path(
        "people/<uuid:person>/posts/<uuid:post>/withdraw/",
        posts.WithdrawPostView.as_view(),
        name="post_withdraw",
    ),
    path("people/<uuid:person>/roles/new/", roles.GiveRoleView.as_view(), name="role_give"),
    path("people/<uuid:person>/roles/<uuid:role>/end/", roles.EndRoleView.as_view(), name="role_end"),
    path("people/<uuid:person>/card/", credentials.card_issue, name="card_issue"),
    path("people/<uuid:person>/card.pdf", credentials.card_pdf, name="card_pdf"),
]
