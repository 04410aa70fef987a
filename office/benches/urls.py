"""The site's own addresses and the limit beside them."""

from importlib import import_module

from django.conf import settings
from django.urls import path

from office.benches.rules import LIMIT_PATH
from office.benches.views import limit

# ``config`` stands above this package: it is found by its name in the settings, as Django finds it.
_site = import_module(getattr(settings, "BENCHED_URLCONF", "") or settings.ROOT_URLCONF)

urlpatterns = [path(LIMIT_PATH.lstrip("/"), limit), *_site.urlpatterns]
handler400, handler403 = _site.handler400, _site.handler403
handler404, handler500 = _site.handler404, _site.handler500
