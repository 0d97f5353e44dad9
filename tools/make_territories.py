"""Write src/catena/data/anatomy/territories.yaml: names of states, continents and well-known cities in seven languages.

    python tools/make_territories.py           # write the file
    python tools/make_territories.py --check   # exit 1 when the file is not what the installed Babel holds

The names come from the Unicode Common Locale Data Repository (CLDR) as Babel carries it: territories by their ISO 3166
codes, and the cities that time zones are named after. Babel is needed for this tool only.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import babel
from babel import Locale

FILE = Path(__file__).parent.parent / "src" / "catena" / "data" / "anatomy" / "territories.yaml"
LANGUAGES = ("en", "ar", "fa", "ur", "ru", "fr", "tr")
REGIONS = ("002", "003", "005", "009", "013", "019", "029", "034", "035", "142", "143", "150", "202", "419")
"""Continents and their parts that are names; the others ("Western Asia") are headings of statistics."""
LEFT_OUT = ("ZZ", "XA", "XB", "QO", "EZ", "EU", "UN")  # no territories; bodies stand in places.yaml
HEAD = f"""\
# Made by tools/make_territories.py from the Unicode CLDR (Unicode License V3) as Babel {babel.__version__} carries it;
# not edited by hand. Names of territories by ISO code and of cities by time zone, as in {", ".join(LANGUAGES)}.
# What a language writes like another word, and further names of a state, stand in places.yaml.
"""


def main() -> int:
    """Write the file, or compare."""
    made = HEAD + "\n".join(_lines()) + "\n"
    if "--check" in sys.argv:
        return int(FILE.read_text(encoding="utf-8") != made)
    FILE.write_text(made, encoding="utf-8")
    return 0


def _lines() -> Iterator[str]:
    locales = [Locale(language) for language in LANGUAGES]
    known = map(str, locales[0].territories)
    codes = sorted(code for code in known if len(code) == 2 and code not in LEFT_OUT)
    yield "territories:"
    for code in (*codes, *REGIONS):
        names = (locale.territories.get(code, "") for locale in locales)
        yield f'  "{code}": "{"|".join(map(_plain, names))}"'
    yield "cities:"
    zones = sorted({zone for locale in locales for zone, told in locale.time_zones.items() if "city" in told})
    for zone in zones:
        names = (locale.time_zones.get(zone, {}).get("city", "") for locale in locales[1:])
        english = locales[0].time_zones.get(zone, {}).get("city") or zone.rsplit("/", 1)[1].replace("_", " ")
        if "/" in zone and not zone.startswith(("Etc/", "Antarctica/")):
            yield f'  "{zone}": "{"|".join(map(_plain, (english, *names)))}"'


def _plain(name: str) -> str:
    """A name without the remark in brackets and with plain apostrophes: "Myanmar (Burma)"."""
    return name.split(" (")[0].split(" - ")[0].replace("’", "'").replace('"', "")


if __name__ == "__main__":
    sys.exit(main())
