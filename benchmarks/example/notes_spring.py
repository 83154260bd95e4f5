"""Notes from February to June 2026."""

from __future__ import annotations

from benchmarks.example.shapes import Note, note

SPRING: list[Note] = [
    note(
        "2026-02-02-packing-for-ghent",
        "ines-quintarola",
        "ines-quintarola callum-drumbeg",
        "runbook",
        """
The booth, from three years of forgetting things:

- **Six weeks before:** ask for the table, write the two talk proposals, order sheets in Lyon.
- **Two weeks:** names of four people, two at a time, nobody for more than three hours.
- **In the van:** table cloth, two clip frames, tape that lets go again, pens on strings, the
  map of the city with one deliberate mistake (a sheet for whoever finds it), sockets, water,
  biscuits.
- **At the table:** ask "where do you walk?" before you say what we do.
- **Afterwards:** a note for every talk of more than five minutes, on the train, not next week.
- **Never again:** the folding wall. It folds.
""",
        tags=["booth"],
        subproject="walks",
        expires="2029-02-28",
    ),
    note(
        "2026-02-07-paper-paths-in-ghent",
        "ines-quintarola",
        "ines-quintarola callum-drumbeg sunneva-hallmundardottir hana-mochizawa"
        " nour-al-qantari mathilde-ouvrelac",
        "event",
        """
Two days, about 300 visitors at the table, 140 sheets given away, 19 people who found the
mistake. [[sunneva-hallmundardottir]] spoke to a full room, [[hana-mochizawa]] had forty
strangers folding in silence. [[callum-drumbeg]] drove through the night and rebuilt the wall
with cable ties.
""",
        tags=["booth"],
        starts="2026-02-07",
        ends="2026-02-08",
        place="Ghent",
        url="https://paper-paths.example.org/2026",
        roles={
            "ines-quintarola": "organiser",
            "callum-drumbeg": "volunteer",
            "sunneva-hallmundardottir": "speaker",
            "hana-mochizawa": "speaker",
            "nour-al-qantari": "speaker",
            "mathilde-ouvrelac": "volunteer",
        },
    ),
    note(
        "2026-02-08-kestrel-at-the-table",
        "rosalind-tveit",
        "kestrel-mapworks priyamvada-kelkarni",
        "opportunity",
        """
[[priyamvada-kelkarni]]'s manager stayed for an hour. They ship guides made with Ginnel and
would rather give hours than money: two days of her week. Said that we would want it written
down, with nobody's reviews promised in return. They liked that.
""",
        channel="in person",
        tags=["sponsor"],
        programme="sponsors",
        stage="proposed",
    ),
    note(
        "2026-02-11-pilar-after-ghent",
        "ottoline-brackwater",
        "pilar-aguavella sunneva-hallmundardottir",
        "conversation",
        """
Two pages in the spring number, with the avalanche sheet as the picture. She asked who may be
quoted; [[sunneva-hallmundardottir]] said yes and wants to read her lines first. Send finished
sheets, not screenshots. Next time: 4.1, and three weeks ahead.
""",
        channel="email",
        tags=["press"],
    ),
    note(
        "2026-02-13-cable-ties-for-callum",
        "ines-quintarola",
        "callum-drumbeg",
        "gift",
        """
A shirt, a large tin of biscuits, and a bag of 500 cable ties with a bow. The card says "for the
wall".
""",
        item="shirt, biscuits, cable ties",
        sent="2026-02-13",
        received="2026-02-19",
    ),
    note(
        "2026-02-20-dawit-and-the-stairs",
        "kwabena-asare-fio",
        "dawit-gebrelul",
        "conversation",
        """
[[dawit-gebrelul]] found the project through the Ghent talk. Addis Ababa has stairs that no map
shows; he has photographs of 140 of them. First pull request went through three rounds and he
thanked us for each, so remember to thank him.
""",
        channel="forum",
        tags=["docs"],
        subproject="engine",
    ),
    note(
        "2026-03-03-two-ribaltellas",
        "kwabena-asare-fio",
        "ana-ribaltella anna-ribaltella",
        "incident",
        """
I joined two accounts on Monday because the names matched but for one letter. They are two
people on two continents. Taken apart the same day, the wrong account marked so that it cannot
come back, and both told what happened. Lesson: time zone and first post before name. Both were
kind about it.
""",
        channel="email",
    ),
    note(
        "2026-03-06-wirasunu-asks",
        "kwabena-asare-fio",
        "wirasunu",
        "conversation",
        """
First question: how to print lanes of a metre and a half so that an aunt can read them.
[[hana-mochizawa]] answered within the hour, with a folded example. One name only; our sign-up
form insisted on two and he wrote it twice. Form corrected, apology sent.
""",
        channel="forum",
        tags=["help", "print"],
        subproject="bench",
    ),
    note(
        "2026-03-17-kestrel-agreed",
        "rosalind-tveit",
        "kestrel-mapworks",
        "opportunity",
        """
Signed: two days of engineering a week until March 2028, and a monthly sum towards the walks.
The paragraph we insisted on says that Kestrel's changes queue like everyone's. Their lawyer
called it refreshing.
""",
        channel="call",
        tags=["sponsor"],
        programme="sponsors",
        stage="agreed",
    ),
    note(
        "2026-03-24-kestrel-numbers",
        "rosalind-tveit",
        "kestrel-mapworks",
        "usage",
        """
Figures they sent unasked, so that we see what breaks if we break it. Long print runs overnight;
they care about memory more than about time.
""",
        tags=["production-user"],
        environment="production",
        plan="sponsor",
        metrics={"guides": 64, "sheets_a_month": 11800, "servers": 3},
    ),
    note(
        "2026-04-02-mathilde-has-moved",
        "ines-quintarola",
        "mathilde-ouvrelac kestrel-mapworks papier-et-pas",
        "conversation",
        """
[[mathilde-ouvrelac]] told both firms herself and started at Kestrel yesterday. Thursdays stay
ours: it is in her contract. [[baptiste-corvenal]] gave her a farewell print, so nobody is
cross.
""",
        channel="chat",
        tags=["styles"],
        subproject="engine",
    ),
    note(
        "2026-04-10-jorunn-wants-to-stop",
        "ottoline-brackwater",
        "jorunn-aaskvik",
        "personal",
        """
After 4.0 she would like her evenings back. No grievance, just eleven releases. Asked what would
make it easy: a named successor, no farewell speech, and somebody to tell her that it is fine.
It is fine.
""",
        channel="call",
    ),
    note(
        "2026-04-16-who-makes-releases",
        "dov-halpernik",
        "emeka-obiladu jorunn-aaskvik",
        "decision",
        """
[[emeka-obiladu]] makes the releases from 4.0 on; [[jorunn-aaskvik]] sits beside him for that
one and he presses every button. A release needs two people awake. Rejected: a rota, because
what belongs to everyone on a Thursday night belongs to no one.
""",
        channel="forum",
        tags=["release", "engine"],
        subproject="engine",
    ),
    note(
        "2026-04-23-elowen-on-bogs",
        "kwabena-asare-fio",
        "elowen-tregarrick fellside-rescue",
        "feedback",
        """
Teams read the bog symbol as a meadow by torchlight. [[elowen-tregarrick]] does not want a
prettier one, she wants one that looks like trouble. [[anneliese-grubhofer]] has walked into a
bog for us and is drawing.
""",
        channel="call",
        tags=["styles", "production-user"],
        subproject="engine",
    ),
    note(
        "2026-05-07-freeze-for-4-0",
        "dov-halpernik",
        "",
        "decision",
        """
Two weeks before a release only corrections, tests, translations and the manual go in. Asking
for an exception costs a cake at the next walk. (So far: two cakes, both worth it.)
""",
        channel="forum",
        tags=["release", "engine"],
        subproject="engine",
    ),
    note(
        "2026-05-21-xiangzi-is-out",
        "ottoline-brackwater",
        "emeka-obiladu jorunn-aaskvik gu-mianzhou",
        "conversation",
        """
4.0 *Xiangzi*: labels from top to bottom and from right to left, contours in seconds.
[[gu-mianzhou]], whose word it is, wrote "good", and [[dov-halpernik]] had it framed.
[[emeka-obiladu]] pressed every button himself.
""",
        channel="chat",
        tags=["release", "words"],
        subproject="engine",
    ),
    note(
        "2026-05-23-the-wrong-tile",
        "dov-halpernik",
        "emeka-obiladu oksana-verbotsvit",
        "incident",
        """
4.0 wrote the sheet number of the neighbour into the corner of double-sided prints. Fellside
noticed before anybody walked by one. Withdrawn within two hours, 4.0.1 planned with a test for
every corner. Nobody is to blame: three of us had looked at that page.
""",
        channel="chat",
        subproject="engine",
        visibility="team",
    ),
    note(
        "2026-05-29-handover-of-releases",
        "ottoline-brackwater",
        "jorunn-aaskvik emeka-obiladu",
        "runbook",
        """
What [[jorunn-aaskvik]] handed to [[emeka-obiladu]], in her words:

- **Counting on you:** [[samir-benhaddouche]] (packages, wants a week), [[elowen-tregarrick]]
  (winter freeze), [[pilar-aguavella]] (three weeks, a picture).
- **Every release:** tests, the twelve sheets by eye, notes, tag, preview, a night's sleep,
  publish.
- **Never on a Friday.** I did it twice and remember both weekends.
- **Has never worked:** building the notes from titles. Write them. Name people.
- **Mine no longer:** the calendar, the list of packagers, the last word.
- **Ask me:** until the autumn, gladly. After that ask me about skiing.
""",
        channel="in person",
        tags=["release"],
        subproject="engine",
        expires="2029-05-31",
    ),
    note(
        "2026-06-05-a-peg-for-jorunn",
        "ottoline-brackwater",
        "jorunn-aaskvik gethin-prysddu",
        "gift",
        """
The first waymarker's peg outside the yearly round: ash, carved by [[gethin-prysddu]], with
*smug* burnt into it. No speech, as asked. She sent a picture of it standing in the snow, in
June.
""",
        item="waymarker's peg",
        sent="2026-06-05",
        received="2026-06-15",
    ),
    note(
        "2026-06-09-tuuli-and-the-duckboards",
        "dov-halpernik",
        "tuuli-rantakivi",
        "conversation",
        """
[[tuuli-rantakivi]]'s first change was right, small and tested; I said so and asked whether she
would like harder ones. She would, provided that reviews explain. Wrote the longest review of my
life.
""",
        channel="chat",
        tags=["engine"],
        subproject="engine",
    ),
    note(
        "2026-06-14-bogota-on-a-sunday",
        "ines-quintarola",
        "xiomara-velandres",
        "event",
        """
Thirty-one people, twelve of them on a map walk for the first time. [[xiomara-velandres]] hands
out pencils before maps, "so that they know who is drawing". She wants to do it monthly, and
asks for sheets on thicker paper.
""",
        channel="call",
        tags=["walks"],
        subproject="walks",
        starts="2026-06-14",
        ends="2026-06-14",
        place="Bogotá",
        url="https://walks.example.org/bogota",
        roles={"xiomara-velandres": "organiser"},
    ),
    note(
        "2026-06-18-raised-lines-in-use",
        "kwabena-asare-fio",
        "thandeka-mqonga",
        "usage",
        """
[[thandeka-mqonga]]'s raised-line sheets are in use at two libraries in Cape Town. Swell paper,
black lines only, nothing finer than a millimetre. She would like the engine to refuse hairlines
in that mode rather than warn.
""",
        tags=["production-user", "styles"],
        subproject="engine",
        environment="production",
        plan="self-hosted",
        metrics={"sheets_a_month": 35, "libraries": 2},
    ),
]
