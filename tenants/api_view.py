"""What the views of a shop's own server have in common: a secret key, and a language."""

from typing import Any

from rest_framework.request import Request
from rest_framework.views import APIView

from tenants.auth import shop_of
from tenants.models import ApiKey, Shop
from tenants.problems import speak


class SecretView(APIView):
    """For secret keys only. `self.shop` is the key's, `self.lang` the language of the reply."""

    allowed_kinds = (ApiKey.Kind.SECRET,)
    shop: Shop
    lang: str

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        self.shop = shop_of(request)
        self.lang = speak(request, fallback=self.shop.language)
