"""Addresses of the learning package."""

from django.urls import URLPattern, URLResolver, path

from learning.assignments.views import AssignmentDetailView, AssignmentListView, AssignmentNewView
from learning.certificates.views import ReissueView, RevokeView, certificate_pdf, verify, verify_start
from learning.home.views import home
from learning.runtime.views import DeclareView, EnrollView, LessonDoneView, PlaceView

app_name = "learning"

urlpatterns: list[URLPattern | URLResolver] = [
    path("learning/", home, name="home"),
    path("learning/courses/<uuid:course>/enroll/", EnrollView.as_view(), name="enroll"),
    path("learning/activities/<uuid:activity>/done/", LessonDoneView.as_view(), name="lesson_done"),
    path("learning/activities/<uuid:activity>/place/", PlaceView.as_view(), name="place"),
    path(
        "learning/activities/<uuid:activity>/declaration/<str:block_id>/",
        DeclareView.as_view(),
        name="declare",
    ),
    path("assignments/", AssignmentListView.as_view(), name="assignment_list"),
    path("assignments/new/", AssignmentNewView.as_view(), name="assignment_new"),
    path("assignments/<uuid:assignment>/", AssignmentDetailView.as_view(), name="assignment_detail"),
    path("certificates/<uuid:certificate>.pdf", certificate_pdf, name="certificate"),
    path("certificates/<uuid:certificate>/revoke/", RevokeView.as_view(), name="certificate_revoke"),
    path("certificates/<uuid:certificate>/reissue/", ReissueView.as_view(), name="certificate_reissue"),
    path("verify/", verify_start, name="verify_start"),
    path("verify/<str:code>/", verify, name="verify"),
]
