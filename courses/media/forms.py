"""The upload form of images: says in the editor's words what is wrong and what to do."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.images.forms import BaseImageForm


class CourseImageForm(BaseImageForm):
    """Named by WAGTAILIMAGES_IMAGE_FORM_BASE. Alternative text is required by the model."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        file = self.fields.get("file")
        if file is None:  # the form of an image that is stored already
            return
        formats = file.supported_formats_text
        file.error_messages |= {
            "invalid_image": _(
                "This file is no picture, or it is damaged. Nothing was saved. Choose another file."
            ),
            "invalid_image_extension": _(
                "Pictures of this kind cannot be used. Nothing was saved. Choose one of these: %(formats)s."
            )
            % {"formats": formats},
            "invalid_image_known_format": _(
                "The name ends in .%(extension)s, but the file is of another kind (%(image_format)s). Nothing was saved. "
                "Save the picture again as the kind that its name says, and choose it once more."
            ),
        }
