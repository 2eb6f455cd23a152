"""What the audit says of spaces."""

from django.utils.translation import gettext_lazy as _

from fondouk.audit.verbs import register

SPACE_CREATED = register("spaces.space_created", _("Space created"), icon="plus")
SPACE_CHANGED = register("spaces.space_changed", _("Space changed"), icon="pencil")
SPACE_WITHDRAWN = register("spaces.space_withdrawn", _("Space out of use"), icon="ban")
SPACE_RESTORED = register("spaces.space_restored", _("Space in use again"), icon="check")
CLAIMS_DERIVED = register(
    "spaces.claims_derived", _("Occupations worked out again for %(zones)s"), icon="clock"
)
RATE_CHANGED = register("spaces.rate_changed", _("Rate changed"), icon="coin")
SPACES_CLOSED = register("spaces.closed", _("Spaces closed: %(reason)s"), icon="barrier-block")
CLOSURE_LIFTED = register("spaces.closure_lifted", _("Closure lifted: %(reason)s"), icon="check")
CLOSURE_REINSTATED = register(
    "spaces.closure_reinstated", _("Closure stands again: %(reason)s"), icon="barrier-block"
)
RELAID = register("spaces.relaid", _("Re-layout planned: %(reason)s"), icon="map-2")
RELAYING_TAKEN_BACK = register(
    "spaces.relaying_taken_back", _("Re-layout taken back: %(reason)s"), icon="rotate"
)
PLAN_SET = register("spaces.plan_set", _("Drawing of a floor changed"), icon="map-2")
SHAPES_DRAWN = register("spaces.shapes_drawn", _("Spaces drawn on the plan: %(count)s"), icon="map-2")
