"""Œ and Æ in capitals are found by oe and ae as well."""

from __future__ import annotations

from django.db import migrations

from fondouk.lib.db import rebuild_generated


class Migration(migrations.Migration):
    dependencies = [("spaces", "0002_names")]
    operations = [rebuild_generated("spaces")]
