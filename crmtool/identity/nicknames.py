"""Given names and what people make of them in everyday use."""

from __future__ import annotations

from typing import Final

_GROUPS: Final = """
abigail abby|abraham abe|adam ad|adrian ade|alan al|albert al bert|alexander alexandra alexandre
alexandr aleksandr alejandro alessandro alex al sasha sascha xander sandro olek|alexey aleksei
alexei alyosha lesha|alfred al fred alf|alistair al ali|amanda mandy|anastasia nastya|anatoly
tolya|andrew andreas andrei andrey andre drew andy andi|angela angie|anna anne anja anya ann
annie|anthony antonio antoine anton tony toni ant|arthur art|augustus august gus|barbara
barb|bartholomew bart bartek|bartosz bartek|benjamin ben benny benji|bernard bernhard
bernie|bogdan bogdanov|boris borya|bradley brad|calvin cal|cameron cam|caroline carol
carrie|catherine katherine kathryn katharina katarzyna ekaterina cathy kathy kate katie kat katya
kasia|charles carlos karl carl charlie chuck chas|christine christina kristina chris tina
kris|christopher christian christoph christophe krzysztof kristian chris kris krzys|clifford
cliff|clinton clint|cornelius cory|curtis curt|cynthia cindy|daniel daniil dan danny dani
danila|darren daz|david davide dave davey|dennis denis den|deborah deb debbie|dmitry dmitri
dmitriy dima mitya|dominic dominik dom|donald don donny|douglas doug|dorothy dot|edward eduard
eduardo edgar edmund edwin ed eddie ned ted teddy|eleanor ellie nell|elizabeth elisabeth liz beth
betsy lisa eliza lizzie|emily em|emmanuel manuel emma manu manny|enrique kike quique|eric
erik|ernest ernie|eugene evgeny evgeniy yevgeny gene zhenya|florian flo|francis francisco
francesco frank franz francois fran paco pancho frankie|frederick frederic friedrich fred freddy
fritz|gabriel gabe gabi|gary gaz|geoffrey jeffrey geoff jeff|george georg jorge giorgio georgy
yury|gerald gerard jerry gerry|giovanni gianni gio|giuseppe beppe pino|grigory grisha|gregory
greg|guillermo guille memo|gustav gus|harold harry hal|heinrich heiner hans|helen helena lena
elena alyona|henry henrik hank harry|herbert herb|hubert hugh|ian iain|ignacio nacho|igor
gosha|ilya ilia|irene irina ira|isaac ike|isabel isabella isa bella izzy|ivan vanya|jacob jakob
jake kuba jakub|jacqueline jackie|james jaime jim jimmy jamie jas|jan janek|jason jay|javier
javi|jennifer jenny jen|jeremiah jeremy jerry jem|jessica jess jessie|jesus chus|joachim achim
jochen|johannes johann john jon jack johnny hans jan|jonathan jon john jonny nathan|joseph josef
jose joe joey jo pepe sepp|joshua josh|juan juanito|judith judy|julian julien jules jul|julia
julie jules|karen kaz|kenneth ken kenny|kevin kev|konstantin kostya kosta constantin|larisa
lara|laurence lawrence lars larry laurie|leonard leonardo leonid leo len lenny lyonya|leslie
les|lewis louis luis ludwig lou lew|lucas lukas luca luke luc|ludovic ludo|magdalena magda
lena|manfred manni|marcus markus marco marc mark|margaret margarita maggie meg peggy greta
rita|maria mary marie masha mia|martin marty|matthew matthias mathias matteo mathieu matthieu
mateusz mat matt matty|maximilian maxim maxime max|melissa mel|mikhail michael michel miguel mike
mick micky misha mikael michal mikolaj miki|mohammed muhammad mohamed mo|nadezhda nadya|natalia
natalie natasha nat nata|nathaniel nathan nat nate|nicholas nicolas nikolaus nikolay nikolai
nikolas niklas nick nik nico niko kolya klaus nicky|nicole nicki nicky|oliver olivier oli
olly|olga olya|pamela pam|patrick patricia pat paddy tricia|paul pablo paolo pavel pasha|peter
pedro pierre piotr petr pyotr pete petya|philip phillip philipp felipe phil pip flip|ralph raphael
rafael rafal raf rafa ralf|raymond ray|rebecca becky|reginald reg|reinhard reiner|ricardo richard
rick ricky rich dick ric ritchie|robert roberto rob bob bobby robbie bert robin|roderick rod
rory|rodrigo rod|roger rog|roland rolf|ronald ron ronnie|rudolf rudi|russell russ|salvatore sal
salvador|samuel samantha sam sammy|santiago santi|sebastian sebastien seb basti|sergey sergei
sergiy serge sergio seryozha|shaun sean shane|simon si|stanislav stanislaw stanley stan
stas|stefan stephan stephen steven stephane stefano esteban steve steffen stef|stephanie
steph|stuart stewart stu|suzanne susan susanna sue susie|sylvester sly|tatiana tanya|terence
terry|theodore theo ted teddy fyodor|theresa teresa tess terry|thomas tomas tomasz tom tommy
thom|tiago thiago|timothy timo tim timmy|tobias tobi toby|ulrich uli|valentin val valya|valery
valera|vasily vasya|veronica vera nika ronnie|victor viktor vic vitya|victoria vicky vika
tori|vincent vincenzo vince vinny enzo|vitaly vitaliy vitalik|vladimir volodymyr vova vlad
volodya|vladislav vlad|vyacheslav slava|walter walt wally|wilhelm willem william guillaume will
bill billy willy wim liam|wojciech wojtek|wolfgang wolf|yaroslav slava yarik|yevgeniya
zhenya|zachary zach zack zac|abhishek abhi|aditya adi|akshay aks|aniruddha ani|anirudh ani|arvind
arv|balasubramanian bala|chandrasekhar chandra|gopalakrishnan gopal|harshvardhan
harsh|krishnamurthy krishna|lakshmi laxmi|narayanan narayan|prashant prash|rajesh raj|rajendra
raj|raghavendra raghav raghu|ramakrishnan ram rama|sathish satish|siddharth siddhartha
sid|srinivasan srinivas srini|subramanian subbu|swaminathan swami|venkatesh venkat|venkatesan
venkat|vishwanath vishwa|yashwant yash
"""
_MEMBERS: Final[dict[str, frozenset[int]]] = {}
for _number, _group in enumerate(_GROUPS.split("|")):
    for _name in _group.split():
        _MEMBERS[_name] = _MEMBERS.get(_name, frozenset()) | {_number}


def are_forms_of_one(a: str, b: str) -> bool:
    """Whether two given names are everyday forms of one: in a table, or one begins the other.

    >>> are_forms_of_one("doug", "douglas"), are_forms_of_one("sasha", "alexander")
    (True, True)
    """
    if _MEMBERS.get(a, frozenset()) & _MEMBERS.get(b, frozenset()):
        return True
    short, long = sorted((a, b), key=len)
    return len(short) > 2 and long.startswith(short)  # noqa: PLR2004
