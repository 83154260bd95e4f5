"""Notes from September 2025 to January 2026."""

from __future__ import annotations

from benchmarks.example.shapes import Note, note

AUTUMN: list[Note] = [
    note(
        "2025-09-04-hyacinth-and-the-first-answer",
        "ottoline-brackwater",
        "hyacinth-bellwether",
        "conversation",
        """
Asked [[hyacinth-bellwether]] why newcomers come back after talking to her. "I thank them for
the question, then I answer it, then I ask where they are walking." We should all do it in that
order.
""",
        channel="in person",
        tags=["help"],
        subproject="bench",
    ),
    note(
        "2025-09-18-fellside-prints-in-rain",
        "kwabena-asare-fio",
        "elowen-tregarrick fellside-rescue",
        "usage",
        """
[[elowen-tregarrick]] prints for all nine teams on waterproof paper, A4, double-sided, no folds.
The grid must survive a wet thumb. They stay on one release for a whole winter and move in
spring, so a change in symbols between October and March has to wait or be switched off by
default.
""",
        tags=["production-user", "print"],
        subproject="engine",
        environment="production",
        plan="self-hosted",
        metrics={"sheets_a_month": 420, "teams": 9},
    ),
    note(
        "2025-09-27-porto-autumn-walk",
        "ines-quintarola",
        "ines-quintarola ottoline-brackwater",
        "event",
        """
Twenty-two walkers, three sheets, one wrong staircase. The staircase was corrected on the spot
with a phone and a pen, and everybody wanted to hold the pen. Do the pen thing every time.
""",
        tags=["walks"],
        subproject="walks",
        starts="2025-09-27",
        ends="2025-09-27",
        place="Porto",
        url="https://walks.example.org/porto",
        roles={"ines-quintarola": "organiser", "ottoline-brackwater": "guest"},
    ),
    note(
        "2025-10-02-papier-et-pas-agreed",
        "rosalind-tveit",
        "papier-et-pas baptiste-corvenal",
        "opportunity",
        """
One year, paper and press time for four runs, our thanks on the back of each sheet in 7 point.
They asked for nothing on the front, and said so before we could. [[baptiste-corvenal]] signs;
the invoice goes out with the first run.
""",
        channel="call",
        tags=["sponsor", "print"],
        programme="sponsors",
        stage="agreed",
    ),
    note(
        "2025-10-06-release-names",
        "ottoline-brackwater",
        "jorunn-aaskvik hyacinth-bellwether",
        "decision",
        """
Releases are named after the members' words for a narrow lane, in the order in which the words
were brought. 3.4 is *Twitten*. Rejected: birds (everybody has birds) and rivers (labels, alas).
Anyone may say "not mine, please", and then the next word moves up.
""",
        channel="forum",
        tags=["words", "release"],
    ),
    note(
        "2025-10-16-twitten-is-out",
        "ottoline-brackwater",
        "jorunn-aaskvik tobiah-renlisle",
        "conversation",
        """
3.4 went out at noon, [[jorunn-aaskvik]]'s eighth. No reverts, for the first time. She says the
reason is [[tobiah-renlisle]]'s label tests and that he should hear it from more people than
her.
""",
        channel="chat",
        tags=["release"],
        subproject="engine",
    ),
    note(
        "2025-10-24-a-sheet-for-hyacinth",
        "ottoline-brackwater",
        "hyacinth-bellwether",
        "gift",
        """
The first sheet of 3.4, signed by everyone who was at the Leeds walk. She keeps one of each
release in an archive box, in order, with a slip that says what changed. Of course she does.
""",
        item="signed sheet of 3.4",
        sent="2025-10-24",
        received="2025-10-27",
    ),
    note(
        "2025-11-03-emeka-says-hello",
        "kwabena-asare-fio",
        "emeka-obiladu",
        "conversation",
        """
[[emeka-obiladu]] reported a crash on long thin islands with a file so small that the test wrote
itself. Maintains build machines at work and misses code review there. Asked [[dov-halpernik]]
to send him something real, not a "good first issue".
""",
        channel="forum",
        tags=["engine"],
        subproject="engine",
    ),
    note(
        "2025-11-11-callum-has-winters",
        "ines-quintarola",
        "callum-drumbeg",
        "conversation",
        """
Came to ask about printing without margins and offered a van. [[callum-drumbeg]] is free from
November to March, anywhere that a ferry goes; never between April and October. Wants to do
something with his hands. The booth in Ghent?
""",
        channel="forum",
        tags=["help", "booth"],
        subproject="walks",
    ),
    note(
        "2025-11-19-how-the-monday-works",
        "ottoline-brackwater",
        "",
        "runbook",
        """
Every Monday, half an hour, whoever has the week:

1. Who waits for a first answer? Answer, or ask somebody by name.
2. Who is new? Say hello where they wrote, not in private.
3. Whom do we thank? One line, naming the thing.
4. Which accounts may be one person? Look at the picture and the time zone, not the name alone.
5. Write down what you noticed. If it has a date, it is a task.
""",
        tags=["help"],
        expires="2029-11-30",
    ),
    note(
        "2025-11-27-jorunn-in-the-dark-months",
        "ottoline-brackwater",
        "jorunn-aaskvik",
        "personal",
        """
The sun is gone in Tromsø until mid-January and she likes to be written to in these weeks, about
anything but releases. Sent her the worst map in Dov's drawer. She laughed.
""",
        channel="email",
    ),
    note(
        "2025-12-05-what-people-print",
        "kwabena-asare-fio",
        "hyacinth-bellwether hana-mochizawa",
        "survey",
        """
61 answers on the Bench. Two thirds print at home on A4, a fifth at a copy shop, the rest on
"whatever the office has". Most wanted: folds, then larger names, then a legend that fits. One
answer: "my mother-in-law, who never gets lost, asked which map this is". We shall frame it.
""",
        channel="forum",
        tags=["print"],
        subproject="bench",
        expires="2028-12-31",
    ),
    note(
        "2025-12-12-hana-folds",
        "kwabena-asare-fio",
        "hana-mochizawa",
        "conversation",
        """
Sent a Miura-folded sheet by post, because "it is easier to pull than to explain". Pulled it.
Agreed that fold marks belong in the engine and that [[hana-mochizawa]] writes them, with
[[dov-halpernik]] for the Rust and me for the chapter.
""",
        channel="call",
        tags=["print"],
        subproject="engine",
    ),
    note(
        "2025-12-18-paper-from-lyon",
        "rosalind-tveit",
        "papier-et-pas baptiste-corvenal",
        "gift",
        """
A ream of the uncoated 120 gram paper, "for trying, not for keeping". Half went to
[[oksana-verbotsvit]] for her loupe and half to [[hana-mochizawa]] for her folds.
""",
        item="ream of 120 gram paper",
        received="2025-12-18",
    ),
    note(
        "2026-01-08-mathilde-might-move",
        "ines-quintarola",
        "mathilde-ouvrelac",
        "personal",
        """
Told me over soup that she may change jobs in spring, to design rather than pre-press. Not to be
mentioned to anybody at either firm until she does so herself. She means to keep her Thursdays.
""",
        channel="in person",
    ),
    note(
        "2026-01-13-gethin-and-green-lanes",
        "kwabena-asare-fio",
        "gethin-prysddu",
        "feedback",
        """
[[gethin-prysddu]] points out that we draw a green lane like a farm track, while one is a right
of way and the other a muddy disappointment. Sent eleven photographs and a drawing. He is right;
the style needs a symbol of its own, and the manual a picture.
""",
        channel="forum",
        tags=["styles", "docs"],
        subproject="bench",
    ),
    note(
        "2026-01-22-vennel-is-out",
        "ottoline-brackwater",
        "jorunn-aaskvik callum-drumbeg",
        "conversation",
        """
3.5 *Vennel*: fold marks, and green lanes that look like green lanes. [[callum-drumbeg]] pinned
the announcement up in his hostel, beneath the bus times, "where people actually look".
""",
        channel="chat",
        tags=["release", "words"],
        subproject="engine",
    ),
    note(
        "2026-01-27-sendas-wants-a-story",
        "ottoline-brackwater",
        "pilar-aguavella",
        "conversation",
        """
[[pilar-aguavella]] of Sendas plans two pages about maps made by walkers. She needs three weeks,
one good picture and a person rather than a project. Offered [[sunneva-hallmundardottir]] and
the snow; meeting both in Ghent.
""",
        channel="email",
        tags=["press"],
    ),
]
