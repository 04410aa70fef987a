"""Texts changed here: each saving is a new version under the same identity, and nobody's text is written over."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction

from courses.packages import h5p
from courses.packages.contents import pin
from courses.packages.h5p.text_checks import kept, typed
from courses.packages.models import Package, PackageVersion
from courses.packages.pinning import same_content
from courses.packages.texts import Texts, texts_of
from office.audit.actions import record
from people.accounts.models import User
from people.organizations.models import Organization


class TextsMoved(ValueError):
    """Another version is played since ``base`` was opened; ``current`` is it. Nothing was saved."""

    def __init__(self, current: PackageVersion) -> None:
        super().__init__(str(current))
        self.current = current


@dataclass(frozen=True)
class Edited:
    """A content with other texts, filtered, before anything is kept."""

    params: dict[str, Any]
    max_score: Decimal | None
    external_urls: list[dict[str, str]]
    changed: tuple[str, ...]


def edited(version: PackageVersion, texts: Texts, typed_texts: Mapping[str, str]) -> Edited:
    """``typed_texts``: by path, as they were typed; those that say what is there already change nothing.

    Raises h5p.UnknownText for a path that is none of this version.
    """
    for path in typed_texts:
        if path not in texts.fields:
            raise h5p.UnknownText(path)
    wanted = {path: kept(texts.fields[path], text) for path, text in typed_texts.items()}
    changed = {path: text for path, text in wanted.items() if _differs(texts.fields[path], text)}
    replaced = h5p.replace_texts(version.params, changed, texts.main, texts.index)
    params = h5p.filter_content(replaced, texts.main, texts.index).params
    points = h5p.max_score(texts.main.name.machine_name, params)
    addresses = [{"url": found.url, "kind": found.kind} for found in h5p.external_references(params)]
    return Edited(params, None if points is None else Decimal(str(points)), addresses, tuple(changed))


def _differs(field: h5p.TextField, text: str) -> bool:
    """A browser writes line ends of its own: they are no change."""
    return text != kept(field, typed(field))


@transaction.atomic
def save_texts(
    *, base: PackageVersion, texts: Mapping[str, str], by: User, at: datetime
) -> PackageVersion | None:
    """The new version, which is played from now on; None when the texts are there already.

    ``texts``: by path, as they were typed. Whoever is in the middle of ``base`` stays on it.
    Raises TextsMoved, NoTexts, h5p.UnknownText.
    """
    package = (
        Package.objects.select_for_update(of=("self",)).select_related("current").get(pk=base.package_id)
    )
    if package.current is not None and package.current_id != base.pk:
        if _has_them(package.current, texts):
            return None
        raise TextsMoved(package.current)
    read = texts_of(base, "en")
    result = edited(base, read, texts)
    if not result.changed:
        return None
    version = _next_version(package, base, result, by=by, at=at)
    data = {"version": version.number, "base": base.number, "count": len(result.changed)}
    record(action="courses.package_texts", instance=package, by=by, data=data, at=at)
    return version


def _has_them(current: PackageVersion, texts: Mapping[str, str]) -> bool:
    """Whether the form was sent twice: what it says is there already."""
    there = texts_of(current, "en").fields
    return bool(texts) and all(
        path in there and not _differs(there[path], kept(there[path], text)) for path, text in texts.items()
    )


def _next_version(
    package: Package, base: PackageVersion, result: Edited, *, by: User, at: datetime, **other: Any
) -> PackageVersion:
    version = same_content(
        base,
        by=by,
        at=at,
        package=package,
        source_id=None,
        based_on_id=base.pk,
        params=result.params,
        max_score=result.max_score,
        external_urls=result.external_urls,
        **other,
    )
    pin(version, [one.library for one in base.libraries.select_related("library").order_by("weight")])
    Package.objects.filter(pk=package.pk).update(current=version)
    return version


@transaction.atomic
def start_translation(
    *,
    version: PackageVersion,
    title: str,
    language: str,
    body: Organization | None,
    uuid: UUID,
    by: User,
    at: datetime,
) -> Package:
    """A package of its own with the texts of ``version``, to be translated one after another.

    Words of buttons are those that its libraries bring in that language, where they bring them. ``uuid`` is the form's
    own, so that a second click is seen as one. Raises NoTexts, IntegrityError when the form was sent already.
    """
    origin = version.package
    package = Package.objects.create(
        uuid=uuid,
        kind=origin.kind,
        title=title,
        owner_body=body,
        completion_rule=origin.completion_rule,
        pass_percent=origin.pass_percent,
        attempts_max=origin.attempts_max,
        grade_method=origin.grade_method,
        created_at=at,
    )
    texts = texts_of(version, language)
    words = texts.brought_words() if language != version.language else {}
    result = edited(version, texts, words)
    _next_version(package, version, result, by=by, at=at, language=language)
    data = {"title": origin.title, "version": version.number, "language": language}
    record(action="courses.package_translated", instance=package, by=by, data=data, at=at)
    return package


def origin_of(version: PackageVersion) -> PackageVersion | None:
    """The version of another package that this one's package is a translation of; None where it is none."""
    translated = version.package.versions.filter(based_on__isnull=False)
    first = (
        translated.exclude(based_on__package=version.package_id)
        .select_related("based_on__package")
        .order_by("-number")
        .first()
    )
    return first.based_on if first else None
