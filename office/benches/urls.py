"""The site's own addresses, the limit and the floor beside them."""

from importlib import import_module

from django.conf import settings
from django.urls import path

from office.benches.rules import FLOOR_PATH, LIMIT_PATH
from office.benches.views import floor, limit

# ``config`` stands above this package: it is found by its name in the settings, as Django finds it.
_site = import_module(getattr(settings, "BENCHED_URLCONF", "") or settings.ROOT_URLCONF)

urlpatterns = [
    path(LIMIT_PATH.lstrip("/"), limit),
    path(FLOOR_PATH.lstrip("/"), floor),
    *_site.urlpatterns,
]
handler400, handler403 = _site.handler400, _site.handler403
handler404, handler500 = _site.handler404, _site.handler500
