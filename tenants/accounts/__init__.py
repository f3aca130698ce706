"""People's accounts: what we tell django-allauth, and the pages before a shop."""
