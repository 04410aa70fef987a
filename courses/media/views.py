"""The door of images. Documents go through Wagtail's own, which asks the same (``courses/wagtail_hooks.py``)."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe
from django.views.static import serve

from courses.lessons.access import refuse
from courses.media.access import may_have
from courses.media.models import CourseImageRendition

_KEPT_SECONDS = 60 * 60


@require_safe
def image_file(request: HttpRequest, path: str) -> HttpResponseBase:
    """A scaled image, for whoever may open a page that shows it. Kept by that person's browser only."""
    rendition = CourseImageRendition.objects.filter(file=path).select_related("image").first()
    if rendition is None:
        raise Http404
    decision = may_have(request, rendition.image)
    if not decision.allowed:
        return refuse(request, decision)
    response = serve(request, path, document_root=str(settings.MEDIA_ROOT))
    patch_cache_control(response, private=True, max_age=_KEPT_SECONDS)
    return response
