#!/usr/bin/env python3
"""Makes scans of PDFs: the same pages as pictures, without a text layer.

    scan_pdfs.py OUT_FOLDER DOTS_PER_INCH [--noise] FILE.pdf...

For measuring optical character recognition; needs pdftoppm (poppler-utils) and
python3-pil. --noise turns each page by 0.7 degrees, blurs it, takes a fifth of
its contrast and adds grain (sigma 14, the same for every run).
"""
import pathlib
import subprocess
import sys
import tempfile

import numpy
from PIL import Image, ImageFilter


def spoil(image, seed):
    image = image.rotate(-0.7, resample=Image.Resampling.BICUBIC,
                         fillcolor=255)
    image = image.filter(ImageFilter.GaussianBlur(0.7))
    grain = numpy.random.default_rng(seed).normal(0, 14, image.size[::-1])
    pixels = 128 + 0.8 * (numpy.asarray(image, dtype=float) - 128) + grain
    return Image.fromarray(pixels.clip(0, 255).astype("uint8"))


def scan(path, out, resolution, noise):
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["pdftoppm", "-r", str(resolution), "-gray", str(path),
                        folder + "/page"], check=True)
        pages = [Image.open(p).convert("L")
                 for p in sorted(pathlib.Path(folder).iterdir())]
        if noise:
            pages = [spoil(page, seed) for seed, page in enumerate(pages)]
        pages[0].save(out / path.name, "PDF", resolution=resolution,
                      save_all=True, append_images=pages[1:], quality=90)


def main():
    arguments = [a for a in sys.argv[1:] if a != "--noise"]
    if len(arguments) < 3:
        sys.exit(__doc__)
    out = pathlib.Path(arguments[0])
    out.mkdir(parents=True, exist_ok=True)
    for name in arguments[2:]:
        scan(pathlib.Path(name), out, int(arguments[1]), "--noise" in sys.argv)


if __name__ == "__main__":
    main()
