"""What can be nothing else than the target of a link."""

ENDINGS = (
    "avif|bib|csv|docx?|epub|gif|html?|ipynb|jpe?g|json|md|mp[34]|od[spt]|pdf|png|pptx?|py|rst"
    "|svg|toml|tsv|txt|webp|xlsx?|xml|ya?ml|zip"
)
_FILE = rf"(?:[\w.~%+-]*/)*[\w.~%+-]*[\w~%+-]\.(?:{ENDINGS})(?![\w])(?:#[\w.:-]*)?"
ADDRESS = (
    r"(?:(?:https?|ftps?|mailto|file|data|javascript|tel|doi|project|path|inv):[^\s<>\[\]{}()]+"
    rf"|www\.[^\s<>\[\]{{}}()]+|{_FILE}|\#[A-Za-z][\w.:-]*)"
)
