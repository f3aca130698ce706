"""An invoice as PDF: the same bytes each time, with the letters of Korean in it.

Pretendard (billing/fonts, SIL Open Font License) has every Hangul syllable; only the letters that
an invoice uses are embedded. A Chinese character shows as an empty box.
"""

from pathlib import Path

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext, override
from fpdf import FPDF
from fpdf.enums import Align, TableBordersLayout, XPos, YPos
from fpdf.fonts import FontFace

from billing.invoice_words import lines_of, period_of, state_word, tax_word
from billing.models_invoices import Invoice
from billing.money import shown

FONTS = Path(__file__).parent / "fonts"
INK, SOFT, LINE = (23, 22, 20), (92, 89, 83), (228, 226, 222)
TEXT, SMALL, TITLE = 10, 8.5, 22
MARGIN = 20
PAPER = 210
"""Width of A4, in millimetres as all lengths here."""
WIDTH = PAPER - 2 * MARGIN
HALF = WIDTH / 2
ROW = 5
COLUMNS = (84, 24, 34, 28)


def invoice_pdf(invoice: Invoice, *, language: str = "") -> bytes:
    """A4, in `language` or the invoice's own."""
    with override(language or invoice.language):
        paper = _Paper(invoice)
        paper.heading()
        paper.people()
        paper.lines()
        paper.sums()
        paper.how_to_pay()
        return bytes(paper.output())


class _Paper(FPDF):
    def __init__(self, invoice: Invoice) -> None:
        super().__init__(format="A4")
        self.invoice = invoice
        self.add_font("Pretendard", "", FONTS / "Pretendard-Regular.ttf")
        self.add_font("Pretendard", "B", FONTS / "Pretendard-Bold.ttf")
        self.set_margin(MARGIN)
        self.set_auto_page_break(True, MARGIN)
        self.set_title(f"{gettext('Invoice')} {invoice}")
        self.set_creation_date(localtime(invoice.issued_at or invoice.created_at))
        self.add_page()

    def footer(self) -> None:
        self.set_y(-MARGIN / 2 - ROW)
        self._words(
            f"{self.invoice} · {self.page_no()}/{{nb}}", size=SMALL, ink=SOFT, align=Align.R
        )

    def heading(self) -> None:
        self._words(gettext("Invoice"), size=TITLE, bold=True, height=12)
        self._words(f"{self.invoice} · {state_word(self.invoice)}", ink=SOFT)
        self.ln(ROW)

    def people(self) -> None:
        """Who bills and who is billed, side by side; below them the dates."""
        invoice, top = self.invoice, self.get_y()
        self._person(gettext("Billed by"), invoice.seller, MARGIN, top)
        below = self.get_y()
        self._person(gettext("Bill to"), invoice.bill_to, MARGIN + HALF, top)
        self.set_xy(MARGIN, max(below, self.get_y()) + ROW)
        for label, value in self._dates():
            self.set_x(MARGIN)
            self._words(f"{label}: {value}")
        self.ln(ROW)

    def lines(self) -> None:
        self._font(SMALL)
        self.set_draw_color(*LINE)
        titles = FontFace(emphasis="BOLD", color=SOFT)
        right = (Align.L, Align.R, Align.R, Align.R)
        with self.table(
            borders_layout=TableBordersLayout.HORIZONTAL_LINES,
            col_widths=COLUMNS,
            headings_style=titles,
            line_height=ROW,
            padding=(1.5, 1),
            text_align=right,
        ) as table:
            table.row(
                (gettext("What"), gettext("Quantity"), gettext("Price"), gettext("Amount")),
            )
            for line in lines_of(self.invoice):
                text = f"{line.text}\n{line.detail}" if line.detail else line.text
                table.row((text, line.quantity, line.price, line.amount))

    def sums(self) -> None:
        invoice = self.invoice
        self.ln(ROW / 2)
        for label, amount, bold in (
            (gettext("Sum without tax"), invoice.subtotal, False),
            (tax_word(invoice), invoice.tax, False),
            (gettext("Total"), invoice.total, True),
        ):
            self.set_x(MARGIN + HALF)
            self._font(TEXT, bold=bold)
            self.cell(HALF / 2, ROW + 1, label)
            self.cell(
                HALF / 2,
                ROW + 1,
                shown(amount, invoice.currency),
                align=Align.R,
                new_x=XPos.LMARGIN,
                new_y=YPos.NEXT,
            )

    def how_to_pay(self) -> None:
        pay_to = self.invoice.seller.get("pay_to", "")
        if self.invoice.state == Invoice.State.OPEN and pay_to:
            self.ln(ROW)
            self._words(gettext("How to pay"), bold=True)
            self._words(pay_to)
            self._words(gettext("Please name the invoice's number."), ink=SOFT)

    def _dates(self) -> list[tuple[str, str]]:
        invoice = self.invoice
        found = [(gettext("Period"), period_of(invoice.period_start, invoice.period_end))]
        if invoice.issued_at:
            found.append((gettext("Issued on"), _day(invoice.issued_at)))
        if invoice.due_at and invoice.state == Invoice.State.OPEN:
            found.append((gettext("To be paid by"), _day(invoice.due_at)))
        return found

    def _person(self, title: str, person: dict[str, str], x: float, y: float) -> None:
        self.set_xy(x, y)
        tax_number = person.get("tax_number", "")
        number = f"{gettext('Tax number')} {tax_number}" if tax_number else ""
        for text, bold in (
            (title, True),
            (person.get("name", ""), False),
            (person.get("address", ""), False),
            (number, False),
            (person.get("email", ""), False),
        ):
            if text:
                self.set_x(x)
                self._words(text, bold=bold, width=HALF - ROW)

    def _words(
        self,
        text: str,
        *,
        size: float = TEXT,
        bold: bool = False,
        ink: tuple[int, int, int] = INK,
        width: float = WIDTH,
        height: float = ROW,
        align: Align = Align.L,
    ) -> None:
        self._font(size, bold=bold, ink=ink)
        self.multi_cell(width, height, text, align=align, new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def _font(self, size: float, *, bold: bool = False, ink: tuple[int, int, int] = INK) -> None:
        self.set_font("Pretendard", "B" if bold else "", size)
        self.set_text_color(*ink)


def _day(moment: object) -> str:
    return date_format(localtime(moment), "DATE_FORMAT")  # type: ignore[arg-type]  # a datetime
