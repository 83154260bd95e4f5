"""Who keeps Ginnel going: the team, the maintainers, and those who left well."""

from __future__ import annotations

from benchmarks.example.shapes import Member, person

TEAM: list[Member] = [
    person(
        "ottoline-brackwater",
        "Ottoline Brackwater",
        """
Wrote the first four hundred lines in 2019 so that [[hyacinth-bellwether]]'s walking group could
print a map on the library's printer. Looks after people now rather than code. Answers in the
morning; Fridays are for walking.
""",
        hub="ottoline",
        bench="ottoline",
        meetups="ottoline",
        mail="Ottoline Brackwater",
        pronouns="she/her",
        affiliations=[
            {"organisation": "ginnel-trust", "role": "Community lead", "from": "2023-02"}
        ],
        location="Leeds",
        timezone="Europe/London",
        languages=["python"],
        links=["https://ottoline.example.org"],
        tags=["speaker", "mentor"],
        staff=True,
        fields={"tshirt": "M", "word": "ginnel"},
        aliases=["ottoline"],
    ),
    person(
        "dov-halpernik",
        "Dov Halpernik",
        """
Lead maintainer of the engine. Reviews before lunch, writes after it, and says so kindly when a
change is not ready. Keeps a drawer of maps that printed wrong, and shows it to newcomers so that
nobody minds their first mistake.
""",
        hub="dovh",
        bench="dov",
        meetups="dov",
        mail="Dov Halpernik",
        noreply="dovh",
        pronouns="he/him",
        affiliations=[{"organisation": "ginnel-trust", "role": "Maintainer", "from": "2025-01"}],
        location="Kraków",
        timezone="Europe/Warsaw",
        languages=["rust", "python"],
        tags=["maintainer", "expert/paths", "mentor"],
        owner="ottoline-brackwater",
        staff=True,
        fields={"tshirt": "L", "word": "zaułek"},
    ),
    person(
        "ines-quintarola",
        "Inês Quintarola",
        """
Local groups and the booth. Started the Porto map walk with three friends and a thermos; it is
now the biggest one we have. If something has to be carried, lifted or taped down, ask her first.
""",
        hub="inesq",
        bench="ines",
        meetups="ines",
        mail="Inês Quintarola",
        pronouns="she/her",
        location="Porto",
        timezone="Europe/Lisbon",
        links=["https://walks.example.org/porto"],
        tags=["organiser", "speaker", "waymarker"],
        owner="ottoline-brackwater",
        fields={"tshirt": "S", "word": "viela"},
    ),
    person(
        "kwabena-asare-fio",
        "Kwabena Asare-Fio",
        """
Hosts the Bench and writes the manual. The best bridge we have: what people stumble over in the
forum on Monday is a paragraph in the manual by Friday, and a pull request when it should not
have been hard in the first place.
""",
        hub="kwabena-af",
        bench="kwabena",
        meetups="kwabena",
        mail="Kwabena Asare-Fio",
        pronouns="he/him",
        location="Kumasi",
        timezone="Africa/Accra",
        languages=["python"],
        tags=["docs", "mentor", "speaker", "waymarker"],
        owner="ottoline-brackwater",
        watchers=["dov-halpernik"],
        fields={"tshirt": "L", "word": "kwan"},
    ),
    person(
        "rosalind-tveit",
        "Rosalind Tveit",
        """
Treasurer, and the one who talks to sponsors. Reads every contract twice and every map upside
down, to see whether the labels still make sense.
""",
        hub="rtveit",
        bench="rosalind",
        meetups="rosalind",
        pronouns="she/her",
        affiliations=[{"organisation": "ginnel-trust", "role": "Treasurer", "from": "2024-06"}],
        location="Bergen",
        timezone="Europe/Oslo",
        tags=["organiser"],
        owner="ottoline-brackwater",
        fields={"tshirt": "M", "word": "smau"},
    ),
    person(
        "tobiah-renlisle",
        "Tobiah Renlisle",
        """
Label placement is his: the rule that a river's name lies on the water took him two winters. Quiet
since July. [[dov-halpernik]] minds the label queue until we hear from him, and nobody is to nag.
""",
        hub="renlisle",
        bench="tobiah",
        mail="Tobiah Renlisle",
        pronouns="he/him",
        location="Halifax, Nova Scotia",
        timezone="America/Halifax",
        languages=["rust"],
        tags=["maintainer", "expert/labels", "waymarker"],
        owner="dov-halpernik",
        watchers=["ottoline-brackwater"],
        fields={"tshirt": "XL", "word": "laneway"},
    ),
    person(
        "sunneva-hallmundardottir",
        "Sunneva Hallmundardóttir",
        """
Relief and snow. Guides hikers in July and August and is then where no message reaches her, which
is as it should be. Icelandic names have no surname: she is Sunneva, in lists and on badges too.
""",
        hub="sunneva",
        bench="sunneva",
        meetups="sunneva",
        mail="Sunneva Hallmundardóttir",
        pronouns="she/her",
        location="Akureyri",
        timezone="Atlantic/Reykjavik",
        languages=["rust", "python"],
        links=["https://sunneva.example.org"],
        tags=["maintainer", "expert/relief", "speaker"],
        owner="dov-halpernik",
        fields={"tshirt": "M", "word": "sund"},
    ),
    person(
        "gu-mianzhou",
        "顾眠舟",
        """
Text shaping, and everything that runs from top to bottom. Taught us that a label is read before
it is seen. Writes short, exact messages; a thumbs-up from him is a long speech.
""",
        hub="mianzhou",
        bench="mianzhou",
        noreply="Gu Mianzhou",
        mail="顾眠舟",
        pronouns="he/him",
        location="Chengdu",
        timezone="Asia/Shanghai",
        languages=["rust"],
        tags=["expert/text"],
        owner="dov-halpernik",
        fields={"tshirt": "M", "word": "巷子"},
    ),
    person(
        "nour-al-qantari",
        "نور القنطري",
        """
Leads the translators and made maps read from right to left. Draws the walking maps of Jabal
al-Weibdeh by hand first and lets Ginnel catch up.
""",
        hub="nour-q",
        bench="nour",
        meetups="nour",
        mail="نور القنطري",
        pronouns="she/her",
        location="Amman",
        timezone="Asia/Amman",
        languages=["python"],
        tags=["translator", "expert/text", "speaker"],
        owner="kwabena-asare-fio",
        fields={"tshirt": "S", "word": "زقاق"},
    ),
    person(
        "mathilde-ouvrelac",
        "Mathilde Ouvrelac",
        """
Cartographer; the calm colours of the default style are hers. Moved from the print shop to Kestrel
in April and kept her Thursdays for Ginnel, which she had put into the contract.
""",
        hub="mouvrelac",
        bench="mathilde",
        meetups="mathilde",
        mail="Mathilde Ouvrelac",
        listed="mouvrelac",
        pronouns="she/her",
        affiliations=[
            {
                "organisation": "papier-et-pas",
                "role": "Cartographer",
                "from": "2022-09",
                "to": "2026-03",
            },
            {"organisation": "kestrel-mapworks", "role": "Design lead", "from": "2026-04"},
        ],
        location="Lyon",
        timezone="Europe/Paris",
        languages=["css"],
        tags=["expert/styles", "speaker", "waymarker"],
        owner="ines-quintarola",
        fields={"tshirt": "M", "word": "traboule"},
        aliases=["m-ouvrelac"],
    ),
    person(
        "jorunn-aaskvik",
        "Jorunn Aaskvik",
        """
Made eleven releases and reviewed half of the engine. Handed the release work to [[emeka-obiladu]]
in May, in four evenings and one very good document. Still reads the Bench on Sundays.
""",
        hub="jorunn",
        bench="jorunn",
        meetups="jorunn",
        mail="Jorunn Aaskvik",
        pronouns="she/her",
        location="Tromsø",
        timezone="Europe/Oslo",
        languages=["rust"],
        tags=["alumni", "waymarker"],
        owner="ottoline-brackwater",
        fields={"tshirt": "L", "word": "smug"},
    ),
    person(
        "emeka-obiladu",
        "Emeka Obiladu",
        """
Release manager since 4.0. Came for a crash on long thin islands, stayed for the people. Tests
every release on the slowest laptop he owns.
""",
        hub="obiladu",
        bench="emeka-o",
        mail="Emeka Obiladu",
        pronouns="he/him",
        location="Enugu",
        timezone="Africa/Lagos",
        languages=["rust", "go"],
        tags=["maintainer", "release"],
        owner="dov-halpernik",
        watchers=["ottoline-brackwater"],
        fields={"tshirt": "L"},
    ),
    person(
        "hyacinth-bellwether",
        "Hyacinth Bellwether",
        """
A retired librarian and the reason that Ginnel exists. Answers more questions on the Bench than
anyone, always with a thank-you for the question. Keeps one printed sheet of every release.
""",
        hub="",
        bench="hyacinth",
        meetups="hyacinth",
        pronouns="she/her",
        location="Leeds",
        timezone="Europe/London",
        tags=["waymarker", "mentor", "help"],
        owner="ottoline-brackwater",
        fields={"tshirt": "S", "word": "snicket"},
        aliases=["hy-bellwether"],
    ),
    person(
        "hana-mochizawa",
        "Hana Mochizawa",
        """
Folds paper, and taught the engine to draw the folds: the Miura sheet that opens with one pull is
hers. At home in the code and on the Bench alike.
""",
        hub="hanamochi",
        bench="hana",
        meetups="hana",
        mail="Hana Mochizawa",
        pronouns="she/her",
        location="Kanazawa",
        timezone="Asia/Tokyo",
        languages=["rust"],
        tags=["expert/print", "speaker"],
        owner="kwabena-asare-fio",
        fields={"tshirt": "S", "word": "路地"},
    ),
]
