"""How the outside stores stand, and what they refused. For who runs the install."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from learning.clients.forms import ReasonForm
from learning.clients.managed import ManagedView
from learning.forwarding.actions import ask_again, give_up
from learning.forwarding.models import DeadLetter
from learning.forwarding.queries import open_letters, standings


class ForwardingView(ManagedView):
    def get(self, request: HttpRequest) -> HttpResponse:
        context = {"standings": standings(), "letters": open_letters()}
        return render(request, "learning/forwarding.html", context)


class LetterView(ManagedView):
    """One refused statement: send it once more, or do without."""

    def get(self, request: HttpRequest, letter: int) -> HttpResponse:
        return self.page(request, self.found(letter), ReasonForm())

    def post(self, request: HttpRequest, letter: int) -> HttpResponse:
        row = self.found(letter)
        if request.POST.get("step") == "again":
            ask_again(letter=row, by=self.user(request), at=timezone.now())
            messages.success(request, _("The statement is sent again within a few minutes."))
            return redirect("learning:forwarding")
        form = ReasonForm(request.POST)
        if form.is_valid():
            try:
                reason = form.cleaned_data["reason"]
                give_up(letter=row, reason=reason, by=self.user(request), at=timezone.now())
            except ValidationError as error:
                form.add_error(None, error)
            else:
                messages.success(request, _("The statement is not sent any more. It stays in our record."))
                return redirect("learning:forwarding")
        return self.page(request, row, form, status=422)

    def found(self, pk: int) -> DeadLetter:
        open_ones = DeadLetter.objects.filter(settled_at__isnull=True).select_related("statement")
        return get_object_or_404(open_ones, pk=pk)

    def page(
        self, request: HttpRequest, row: DeadLetter, form: ReasonForm, status: int = 200
    ) -> HttpResponse:
        context = {"letter": row, "form": form}
        return render(request, "learning/forward_letter.html", context, status=status)
