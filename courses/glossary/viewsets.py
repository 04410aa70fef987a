"""The words in the Wagtail admin."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.snippets.views.snippets import SnippetViewSet

from courses.glossary.models import Term


class TermViewSet(SnippetViewSet):
    model = Term
    icon = "openquote"
    menu_label = _("Glossary")
    add_to_admin_menu = True
    menu_order = 320
    list_display = ("word", "reading", "explanation")
    search_backend_name = None
    search_fields = ("word", "reading", "explanation")
    ordering = ("reading", "word")
    panels = (FieldPanel("word"), FieldPanel("reading"), FieldPanel("explanation"))
