"""How each member of the example spent the year."""

from __future__ import annotations

from benchmarks.example.rhythm import Arc

_SUMMER_OFF = {"2026-07": 0.0, "2026-08": 0.0}
_FADING = {"2026-05": 0.7, "2026-06": 0.6, "2026-07": 0.7}
_GROWING = {"2026-03": 0.5, "2026-04": 0.7, "2026-09": 1.5, "2026-10": 1.6, "2026-11": 1.7}

ARCS: dict[str, Arc] = {
    "ottoline-brackwater": Arc(
        0, ("docs",), prs=0.3, review=0.4, issues=0.4, comment=4, help=3, like=12, weekdays=True
    ),
    "dov-halpernik": Arc(
        1,
        ("paths", "labels", "tests"),
        prs=2.2,
        review=9,
        merge=8,
        issues=1.1,
        comment=9,
        help=1.2,
        like=4,
        weekdays=True,
    ),
    "ines-quintarola": Arc(0, ("docs",), prs=0.1, comment=0.6, help=1.5, show=0.3, like=9),
    "kwabena-asare-fio": Arc(
        0,
        ("docs", "styles"),
        prs=1.4,
        review=2.5,
        issues=0.8,
        comment=6,
        wiki=2,
        help=5,
        show=0.2,
        like=12,
    ),
    "rosalind-tveit": Arc(1, comment=0.6, help=0.5, like=4),
    "tobiah-renlisle": Arc(
        -3,
        ("labels",),
        prs=2,
        review=4,
        merge=3,
        issues=0.4,
        comment=5,
        help=0.6,
        like=1,
        until="2026-07-24",
        only=_FADING,
    ),
    "sunneva-hallmundardottir": Arc(
        0,
        ("relief",),
        prs=1.6,
        review=3,
        merge=2,
        issues=0.3,
        comment=3,
        help=0.8,
        show=0.3,
        like=3,
        only=_SUMMER_OFF,
    ),
    "gu-mianzhou": Arc(
        8, ("text", "labels"), prs=1.4, review=2, issues=0.3, comment=2, help=0.4, like=4
    ),
    "nour-al-qantari": Arc(
        3,
        ("text", "i18n"),
        prs=0.7,
        review=1.5,
        issues=0.3,
        comment=2,
        translate=3.5,
        help=1.4,
        show=0.2,
        like=6,
    ),
    "mathilde-ouvrelac": Arc(
        1, ("styles",), prs=1.3, review=2, issues=0.3, comment=2.5, help=1.2, show=0.4, like=5
    ),
    "jorunn-aaskvik": Arc(
        1,
        ("build", "tests", "paths"),
        prs=1,
        review=6,
        merge=6,
        issues=0.4,
        comment=5,
        help=0.6,
        like=2,
        until="2026-05-31",
    ),
    "emeka-obiladu": Arc(
        1,
        ("build", "tests", "paths"),
        prs=1.3,
        review=3.5,
        merge=4,
        issues=0.4,
        comment=4,
        help=0.6,
        like=2,
        since="2025-11-03",
        only={"2025-11": 0.4, "2025-12": 0.7, "2026-06": 1.3},
    ),
    "hyacinth-bellwether": Arc(0, help=14, show=0.3, like=20),
    "hana-mochizawa": Arc(
        9, ("fold", "pdf"), prs=1.1, review=1.2, issues=0.3, comment=3, help=3.5, show=0.5, like=7
    ),
    "elowen-tregarrick": Arc(
        0, ("styles",), prs=0.2, issues=1, comment=2, ask=0.3, help=0.8, like=2
    ),
    "oksana-verbotsvit": Arc(
        2, ("pdf", "tests"), prs=1.3, review=2.2, issues=0.4, comment=2.5, help=0.5, like=2
    ),
    "thaleia-petromani": Arc(2, ("i18n",), translate=3, comment=0.6, help=3.5, show=0.2, like=10),
    "priyamvada-kelkarni": Arc(
        5.5,
        ("relief", "paths"),
        prs=1.3,
        review=1.6,
        issues=0.2,
        comment=2,
        help=0.2,
        weekdays=True,
    ),
    "vojta-skalicin": Arc(
        1, ("tests", "build"), prs=0.9, review=1, issues=0.3, comment=1.5, help=0.5, like=1
    ),
    "wirasunu": Arc(
        7,
        ("docs", "styles"),
        prs=0.6,
        issues=0.2,
        comment=1,
        ask=1.2,
        help=1.8,
        show=0.5,
        like=6,
        since="2026-03-06",
        only=_GROWING,
    ),
    "xiomara-velandres": Arc(-5, ("docs",), prs=0.2, translate=1.2, help=0.8, show=0.3, like=3),
    "samir-benhaddouche": Arc(1, ("build",), prs=0.6, issues=0.4, comment=1, help=0.3, like=1),
    "tuuli-rantakivi": Arc(
        2,
        ("paths", "styles", "tests"),
        prs=2.3,
        review=0.8,
        issues=0.4,
        comment=2.5,
        ask=0.7,
        help=1,
        like=3,
        since="2026-06-04",
    ),
    "gethin-prysddu": Arc(
        0,
        ("styles", "docs"),
        prs=0.3,
        issues=0.2,
        comment=0.8,
        wiki=0.6,
        ask=0.5,
        help=1.8,
        show=0.3,
        like=4,
        since="2026-01-09",
    ),
    "thandeka-mqonga": Arc(
        2, ("styles",), prs=0.6, review=0.6, issues=0.5, comment=1.4, help=1, show=0.3, like=3
    ),
    "ravindu-weerakethi": Arc(
        5.5,
        ("paths", "fold"),
        prs=3.2,
        issues=0.3,
        comment=3,
        ask=1.5,
        like=2,
        since="2026-06-01",
        only={"2026-07": 1.8, "2026-08": 1.7, "2026-09": 0.3, "2026-10": 0.15, "2026-11": 0.1},
    ),
    "anneliese-grubhofer": Arc(
        1, ("styles",), prs=0.4, issues=0.3, comment=0.8, help=0.8, show=0.4, like=3
    ),
    "iga-wrzosnik": Arc(
        1, ("tests", "docs"), prs=0.9, issues=0.2, comment=1, ask=1.2, like=2, since="2026-10-15"
    ),
    "dawit-gebrelul": Arc(
        3,
        ("paths",),
        prs=0.9,
        issues=0.2,
        comment=1.6,
        ask=1.2,
        show=0.3,
        like=2,
        since="2026-02-12",
        until="2026-04-26",
    ),
    "yusuf-karabalgin": Arc(
        3, ("text",), prs=0.6, issues=0.6, comment=1, since="2026-05-04", until="2026-06-12"
    ),
    "felix-lueddebrink": Arc(1, ("paths",), prs=0.9, comment=1.2, issues=0.2, until="2026-02-20"),
    "aroha-tewhiti": Arc(
        12,
        issues=0.4,
        comment=0.8,
        ask=0.5,
        help=0.8,
        show=0.4,
        like=2,
        only={"2026-02": 0.1, "2026-06": 2.0, "2026-07": 2.5, "2026-08": 2.5},
    ),
    "callum-drumbeg": Arc(0, ask=0.5, help=0.8, show=0.2, like=4, since="2025-11-09"),
    "leocadia-fontsagra": Arc(
        1, ("i18n",), translate=5, comment=0.6, ask=0.5, help=1, like=5, since="2026-09-08"
    ),
    "soledad-curaqueo": Arc(-4, ask=1.9, help=2, show=0.4, like=6, since="2026-08-11"),
    "ana-ribaltella": Arc(1, ("i18n",), translate=1.8, comment=0.4, help=0.9, like=3),
    "anna-ribaltella": Arc(-3, ask=0.7, help=0.4, show=0.4, like=3, since="2026-02-20"),
    "noor-vanderzwael": Arc(1, ("docs",), prs=0.2, comment=0.5, help=1.6, like=2),
    "maribel-txakarte": Arc(1, ask=2.4, like=4, since="2026-11-10"),
    "baptiste-corvenal": Arc(1, help=0.8, show=0.15, like=1),
}
