"""The addresses of the whole site."""

from django.urls import include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from courses.media.views import image_file
from people.accounts.views import admin_sign_in

handler400 = "office.errors.views.bad_request"
handler403 = "office.errors.views.permission_denied"
handler404 = "office.errors.views.page_not_found"
handler500 = "office.errors.views.server_error"

urlpatterns = [
    path("admin/login/", admin_sign_in),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("accounts/", include("people.accounts.urls")),
    path("", include("office.urls")),
    path("", include("people.urls")),
    path("", include("courses.urls")),
    path("", include("assessments.urls")),
    path("", include("learning.urls")),
    path("", include("reporting.urls")),
    # Packages of people who are trusted, where there is no host of their own for them; else nothing answers here.
    path("hosted/", include("config.hosting_urls")),
    # Scaled images of lessons, and nothing else that was uploaded; documents go through their own door.
    re_path(r"^media/(?P<path>images/[^/]+)$", image_file, name="media"),
    # Wagtail's own routing takes what is left: the public pages.
    path("", include(wagtail_urls)),
]
