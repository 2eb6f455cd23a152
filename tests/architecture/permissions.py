"""Route × role × status: what a GET answers to whom. A route without a row fails the tests.

A row is the route's name, the arguments of its address (made from the `World`), and a letter for each role in the order
of `world.ROLES`:

    anonymous  outsider  member  owner  elsewhere  reception  manager  direction  administrator

    2  200                        s  302, to sign-in
    4  404: not there, or not     r  302, to somewhere else
       for this person            5  405: to be posted
                                  u  401: a token is needed
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .world import World

Arguments = Callable[[World | Any], list[Any]]

EVERYBODY = "222222222"
NOBODY = "444444444"
SIGNED_IN = "s22222222"
MEMBERS = "s42244444"
OWNERS = "s44244444"
STAFF = "s44422222"
HERE = "s44442222"  # staff of the site, or of the whole network
KEEPERS = "s44444222"  # those who run the site
DIRECTION = "s44444422"  # of the whole network
ADMINISTRATOR = "s44444442"
POSTED = "555555555"
TOKEN = "uuuuuuuuu"
SENT_ON = "srrrrrrrr"
SENT_HOME = "2rrrrrrrr"
REDIRECTED = "rrrrrrrrr"


def none(world: Any) -> list[Any]:
    return []


def company(world: Any) -> list[Any]:
    return [world.company.pk]


def company_export(world: Any) -> list[Any]:
    return [world.company.pk, "csv"]


def book(world: Any) -> list[Any]:
    return [world.book.pk]


def person(world: Any) -> list[Any]:
    return [world.person.pk]


def site(world: Any) -> list[Any]:
    return [world.site.code]


def key(name: str) -> Arguments:
    """The primary key of what the world calls so."""
    return lambda world: [getattr(world, name).pk]


def fixed(*arguments: Any) -> Arguments:
    return lambda world: list(arguments)


def within(*names: str) -> Arguments:
    return lambda world: [getattr(world, name).pk for name in names]


ROUTES: dict[str, tuple[Arguments, str]] = {
    # Machines
    "root": (none, REDIRECTED),
    "robots": (none, EVERYBODY),
    "sitemap": (none, EVERYBODY),
    "api:openapi-json": (none, EVERYBODY),
    "api:openapi-view": (none, EVERYBODY),
    "api:api-root": (none, NOBODY),
    "api_unknown": (fixed("nope"), NOBODY),
    "api:me": (none, TOKEN),
    "api:sites": (none, TOKEN),
    "api:site": (site, TOKEN),
    "api:spaces": (none, TOKEN),
    "api:space": (key("space"), TOKEN),
    "api:resources": (none, TOKEN),
    "api:availability": (none, TOKEN),
    "api:bookings": (none, TOKEN),
    "api:booking": (key("booking"), TOKEN),
    "api:companies": (none, TOKEN),
    "api:company": (company, TOKEN),
    "api:contracts": (none, TOKEN),
    "api:contract": (key("contract"), TOKEN),
    "file": (lambda world: [world.document.file_id], "s42242222"),
    # Visitors
    # prospects: whoever welcomes people at the site
    "prospects": (none, STAFF),
    "prospects_export": (fixed("csv"), STAFF),
    "prospect_new": (none, STAFF),
    "prospect": (key("prospect"), HERE),
    "prospect_change": (key("prospect"), HERE),
    "prospect_steward": (key("prospect"), POSTED),
    "prospect_follow_ups": (key("prospect"), POSTED),
    "prospect_follow_up_removal": (lambda world: [world.prospect.pk, world.said.pk], POSTED),
    "prospect_tour": (key("prospect"), HERE),
    "tour_end": (lambda world: [world.prospect.pk, world.tour.pk], POSTED),
    "tour_revival": (lambda world: [world.prospect.pk, world.tour.pk], POSTED),
    "prospect_closing": (key("prospect"), HERE),
    "prospect_reopening": (key("prospect"), POSTED),
    "prospect_erasure": (key("prospect"), KEEPERS),
    # bookings: the staff sees the planning of its sites; who changes what is judged by the booking
    "planning": (none, STAFF),
    "planning_search": (none, STAFF),
    "bookings": (none, STAFF),
    "bookings_export": (fixed("csv"), STAFF),
    "closures": (none, STAFF),
    "closure_new": (none, "s44444222"),
    "closure": (key("closure"), HERE),
    "closure_lifting": (key("closure"), POSTED),
    "closure_reinstatement": (key("closure"), POSTED),
    "calendar_feeds": (none, "s42222222"),
    "calendar_feed_revocation": (key("booking"), POSTED),
    "calendar_invitations": (none, POSTED),
    "calendar_feed": (fixed("not-a-secret"), NOBODY),
    "booking_rules": (none, STAFF),
    "booking_rule_new": (none, "s44444222"),
    "booking_rule_end": (key("booking_rule"), POSTED),
    "booking_quota_new": (none, "s44444222"),
    "booking_quota_end": (key("booking_rule"), POSTED),
    "booking_prices": (none, STAFF),
    "booking_price_new": (none, "s44444222"),
    "booking_price_end": (key("booking_rule"), POSTED),
    "booking_price": (none, POSTED),
    "booking_check_in": (key("occurrence"), POSTED),
    "member_booking_price": (none, POSTED),
    "member_booking_check_in": (key("own_occurrence"), POSTED),
    "member_credits": (none, MEMBERS),
    "member_presence": (none, MEMBERS),
    "member_presence_said": (none, POSTED),
    # requests: the staff of the site, and those who asked
    "requests": (none, STAFF),
    "requests_export": (fixed("csv"), STAFF),
    "request_new": (none, STAFF),
    "request": (key("request"), HERE),
    "request_answer": (key("request"), POSTED),
    "request_assignment": (key("request"), POSTED),
    "request_categories": (none, STAFF),
    "request_category_new": (none, "s44444222"),
    "request_category": (key("category"), "s44444222"),
    # webhooks: administrators
    "webhooks": (none, ADMINISTRATOR),
    "webhook_new": (none, ADMINISTRATOR),
    "endpoint": (lambda world: [world.delivery.endpoint_id], ADMINISTRATOR),
    "webhook_edit": (lambda world: [world.delivery.endpoint_id], ADMINISTRATOR),
    "webhook_secret": (lambda world: [world.delivery.endpoint_id], POSTED),
    "webhook_switch": (lambda world: [world.delivery.endpoint_id], POSTED),
    "webhook_removal": (lambda world: [world.delivery.endpoint_id], ADMINISTRATOR),
    "webhook_test": (lambda world: [world.delivery.endpoint_id], POSTED),
    "webhook_repetition": (lambda world: [world.delivery.endpoint_id], POSTED),
    "webhook_delivery": (key("delivery"), ADMINISTRATOR),
    "webhook_delivery_repetition": (key("delivery"), POSTED),
    # reception: whoever receives visitors at the site; those of the company; whoever holds the invitation
    "reception": (none, STAFF),
    "reception_export": (fixed("csv"), STAFF),
    "visit_new": (none, STAFF),
    "visit_walk_in": (none, STAFF),
    "visit": (key("visit"), HERE),
    "visit_change": (key("visit"), HERE),
    "visit_step": (lambda world: [world.visit.pk, "arrival"], POSTED),
    "welcome": (lambda world: [world.visit.token], "22222rrrr"),
    "welcome_calendar": (lambda world: [world.visit.token], EVERYBODY),
    "welcome_refusal": (lambda world: [world.visit.token], POSTED),
    "member_visitors": (none, MEMBERS),
    "member_visitors_new": (none, MEMBERS),
    "member_visitor": (key("visit"), MEMBERS),
    "member_visitor_change": (key("visit"), MEMBERS),
    "member_visitor_step": (lambda world: [world.visit.pk, "cancellation"], POSTED),
    "member_requests": (none, MEMBERS),
    "member_request_new": (none, MEMBERS),
    "member_request": (key("request"), MEMBERS),
    "member_request_reply": (key("request"), POSTED),
    "member_request_rating": (key("request"), POSTED),
    "member_request_step": (lambda world: [world.request.pk, "withdrawal"], POSTED),
    # displays: tablets have an address of their own; the code at a door leads those who may book the room
    "displays": (none, STAFF),
    "display_new": (key("meeting_room"), "s44444222"),
    "display_revocation": (key("display"), POSTED),
    "door_sign": (key("meeting_room"), HERE),
    "door_signs": (none, HERE),
    "door_worker": (none, EVERYBODY),
    "door": (fixed("not-a-secret"), NOBODY),
    "door_state": (fixed("not-a-secret"), NOBODY),
    "door_check_in": (fixed("not-a-secret"), POSTED),
    "door_booking": (fixed("not-a-secret"), POSTED),
    "door_end": (fixed("not-a-secret"), POSTED),
    "at_door": (key("meeting_room"), REDIRECTED),
    "room_here": (key("meeting_room"), "s42242222"),
    "room_check_in": (key("meeting_room"), POSTED),
    "room_booking": (key("meeting_room"), POSTED),
    # credits: the staff that sees the company reads them; who grants them is judged by the company
    "company_credits": (company, HERE),
    "company_credits_export": (company_export, HERE),
    "company_credits_new": (company, "s44444222"),
    "credits_adjustment": (key("lot"), "s44444222"),
    "booking_new": (none, STAFF),
    "booking": (key("booking"), HERE),
    "booking_edit": (key("booking"), HERE),
    "booking_decision": (key("booking"), POSTED),
    "booking_move": (key("occurrence"), HERE),
    "booking_cancellation": (key("occurrence"), HERE),
    "booking_return": (fixed("signed"), POSTED),
    "member_bookings": (none, MEMBERS),
    "member_booking_new": (none, MEMBERS),
    "member_booking_confirmation": (none, "s44444444"),
    "member_booking": (key("own_booking"), MEMBERS),
    "member_booking_details": (key("own_booking"), MEMBERS),
    "member_booking_cancellation": (key("own_occurrence"), MEMBERS),
    "member_booking_end": (key("own_occurrence"), POSTED),
    "member_booking_return": (fixed("signed"), POSTED),
    # openings: everybody of the staff sees the plan of a site, those who run it write it
    "opening": (site, HERE),
    "opening_plan": (site, KEEPERS),
    "opening_day": (site, KEEPERS),
    "opening_removal": (site, POSTED),
    "opening_capacity": (site, KEEPERS),
    "opening_assumptions": (site, KEEPERS),
    "opening_export": (lambda world: [world.site.code, "xlsx"], HERE),
    "opening_step_new": (site, KEEPERS),
    "opening_step": (lambda world: [world.site.code, world.step.pk], KEEPERS),
    "opening_step_doing": (lambda world: [world.site.code, world.step.pk], POSTED),
    "opening_step_removal": (lambda world: [world.site.code, world.step.pk], POSTED),
    # editorial: the public site is the whole network's
    "editorial": (none, DIRECTION),
    "editorial_text": (fixed("home-lead"), DIRECTION),
    "editorial_restoration": (lambda world: ["home-lead", 1], POSTED),
    "questions": (none, DIRECTION),
    "question_new": (none, DIRECTION),
    "question": (key("question"), DIRECTION),
    "question_place": (key("question"), POSTED),
    "question_publication": (key("question"), POSTED),
    "question_removal": (key("question"), DIRECTION),
    "news": (none, DIRECTION),
    "newsitem_new": (none, DIRECTION),
    "newsitem": (key("news"), DIRECTION),
    "newsitem_withdrawal": (key("news"), POSTED),
    "newsitem_removal": (key("news"), DIRECTION),
    # public: read and written by anybody
    "public_questions": (none, EVERYBODY),
    "public_news": (none, EVERYBODY),
    "public_feed": (none, EVERYBODY),
    "public_news_item": (lambda world: [world.news.pk, "un-prix"], EVERYBODY),
    "public_visit": (none, EVERYBODY),
    "public_request": (lambda world: [world.prospect.token], EVERYBODY),
    "public_request_withdrawal": (lambda world: [world.prospect.token], POSTED),
    "public_request_resumption": (lambda world: [world.prospect.token], POSTED),
    "public_request_calendar": (lambda world: [world.prospect.token], EVERYBODY),
    "public_home": (none, EVERYBODY),
    "public_site": (site, EVERYBODY),
    "public_companies": (none, EVERYBODY),
    "public_legal": (none, EVERYBODY),
    "public_company": (lambda world: [world.company.pk, "khettara"], EVERYBODY),
    "public_impact": (none, EVERYBODY),
    "public_impact_year": (lambda world: [world.year], EVERYBODY),
    "public_impact_paper": (lambda world: [world.year, "xlsx"], EVERYBODY),
    # The demonstration, which is not loaded here: tests/demo opens its doors
    "demo": (none, SENT_ON),
    "demo_part": (none, POSTED),
    "demo_clearing": (none, POSTED),
    "ui:kit": (none, EVERYBODY),
    # Members
    "member_home": (none, MEMBERS),
    "member_company": (none, MEMBERS),
    "member_details": (none, OWNERS),
    "member_team": (none, MEMBERS),
    "member_team_new": (none, OWNERS),
    "member_team_change": (key("membership"), OWNERS),
    "member_team_departure": (key("membership"), POSTED),
    "member_team_invitation": (key("membership"), POSTED),
    "member_team_return": (fixed("unsigned"), POSTED),
    "member_figures": (none, MEMBERS),
    "member_figures_year": (lambda world: [world.year], OWNERS),
    "member_documents": (none, MEMBERS),
    "member_contracts": (none, MEMBERS),
    # Staff: the console
    "home": (none, SENT_ON),
    "today": (none, STAFF),
    "todo": (none, STAFF),
    "todo_export": (fixed("csv"), STAFF),
    "todo_assignment": (none, POSTED),
    "todo_snooze": (none, POSTED),
    "search": (none, SIGNED_IN),
    # Signing in, and one's own account
    "setup": (fixed("not-the-secret"), NOBODY),
    "invitation": (fixed("a-secret"), EVERYBODY),
    "account_login": (none, SENT_HOME),
    "account_logout": (none, "r22222222"),
    "account_signup": (none, SENT_HOME),
    "account_inactive": (none, EVERYBODY),
    "account_reset_password": (none, EVERYBODY),
    "account_reset_password_done": (none, EVERYBODY),
    "account_reset_password_from_key": (fixed("1", "set-password"), EVERYBODY),
    "account_reset_password_from_key_done": (none, EVERYBODY),
    "account_email": (none, SIGNED_IN),
    "account_email_verification_sent": (none, EVERYBODY),
    "account_confirm_email": (fixed("unknown"), EVERYBODY),
    "account_change_password": (none, SIGNED_IN),
    "account_set_password": (none, SENT_ON),
    "account_reauthenticate": (none, SIGNED_IN),
    "mfa_authenticate": (none, SENT_ON),
    "mfa_login_webauthn": (none, SENT_ON),
    "mfa_reauthenticate": (none, SENT_ON),
    "mfa_reauthenticate_webauthn": (none, SENT_ON),
    "mfa_index": (none, SIGNED_IN),
    "mfa_activate_totp": (none, SENT_ON),
    "mfa_deactivate_totp": (none, "s44444444"),
    "mfa_view_recovery_codes": (none, "s44444444"),
    "mfa_generate_recovery_codes": (none, SENT_ON),
    "mfa_download_recovery_codes": (none, "s44444444"),
    "mfa_list_webauthn": (none, SIGNED_IN),
    "mfa_add_webauthn": (none, SENT_ON),
    "mfa_edit_webauthn": (fixed(1), SENT_ON),
    "mfa_remove_webauthn": (fixed(1), SENT_ON),
    "openid_connect_login": (fixed("oidc"), NOBODY),
    "openid_connect_callback": (fixed("oidc"), NOBODY),
    "socialaccount_login_cancelled": (none, EVERYBODY),
    "socialaccount_login_error": (none, TOKEN),
    "socialaccount_signup": (none, "sssssssss"),
    "socialaccount_connections": (none, SIGNED_IN),
    "my_account": (none, SIGNED_IN),
    "my_data": (none, POSTED),
    "my_tokens": (none, POSTED),
    "my_token_revocation": (key("token"), POSTED),
    # People and privacy
    "people": (none, STAFF),
    "people_export": (fixed("xlsx"), STAFF),
    "person_new": (none, STAFF),
    "person": (person, HERE),
    "person_edit": (person, KEEPERS),
    "person_roles": (person, POSTED),
    "role_ending": (within("person", "grant"), POSTED),
    "person_invitation": (person, POSTED),
    "person_invitation_withdrawal": (person, POSTED),
    "person_account_closure": (person, POSTED),
    "person_account_opening": (person, POSTED),
    "person_data": (person, POSTED),
    "person_erasure": (person, ADMINISTRATOR),
    "roles": (none, STAFF),
    "processings": (none, ADMINISTRATOR),
    "processing_new": (none, ADMINISTRATOR),
    "processings_usual": (none, POSTED),
    "retention": (none, ADMINISTRATOR),
    "processings_export": (none, ADMINISTRATOR),
    "processing": (key("processing"), ADMINISTRATOR),
    # Sites and settings
    "sites": (none, STAFF),
    "site_new": (none, DIRECTION),
    "site": (site, HERE),
    "site_edit": (site, KEEPERS),
    "site_phases": (site, POSTED),
    "site_phase_removal": (lambda world: [world.site.code, world.phase.pk], POSTED),
    "site_operator": (site, POSTED),
    "site_hours": (site, KEEPERS),
    "site_overrides": (site, KEEPERS),
    "site_override": (lambda world: [world.site.code, world.override.pk], KEEPERS),
    "site_override_removal": (lambda world: [world.site.code, world.override.pk], POSTED),
    "settings": (none, STAFF),
    "network": (none, ADMINISTRATOR),
    "holidays": (none, STAFF),
    "holiday": (lambda world: [world.feast.year, world.feast.code], POSTED),
    "operators": (none, ADMINISTRATOR),
    "operator_new": (none, ADMINISTRATOR),
    "operator": (key("operator"), ADMINISTRATOR),
    "audit_log": (none, DIRECTION),
    # Companies
    "companies": (none, STAFF),
    "companies_export": (fixed("xlsx"), STAFF),
    "company_filters": (none, POSTED),
    "companies_board": (none, STAFF),
    "company_view": (key("filter"), "s44444r44"),  # whose it is, while it is not shared
    "company_stage": (company, POSTED),
    "company_filter_removal": (key("filter"), POSTED),
    "company_new": (none, KEEPERS),
    "company_stewards": (none, POSTED),
    "company": (company, HERE),
    "company_tab": (lambda world: [world.company.pk, "figures"], HERE),
    "company_edit": (company, KEEPERS),
    "company_identity": (company, KEEPERS),
    "company_member_new": (company, KEEPERS),
    "company_member": (within("company", "membership"), KEEPERS),
    "company_member_return": (lambda world: [world.company.pk, "unsigned"], POSTED),
    "company_member_end": (within("company", "membership"), POSTED),
    "company_figures": (lambda world: [world.company.pk, world.year], KEEPERS),
    "company_residency_new": (company, KEEPERS),
    "company_residency_end": (within("company", "residency"), KEEPERS),
    "company_residency": (within("company", "residency"), KEEPERS),
    "company_residency_removal": (within("company", "residency"), POSTED),
    "company_note_new": (company, POSTED),
    "company_document_new": (company, KEEPERS),
    "company_document": (within("company", "document"), KEEPERS),
    "company_document_removal": (within("company", "document"), KEEPERS),
    "company_merge": (company, DIRECTION),
    "company_merge_undo": (key("merge"), POSTED),
    "sectors": (none, DIRECTION),
    "sector_synonym_new": (fixed("ict"), POSTED),
    "sector_synonym_removal": (fixed(1), POSTED),
    # Spaces and contracts
    "spaces": (none, STAFF),
    "spaces_export": (fixed("xlsx"), STAFF),
    "space_new": (none, KEEPERS),
    "space": (key("space"), HERE),
    "space_edit": (key("space"), KEEPERS),
    "space_rate_new": (key("space"), KEEPERS),
    "space_withdrawal": (key("space"), POSTED),
    "space_return": (key("space"), POSTED),
    "contracts": (none, KEEPERS),
    "contracts_export": (fixed("xlsx"), KEEPERS),
    "contract": (key("contract"), KEEPERS),
    # Figures
    "campaigns": (none, DIRECTION),
    "campaign_new": (none, DIRECTION),
    "campaign": (key("campaign"), DIRECTION),
    "campaign_export": (lambda world: [world.campaign.pk, "csv"], DIRECTION),
    "campaign_reminders": (key("campaign"), POSTED),
    "campaign_reminder": (lambda world: [world.campaign.pk, world.asked.pk], POSTED),
    "campaign_closing": (key("campaign"), POSTED),
    "campaign_reopening": (key("campaign"), POSTED),
    "figures_answer": (lambda world: [world.asked.token], EVERYBODY),
    "impact": (none, KEEPERS),
    "impact_stays": (fixed("entries"), KEEPERS),
    "impact_stays_export": (fixed("departures", "csv"), KEEPERS),
    "impact_records": (fixed("turnover"), KEEPERS),
    "impact_records_export": (fixed("turnover", "csv"), KEEPERS),
    "impact_report": (fixed("xlsx"), KEEPERS),
    "officials": (none, KEEPERS),
    "official_new": (none, DIRECTION),
    "official_correction": (key("official"), DIRECTION),
    "editions": (none, KEEPERS),
    "edition": (key("edition"), KEEPERS),
    "edition_new": (none, DIRECTION),
    "edition_withdrawal": (key("edition"), POSTED),
    # Books, jobs, mail
    "imports": (none, DIRECTION),
    "import_new": (none, DIRECTION),
    "import_template": (none, DIRECTION),
    "import_export": (none, POSTED),
    "import_run": (key("run"), DIRECTION),
    "import_undo": (key("run"), POSTED),
    "book": (book, DIRECTION),
    "book_mapping": (book, "s444444rr"),
    "book_reading": (book, POSTED),
    "book_removal": (book, DIRECTION),
    "book_confirmation": (book, POSTED),
    "book_copy": (book, POSTED),
    "book_report": (book, "s44444444"),
    "book_refused": (book, "s44444444"),
    "jobs": (none, STAFF),
    "jobs_under_way": (none, STAFF),
    "job": (key("job"), STAFF),
    "job_progress": (key("job"), STAFF),
    "job_cancellation": (key("job"), POSTED),
    "job_repetition": (key("job"), POSTED),
    "outbox": (none, DIRECTION),
    "outbox_dispatch": (none, POSTED),
    "message": (key("message"), DIRECTION),
    "message_dispatch": (key("message"), POSTED),
}

NOT_THERE_POSTS = {"demo_part", "demo_clearing"}
"""Posted by anybody, signed in or not, and not there at all without the demonstration."""
# What a visitor posts with an address that is its own key, and what is answered.
ANYBODY_POSTS = {
    "public_request_withdrawal": "r",
    "public_request_resumption": "r",
    "welcome_refusal": "r",
    "door_check_in": "4",
    "door_booking": "4",
    "door_end": "4",
}
ANYBODY_SIGNED_IN_POSTS = {"my_data", "my_tokens", "my_token_revocation"}
"""To be posted by anybody about themselves; every other route that is posted answers an outsider with 404."""
