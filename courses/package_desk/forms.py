"""Forms of the screens for packages: each says in plain words what is wrong and what was kept."""

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.package_desk.words import COMPLETION_RULES, GRADE_METHODS, LANGUAGES
from courses.packages.enums import CompletionRule
from courses.packages.h5p.limits import DEFAULT_LIMITS, MIB
from courses.packages.models import Package
from people.organizations.models import Organization


class FileForm(forms.Form):
    """One file. ``ticket`` is made with the form: the same form sent twice is one upload."""

    endings: tuple[str, ...] = (".h5p",)
    wrong_ending = _(
        "The name of the file does not end in .h5p. Choose a file that was saved as an H5P file."
    )
    file = forms.FileField(
        label=_("File (.h5p)"),
        widget=forms.ClearableFileInput(attrs={"accept": ".h5p"}),
        error_messages={
            "required": _("Choose a file first. Nothing was sent yet."),
            "empty": _("This file is empty. Save it again where it was made, and choose it once more."),
            "missing": _("Choose a file first. Nothing was sent yet."),
        },
    )
    ticket = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if not str(file.name).lower().endswith(self.endings):
            raise forms.ValidationError(self.wrong_ending)
        if file.size > DEFAULT_LIMITS.package_bytes:
            raise forms.ValidationError(
                _(
                    "The file is larger than %(limit)s MB. Make its films or pictures smaller, and save it again."
                )
                % {"limit": DEFAULT_LIMITS.package_bytes // MIB}
            )
        return file


class PackageFileForm(FileForm):
    """A file of any kind of package; which one it is, its content tells."""

    endings = (".h5p", ".zip", ".xml")
    wrong_ending = _(
        "The name of the file ends neither in .h5p nor in .zip. Choose an H5P file, or a SCORM or cmi5 package as a ZIP "
        "file."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        file = self.fields["file"]
        file.label = _("File (.h5p or .zip)")
        file.widget.attrs["accept"] = ",".join(self.endings)
        file.help_text = _(
            "H5P (.h5p), SCORM 1.2, SCORM 2004 or cmi5 (.zip; a cmi5.xml alone, too). At most %(limit)s MB."
        ) % {"limit": DEFAULT_LIMITS.package_bytes // MIB}


class BodyForm(forms.Form):
    """Asks for the body of a new package, only where there is a choice."""

    body = forms.TypedChoiceField(
        label=_("Whose package it is"),
        help_text=_("Authors of this body can change it."),
        coerce=lambda value: int(value) if value else None,
        empty_value=None,
        required=False,
    )

    def __init__(self, *args: Any, bodies: Sequence[Organization], for_all: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.bodies = {body.pk: body for body in bodies}
        choices: list[tuple[Any, Any]] = [(body.pk, body.name) for body in bodies]
        if for_all:
            choices.insert(0, ("", _("For all bodies")))
        field = self.fields["body"]
        field.choices = choices  # type: ignore[attr-defined]
        if len(choices) < 2:
            del self.fields["body"]
            self.only = bodies[0] if bodies else None

    @property
    def chosen_body(self) -> Organization | None:
        """None: for all bodies, which only they are offered who may."""
        if "body" not in self.fields:
            return self.only
        value = self.cleaned_data["body"]
        return self.bodies.get(value) if value else None

    def clean_body(self) -> Any:
        value = self.cleaned_data["body"]
        if value is None and ("", _("For all bodies")) not in list(self.fields["body"].choices):  # type: ignore[attr-defined]
            raise forms.ValidationError(_("Choose whose package it is."))
        return value


class UploadForm(BodyForm, PackageFileForm):
    """A new package from a file."""

    field_order = ("file", "body")


class TranslationForm(BodyForm):
    """A package that is to be the translation of another."""

    title = forms.CharField(label=pgettext_lazy("package", "Title"), max_length=255)
    language = forms.ChoiceField(
        label=_("Language of the new package"),
        help_text=_("For easier words in the same language, choose that language again."),
        choices=list(LANGUAGES.items()),
    )
    ticket = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    field_order = ("title", "language", "body")

    def __init__(self, *args: Any, package: Package, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].initial = package.title


class SettingsForm(forms.ModelForm[Package]):
    """What an author says about a package; results that are there are not counted anew."""

    completion_rule = forms.ChoiceField(
        label=pgettext_lazy("package", "Counts as done"),
        help_text=_(
            "Most content types are done at their end; those that have none when they were looked at."
        ),
        choices=list(COMPLETION_RULES.items()),
    )
    grade_method = forms.ChoiceField(
        label=pgettext_lazy("package", "Result that counts"), choices=list(GRADE_METHODS.items())
    )
    pass_percent = forms.IntegerField(
        label=_("Passed from (percent)"),
        help_text=_("Left empty, nobody passes or fails."),
        required=False,
        min_value=0,
        max_value=100,
    )
    attempts_max = forms.IntegerField(
        label=_("Most attempts"),
        help_text=_("Left empty, everybody may try as often as they like."),
        required=False,
        min_value=1,
        max_value=1000,
    )

    class Meta:
        model = Package
        fields = ("title", "completion_rule", "pass_percent", "attempts_max", "grade_method")
        labels = {"title": pgettext_lazy("package", "Title")}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        is_by_passing = cleaned.get("completion_rule") == CompletionRule.PASSED
        if is_by_passing and cleaned.get("pass_percent") is None and "pass_percent" not in self.errors:
            self.add_error("pass_percent", _("Say from how many percent it is passed."))
        return cleaned


class BlockForm(forms.Form):
    """Why a library must not run; the audit trail keeps it."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        help_text=_("Other people who look after this site read it later."),
        error_messages={"required": _("Write the reason. Nothing was blocked yet.")},
    )


class DeclineForm(forms.Form):
    """Why libraries are not installed; the author reads it."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        help_text=_("The author reads it: say what can be done instead."),
        error_messages={"required": _("Write the reason. Nothing was answered yet.")},
    )


class TicketForm(forms.Form):
    """One button; the same form sent twice is one go."""

    ticket = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
