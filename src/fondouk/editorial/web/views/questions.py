"""Frequent questions: writing, ordering, publishing."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fondouk.editorial.actions import (
    move_question,
    publish_question,
    remove_question,
    save_question,
    withdraw_question,
)
from fondouk.editorial.models import LANGUAGES, Question, Said
from fondouk.editorial.queries import languages_of
from fondouk.editorial.web.forms import QuestionForm
from fondouk.editorial.web.tabs import tabs
from fondouk.people.rules import required
from fondouk.ui.removals import asked
from fondouk.ui.toasts import toast


@require_safe
@required("editorial.edit")
def question_list(request: HttpRequest) -> HttpResponse:
    rows = [(one, languages_of(one, QuestionForm.nouns)) for one in Question.objects.all()]
    return render(
        request,
        "editorial/question/list.html",
        {
            "rows": rows,
            "languages": LANGUAGES,
            "tabs": tabs("questions"),
            "moved": request.GET.get("moved", ""),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@required("editorial.edit")
def write(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """A new one, or one that is there. `preview`: shown as the public would read it, and not kept."""
    question = get_object_or_404(Question, pk=pk) if pk else Question()
    form = QuestionForm(request.POST or None, instance=question)
    preview: list[tuple[Said, Said]] = []
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid() and "preview" in request.POST:
            status = 200
            preview = list(zip(form.as_read("question"), form.as_read("answer"), strict=True))
        elif form.is_valid():
            try:
                save_question(form.instance, by=request.user.person)
            except ValidationError as error:
                form.add_error(None, error)
            else:
                toast(request, _("Saved."))
                return redirect("questions")
    context = {"form": form, "question": question if pk else None, "preview": preview}
    return render(request, "editorial/question/form.html", context, status=status)


@require_POST
@required("editorial.edit")
def place(request: HttpRequest, pk: int) -> HttpResponse:
    """One place up or down."""
    move_question(get_object_or_404(Question, pk=pk), 1 if request.POST.get("to") == "down" else -1)
    return redirect(f"{reverse('questions')}?moved={pk}#question-{pk}")


@require_POST
@required("editorial.edit")
def publication(request: HttpRequest, pk: int) -> HttpResponse:
    """`off` withdraws it."""
    question = get_object_or_404(Question, pk=pk)
    here = reverse("question_publication", args=[pk])
    if request.POST.get("off", request.GET.get("off")):
        withdraw_question(question, by=request.user.person)
        toast(request, _("Visitors no longer see this question."), undo=here)
    else:
        publish_question(question, by=request.user.person)
        toast(request, _("Published. Visitors read it within a minute."), undo=f"{here}?off=1")
    return redirect("questions")


@require_http_methods(["GET", "HEAD", "POST"])
@required("editorial.edit")
def removal(request: HttpRequest, pk: int) -> HttpResponse:
    question = get_object_or_404(Question, pk=pk)
    back = reverse("question", args=[pk])
    page = asked(
        request,
        title=_("Remove this question"),
        word=str(question)[:40].strip(),
        text=_("It goes in every language. To hide it for a while, withdraw it."),
        cancel=back,
        crumbs=[(_("Questions"), reverse("questions")), (str(question), back)],
    )
    if page is not None:
        return page
    remove_question(question, by=request.user.person)
    toast(request, _("The question is removed."))
    return redirect("questions")
