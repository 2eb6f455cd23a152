"""A member says that they are in today, and sees who else is."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from fondouk.lib.text import typed_key
from fondouk.portal.web.mine import Mine, render_mine, with_company
from fondouk.presence.actions import say_in, say_out
from fondouk.presence.queries import sites_of, where_is, who_is_in
from fondouk.ui.toasts import toast


@require_safe
@with_company
def page(request: HttpRequest, mine: Mine) -> HttpResponse:
    context = {
        "sites": [(site, who_is_in(site)) for site in sites_of(mine.account)],
        "here": where_is(mine.person),
    }
    return render_mine(request, mine, "portal/presence.html", context, below="member_home")


@require_POST
@with_company
def say(request: HttpRequest, mine: Mine) -> HttpResponse:
    """`site`: where the person is; nothing: they are not in."""
    if key := request.POST.get("site"):
        say_in(mine.person, get_object_or_404(sites_of(mine.account), pk=typed_key(key) or 0))
        toast(request, _("You are seen as being in, until midnight."))
    else:
        say_out(mine.person)
        toast(request, _("You are not seen as being in any more."))
    return redirect("member_presence")
