"""The function by which history rows find who acts, without an error where nobody has said so.

pghistory's own catches one for every row written outside a request: a failed subtransaction each, at which PostgreSQL looks
through all deferred events of the transaction. A large import or the demonstration then takes the square of its rows.
"""

from django.db import migrations

QUIET = """
CREATE OR REPLACE FUNCTION _pgh_attach_context() RETURNS pghistory_context.id%TYPE LANGUAGE plpgsql AS $$
DECLARE
    context uuid := nullif(current_setting('pghistory.context_id', true), '')::uuid;
    told jsonb := nullif(current_setting('pghistory.context_metadata', true), '')::jsonb;
BEGIN
    IF context IS NULL OR told IS NULL THEN
        RETURN NULL;
    END IF;
    INSERT INTO pghistory_context AS known (id, metadata, created_at, updated_at) VALUES (context, told, now(), now())
        ON CONFLICT (id) DO UPDATE SET metadata = told, updated_at = now() WHERE known.metadata <> told;
    RETURN context;
END
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_entry_at_may_be_told"), ("pghistory", "0007_auto_20250421_0444")]

    operations = [migrations.RunSQL(QUIET, migrations.RunSQL.noop)]
