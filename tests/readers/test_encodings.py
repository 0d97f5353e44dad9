"""Which encoding a plain text is in. All sentences are our own."""

from __future__ import annotations

import random

import pytest

from catena.readers import ReaderError, read_bytes
from catena.readers.encodings import decode

ARABIC = (
    "أعلنت وزارة خارجية فلدانيا أن المحادثات مع اتحاد البحيرات انتهت باتفاق على فتح المعابر، وقال الناطق باسم "
    "الوزارة إن الوفدين سيلتقيان في الشهر القادم لبحث بقية البنود. وأضاف أن بلاده تنتظر رد الطرف الآخر على "
    "المقترح المكتوب قبل نهاية الأسبوع."
)
PERSIAN = (
    "وزارت امور خارجه ولدانيا اعلام کرد که گفتگوها با اتحاديه درياچه‌ها به پايان رسيد و دو هيئت ماه آينده دوباره "
    "ديدار مي‌کنند تا درباره بندهاي باقي مانده سخن بگويند."
)
RUSSIAN = (
    "Министерство иностранных дел Вельдании сообщило, что переговоры с Союзом озёр завершились соглашением об "
    "открытии переправ. Представитель ведомства сказал, что делегации встретятся в следующем месяце."
)
ENGLISH = (
    "The foreign ministry of Veldania said on Tuesday that the talks had ended. “We will return to Merrow – as agreed "
    "– within the month,” the minister’s office told the Lake Courier. It is the ministry’s view."
)
FRENCH = (
    "Le ministère des Affaires étrangères de Veldanie a déclaré que les négociations s’étaient achevées par un accord. "
    "« Nous voilà prêts », a-t-il ajouté. L’été prochain, les délégués se réuniront à nouveau."
)
TURKISH = (
    "Veldanya Dışişleri Bakanlığı, Göller Birliği ile görüşmelerin geçişlerin açılması konusunda anlaşmayla sona "
    "erdiğini açıkladı. Sözcü, heyetlerin gelecek ay yeniden görüşeceğini söyledi."
)
CASES = [
    (ARABIC, "cp1256"), (ARABIC, "iso8859-6"), (PERSIAN, "cp1256"), (RUSSIAN, "cp1251"), (RUSSIAN, "koi8-r"),
    (RUSSIAN, "iso8859-5"), (RUSSIAN, "cp866"), (ENGLISH, "cp1252"), (FRENCH, "cp1252"), (TURKISH, "cp1254"),
    (ARABIC, "utf-16-le"), (ARABIC, "utf-16-be"), (RUSSIAN, "utf-16-le"), (ENGLISH, "utf-16-be"),
    (TURKISH, "utf-16-le"), (ARABIC, "utf-8"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "encoding"), CASES)
def test_two_hundred_characters_are_decoded_right_and_the_encoding_is_named(text: str, encoding: str) -> None:
    data = text[:200].encode(encoding, "ignore")
    found = decode(data)
    assert found.text == data.decode(encoding)
    assert found.encoding == encoding


@pytest.mark.parametrize(("text", "encoding"), CASES)
def test_a_letterhead_in_english_before_the_text_does_not_hide_its_encoding(text: str, encoding: str) -> None:
    data = ("Press release No. 14/2024, press@lakes.example\r\n" + text).encode(encoding, "ignore")
    assert decode(data).text == data.decode(encoding)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_decides_and_is_not_part_of_the_text(encoding: str) -> None:
    found = decode(ARABIC.encode(encoding))
    assert found.text == ARABIC
    assert found.encoding == encoding.removesuffix("-sig")


def test_the_first_foreign_letter_may_stand_after_thirty_thousand_bytes_of_ascii() -> None:
    data = b"plain words\n" * 3000 + ARABIC.encode("cp1256")
    assert decode(data).text.endswith(ARABIC)


def test_one_curly_apostrophe_in_a_long_english_text_is_read() -> None:
    assert decode(b"plain words\n" * 3000 + "the minister’s view".encode("cp1252")).text.endswith("minister’s view")


def test_damaged_utf8_stays_utf8_with_the_damage_shown_and_said() -> None:
    found = decode(RUSSIAN.encode() + b"\xff" + b" end")
    assert found.text == RUSSIAN + "\ufffd end"
    assert found.encoding == "utf-8"
    assert "damaged" in found.doubt


def test_a_file_cut_inside_a_character_keeps_the_rest() -> None:
    found = decode(ARABIC.encode()[:-2])  # half of the last letter
    assert found.text == ARABIC[:-2] + "\ufffd"
    assert found.encoding == "utf-8"
    assert found.doubt


def test_too_little_to_judge_by_is_said() -> None:
    assert "not certain" in decode(b"abc\xff").doubt


def test_bytes_beyond_ascii_at_random_are_no_text() -> None:
    noise = random.Random(3)
    data = bytes(
        noise.choice(range(128, 256)) if noise.random() < 0.5 else noise.choice(range(32, 127)) for _ in range(3000)
    )
    with pytest.raises(ReaderError) as caught:
        decode(data)
    assert caught.value.stage == "decode"


def test_control_characters_mean_that_a_file_is_no_text() -> None:
    with pytest.raises(ReaderError):
        decode(random.Random(1).randbytes(4000))


def test_the_choice_is_reported_in_the_origin() -> None:
    origin = read_bytes(ARABIC.encode("cp1256"), "release.txt").origin
    assert origin.encoding == "cp1256"
    assert origin.steps == ("decoded cp1256",)
