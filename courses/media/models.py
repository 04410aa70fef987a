"""Our own image and document models: alternative text is not optional."""

from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image

from courses.media.rules import is_what_it_says


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

    def clean(self) -> None:
        """A new file must be what its name says; one that is stored already has been looked at."""
        super().clean()
        extension = PurePath(self.file.name or "").suffix.lstrip(".")
        if self.file and not self.file._committed and not is_what_it_says(self.file.file, extension):
            raise ValidationError(
                {
                    "file": _(
                        "The name ends in .%(extension)s, but the file is of another kind or damaged. Nothing was saved. "
                        "Open the file once, save it as the kind that its name says, and choose it again."
                    )
                    % {"extension": extension}
                }
            )
