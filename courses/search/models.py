"""What the catalog search looks through."""

from django.db import models

from courses.catalog.models import Course


class SearchEntry(models.Model):
    """The normalised text of one offered course: title, objectives, lesson titles, lesson text.

    ``text`` is NFKC-folded, lower-cased and without ruby markup; ``title`` likewise, for ranking.
    A substring match on it finds Japanese words of any length on both engines.
    """

    course = models.OneToOneField(Course, on_delete=models.CASCADE, related_name="search_entry")
    title = models.TextField()
    text = models.TextField()

    class Meta:
        verbose_name_plural = "search entries"

    def __str__(self) -> str:
        return self.title
