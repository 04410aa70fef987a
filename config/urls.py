"""The addresses of the whole site."""

from django.conf import settings
from django.conf.urls.static import static
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

handler400 = "office.errors.views.bad_request"
handler403 = "office.errors.views.permission_denied"
handler404 = "office.errors.views.page_not_found"
handler500 = "office.errors.views.server_error"

urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("accounts/", include("allauth.urls")),
    path("", include("office.urls")),
    path("", include("people.urls")),
    path("", include("courses.urls")),
    path("", include("assessments.urls")),
    path("", include("learning.urls")),
    path("", include("reporting.urls")),
    *static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT),
    # Wagtail's own routing takes what is left: the public pages.
    path("", include(wagtail_urls)),
]
