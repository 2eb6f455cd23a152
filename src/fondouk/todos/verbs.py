"""What the audit says of items to do."""

from django.utils.translation import gettext_lazy as _

from fondouk.audit.verbs import register

ASSIGNED = register("todos.assigned", _("“%(what)s”: given to %(person)s"), icon="user-check")
FREED = register("todos.freed", _("“%(what)s”: given to nobody"), icon="user-off")
PUT_OFF = register("todos.put_off", _("“%(what)s”: put off until %(until)s"), icon="clock-pause")
WOKEN = register("todos.woken", _("“%(what)s”: no longer put off"), icon="clock-play")
