"""What each word of the lists is for: a sentence that is read otherwise without it."""

import pytest

from sphinx_evidence.prose import words
from sphinx_evidence.prose.matching import Library, Work
from sphinx_evidence.prose.scanner import scan
from sphinx_evidence.text.normalise import plain

# List, sentence, the citations that are sure in it, and the words that fit in, or titles in which
# _ stands for a space.
TABLE = [
    (
        "particles",
        "It is so ({} Bakker, 1990, p. 3).",
        "{} Bakker, 1990",
        """
        af al av ben bin da dal das de del della den der di do dos du el ibn la las le lo los
        st te ten ter van vander vom von zu zum zur
        """,
    ),
    (
        "organisation",
        "It is so ({} of Maps, 1990, p. 3).",
        "{} of Maps, 1990",
        """
        Academy Administration Agency Alliance Association Authority Bank Board Bureau Center
        Centers Centre Centres Charity Collaboration College Commission Committee Consortium
        Council Department Directorate Executive Federation Forum Foundation Fund Government
        Group Guild Hospital Initiative Institute Institutes Institution League Ministry
        Nations Network Office Organisation Organization Panel Parliament Partnership
        Programme Service Services Society Trust Union University
        """,
    ),
    (
        "colleagues",
        "Nguyen and {} (2015) say so.",
        "Nguyen and {} (2015)",
        """
        associates co-authors co-workers coauthors collaborators colleagues coworkers others
        team
        """,
    ),
    (
        "starters",
        "{} Nguyen (2015) argues so.",
        "Nguyen (2015)",
        """
        About Across After Against All Also Although Among And Around As At Because Before
        Beyond Both But By Can Compare Contra Despite Did Does Dr Each Earlier Even Every Few
        Following For From Given Had Has Here How If In Indeed Is Just Later Let Like Many
        Most Mr Mrs Ms Neither Nor Not Now Once Only Or Our Over Pace Per Perhaps Prof
        Professor Read Recently Reviewing See Similarly Since Sir So Some Still Such Than
        Thanks That The Their Then There These This Those Through Thus To Today Under Unless
        Unlike Until Using Via Was Were What Whatever When Where Whereas Whether Whichever
        While Why With Within Without Would Yet
        """,
    ),
    (
        "starters",
        "{} to Nguyen (2015), it is so.",
        "Nguyen (2015)",
        "According Contrary",
    ),
    (
        "starters",
        "{}, Nguyen and Okafor (2015) argue so.",
        "Nguyen and Okafor (2015)",
        """
        Additionally Again Besides Consequently Conversely Finally First Furthermore Hence
        However Importantly Instead Lastly Likewise Meanwhile Moreover Namely Nevertheless
        Next Nonetheless Notably Second Therefore Third Together
        """,
    ),
    (
        "times",
        "It was so ({}, 2008).",
        "",
        "Autumn Fall Spring Summer Winter",
    ),
    (
        "not_names",
        "The Common {} (CPL, 1983) was amended.",
        "",
        """
        Act Agreement Bill Charter Code Constitution Convention Declaration Directive Law
        Order Protocol Regulation Regulations Statute Treaty
        """,
    ),
    (
        "not_names",
        "The Common {} (CPL, 1983) were held.",
        "",
        "Championships Cup Exhibition Games",
    ),
    (
        "not_names",
        "It ran on {} (2019b).",
        "",
        "Android Debian Java Matlab Office Python SPSS Stata Ubuntu Windows",
    ),
    (
        "not_names",
        "It was the talk of the town ({}, 2016).",
        "",
        "Brexit Eurovision Expo Glastonbury Grammy Oscars Paralympics",
    ),
    (
        "verbs",
        "Nguyen (2015) and Okafor (2016) {} so.",
        "Nguyen (2015) | Okafor (2016)",
        """
        acknowledge add advise advocate agree analyse analyze argue assert assess believe call
        caution challenge cite claim compare conclude confirm consider contend criticise
        criticize define demonstrate deny describe differ disagree discuss distinguish
        emphasise emphasize estimate evaluate examine explain find focus found frame highlight
        hold hypothesise hypothesize illustrate introduce investigate maintain note observe
        outline point posit propose put question recommend reject refer repeat replicate
        report review said say see share show shown state stress study suggest summarise
        summarize theorise theorize think thought treat urge view warn weigh write wrote
        """,
    ),
    (
        "verbs",
        "Nguyen (2015) and Okafor (2016) {} it.",
        "Nguyen (2015) | Okafor (2016)",
        """
        asked coined conducted counted dated developed documented explored heard identified
        inspected interviewed listed measured mention mentioned objected offered presented
        provided published surveyed traced used
        """,
    ),
    (
        "cues",
        "A {} by Nguyen (2015) is old.",
        "Nguyen (2015)",
        """
        account analysis argument article bibliography book catalogue chapter claim
        classification commentary concept conclusion count criteria criticism critique cut-off
        data dating definition description dissertation distinction equation essay estimate
        evidence experiment figure finding formulation framework hypothesis idea instrument
        interpretation lecture list measure method model monograph notion objection paper
        phrase procedure proposal questionnaire reading remark reply report research response
        review sample scale scheme study survey synthesis table taxonomy technique term
        theorem theory thesis trial typology view word wording work
        """,
    ),
    (
        "made",
        "It was {} by Nguyen (1937).",
        "",
        """
        acted composed designed directed discovered drawn filmed founded illustrated invented
        launched opened owned painted performed photographed played produced recorded released
        ruled scored sculpted signed staged woven
        """,
    ),
    (
        "artworks",
        "Nguyen’s (1990) {} is old.",
        "",
        """
        album ballet bridge building cartoon concerto drama drawing film movie musical novel
        opera painting photograph play poem portrait sculpture series sitcom song sonata
        statue story symphony
        """,
    ),
    (
        "named",
        "It is like another {} (Nguyen, 1990).",
        "",
        """
        asteroid comet conference congress cyclone festival genus hurricane moon mount planet
        satellite seminar spacecraft storm summit symposium typhoon volcano workshop
        """,
    ),
    (
        "rounds",
        "It was what {} (GBD, 2021).",
        "",
        "appeared census cohort panel reprinted round survey wave",
    ),
    (
        "publishers",
        "A later printing ({}, 1982) is worn.",
        "",
        "Blackwell Elsevier Macmillan Palgrave Penguin Press Routledge Sage Springer Wiley",
    ),
    (
        "cities",
        "It was held in the spring ({}, 1992).",
        "",
        """
        Albertville Alma-Ata America Antwerp Atlanta Barcelona Basel Bath Beijing Birmingham
        Bologna Bristol Britain Brixton Calgary California Cambridge Cannes Cardiff
        Christchurch Cologne Cork Derry Dresden Dundee Durban Edinburgh England EU Florence
        Frankfurt Geneva Ghent Glasgow Hamburg Harvard Hiroshima Innsbruck Krakow Kyoto Leeds
        Leicester Leipzig Lillehammer Liverpool Lyon Manchester Milan Munich Nagano Naples
        Nottingham Osaka Oxford Philadelphia Porto Rio Rotterdam Scotland Seattle Seville
        Sheffield Sochi Strasbourg Sunderland Texas Toxteth Turin UK Ulster USA Utrecht Venice
        Wales Washington Wuhan
        """,
    ),
    (
        "given_names",
        "{} (1991) describes it.",
        "",
        """
        Adam_and_Eve Antony_and_Cleopatra Benny_and_Joon Bonnie_and_Clyde Butch_and_Sundance
        Cain_and_Abel Calvin_and_Hobbes Dido_and_Aeneas Fanny_and_Alexander Hansel_and_Gretel
        Harold_and_Maude Jekyll_and_Hyde Jules_and_Jim Julie_and_Julia Laurel_and_Hardy
        Lilo_and_Stitch Ren_and_Stimpy Rick_and_Morty Romeo_and_Juliet
        Rosencrantz_and_Guildenstern Thelma_and_Louise Tim_and_Eric Tom_and_Jerry
        Tristan_and_Isolde Troilus_and_Cressida Wallace_and_Gromit Will_and_Grace
        """,
    ),
]
# Each has a test of its own.
OTHERS = {
    "counted": words.COUNTED,
    "particles": {"'t"},
    "starters": {"d'après", "d’après", "laut", "nach", "selon", "según", "who"},
}
CASES = [
    pytest.param(text.format(word), cited.format(word), id=f"{name}-{word}")
    for name, text, cited, every in TABLE
    for word in (word.replace("_", " ") for word in every.split())
]


