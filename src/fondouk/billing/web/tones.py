"""Colours of states."""

from fondouk.billing.enums import State

TONES = {
    State.DRAFT: "neutral",
    State.DUE: "info",
    State.OVERDUE: "danger",
    State.PAID: "ok",
    State.OPEN: "info",
    State.USED: "neutral",
}
