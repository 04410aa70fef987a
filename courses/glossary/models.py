"""Words that a lesson explains where they stand."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Term(models.Model):
    """A word with its reading and a plain explanation."""

    word = models.CharField(_("word"), max_length=100, unique=True)
    reading = models.CharField(_("reading"), max_length=100, blank=True)
    explanation = models.TextField(_("explanation"), help_text=_("One or two short sentences."))

    class Meta:
        verbose_name = _("term")
        verbose_name_plural = _("terms")

    def __str__(self) -> str:
        return self.word
