"""A hostile or damaged .docx gives one clear error, within bounds, and nothing is fetched."""

import io
import struct
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from sphinx_evidence.word import archive as reading
from sphinx_evidence.word.archive import WordError, open_word, opened
from sphinx_evidence.word.reading import read_word
from tests.word.making import NAMESPACES, archive, docx, paragraph

SOUND = docx("Clouds are counted.")


def changed(**parts: bytes) -> bytes:
    """A sound document with other parts; those of an empty name are gone."""
    with zipfile.ZipFile(io.BytesIO(SOUND)) as zipped:
        files = {name: zipped.read(name) for name in zipped.namelist()}
    for name, content in parts.items():
        path = {"document": "word/document.xml", "types": "[Content_Types].xml"}.get(name, name)
        files[path] = content
    return archive({name: content for name, content in files.items() if content})


def document(body: str, before: str = "") -> bytes:
    return changed(document=f"{before}<w:document {NAMESPACES}>{body}</w:document>".encode())


def flagged(data: bytes) -> bytes:
    """Every member said to be locked."""
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        parts = data.split(mark)
        data = mark.join([parts[0], *(p[: at - 4] + b"\x01" + p[at - 3 :] for p in parts[1:])])
    return data


def longer_than_said() -> bytes:
    """A member whose header says that it is one byte long."""
    data = bytearray(docx("a" * 5000))
    with zipfile.ZipFile(io.BytesIO(data)) as zipped:
        member = zipped.getinfo("word/document.xml")
    central = data.rindex(b"word/document.xml") - 46
    for at in (member.header_offset + 22, central + 24):
        data[at : at + 4] = struct.pack("<I", 1)
    return bytes(data)


def nested(depth: int) -> str:
    return "<w:body>" + "<w:sdt><w:sdtContent>" * depth + "</w:sdtContent></w:sdt>" * depth


ENTITY = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
LAUGHS = '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "nothing": (lambda: b"", "it is damaged"),
    "another archive": (lambda: archive({"a.txt": b"a"}), "it is damaged"),
    "half of it": (lambda: SOUND[: len(SOUND) // 2], "it is damaged"),
    "a flipped byte": (lambda: SOUND.replace(b"\xed", b"\xee"), "it is damaged"),
    "Word 97": (lambda: b"\xd0\xcf\x11\xe0" + b"\0" * 600, "it is of Word before 2007"),
    "a password": (lambda: flagged(SOUND), "it is locked with a password"),
    "untrue size": (longer_than_said, "it is damaged"),
    "external entity": (lambda: document("<w:body>&x;</w:body>", ENTITY), "declares entities"),
    "a billion laughs": (lambda: document("<w:body>&b;</w:body>", LAUGHS), "declares entities"),
    "UTF-16": (lambda: changed(document="<a/>".encode("utf-16")), "is not in UTF-8"),
    "no XML": (lambda: changed(document=b"<w:document"), "it is damaged"),
    "no document": (lambda: changed(document=b""), "it is damaged"),
    "no text": (lambda: document(""), "there is no text in it"),
    "too deep": (lambda: document(nested(5000) + "</w:body>"), "it is damaged"),
    "an absolute path": (lambda: changed(**{"/etc/passwd": b"a"}), "the name of another place"),
    "a path upwards": (lambda: changed(**{"word/../../a": b"a"}), "the name of another place"),
    "macros": (lambda: changed(**{"word/vbaProject.bin": b"a"}), "there are macros in it"),
    "a template": (
        lambda: changed(types=b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/'
                              b'content-types"/>'),
        "it is damaged",
    ),
    "a million paragraphs": (
        lambda: document(f"<w:body>{'<w:p><w:r><w:t>a</w:t></w:r></w:p>' * 1_000_000}</w:body>"),
        "there is too much in it",
    ),
    "many attributes": (
        lambda: document(f"<w:body>{'<a b=a/>' * 2_500_000}</w:body>"), "there is too much in it"
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", HOSTILE)
def test_one_clear_error(case: str) -> None:
    make, message = HOSTILE[case]
    with pytest.raises(WordError, match=message) as error:
        opened(make())
    assert str(error.value).endswith(("that.", "parts."))  # what to do


def test_a_bomb_is_unpacked_no_further_than_the_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "LARGEST", 2**22)
    bomb = changed(**{f"word/media/{n}.png": b"\0" * 2**21 for n in range(30)})
    tracemalloc.start()
    with pytest.raises(WordError, match="what is in it is larger than 4 MB"):
        opened(bomb)
    assert tracemalloc.get_traced_memory()[1] < 2**24
    tracemalloc.stop()


def test_a_file_that_is_too_large_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "LARGEST", 100)
    path = tmp_path / "paper.docx"
    path.write_bytes(SOUND)
    with pytest.raises(WordError, match="it is larger than"):
        open_word(path)


def test_an_archive_of_many_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "PARTS", 3)
    with pytest.raises(WordError, match="an archive of more than 3 files"):
        opened(SOUND)


def test_a_name_twice() -> None:
    packed = io.BytesIO(SOUND)
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(packed, "a") as zipped:
        zipped.writestr("word/document.xml", b"<a/>")
    with pytest.raises(WordError, match="the name of another place"):
        opened(packed.getvalue())


def test_what_is_linked_is_not_fetched() -> None:
    """No test may open a connection; a file that is linked is not opened, either."""
    links = {"image1": "file:///etc/passwd", "link1": "file:///etc/passwd"}
    data = docx("a", paragraph('<w:hyperlink r:id="link1"><w:r><w:t>b</w:t></w:r></w:hyperlink>'),
                links=links)  # fmt: skip
    found = read_word(opened(data))
    assert [one.text for one in found.paragraphs] == ["a", "b"]


def test_deep_but_sound_is_read() -> None:
    deep = f"{nested(60)}".replace("</w:sdtContent>", "<w:p/></w:sdtContent>", 1)
    data = document(f"{deep}<w:p><w:r><w:t>end</w:t></w:r></w:p></w:body>")
    assert [one.text for one in read_word(opened(data)).paragraphs] == ["end"]
