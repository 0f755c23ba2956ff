"""Makes the pictures beside this file, and what Pillow makes of them: pip install pillow numpy && python make.py"""

import json
import os

import numpy as np
from PIL import Image

os.chdir(os.path.dirname(os.path.abspath(__file__)))
WIDTH, HEIGHT = 13, 9
y, x = np.mgrid[0:HEIGHT, 0:WIDTH]
RED = (x * 19 + y * 3) % 256
GREEN = (y * 27 + 11) % 256
BLUE = (x * y * 5 + 90) % 256
OPAQUE = (x * 20 + y * 2) % 256
RGB = np.stack([RED, GREEN, BLUE], -1).astype(np.uint8)
GREY = ((RED + GREEN) // 2).astype(np.uint8)

rgb = Image.fromarray(RGB)
rgb.save("rgb.png")
Image.fromarray(GREY).save("grey.png")
Image.fromarray((GREY.astype(np.uint16) * 257 + 3)).save("grey16.png")
Image.fromarray(GREY > 100).save("bits.png")
Image.fromarray(np.dstack([RGB, OPAQUE.astype(np.uint8)])).save("rgba.png")
Image.fromarray(np.dstack([GREY, OPAQUE.astype(np.uint8)]), "LA").save("grey-alpha.png")
rgb.quantize(60).save("palette.png")
rgb.quantize(4).save("palette2.png", bits=2)
rgb.quantize(13).save("palette4.png", bits=4)
rgb.quantize(8).save("palette-clear.png", transparency=bytes([0, 40, 255, 200, 255, 255, 255, 10]))
rgb.save("colour-clear.png", transparency=tuple(int(v) for v in RGB[4, 5]))
SMOOTH = Image.fromarray(np.stack([x * 18, y * 26, 255 - x * 18], -1).astype(np.uint8))
SMOOTH.save("colours.jpg", quality=95, subsampling=0)
SMOOTH.save("progressive.jpg", quality=95, subsampling=0, progressive=True)
SMOOTH.convert("L").save("grey.jpg", quality=95)
# Red, green and blue as they are, and not brightness and two differences to it: told by a note of Adobe, or by the names of the three.
SMOOTH.save("red-green-blue.jpg", quality=95, subsampling=0, keep_rgb=True)
with open("red-green-blue.jpg", "rb") as file:
    noted = file.read()
with open("named-red-green-blue.jpg", "wb") as file:
    file.write(noted[:2] + noted[2 + 16 :])
SMOOTH.convert("CMYK").save("print.jpg")
for orientation in range(2, 9):
    exif = Image.Exif()
    exif[0x0112] = orientation
    SMOOTH.save(f"turned{orientation}.jpg", quality=95, subsampling=0, exif=exif)


def planes(name, channels, ground):
    """In f64, from 0 to 255."""
    image = Image.open(name)
    exif = image.getexif().get(0x0112, 1)
    turns = {2: 0, 3: 3, 4: 1, 5: 5, 6: 4, 7: 6, 8: 2}
    if exif != 1:
        image = image.transpose(Image.Transpose(turns[exif]))
    if image.mode.startswith("I;16"):
        values = np.asarray(image).astype(float) * 255 / 65535
        values = np.dstack([values] * 3 + [np.full(values.shape, 255.0)])
    else:
        values = np.asarray(image.convert("RGBA")).astype(float)
    share = values[..., 3:] / 255
    colours = values[..., :3] * share + ground * (1 - share)
    if channels == 3:
        return colours
    return (colours @ [0.299, 0.587, 0.114])[..., None]


def resized(values, width, height):
    """The middle, and of that what Pillow's bilinear filter makes in f32."""
    tall, wide = values.shape[:2]
    cut_wide, cut_tall = (wide, round(wide * height / width)) if wide * height <= tall * width else (round(tall * width / height), tall)
    top, left = (tall - cut_tall) // 2, (wide - cut_wide) // 2
    part = values[top : top + cut_tall, left : left + cut_wide]
    each = [
        np.asarray(Image.fromarray(part[..., c].astype(np.float32), "F").resize((width, height), Image.Resampling.BILINEAR))
        for c in range(part.shape[2])
    ]
    return np.stack(each, -1)


cases = []
for name in sorted(os.listdir(".")):
    if not name.endswith((".png", ".jpg")) or name == "print.jpg":
        continue
    for width, height, channels, ground in [(13, 9, 3, 255), (4, 4, 1, 255), (20, 7, 3, 0)]:
        if name.startswith("turned") and width != 4:
            continue
        pixels = resized(planes(name, channels, ground), width, height)
        cases.append(
            {
                "name": name,
                "width": width,
                "height": height,
                "channels": channels,
                "ground": "white" if ground else "black",
                "pixels": [round(float(v), 3) for v in pixels.ravel()],
            }
        )
with open("expected.jsonl", "w") as file:
    for case in cases:
        file.write(json.dumps(case, separators=(",", ":")) + "\n")
