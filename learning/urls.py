"""Addresses of the learning package."""

from django.urls import URLPattern, URLResolver, include, path

from learning.assignments.views import AssignmentDetailView, AssignmentListView, AssignmentNewView
from learning.certificates.views import ReissueView, RevokeView, certificate_pdf, verify, verify_start
from learning.clients.views import ClientListView, ClientNewView, ClientRevokeView
from learning.cmi5 import urls as cmi5_urls
from learning.forwarding.views import ForwardingView, LetterView
from learning.home.views import home
from learning.launches import urls as launch_urls
from learning.lrs.document_views import ActivityProfileResource, AgentProfileResource, StateResource
from learning.lrs.thing_views import ActivitiesResource, AgentsResource
from learning.lrs.views import AboutResource, MoreStatementsResource, StatementsResource
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
    path("", include(launch_urls)),
    path("", include(cmi5_urls)),
    path("assignments/", AssignmentListView.as_view(), name="assignment_list"),
    path("assignments/new/", AssignmentNewView.as_view(), name="assignment_new"),
    path("assignments/<uuid:assignment>/", AssignmentDetailView.as_view(), name="assignment_detail"),
    path("certificates/<uuid:certificate>.pdf", certificate_pdf, name="certificate"),
    path("certificates/<uuid:certificate>/revoke/", RevokeView.as_view(), name="certificate_revoke"),
    path("certificates/<uuid:certificate>/reissue/", ReissueView.as_view(), name="certificate_reissue"),
    path("systems/", ClientListView.as_view(), name="client_list"),
    path("systems/new/", ClientNewView.as_view(), name="client_new"),
    path("systems/<uuid:client>/revoke/", ClientRevokeView.as_view(), name="client_revoke"),
    path("systems/forwarding/", ForwardingView.as_view(), name="forwarding"),
    path("systems/forwarding/<int:letter>/", LetterView.as_view(), name="forward_letter"),
    path("xapi/activities", ActivitiesResource.as_view(), name="xapi_activities"),
    path("xapi/activities/profile", ActivityProfileResource.as_view(), name="xapi_activity_profile"),
    path("xapi/activities/state", StateResource.as_view(), name="xapi_state"),
    path("xapi/agents", AgentsResource.as_view(), name="xapi_agents"),
    path("xapi/agents/profile", AgentProfileResource.as_view(), name="xapi_agent_profile"),
    path("xapi/about", AboutResource.as_view(), name="xapi_about"),
    path("xapi/statements", StatementsResource.as_view(), name="xapi_statements"),
    path("xapi/statements/more", MoreStatementsResource.as_view(), name="xapi_more"),
    path("verify/", verify_start, name="verify_start"),
    path("verify/<str:code>/", verify, name="verify"),
]
