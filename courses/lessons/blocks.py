"""The blocks of a lesson. Each text-bearing block may carry its やさしい日本語 text (``easy``).

Texts hold ruby as ``{漢字|かんじ}``; the face decides what is shown of it.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock

TEXT_FEATURES = ["bold", "italic", "ol", "ul", "link", "h4"]


def _rich(label: Any, *, required: bool = True) -> blocks.RichTextBlock:
    return blocks.RichTextBlock(features=TEXT_FEATURES, required=required, label=label)


def _easy() -> blocks.RichTextBlock:
    return _rich(_("text in easy Japanese"), required=False)


class TextBlock(blocks.StructBlock):
    heading = blocks.CharBlock(required=False, label=_("heading"))
    body = _rich(_("text"))
    easy = _easy()

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        template = "courses/blocks/text.html"


class ImageBlock(blocks.StructBlock):
    image = ImageChooserBlock(label=_("image"))
    caption = blocks.CharBlock(required=False, label=_("caption"))

    class Meta:
        icon = "image"
        label = _("Image")
        template = "courses/blocks/image.html"


class StepBlock(blocks.StructBlock):
    title = blocks.CharBlock(required=False, label=_("title"))
    body = _rich(_("text"))
    easy = _easy()
    image = ImageChooserBlock(required=False, label=_("image"))


class StepsBlock(blocks.StructBlock):
    title = blocks.CharBlock(required=False, label=_("title"))
    steps = blocks.ListBlock(StepBlock(), min_num=1, label=_("steps"))

    class Meta:
        icon = "list-ol"
        label = _("Steps")
        template = "courses/blocks/steps.html"


class CalloutBlock(blocks.StructBlock):
    kind = blocks.ChoiceBlock(
        choices=[("tip", _("Tip")), ("caution", _("Caution")), ("example", _("Example")), ("term", _("Word"))],
        default="tip",
        label=_("kind"),
    )
    title = blocks.CharBlock(required=False, label=_("title"))
    body = _rich(_("text"))
    easy = _easy()

    class Meta:
        icon = "warning"
        label = _("Callout")
        template = "courses/blocks/callout.html"


class TableBlock(blocks.StructBlock):
    caption = blocks.CharBlock(label=_("caption"))
    header = blocks.ListBlock(blocks.CharBlock(required=False), min_num=1, label=_("header row"))
    rows = blocks.ListBlock(blocks.ListBlock(blocks.CharBlock(required=False)), min_num=1, label=_("rows"))

    class Meta:
        icon = "table"
        label = _("Table")
        template = "courses/blocks/table.html"


class DownloadBlock(blocks.StructBlock):
    document = DocumentChooserBlock(label=_("file"))
    description = blocks.CharBlock(required=False, label=_("what it is for"))

    class Meta:
        icon = "download"
        label = _("Download")
        template = "courses/blocks/download.html"


class VideoBlock(blocks.StructBlock):
    video = DocumentChooserBlock(label=_("video file"))
    captions = DocumentChooserBlock(required=False, label=_("captions (WebVTT)"))
    title = blocks.CharBlock(label=_("title"))
    transcript = _rich(_("transcript"))
    easy = _easy()

    class Meta:
        icon = "media"
        label = _("Video with transcript")
        template = "courses/blocks/video.html"


class ChecklistBlock(blocks.StructBlock):
    title = blocks.CharBlock(required=False, label=_("title"))
    items = blocks.ListBlock(blocks.CharBlock(), min_num=1, label=_("points"))

    class Meta:
        icon = "tick"
        label = _("Checklist")
        template = "courses/blocks/checklist.html"


class DeclarationBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("title"))
    prompt = blocks.TextBlock(label=_("what to write"))

    class Meta:
        icon = "edit"
        label = _("Self-declaration")
        template = "courses/blocks/declaration.html"


LESSON_BLOCKS = [
    ("text", TextBlock()),
    ("image", ImageBlock()),
    ("steps", StepsBlock()),
    ("callout", CalloutBlock()),
    ("table", TableBlock()),
    ("download", DownloadBlock()),
    ("term", SnippetChooserBlock("courses.Term", template="courses/blocks/term.html", label=_("Glossary term"))),
    ("video", VideoBlock()),
    ("checklist", ChecklistBlock()),
    ("declaration", DeclarationBlock()),
]
