"""Œ and Æ in capitals are found by oe and ae as well."""

from __future__ import annotations

from django.db import migrations

from fondouk.lib.db import rebuild_generated


class Migration(migrations.Migration):
    dependencies = [("companies", "0006_more_words_for_sectors")]
    operations = [rebuild_generated("companies")]
