"""Our own image and document models: alternative text is not optional."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image


class CourseImage(AbstractImage):
    """An image with the text that stands for it where it cannot be seen."""

    alt_text = models.CharField(
        _("alternative text"),
        max_length=300,
        help_text=_("What a reader who cannot see the image must know. Write it as a sentence."),
    )
    credit = models.CharField(_("credit"), max_length=200, blank=True)

    admin_form_fields = ("title", "file", "alt_text", "credit", *Image.admin_form_fields[2:])

    @property
    def default_alt_text(self) -> str:
        return str(self.alt_text)


class CourseImageRendition(AbstractRendition):
    """A scaled copy of an image."""

    image = models.ForeignKey(CourseImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)

    def __str__(self) -> str:
        return str(self.filter_spec)


class CourseDocument(AbstractDocument):
    """A file to download, with a sentence that says what is in it."""

    description = models.CharField(_("what is in the file"), max_length=300)

    admin_form_fields = ("title", "file", "description", *Document.admin_form_fields[2:])
