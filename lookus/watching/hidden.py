"""Secrets are taken out of what is logged. Imports nothing of Django: logging is set up first."""

import re

MASK = "…"

# A key of ours or of the payment provider: its kind and four letters stay, to tell two apart.
_KEY = re.compile(r"\b((?:pk|sk|mk|rk|whsec)_(?:live_|test_)?[\w+/-]{4})[\w+/=-]{8,}")
_HEADER = re.compile(
    r"((?i:authorization|cookie|set-cookie)['\"]?: *['\"]?(?:(?:Bearer|Basic|Token) +)?|\bBearer +)"
    r"(?!(?:pk|sk|mk)_)[^\s'\",]{6,}"
)
# scheme://user:password@host, as drivers of databases and brokers write it in their errors.
_ADDRESS = re.compile(r"(\b[a-z][a-z0-9+.-]*://[^\s:/@]*:)[^\s@]+@", re.IGNORECASE)
_NAMED = re.compile(
    r"\b(password|passwd|secret|secret_key|api_key|token|client_secret|sessionid|csrftoken"
    r"|__Host-lookus(?:-form)?)"
    r"(['\"]?\s*[=:]\s*['\"]?)[^\s'\"&,;]{4,}",
    re.IGNORECASE,
)
# Links that let whoever has them in.
_LINK = re.compile(r"(/(?:invitation|confirm-email|password/reset/key|mails/stop)/)[^/\s\"']+")


def without_secrets(text: str, known: tuple[str, ...] = ()) -> str:
    """`text` with keys, passwords in addresses, tokens of links and all of `known` masked."""
    for secret in known:
        text = text.replace(secret, MASK)
    text = _ADDRESS.sub(rf"\1{MASK}@", text)
    text = _KEY.sub(rf"\1{MASK}", text)
    text = _HEADER.sub(rf"\1{MASK}", text)
    text = _NAMED.sub(rf"\1\2{MASK}", text)
    return _LINK.sub(rf"\1{MASK}", text)
