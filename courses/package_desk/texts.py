"""Mending the texts of a package: a form over all of them, a look before saving, translations."""

import copy
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.generic import FormView, TemplateView, View

from courses.package_desk.doors import ForAuthors, package_or_404, person
from courses.package_desk.forms import TranslationForm
from courses.package_desk.queries import bodies_to_bring_for, brings_for_all
from courses.package_desk.text_rows import TextRow, check, groups_of, part_of, parts_in, rows_of, typed_in
from courses.package_desk.words import LANGUAGES
from courses.packages.closures import is_blocked
from courses.packages.editing import TextsMoved, edited, origin_of, save_texts, start_translation
from courses.packages.models import Package, PackageVersion
from courses.packages.player import package_page
from courses.packages.texts import NoTexts, Texts, same_build, texts_of


class WithTexts(ForAuthors):
    """A page about the texts of a package that the person may change."""

    request: HttpRequest
    kwargs: dict[str, Any]

    @cached_property
    def package(self) -> Package:
        return package_or_404(self.request, self.kwargs["uuid"], to_change=True)

    @property
    def current(self) -> PackageVersion:
        if self.package.current is None:
            raise Http404
        return self.package.current

    def read(self, version: PackageVersion) -> Texts:
        """Labels are in the language of the person."""
        try:
            return texts_of(version, get_language() or "ja")
        except NoTexts:
            raise Http404 from None

    def base(self) -> PackageVersion:
        """The version that the form was opened with."""
        versions = self.package.versions.select_related("package")
        try:
            return get_object_or_404(versions, uuid=UUID(self.request.POST.get("base", "")))
        except ValueError:
            raise Http404 from None

    def above(self) -> list[dict[str, Any]]:
        url = reverse("package_desk:package", args=[self.package.uuid])
        return [*super().above(), {"url": url, "label": self.package.title}]

    def back(self) -> HttpResponseRedirect:
        return redirect("package_desk:package", uuid=self.package.uuid)


