"""What is said of a line of a pasted list."""

from django.utils.translation import gettext_lazy as _

FAULTS = {
    "number": _("The number in class must be between 1 and 999."),
    "no_kana": _("The kana is missing. Write: number, name, kana."),
    "columns": _(
        "The columns cannot be told apart. Write: number, name, kana, and the login ID if there is one."
    ),
    "space": _("Put a space between family name and given name, in the name and in the kana."),
    "kana": _("The kana holds something else than kana. Look at the order of the columns."),
    "long": _("A name has at most 100 characters."),
    "number_twice": _("This number stands in the list twice."),
    "person_twice": _("This person stands in the list twice."),
    "number_used": _("Somebody else in the class has this number."),
    "login_elsewhere": _(
        "This login ID belongs to somebody whom you do not look after. Leave it out to make a new one."
    ),
    "login_other_name": _("This login ID belongs to somebody with another name."),
    "several": _(
        "There are several people with this name and kana. Write the login ID at the end of the line."
    ),
}
