"""What an author is told about a file before it is downloaded."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assessments.exports.rules import Loss

LOSSES: dict[Loss, Promise] = {
    Loss.ORDERING: _("Left out: H5P files from here hold no questions about putting things in order."),
    Loss.MATCHING: _("Left out: H5P files from here hold no questions about finding pairs."),
    Loss.WORDS: _("Left out: an accepted answer holds «*», «/» or «:», which H5P reads as marks of its own."),
    Loss.READINGS: _("Furigana is taken out: other systems would show its marks."),
    Loss.EXPLANATION: _("The explanation is left out: this type of question has no place for it."),
    Loss.SPELLINGS: _(
        "Only the answers as they are written count as right. Here, similar spellings count too."
    ),
}
