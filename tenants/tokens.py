"""How a key of the API is spelled: its kind, chance, and six letters that check the rest.

`sk_` + 32 letters and digits (190 bits) + 6 of the CRC-32 of all before them, as GitHub's tokens: a
key that was cut short or mistyped is told without asking the database, and whoever looks through
a repository for keys (`PATTERN`) finds no other word.
"""

import re
import secrets
import string
import zlib

LETTERS = string.digits + string.ascii_letters
CHANCE, CHECK = 32, 6
PATTERN = re.compile(r"\b(?:pk|sk|mk)_[0-9A-Za-z]{38}\b")


def token_new(kind: str) -> str:
    body = f"{kind}_{''.join(secrets.choice(LETTERS) for _ in range(CHANCE))}"
    return body + check_of(body)


def is_mistyped(token: str) -> bool:
    """Whether it is spelled as a key and its check is another's. Older keys have none."""
    return bool(PATTERN.fullmatch(token)) and check_of(token[:-CHECK]) != token[-CHECK:]


def check_of(body: str) -> str:
    number, letters = zlib.crc32(body.encode("ascii")), ""
    for _ in range(CHECK):
        number, digit = divmod(number, len(LETTERS))
        letters = LETTERS[digit] + letters
    return letters
