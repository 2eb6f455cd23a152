"""The checks of `fondouk doctor`. Each answers for itself and raises nothing."""

import shutil
import smtplib
import ssl
import stat

from fondouk.lib.zones import StaleZones, check_zones, zones_version
from fondouk.project.cli.doctor import Check
from fondouk.project.cli.server import server_version, spelled
from fondouk.runtime.data import DataFolder

LOW_SPACE = 2 * 1024**3
NO_SPACE = 200 * 1024**2


def database() -> Check:
    from django.db import Error, connection

    try:
        connection.ensure_connection()
        number = server_version()
        with connection.cursor() as cursor:
            cursor.execute(
                "select pg_size_pretty(pg_database_size(current_database())), current_setting('fsync')"
            )
            size, fsync = cursor.fetchone()
    except Error as fault:
        return Check("database", "fail", str(fault).strip(), "Check DATABASE_URL and that the server runs.")
    version = f"PostgreSQL {spelled(number)}, {size}"
    if fsync != "on":
        return Check(
            "database", "warn", f"{version}, fsync is off", "A power cut may cost data: set fsync = on."
        )
    return Check("database", "ok", version)


def zones() -> Check:
    try:
        check_zones()
    except StaleZones as fault:
        return Check("time zones", "fail", str(fault), "pip install --upgrade 'tzdata>=2026.3'")
    return Check("time zones", "ok", f"tzdata {zones_version()}")


def disk(data: DataFolder) -> Check:
    free = shutil.disk_usage(data.ensure()).free
    detail = f"{free / 1024**3:.1f} GB free for {data.path}"
    key = data.path / "secret-key"
    if key.exists() and stat.S_IMODE(key.stat().st_mode) & 0o077:
        return Check("disk", "fail", f"{key} can be read by others", f"chmod 600 {key}")
    advice = "Make room, or move the data folder to a larger disk."
    if free < NO_SPACE:
        return Check("disk", "fail", detail, advice)
    if free < LOW_SPACE:
        return Check("disk", "warn", detail, advice)
    return Check("disk", "ok", detail)


def queue() -> Check:
    from django.db import Error, connection

    try:
        with connection.cursor() as cursor:
            cursor.execute(
                "select (select count(*) from procrastinate_workers"
                "        where last_heartbeat > now() - interval '60 seconds'),"
                " count(*) filter (where status = 'todo' and coalesce(scheduled_at, now()) <= now()),"
                " count(*) filter (where status = 'doing'), count(*) filter (where status = 'failed')"
                " from procrastinate_jobs"
            )
            workers, waiting, doing, failed = cursor.fetchone()
    except Error as fault:
        return Check("queue", "fail", str(fault).strip(), "Start `fondouk run` once: it makes the tables.")
    detail = f"{workers} at work, {waiting} waiting, {doing} under way, {failed} failed"
    if not workers:
        return Check("queue", "warn", detail, "No worker runs: start `fondouk run`, or `fondouk work`.")
    if failed:
        return Check("queue", "warn", detail, "Look at the failed jobs in the console, under Jobs.")
    return Check("queue", "ok", detail)


def cache() -> Check:
    """Where the limits on sign-in are kept: without it nobody can sign in."""
    from django.conf import settings
    from django.core.cache import cache as kept

    where = settings.CACHE_URL.rpartition("@")[2] or "a table of the database"
    try:
        kept.set("fondouk.doctor", "well", 5)
        answer = kept.get("fondouk.doctor")
    except Exception as fault:  # each kind of cache fails in its own way
        return Check("cache", "fail", f"{where}: {fault}", "Start it, or check CACHE_URL.")
    if answer != "well":
        return Check(
            "cache", "fail", f"{where} forgets at once", "Check CACHE_URL and the memory it may use."
        )
    return Check("cache", "ok", where)


def mail() -> Check:
    from django.conf import settings

    if not settings.EMAIL_HOST:
        return Check(
            "mail",
            "warn",
            "no server: messages stay in the outbox",
            "Set FONDOUK_SMTP_HOST (and FONDOUK_MAIL_FROM) to have them delivered.",
        )
    where = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
    context = ssl.create_default_context()  # as the worker's own deliveries: a certificate must verify
    try:
        with (
            smtplib.SMTP_SSL(settings.EMAIL_HOST, settings.EMAIL_PORT, timeout=5, context=context)
            if settings.EMAIL_USE_SSL
            else smtplib.SMTP(settings.EMAIL_HOST, settings.EMAIL_PORT, timeout=5)
        ) as server:
            if settings.EMAIL_USE_TLS:
                server.starttls(context=context)
            if settings.EMAIL_HOST_USER:
                server.login(settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD)
            server.noop()
    except (OSError, smtplib.SMTPException) as fault:
        return Check(
            "mail", "fail", f"{where}: {fault}", "Check FONDOUK_SMTP_HOST, _PORT, _USER, _PASSWORD and _TLS."
        )
    if undelivered := _undelivered():
        advice = "Look at them in the console, under Outbox: each says what the server answered."
        return Check("mail", "warn", f"{where}: {undelivered}", advice)
    return Check("mail", "ok", where)


def _undelivered() -> str:
    from fondouk.mail.enums import Delivery
    from fondouk.mail.queries import counts

    found = counts()
    told = {"failed": found[Delivery.FAILED], "being tried again": found[Delivery.RETRYING]}
    return ", ".join(f"{number} {state}" for state, number in told.items() if number)


def without_database(why: str) -> list[Check]:
    """What can still be said when the database cannot be had."""
    unknown = "not known without the database"
    return [
        Check("database", "fail", why, "Follow the sentence above, then look again."),
        zones(),
        disk(DataFolder.from_environment()),
        Check("queue", "warn", unknown),
        Check("cache", "warn", unknown),
        Check("mail", "warn", unknown),
    ]
