"""What people write on the Bench, the forum of the example."""

from __future__ import annotations

QUESTIONS: tuple[tuple[str, str, str], ...] = (
    (
        "How do I print without a white margin?",
        "My printer leaves a white edge and the map looks like a postcard. Can I switch it off?",
        "Choose a sheet a centimetre smaller and trim it; chapter three has a picture.",
    ),
    (
        "Which paper survives rain?",
        "We walk in all weathers and the sheet is pulp by noon. What do you use?",
        "Stone paper for a laser printer, waxed 90 gram for ink. Dry it overnight before folding.",
    ),
    (
        "Names too small for my aunt",
        "She reads the lanes well and the names not at all. Can the names grow without the map?",
        "Yes: raise `names.size` to 1.4 and let it drop the least needed. She chooses the walk.",
    ),
    (
        "Green lane or farm track?",
        "On my sheet they look the same. One of them is a right of way. Where do I change it?",
        "In the style, under `ways.green`. From 3.5 on they have a symbol of their own.",
    ),
    (
        "Can I leave out the motorway?",
        "Nobody walks on it and it draws every eye. Is there a setting?",
        "Set `roads.large: faint`. Leaving it out altogether makes people wonder about the noise.",
    ),
    (
        "Two paths on top of each other",
        "A path and a cycleway run side by side and print as one fat line.",
        "Turn on `ways.offset`; it moves both by half a millimetre so that each is seen.",
    ),
    (
        "How large an area fits on A4?",
        "We walk about nine kilometres. Which scale should I begin with?",
        "1:20,000 holds about four by six kilometres, so a round walk of nine fits nicely.",
    ),
    (
        "Contours too busy in the gorge",
        "Where it is steep, all is brown and the path is gone.",
        "Ask for every twenty metres instead of ten; the shading tells the rest.",
    ),
    (
        "Printing in black only",
        "The library has no colour printer. Does any style work without?",
        "The high-contrast one does, and rather beautifully. It was made for exactly that.",
    ),
    (
        "Where do the benches come from?",
        "Three of our benches are missing and one is in the river.",
        "From open data, which you can correct. Bring a pen on the walk and then mend it at home.",
    ),
    (
        "Names in two scripts",
        "Our street signs show both. Can the map show both as well?",
        "Yes, `names.second` takes a language. Give it a smaller size and it reads very calmly.",
    ),
    (
        "Which fold for a jacket pocket?",
        "A4 in four is too thick, and the crease is always where we are.",
        "Three panels, then in half. Or the Miura, if you like to see people smile.",
    ),
    (
        "Footbridge gone at a smaller scale",
        "At 1:10,000 it is there, at 1:25,000 it is not, and it is the only way across.",
        "Mark it as important in the data, or list it under `keep`. Bridges on a walk should stay.",
    ),
    (
        "Sheets that belong together",
        "I need six that meet at the edges. Do I have to count coordinates?",
        "No: give the area and `sheets: 3x2`. Each has its neighbours' numbers in the corners.",
    ),
    (
        "Is there a way to add our own symbol?",
        "We have twelve wells that matter to us and to nobody else.",
        "Put an SVG beside the style and name it. Simple shapes; they print at four millimetres.",
    ),
    (
        "Stairs with the number of steps",
        "Can the map say how many? Our legs would like to know.",
        "If the data has `step_count`, set `stairs.count: true`. If not: counting is a good walk.",
    ),
    (
        "Map turned so that the walk goes up",
        "North at the top is of no use to us, we all walk uphill.",
        "`rotate: 40` does it, and the north arrow turns along. Names stay upright.",
    ),
    (
        "How do you hand out maps at an event?",
        "We expect sixty people. One sheet each, or one for three?",
        "One for two, and pencils. People who share a map talk to each other.",
    ),
    (
        "Grid for finding each other",
        "Our teams call out positions. Which grid is easiest with gloves on?",
        "Letters across and figures down, four centimetres apart. Fellside uses exactly that.",
    ),
    (
        "Old path still printed",
        "It has been ploughed for years and is still on the sheet.",
        "Mark it as disused in the data and it becomes a row of dots. Do not delete it.",
    ),
    (
        "May we sell our sheets?",
        "For the repair of the village oven. What has to be printed where?",
        "Yes. The credit for the data in one corner, readable; ours only if you like.",
    ),
    (
        "Legend in our own words",
        "Nobody here says 'bridleway'. Can we change the legend only?",
        "Yes, `legend.words` takes your own. Tell us the word, we collect them.",
    ),
    (
        "Winter and summer path",
        "In winter the path goes over the lake. One map or two?",
        "Two from one settings file, with `season`. Print the season large on the cover.",
    ),
    (
        "Print shop asks for bleed",
        "They want three millimetres and crop marks and I do not know what that is.",
        "Set `bleed: 3mm`. It is a little more map than you need, so that they can cut.",
    ),
    (
        "Street index on the back",
        "Can the index go on the back, in three columns?",
        "`index: back` and `columns: 3`. It sorts by your language, so check the first page.",
    ),
    (
        "First map: where do I begin?",
        "I have never drawn a map and I should like to draw the one of my village.",
        "With page one of the manual and a walk around the block. Post the print, however odd.",
    ),
    (
        "Raised lines on swell paper",
        "Which line width comes out well in the fuser?",
        "One millimetre or more, black only, and two between lines. Test with a reader.",
    ),
    (
        "Colours differ between two printers",
        "At home it is moss, at the copy shop it is toothpaste.",
        "Print the test page on both and choose the paper first, then the style. Then they agree.",
    ),
)

PLACES = (
    "Kotagede",
    "The riverside",
    "Our valley",
    "The old harbour",
    "The upper town",
    "The spring walk",
    "The allotments",
    "The pass",
    "The island",
    "The marsh",
    "The tea lanes",
    "The winter walk",
)

