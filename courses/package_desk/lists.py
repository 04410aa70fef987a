"""What the lists of packages and of libraries have in common."""

from django.utils.translation import ngettext
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.views.generic.base import BaseListingView


class DeskPaginator(WagtailPaginator):
    @property
    def items_count_label(self) -> str:
        count: int = self.count
        return ngettext("%(count)s in all", "%(count)s in all", count) % {"count": count}


class DeskList(BaseListingView):
    """Wagtail's own list, with search by the database and fewer columns on a phone."""

    template_name = "courses/package_desk/list.html"
    paginator_class = DeskPaginator
    is_searchable = True
    search_backend_name = None
