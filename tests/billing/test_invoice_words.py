"""What an invoice says, in both languages, and its PDF with the letters of Korean in it."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.utils.translation import override

from billing.invoice_pdf import invoice_pdf
from billing.invoice_states import credit_give
from billing.invoice_words import lines_of, period_of, state_word
from billing.invoicing import invoice_for_period
from billing.models import Invoice
from tests.billing.paying import END, START, beyond, paying_mall
from tests.factories import make_shop, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def invoice() -> Invoice:
    mall = paying_mall()
    make_shop(mall, slug="namu")
    beyond(mall, 12_345)
    credit_give(mall=mall, amount=1_000, currency="KRW", reason="미안해요", by=None)
    made = invoice_for_period(mall=mall, start=START, end=END, at=START)
    assert made is not None
    return made


def letters(pdf: bytes) -> set[str]:
    """Those that a reader can copy out: the fonts' tables of what each glyph means."""
    found: set[str] = set()
    for table in re.findall(rb"beginbfchar(.*?)endbfchar", pdf, re.DOTALL):
        codes = re.findall(rb"<[0-9A-Fa-f]+> <([0-9A-Fa-f]{4})>", table)
        found |= {chr(int(code, 16)) for code in codes}
    return found


def test_each_line_says_what_it_is_for(invoice: Invoice) -> None:
    with override("en"):
        plan, use, credit = lines_of(invoice)
        assert (plan.text, plan.amount) == ("Plan Starter, a month", "₩49,000")
        assert use.text == "Searches answered in October 2026"
        assert (use.quantity, use.price, use.amount) == ("12,345", "₩600 for 1,000", "₩7,407")
        assert (credit.text, credit.detail, credit.amount) == ("Credit", "미안해요", "−₩1,000")
        assert period_of(START, END) == "Nov. 1, 2026 – Nov. 30, 2026"
        assert state_word(invoice) == ("Late" if invoice.is_late else "To be paid")
    with override("ko"):
        assert lines_of(invoice)[0].text == "Starter 요금제, 1개월"
        assert lines_of(invoice)[1].text == "2026년 10월 검색"


def test_the_pdf_is_the_same_each_time_and_holds_the_letters_of_korean(invoice: Invoice) -> None:
    made = invoice_pdf(invoice)
    assert made.startswith(b"%PDF-")
    assert made == invoice_pdf(invoice)
    assert made != invoice_pdf(invoice, language="en")
    # As few letters as it needs are embedded: the fonts have 2.7 MB each.
    assert len(made) < 100_000
    assert set("주식회사나무서울특별시청구₩−") <= letters(made)
    assert set("Invoice") <= letters(invoice_pdf(invoice, language="en"))


def test_a_long_invoice_goes_on_on_the_next_page(invoice: Invoice) -> None:
    invoice.bill_to = invoice.bill_to | {"address": "서울특별시 성동구 왕십리로 " * 300}
    assert invoice_pdf(invoice).count(b"/Type /Page\n") > 1


def test_owners_hear_of_an_invoice_where_nobody_is_named(
    django_capture_on_commit_callbacks: object,
) -> None:
    mall = paying_mall(bill_email="")
    make_shop(mall, slug="namu-two", language="ko")
    make_user("owner", mall=mall, email="owner@namu.example")
    make_user("viewer", mall=mall)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        invoice_for_period(mall=mall, start=START, end=END, at=START)
        invoice_for_period(mall=mall, start=START, end=END, at=START + timedelta(days=1))
    assert [letter.to for letter in mail.outbox] == [["owner@namu.example"]]
    assert mail.outbox[0].subject == "청구서 LU-2026-000001: ₩53,900"
    assert "/admin/namu-two/billing/invoices/LU-2026-000001/" in mail.outbox[0].body
