"""The form of a test of two orders: what A and B have of their own, and how large it must be."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from recommender.experiments import ARMS
from recommender.models import Experiment, Rule
from recommender.rank import PARTS, NothingWeighed, Weights
from recommender.readout import sample_size

PERCENT = 100
DIGITS = 4
WEIGHTS = {
    "shape": _("Shape"),
    "color": _("Colour"),
    "pattern": _("Pattern"),
    "category": _("Category"),
}


def _percent(label: Any, least: int, most: int, first: int, text: Any) -> forms.FloatField:
    return forms.FloatField(
        label=label, min_value=least, max_value=most, initial=first, help_text=text
    )


class RulesField(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple(attrs={"class": "terms"})

    def __init__(self) -> None:
        super().__init__(
            # The scope is read when the query runs, not here.
            Rule.objects.order_by("-pk"),
            label=_("Rules"),
            required=False,
            help_text=_("These rules are for this arm alone while the test runs, on or off."),
        )

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)


def _weight(name: str) -> forms.FloatField:
    return forms.FloatField(label=WEIGHTS[name], required=False, min_value=0, max_value=PERCENT)


class ExperimentForm(forms.ModelForm):
    name = forms.CharField(label=_("Name"), max_length=120)
    share_b = _percent(
        _("Visitors who see B, %"), 1, 99, 50, _("The others see A. Half and half ends soonest.")
    )
    clicks_today = _percent(
        _("Visitors who click a result today, %"),
        1,
        99,
        30,
        _("The share before the test, as well as you know it."),
    )
    least_change = _percent(
        _("Smallest change worth knowing, %"),
        1,
        500,
        15,
        _("Of that share: 10 finds a rise from 30 to 33. The smaller, the more visitors."),
    )
    a_shape, a_color, a_pattern, a_category = map(_weight, WEIGHTS)
    a_rules = RulesField()
    b_shape, b_color, b_pattern, b_category = map(_weight, WEIGHTS)
    b_rules = RulesField()

    class Meta:
        model = Experiment
        fields = ("name",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        test = self.instance
        if test.pk is None:
            return
        self.initial.update(
            share_b=round(test.share * PERCENT, DIGITS),
            clicks_today=round(test.baseline * PERCENT, DIGITS),
            least_change=round(test.lift * PERCENT, DIGITS),
        )
        for arm in ARMS:
            own = test.arm(arm)
            self.initial[f"{arm}_rules"] = own.get("rules", [])
            for part, weight in own.get("weights", {}).items():
                self.initial[f"{arm}_{part}"] = weight

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        test = self.instance
        if test.state != Experiment.State.DRAFT:
            raise forms.ValidationError(_("A test that was started is not changed any more."))
        if self.errors:
            return cleaned
        test.share = cleaned["share_b"] / PERCENT
        test.baseline = cleaned["clicks_today"] / PERCENT
        test.lift = cleaned["least_change"] / PERCENT
        try:
            sample_size(baseline=test.baseline, lift=test.lift, share=test.share)
        except ValueError:
            self.add_error("least_change", _("So large a change would be more than all visitors."))
        test.a, test.b = (self._arm(arm) for arm in ARMS)
        for arm in ARMS:
            # As the history keeps them.
            cleaned[f"{arm}_rules"] = test.arm(arm).get("rules", [])
        if not self.errors and test.a == test.b:
            raise forms.ValidationError(_("A and B are the same: give one of them something."))
        return cleaned

    def _arm(self, arm: str) -> dict[str, Any]:
        cleaned = self.cleaned_data
        weights = {part: cleaned.get(f"{arm}_{part}") for part in PARTS}
        said = {part: weight for part, weight in weights.items() if weight is not None}
        own: dict[str, Any] = {"rules": sorted(rule.pk for rule in cleaned[f"{arm}_rules"])}
        if said:
            try:
                Weights.of(said)
            except NothingWeighed:
                self.add_error(f"{arm}_shape", _("One weight at least must be above 0."))
            own["weights"] = said
        return {name: value for name, value in own.items() if value}


FIELDSETS: Any = (
    (None, {"fields": ("name", "share_b")}),
    (
        _("Arm A: as it is"),
        {
            "description": _("Leave the weights empty for those that hold today."),
            "fields": (tuple(f"a_{part}" for part in WEIGHTS), "a_rules"),
        },
    ),
    (
        _("Arm B: the change"),
        {
            "description": _("Leave the weights empty for those that hold today."),
            "fields": (tuple(f"b_{part}" for part in WEIGHTS), "b_rules"),
        },
    ),
    (_("How large"), {"fields": ("clicks_today", "least_change")}),
)
