# SPDX-License-Identifier: GPL-3.0-or-later
"""Small help for drawing: colours."""


def channels(color):
    return [int(color[i:i + 2], 16) for i in (1, 3, 5)]


def mix(a, b, share):
    """The colour that lies `share` of the way from a to b."""
    return '#' + ''.join(f'{round(x + (y - x) * share):02x}' for x, y in zip(channels(a), channels(b)))
