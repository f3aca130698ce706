"""The XML parser for files of strangers, in one place."""

from defusedxml.common import (  # type: ignore[import-untyped]
    DefusedXmlException,
    DTDForbidden,
)
from defusedxml.ElementTree import DefusedXMLParser  # type: ignore[import-untyped]

__all__ = ["DTDForbidden", "DefusedXMLParser", "DefusedXmlException"]
