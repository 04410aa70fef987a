"""The words of the H5P core (``l10n.H5P``), in the language of the page."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise

_WORDS: dict[str, Text] = {
    "fullscreen": _("Full screen"),
    "disableFullscreen": _("Leave full screen"),
    "exitFullscreen": _("Leave full screen"),
    "close": _("Close"),
    "cancelLabel": _("Cancel"),
    "confirmLabel": _("Yes"),
    "confirmDialogHeader": _("Are you sure?"),
    "confirmDialogBody": _("Please confirm to go on. This cannot be undone."),
    "h5pDescription": _("Interactive content"),
    "contentChanged": _("This content has changed since you last used it."),
    "startingOver": _("You start from the beginning."),
    "copyrightInformation": _("Rights of use"),
    "copyrights": _("Rights of use"),
    "noCopyrights": _("No rights of use are given for this content."),
    "title": _("Title"),
    "author": _("Author"),
    "year": _("Year"),
    "source": _("Source"),
    "license": _("License"),
    "thumbnail": _("Thumbnail"),
    "offlineDialogHeader": _("Your device is offline"),
    "offlineDialogBody": _("What you do is kept here until the connection is back."),
    "offlineDialogRetryMessage": _("Trying again in :num…"),
    "offlineDialogRetryButtonLabel": _("Try again now"),
    "offlineSuccessfulSubmit": _("Your results were handed in."),
    "size": _("Size"),
    "width": _("Width"),
    "height": _("Height"),
    "embed": _("Embed"),
    "reuse": _("Reuse"),
    "reuseContent": _("Reuse content"),
    "contentCopied": _("The content is on the clipboard."),
    "showAdvanced": _("Show more"),
    "hideAdvanced": _("Show less"),
    "licenseU": _("Not known"),
    "licenseCCBY": "CC BY",
    "licenseCCBYSA": "CC BY-SA",
    "licenseCCBYND": "CC BY-ND",
    "licenseCCBYNC": "CC BY-NC",
    "licenseCCBYNCSA": "CC BY-NC-SA",
    "licenseCCBYNCND": "CC BY-NC-ND",
    "licenseCC40": "4.0",
    "licenseCC30": "3.0",
    "licenseCC25": "2.5",
    "licenseCC20": "2.0",
    "licenseCC10": "1.0",
    "licenseGPL": "GPL",
    "licenseV3": "3",
    "licenseV2": "2",
    "licenseV1": "1",
    "licensePD": _("Public domain"),
    "licenseCC010": "CC0 1.0",
    "licensePDM": _("Public domain mark"),
    "licenseC": _("All rights reserved"),
}


def core_strings() -> dict[str, str]:
    """By key of the core, in the active language."""
    return {key: str(word) for key, word in _WORDS.items()}
