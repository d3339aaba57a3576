"""What a sentence says of a lone name and year, and that each sign is needed for one."""

import pytest

from sphinx_evidence.prose import evidence
from sphinx_evidence.prose.scanner import scan

# No entry fits any of them; each sign is the first that fits one of these sentences.
AUTHORS = [
    "So did Barrington (2003).",
    "As does Harrington (2003), they fail.",
    "Neither had Harrington (2003).",
    "So too did Harrington (2003).",
    "As in Harrington (2003), we asked twice.",
    "Others cite Harrington (2003) here.",
    "By extending Harrington (2003), they got far.",
    "They quote Harrington (2003) at length.",
    "We largely follow Harrington (2003) here.",
    "This was known to Harrington (2003).",
    "We owe it to Harrington (2003).",
    "The term goes back to Harrington (2003).",
    "It is a response to Harrington (2003).",
    "The same holds for Harrington (2003).",
    "The same is true of Harrington (2003).",
    "Those who, like Harrington (2003), doubt averages are few.",
    "Critics such as Harrington (2003) are rare.",
    "Nobody had asked the patients before Harrington (2003).",
    "Little has been written on kilns since Harrington (2003).",
    "We start with Harrington (2003).",
    "We took it from Harrington (2003).",
    "The idea was borrowed from Harrington (2003).",
    "It was Harrington (2003).",
    "It was Harrington (2003) who asked first.",
    "The method is that of Harrington (2003).",
    "A phonology by Harrington (2003) has four parts.",
    "The claims of Harrington (2003) are bold.",
    "The scale by Harrington (2003) was used.",
    "The first was Harrington (2003).",
    "For Harrington (2003) it is a gift.",
    "The Harrington (2003) model has one part too many.",
    "Harrington (2003), for one, is unmoved.",
    "There is Putnam (2000), and Harrington (2003) for a critique.",
    "Harrington (2003) remains the best account.",
    "Harrington (2003), by contrast, is unmoved.",
    "Harrington (2003) is silent on it.",
    "Was Harrington (2003) right about the flood?",
    "Here is a town. Harrington (2003) disagrees.",
    "Harrington (2003) takes issue with it.",
    "So is Harrington (2003). Harrington argues that it is so.",
    "Like Harrington et al. (2001), we met Harrington (2003).",
    "Harrington (2003) begins at the drain, Li et al. (2010) begins at the door.",
    "Wool was dyed (Harrington 1958), and so was flax (Leamy et al. 2011).",
    "Mary Harrington (2003) argues that it is so.",
    "Harrington's 2003 survey is small.",
    "In Harrington’s 1991 monograph it is a lodger.",
    "The economist Harrington (2003) kept a diary.",
    "The critic Harrington (2003) hated it.",
    "What Harrington (2003) calls a pause is a break.",
    "Three writers disagree: Harrington (2003), Okafor (2004) and Li (2005).",
    "It is hard to square this with Harrington (2003).",
    "Critics point to Harrington (2003).",
    "Few have improved on Harrington (2003).",
    "In the words of Harrington (2003), a rota is a promise.",
    "Thanks to Harrington (2003) there is a map.",
    "It would not have surprised Harrington (2003).",
    "One could object, with Harrington (2003), that it is small.",
    "They agreed, but Harrington (2003) dug the same trench.",
    "Only Harrington (2003) weighed the fish.",
    "Harrington (2003) sets the price of coal.",
    "Harrington (2003) was the main source.",
    "Harrington (2003) is short but sound.",
    "One may ask Harrington (2003) for a critique.",
    "It is the old line of the coast, after Harrington (2003).",
    "They were walked first by M. Harrington (2003), then by a son.",
    "Henriksen heard it, and Harrington and Okafor (2003) did, too.",
    "Mary Harrington (2003) was the first to write it, and she was deaf.",
    "The editor is still Harrington (ed., 2003).",
    "The tunes are in Harrington 2003, plate 4.",
    "Compare Harrington, 2003, where it is shorter.",
    "The bridge hums in an east wind (Harrington 2003).",
    "It is sad that all ignore Harrington (2003).",
    "I am indebted to Harrington (2003) for the phrase.",
    "The sceptics include Harrington (2003) and few others.",
    "In a recent article, Harrington (2003) dwelt on rent.",
    "Some, like Harrington (2003), speak of drift.",
    "No one had drawn the beast before Harrington (2003).",
    "The best starting point is Harrington (2003).",
    "There is nothing in Harrington (2003) to say so.",
    "Read Harrington (2003) first.",
    "Harrington (2003), in a study of ferries, came to it.",
    "Harrington (2003) is quoted on every plaque.",
    "Recently, Harrington (2003) has opened the question.",
    "Harrington and his 2003 monograph are forgotten.",
    "Harrington (2003) might be mended.",
    "Has anybody asked the patients since Harrington (2003)?",
    "It was a schoolmistress, Mary Harrington (2003), who saw it.",
    "According to Professor Harrington (2003), it takes a while.",
    "D’après Harrington et Pradel (2003), le sel est gris.",
    "Laut Harrington und Thiel (2003) war es so.",
    "Nach Harrington und Thiel (2003) war es so.",
    "Selon Harrington et Pradel (2003), le sel est gris.",
    "Según Harrington y Goñi (2003), la palma se rompe.",
    "On loom weights see also Okafor 2014 and, with better drawings, Harrington 2003.",
    "Only later, with Harrington (2003), did anyone weigh it.",
    "Not only Harrington (2003) but others were deaf.",
    "Harrington herself (2003) came to doubt it.",
    "Harrington, in a 2003 review, is silent.",
    "Harrington, in his paper of 2003, is silent.",
    "Everybody still opens the 2003 monograph of Harrington.",
    "It was so (contra Harrington 2003).",
    "Okafor (1955), Li (1961) and Harrington (2003) all saw the beam.",
    "This owes more to Harrington (2003) than is said.",
    "There are good reasons to follow Harrington (2003) here.",
    "Nobody reads Harrington (2003) any more.",
    "A bibliography is set out in Harrington (2003).",
    "Some readers of Harrington (2003) will know the picture.",
    "I rely throughout on Harrington (2003).",
    "Sluices go unmentioned here; Harrington (2003) does so.",
    "Pace Harrington (2003), no such vowel has been recorded.",
    "Harrington shows (2003) that rent rose.",
    "As Harrington notes (2003), the bell was late.",
    "Harrington’s review (2003) is old.",
    "The 2003 paper by Harrington is old.",
    "So did Harrington in 2003.",
    "Writing in 2003, Harrington had doubts.",
    "Harrington’s paper of 2003 is old.",
    "Harrington, in her 2003 paper, is silent.",
    "It was first described by Harrington in 2003.",
    "It was first described in 2003 by Harrington.",
    "As Harrington showed in 2003, it is so.",
    "In 2003 Harrington had shown that it is so.",
    "Praised by Okafor and Li (2007) and, more politely, by Harrington (2003), it was sold.",
    "The Guild of Harrington (2003) objected to the word.",
    "Harrington Ochoa (2003) sostiene que es así.",
    "It was told on the first Monday (Harrington Wardens’ Federation, 2003).",
    "MacHarrington (2003) sold the farm.",
    "Whatever Harrington (2003) may have meant, it was read as a yes.",
    "They could not find it, and Harrington (2003) could not repeat it.",
]
OTHERS = [
    "We screened Metropolis (1927) on the wall of the gym.",
    "They watched Kes (1969) and wrote a page.",
    "It was louder, but Concorde (1976) was heard.",
    "The artist Banksy (2003) painted the wall.",
    "They were bought with Alpha (2020) isolates.",
    "The talks of PyTide 2019 (Zwolle, 2019) are old.",
    "The first to fly it was Harper (1911).",
    "The tram to Pendleton (1903) was the first.",
    "They read Beloved (1987) in class.",
    "The last trial was Duncan (1944).",
    "Born in Lincoln, Nebraska (1933), she moved.",
    "Comet Harrington (1990) passed, and ash fell from Mount Harrington (1996).",
    "It is a jelly (Edna’s, 1962).",
    "A photograph (Unnur, 2017) shows it.",
    "All Hallows (1411, rebuilt 1880) is a church.",
    "“I know him” (kiosk customer Adom, 2015).",
    "Huygens (2005) did not.",
    "Dolly’s theory (1915) and the 1962 table by Eames are one thing, Boyle’s law of 1662 another.",
    "In 1974 Nixon resigned, and said in 1975 that he had.",
    "It was built by Telford in 1826, and opened in 1827 by Telford.",
    "The Model T (1908) sold well.",
    "Buxton (1989) never reopened.",
    "It was held by Inchbald (Liberal, 1929).",
    "It is on the old grid (sheet Holm, 1936).",
    "So (B, 2016) lies on the line.",
    "She saw it in a film (Twister, 1996).",
    "It was Titanic (1997) that she saw first.",
    "The flood of Katrina (2005) broke the levees.",
    "After Katrina (2005) the town was built anew.",
    "They met in Whitby (2014).",
    "After Katrina (2005), however, it was dry.",
    "Since Katrina (2005), however, it is dry.",
    "It is of no use, for Concorde (1976) was built to be fast. For Concorde (1976) was not cheap.",
    "So it was in Woodstock (1969), and with the Hubble (1990).",
    "The Hubble (1990) sent pictures; Sputnik (1957) sent a sound.",
    "Hamlet (1601) and Macbeth (1606) are tragedies.",
    "Among the firms were Amazon (1994), Enron (2001) and Google (1998).",
    "Of the ships, it was Lusitania (1915) that sank.",
    "It is ImageNet (2009).",
    "For Windrush (1948) generation and age are one.",
    "It is Discovery (2000), a discovery.",
    "A symphony by Mahler (1902) ended it.",
    "Mozart’s (1791) last opera is well known.",
    "So did ENIAC (1945).",
    "It was Eroica (1804).",
    "Barrow’s 2017 promotion ended it.",
    "The exchange was paid for by Erasmus (2014) and before that by Tempus (1990).",
    "Brown v Board (1954) said so.",
    "The case of Gillick (1985) said otherwise.",
    "It was reprinted in JAMA (1999).",
    "Deep Blue (1997) beat the champion.",
    "The Stern Review (2006) argues that it is so.",
    "- Whitby (2014, flood)",
    "One of them said so (P7, 2019).",
    "It was a long film (Vertigo 1958).",
    "She taught in towns (Tartu, 2004; Riga, 2006).",
    "Heights are a theme (Vertigo, 1958; Rear Window, 1954).",
    "It was a cinema (the Regal, 1931).",
    "The gull *Larus* belongs to the genus (Larus, 1931).",
]


