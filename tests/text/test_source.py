"""The place of words in a source, whatever markup stands between them."""

from sphinx_evidence.text.source import Source, words_of

TEXT = "# Title\r\n\r\nAs *Leamy*\r\net al. (2011) say; Leamy et al. (2011).\n"
TEXT += "[Slade](https://x.org/a) (2009)"


def found(words: str, *, line: int = 1, after: int = 0) -> tuple[int, int] | None:
    source = Source(TEXT)
    span = source.find_words(words_of(words), line=line, after=after)
    return source.position(span[0]) if span else None


def test_words_over_a_line_break_and_emphasis() -> None:
    assert found("Leamy et al. (2011)") == (3, 5)


def test_second_place() -> None:
    assert found("Leamy et al. (2011)", after=24) == (4, 20)


def test_address_of_a_link_between_the_words() -> None:
    assert found("Slade (2009)") == (5, 2)


def test_wrong_line_and_missing_words() -> None:
    assert found("Title", line=99) == (1, 3)
    assert found("Nobody") is None
