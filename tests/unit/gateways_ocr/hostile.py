"""Files that somebody made to do harm, or that are merely odd; all made here, none from elsewhere."""

import codecs
import io
import struct
import zipfile
import zlib

import pikepdf
from PIL import Image, ImageChops, TiffImagePlugin

from tests.unit.gateways_ocr.paper import LETTER, as_pdf, as_tiff, changed, drawn

MEBIBYTE = 1024 * 1024
# The EICAR test file (eicar.org), turned about so that no scanner takes this source for it.
EICAR = codecs.decode(
    "K5B!C%@NC[4\\CMK54(C^)7PP)7}$RVPNE-FGNAQNEQ-NAGVIVEHF-GRFG-SVYR!$U+U*", "rot13"
).encode()


def deflated(mebibytes):
    """That many MiB of blanks, packed a thousandfold."""
    packer = zlib.compressobj(9)
    head = packer.compress(b" ") + packer.flush(zlib.Z_FULL_FLUSH)
    one = packer.compress(b" " * MEBIBYTE) + packer.flush(zlib.Z_FULL_FLUSH)  # stands alone: can be repeated
    return head + mebibytes * one + packer.flush()


def zip_bomb():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("fax.pdf", b" " * 64 * MEBIBYTE)
    return packed.getvalue()


def pdf_with(change):
    return changed(as_pdf(drawn()), change)


def pdf_with_a_bomb_to_draw(mebibytes=1500):
    def swap(pdf):
        stream = pikepdf.Stream(pdf, b"")
        stream.write(deflated(mebibytes), filter=pikepdf.Name.FlateDecode)
        pdf.pages[0].Contents = stream

    return pdf_with(swap)


def pdf_with_a_bomb_as_picture(mebibytes=1500):
    def swap(pdf):
        picture = next(iter(pdf.pages[0].get_images().values()))
        picture.write(deflated(mebibytes), filter=pikepdf.Name.FlateDecode)

    return pdf_with(swap)


def pdf_of_a_huge_bitmap():
    def enlarge(pdf):
        picture = next(iter(pdf.pages[0].get_images().values()))
        picture.Width = picture.Height = 60_000

    return pdf_with(enlarge)


def tiff_that_runs_in_a_circle():
    content = bytearray(as_tiff(drawn(), drawn()))
    first = struct.unpack_from("<I", content, 4)[0]
    second_at = first + 2 + 12 * struct.unpack_from("<H", content, first)[0]
    second = struct.unpack_from("<I", content, second_at)[0]
    end = second + 2 + 12 * struct.unpack_from("<H", content, second)[0]
    struct.pack_into("<I", content, end, first)
    return bytes(content)


def pdf_with_scripts_and_attachments():
    def add(pdf):
        script = pikepdf.Dictionary(
            S=pikepdf.Name.JavaScript, JS='app.alert("read me"); this.exportDataObject()'
        )
        pdf.Root.OpenAction = pdf.pages[0].AA = pdf.make_indirect(script)
        pdf.attachments["eicar.com"] = pikepdf.AttachedFileSpec(pdf, EICAR)
        launch = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="calc.exe")
        pdf.Root.Names.JavaScript = pikepdf.Dictionary(Names=pikepdf.Array(["start", launch]))

    return pdf_with(add)


def jbig2_pdf():
    """A page whose picture is one generic region of JBIG2, coded as MMR (ITU-T T.88 6.2.6: G4, so to speak)."""
    coded = g4_of(drawn())
    information = struct.pack(">IIIIBH", *LETTER, 0, 0, 0, 0)
    region = struct.pack(">IIIIBB", *LETTER, 0, 0, 0, 1) + coded
    stream = _segment(0, 48, information) + _segment(1, 38, region)

    def swap(pdf):
        picture = next(iter(pdf.pages[0].get_images().values()))
        picture.write(stream, filter=pikepdf.Name.JBIG2Decode)

    return pdf_with(swap)


def g4_of(page):
    """The page as one strip of G4, black on white."""
    packed = io.BytesIO()
    page.convert("1", dither=Image.Dither.NONE).save(packed, "TIFF", compression="group4", strip_size=1 << 24)
    with Image.open(packed) as tiff:
        (start,), (count,) = tiff.tag_v2[273], tiff.tag_v2[279]
    return packed.getvalue()[start : start + count]


def _segment(number, kind, content):
    return struct.pack(">IBBBI", number, kind, 0, 1, len(content)) + content


def colour_pdf():
    """A colour scan on yellowish paper, packed as JPEG."""
    packed = io.BytesIO()
    paper = Image.new("RGB", LETTER, (250, 244, 225))
    ImageChops.multiply(paper, drawn().convert("RGB")).save(packed, "PDF", resolution=204, quality=70)
    return packed.getvalue()


def mixed_tiff():
    """Fine, standard and 300 dpi pages in one file."""
    pages = [
        (drawn(), (204, 196)),
        (drawn().resize((1728, 1100)), (204, 98)),
        (drawn().resize((2540, 3234)), (300, 300)),
    ]
    packed = io.BytesIO()
    with TiffImagePlugin.AppendingTiffWriter(packed) as writer:
        for page, dpi in pages:
            page.convert("1", dither=Image.Dither.NONE).save(writer, "TIFF", compression="group4", dpi=dpi)
            writer.newFrame()
    return packed.getvalue()


def polyglot():
    """A TIFF that a reader of PDFs would open as another page."""
    pdf, coded = as_pdf(drawn(("Quite another patient",))), g4_of(drawn())
    entries = [
        (256, LETTER[0]),
        (257, LETTER[1]),
        (258, 1),
        (259, 4),
        (262, 1),
        (273, 8 + len(pdf)),
        (279, len(coded)),
    ]
    directory = struct.pack("<H", len(entries))
    directory += b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in entries) + bytes(4)
    return b"II*\0" + struct.pack("<I", 8 + len(pdf) + len(coded)) + pdf + coded + directory
