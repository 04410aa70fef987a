"""Addresses of the people package."""

from django.urls import path

from people.claims import views as claims
from people.credentials import views as credentials
from people.directory import views as directory
from people.personnel import post_changes as posts
from people.personnel import role_changes as roles
from people.personnel.views import PersonPageView
from people.preferences import views as preferences
from people.rosters import group_changes as groups
from people.rosters import member_changes as members
from people.rosters import views as rosters
from people.seats import views as seats

app_name = "people"

urlpatterns = [
    path("reading/", preferences.reading, name="reading"),
    path("card/", credentials.card_redeem, name="card_redeem"),
    path("claim/", claims.claim, name="claim"),
    path("claim/seats/", claims.SeatClaimView.as_view(), name="claim_seat"),
    path("seat/", seats.seat_start, name="seat_start"),
    path("seat/<str:code>/", seats.seat, name="seat"),
    path("groups/", rosters.GroupListView.as_view(), name="group_list"),
    path("groups/new/class/", groups.NewClassView.as_view(), name="class_new"),
    path("groups/new/course/", groups.NewCourseView.as_view(), name="course_new"),
    path("groups/<uuid:group>/", rosters.GroupPageView.as_view(), name="group"),
    path("groups/<uuid:group>/edit/", groups.EditGroupView.as_view(), name="group_edit"),
    path("groups/<uuid:group>/next-year/", groups.RollOverView.as_view(), name="group_next_year"),
    path("groups/<uuid:group>/list/", members.PasteView.as_view(), name="group_paste"),
    path("groups/<uuid:group>/add/", members.AddView.as_view(), name="group_add"),
    path("groups/<uuid:group>/cards/", rosters.GroupCardsView.as_view(), name="group_cards"),
    path("groups/<uuid:group>/cards.pdf", rosters.GroupCardsPdfView.as_view(), name="group_cards_pdf"),
    path("groups/<uuid:group>/seats/", groups.NewSeatsView.as_view(), name="seats_new"),
    path("groups/<uuid:group>/seats.pdf", rosters.SeatsPdfView.as_view(), name="seats_pdf"),
    path("groups/<uuid:group>/<uuid:learner>/leave/", members.LeaveView.as_view(), name="member_leave"),
    path("groups/<uuid:group>/<uuid:learner>/stay/", members.StayView.as_view(), name="member_stay"),
    path("groups/<uuid:group>/<uuid:learner>/move/", members.MoveView.as_view(), name="member_move"),
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
