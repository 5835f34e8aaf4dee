"""Names of Europe, Turkey, Georgia and Armenia: common ones, and what rare ones are made of.

Words are separated by blanks; an underscore is a blank inside a name.
"""

from collections.abc import Mapping
from typing import NamedTuple

from .urns import Sounds


class Land(NamedTuple):
    """Names of one language."""

    code: str
    men: str
    women: str
    families: str
    endings: str
    sounds: Sounds
    second_family: float = 0.03
    """How many bear two family names."""


EUROPE: Mapping[str, Land] = {
    "german": Land(
        "DEU",
        """thomas michael andreas peter stefan christian martin jürgen klaus
wolfgang jörg uwe frank matthias günther heinz lukas felix jonas paul""",
        """anna maria sabine petra monika ursula karin brigitte andrea claudia
jutta käthe lena lea sophie katharina""",
        """müller schmidt schneider fischer weber meyer wagner becker schulz
hoffmann schäfer koch bauer richter klein wolf schröder neumann schwarz zimmermann braun krüger
hofmann hartmann lange""",
        "mann berg er burg stein bach ner hauser feld meier ke ert inger schmidt hof wald",
        Sounds(
            "b br d f fl g gr h k kl kr l m n p r s sch schw st t w z",
            "a e i o u ä ö ü ei au eu",
            "ch ck ff ld ll lt mm n nd nn r rn rt s ss tz",
            "b ck d ff g l ll m mm n nn r rr s tt z",
            2,
        ),
    ),
    "french": Land(
        "FRA",
        """jean pierre michel andré philippe alain bernard françois rené hervé
loïc thierry éric nicolas julien étienne lucas hugo""",
        """marie jeanne françoise monique catherine nathalie isabelle hélène
aurélie élodie chloé camille léa manon""",
        """martin bernard dubois thomas robert richard petit durand leroy moreau
simon laurent lefebvre michel garcia david bertrand roux vincent fournier""",
        "eau ard et ot in ier on ault eux ière el and ois aud oux elle",
        Sounds(
            "b br ch d f g gr l m n p r s t tr v",
            "a e i o u ai ou é oi",
            "n r l t s ss v ll m",
            "b ch d l ll m n nn r rr t v gn",
            2,
        ),
    ),
    "english": Land(
        "GBR",
        """james john robert michael william david richard thomas charles daniel
matthew anthony mark paul steven andrew kenneth george edward brian""",
        """mary patricia jennifer linda elizabeth barbara susan jessica sarah
karen nancy margaret emily amanda rebecca laura""",
        """smith jones taylor brown williams wilson johnson davies robinson
wright thompson evans walker white roberts green hall wood jackson clarke o'brien o'connor
mcdonald""",
        "son ton ham ley ford wood field worth man ington well er by land shaw more croft",
        Sounds(
            "b bl br c ch cl d f g gr h k l m n p r s sh st t th w wh",
            "a e i o u ea oo",
            "ck d ld ll n nd r rd rt s t th tt mp",
            "b d ff g l ll m n r rr s t th",
            2,
        ),
    ),
    "spanish": Land(
        "ESP",
        """josé juan antonio francisco manuel carlos luis miguel pedro javier
jesús ángel rafael alejandro fernando pablo sergio álvaro""",
        """maría carmen ana isabel laura cristina marta lucía pilar rosa teresa
elena raquel mercedes""",
        """garcía rodríguez gonzález fernández lópez martínez sánchez pérez gómez
martín jiménez ruiz hernández díaz moreno muñoz álvarez romero núñez ibáñez""",
        "ez era illo ado osa eda al ón ero ano edo ayo ales ueta",
        Sounds(
            "b c d f g gr h j l m n p qu r s t tr v z",
            "a e i o u ie ue",
            "l n r s d rt nd lb",
            "b c d g ll m n ñ r rr s t v z",
            2,
        ),
        0.9,
    ),
    "italian": Land(
        "ITA",
        """giuseppe antonio giovanni mario luigi francesco angelo vincenzo pietro
salvatore carlo franco domenico bruno paolo michele""",
        """maria anna giuseppina rosa angela giovanna teresa lucia carmela
caterina francesca antonietta elena""",
        """rossi russo ferrari esposito bianchi romano colombo ricci marino greco
bruno gallo conti costa giordano mancini rizzo de_luca d'angelo""",
        "ini elli etti one aro ucci ato asco ese oni iello ani acci otti",
        Sounds(
            "b c ch d f g gi l m n p qu r s sc t tr v z",
            "a e i o u",
            "l n r s",
            "b cc d ff gg l ll m mm n nn r rr s tt v zz",
            3,
        ),
    ),
    "polish": Land(
        "POL",
        """jan andrzej piotr krzysztof stanisław tomasz paweł józef marcin marek
michał grzegorz jerzy łukasz wojciech zbigniew""",
        """anna maria katarzyna małgorzata agnieszka krystyna barbara ewa
elżbieta zofia joanna magdalena""",
        """nowak kowalski wiśniewski wójcik kowalczyk kamiński lewandowski
zieliński szymański woźniak dąbrowski kozłowski mazur jankowski""",
        "ski owski ak ek czyk icz a o ewicz iński ik arz uk",
        Sounds(
            "b br ch d dr g gr j k kr l m n p r rz s sz st t w z ż ł cz",
            "a e i o u y ą ę",
            "c cz k l ł n r rz s sz t w",
            "b ch cz d g k l ł m n r rz s sz t w z ź",
            2,
        ),
    ),
}
TURKISH = Land(
    "TUR",
    """mehmet mustafa ahmet ali hüseyin hasan ibrahim ismail osman yusuf
murat ömer ramazan halil süleyman emre burak fatih kemal orhan serkan uğur çağrı""",
    """fatma ayşe emine hatice zeynep elif meryem şerife zehra sultan hanife
merve özlem gülşen tuğba""",
    """yılmaz kaya demir şahin çelik yıldız yıldırım öztürk aydın özdemir
arslan doğan kılıç aslan çetin kara koç kurt özkan şimşek""",
    "oğlu türk er han taş demir soy kan can baş ay gül kaya gil lı daş bey",
    Sounds(
        "b c ç d e g h k m o ö p s ş t u y z a i",
        "a e ı i o ö u ü",
        "n r l k ş t z m ğ",
        "b c ç d ğ k l m n r s ş t y z rk lt",
        3,
    ),
)
GEORGIAN = Land(
    "GEO",
    """giorgi davit nikoloz levan zurab irakli lasha tornike vakhtang shota
otar tamaz avtandil gocha""",
    "nino mariam tamar ketevan eka natia salome nana lela maia khatuna manana",
    """ber jap mchedl kap megrel gel lom cikl gig khar kval maisur nozad
shengel tsik abul chav dol""",
    "shvili idze adze elia ava uri iani ashvili adze idze eli",
    Sounds(
        "b g d v z t k l m n p zh r s u f q sh ch ts dz kh j h",
        "a e i o u",
        "n r l m v b d g sh kh t",
        "b d g k l m n r s sh t v z kh rch",
        2,
    ),
)
ARMENIAN = Land(
    "ARM",
    "armen tigran hayk ashot karen gevorg arsen vahan aram artur samvel suren hrant narek davit",
    "anahit ani lusine gayane naira hasmik mariam karine siranush armine nune",
    """hakob petros sarg grigor hovhann har karapet martiros gevorg mkrtch
abraham avet stepan vardan""",
    "yan yan yan ian yants",
    Sounds(
        "b g d z t zh l kh h m y n sh ch p j r s v t r ts k f a",
        "a e i o u",
        "n r l k t s m sh v z g",
        "b d g k l m n r s sh t v z kh rt",
        2,
    ),
)
