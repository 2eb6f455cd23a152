"""A constraint that people can run into tells them what to do."""

from __future__ import annotations

from typing import Any

from django.apps import apps

# Never met by what people type: fields refuse it before, or code alone writes it. `…_known` holds a closed vocabulary,
# of which forms offer nothing else.
WRITTEN_BY_CODE = {
    "cancellation_due_not_negative",
    "credit_entry_of_a_hold",
    "occurrence_credits_within_its_price",
    "job_progress_within_total",
    "message_delivered_once",
    "merged_once",
    "file_has_a_size",
    "figure_supersedes_another",
    "header_meaning_once",
    "network_is_one",
    "resource_part_once",
    "synonym_not_empty",
    "feast_once",
    "company_kind_once",
    "line_places_said",
    "hours_once_a_day",
    "override_hours_once_a_day",
    "contract_deposit_not_negative",
    "resource_has_a_code",
    "official_supersedes_another",
    "edition_not_withdrawn_before",
    "edition_public_once_a_year",
    "edition_replaced_is_withdrawn",
    "todo_note_says_something",
    "prospect_closed_as_a_whole",
    "tour_ended_as_a_whole",
    "text_has_a_key",
    "planned_kind_once",
    "opening_usual_step_once",
    "date_skipped_once",
    "charge_says_what",
    "charge_period_some",
    "customer_company_or_person",
    "invoice_issued_as_a_whole",
    "invoice_line_net_follows",
    "invoice_number_once",
    "invoice_total_of_its_parts",
    "invoice_year_of_its_day",
    "line_bills_or_credits",
    "line_position_once",
    "line_vat_of_its_category",
    "one_series",
    "one_tax_a_rate",
    "run_of_a_month",
    "run_site_once",
    "vat_rate_not_empty",
    "bank_line_came",
    "closing_of_a_month",
    "bank_line_once",
    "bank_line_pays_or_not",
    "settled_payment_has_a_customer",
    "settlement_by_one",
}


def silent() -> set[str]:
    return {
        constraint.name
        for model in apps.get_models()
        if model.__module__.startswith("fondouk.")
        for constraint in model._meta.constraints
        if _says_nothing(constraint) and not constraint.name.endswith("_known")
    }


def _says_nothing(constraint: Any) -> bool:
    return str(constraint.violation_error_message) == str(constraint.default_violation_error_message)


def test_a_constraint_that_people_meet_has_a_sentence() -> None:
    assert silent() - WRITTEN_BY_CODE == set()


def test_the_exceptions_still_exist() -> None:
    assert WRITTEN_BY_CODE - silent() == set()


def test_every_constraint_is_named_for_what_it_holds() -> None:
    unnamed = [
        f"{model._meta.label}: {constraint.name}"
        for model in apps.get_models()
        if model.__module__.startswith("fondouk.")
        for constraint in model._meta.constraints
        if not constraint.name or not constraint.name.replace("_", "").isalnum()
    ]
    assert unnamed == []
