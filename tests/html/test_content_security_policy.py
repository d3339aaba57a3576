"""The policy in each page, and what the page no longer holds itself."""

import re

import pytest

from tests.projects import Project

POLICY = "default-src 'none'; script-src 'self'; style-src 'self'"
CONF = f"""\
evidence_content_security_policy = "{POLICY}"
evidence_rules = {{}}
templates_path = ["templates"]
"""
TABLE = "# Sample\n\n```{list-table}\n:widths: 30 70\n* - A\n  - B\n```\n"
FRAME = '{{%- extends "!page.html" -%}}{{%- block body -%}}{}{{{{ super() }}}}{{%- endblock -%}}\n'
DATA = '<script type="application/json">{"a": 1}</script>'


@pytest.fixture
def framed(project: Project) -> Project:
    """A project with a policy, a script and a style of its own, and a page in a folder."""
    project.append("conf.py", CONF)
    own = f"<script>let a = 1 < 2;</script><style>b {{ color: red }}</style>{DATA}"
    project.write("templates/page.html", FRAME.format(own))
    project.write("docs/index.md", f"{TABLE}\n```{{toctree}}\nbelow/page\n```\n")
    project.write("docs/below/page.md", "# Page\n")
    return project


@pytest.mark.parametrize("theme", ["alabaster", "furo"])
def test_nothing_inline_is_left_and_every_file_is_there(framed: Project, theme: str) -> None:
    framed.append("conf.py", f"html_theme = '{theme}'\n")
    built = framed.build("html")
    assert built.status == 0, built.text
    for name in ("index", "below/page", "search"):
        path = built.out / f"{name}.html"
        text = path.read_text("utf-8")
        assert f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">' in text
        assert not re.findall(r"<style|\sstyle=|<script(?![^>]*\s(?:src=|type=.application))", text)
        if name == "search":  # which is framed by another template
            continue
        assert DATA in text
        files = re.findall(r'(?:href|src)="([^"]*_static/inline/[^"]*)"', text)
        held = [(path.parent / file).read_text("utf-8") for file in files]
        assert "let a = 1 < 2;" in held
        assert "b { color: red }" in held
    text = (built.out / "index.html").read_text("utf-8")
    assert 'data-style="width: 30.0%"' in text
    written = "".join(path.read_text("utf-8") for path in built.out.glob("_static/inline/*.css"))
    assert '[data-style="width: 30.0%"] { width: 30.0% }' in written


def test_what_did_not_change_is_not_written_again(framed: Project) -> None:
    built = framed.build("html")
    before = (built.out / "below" / "page.html").stat().st_mtime_ns
    framed.append("docs/index.md", "\nWords.\n")
    built = framed.build("html")
    assert "Words." in (built.out / "index.html").read_text("utf-8")
    assert (built.out / "below" / "page.html").stat().st_mtime_ns == before
    assert (built.out / "below" / "page.html").read_text("utf-8").count("Content-Security") == 1


def test_a_handler_in_a_theme_is_told(framed: Project) -> None:
    framed.write("templates/page.html", FRAME.format('<button onclick="a()">A</button>'))
    built = framed.build("html")
    assert built.status == 1
    assert 'page.html: the theme writes "onclick=" into its pages' in built.text
    assert "Traceback" not in built.text
    assert not (built.out / "index.html").exists()


def test_without_a_policy_pages_are_as_the_theme_makes_them(project: Project) -> None:
    built = project.build("html")
    assert "Content-Security-Policy" not in (built.out / "index.html").read_text("utf-8")
    assert not (built.out / "_static" / "inline").exists()


@pytest.mark.parametrize("renderer", ["mathml", "mathjax"])
def test_formulas_need_a_script_only_with_mathjax(project: Project, renderer: str) -> None:
    project.append("conf.py", f"html_math_renderer = '{renderer}'\n")
    project.append("conf.py", "myst_enable_extensions = ['dollarmath']\n")
    project.write("docs/index.md", "# Sample\n\nSo $x < 1$, by {eq}`one`:\n\n$$\ny^2\n$$ (one)\n")
    built = project.build("html")
    assert built.status == 0, built.text
    text = (built.out / "index.html").read_text("utf-8")
    assert text.count("<math ") == (2 if renderer == "mathml" else 0)
    assert ("https://" in text.partition("</head>")[0]) == (renderer == "mathjax")
    assert 'href="#equation-one"' in text


def test_formulas_that_cannot_be_read_are_told(project: Project) -> None:
    project.append("conf.py", "html_math_renderer = 'mathml'\n")
    project.write("docs/index.md", "# Sample\n\n{math}`\\nothing{x}`\n\n{math}`\\none`\n")
    built = project.build("html")
    assert built.status == 1
    told = r"docs/index\.md:(\d): the formula .* cannot be read: Unknown LaTeX"
    assert re.findall(told, built.text) == ["3", "5"]
    assert "Traceback" not in built.text
