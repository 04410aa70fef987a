"""The page on which a person watches a long job; it may be left and come back to."""

import uuid

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from office.jobs.actions import retry_job
from office.jobs.enums import JobState
from office.jobs.models import Job


@require_safe
@never_cache
@login_required
def job_page(request: HttpRequest, job_uuid: uuid.UUID) -> HttpResponse:
    """Its owner's; for everybody else there is no such page."""
    job = get_object_or_404(Job.objects.visible_to(request.user), uuid=job_uuid)
    return render(
        request,
        "office/job.html",
        {
            "job": job,
            "result_links": _result_links(job),
            "back_url": _own_address(job.params.get("back_url")),
            "can_retry": job.state == JobState.FAILED,
        },
    )


@require_safe
@never_cache
def job_state(request: HttpRequest, job_uuid: uuid.UUID) -> JsonResponse:
    """``{state, done, total, percent, error, result}`` for scripts; 401 without a session."""
    if not request.user.is_authenticated:
        return JsonResponse({"error": _("Please sign in.")}, status=401)
    job = Job.objects.visible_to(request.user).filter(uuid=job_uuid).first()
    if job is None:
        return JsonResponse({"error": _("There is no such job.")}, status=404)
    return JsonResponse(
        {
            "state": job.state,
            "done": job.done,
            "total": job.total,
            "percent": job.percent,
            "error": job.error,
            "result": job.result,
        }
    )


@require_POST
@login_required
def job_retry(request: HttpRequest, job_uuid: uuid.UUID) -> HttpResponse:
    """Once more from where it stopped; a second click finds the job already in line."""
    job = get_object_or_404(Job.objects.visible_to(request.user), uuid=job_uuid)
    retry_job(job=job, by=request.user if request.user.is_authenticated else None, at=timezone.now())
    return redirect("office:job", job_uuid=job.uuid)


def _result_links(job: Job) -> list[tuple[str, str]]:
    """``result["url"]`` with ``result["url_label"]``, once the job is done."""
    url = _own_address(job.result.get("url"))
    if job.state != JobState.DONE or not url:
        return []
    return [(str(job.result.get("url_label") or _("See the result")), url)]


def _own_address(url: object) -> str:
    """An address of this site only."""
    return url if isinstance(url, str) and url.startswith("/") and not url.startswith(("//", "/\\")) else ""
