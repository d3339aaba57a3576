"""Reads what a page becomes on paper."""

from io import BytesIO

from playwright.sync_api import Page
from pypdf import PdfReader


def sheets(page: Page) -> list[str]:
    """The text of each sheet, with single spaces."""
    reader = PdfReader(BytesIO(page.pdf(format="A4")))
    return [" ".join(sheet.extract_text().split()) for sheet in reader.pages]
