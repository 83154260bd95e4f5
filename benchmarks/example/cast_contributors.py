# ruff: noqa: RUF001 (words keep the letters of their language)
"""Who contributes to Ginnel: regulars, newcomers who stayed, and some who moved on."""

from __future__ import annotations

from benchmarks.example.shapes import Member, person

CONTRIBUTORS: list[Member] = [
    person(
        "elowen-tregarrick",
        "Elowen Tregarrick",
        """
Draws the sheets that Fellside's teams carry in their jackets, so her reports come from wet paper
and cold fingers. Take them seriously, even the short ones.
""",
        hub="elowen-t",
        bench="elowen",
        meetups="elowen",
        mail="Elowen Tregarrick",
        pronouns="she/her",
        affiliations=[
            {"organisation": "fellside-rescue", "role": "Map officer", "from": "2021-05"}
        ],
        location="Keswick",
        timezone="Europe/London",
        tags=["production-user"],
        owner="kwabena-asare-fio",
        fields={"tshirt": "M", "word": "ope"},
    ),
    person(
        "oksana-verbotsvit",
        "Оксана Вербоцвіт",
        """
The PDF writer. Compares every page with a loupe and finds the hairline that nobody else saw. Works
late in the evening; a review may come with the night train.
""",
        hub="verbotsvit",
        bench="oksana",
        mail="Оксана Вербоцвіт",
        pronouns="she/her",
        location="Lviv",
        timezone="Europe/Kyiv",
        languages=["rust", "python"],
        tags=["expert/print"],
        owner="dov-halpernik",
        fields={"tshirt": "M", "word": "провулок"},
    ),
    person(
        "thaleia-petromani",
        "Θάλεια Πετρομάνη",
        """
Translates the manual into Greek and greets newcomers before anybody else has opened the page.
Would like to give a first talk, in good company.
""",
        hub="thaleia",
        bench="thaleia",
        meetups="thaleia",
        pronouns="she/her",
        location="Thessaloniki",
        timezone="Europe/Athens",
        tags=["translator", "help"],
        owner="kwabena-asare-fio",
        fields={"tshirt": "M", "word": "σοκάκι"},
    ),
    person(
        "priyamvada-kelkarni",
        "Priyamvada Kelkarni",
        """
Contours, fast ones: a sheet of the Western Ghats went from four minutes to nineteen seconds.
Kestrel pays for two of her days a week.
""",
        hub="priyamvada",
        bench="priyamvada",
        mail="Priyamvada Kelkarni",
        pronouns="she/her",
        affiliations=[{"organisation": "kestrel-mapworks", "role": "Engineer", "from": "2023-08"}],
        location="Pune",
        timezone="Asia/Kolkata",
        languages=["rust", "c"],
        tags=["expert/relief", "speaker"],
        owner="dov-halpernik",
        fields={"tshirt": "S", "word": "बोळ"},
    ),
    person(
        "vojta-skalicin",
        "Vojta Skaličín",
        """
Tests and the build. Runs the Brno group from the back room of a bicycle workshop.
""",
        hub="skalicin",
        bench="vojta",
        meetups="vojta",
        mail="Vojta Skaličín",
        pronouns="he/him",
        location="Brno",
        timezone="Europe/Prague",
        languages=["rust", "shell"],
        tags=["organiser"],
        owner="ines-quintarola",
        fields={"tshirt": "L", "word": "ulička"},
    ),
    person(
        "wirasunu",
        "Wirasunu",
        """
One name, no surname; forms that want two are wrong. Asked how to print the lanes of Kotagede in
March, runs the Yogyakarta group by now, and gave 4.2 its name.
""",
        hub="wirasunu",
        bench="wirasunu",
        meetups="wirasunu",
        mail="Wirasunu",
        pronouns="he/him",
        location="Yogyakarta",
        timezone="Asia/Jakarta",
        languages=["python", "javascript"],
        tags=["organiser", "newcomer"],
        owner="ines-quintarola",
        watchers=["kwabena-asare-fio"],
        fields={"tshirt": "M", "word": "gang", "availability": "evenings in Yogyakarta"},
    ),
    person(
        "xiomara-velandres",
        "Xiomara Velandrés",
        """
Runs the Bogotá group: Sunday mornings, when the avenues belong to walkers. Brings the map, the
pencils and the bread.
""",
        hub="xiomarav",
        bench="xiomara",
        meetups="xiomara",
        noreply="Xiomara V.",
        pronouns="she/her",
        location="Bogotá",
        timezone="America/Bogota",
        languages=["python"],
        tags=["organiser", "translator"],
        owner="ines-quintarola",
        fields={"tshirt": "M", "word": "callejón"},
    ),
    person(
        "samir-benhaddouche",
        "Samir Benhaddouche",
        """
Packages Ginnel for three distributions. Tells us a week before something breaks downstream.
""",
        hub="samirbh",
        bench="samir",
        mail="Samir Benhaddouche",
        pronouns="he/him",
        location="Marseille",
        timezone="Europe/Paris",
        languages=["rust", "shell"],
        tags=["packager"],
        fields={"tshirt": "XL", "word": "traverse"},
    ),
    person(
        "tuuli-rantakivi",
        "Tuuli Rantakivi",
        """
Arrived in June with a symbol for duckboards and has not stopped since. Learning Rust on
our small issues; likes a review that explains.
""",
        hub="rantakivi",
        bench="tuuli",
        mail="Tuuli Rantakivi",
        pronouns="she/her",
        location="Oulu",
        timezone="Europe/Helsinki",
        languages=["rust"],
        tags=["newcomer"],
        owner="dov-halpernik",
        watchers=["kwabena-asare-fio"],
        fields={"tshirt": "M", "word": "kuja", "availability": "weekends until spring"},
    ),
    person(
        "gethin-prysddu",
        "Gethin Prysddu",
        """
Began with a question about green lanes, now answers those of others. Rebuilds dry-stone walls and
has opinions about the symbol for them, all of them right.
""",
        hub="prysddu",
        bench="gethin",
        meetups="gethin",
        noreply="Gethin",
        pronouns="he/him",
        location="Machynlleth",
        timezone="Europe/London",
        tags=["help"],
        owner="kwabena-asare-fio",
        fields={"tshirt": "L", "word": "wtra"},
    ),
    person(
        "thandeka-mqonga",
        "Thandeka Mqonga",
        """
Maps that everyone can read: the high-contrast style and the raised-line sheets are hers. Tests with
real readers at the library, never with a simulator alone.
""",
        hub="thandeka-m",
        bench="thandeka",
        mail="Thandeka Mqonga",
        pronouns="she/her",
        location="Cape Town",
        timezone="Africa/Johannesburg",
        languages=["css", "python"],
        tags=["expert/styles", "speaker"],
        owner="kwabena-asare-fio",
        fields={"tshirt": "M", "word": "indledlana"},
    ),
    person(
        "ravindu-weerakethi",
        "Ravindu Weerakethi",
        """
Our summer mentee: legends that fit the paper they are printed on. Back at the university since
September and drops by when a lecture is dull.
""",
        hub="weerakethi",
        bench="ravindu",
        mail="Ravindu Weerakethi",
        pronouns="he/him",
        location="Kandy",
        timezone="Asia/Colombo",
        languages=["rust", "python"],
        tags=["mentee"],
        owner="dov-halpernik",
        fields={"tshirt": "S"},
    ),
    person(
        "anneliese-grubhofer",
        "Anneliese Grubhofer",
        """
Symbols for huts, springs and the benches in between. Walks every symbol before she draws it.
""",
        hub="grubhofer",
        bench="anneliese",
        mail="Anneliese Grubhofer",
        pronouns="she/her",
        location="Innsbruck",
        timezone="Europe/Vienna",
        tags=["expert/styles"],
        owner="ines-quintarola",
        fields={"tshirt": "S", "word": "Gassl"},
    ),
    person(
        "iga-wrzosnik",
        "Iga Wrzośnik",
        """
Met [[dov-halpernik]] at the Kraków library in October and sent a first pull request the same night.
""",
        hub="wrzosnik",
        bench="iga",
        mail="Iga Wrzośnik",
        location="Kraków",
        timezone="Europe/Warsaw",
        languages=["python"],
        tags=["newcomer"],
        owner="dov-halpernik",
    ),
    person(
        "dawit-gebrelul",
        "Dawit Gebrelul",
        """
Added the stairs of Addis Ababa in spring, then got a demanding new job. Told us so himself and
may well come back; the door is open.
""",
        hub="dawitg",
        bench="dawit",
        mail="Dawit Gebrelul",
        pronouns="he/him",
        location="Addis Ababa",
        timezone="Africa/Addis_Ababa",
        languages=["python"],
        owner="kwabena-asare-fio",
    ),
    person(
        "yusuf-karabalgin",
        "Yusuf Karabalgın",
        """
Reported the dotless ı in capitals and mended it himself a week later.
""",
        hub="karabalgin",
        mail="Yusuf Karabalgın",
        location="Eskişehir",
        timezone="Europe/Istanbul",
        languages=["rust"],
        owner="kwabena-asare-fio",
        fields={"word": "çıkmaz"},
    ),
    person(
        "felix-lueddebrink",
        "Felix Lüddebrink",
        """
Asked us to keep his file and to use it for nothing.
""",
        hub="lueddebrink",
        mail="Felix Lüddebrink",
        location="Leipzig",
        timezone="Europe/Berlin",
        owner="ottoline-brackwater",
        visibility="stewards",
        restricted=True,
    ),
]
