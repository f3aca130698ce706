"""Client of the LookUs API. Guide: docs/clients.md.

`Lookus` is for everyday work; every call of the API, as generated from its OpenAPI document, stands
in `lookus_client.generated.api` and takes `Lookus.api` as its `client`.
"""

from lookus_client.errors import LookusError
from lookus_client.lookus import Lookus

__all__ = ["Lookus", "LookusError"]
