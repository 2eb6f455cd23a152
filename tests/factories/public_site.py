"""Those who come to the park, and what the park says to everybody."""

from __future__ import annotations

from datetime import timedelta

import factory
from django.utils import timezone

from fondouk.editorial.models import NewsItem, Question
from fondouk.prospects.models import FollowUp, Prospect, Tour

from .people import PersonFactory
from .sites import SiteFactory


class ProspectFactory(factory.django.DjangoModelFactory[Prospect]):
    """Open, followed by nobody."""

    class Meta:
        model = Prospect

    name = factory.Sequence(lambda n: f"Visiteuse {n}")
    organisation = factory.Sequence(lambda n: f"Atelier {n}")
    email = factory.Sequence(lambda n: f"visiteuse{n}@example.ma")
    purpose = "settle"


class TourFactory(factory.django.DjangoModelFactory[Tour]):
    """Planned in three days, for an hour."""

    class Meta:
        model = Tour

    prospect = factory.SubFactory(ProspectFactory)
    site = factory.SubFactory(SiteFactory)
    starts_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=3))
    ends_at = factory.LazyAttribute(lambda row: row.starts_at and row.starts_at + timedelta(hours=1))


class FollowUpFactory(factory.django.DjangoModelFactory[FollowUp]):
    class Meta:
        model = FollowUp

    prospect = factory.SubFactory(ProspectFactory)
    text = "Rappelée : elle viendra en mars."
    written_by = factory.SubFactory(PersonFactory)


class QuestionFactory(factory.django.DjangoModelFactory[Question]):
    """A draft."""

    class Meta:
        model = Question

    question_fr = factory.Sequence(lambda n: f"Combien coûte un bureau n° {n} ?")
    answer_fr = "Cela dépend de sa **surface**."


class NewsFactory(factory.django.DjangoModelFactory[NewsItem]):
    """Public since yesterday."""

    class Meta:
        model = NewsItem

    title_fr = factory.Sequence(lambda n: f"Un prix de plus, n° {n}")
    summary_fr = "Une entreprise du parc est primée."
    body_fr = "Le jury a été *unanime*."
    published_at = factory.LazyFunction(lambda: timezone.now() - timedelta(days=1))
