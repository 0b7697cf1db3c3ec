"""What can be a syllable of Vietnamese (âm tiết): enough to tell a right decoding from a wrong one."""

import re
import unicodedata
from functools import cache

_ONSETS = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x"
# Nucleus and the finals that may close it; "." stands for no final.
_RHYMES = {
    "a": ". c ch i m n ng nh o p t u y", "ă": "c m n ng p t", "â": "c m n ng p t u y",
    "e": ". c m n ng o p t", "ê": ". ch m n nh p t u", "i": ". a ch m n nh p t u", "iê": "c m n ng p t u",
    "o": ". c i m n ng p t", "oa": ". c ch i m n ng nh o p t y", "oă": "c m n ng t", "oe": ". n o t", "oo": "c ng",
    "ô": ". c i m n ng p t", "ơ": ". i m n p t", "u": ". a c i m n ng p t", "uâ": "n ng t y",
    "uê": ". ch nh n", "uô": "c i m n ng t", "uơ": ".", "uy": ". a ch n nh p t u", "uyê": "n t",
    "ư": ". a c i m n ng t u", "ươ": "c i m n ng p t u", "y": ". t", "yê": "m n ng t u",
}  # fmt: skip
_TONE = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_SHARP_OR_HEAVY = re.compile("[\u0301\u0323]")
_STOPPED = re.compile(r"(?:p|t|c|ch)$")


@cache  # a table of 4,500, for the few cells that are asked about
def _syllables() -> frozenset[str]:
    return frozenset(
        onset + nucleus + final.strip(".")
        for onset in ("", *_ONSETS.split())
        for nucleus, finals in _RHYMES.items()
        for final in finals.split()
    )


def is_syllable(word: str) -> bool:
    """Whether `word` is spelled as Vietnamese is; a final p, t, c or ch asks for a sharp or heavy tone."""
    decomposed = unicodedata.normalize("NFD", word.lower())
    tones = _TONE.findall(decomposed)
    plain = unicodedata.normalize("NFC", _TONE.sub("", decomposed))
    if len(tones) > 1 or plain not in _syllables():
        return False
    return not _STOPPED.search(plain) or bool(tones and _SHARP_OR_HEAVY.match(tones[0]))
