"""Files of every kind, made for the tests."""

import io
import zipfile
from collections.abc import Iterable, Sequence
from typing import Any

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from reading.formats.wrapping import width
from reading.paragraphs import Document

POLICY = (
    "东湖市标准化创新行动方案",
    "为落实上级部署，加快建设标准强市，结合我市实际，制定本方案。",
    "一、总体要求",
    "到2026年，主导制定国际标准12项以上，国家标准90项以上；到2028年底前，建成国家级试点5个。",
    "二、主要任务",
    "（一）强化科技与标准互动",
    "1.建立重大科技项目形成标准的机制，科研成果转化为标准的比例达到55%以上。（责任单位：市科技局、市市场监管局）",
    "2.支持“专精特新”企业参与标准研制，平均制定周期缩短至16个月以内。",
    "（二）完善农业标准体系",
    "三、保障措施",
    "各县（市、区）人民政府要加强组织领导，确保各项任务落实到位。",
)
TRADITIONAL = (
    "為落實上級部署，加快建設標準強市，結合我市實際，制定本方案。",
    "到2026年，主導制定國際標準12項以上，國家標準90項以上；到2028年底前，建成國家級試點5個。",
    "建立重大科技項目形成標準的機制，科研成果轉化為標準的比例達到55%以上。",
    "各縣（市、區）人民政府要加強組織領導，確保各項任務落實到位。",
)


def said(document: Document) -> list[str]:
    """What the paragraphs of a document say."""
    return [document.text[paragraph.start : paragraph.end] for paragraph in document.paragraphs]


def is_sound(document: Document) -> bool:
    """Whether paragraphs stand in their text one after another, each with something in it."""
    spans = [(paragraph.start, paragraph.end) for paragraph in document.paragraphs]
    flat = [at for span in spans for at in span]
    whole = all(document.text[start:end].strip() == document.text[start:end] != "" for start, end in spans)
    return whole and flat == sorted(flat) and bool(document.text.encode())  # and can be stored


def docx_file(paragraphs: Iterable[str] = POLICY) -> bytes:
    """A docx of plain paragraphs."""
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    return saved(document)


def saved(document: Any) -> bytes:
    """The bytes of a docx that python-docx holds."""
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def word_xml(markup: str) -> Any:
    """What stands between the brackets, as elements of a docx: `<w:p>…</w:p>`."""
    return parse_xml(f"<w:r {nsdecls('w')}>{markup}</w:r>")[0]


def zip_file(members: dict[str, bytes]) -> bytes:
    """A zip with these members."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return file.getvalue()


def html_file(paragraphs: Iterable[str] = POLICY) -> bytes:
    """A page with these paragraphs."""
    body = "".join(f"<p>　　{paragraph}</p>\n" for paragraph in paragraphs)
    return f"<!DOCTYPE html><html><head><meta charset=utf-8></head><body>{body}</body></html>".encode()


Placed = tuple[float, float, float, str]
"""x and y in points from the lower left corner, the size, what is written there."""


def pdf_file(pages: Sequence[Sequence[Placed]], *, encrypted: bool = False, drawn: bytes = b"") -> bytes:
    """A pdf whose font is not in it, only its table of characters is; the same is drawn on every page."""
    chars = sorted({char for page in pages for _, _, _, text in page for char in text})
    cmap = "\n".join(
        f"1 beginbfchar <{ord(char):04X}> <{char.encode('utf-16-be').hex()}> endbfchar" for char in chars
    )
    kids = b" ".join(b"%d 0 R" % (7 + 2 * at) for at in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(pages), kids),
        *_FONT,
        _stream(_CMAP % cmap.encode()),
    ]
    for at, page in enumerate(pages):
        objects.append(_PAGE % (8 + 2 * at))
        objects.append(_stream(b"\n".join([*(_shown(*placed) for placed in page), drawn])))
    return _pdf(objects, encrypted=encrypted)


def pdf_page(lines: Iterable[str], *, top: float = 740, left: float = 80, size: float = 16) -> list[Placed]:
    """Lines one below the other; blanks before a line set it in."""
    return [
        (left + size * (len(line) - len(line.lstrip("　"))), top - at * size * 1.75, size, line.lstrip("　"))
        for at, line in enumerate(lines)
    ]


def wrapped(paragraph: str, room: float = 27) -> list[str]:
    """Lines of this width, the first set in by two characters; a comma or a stop may hang over."""
    lines, line = [], ""
    for char in "　　" + paragraph:
        if width(line + char) > room and char not in "，。；、）”":
            lines.append(line)
            line = ""
        line += char
    return [*lines, line]


def _shown(x: float, y: float, size: float, text: str) -> bytes:
    return f"BT /F {size} Tf {x} {y} Td <{text.encode('utf-16-be').hex()}> Tj ET".encode()


def _stream(data: bytes) -> bytes:
    return b"<< /Length %d >>\nstream\n%s\nendstream" % (len(data), data)


def _pdf(objects: list[bytes], *, encrypted: bool) -> bytes:
    file, places = b"%PDF-1.5\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(file))
        file += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    table += b"".join(b"%010d 00000 n \n" % place for place in places)
    # No password gives these keys, so none opens it.
    lock = b" /Encrypt << /Filter /Standard /V 1 /R 2 /P -44 /O (%s) /U (%s) >>" % (b"o" * 32, b"u" * 32)
    trailer = b"trailer\n<< /Size %d /Root 1 0 R /ID [<00> <00>]%s >>\n" % (
        len(objects) + 1,
        lock if encrypted else b"",
    )
    return file + table + trailer + b"startxref\n%d\n%%%%EOF\n" % len(file)


_FONT = (
    b"""<< /Type /Font /Subtype /Type0 /BaseFont /Song /Encoding /Identity-H /DescendantFonts [4 0 R]
    /ToUnicode 6 0 R >>""",
    b"""<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Song /FontDescriptor 5 0 R /DW 1000
    /W [32 126 500] /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>""",
    b"""<< /Type /FontDescriptor /FontName /Song /Flags 4 /FontBBox [0 -120 1000 880] /Ascent 880
    /Descent -120 /ItalicAngle 0 /CapHeight 700 /StemV 80 >>""",
)
_PAGE = b"""<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R
/Resources << /Font << /F 3 0 R >> >> >>"""
_CMAP = b"""/CIDInit /ProcSet findresource begin 12 dict begin begincmap
/CMapName /Made def /CMapType 2 def 1 begincodespacerange <0000> <FFFF> endcodespacerange
%s
endcmap end end"""
