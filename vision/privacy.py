"""A photo of which only the garments stay sharp: what may be kept of a shopper's photo.

Whoever wears them, the room and the people behind become a blur. Faces are looked for once more by
themselves (Viola and Jones' cascade, as OpenCV brings it), should the parser take one for a
garment; a strict one, for a looser one sees faces in printed cloth.
"""

from pathlib import Path

import cv2
import numpy as np

from vision.types import Image, Mask

CASCADE = "haarcascade_frontalface_alt2.xml"
LOOKED_AT = 480
"""Longer side, in pixels, of the photo that faces are looked for in."""
SMALLEST_FACE = 24
NEIGHBOURS = 5
"""Detections that must agree."""
AROUND = 0.35
"""Of a face's side, that is hidden around it: hair, ears and chin."""
GRAINS = 14
"""Patches along the photo's longer side that the ground is brought down to."""
MARGIN = 0.012
"""Of the photo's longer side, that a garment loses at its edges: a chin on a collar."""
JPEG = (cv2.IMWRITE_JPEG_QUALITY, 85)


def people_hidden(pixels: Image, garments: Mask) -> Image:
    """The RGB photo [h, w, 3] with all but its garments (bool [h, w]) blurred, and every face.

    What is blurred cannot be brought back: it is made of patches a fourteenth of the longer side.
    """
    kept = garments & ~_faces(pixels)
    height, width = kept.shape
    edge = max(1, round(MARGIN * max(height, width)))
    inner = cv2.erode(kept.astype(np.uint8), np.ones((2 * edge + 1, 2 * edge + 1), np.uint8))
    scale = GRAINS / max(height, width)
    small = (max(1, round(width * scale)), max(1, round(height * scale)))
    ground = cv2.resize(
        cv2.resize(pixels, small, interpolation=cv2.INTER_AREA),
        (width, height),
        interpolation=cv2.INTER_CUBIC,
    )
    return np.where(inner[:, :, None] > 0, pixels, ground)


def _faces(pixels: Image) -> Mask:
    """Where faces are, with what is around them; bool [h, w]."""
    height, width = pixels.shape[:2]
    scale = min(1.0, LOOKED_AT / max(height, width))
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    small = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA)
    # one a call, for threads must not share it: it is read in 6 ms
    cascade = cv2.CascadeClassifier(str(Path(cv2.__file__).parent / "data" / CASCADE))
    faces = cascade.detectMultiScale(
        cv2.equalizeHist(cv2.cvtColor(small, cv2.COLOR_RGB2GRAY)),
        scaleFactor=1.15,
        minNeighbors=NEIGHBOURS,
        minSize=(SMALLEST_FACE, SMALLEST_FACE),
    )
    found = np.zeros((height, width), bool)
    for x, y, side, _ in faces:
        more = AROUND * side
        top, bottom = (max(0, round(edge / scale)) for edge in (y - more, y + side + more))
        left, right = (max(0, round(edge / scale)) for edge in (x - more, x + side + more))
        found[top:bottom, left:right] = True
    return found


def jpeg(pixels: Image) -> bytes:
    """An RGB photo as JPEG, without any of the metadata that came with it."""
    done, data = cv2.imencode(".jpg", cv2.cvtColor(pixels, cv2.COLOR_RGB2BGR), JPEG)
    assert done
    return data.tobytes()
