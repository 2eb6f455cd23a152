"""What the audit says of openings."""

from django.utils.translation import gettext_lazy as _

from fondouk.audit.verbs import register

OPENING_PLANNED = register("openings.opening_planned", _("Opening planned on %(on)s"), icon="flag")
OPENING_MOVED = register("openings.opening_moved", _("Opening moved to %(on)s"), icon="flag")
OPENING_DROPPED = register("openings.opening_dropped", _("Plan of the opening dropped"), icon="trash")
OPENING_RESTORED = register("openings.opening_restored", _("Plan of the opening brought back"), icon="rotate")
CAPACITY_CHANGED = register("openings.capacity_changed", _("Planned spaces changed"), icon="building")
STEP_ADDED = register("openings.step_added", _("Step added: %(step)s"), icon="list-check")
STEP_CHANGED = register("openings.step_changed", _("Step changed: %(step)s"), icon="list-check")
STEP_DONE = register("openings.step_done", _("Step done: %(step)s"), icon="circle-check")
STEP_UNDONE = register("openings.step_undone", _("Step not done after all: %(step)s"), icon="rotate")
STEP_REMOVED = register("openings.step_removed", _("Step removed: %(step)s"), icon="trash")
ASSUMPTIONS_CHANGED = register(
    "openings.assumptions_changed", _("Assumptions of the simulation changed"), icon="adjustments"
)