def lone(text: str) -> list[str]:
    found = [mention for mention in scan(text) if mention.sure]
    return [text[m.start : m.end] for m in found if "et al" not in text[m.start : m.end]]


@pytest.mark.parametrize("text", AUTHORS)
def test_author_without_an_entry_is_told(text: str) -> None:
    assert any("Harrington" in words or "Barrington" in words for words in lone(text))


@pytest.mark.parametrize("text", OTHERS)
def test_place_film_or_machine_is_not(text: str) -> None:
    assert lone(text) == []


def test_each_sign_is_the_first_that_fits_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("BEFORE", "AFTER"):
        signs = getattr(evidence, name)
        for index, (_, sign) in enumerate(signs):
            monkeypatch.setattr(evidence, name, [*signs[:index], *signs[index + 1 :]])
            changed = [text for text in AUTHORS if not lone(text)]
            changed += [text for text in OTHERS if lone(text)]
            assert changed, sign.pattern
            monkeypatch.setattr(evidence, name, signs)


def test_genus_in_italics_has_its_author() -> None:
    text = "The genus Larus (Linnaeus, 1758) is large."
    assert not [found for found in scan(text, titles=[(10, 15)]) if found.sure]


def test_species_and_titles_in_italics_have_their_authors() -> None:
    for title in ("Larus harpsdeni", "The Last Reel"):
        text = f"One of them is {title} (Trapp, 1961)."
        assert [found for found in scan(text) if found.sure]
        assert not [found for found in scan(text, titles=[(15, 15 + len(title))]) if found.sure]


@pytest.mark.parametrize(
    ("page", "sure"),
    [
        ("Source\n\nHorses\n\nHarrington (2003)\n\n14", True),
        ("Which\n\nHorses\n\nHarrington (2003)\n\n14\n\nLi and Okafor (2010)\n\n9", True),
        ("Ship\n\nHorses\n\nHarrington (2003)\n\n14", False),
    ],
)
def test_cell_among_cells_of_sources(page: str, sure: bool) -> None:  # noqa: FBT001
    (found,) = scan("Harrington (2003)", page=page)
    assert found.sure is sure
