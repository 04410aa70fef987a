"""The blocks of a lesson. Each text-bearing block may carry its やさしい日本語 text (``easy``).

Texts hold ruby as ``{漢字|かんじ}``; the face decides what is shown of it.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.widgets import BaseChooser
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock

from courses.catalog.enums import MoveOn
from courses.readability.validators import validate_marked_html, validate_marked_text

TEXT_FEATURES = ["bold", "italic", "ol", "ul", "link", "h3"]


def _line(label: Any = None, *, required: bool = True) -> blocks.CharBlock:
    return blocks.CharBlock(required=required, label=label, validators=[validate_marked_text])


def _rich(label: Any, *, required: bool = True, help_text: Any = None) -> blocks.RichTextBlock:
    return blocks.RichTextBlock(
        features=TEXT_FEATURES,
        required=required,
        label=label,
        help_text=help_text,
        validators=[validate_marked_html],
    )


def _easy() -> blocks.RichTextBlock:
    return _rich(
        _("text in easy Japanese"),
        required=False,
        help_text=_(
            "Shown instead of the text to readers of easy Japanese. Left empty, they read the text with readings."
        ),
    )


class TextBlock(blocks.StructBlock):
    heading = _line(_("heading"), required=False)
    body = _rich(_("text"))
    easy = _easy()

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        template = "courses/blocks/text.html"


class ImageBlock(blocks.StructBlock):
    image = ImageChooserBlock(label=_("image"))
    caption = _line(_("caption"), required=False)

    class Meta:
        icon = "image"
        label = _("Image")
        template = "courses/blocks/image.html"


class StepBlock(blocks.StructBlock):
    title = _line(_("title"), required=False)
    body = _rich(_("text"), required=False)
    easy = _easy()
    image = ImageChooserBlock(required=False, label=_("image"))


class StepsBlock(blocks.StructBlock):
    """``easy`` of the whole block stands before the steps as they are; a step may carry its own."""

    title = _line(_("title"), required=False)
    steps = blocks.ListBlock(StepBlock(), min_num=1, label=_("steps"))
    easy = _easy()

    class Meta:
        icon = "list-ol"
        label = _("Numbered steps")
        template = "courses/blocks/steps.html"


class CalloutBlock(blocks.StructBlock):
    kind = blocks.ChoiceBlock(
        choices=[
            ("tip", _("Tip")),
            ("caution", _("Caution")),
            ("example", _("Example")),
            ("term", _("Word")),
        ],
        default="tip",
        label=_("kind"),
    )
    title = _line(_("title"), required=False)
    body = _rich(_("text"))
    easy = _easy()

    class Meta:
        icon = "warning"
        label = _("Callout")
        template = "courses/blocks/callout.html"


class TableBlock(blocks.StructBlock):
    caption = _line(_("caption"))
    header = blocks.ListBlock(_line(required=False), min_num=1, label=_("header row"))
    rows = blocks.ListBlock(blocks.ListBlock(_line(required=False)), min_num=1, label=_("rows"))
    easy = _easy()

    class Meta:
        icon = "table"
        label = _("Table")
        template = "courses/blocks/table.html"


class DownloadBlock(blocks.StructBlock):
    document = DocumentChooserBlock(label=_("file"))
    description = _line(_("what it is for"), required=False)

    class Meta:
        icon = "download"
        label = _("Download")
        template = "courses/blocks/download.html"


class VideoBlock(blocks.StructBlock):
    video = DocumentChooserBlock(label=_("video file"))
    captions = DocumentChooserBlock(required=False, label=_("captions (WebVTT)"))
    title = _line(_("title"))
    transcript = _rich(_("transcript"))
    easy = _easy()

    class Meta:
        icon = "media"
        label = _("Video with transcript")
        template = "courses/blocks/video.html"


class ChecklistBlock(blocks.StructBlock):
    title = _line(_("title"), required=False)
    items = blocks.ListBlock(_line(), min_num=1, label=_("points"))
    easy = _easy()

    class Meta:
        icon = "tick"
        label = _("Checklist")
        template = "courses/blocks/checklist.html"


class DeclarationBlock(blocks.StructBlock):
    title = _line(_("title"))
    prompt = blocks.TextBlock(label=_("what to write"), validators=[validate_marked_text])
    easy = _easy()

    class Meta:
        icon = "edit"
        label = _("Self-declaration")
        template = "courses/blocks/declaration.html"


class PackageChooser(BaseChooser):
    """Opens the chooser of the desk, which like the package itself stands above this room and is found by its name."""

    model = "courses.Package"
    chooser_modal_url_name = "package_chooser:choose"
    icon = "clipboard-list"
    choose_one_text = _("Choose a package")
    choose_another_text = _("Choose another package")
    link_to_chosen_text = _("Look at this package")


class PackageChooserBlock(blocks.ChooserBlock):
    """The value is a ``courses.Package``. Whether the author may use it is asked by the page's form."""

    target_model = "courses.Package"
    widget = PackageChooser()

    class Meta:
        icon = "clipboard-list"


class PackageBlock(blocks.StructBlock):
    """One exercise inside a lesson. It records for itself, as a child of the lesson's activity."""

    title = _line(_("title"))
    package = PackageChooserBlock(label=_("package"))
    introduction = blocks.TextBlock(
        required=False,
        label=_("introduction"),
        help_text=_("What the reader is told before the exercise opens."),
        validators=[validate_marked_text],
    )
    easy = _easy()
    is_required = blocks.BooleanBlock(
        required=False,
        label=_("needed for completion"),
        help_text=_("The course is then completed only by those who have done this exercise, too."),
    )
    move_on = blocks.ChoiceBlock(
        choices=[
            (MoveOn.COMPLETED.value, _("The package has been gone through")),
            (MoveOn.PASSED.value, _("The package has been passed")),
        ],
        default=MoveOn.COMPLETED.value,
        label=_("completed when"),
    )

    class Meta:
        icon = "clipboard-list"
        label = _("Package (exercise)")
        template = "courses/blocks/package.html"


LESSON_BLOCKS = [
    ("text", TextBlock()),
    ("image", ImageBlock()),
    ("steps", StepsBlock()),
    ("callout", CalloutBlock()),
    ("table", TableBlock()),
    ("download", DownloadBlock()),
    (
        "term",
        SnippetChooserBlock("courses.Term", template="courses/blocks/term.html", label=_("Glossary term")),
    ),
    ("video", VideoBlock()),
    ("checklist", ChecklistBlock()),
    ("declaration", DeclarationBlock()),
    ("package", PackageBlock()),
]
