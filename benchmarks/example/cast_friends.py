"""Who Ginnel walks with: forum people, translators, press, organisations and bots."""

from __future__ import annotations

from benchmarks.example.shapes import Member, person

FRIENDS: list[Member] = [
    person(
        "aroha-tewhiti",
        "Aroha Tewhiti",
        """
Prints track guides for visitors of the Otago hills, two thousand a season. Writes when it rains,
so expect nothing in February and a great deal in June.
""",
        hub="arohat",
        bench="aroha",
        pronouns="she/her",
        location="Dunedin",
        timezone="Pacific/Auckland",
        tags=["production-user"],
        owner="ines-quintarola",
        fields={"word": "ara"},
    ),
    person(
        "callum-drumbeg",
        "Callum Drumbeg",
        """
Warden of a hostel, so free from November to March and not a day in between. Would drive a van
of booth material from Inverness to anywhere with a ferry. Good with visitors, better with a drill.
""",
        bench="callum",
        meetups="callum",
        pronouns="he/him",
        location="Inverness",
        timezone="Europe/London",
        tags=["volunteer"],
        owner="ines-quintarola",
        contact={"email": "callum@drumbeg.example.org", "preferred": "email"},
        consent={
            "basis": "consent",
            "purpose": "helping at the booth and at walks",
            "contact": True,
            "on": "2026-02-08",
            "how": "asked at the booth in Ghent",
        },
        fields={"tshirt": "XL", "word": "vennel", "availability": "winters, and by van"},
    ),
    person(
        "leocadia-fontsagra",
        "Leocàdia Fontsagra",
        """
Catalan translation since September, at a pace that made [[nour-al-qantari]] write to ask whether
she sleeps.
""",
        hub="fontsagra",
        bench="leocadia",
        pronouns="she/her",
        location="Girona",
        timezone="Europe/Madrid",
        tags=["translator", "newcomer"],
        owner="kwabena-asare-fio",
        fields={"word": "carreró", "availability": "weekends"},
    ),
    person(
        "soledad-curaqueo",
        "Soledad Curaqueo",
        """
Maps the riverside of Valdivia with her neighbours. Asks the questions that the others did not dare
to, then writes the answer down for the next one.
""",
        bench="soledad",
        pronouns="she/her",
        location="Valdivia",
        timezone="America/Santiago",
        tags=["newcomer", "help"],
        owner="kwabena-asare-fio",
        fields={"word": "pasaje"},
    ),
    person(
        "ana-ribaltella",
        "Ana Ribaltella",
        """
Spanish translation, and the glossary that keeps it in one voice. Not [[anna-ribaltella]], whom she
has met by letter and finds very funny.
""",
        hub="aribaltella",
        bench="ana-r",
        pronouns="she/her",
        location="Tarragona",
        timezone="Europe/Madrid",
        tags=["translator"],
        owner="kwabena-asare-fio",
        not_same_as=["anna-ribaltella"],
    ),
    person(
        "anna-ribaltella",
        "Anna Ribaltella",
        """
Draws the coast of Montevideo for slow walkers. Not [[ana-ribaltella]]; the accounts were mixed up
for a week in spring and both were patient with us.
""",
        bench="annarib",
        pronouns="she/her",
        location="Montevideo",
        timezone="America/Montevideo",
        owner="kwabena-asare-fio",
        not_same_as=["ana-ribaltella"],
        not_identities=["github:aribaltella"],
    ),
    person(
        "noor-vanderzwael",
        "Noor van der Zwael",
        """
Helps on the Bench and would rather not be on any page. We keep it so.
""",
        hub="nvdz",
        bench="noor",
        noreply="n",
        location="Utrecht",
        timezone="Europe/Amsterdam",
        owner="rosalind-tveit",
        visibility="stewards",
    ),
    person(
        "maribel-txakarte",
        "Maribel Txakarte",
        """
Arrived this month with good questions and the stairs of Bilbao.
""",
        bench="maribel",
        location="Bilbao",
        timezone="Europe/Madrid",
        tags=["newcomer"],
        owner="kwabena-asare-fio",
        fields={"word": "kantoi"},
    ),
    person(
        "baptiste-corvenal",
        "Baptiste Corvenal",
        """
Runs the presses at Papier & Pas and signs for its sponsorship. Knows how every paper behaves in
rain. Likes to hear about money early and about colours any time.
""",
        bench="baptiste",
        meetups="baptiste",
        pronouns="he/him",
        affiliations=[{"organisation": "papier-et-pas", "role": "Printer", "from": "2014-03"}],
        location="Lyon",
        timezone="Europe/Paris",
        tags=["sponsor", "expert/print"],
        owner="rosalind-tveit",
        contact={"email": "baptiste@papier-et-pas.example.com", "preferred": "email"},
        consent={
            "basis": "contract",
            "purpose": "sponsorship",
            "contact": True,
            "on": "2025-10-02",
            "how": "named as the contact in the sponsorship agreement",
        },
        retain_until="2029-12-31",
        fields={"tshirt": "L"},
    ),
    person(
        "pilar-aguavella",
        "Pilar Aguavella",
        """
Writes about walking for Sendas, a quarterly. Wants three weeks of notice, one good picture and a
person to talk to, in that order. Never calls a release an update.
""",
        pronouns="she/her",
        location="Huesca",
        timezone="Europe/Madrid",
        links=["https://sendas.example.com"],
        tags=["press"],
        owner="ottoline-brackwater",
        contact={"email": "pilar@sendas.example.com", "preferred": "email"},
        consent={
            "basis": "legitimate-interest",
            "purpose": "press",
            "contact": True,
            "on": "2026-02-07",
            "how": "gave us her card in Ghent",
        },
        retain_until="2029-02-07",
    ),
    person(
        "ginnel-trust",
        "The Ginnel Trust",
        """
The small charity that holds the name, the money and the domain. Pays two people; everything else
is done by volunteers, and the Trust is careful never to forget it.
""",
        kind="organisation",
        links=["https://trust.example.org"],
        owner="rosalind-tveit",
    ),
    person(
        "papier-et-pas",
        "Papier & Pas",
        """
A print shop in Lyon. Sponsors paper and press time, and once a year all of the conference maps.
""",
        kind="organisation",
        hub="papier-et-pas",
        location="Lyon",
        links=["https://papier-et-pas.example.com"],
        tags=["sponsor", "production-user"],
        owner="rosalind-tveit",
    ),
    person(
        "fellside-rescue",
        "Fellside Rescue",
        """
Nine volunteer teams who search the fells. Every jacket holds a Ginnel sheet, so a wrong path here
is never a small thing.
""",
        kind="organisation",
        location="Keswick",
        links=["https://fellside.example.org"],
        tags=["production-user"],
        owner="kwabena-asare-fio",
    ),
    person(
        "kestrel-mapworks",
        "Kestrel Mapworks",
        """
Sells printed guides made with Ginnel and gives back two days of engineering a week.
""",
        kind="organisation",
        hub="kestrel-mapworks",
        location="Utrecht",
        links=["https://kestrel.example.com"],
        tags=["sponsor", "production-user"],
        owner="rosalind-tveit",
    ),
    person(
        "ginnel-bot",
        "Ginnel Bot",
        "Renders a preview sheet for every pull request and publishes the releases.",
        kind="bot",
        hub="ginnel-bot",
        owner="dov-halpernik",
    ),
    person(
        "bench-keeper",
        "Bench Keeper",
        "Posts the month's figures on the Bench and closes topics that have been solved.",
        kind="bot",
        bench="bench-keeper",
        owner="kwabena-asare-fio",
    ),
]
