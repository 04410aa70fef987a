"""Assigning in three steps: choose a course, say to whom and until when, look once more and confirm."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.generic import View

from courses.catalog.enums import Track
from courses.catalog.models import Course
from learning.assignments.actions import assign, target_name, withdraw_assignment
from learning.assignments.expansion import learners_of, reference_day
from learning.assignments.forms import AssignForm, WithdrawForm, suggested_reason
from learning.assignments.models import Assignment
from learning.assignments.permissions import assignments_visible_to, can_assign, can_assign_to, can_withdraw
from learning.assignments.queries import assignment_counts, assignment_lines, courses_to_assign
from office.jobs.models import Job
from people.accounts.models import User
from people.accounts.rules import clean_name
from people.roles.enums import Capability
from people.roles.queries import scope_of

PAGE = 20


@method_decorator([never_cache, login_required], name="dispatch")
class AssigningView(View):
    """For people who may assign to somebody; an insider without the right gets 403."""

    person: User
    on: date

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.on = timezone.localdate()
        if not isinstance(request.user, User) or not can_assign(request.user, self.on):
            raise PermissionDenied
        self.person = request.user
        return super().dispatch(request, *args, **kwargs)


class AssignmentListView(AssigningView):
    def get(self, request: HttpRequest) -> HttpResponse:
        rows = assignments_visible_to(self.person, self.on).order_by("-created_at", "-pk")
        page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
        context = {"page_obj": page, "lines": assignment_lines([row.pk for row in page]), "today": self.on}
        return render(request, "learning/assignment_list.html", context)


class AssignmentNewView(AssigningView):
    """GET without a course: the list to choose from. A post with ``step=confirm`` assigns, any other shows what will be."""

    def get(self, request: HttpRequest) -> HttpResponse:
        course = self.course(request.GET.get("course"))
        if course is None:
            assigns_units = bool(scope_of(self.person, Capability.ASSIGN, self.on).organization_ids)
            first = Track.STAFF if assigns_units else Track.EDUCATION
            lines = courses_to_assign(clean_name(request.GET.get("q", "")[:100]), first=first)
            context = {"courses": lines, "q": request.GET.get("q", ""), "group": request.GET.get("group", "")}
            return render(request, "learning/assignment_course.html", context)
        form = self.form(request, course)
        wanted = request.GET.get("group")
        form.fields["target"].initial = f"group:{wanted}" if wanted else form.only_target
        form.fields["reason"].initial = suggested_reason(course)
        return self.page(request, course, form)

    def post(self, request: HttpRequest) -> HttpResponse:
        course = self.course(request.POST.get("course"))
        if course is None:
            messages.error(request, _("This course is not open at the moment. Nothing was assigned."))
            return redirect("learning:assignment_new")
        form = self.form(request, course, request.POST)
        if request.POST.get("step") == "edit" or not form.is_valid():
            return self.page(request, course, form, status=200 if form.is_valid() else 422)
        if request.POST.get("step") == "confirm":
            return self.confirmed(request, course, form)
        return self.preview(request, course, form)

    def course(self, uuid: str | None) -> Course | None:
        try:
            key = UUID(uuid or "")
        except ValueError:
            return None
        return Course.objects.offered().filter(uuid=key).first()

    def form(self, request: HttpRequest, course: Course, data: Any = None) -> AssignForm:
        words = clean_name((data or request.GET).get("q", "")[:100])
        return AssignForm(data, user=self.person, course=course, on=self.on, words=words)

    def page(self, request: HttpRequest, course: Course, form: AssignForm, status: int = 200) -> HttpResponse:
        context = {"course": course, "form": form, "q": request.GET.get("q", request.POST.get("q", ""))}
        return render(request, "learning/assignment_form.html", context, status=status)

    def preview(self, request: HttpRequest, course: Course, form: AssignForm) -> HttpResponse:
        planned = self.planned(course, form)
        on = reference_day(planned.opens_on, timezone.now())
        context = {
            "course": course,
            "form": form,
            "planned": planned,
            "target": target_name(planned),
            "names": [learner.user for learner in form.cleaned_data["learners"]],
            "count": learners_of(planned, on).count(),
            "q": request.POST.get("q", ""),
        }
        return render(request, "learning/assignment_preview.html", context)

    def planned(self, course: Course, form: AssignForm) -> Assignment:
        """The assignment as it would be, unsaved."""
        data = form.cleaned_data
        return Assignment(
            course=course,
            activity=data["part"],
            organization=data["organization"],
            group=data["group"],
            named=[str(learner.uuid) for learner in data["learners"]],
            opens_on=data["opens_on"],
            due_on=data["due_on"],
            reason=data["reason"],
        )

    def confirmed(self, request: HttpRequest, course: Course, form: AssignForm) -> HttpResponse:
        data = form.cleaned_data
        target = {"organization": data["organization"], "group": data["group"], "learners": data["learners"]}
        if not can_assign_to(self.person, self.on, **target):
            raise PermissionDenied
        try:
            assignment = assign(
                course=course,
                activity=data["part"],
                **target,
                opens_on=data["opens_on"],
                due_on=data["due_on"],
                reason=data["reason"],
                by=self.person,
                at=timezone.now(),
                token=data["token"],
            )
        except ValidationError as error:
            form.add_error(None, error)
            return self.page(request, course, form, status=422)
        messages.success(request, _("Assigned."))
        return redirect("learning:assignment_detail", assignment=assignment.uuid)


class AssignmentDetailView(AssigningView):
    """How far everybody is in numbers; a post with a reason withdraws, for whoever may."""

    def get(self, request: HttpRequest, assignment: UUID) -> HttpResponse:
        return self.page(request, self.visible(assignment), WithdrawForm())

    def post(self, request: HttpRequest, assignment: UUID) -> HttpResponse:
        row, form = self.visible(assignment), WithdrawForm(request.POST)
        if not can_withdraw(self.person, row, self.on):
            raise PermissionDenied
        if form.is_valid():
            try:
                withdraw_assignment(
                    assignment=row, reason=form.cleaned_data["reason"], by=self.person, at=timezone.now()
                )
            except ValidationError as error:
                form.add_error(None, error)
            else:
                messages.success(request, _("Withdrawn. What was already done stays done."))
                return redirect("learning:assignment_detail", assignment=row.uuid)
        return self.page(request, row, form, status=422)

    def visible(self, uuid: UUID) -> Assignment:
        rows = assignments_visible_to(self.person, self.on)
        related = rows.select_related(
            "course", "activity", "organization", "group", "assigned_by", "withdrawn_by"
        )
        return get_object_or_404(related, uuid=uuid)

    def page(
        self, request: HttpRequest, row: Assignment, form: WithdrawForm, status: int = 200
    ) -> HttpResponse:
        job = Job.objects.filter(uuid=row.job, owner=self.person.uuid).first() if row.job else None
        context = {
            "assignment": row,
            "target": target_name(row),
            "counts": assignment_counts(row, self.on),
            "job": job,
            "form": form,
            "can_withdraw": can_withdraw(self.person, row, self.on),
            "today": self.on,
        }
        return render(request, "learning/assignment_detail.html", context, status=status)
