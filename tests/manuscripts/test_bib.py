"""Entries of many forms become the right fields, or none, and no field holds that of another."""

import tomllib
from pathlib import Path

import pytest

from sphinx_evidence.bibliography.reader import read as read_bib
from sphinx_evidence.bibliography.rules import check_entries
from sphinx_evidence.manuscripts.bib import to_bib
from sphinx_evidence.manuscripts.entry import parse

ENTRIES = tomllib.loads((Path(__file__).parent / "entries.toml").read_text("utf-8"))["entry"]


def written(printed: str) -> str:
    return to_bib([parse(printed, line=1, end_line=1, start=0)])


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry["printed"][:60])
def test_fields(entry: dict[str, str]) -> None:
    text = written(entry["printed"])
    bibliography = read_bib(text, "x.bib")
    assert bibliography.findings == []
    (found,) = bibliography.entries.values()
    fields = {name: field.value for name, field in found.fields.items()}
    remark = text.partition("belongs: ")[2].partition("\n")[0]
    assert {"type": found.type, **fields, **({"unread": remark} if remark else {})} == {
        name: value for name, value in entry.items() if name != "printed"
    }


def test_what_is_written_has_no_error() -> None:
    listed = [parse(e["printed"], line=1, end_line=1, start=0) for e in ENTRIES]
    rules = {
        signed: {f.rule for f in check_entries(read_bib(to_bib(works), "x.bib"))}
        for signed in (True, False)
        if (works := [entry for entry in listed if bool(entry.names) is signed])
    }
    assert rules[True] == {"bib-recommended", "bib-accessed"}  # of what the entries do not say
    assert rules[False] == {"bib-needed"}  # of a work that has no author


def test_where_a_title_ends_is_left_open_if_it_is_not_certain() -> None:
    text = written("Alpha, A. (2001) Rain and other drops of the sky 12(3), 4-9.")
    assert "journal" not in text
    assert "volume" not in text
    assert "4-9" in text
    assert "12(3)" in text


def test_an_entry_without_a_title_is_kept_as_it_is() -> None:
    printed = "S Core Team S: A Language for Skies, Smalltown: Foundation 2025."
    text = written(printed)
    assert f"belongs: {printed}" in text
    assert "author" not in text
    assert "@misc{scoreteamsa" in text


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Rain and Snow agency of the northern council", "rainandsnowagencyof2001"),
        ("World Rain Organization", "wro2001"),
        ("RAIN 2019 Collaborators", "raincollaborators2001"),
        ("Supercalifragilisticexpialidocious", "supercalifragilistic2001"),
    ],
)
def test_keys_of_long_names(name: str, key: str) -> None:
    assert list(read_bib(written(f"{name} (2001). *Rain*. Press."), "x").entries) == [key]
