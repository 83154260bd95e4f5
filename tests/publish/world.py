"""A small community in which everybody who can be hostile is, and its figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from crmtool.model.community import Community, Record
from crmtool.model.config import Config, Source, Tags
from crmtool.model.figures import (
    Companion,
    Figure,
    Glance,
    Moment,
    Month,
    PersonFigures,
    Report,
    Share,
)
from crmtool.model.records import Audience, Note, Person, Task
from crmtool.model.view import View
from crmtool.privacy.redact import redact
from crmtool.publish.site import BuildStamp, SiteSummary

TODAY = date(2026, 11, 22)
STAMP = BuildStamp("0123456789ab", TODAY)
RUN = "window.pwned=1;alert(1)"
HOSTILE = {
    "img": f"<img src=x onerror={RUN}>",
    "script": f"</script><script>{RUN}</script>",
    "comment": f"<!--<script>{RUN}</script>",
    "template": "{{ 7*7 }}{% raw %}${7*7}",
    "link": f"[x](javascript:{RUN})",
    "attribute": f"\"' onmouseover={RUN} autofocus onfocus={RUN} x=",
    "bidi": "evil\u202egnp.exe \u2066x",
    "terminal": "\x1b[31mred\x07",
    "entity": f"&lt;script&gt;{RUN}&lt;/script&gt; &amp;amp;",
    "endless": "ж" * 199,
    "wide": "W" * 199,
    "arabic": "محمد بن موسى الخوارزمي",
    "separator": "a\u2028b\u2029c",
}
BODY = f"""# Heading

<script>{RUN}</script> <img src=x onerror="{RUN}"> <svg onload="{RUN}">

