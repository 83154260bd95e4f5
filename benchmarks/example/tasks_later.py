"""The tasks of the example: the second half of 2026."""

from __future__ import annotations

from benchmarks.example.shapes import Task, task

_OTTOLINE = "ottoline-brackwater"
_DOV = "dov-halpernik"
_INES = "ines-quintarola"
_KWABENA = "kwabena-asare-fio"
_ROSALIND = "rosalind-tveit"

LATER: list[Task] = [
    task(
        "2026-07-02-something-small-for-ravindu",
        "Keep something small for Ravindu",
        "done",
        _DOV,
        "The legend's last corner case, with no date on it.",
        due="2026-09-01",
        about=["ravindu-weerakethi"],
        subproject="engine",
        from_note="2026-07-02-ravindu-half-way",
    ),
    task(
        "2026-08-21-chapter-one-with-soledad",
        "Rewrite chapter one with Soledad",
        "doing",
        _KWABENA,
        """
- [x] she reads, I watch where she stops
- [x] nine places found
- [ ] picture of a sheet on the second page, not the tenth
- [ ] Spanish version read by [[ana-ribaltella]]
""",
        due="2026-11-26",
        about=["soledad-curaqueo", "ana-ribaltella"],
        subproject="bench",
        from_note="2026-08-21-soledad-writes-it-down",
    ),
    task(
        "2026-09-02-label-queue",
        "Look after the label queue",
        "doing",
        _DOV,
        """
Five changes waited when it went quiet.

- [x] the two smallest
- [x] river names on braided rivers
- [ ] curved names, with [[gu-mianzhou]]
- [ ] the one only [[tobiah-renlisle]] understands: leave it
""",
        due="2026-11-19",
        about=["tobiah-renlisle", "gu-mianzhou"],
        subproject="engine",
        from_note="2026-09-02-quiet-on-the-label-queue",
    ),
    task(
        "2026-09-08-write-to-tobiah",
        "Write to Tobiah at the turn of the year",
        "open",
        _OTTOLINE,
        "About the ice on the harbour. Nothing else.",
        due="2026-12-31",
        about=["tobiah-renlisle"],
        visibility="stewards",
        from_note="2026-09-08-a-line-to-tobiah",
    ),
    task(
        "2026-09-15-glossary-meeting",
        "Glossary evening for the translators",
        "open",
        _KWABENA,
        "[[nour-al-qantari]] leads. Twenty words that nobody translates alike; *ride* first.",
        due="2026-11-28",
        about=["nour-al-qantari", "leocadia-fontsagra", "ana-ribaltella", "thaleia-petromani"],
        subproject="engine",
        from_note="2026-09-15-leocadia-in-one-week",
    ),
    task(
        "2026-10-09-what-rebase-means",
        "One page that says what our words mean",
        "open",
        _KWABENA,
        "Four of ten newcomers nearly left over *rebase*. With drawings, please.",
        due="2026-11-20",
        about=["tuuli-rantakivi", "soledad-curaqueo"],
        subproject="bench",
        from_note="2026-10-09-how-was-your-first-month",
    ),
    task(
        "2026-10-14-partner-city",
        "Find a partner city for the fund",
        "open",
        _INES,
        "- [ ] Porto, the library department\n- [ ] Leeds, through [[hyacinth-bellwether]]",
        due="2027-01-15",
        about=["hyacinth-bellwether"],
        subproject="walks",
        from_note="2026-10-14-fund-says-no",
    ),
    task(
        "2026-10-22-photograph-of-a-gang",
        "Get the photograph of a gang for the announcement",
        "waiting",
        _OTTOLINE,
        "[[wirasunu]] takes it when the rain stops; his grandmother has agreed to be in it.",
        due="2026-11-25",
        about=["wirasunu"],
        from_note="2026-10-22-gang-it-is",
    ),
    task(
        "2026-10-29-tell-aroha",
        "Tell Aroha when the first preview of 4.2 is out",
        "open",
        _DOV,
        "She prints one track twice and lays the sheets on a window.",
        due="2026-11-24",
        about=["aroha-tewhiti"],
        subproject="engine",
        from_note="2026-10-29-reproducible-pages",
    ),
    task(
        "2026-11-05-offer-to-papier-et-pas",
        "Offer for the second year to Papier & Pas",
        "doing",
        _ROSALIND,
        """
- [x] number of runs agreed with [[ines-quintarola]]
- [ ] which paper, with [[hana-mochizawa]]
- [ ] the line on the back, in their words
""",
        due="2026-11-30",
        about=["papier-et-pas", "baptiste-corvenal"],
        from_note="2026-11-05-papier-et-pas-again",
    ),
    task(
        "2026-11-07-landing-stages",
        "Landing stages that do not look like benches",
        "open",
        _KWABENA,
        "Photographs are with [[anneliese-grubhofer]]. The freeze begins on 26 November.",
        due="2026-11-25",
        about=["soledad-curaqueo", "anneliese-grubhofer"],
        subproject="engine",
        from_note="2026-11-07-valdivia-river-sheet",
    ),
    task(
        "2026-11-10-pilar-three-weeks-ahead",
        "Tell Pilar about 4.2, three weeks ahead",
        "open",
        _OTTOLINE,
        "One picture, one person. The picture is late, so send the person first: [[wirasunu]].",
        due="2026-11-18",
        about=["pilar-aguavella", "wirasunu"],
    ),
    task(
        "2026-11-12-cold-hands",
        "Send two printed sets of 4.2 to Fellside",
        "open",
        _KWABENA,
        "Waterproof, double-sided. Ask [[elowen-tregarrick]] what the torch said.",
        due="2026-12-12",
        about=["elowen-tregarrick", "fellside-rescue"],
        subproject="engine",
        from_note="2026-11-12-fellside-moves-in-spring",
    ),
    task(
        "2026-11-16-say-hello-to-maribel",
        "Ask Maribel where she walks",
        "open",
        _KWABENA,
        "Good questions from the first day on. Stairs of Bilbao; [[dawit-gebrelul]] knows stairs.",
        due="2026-11-23",
        about=["maribel-txakarte"],
        subproject="bench",
    ),
    task(
        "2026-11-18-talk-proposals-for-ghent",
        "Two talk proposals for Ghent",
        "doing",
        _INES,
        """
- [x] [[thaleia-petromani]] and [[nour-al-qantari]]: one map, four directions
- [ ] [[priyamvada-kelkarni]]: a sheet in nineteen seconds
""",
        due="2026-11-29",
        about=["thaleia-petromani", "nour-al-qantari", "priyamvada-kelkarni"],
        from_note="2026-11-18-ghent-again",
    ),
    task(
        "2026-11-18-van-and-wall",
        "Van, table cloth and a wall that stands",
        "open",
        _INES,
        '[[callum-drumbeg]] drives and brings his own cable ties, "on principle".',
        due="2026-12-18",
        about=["callum-drumbeg"],
        subproject="walks",
        from_note="2026-11-18-ghent-again",
    ),
]
