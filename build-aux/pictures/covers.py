# SPDX-License-Identifier: GPL-3.0-or-later
"""Covers: wide pictures in a listing's own colours, 1200 by 400.

A cover is drawn by a function of (random, top, bottom) which gives a piece of SVG; the random numbers
are seeded with the slug, so that two listings with the same kind of cover differ, and each stays as it is.
"""

import random

from abstracts import ABSTRACTS
from paint import mix
from scenes import SCENES

COVERS = ABSTRACTS | SCENES


def cover_svg(kind, slug, top, bottom):
    drawing = COVERS[kind](random.Random(slug), top, bottom)
    return f'''<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="400" viewBox="0 0 1200 400">
<defs><linearGradient id="ground" x2="1" y2="1"><stop stop-color="{mix(top, '#ffffff', .06)}"/><stop offset="1" stop-color="{mix(bottom, '#000000', .22)}"/></linearGradient></defs>
<rect width="1200" height="400" fill="url(#ground)"/>
{drawing}
</svg>
'''
