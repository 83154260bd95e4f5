"""More of what people ask and show on the Bench."""

from __future__ import annotations

MORE_QUESTIONS: tuple[tuple[str, str, str], ...] = (
    (
        "Ferry as part of the walk",
        "Our round walk crosses the water twice. The map draws it like a road for cars.",
        "Tag the crossing as open to walkers; from 4.1 on it is a dotted blue path.",
    ),
    (
        "Sheet for a walk in the dark",
        "Twelve of us, head torches, no colours to speak of. Which settings?",
        "High contrast, names at 1.3, and the grid on. Print two and laminate one.",
    ),
    (
        "Legend wider than the paper",
        "A5 for small pockets, and the legend does not fit.",
        "4.1 shrinks it, wraps it, or moves it to the back, in that order. `legend.fit: true`.",
    ),
    (
        "Where may dogs go?",
        "Half of our group has four legs. Can the map tell?",
        "If the data has it, set `paths.dogs`. It draws a small paw where a lead is needed.",
    ),
    (
        "Two colours from an old risograph",
        "We have black and orange and nothing else. Which layer goes where?",
        "Paths and names in black, everything that rises in orange. It looks wonderful.",
    ),
    (
        "Marking the accessible way",
        "We want one route without steps, from the tram to the lake, on the same sheet.",
        "Draw it as a `route` and give it a broad pale line below the path. It does not shout.",
    ),
    (
        "Old names beside the new ones",
        "Half the village uses names that no sign shows any more.",
        "Put them in as `old_name` and turn on `names.old`; they print in italics.",
    ),
    (
        "The printer eats the first millimetres",
        "The grid letters on the left are always cut off.",
        "Every printer does, by a different amount. The ruler on the test page tells you yours.",
    ),
    (
        "Trees along the path",
        "Shade matters here from May to October. Can it be on the map?",
        "Yes, tree lines shade the path when `season: summer` is set. Lovely in the city style.",
    ),
    (
        "A map without words",
        "For visitors who read none of our three alphabets.",
        "`names: none` and symbols at 1.5. Put a drawing of the thing beside each in the legend.",
    ),
    (
        "Tide and the causeway",
        "Twice a day the path is sea. How do I say so on paper?",
        "Mark it as tidal, and print the hours on the back. The style dashes it in blue.",
    ),
    (
        "How old is the data on my sheet?",
        "Somebody asked on a walk and I had no answer.",
        "In the corner, below the scale. If it is older than your last walk, correct and reprint.",
    ),
    (
        "Numbers for the stops of a walk",
        "Nine stops with a story each. Can they be numbered in order?",
        "List them under `stops` and they are. The stories fit on the back, if they are short.",
    ),
    (
        "Paths only locals know",
        "If we draw them, everybody comes. If not, nobody finds the shade.",
        "Ask those who live there, then leave it out or draw it. The manual has a page on asking.",
    ),
    (
        "One sheet, two languages",
        "Legend in ours on the left, in the visitors' on the right?",
        "Yes: `legend.languages` takes two. Keep the second one grey so that the eye can choose.",
    ),
    (
        "Gates that are closed at night",
        "The short way home is locked at nine. The map does not know.",
        "Add the opening hours in the data; `gates.hours` prints a small clock beside them.",
    ),
)

MORE_SHOWN: tuple[tuple[str, str], ...] = (
    ("Ferry, causeway, ferry", "The tide decides the direction. Both are on the map."),
    ("Two colours from the old risograph", "Black and orange, and suddenly the hills are warm."),
    ("A map without words", "Our visitors used it all day and nobody asked for the way."),
    ("The shade walk", "Every tree that throws one before noon. Plane trees win."),
    ("Old names in italics", "Eleven that were not written down anywhere. Now they are."),
    ("Sheet 7, walked to pieces", "Three summers in a jacket. The fold held, the corner did not."),
    ("Nine stops and their stories", "The shortest story is four words long and the best."),
    ("Our ward's twelve gates", "With the hour at which each one closes. Ask me how I know."),
    ("The rescue sheet, A4, wet", "Photographed under a tap. Everything can still be read."),
    ("Night sky on the back", "The hill has no lamps, so we printed what is above it."),
    ("Lanes by their sound", "Quiet ones in blue. It was drawn by listening."),
    ("Where the bread is", "A walk from oven to oven. Please do not walk it hungry."),
    ("Landing stages from the water", "New symbol, drawn from a boat. My neighbours nod."),
    ("A map for the postwoman", "She corrected nineteen doors and kept the sheet."),
    ("Snow lanes", "Who shovels, who does not, and where one may pass."),
    ("The long stairs, folded", "Opens upwards, so that one climbs while unfolding."),
)
