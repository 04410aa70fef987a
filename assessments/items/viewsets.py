"""Questions in the Wagtail admin. Saving makes a version; no version is ever edited."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import CreateView, EditView, SnippetViewSet

from assessments.items.actions import InvalidItem, restore_item, retire_item, write_item
from assessments.items.choosers import ItemChooserViewSet
from assessments.items.forms import ItemForm, problem_texts
from assessments.items.listing import kind_of, stem_of
from assessments.items.models import Item


def state_of(item: Item) -> str:
    return str(_("out of use")) if item.retired_at else ""


class _SavesThroughAction:
    """Both views hand the checked form to the action, which makes a version only if something changed."""

    request: HttpRequest
    form: ItemForm

    def save_instance(self) -> Item:
        data, at, by = self.form.cleaned_data, timezone.now(), self.request.user
        names = ("kind", "stem", "explanation", "lesson_code", "competency_code")
        written = write_item(
            code=data["code"],
            options=self.form.content.options,
            key=self.form.content.key,
            based_on=data.get("based_on"),
            at=at,
            by=by,  # type: ignore[arg-type]
            **{name: data[name] for name in names},
        )
        change = retire_item if data["is_retired"] else restore_item
        change(item=written.item, at=at, by=by)  # type: ignore[arg-type]
        return written.item

    def form_valid(self, form: ItemForm) -> Any:
        try:
            return super().form_valid(form)  # type: ignore[misc]
        except InvalidItem as error:
            form.add_error(None, problem_texts(error.problems))
            return self.form_invalid(form)  # type: ignore[attr-defined]


class ItemCreateView(_SavesThroughAction, CreateView):
    pass


class ItemEditView(_SavesThroughAction, EditView):
    pass


class ItemViewSet(SnippetViewSet):
    model = Item
    icon = "help"
    menu_label = _("Questions")
    menu_order = 250
    add_to_admin_menu = True
    copy_view_enabled = False
    add_view_class = ItemCreateView
    edit_view_class = ItemEditView
    chooser_viewset_class = ItemChooserViewSet
    search_fields = ("code", "current__stem")
    search_backend_name = None
    ordering = ("code",)
    list_display = (
        "code",
        Column("stem", label=_("Question"), accessor=stem_of),
        Column("kind", label=_("Kind"), accessor=kind_of),
        Column("state", label=_("State"), accessor=state_of),
    )
    edit_handler = ObjectList(
        [
            FieldPanel("code"),
            FieldPanel("kind"),
            FieldPanel("stem"),
            FieldPanel("lines"),
            FieldPanel("explanation"),
            FieldPanel("lesson_code"),
            FieldPanel("competency_code"),
            FieldPanel("is_retired"),
            FieldPanel("based_on"),
        ],
        base_form_class=ItemForm,
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Item]:
        return Item.objects.select_related("current")
