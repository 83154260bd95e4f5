"""Notes from July to November 2026."""

from __future__ import annotations

from benchmarks.example.shapes import Note, note

LATE: list[Note] = [
    note(
        "2026-07-02-ravindu-half-way",
        "dov-halpernik",
        "ravindu-weerakethi",
        "conversation",
        """
Half of the mentoring is over. Legends now shrink, wrap or move to the back, in that order.
[[ravindu-weerakethi]] asks better questions each week and has begun to answer mine. Lectures
start in September; he would like something small to keep.
""",
        channel="call",
        tags=["engine"],
        subproject="engine",
    ),
    note(
        "2026-07-09-walking-fund-submitted",
        "rosalind-tveit",
        "ginnel-trust ines-quintarola",
        "opportunity",
        """
Applied to the Open Paths Fund for printing and travel of five local groups. [[ines-quintarola]]
wrote the good half, I the half with the sums. Answer expected in October.
""",
        tags=["sponsor", "walks"],
        subproject="walks",
        programme="Open Paths Fund",
        stage="submitted",
    ),
    note(
        "2026-07-26-yogyakarta-first-walk",
        "ines-quintarola",
        "wirasunu",
        "event",
        """
[[wirasunu]]'s first map walk: fourteen people, the lanes of Kotagede, one cat that followed
them and is now on the sheet. He had asked for our checklist and improved it: tea comes first.
""",
        channel="chat",
        tags=["walks"],
        subproject="walks",
        starts="2026-07-26",
        ends="2026-07-26",
        place="Yogyakarta",
        url="https://walks.example.org/yogyakarta",
        roles={"wirasunu": "organiser"},
    ),
    note(
        "2026-08-13-aroha-orders-early",
        "ines-quintarola",
        "aroha-tewhiti",
        "usage",
        """
[[aroha-tewhiti]] prepares the summer sheets now, while it rains in Dunedin. Asks for stable
output until April: the same data has to give the same page, to the byte, or her reprints do not
match.
""",
        tags=["production-user", "print"],
        subproject="engine",
        environment="production",
        plan="self-hosted",
        metrics={"sheets_a_season": 2000, "tracks": 38},
    ),
    note(
        "2026-08-21-soledad-writes-it-down",
        "kwabena-asare-fio",
        "soledad-curaqueo",
        "conversation",
        """
[[soledad-curaqueo]] asked why a footbridge vanishes at 1:10,000, got the answer, and came back
with a paragraph for the manual in two languages. Asked whether she would read the whole chapter
as a newcomer; she begins with page one on Sunday.
""",
        channel="forum",
        tags=["docs", "help"],
        subproject="bench",
    ),
    note(
        "2026-09-02-quiet-on-the-label-queue",
        "dov-halpernik",
        "tobiah-renlisle",
        "conversation",
        """
Nothing from [[tobiah-renlisle]] since July, five changes waiting. I look after the queue for now
and have said so there, without guessing why. Whoever knows him from outside: a line about
anything else would be welcome, one from each of us would not.
""",
        channel="chat",
        tags=["engine"],
        subproject="engine",
    ),
    note(
        "2026-09-08-a-line-to-tobiah",
        "ottoline-brackwater",
        "tobiah-renlisle",
        "personal",
        """
Wrote to him once: that we think of him, that nothing burns, that the title stays as long as he
likes and may be put down without a reason. No answer so far, and none is owed. I will write
again at the turn of the year, and about the ice on the harbour.
""",
        channel="email",
    ),
    note(
        "2026-09-15-leocadia-in-one-week",
        "kwabena-asare-fio",
        "leocadia-fontsagra nour-al-qantari",
        "conversation",
        """
[[leocadia-fontsagra]] translated a third of the manual in a week and apologised for the rest.
[[nour-al-qantari]] paired her with [[ana-ribaltella]] for the glossary, since the two languages
stumble over the same words.
""",
        channel="chat",
        tags=["docs"],
        subproject="engine",
    ),
    note(
        "2026-09-24-sund-is-out",
        "ottoline-brackwater",
        "emeka-obiladu sunneva-hallmundardottir",
        "conversation",
        """
4.1 *Sund*: snow that looks cold, legends that fit, a bog that looks like trouble.
[[emeka-obiladu]] says it is the first release that he enjoyed. [[samir-benhaddouche]] had
packages the same evening.
""",
        channel="chat",
        tags=["release", "words"],
        subproject="engine",
    ),
    note(
        "2026-09-26-a-shirt-for-tuuli",
        "dov-halpernik",
        "tuuli-rantakivi",
        "gift",
        """
For the tenth change: the shirt of 4.1, and a printed duckboard from the Oulu sheet at one to
one.
""",
        item="shirt of 4.1, printed duckboard",
        sent="2026-09-26",
        received="2026-10-05",
    ),
    note(
        "2026-10-03-leeds-library-walk",
        "ottoline-brackwater",
        "hyacinth-bellwether ottoline-brackwater kwabena-asare-fio",
        "event",
        """
Seven years to the week. [[hyacinth-bellwether]] led us along the route of the first sheet, with
the first sheet. Two of its mistakes are still there; we have decided to keep them.
[[kwabena-asare-fio]] came all the way and met half of the Bench in one afternoon.
""",
        tags=["walks"],
        subproject="walks",
        starts="2026-10-03",
        ends="2026-10-03",
        place="Leeds",
        url="https://walks.example.org/leeds",
        roles={
            "hyacinth-bellwether": "guide",
            "ottoline-brackwater": "organiser",
            "kwabena-asare-fio": "guest",
        },
    ),
    note(
        "2026-10-09-how-was-your-first-month",
        "kwabena-asare-fio",
        "tuuli-rantakivi soledad-curaqueo leocadia-fontsagra wirasunu",
        "survey",
        """
Asked the eleven who arrived since March; ten answered. Everyone had a reply within two days,
four within the hour. What nearly made them leave: not knowing whether a question was welcome
(three), words like "rebase" (four). What made them stay, in one voice: "somebody asked where I
walk".
""",
        channel="forum",
        tags=["help"],
        subproject="bench",
        expires="2028-10-31",
    ),
    note(
        "2026-10-14-fund-says-no",
        "rosalind-tveit",
        "ginnel-trust ines-quintarola",
        "opportunity",
        """
Declined, with a friendly page: good groups, but they want a partner city. [[ines-quintarola]]
has two in mind. We may apply again in March, and the half with the sums is done.
""",
        channel="email",
        tags=["sponsor", "walks"],
        subproject="walks",
        programme="Open Paths Fund",
        stage="declined",
    ),
    note(
        "2026-10-16-iga-the-same-night",
        "dov-halpernik",
        "iga-wrzosnik",
        "conversation",
        """
Talked at the library in Kraków; she asked why our tests need a font that nobody has. At half
past eleven her change arrived, before breakfast it was in. [[iga-wrzosnik]] says she only wanted to
go to bed.
""",
        channel="in person",
        tags=["engine"],
        subproject="engine",
    ),
    note(
        "2026-10-22-gang-it-is",
        "ottoline-brackwater",
        "wirasunu emeka-obiladu",
        "decision",
        """
4.2 will be called *Gang*: Indonesian for a lane, and [[wirasunu]]'s word, which was next in
line. Some asked whether it might be misread. It may; the announcement begins with a photograph
of one, and with [[wirasunu]]'s grandmother sweeping it.
""",
        channel="forum",
        tags=["words", "release"],
    ),
    note(
        "2026-10-29-reproducible-pages",
        "dov-halpernik",
        "aroha-tewhiti oksana-verbotsvit",
        "decision",
        """
From 4.2 the same data and the same settings give the same bytes; [[oksana-verbotsvit]] found
the last clock in the PDF writer. [[aroha-tewhiti]]'s reprints were the reason. Rejected: an
option. If it is right, it is right for everybody.
""",
        channel="forum",
        tags=["engine", "print"],
        subproject="engine",
    ),
    note(
        "2026-11-05-papier-et-pas-again",
        "rosalind-tveit",
        "papier-et-pas baptiste-corvenal",
        "opportunity",
        """
The year is over and [[baptiste-corvenal]] would go on, "if the back of the sheet stays ours".
Wants to know before they plan the spring: how many runs, and which paper. Offer due at the end
of November.
""",
        channel="call",
        tags=["sponsor", "print"],
        programme="sponsors",
        stage="identified",
    ),
    note(
        "2026-11-07-valdivia-river-sheet",
        "kwabena-asare-fio",
        "soledad-curaqueo anneliese-grubhofer",
        "feedback",
        """
[[soledad-curaqueo]]'s neighbours read the landing stages as benches. [[anneliese-grubhofer]]
would like photographs from the water, not from the bank. Sent; the new symbol could still make
4.2.
""",
        channel="forum",
        tags=["styles"],
        subproject="bench",
    ),
    note(
        "2026-11-12-fellside-moves-in-spring",
        "kwabena-asare-fio",
        "elowen-tregarrick fellside-rescue",
        "usage",
        """
They try 4.2 on two teams and move all nine in April. [[elowen-tregarrick]] wants the bog, the
grid and the corner numbers looked at by somebody with cold hands; she has volunteered the
somebody.
""",
        channel="call",
        tags=["production-user"],
        subproject="engine",
        environment="development",
        plan="self-hosted",
        metrics={"sheets_a_month": 40, "teams": 2},
    ),
    note(
        "2026-11-18-ghent-again",
        "ines-quintarola",
        "callum-drumbeg hana-mochizawa thaleia-petromani",
        "event",
        """
The table for February is confirmed, beside the book-binders. [[callum-drumbeg]] drives,
[[hana-mochizawa]] folds, and [[thaleia-petromani]] would like to give her first talk if
somebody stands next to her. [[nour-al-qantari]] will.
""",
        channel="email",
        tags=["booth"],
        starts="2027-02-06",
        ends="2027-02-07",
        place="Ghent",
        url="https://paper-paths.example.org/2027",
        roles={
            "ines-quintarola": "organiser",
            "callum-drumbeg": "volunteer",
            "hana-mochizawa": "volunteer",
            "thaleia-petromani": "speaker",
        },
    ),
]
