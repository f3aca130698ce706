"""`{{ problem.message|in_words:problem.code }}`: what is wrong, in the reader's language."""

from django import template

from catalog.admin.fault_words import fault_words

register = template.Library()


@register.filter
def in_words(message: str, code: str = "") -> str:
    return fault_words(code, message)
