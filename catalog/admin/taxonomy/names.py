"""What a value of the taxonomy is called, as a form asks for it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.services.taxonomy_checks import MOST_CHARACTERS


class NamesForm(forms.Form):
    """Names and synonyms of a value. What is wrong with them the service says."""

    en = forms.CharField(label=_("Name in English"), max_length=MOST_CHARACTERS, required=False)
    ko = forms.CharField(label=_("Name in Korean"), max_length=MOST_CHARACTERS, required=False)
    synonyms_en = forms.CharField(
        label=_("Synonyms in English"), required=False, help_text=_("With commas between them.")
    )
    synonyms_ko = forms.CharField(
        label=_("Synonyms in Korean"), required=False, help_text=_("With commas between them.")
    )
