"""The tasks of the example: October 2025 to June 2026."""

from __future__ import annotations

from benchmarks.example.shapes import Task, task

_OTTOLINE = "ottoline-brackwater"
_DOV = "dov-halpernik"
_INES = "ines-quintarola"
_KWABENA = "kwabena-asare-fio"
_ROSALIND = "rosalind-tveit"

EARLIER: list[Task] = [
    task(
        "2025-10-02-invoice-to-papier-et-pas",
        "Send the first invoice to Papier & Pas",
        "done",
        _ROSALIND,
        "- [x] with the first run, not before\n- [x] a sheet of that run in the envelope",
        due="2025-11-15",
        about=["papier-et-pas", "baptiste-corvenal"],
        from_note="2025-10-02-papier-et-pas-agreed",
    ),
    task(
        "2025-11-03-something-real-for-emeka",
        "Find a real first change for Emeka",
        "done",
        _DOV,
        "Not a starter issue. [[emeka-obiladu]] took the island crash himself and then two more.",
        due="2025-11-10",
        about=["emeka-obiladu"],
        subproject="engine",
        from_note="2025-11-03-emeka-says-hello",
    ),
    task(
        "2025-11-19-monday-round",
        "The Monday round",
        "open",
        _KWABENA,
        """
- [ ] who waits for a first answer
- [ ] who is new
- [ ] whom we thank, naming the thing
- [ ] which accounts may be one person
""",
        due="2026-11-23",
        subproject="bench",
        repeat="FREQ=WEEKLY;BYDAY=MO",
        from_note="2025-11-19-how-the-monday-works",
    ),
    task(
        "2025-12-01-monthly-report",
        "Write the monthly report and read it together",
        "open",
        _OTTOLINE,
        """
- [ ] against last month and last year
- [ ] who became quiet
- [ ] which two parts hang on one person
- [ ] three people to thank by name
""",
        due="2026-12-01",
        repeat="FREQ=MONTHLY;BYMONTHDAY=1",
    ),
    task(
        "2026-01-13-green-lane-symbol",
        "A symbol of its own for green lanes",
        "done",
        _DOV,
        "Drawn by [[anneliese-grubhofer]] after [[gethin-prysddu]]'s photographs; out with 3.5.",
        due="2026-01-20",
        about=["gethin-prysddu", "anneliese-grubhofer"],
        subproject="engine",
        from_note="2026-01-13-gethin-and-green-lanes",
    ),
    task(
        "2026-01-27-introduce-pilar-to-sunneva",
        "Introduce Pilar to Sunneva",
        "done",
        _OTTOLINE,
        "- [x] at the table in Ghent\n- [x] avalanche sheet as the picture",
        due="2026-02-07",
        about=["pilar-aguavella", "sunneva-hallmundardottir"],
        from_note="2026-01-27-sendas-wants-a-story",
    ),
    task(
        "2026-02-13-parcel-for-callum",
        "Send Callum his parcel",
        "done",
        _INES,
        "- [x] shirt\n- [x] biscuits\n- [x] cable ties, with a bow",
        due="2026-02-16",
        about=["callum-drumbeg"],
        from_note="2026-02-13-cable-ties-for-callum",
    ),
    task(
        "2026-03-03-one-name-is-enough",
        "Let the sign-up form take a single name",
        "done",
        _KWABENA,
        "One field, as long as it needs to be. [[wirasunu]] tried it and it worked.",
        due="2026-03-13",
        about=["wirasunu"],
        subproject="bench",
        from_note="2026-03-06-wirasunu-asks",
    ),
    task(
        "2026-03-17-thank-kestrel-in-print",
        "Put Kestrel on the back of the sheet",
        "dropped",
        _ROSALIND,
        "They would rather have the line about queueing quoted in the manual. Done there instead.",
        due="2026-04-30",
        about=["kestrel-mapworks"],
        from_note="2026-03-17-kestrel-agreed",
    ),
    task(
        "2026-04-16-sit-beside-emeka",
        "Plan the release evening of 4.0",
        "done",
        _DOV,
        "- [x] two people awake\n- [x] a night's sleep before publishing\n- [x] not a Friday",
        due="2026-05-20",
        about=["emeka-obiladu", "jorunn-aaskvik"],
        subproject="engine",
        from_note="2026-04-16-who-makes-releases",
    ),
    task(
        "2026-05-23-test-every-corner",
        "A test for all four corners of a sheet",
        "done",
        _DOV,
        "[[oksana-verbotsvit]] wrote it, and a fifth one for the corner that nobody counts.",
        due="2026-06-03",
        about=["oksana-verbotsvit"],
        subproject="engine",
        from_note="2026-05-23-the-wrong-tile",
    ),
    task(
        "2026-06-05-pegs-for-the-year",
        "Order this year's pegs from Gethin",
        "waiting",
        _OTTOLINE,
        """
[[gethin-prysddu]] needs the names and the words by the first frost, because ash splits later.

- [x] ask whether he has wood
- [x] names agreed
- [ ] spelling of each word checked with its owner
""",
        due="2026-11-27",
        about=["gethin-prysddu"],
        from_note="2026-06-05-a-peg-for-jorunn",
    ),
    task(
        "2026-06-14-thicker-paper-for-bogota",
        "Thicker paper for the Bogotá walks",
        "waiting",
        _INES,
        "Asked Lyon for 160 gram offcuts; they go with the next run.",
        due="2026-11-30",
        about=["xiomara-velandres", "papier-et-pas"],
        subproject="walks",
        from_note="2026-06-14-bogota-on-a-sunday",
    ),
    task(
        "2026-06-18-refuse-hairlines",
        "Refuse hairlines in the raised-line mode",
        "doing",
        _DOV,
        "An error, not a warning. [[thandeka-mqonga]] tests with the readers before we merge.",
        due="2026-12-03",
        about=["thandeka-mqonga"],
        subproject="engine",
        from_note="2026-06-18-raised-lines-in-use",
    ),
]