def sure(text: str) -> str:
    return " | ".join(text[found.start : found.end] for found in scan(text) if found.sure)


@pytest.mark.parametrize(("text", "cited"), CASES)
def test_word_tells_how_a_sentence_is_read(text: str, cited: str) -> None:
    assert sure(text) == cited


def test_sentences_are_read_otherwise_with_any_other_word() -> None:
    for name, text, cited, every in TABLE:
        other = "zorked" if name == "made" else "zork"
        other = other if every.strip()[0].islower() else "Zork"
        other = "Zork and Blim" if "_and_" in every else other
        assert sure(text.format(other)) != cited.format(other), text


def test_every_word_has_a_sentence() -> None:
    used = {name: set(OTHERS.get(name, ())) for name in words.LISTS}
    for name, _, _, every in TABLE:
        used[name] |= set(every.casefold().replace("_and_", " ").split())
    assert used == {name: set(listed) for name, listed in words.LISTS.items()}


def test_nothing_is_listed_that_babel_knows() -> None:
    listed = {plain(word) for name in ("cities", "times") for word in words.LISTS[name]}
    assert listed.isdisjoint(words.places_of_babel())


def test_particle_with_an_apostrophe_may_be_left_out() -> None:
    library = Library.of([Work("hart", ("'t Hart",), "1990")])
    (found,) = scan("It is so (Hart, 1990).")
    assert library.match(found.works[0]).exact


def test_doctor_of_a_series_is_no_organisation() -> None:
    assert scan("Dr Who (1963) is a series.") == []


@pytest.mark.parametrize("time", ["January", "Sept", "Jan", "Friday", "Autumn"])
def test_times_of_babel_and_seasons_are_no_names(time: str) -> None:
    assert sure(f"It was so ({time}, 2008).") == ""
