"""The form in which authors write questions. It validates; the viewset hands it to the action."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.widgets import AdminAutoHeightTextInput

from assessments.items.enums import ItemKind, ItemProblem
from assessments.items.models import Item
from assessments.items.notation import Content, read, write
from assessments.items.rules import OPTIONS_LIMIT, problems
from courses.readability.validators import validate_marked_text

KIND_NAMES = {
    ItemKind.SINGLE: _("Choose one"),
    ItemKind.MULTIPLE: _("Choose all that are right"),
    ItemKind.TRUE_FALSE: _("Yes or no"),
    ItemKind.ORDERING: _("Put in order"),
    ItemKind.MATCHING: _("Match"),
    ItemKind.SHORT_TEXT: _("Write a word"),
}

PROBLEMS = {
    ItemProblem.UNKNOWN_KIND: _("Choose the kind of question."),
    ItemProblem.NO_STEM: _("Write the question."),
    ItemProblem.BAD_OPTIONS: _("The choices could not be read. Write one on each line."),
    ItemProblem.TOO_FEW: _(
        "Write at least two lines. For matching, both sides need at least two different texts."
    ),
    ItemProblem.TOO_MANY: _("There are too many lines. Up to %(limit)s are possible."),
    ItemProblem.EMPTY_TEXT: _("There is a * with nothing behind it. Write the choice after it."),
    ItemProblem.SAME_TEXT: _("The same text stands there twice."),
    ItemProblem.SAME_ID: _("The same text stands there twice."),
    ItemProblem.TOO_LONG: _("One of the texts is too long. Please shorten it."),
    ItemProblem.NOT_TWO: _("A yes-or-no question has exactly two choices."),
    ItemProblem.NOT_ONE_RIGHT: _("Put a * in front of the one right choice."),
    ItemProblem.NONE_RIGHT: _("Put a * in front of each right choice."),
    ItemProblem.KEY_UNKNOWN: _("The right answer is not among the choices."),
    ItemProblem.KEY_INCOMPLETE: _("A line has no right side. Write it as “left = right”."),
    ItemProblem.NO_WORDS: _("Write the accepted answers, one on each line."),
    ItemProblem.RUBY_IN_WORDS: _(
        "Accepted answers are compared with what people type: write them without readings."
    ),
    ItemProblem.STALE: _(
        "Somebody else changed this question in the meantime. Nothing was overwritten and your text is still here. "
        "Open the question in a new window, compare, and save again from there."
    ),
}


class ItemForm(WagtailAdminModelForm):
    kind = forms.ChoiceField(
        label=_("Kind"), choices=[(kind.value, name) for kind, name in KIND_NAMES.items()]
    )
    stem = forms.CharField(label=_("Question"), widget=AdminAutoHeightTextInput)
    lines = forms.CharField(
        label=_("Choices and right answer"),
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_(
            "One on each line. Choices: a * in front of the right ones. Put in order: in the right order. "
            "Match: “left = right”; “= right” is a right side that matches nothing. Write a word: the accepted answers "
            "(full and half width, spaces and ー at the end make no difference)."
        ),
    )
    explanation = forms.CharField(
        label=_("Explanation"),
        widget=AdminAutoHeightTextInput,
        required=False,
        help_text=_("Learners read it after answering, whether they were right or not."),
    )
    lesson_code = forms.CharField(
        label=_("Lesson that explains it"),
        required=False,
        max_length=60,
        help_text=_("The code of the lesson, for example S105-L2."),
    )
    competency_code = forms.CharField(label=_("Competency"), required=False, max_length=40)
    is_retired = forms.BooleanField(
        label=_("Out of use"),
        required=False,
        help_text=_("New attempts leave the question out. Earlier results stay as they are."),
    )
    based_on = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Item
        fields = ["code"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.content = Content([], [])
        version = self.instance.current if self.instance.pk else None
        self.before = version
        if self.instance.pk:
            # A code once used stays: files, reports and papers name it.
            self.fields["code"].disabled = True
        if version is not None:
            for name in ("kind", "stem", "explanation", "lesson_code", "competency_code"):
                self.initial[name] = getattr(version, name)
            self.initial["lines"] = write(version.kind, version.options, version.key)
            self.initial["based_on"] = version.number
        self.initial["is_retired"] = self.instance.retired_at is not None

    def clean_stem(self) -> str:
        return self._marked("stem")

    def clean_explanation(self) -> str:
        return self._marked("explanation")

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean()
        kind, lines = data.get("kind"), data.get("lines")
        if not kind or not lines:
            return data
        same_kind = self.before is not None and self.before.kind == kind
        self.content = read(kind, lines, self.before.options if self.before and same_kind else None)
        found = problems(kind, data.get("stem", "x"), self.content.options, self.content.key)
        if found:
            self.add_error("lines", problem_texts(found))
        elif kind != ItemKind.SHORT_TEXT:
            self._check_lines(lines)
        based_on = data.get("based_on")
        if self.before is not None and based_on is not None and based_on != self.before.number:
            self.add_error(None, problem_texts([ItemProblem.STALE]))
        return data

    def _marked(self, name: str) -> str:
        text = str(self.cleaned_data[name])
        validate_marked_text(text)
        return text

    def _check_lines(self, lines: str) -> None:
        try:
            validate_marked_text(lines)
        except ValidationError as error:
            self.add_error("lines", error)


def problem_texts(found: Iterable[ItemProblem]) -> list[str]:
    return list(dict.fromkeys(str(PROBLEMS[problem]) % {"limit": OPTIONS_LIMIT} for problem in found))
