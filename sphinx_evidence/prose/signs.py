"""What stands before a lone name, and behind its year, where the name is an author's, or a thing's.

Each sign has a weight, which `evidence` adds up; of each side the first that fits counts.
"""

import re

from sphinx_evidence.prose.words import CUES

# What an object begins with.
_DETERMINERS = (
    r"(?:all|an?|any|both|each|every|fewer|her|his|how|it|its|less|more|no|only|our|that|the|their|"
    r"them|these|this|those|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twice|us|"
    r"what|whether|why|\d+)\b"
)
_CUES = "|".join(sorted(CUES))
_WORKS = f"{_CUES}|authority|exception|source"
_IS = "(?:is|remains|was)"


def _signs(*signs: tuple[int, str]) -> list[tuple[int, re.Pattern[str]]]:
    return [(weight, re.compile(pattern, re.IGNORECASE)) for weight, pattern in signs]


# What leads to the name.
BEFORE = _signs(
    (3, r"\b(?:as|neither|nor|so|than) (?:did|do|does|had|has|have|would)$"),
    (3, r"\b(?:as|so) (?:also|too) (?:did|does|had|has|in)$|\bas in$"),
    (3, r"\b(?:cit|critici[sz]|critiqu|contradict|disput|echo|extend)(?:e|es|ed|ing|s)?$"),
    (3, r"\b(?:ignore|misread|neglect|overlook)(?:d|ed|s)?$|\b(?:in)?debt(?:ed)? to$"),
    (3, r"\b(?:critics|scholars|sceptics) (?:are|include)$"),
    (3, rf"\bin (?:an?|her|his|their) (?:[\w-]+ ){{0,3}}(?:{_CUES}),$"),
    (3, r"\b(?:paraphras|quot|rebut|refut|replicat)(?:e|es|ed|ing|s)?$"),
    (3, r"\b(?:I|we) (?:\w+ly )?(?:adapt|adopt|follow|prefer|read|thank|trust)(?:ed)?$"),
    (3, r"\b(?:ascribed|attributed|back(?: at least)?|credited|known|left) to$"),
    (3, r"\bowe[ds]?(?: \w+)? to$"),
    (3, r"\b(?:answer|objections?|rejoinder|repl\w+|respon[ds]\w+) to$"),
    (3, r"\bholds? for$|\btrue (?:for|of)$"),
    (3, r"\b(?:authors|critics|others|researchers|scholars|some|writers),? (?:like|such as)$"),
    (3, r"\b(?:those|who),? (?:like|such as)$"),
    # Nobody had asked before X; little has been written since X.
    (3, r"\b(?:few|little|not much|nothing) .*(?:ask|said|writ)\w* .*(?:before|since)$"),
    (3, r"\b(?:anybody|anyone|nobody|no one)\b.* (?:before|since)$"),
    # The economist X; what X calls; three scholars disagree: X.
    (3, r"\bthe (?:[\w-]+ )?(?-i:[a-z]+)(?<!art)(?:grapher|ian|ist|sopher)s?,?$"),
    (3, r"\b(?:the (?:[\w-]+ )?(?:author|critic|researcher|scholar|writer)s?,?|what(?:ever)?)$"),
    (3, r"\b(?:authors|critics|papers|researchers|scholars|studies|writers)\b[^.:;]*:$"),
    (2, r"\b(?:agree\w*|company|compared|disagree\w*|consistent|odds|start\w*|beg[aiu]ns?) with$"),
    (2, r"\b(?:borrow\w*|derive[sd]?|draw[ns]?|drew|know[ns]?|learn\w*)(?: \w+)? from$"),
    (2, r"\b(?:conflict\w*|reconcile[ds]?|square[ds]?|tall(?:y|ies)) .*with$|\bpoint(?:ed|s)? to$"),
    (2, r"\b(?:builds?|built|draw[ns]?|drew|improve[ds]?|lean[st]?)(?: \w+)? (?:up)?on$"),
    (2, r"\brel(?:ies|y)(?: \w+)? (?:up)?on$"),
    (2, r"\b(?:advice|example|footsteps|lead|sense|spirit|words) of$|\bthanks to$"),
    (2, r"\b(?:cop(?:y|ied)|taken?|takes|took)(?: \w+)? from$"),
    (2, r"(?:^|[.,;:!?] |\b(?:and|but|so) )(?:it|that|this) (?:is|was)$|\bamong them,?$"),
    (2, r"(?<!\bafter )(?<!\bbefore )\b(?:ones?|that|those) (?:by|from|in|of)$"),
    (2, r"\w(?:isms?|metry|olog(?:y|ies)|onom(?:y|ies)|sis) (?:by|from|in|of)$"),
    (2, rf"\b(?:{_CUES}|edition|point) is(?: by)?$|\b(?:{_CUES}) comes? from$"),
    (2, r"\bnot only$|\bnothing in$|\bas (?:early|late) as$|\bexception of$"),
    (2, r"\b(?:another|best|clear|earlier|exception|first|later|next|recent) (?:is|was)$"),
    (2, r"\b(?:I|one|to|we) (?:accept|consult|follow|reject)$|\b(?:nobody|who) reads$"),
    (2, r"\b(?:given|set out) in$|\breaders? of$|\bof the(?:m|se) (?:is|was)$"),
    (2, r"\bwould (?:not )?have [a-z]+ed$|\b(?:agree|argue|conclude|object|say)[ds]?,? with$"),
    (2, r"(?:^|[.!?:;] )(?:contra|even|for|here|not so|pace|read|to|with)$"),
    (2, r"\b(?:adapted|drawn|modified),? after$|, after$"),
    # Of a person as of a thing, until more is said.
    (1, r"\b(?:also|first|later|then) by$"),
    (1, r"(?:^|[.!?:;,] )(?:although|and|but|if|later|though|only|whereas|while|yet)$"),
    (1, r"(?:^|[.!?] )[\w ]+,$"),
    (-3, r"(?:^|\s)(?:across|after|an?|around|at|before|between|during|from|her|his|in|into)$"),
    (-3, r"(?:^|\s)(?:its|near|our|outside|over|since|the|their|this|through|till|to|until|via)$"),
)
# What follows the year.
AFTER = _signs(
    (-3, r",? (?:are|is|was|were) (?:built|followed|held|lost|made|not|shown|sold|struck|won)\b"),
    (-3, r" (?:accident|accords?|disaster|edition|games|generation|models|outbreaks?|season)\b"),
    (-2, r" that\b"),
    # Even behind an article: "the Hill (2002) model".
    (7, rf" (?:{_CUES}|approach|criteria|formula)\b"),
    (3, r",? (?:among others|and others|for one|who|whose|whom)\b"),
    (3, rf",? in (?:an?|her|his|their) (?:[\w-]+ )?(?:{_CUES})\b"),
    (3, rf" {_IS} (?:\w+ )?(?:cited|criticised|discussed|quoted|reprinted)\b"),
    (3, rf" for (?:an?|the) (?:[\w-]+ )?(?:{_CUES})\b"),
    (3, rf" (?:gave|gives|had|has|is|offers?|remains|was) (?:[\w-]+ ){{0,4}}(?:{_WORKS})s?\b"),
    (2, r",? (?:by contrast|for (?:her|his|their) part|however|in turn|likewise)\b"),
    (2, r",? (?:is|was) (?:[\w-]+ )?(?:alone|at pains|careful|certain|convinced|silent|vague)\b"),
    (2, rf" {_IS} (?:\w+ )?(?:brief|detailed|short|sound|thorough|unpublished|useful)\b"),
    (2, r" (?:correct|mistaken|right|wrong)\b| (?:disagree|doubt|err)(?:s|ed)\b"),
    # What it lists, and not what goes by it: “Alpha (2020) isolates”.
    (2, rf" (?:\w+ly )?(?!(?:carries|has|is|makes|runs|uses|was)\b)[a-z]+s {_DETERMINERS}"),
    (2, r" (?:may|might|would have) "),
    (2, r" (?:did|does)(?: so)?[.,;]|,? did (?:any\w+|nobody|no one)\b"),
    (2, rf" (?:all|both) [a-z]+ {_DETERMINERS}"),
    (1, rf" (?:has )?(?:\w+ly )?(?!(?:had|has|is|was)\b)[a-z]+ {_DETERMINERS}"),
    (2, r" (?:draws|relies) on\b| (?:goes|went) further\b| (?:takes|took) issue\b"),
)