SHOWN: tuple[tuple[str, str], ...] = (
    ("Our valley on one sheet", "It took four tries and one wet afternoon. Notice the heron."),
    ("Night walk with the high-contrast style", "Read by moonlight, all of it, even the index."),
    ("The stairs of the upper town", "Every flight counted twice. We disagree about two of them."),
    ("A map for the new neighbours", "Bakery, bench, shade, and the way home. They framed it."),
    ("Miura fold, forty strangers", "You could hear the paper. Pictures from the table in Ghent."),
    ("The market lanes before the rain", "Drawn on Friday, walked on Saturday, soaked on Sunday."),
    ("Nine wells", "Our own symbol for each. The ninth is a rumour and has a question mark."),
    ("Snow sheet of the pass", "Blue where one should not be. Printed on waxed paper, survived."),
    (
        "A corrected map, with pen",
        "Eleven corrections, nine hands. This is the best print we have.",
    ),
    ("Harbour walk, from right to left", "The water is where the reader begins, as it should be."),
    ("Raised lines at the library", "Two readers found the way to the café before I did."),
    ("Orchard paths in blossom", "I know it is not blossom in the data. I coloured it by hand."),
    ("Thirty-eight tracks for the season", "All reprinted, all alike. The window test is passed."),
    ("The cat is on the map now", "She followed us through every lane and has earned it."),
    ("A sheet as a wedding present", "The way between their two houses, at one to five thousand."),
    ("Along the wall", "Forty kilometres of dry stone, with every stile and every gap."),
    ("Ferry times on the back", "And the tide beside them. The warden approves."),
    ("Moss, peat, duckboard", "Three greens that one can tell apart. It took a year."),
    ("First map of my village", "I was told to post it however odd. So here it is, oddly."),
    ("Vertical names in the tea lanes", "They stand beside the doors the way the signs do."),
    ("The first sheet, seven years on", "Two of its mistakes are still there, and so are we."),
    ("Map of our twelve benches", "With what one sees from each. Number seven needs a saw."),
)

PRAISE = (
    "This is lovely. What paper is it?",
    "Every map should have one of those.",
    "I printed it and went there in my head. Thank you.",
    "How did you keep the names so calm?",
    "May we show this at our next walk?",
    "The colours hold together so well. Which printer?",
    "I would get lost there with pleasure.",
    "This one goes up on our wall.",
    "Did you draw it in one go?",
    "That fold! Please write down how.",
    "Best thing I have seen this week.",
    "You should bring it to Ghent.",
)

HELPFUL = (
    "Thank you for the question. Where are you walking?",
    "I had the same last winter. It was the printer's own setting, under 'economy'.",
    "Could you post the settings file? Then we can try it here.",
    "Try it with the plain style first; if it is gone, the cause is in yours.",
    "I am not sure, but somebody who knows is awake in an hour.",
    "Welcome! This has been asked before, and the answer was hard to find. Here it is again.",
    "It works for me on 4.0, so it may be the version that your distribution has.",
    "Would a photograph of the print be possible? Paper tells more than the screen.",
    "There is a page on this in the manual, and if it did not help, that is our fault.",
    "I have put it on the list for chapter one.",
    "On our walk we solved it with tape. It held for four years.",
)

THANKS = (
    "That was it, thank you! We walk on Sunday.",
    "Works. My aunt sends her regards.",
    "Perfect, and I learnt a word.",
    "Printed, folded, walked. Thank you all.",
    "So simple. I have added a line to the wiki for the next one.",
)

WELCOMES = (
    "Welcome! What a fine word. Where do you walk?",
    "Hello, and welcome. We have been missing that one.",
    "Lovely word. It goes on the list tonight.",
    "Welcome! Does yours have steps in it?",
    "We say almost the same here. Somebody must have walked from you to us.",
    "Good to have you. If you get stuck, ask early.",
)

COMING = (
    "I will be there, with pencils.",
    "Count me in, and one guest.",
    "Shall I bring the big map?",
    "If it rains we meet under the arches.",
    "I can print twenty sheets on Friday.",
    "Is it fine to bring a dog?",
)

AWAY = (
    "Too far for me, alas. Walk a lane for me.",
    "Not this time. Please show us the corrected sheet afterwards!",
    "Thank you for doing this again.",
    "I will walk here at the same hour and think of you.",
    "Please count the stairs for us.",
)

NEWS = (
    "Read with coffee. Thank you for writing these.",
    "Congratulations, all of you.",
    "The list of names at the end is my favourite part.",
    "Packages are on their way.",
    "Printed the first sheet with it. Beautiful.",
    "Good to see so many new names.",
)

ARTICLES: tuple[tuple[str, str, str], ...] = (
    ("2025-09-22", "kwabena-asare-fio", "What a month on the Bench sounds like"),
    ("2025-11-17", "hana-mochizawa", "Folding a valley"),
    ("2025-12-15", "ottoline-brackwater", "Thirty words for a narrow lane"),
    ("2026-02-16", "kwabena-asare-fio", "Ghent, a table, and nineteen sharp pairs of eyes"),
    ("2026-03-23", "sunneva-hallmundardottir", "Drawing snow for people who will stand in it"),
    ("2026-04-20", "nour-al-qantari", "A map that begins on the right"),
    ("2026-05-25", "ottoline-brackwater", "How 4.0 was made, and by whom"),
    ("2026-06-29", "thandeka-mqonga", "Reading a map by hand"),
    ("2026-09-28", "ravindu-weerakethi", "A summer of legends"),
    ("2026-10-12", "ottoline-brackwater", "Seven years, the same first sheet"),
    ("2026-11-09", "wirasunu", "A cat in Kotagede"),
)
