"""Rules for passwords, said in words that help: what is wrong with it and what would be better.

Django's own checks with sentences of ours; the settings name these classes.
"""

from django.contrib.auth import password_validation as django_rules
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


class NotLikeThePerson(django_rules.UserAttributeSimilarityValidator):
    def get_error_message(self) -> str:
        return _(
            "This password is too much like your login ID or your name, and easy to guess. Take other words."
        )

    def get_help_text(self) -> str:
        return _("Nothing like your login ID or your name.")


class LongEnough(django_rules.MinimumLengthValidator):
    def get_error_message(self) -> str:
        text = ngettext(
            "This password is too short. Take at least %(count)d character: two or three words in a row are easy to remember.",
            "This password is too short. Take at least %(count)d characters: two or three words in a row are easy to remember.",
            self.min_length,
        )
        return text % {"count": self.min_length}

    def get_help_text(self) -> str:
        text = ngettext("At least %(count)d character.", "At least %(count)d characters.", self.min_length)
        return text % {"count": self.min_length}


class NotWidelyUsed(django_rules.CommonPasswordValidator):
    def get_error_message(self) -> str:
        return _(
            "Many people use this password, so it would be tried first. Take words that only you would put together."
        )

    def get_help_text(self) -> str:
        return _("No password that many people use, such as “password” or “abcd1234”.")


class NotOnlyDigits(django_rules.NumericPasswordValidator):
    def get_error_message(self) -> str:
        return _("This password has only digits. Put letters in as well.")

    def get_help_text(self) -> str:
        return _("Not only digits.")
