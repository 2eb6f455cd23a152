"""The places of the public site: which are written, writing one, bringing back what stood there."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fondouk.editorial.actions import restore_text, save_text
from fondouk.editorial.models import LANGUAGES, Said, Text
from fondouk.editorial.queries import versions
from fondouk.editorial.slots import SLOTS
from fondouk.editorial.web.forms import TextForm
from fondouk.editorial.web.tabs import tabs
from fondouk.people.rules import required
from fondouk.ui.toasts import toast
from fondouk.ui.undo import CHANGED

NOTHING = 0


@require_safe
@required("editorial.edit")
def text_list(request: HttpRequest) -> HttpResponse:
    written = {text.key: text for text in Text.objects.select_related("changed_by")}
    rows = [
        {
            "slot": slot,
            "text": written.get(slot.key),
            "languages": [
                (code, bool(slot.key in written and getattr(written[slot.key], f"body_{code}")))
                for code in LANGUAGES
            ],
        }
        for slot in SLOTS.values()
    ]
    return render(request, "editorial/text/list.html", {"rows": rows, "tabs": tabs("editorial")})


@require_http_methods(["GET", "HEAD", "POST"])
@required("editorial.edit")
def text(request: HttpRequest, key: str) -> HttpResponse:
    """`preview` among what is sent: it is shown as the public would read it, and not kept."""
    slot = SLOTS.get(key)
    if slot is None:
        raise Http404
    stands = Text.objects.filter(key=key).first()
    known = {f"body_{code}": getattr(stands, f"body_{code}", "") for code in LANGUAGES}
    form = TextForm(request.POST or None, slot=slot, initial=known)
    preview: list[Said] = []
    status = 200
    if request.method == "POST":
        if not form.is_valid():
            status = 422
        elif "preview" in request.POST:
            preview = form.as_read("body")
        else:
            before = versions(stands, 1) if stands else []
            save_text(key, form.bodies(), by=request.user.person)
            undo = reverse("editorial_restoration", args=[key, before[0].key if before else NOTHING])
            toast(request, _("Saved. Visitors read it within a minute."), undo=undo)
            return redirect("editorial_text", key)
    context: dict[str, Any] = {
        "slot": slot,
        "form": form,
        "preview": preview,
        "text": stands,
        "versions": versions(stands)[1:] if stands else [],
    }
    return render(request, "editorial/text/form.html", context, status=status)


@require_POST
@required("editorial.edit")
def restoration(request: HttpRequest, key: str, version: int) -> HttpResponse:
    """`version` 0: nothing, as before anybody wrote, while nobody has written anything else."""
    stands = get_object_or_404(Text, key=key)
    *older, before = [one.key for one in reversed(versions(stands, 2))]
    if version == NOTHING:
        if older:
            toast(request, CHANGED, tone="warn")
        else:
            save_text(key, {}, by=request.user.person)
            toast(request, _("The place is empty again: the usual words stand there."))
        return redirect("editorial_text", key)
    try:
        restore_text(stands, version, by=request.user.person)
    except LookupError:
        raise Http404 from None
    toast(
        request,
        _("The text stands as it stood then."),
        undo=reverse("editorial_restoration", args=[key, before]),
    )
    return redirect("editorial_text", key)
