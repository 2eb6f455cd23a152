"""Tags and filters: the page's language, codes that keep their direction, links that keep the filters."""

import datetime
from decimal import Decimal

import pytest
from django.template import Context, Template
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from pytest_django.asserts import assertHTMLEqual

MAY = datetime.date(2026, 5, 12)
NARROW, NBSP = "\u202f", "\u00a0"


@pytest.mark.parametrize(
    ("source", "value", "language", "shown"),
    [
        ("{{ v|day }}", MAY, "fr", "12 mai 2026"),
        ("{{ v|day }}", MAY, "ar", "12 ماي 2026"),
        ("{{ v|day_long }}", MAY, "en", "Tuesday 12 May 2026"),
        ("{{ v|month }}", MAY, "fr", "mai 2026"),
        ("{{ v|number }}", 12600, "fr", f"12{NARROW}600"),
        ("{{ v|number }}", 12600, "ar", "12.600"),
        ("{{ v|number:1 }}", Decimal("0.25"), "fr", "0,3"),
        ("{{ v|percent }}", Decimal("0.91"), "fr", f"91{NBSP}%"),
        ("{{ v|percent:1 }}", Decimal("0.725"), "en", "72.5%"),
        ("{{ v|money }}", Decimal("1656.4"), "fr", f"1{NARROW}656{NBSP}DH"),
        ("{{ v|money_cents }}", 1656, "ar", f"1.656,00{NBSP}درهم"),
        ("{{ v|area }}", 18, "ar", f"18{NBSP}م²"),
        ("{{ v|initials }}", "Hajar Lamrani", "fr", "HL"),
    ],
)
def test_a_value_is_written_in_the_language_of_the_page(render, source, value, language, shown):
    assert render(source, language=language, v=value) == shown


@pytest.mark.parametrize(
    "name", ["day", "day_short", "moment", "ago", "number", "percent", "money", "area", "filesize"]
)
@pytest.mark.parametrize("missing", [None, ""])
def test_what_is_missing_is_a_dash(render, name, missing):
    assert render("{{ v|" + name + " }}", v=missing) == "—"


def test_zero_is_not_missing(render):
    assert render("{{ v|number }}", v=0) == "0"


def test_a_moment_is_shown_on_the_hubs_clock(render, settings):
    moment = datetime.datetime(2026, 1, 12, 23, 30, tzinfo=datetime.UTC)
    from django.utils import timezone

    local = timezone.localtime(moment)
    assert render("{{ v|moment }}", language="fr", v=moment).endswith(f"{local:%H:%M}")


def test_a_code_reads_left_to_right_and_is_escaped(render):
    assert render("{% code v %}", v="2026-0147") == '<bdi dir="ltr" class="fk-code">2026-0147</bdi>'
    assert "&lt;b&gt;" in render("{% code v %}", v="<b>")


def test_an_icon_is_silent(render):
    shown = render('{% icon "home" %}')
    assert 'aria-hidden="true"' in shown
    assert shown.endswith('sprite.svg#home"></use></svg>')
    assert render("{% icon v %}", v="") == ""


def test_a_link_keeps_the_filters(render):
    path = "/?site=1&q=sant%C3%A9&page=3"
    assert render("{% query page=4 site=None %}", path=path) == "?q=sant%C3%A9&amp;page=4"


def test_hidden_inputs_keep_the_filters_of_a_form(render):
    shown = render('{% hidden_query "page" %}', path='/?site=1&site=2&page=3&q="><b>')
    assert shown.count("<input") == 3
    assert "<b>" not in shown


def test_a_sparkline_needs_two_values_and_skips_gaps(render):
    assert "—" in render("{% sparkline v %}", v=[None, 3])
    shown = render("{% sparkline v %}", v=[1, None, 2, 2])
    assert shown.count(",") == 3
    assert "style" not in shown


@pytest.mark.parametrize(("occupied", "taken"), [(0, 0), (50, 11), (100, 22), (250, 22)])
def test_a_site_plan_is_shaded_to_its_occupancy(render, occupied, taken):
    assert render("{% site_plan v 100 %}", v=occupied).count("fk-plan-taken") == taken


def test_a_planned_site_has_nobody(render):
    shown = render("{% site_plan 5 10 True %}")
    assert "fk-plan-planned" in shown
    assert "fk-plan-taken" not in shown


def test_a_sentence_is_said_in_the_language_of_each_reader():
    page = Template('{% trans "Company" %}')
    for language, said in (("fr", "Entreprise"), ("ar", "المقاولة"), ("en", "Company"), ("fr", "Entreprise")):
        with translation.override(language):
            assert page.render(Context()) == said


def test_what_was_said_without_escaping_is_not_repeated_where_it_is_needed():
    page = Template("{% trans word %}{% trans 'a & b' %}")
    told = [page.render(Context({"word": "&"}, autoescape=escaped)) for escaped in (False, True, False)]
    assert told == ["&a & b", "&amp;a & b", "&a & b"]


def test_a_variable_a_filter_and_a_name_are_looked_up_each_time():
    page = Template('{% trans word %} {% trans "a b"|upper %}{% trans "kept" as said %} {{ said }}')
    assert [page.render(Context({"word": word})) for word in ("x", "y")] == ["x A B kept", "y A B kept"]


def test_a_badge_is_the_component_of_that_name(render):
    shown = render("{% badge v 'ok' %}|<c-badge tone='ok'>{{ v }}</c-badge>", v="a < b")
    one, other = shown.split("|")
    assertHTMLEqual(one, other)


@pytest.mark.parametrize(
    ("text", "shown"), [("abc", "abc"), ("abcde", "abcde"), ("abcd ef", "abcd…"), ("", "")]
)
def test_what_is_too_long_ends_in_an_ellipsis(render, text, shown):
    assert render("{{ v|short:5 }}", v=text) == shown


def test_a_fixed_part_is_written_once_for_each_language(render):
    source = Template("{% fixed %}{% get_current_language as now %}{{ now }} {{ v }}{% endfixed %}")
    said = []
    for language, value in (("fr", 1), ("fr", 2), ("ar", 3), ("fr", 4)):
        with translation.override(language):
            said.append(source.render(Context({"v": value})))
    assert said == ["fr 1", "fr 1", "ar 3", "fr 1"]


def test_an_address_of_a_record_is_djangos(render):
    assert render("{% url 'record' v %}", v=7) == reverse("record", args=[7])
    assert render("{% url 'place' v 2026 %}", v="atlas-2") == reverse("place", args=["atlas-2", 2026])
    assert render("{% url 'record' v as found %}<{{ found }}>", v="none") == "<>"
    with pytest.raises(NoReverseMatch):
        render("{% url 'record' v %}", v="none")