@method_decorator(never_cache, name="dispatch")
class EditTexts(WithTexts, TemplateView):
    """All texts of the version that is played. Nothing that was typed is lost by a mistake or by somebody else's saving."""

    template_name = "courses/package_desk/texts.html"
    page_title = gettext_lazy("Edit the texts")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | self.form(self.current, {})

    def form(self, version: PackageVersion, typed: Mapping[str, str], **more: Any) -> dict[str, Any]:
        """``typed``: texts by path that were entered and are not saved."""
        texts, origin = self.read(version), origin_of(version)
        rows = rows_of(texts, typed, self.read(origin) if origin else None)
        wrong = check(rows)
        part = self.part(len(rows))
        shown = [row for row in part_of(rows, part) if not row.about.is_common]
        common = [row for row in part_of(rows, part) if row.about.is_common]
        return {
            "package": self.package,
            "version": version,
            "origin": origin,
            "groups": list(groups_of(shown)),
            "common": list(groups_of(common)),
            "opens_common": any(row.is_changed for row in common),
            "count": len(rows),
            "part": part,
            "parts": range(1, parts_in(rows) + 1),
            "wrong": wrong,
            "language_name": LANGUAGES.get(version.language, version.language),
            "is_blocked": is_blocked(version),
        } | more

    def part(self, count: int) -> int:
        wanted = self.request.GET.get("part", "1")
        return int(wanted) if wanted.isdecimal() and len(wanted) < 4 and count else 1

    def post(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        base = self.base()
        texts = self.read(base)
        typed = typed_in(texts, request.POST)
        if check(rows_of(texts, typed)):
            return self.again(self.form(base, typed))
        try:
            version = save_texts(base=base, texts=typed, by=person(request), at=timezone.now())
        except TextsMoved as moved:
            return self.again(self.conflict(base, texts, typed, moved.current))
        if version is None:
            messages.info(request, _("No text was changed, so that there is no new version."))
            return self.back()
        messages.success(request, _saved(len(typed), version))
        if version.max_score != base.max_score:
            messages.warning(
                request,
                _(
                    "The points changed with the texts: %(before)s before, %(after)s now. Look at the exercise once."
                )
                % {"before": _points(base), "after": _points(version)},
            )
        return self.back()

    def again(self, context: dict[str, Any]) -> HttpResponse:
        context = super().get_context_data() | context
        return self.render_to_response(context, status=409 if "conflict" in context else 422)

    def conflict(
        self, base: PackageVersion, texts: Texts, typed: Mapping[str, str], current: PackageVersion
    ) -> dict[str, Any]:
        """The form on top of what somebody else has saved, with one's own texts in it, to be looked at and saved again."""
        now = self.read(current)
        if not same_build(base, texts, current, now):
            homeless = [(texts.fields[path].label, text) for path, text in typed.items()]
            return self.form(current, {}, conflict=current, homeless=homeless)
        context = self.form(current, typed, conflict=current)
        for row in _all_rows(context):
            path = row.about.path
            if path in typed and now.shown(path) not in (texts.shown(path), typed[path]):
                row.theirs = now.shown(path)
        return context


def _all_rows(context: dict[str, Any]) -> Sequence[TextRow]:
    return [row for group in (*context["groups"], *context["common"]) for row in group.rows]


def _saved(count: int, version: PackageVersion) -> str:
    text = ngettext(
        "%(count)s text is saved. Version %(number)s is played from now on; whoever is in the middle stays on their "
        "version until they start again.",
        "%(count)s texts are saved. Version %(number)s is played from now on; whoever is in the middle stays on their "
        "version until they start again.",
        count,
    )
    return text % {"count": count, "number": version.number}


def _points(version: PackageVersion) -> str:
    return "–" if version.max_score is None else f"{version.max_score.normalize():f}"


@method_decorator(never_cache, name="dispatch")
class PreviewTexts(WithTexts, View):
    """The package with the texts of the form, in the frame beside it. Nothing is kept."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        base = self.base()
        texts = self.read(base)
        typed = typed_in(texts, request.POST)
        wrong = check(rows_of(texts, typed))
        if wrong or is_blocked(base):
            context = {"wrong": wrong, "package": self.package}
            response = render(request, "courses/package_desk/preview_refused.html", context, status=422)
            response["Content-Security-Policy"] = "sandbox; default-src 'none'; frame-ancestors 'self'"
            return response
        shown = copy.copy(base)
        shown.params = edited(base, texts, typed).params
        return package_page(request, shown, iri=f"urn:uuid:{base.uuid}", state={})


class Translate(ForAuthors, FormView[TranslationForm]):
    """A package of its own with the same texts, to be put into another language or into easier words."""

    template_name = "courses/package_desk/form.html"
    form_class = TranslationForm
    page_title = gettext_lazy("Begin a translation")
    extra_context = {
        "submit_label": gettext_lazy("Make the package"),
        "notice": gettext_lazy(
            "A second package is made with the texts of this one. You then translate them beside the original. "
            "Nothing changes for learners until you put the new package on a page."
        ),
    }

    @cached_property
    def package(self) -> Package:
        package = package_or_404(self.request, self.kwargs["uuid"])
        if package.current is None:
            raise Http404
        try:
            texts_of(package.current, "ja")
        except NoTexts:
            raise Http404 from None
        return package

    def get_page_subtitle(self) -> str:
        return str(self.package.title)

    def above(self) -> list[dict[str, Any]]:
        url = reverse("package_desk:package", args=[self.package.uuid])
        return [*super().above(), {"url": url, "label": self.package.title}]

    def get_form_kwargs(self) -> dict[str, Any]:
        user, today = person(self.request), timezone.localdate()
        return super().get_form_kwargs() | {
            "package": self.package,
            "bodies": bodies_to_bring_for(user, today),
            "for_all": brings_for_all(user, today),
        }

    def form_valid(self, form: TranslationForm) -> HttpResponse:
        current, ticket = self.package.current, form.cleaned_data["ticket"]
        if current is None:
            raise Http404
        try:
            made = start_translation(
                version=current,
                title=form.cleaned_data["title"],
                language=form.cleaned_data["language"],
                body=form.chosen_body,
                uuid=ticket,
                by=person(self.request),
                at=timezone.now(),
            )
        except IntegrityError:  # the button was pressed twice
            package_or_404(self.request, ticket, to_change=True)
        else:
            text = _("«%(title)s» is made. Translate its texts here.")
            messages.success(self.request, text % {"title": made.title})
        return redirect("package_desk:texts", uuid=ticket)
