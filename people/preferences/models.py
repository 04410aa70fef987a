"""How a person likes to read."""

from django.conf import settings
from django.db import models

from people.preferences.enums import Contrast, Face, TextSize


class ReadingPreferences(models.Model):
    """Kept for a person who signs in; a visitor's choices live in the browser session in the same shape.

    ``ruby_grade``: kanji taught up to this school grade carry no ruby; 0 = ruby above every kanji.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reading_preferences"
    )
    face = models.CharField(max_length=10, choices=[(f.value, f.value) for f in Face], default=Face.STANDARD)
    text_size = models.CharField(
        max_length=10, choices=[(s.value, s.value) for s in TextSize], default=TextSize.NORMAL
    )
    contrast = models.CharField(
        max_length=10, choices=[(c.value, c.value) for c in Contrast], default=Contrast.SYSTEM
    )
    ruby_grade = models.PositiveSmallIntegerField(default=0)
    read_aloud = models.BooleanField(default=False)
    language = models.CharField(max_length=10, default="ja")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(ruby_grade__lte=9), name="reading_ruby_grade_at_most_9")
        ]

    def __str__(self) -> str:
        return f"{self.face} {self.text_size}"