![pixel](https://tracker.example/p.png) [js](javascript:{RUN}) [up](../../../etc/passwd)
[data](data:text/html,<script>{RUN}</script>) <javascript:{RUN}> [fine](https://example.org/a?b=1)
[titled](https://example.org "<img src=x onerror={RUN}>")

[[grace]] and [[2026-11-01-first-talk]] and [[nobody-at-all]]

- [ ] to do
- [x] done

| a | b |
|---|---|
| 1 | {"x" * 300} |

```
{"code " * 80}
```
"""


def _person(slug: str, body: str = "", **data: Any) -> Record[Person]:
    name = data.pop("name", slug.title())
    # Past the loader on purpose: what a newer or a broken loader lets through must be inert too.
    return Record(f"people/{slug}.md", Person.model_construct(**{"name": name, **data}), body)


def _affiliations(*slugs: str) -> list[Any]:
    whole = Person.model_validate(
        {"name": "x", "affiliations": [{"organisation": s, "role": "Engineer"} for s in slugs]}
    )
    return whole.affiliations


def make_people() -> dict[str, Record[Person]]:
    """One person a hostile name, a normal one, one of each other kind."""
    people = [
        _person(
            "grace",
            BODY,
            name="Grace Hopper",
            pronouns="she/her",
            identities=["github:grace", "forum.example.org:grace", "odd:<b>x</b>"],
            links=["https://grace.example.org", f'https://example.org/"onmouseover="{RUN}'],
            tags=["speaker", "expert/compilers"],
            owner="ada",
            watchers=["ada"],
            location=HOSTILE["img"],
            timezone="America/New_York",
            languages=["cobol"],
            affiliations=_affiliations("navy"),
            fields={"tshirt": HOSTILE["script"]},
        ),
        _person("ada", name="Ada Lovelace", identities=["github:ada"], staff=True),
        _person("index", name="Index", tags=["index"]),
        _person("navy", name=f"Navy {HOSTILE['img']}", kind="organisation", tags=["speaker"]),
        _person("bot", name="release-bot", kind="bot"),
        _person("secret", name="Secret Person", visibility=Audience.STEWARDS),
    ]
    people += [_person(f"h-{k}", BODY, name=v, tags=["speaker"]) for k, v in HOSTILE.items()]
    return {record.slug: record for record in people}


def make_notes() -> dict[str, Record[Note]]:
    notes = {}
    given: tuple[tuple[str, list[str], dict[str, Any]], ...] = (
        ("2026-11-01-first-talk", ["grace"], {"kind": "event", "roles": {"grace": "speaker"}}),
        ("2026-10-01-plan", ["grace", "ada"], {"kind": "usage", "metrics": {"machines": 16}}),
        ("2025-01-01-hostile", ["h-img"], {"channel": HOSTILE["img"]}),
    )
    for slug, about, data in given:
        found = {"date": slug[:10], "author": "ada", "about": about, "tags": ["speaker"], **data}
        body = BODY if "hostile" in slug else "We met. [[ada]] will write."
        notes[slug] = Record(f"notes/{slug}.md", Note.model_validate(found), body)
    return notes


def make_tasks() -> dict[str, Record[Task]]:
    tasks = {}
    given: dict[str, dict[str, Any]] = {
        "late": {"title": "Send a shirt", "due": "2026-11-20", "from_note": "2026-10-01-plan"},
        "soon": {"title": "Say hello", "due": "2026-11-23", "status": "doing", "assignee": "ada"},
        "gone": {"title": "Old one", "status": "done", "due": "2026-01-01"},
        "hostile": {"title": HOSTILE["img"], "tags": ["speaker"], "repeat": "FREQ=WEEKLY"},
    }
    for slug, data in given.items():
        found = Task.model_validate({"about": ["grace"], **data})
        tasks[slug] = Record(f"tasks/{slug}.md", found, BODY if slug == "hostile" else "")
    return tasks


def make_community() -> Community:
    config = {
        "community": {"name": f"Example {HOSTILE['img']}"},
        "team": ["ada"],
        "subprojects": {"server": {"title": f"Server {HOSTILE['script']}", "sources": ["git"]}},
        "fields": {"tshirt": {"type": "text", "purpose": "swag", "audience": "team"}},
    }
    tags = {
        "tags": {"speaker": {"about": HOSTILE["script"]}, "expert/compilers": {}},
        "keywords": {"talks": {"tag": "speaker", "words": ["talk", HOSTILE["img"]]}},
        "segments": {"quiet": {"title": HOSTILE["img"], "where": "true"}},
    }
    return Community(
        config=Config.model_validate(config),
        tags=Tags.model_validate(tags),
        people=make_people(),
        notes=make_notes(),
        tasks=make_tasks(),
        sources={
            "git": Source.model_validate({"type": "git", "target": "https://example.org/x"}),
            "forum": Source.model_validate(
                {"type": "discourse", "target": "https://forum.example.org"}
            ),
        },
    )


@dataclass
class FakeFigures:
    """Numbers with the methods of the engine, and the worst that a feed can say."""

    whole: list[str] = field(default_factory=lambda: ["2026-08", "2026-09", "2026-10", "2026-11"])

    def months(self) -> Sequence[str]:
        return self.whole

    def moments(self) -> tuple[Moment, ...]:
        at = "2026-11-20T10:00:00Z"
        named = [
            Moment(at, "forum", "reply", f"h-{k}", v * 50, "https://example.org/a", v)
            for k, v in HOSTILE.items()
        ]
        return (
            *named,
            Moment(at, "git", "commit", "grace", "bad link", f"javascript:{RUN}"),
            Moment(at, "git", "commit", "~1", "what secret did", "https://example.org/secret"),
            Moment(at, "git", "commit", "github:stranger", "hello"),
            Moment(at, "git", "commit", "git:0123456789abcdef", "hashed"),
            Moment("", "git", "unheard-of", "ada"),
        )

    def report(self, month: str, subproject: str | None = None) -> Report:
        share = Share("grace", 5, 2, 1, 3, 1)
        return Report(
            month,
            subproject,
            month < "2026-11",
            (
                Figure("people", "Active people", "people", "About <b>people</b>.", 12, 10, 6),
                Figure("first", "First response", "hours", "Median.", 100.0, 20.0, None),
                Figure("staff", "Staff share", "share", "Share.", 0.25, 0.5, 0.25),
                Figure("absence", "Absence factor", "people", "CHAOSS.", None, None, None),
            ),
            types=(Share("commit", 40, 0, 4, 30), Share("reply", 0, 9, 3, 9)),
            sources=(Share("git", 40, 0, 4), Share("forum", 0, 9, 3)),
            subprojects=() if subproject else (Share("server", 40, 0, 4),),
            organisations=(Share("navy", 5, 2, 1),),
            people=(share, *(Share(f"h-{k}", 1, 1, 1) for k in HOSTILE), Share("~1", 1, 0, 1)),
            newcomers=self.moments(),
        )

    def reports(self, months: Sequence[str], subproject: str | None = None) -> list[Report]:
        return [self.report(month, subproject) for month in months]

    def people(self) -> Mapping[str, PersonFigures]:
        found = {
            slug: PersonFigures(
                slug,
                "2026-08-01T00:00:00Z",
                "2026-11-20T10:00:00Z",
                12,
                3,
                (("2026-08", 6, 1), ("2026-11", 6, 2)),
                (("commit", 12), ("reply", 3)),
                (("git", 12), ("forum", 3)),
                (Companion("h-img", 3), Companion("h-script", 1)),
                self.moments(),
            )
            for slug in ("grace", *(f"h-{k}" for k in HOSTILE))
        }
        found["ada"] = PersonFigures("ada", "", "", 0, 0)
        return found

    def glance(self) -> Glance:
        months = tuple(Month(m, 10 + i, 5 + i, i, 40 * i, 20 * i) for i, m in enumerate(self.whole))
        shares = (Share("server", 40, 9, 5),)
        return Glance(TODAY, 20, 9, 8, 2, 3, months, self.moments(), shares, ("grace", "h-img"))


def make_view(audience: Audience = Audience.TEAM) -> View:
    return redact(make_community(), audience)


def make_workspace(root: Path, **files: str) -> Path:
    """A workspace's own site files; `docs__guide` stands for `site/docs/guide.md`."""
    (root / "site" / "docs").mkdir(parents=True)
    (root / "mkdocs.yml").write_text("site_name: Example\ntheme: {name: material}\n")
    for name, text in files.items():
        path = root / "site" / f"{name.replace('__', '/')}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return root


@dataclass(frozen=True)
class Built:
    root: Path
    out: Path
    summary: SiteSummary

    def read(self, path: str) -> str:
        return (self.out / path).read_text(encoding="utf-8")
