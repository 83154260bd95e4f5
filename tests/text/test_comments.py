from __future__ import annotations

import pytest

from crmtool.model.community import Comment
from crmtool.text.comments import comments


@pytest.mark.parametrize(
    ("line", "comment"),
    [
        ("# all of it", "all of it"),
        ("name: Ada  # said so herself", "said so herself"),
        ("name: C#", None),
        ("links: [https://ada.example.org/#about]", None),
        ('name: "Ada # Bob"', None),
        ('name: "Ada # Bob" # both', "both"),
        ("name: 'Ada # Bob'", None),
        ("name: Ada's # hers", "hers"),
        ("tags: ['a # b', c] # d", "d"),
        ("#", ""),
    ],
)
def test_a_comment_is_what_yaml_takes_for_one(line: str, comment: str | None) -> None:
    found = [c.text for c in comments("crm.yml", line.encode())]
    assert found == ([] if comment is None else [comment])


def test_a_record_s_comments_are_those_of_its_frontmatter() -> None:
    data = b"---\nname: Ada\nowner: grace # until May\n---\n# Heading\n"
    assert list(comments("people/ada.md", data)) == [Comment("people/ada.md", 3, 16, "until May")]


def test_broken_text_is_read_as_far_as_it_goes() -> None:
    assert [c.text for c in comments("people/ada.md", b"---\n\xff: # caf\xc3\xa9\n")] == ["café"]
    assert list(comments("crm.yml", b"")) == []


@pytest.mark.parametrize("line", ['"' + " # " * 6000, "\"'" * 10_000, "'" + " #'" * 6000])
def test_no_line_takes_long(line: str) -> None:
    assert len(list(comments("crm.yml", "\n".join([line] * 50).encode()))) in (0, 50)
