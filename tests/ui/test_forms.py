"""Forms in the kit's look: labels, help and errors are tied to their control."""

import pytest
from django import forms
from pytest_django.asserts import assertHTMLEqual

from fondouk.ui.forms import WIDGETS, select


class Sample(forms.Form):
    name = forms.CharField(help_text="As on the register.")
    note = forms.CharField(widget=forms.Textarea, required=False)
    kind = forms.ChoiceField(choices=[("a", "A"), ("b", "B")])
    size = forms.ChoiceField(choices=[("s", "S"), ("l", "L")], widget=forms.RadioSelect)
    tags = forms.MultipleChoiceField(
        choices=[("x", "X")], widget=forms.CheckboxSelectMultiple, required=False
    )
    paper = forms.FileField(required=False)
    agreed = forms.BooleanField(required=False)
    token = forms.CharField(widget=forms.HiddenInput, required=False)


def test_a_whole_form_takes_the_look(render):
    shown = render("{{ form }}", form=Sample())
    assert shown.count('class="form-control"') >= 2
    assert 'class="form-select"' in shown
    assert shown.count('class="form-check-input"') == 4
    assert "data-dropzone" in shown
    assert 'type="hidden" name="token"' in shown
    assert "<c-" not in shown


def test_an_error_is_said_with_its_control(render):
    shown = render("{{ form.name.as_field_group }}", form=Sample({}))
    assert 'aria-invalid="true"' in shown
    assert 'aria-describedby="id_name_error id_name_helptext"' in shown
    assert 'id="id_name_error"' in shown
    assert 'id="id_name_helptext"' in shown


def test_a_group_of_choices_is_a_fieldset_with_its_error(render):
    shown = render("<c-field :field='form.size' />", form=Sample({}))
    assert "<fieldset" in shown
    assert "<legend" in shown
    assert "id_size_error" in shown.split(">", 1)[0]


def test_what_was_typed_comes_back(render):
    shown = render("{{ form }}", form=Sample({"name": 'A "B"', "size": "l", "tags": ["x"], "kind": "b"}))
    assert 'value="A &quot;B&quot;"' in shown
    assert 'value="b" selected' in shown
    assert shown.count("checked") == 2


def test_a_unit_stands_beside_the_control(render):
    shown = render('<c-field :field="form.name" suffix="DH" prefix="≈" />', form=Sample())
    assert '<span class="fk-affix">DH</span>' in shown


def test_a_long_choice_can_be_searched(render):
    assert 'data-choose="yes"' in render("<c-field :field='form.kind' choose />", form=Sample())


def test_a_textarea_is_no_taller_than_needed(render):
    assert 'rows="4"' in render("{{ form.note.as_field_group }}", form=Sample())


@pytest.mark.parametrize("language", ["fr", "ar", "en"])
def test_the_sum_of_errors_is_announced(render, language):
    assert 'role="alert"' in render("<c-form-errors :form='form' />", form=Sample({}), language=language)
    assert render("<c-form-errors :form='form' />", form=Sample(), language=language).strip() == ""


SELECTS = [
    (forms.Select(choices=[("", "<All>"), ("Group", [("a", "A & b"), ("b", 'B"')]), (3, "é")]), "b"),
    (forms.Select(attrs={"required": True, "data-x": "1"}, choices=[("a", "A")]), None),
    (forms.Select(choices=[(1234, "1234"), (None, "none")]), 1234),
    (forms.SelectMultiple(choices=[("a", "A"), ("b", "B"), ("c", "C")]), ["a", "c"]),
    (forms.NullBooleanSelect(), True),
]


@pytest.mark.parametrize(("widget", "value"), SELECTS)
def test_a_choice_list_says_what_djangos_template_says(widget, value):
    context = widget.get_context("n&m", value, {"id": "x"})
    assertHTMLEqual(
        select(context["widget"]), WIDGETS.get_template("django/forms/widgets/select.html").render(context)
    )
