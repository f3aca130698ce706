from django import template

from billing.money import shown

register = template.Library()
register.filter("money", shown)
