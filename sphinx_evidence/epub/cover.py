"""The cover, made from words alone."""

from pathlib import Path

HERE = Path(__file__).parent
FONTS = HERE.parent / "pdf" / "fonts"


def cover(title: str, author: str, subtitle: str) -> bytes:
    """Return a PNG picture, 1000 by 1600 pixels, the same for the same words."""
    import typst  # noqa: PLC0415  # needs the extra

    picture = typst.compile(
        HERE / "cover.typ", format="png", ppi=72, font_paths=[FONTS], ignore_system_fonts=True,
        sys_inputs={"title": title, "author": author, "subtitle": subtitle},
    )  # fmt: skip
    return bytes(picture)
