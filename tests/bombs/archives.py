"""Archives: bombs, names that point outside, damage, polyglots."""
import bz2
import gzip
import io
import lzma
import struct
import tarfile
import zipfile
import zlib

TIME = (2020, 1, 1, 0, 0, 0)
LINE = b"The lighthouse of Varne was built in 1843 by Tomas Elg.\n"


def make_zip(entries, method=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method, compresslevel=9) as archive:
        for name, content in entries:
            info = zipfile.ZipInfo(name, TIME)
            info.compress_type = method
            archive.writestr(info, content)
    return out.getvalue()


def gzip_zeros(megabytes):
    """One gzip member of so many MB of zeros, without holding them."""
    pack = zlib.compressobj(9, zlib.DEFLATED, 31)
    block = bytes(1 << 20)
    pieces = [pack.compress(block) for _ in range(megabytes)]
    return b"".join(pieces) + pack.flush()


def matryoshka():
    """As 42.zip: 16 archives in each of 16 archives ... of 16 MB of zeros."""
    inner = make_zip([(f"0{i:x}.txt", bytes(16 << 20)) for i in range(2)])
    for layer in range(5):
        inner = make_zip([(f"lib_{layer}_{i:x}.zip", inner)
                          for i in range(16)])
    return inner


def chain(depth):
    """An archive in an archive in an archive, for those without a limit."""
    inner = make_zip([("bottom.txt", LINE)])
    for level in range(depth):
        inner = make_zip([(f"level{level}.zip", inner)], zipfile.ZIP_STORED)
    return inner


def overlapping():
    """Every entry of the directory has the same bytes: n entries, one cost."""
    kernel = zlib.compressobj(9, zlib.DEFLATED, -15)
    size = 8 << 20
    plain = b" " * size  # A document of this cannot be searched.
    data = kernel.compress(plain) + kernel.flush()
    crc = zlib.crc32(plain)
    local = struct.pack("<4sHHHHHIIIHH", b"PK\3\4", 20, 0, 8, 0, 0x5021, crc,
                        len(data), len(plain), 5, 0) + b"k.txt" + data
    directory = b""
    for i in range(5000):
        name = f"{i:05d}.txt".encode()
        directory += struct.pack("<4sHHHHHHIIIHHHHHII", b"PK\1\2", 20, 20, 0,
                                 8, 0, 0x5021, crc, len(data), len(plain),
                                 len(name), 0, 0, 0, 0, 0, 0) + name
    end = struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, 5000, 5000,
                      len(directory), len(local), 0)
    return local + directory + end


def zip_slip():
    names = ["../../cairn_bomb_escaped.txt", "/tmp/cairn_bomb_escaped.txt",
             "a/../../../tmp/cairn_bomb_escaped.txt",
             "..\\..\\cairn_bomb_escaped.txt", "C:\\cairn_bomb_escaped.txt",
             "ok/inside.txt", "nul\u0001name.txt", "x" * 900 + ".txt"]
    return make_zip([(name, LINE) for name in names])


def zip_with_link():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        link = zipfile.ZipInfo("passwd.txt", TIME)
        link.create_system = 3
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr(zipfile.ZipInfo("beside.txt", TIME), LINE)
    return out.getvalue()


def locked_zip():
    """All entries claim to be encrypted."""
    packed = bytearray(make_zip([("secret.txt", LINE)]))
    packed[6] |= 1
    packed[packed.find(b"PK\1\2") + 8] |= 1
    return bytes(packed)


def make_tar(members):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as tar:
        for name, kind, target, content in members:
            member = tarfile.TarInfo(name)
            member.type = kind
            member.linkname = target
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
    return out.getvalue()


def tar_slip():
    return make_tar([
        ("../../cairn_bomb_escaped.txt", tarfile.REGTYPE, "", LINE),
        ("/tmp/cairn_bomb_escaped.txt", tarfile.REGTYPE, "", LINE),
        ("link", tarfile.SYMTYPE, "/tmp", b""),
        ("link/cairn_bomb_escaped.txt", tarfile.REGTYPE, "", LINE),
        ("hard.txt", tarfile.LNKTYPE, "/etc/passwd", b""),
        ("null", tarfile.CHRTYPE, "", b""),
        ("pipe", tarfile.FIFOTYPE, "", b""),
        ("inside.txt", tarfile.REGTYPE, "", LINE)])


def lying_tar():
    """A header that announces 8 GB and ends there."""
    tar = bytearray(make_tar([("huge.txt", tarfile.REGTYPE, "", b"")])[:512])
    tar[124:136] = b"77777777777\0"
    tar[148:156] = b"        "
    tar[148:156] = b"%06o\0 " % sum(tar)
    return bytes(tar)


def lying_zip():
    """The directory says 10 bytes, the entry has 16 MB."""
    packed = bytearray(make_zip([("lie.txt", b"varne " * (16 << 17))]))
    at = packed.find(b"PK\1\2") + 24
    packed[at:at + 4] = struct.pack("<I", 10)
    return bytes(packed)


def bombs():
    yield "matryoshka.zip", matryoshka()
    yield "chain_100.zip", chain(100)
    yield "overlapping.zip", overlapping()
    yield "slip.zip", zip_slip()
    yield "link.zip", zip_with_link()
    yield "locked.zip", locked_zip()
    yield "lying.zip", lying_zip()
    yield "zeros.zip", make_zip([("zeros.txt", bytes(256 << 20))])
    yield "entries_20000.zip", make_zip(
        [(f"d{i % 97}/{i}.txt", b"") for i in range(20000)])
    whole = make_zip([("a.txt", LINE * 100), ("b.txt", LINE)])
    yield "cut.zip", whole[:len(whole) // 2]
    yield "no_directory.zip", whole[:whole.find(b"PK\1\2")]
    yield "only_end.zip", b"PK\5\6" + bytes(18)
    yield "many_disks.zip", whole[:-18] + b"\xff\xff" * 4 + whole[-10:]
    yield "slip.tar", tar_slip()
    yield "lying.tar", lying_tar()
    yield "zeros.gz", gzip_zeros(512)
    yield "zeros.tar.gz", gzip.compress(make_tar(
        [("zeros.txt", tarfile.REGTYPE, "", bytes(128 << 20))]), mtime=0)
    yield "gzip_in_gzip.txt.gz", gzip.compress(
        gzip.compress(gzip_zeros(512), mtime=0), mtime=0)
    yield "zeros.txt.bz2", bz2.compress(bytes(64 << 20)) * 8
    yield "zeros.txt.xz", lzma.compress(bytes(64 << 20), preset=0) * 8
    yield "cut.tar.gz", gzip.compress(tar_slip(), mtime=0)[:200]
    # Two formats at once, and names that lie.
    yield "polyglot.html", b"<!doctype html><p>" + LINE + whole
    yield "polyglot_gif.zip", b"GIF89a\1\0\1\0" + whole
    yield "really_text.zip", LINE
    yield "really_zip.txt", whole
    yield "really_zip.pdf", whole
    yield "really_png.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4
