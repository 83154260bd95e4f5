"""What reading a file can find, before any rule looks at what it says.

The reader itself stands in other rooms; here each of its codes is explained, as a rule explains
itself in its docstring.
"""

from __future__ import annotations

from typing import Final

from crmtool.model.finding import Severity

READING: Final[dict[str, tuple[Severity, str]]] = {
    "characters": (
        "error",
        """A file holds a character that cannot be seen.

        What: no control, zero-width, bidi-override, private-use or tag character, written out or
        as an escape (`"\\e"`). Joiners and direction marks that a script needs are fine.
        Why: it makes a line look like what it is not, and can take over a terminal.
        Bad: `name: "Ada\\u202e"`
        Good: `name: Ada`
        """,
    ),
    "conflict": (
        "error",
        """A file holds the markers of a merge that was not finished.

        What: no line begins with `<<<<<<<`, `|||||||` or `>>>>>>>`.
        Why: which of the two sides holds is for whoever merged to say.
        Bad: `<<<<<<< HEAD`
        Good: the lines of one side, or of both, without the markers
        """,
    ),
    "cursor": (
        "error",
        """A source's `cursor.json` cannot be read.

        What: it is one JSON object.
        Why: the next import would not know where to go on, and begins anew only when told to.
        Bad: `{"head": "ed4266`
        Good: `{"head": "ed42662063585b565853732348972790bf57c65c"}`
        """,
    ),
    "encoding": (
        "error",
        """A file is not UTF-8.

        What: every text of a workspace is UTF-8; a byte order mark does no harm.
        Why: in another encoding, `José` becomes `JosÃ©` for everybody else.
        Bad: a file that an editor saved as Windows-1252, Latin-1 or UTF-16
        Good: the same, saved as UTF-8
        """,
    ),
    "feed-conflict": (
        "error",
        """A source has two activities with one id that say different things.

        What: within a source, an id stands once.
        Why: a merge that keeps both sides of a feed brings back what was removed from it.
        Bad: `{"id": "7", "text": "call me"}` and `{"id": "7"}`
        Good: `{"id": "7"}`
        """,
    ),
    "feed-line": (
        "error",
        """A line of a feed cannot be read.

        What: each line of `activities/*.jsonl`, `profiles.jsonl`, `counts.jsonl` and
        `forgotten.jsonl` is one JSON object with the keys of its format and no others.
        Why: what such a line said is missing from every figure, and a key that is not of the
        format may hold what should not be kept.
        Bad: `{"id": "7", "type": "commit", "ip": "192.0.2.7"}`
        Good: `{"id": "7", "type": "commit"}`
        """,
    ),
    "feed-month": (
        "error",
        """An activity stands in the file of another month.

        What: in `activities/2026-11.jsonl` every `at` is of that month in UTC; what has no date is
        in `undated.jsonl`.
        Why: an import that mends it writes the right file, and would leave a copy here.
        Bad: `"at": "2026-10-31T23:59:59Z"` in `2026-11.jsonl`
        Good: the same in `2026-10.jsonl`
        """,
    ),
    "feed-order": (
        "warning",
        """The lines of a feed are not in order.

        What: activities are ordered by `at`, then `id`; profiles by identity.
        Why: an import puts them in order, and its commit would touch every line.
        Bad: a line of 12:00 before one of 11:00
        Good: the earlier one first; `crmtool fmt` does it
        """,
    ),
    "feed-torn": (
        "warning",
        """The last line of a feed was cut off.

        What: the last line is whole. A program that is stopped, or a full disk, leaves half of it.
        Why: that one activity is missing. All others count, and the next import mends the file.
        Bad: `{"actor": "github:ada", "at": "2026-11-0`
        Good: `{"actor": "github:ada", "at": "2026-11-01T10:00:00Z", …}`
        """,
    ),
    "feed-twice": (
        "info",
        """A line of a feed stands there twice.

        What: no two lines are the same. It is counted once.
        Why: it does no harm; two branches that imported the same were merged.
        Bad: `{"id": "7", …}` on two lines
        Good: on one; `crmtool fmt` removes the copy
        """,
    ),
    "feed-value": (
        "error",
        """A line of a feed says what cannot be.

        What: `type` is of the vocabulary (`crmtool explain activities`), an account is
        `network:handle`, `at` is RFC 3339 in UTC with whole seconds, a link is http or https, an id
        is not empty, and no count is negative.
        Why: it would count as nothing, for nobody, at no time.
        Bad: `{"actor": "Ada", "at": "yesterday", "type": "comit"}`
        Good: `{"actor": "github:ada", "at": "2026-11-01T10:00:00Z", "type": "commit"}`
        """,
    ),
    "file-kind": (
        "error",
        """A file of another kind lies among the records.

        What: `people/`, `notes/` and `tasks/` hold .md files, `sources/NAME/` its own files. What
        an editor or the system leaves there (`.DS_Store`) is a warning.
        Why: nothing reads it, so it is lost, or it is an export that should not be there.
        Bad: `people/export.zip`
        Good: `site/docs/logo.png`
        """,
    ),
    "file-size": (
        "error",
        """A file is too large to be read.

        What: a record has at most 1 MiB, the profiles of a source 128 MiB.
        Why: a page of it would take longer to make than all others together.
        Bad: a whole mail archive in the body of a note
        Good: a note of what was agreed, and a link
        """,
    ),
    "frontmatter": (
        "error",
        """A record does not begin with a block of keys.

        What: the first line is `---`, then come the keys, then `---` again, then the text.
        Why: without the second line nobody can tell the keys from the text.
        Bad: `---` and `name: Ada Lovelace`, and then the text
        Good: `---`, `name: Ada Lovelace`, `---`, and then the text
        """,
    ),
    "line-length": (
        "error",
        """A line is too long to be read.

        What: a line of a record has at most 20,000 characters.
        Why: neither people nor `git diff` can do anything with it.
        Bad: a picture as text in one line
        Good: several lines
        """,
    ),
    "not-a-file": (
        "error",
        """Where a file should be is a link, a pipe, or a repository of its own.

        What: the record folders hold ordinary files and folders. Links are not followed.
        Why: a link can lead out of the workspace, a pipe never ends, and what is in another
        repository is not in this one.
        Bad: `people/ada.md -> /etc/passwd`
        Good: an ordinary file
        """,
    ),
    "not-nfc": (
        "warning",
        """A text is spelled in an unusual form of Unicode.

        What: texts are in normal form C: `é` is one character, not `e` and an accent.
        Why: two names that look the same are not found as the same.
        Bad: a name typed on a system that takes letters and accents apart
        Good: the same after `crmtool fmt`
        """,
    ),
    "schema": (
        "error",
        """A value is not what its key asks for, or a key that must be there is missing.

        What: each key holds what `docs/formats.md` says: a date a date, a list a list.
        Why: it would be left out of every page and figure, or break them.
        Bad: `due: next week`
        Good: `due: 2026-12-01`
        """,
    ),
    "slug": (
        "error",
        """A record's file has a name that cannot be a slug.

        What: a-z, 0-9 and `-`, at most 64, and `.md`; no name that Windows keeps for itself.
        Why: the name is part of links and pages, and must be writable everywhere.
        Bad: `people/Ada Lovelace.md`
        Good: `people/ada-lovelace.md`
        """,
    ),
    "slug-twice": (
        "error",
        """Two records have one name.

        What: a slug is the name of one file, in whatever folder it lies.
        Why: a link to it would lead to one or the other.
        Bad: `people/ada.md` and `people/a/ada.md`
        Good: `people/ada.md` and `people/ada-lovelace.md`
        """,
    ),
    "unknown-key": (
        "error",
        """A key is not one of the format.

        What: a record has the keys of its kind and no others; what your community wants besides
        goes under `fields`.
        Why: a misspelt key would silently say nothing.
        Bad: `pronoun: she/her`
        Good: `pronouns: she/her`
        """,
    ),
    "unreadable": (
        "error",
        """A file cannot be opened.

        What: whoever runs crmtool may read every record.
        Why: what is in it counts for nothing until then.
        Bad: a file of another user, mode 600
        Good: a file that you may read
        """,
    ),
    "yaml-alias": (
        "error",
        """A value is written once and used elsewhere (`&`, `*`, `<<`).

        What: YAML's anchors, aliases and merge keys are not used.
        Why: nine lines of them can stand for billions of values.
        Bad: `owner: *somebody`
        Good: `owner: grace-hopper`
        """,
    ),
    "yaml-depth": (
        "error",
        """Lists or mappings are nested too deeply.

        What: at most 12 levels; no format needs more than 4.
        Why: readers of YAML crash on thousands.
        Bad: `[[[[[[[[[[[[[x]]]]]]]]]]]]]`
        Good: `[x]`
        """,
    ),
    "yaml-documents": (
        "error",
        """A block of keys ends before its end, or a second one begins.

        What: there is one document: no `---` within the block, no `...`.
        Why: what follows would be read by some programs and not by others.
        Bad: `...` on a line of its own
        Good: no such line
        """,
    ),
    "yaml-duplicate": (
        "error",
        """A key stands there twice.

        What: in one mapping each key stands once.
        Why: one of the two values would be lost without a word.
        Bad: `name: Ada` and `name: Ada Lovelace`
        Good: `name: Ada Lovelace`
        """,
    ),
    "yaml-key": (
        "error",
        """A key is written in a way that nobody expects.

        What: keys are plain words: `key: value`. No list and no mapping is a key, none is written
        with `?`, and a list holds no `key: value` without braces.
        Why: it is nearly always a slip, such as a blank after the `:` of an identity.
        Bad: `identities: [github: ada]`
        Good: `identities: [github:ada]`
        """,
    ),
    "yaml-size": (
        "error",
        """A block of keys is too large.

        What: at most 64 KiB and 5,000 keys and items.
        Why: what is that large belongs into the text, or into a feed.
        Bad: ten thousand links
        Good: the ten that matter
        """,
    ),
    "yaml-syntax": (
        "error",
        """The keys cannot be read as YAML.

        What: `key: value` lines; a value that begins with `@`, `#`, `[`, `{`, `*`, `&`, `!`, `|`,
        `>`, `%` or a quote, or that holds `: `, stands in quotes; lines are indented by blanks.
        Why: readers of YAML take such signs for something else.
        Bad: `role: Lead: Analytical Engine`
        Good: `role: "Lead: Analytical Engine"`
        """,
    ),
    "yaml-tag": (
        "error",
        """A value claims a type of its own (`!!python/object`).

        What: there are no YAML tags and no `%` directives.
        Why: some readers run a program because of it.
        Bad: `name: !!str Ada`
        Good: `name: Ada`
        """,
    ),
}
