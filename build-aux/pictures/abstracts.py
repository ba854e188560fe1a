# SPDX-License-Identifier: GPL-3.0-or-later
"""Covers for products that deal in numbers, text and sound: waves, charts, words, points."""

import math

from paint import mix

WIDTH, HEIGHT = 1200, 400


def _path(points, close=False):
    return 'M' + 'L'.join(f'{x:.1f} {y:.1f}' for x, y in points) + ('Z' if close else '')


def _walk(rng, n, step, low, high, start=None):
    """A random walk that turns back at its bounds."""
    value = (low + high) / 2 if start is None else start
    for _ in range(n):
        value += rng.uniform(-step, step)
        value = min(max(value, low), high)
        yield value


def waveform(rng, top, bottom):
    out, gate = [], 0.1
    for i in range(92):
        if i % 11 == 0:
            gate = rng.choice((0.12, 0.12, 0.7, 1.0))
        near = abs(i - 46) / 46
        h = 14 + 270 * gate * (0.35 + 0.65 * rng.random()) * (1 - 0.35 * near)
        x = 32 + i * 12.4
        if i < 46:
            h += rng.uniform(30, 70)
            out.append(f'<rect x="{x:.1f}" y="{200 - h / 2:.1f}" width="7" height="{h:.1f}" rx="3.500" fill="#fff" opacity=".38"/>')
        else:
            out.append(f'<rect x="{x:.1f}" y="{200 - h / 2:.1f}" width="7" height="{h:.1f}" rx="3.500" fill="#fff" opacity=".95"/>')
    return ''.join(out) + '<path d="M601 40v320" stroke="#fff" stroke-width="3"/><circle cx="601" cy="40" r="8" fill="#fff"/>'


def sine(rng, top, bottom):
    out = []
    for k in range(9):
        a, f, p = 30 + 14 * k, 1.5 + 0.23 * k, rng.uniform(0, 0.7) + k * 0.35
        points = [(x, 200 + a * math.sin(f * math.tau * x / WIDTH + p) * math.sin(math.pi * x / WIDTH)) for x in range(0, WIDTH + 1, 8)]
        out.append(f'<path d="{_path(points)}" fill="none" stroke="#fff" stroke-width="{2 + k * .35:.1f}" opacity="{.14 + k * .085:.2f}"/>')
    return ''.join(out)


def rings(rng, top, bottom):
    out = []
    for cx, n in ((260 + rng.uniform(-60, 60), 12), (880 + rng.uniform(-60, 60), 16)):
        for i in range(n):
            out.append(f'<circle cx="{cx:.0f}" cy="200" r="{18 + i * 27}" fill="none" stroke="#fff" stroke-width="3" opacity="{.75 * (1 - i / n) ** 1.3:.2f}"/>')
        out.append(f'<circle cx="{cx:.0f}" cy="200" r="9" fill="#fff"/>')
    return ''.join(out)


def spectrum(rng, top, bottom):
    out = []
    for i in range(58):
        x = 30 + i * 19.8
        level = sum(a * math.exp(-((i - c) / w) ** 2) for c, a, w in ((8, 1, 3), (17, .75, 2.5), (26, .5, 3), (39, .35, 5)))
        n = max(1, round((level + rng.uniform(0, .12)) * 17))
        for k in range(n):
            out.append(f'<rect x="{x:.1f}" y="{352 - k * 18}" width="14" height="12" rx="3" fill="#fff" opacity="{.35 + .6 * k / 17:.2f}"/>')
    return ''.join(out)


def series(rng, top, bottom):
    past = [(x, 285 - x * 0.11 - 55 * math.sin(x / 48) + rng.uniform(-16, 16)) for x in range(0, 781, 20)]
    ahead = [(x, 285 - x * 0.11 - 55 * math.sin(x / 48)) for x in range(780, 1201, 20)]
    ahead[0] = past[-1]
    band = [(x, y - 8 - (x - 780) * .13) for x, y in ahead] + [(x, y + 8 + (x - 780) * .13) for x, y in reversed(ahead)]
    grid = ''.join(f'<path d="M0 {y}h1200" stroke="#fff" opacity=".14" stroke-width="1.500"/>' for y in (80, 160, 240, 320))
    return (grid + f'<path d="{_path(past + [(780, 400), (0, 400)], True)}" fill="#fff" opacity=".12"/>'
            f'<path d="{_path(band, True)}" fill="#fff" opacity=".22"/>'
            f'<path d="{_path(past)}" fill="none" stroke="#fff" stroke-width="6" stroke-linejoin="round"/>'
            f'<path d="{_path(ahead)}" fill="none" stroke="#fff" stroke-width="6" stroke-linecap="round" stroke-dasharray="2 14"/>'
            '<path d="M780 40v320" stroke="#fff" opacity=".5" stroke-width="2" stroke-dasharray="6 8"/>'
            f'<circle cx="{past[-1][0]}" cy="{past[-1][1]:.1f}" r="10" fill="#fff"/>')


def bars(rng, top, bottom):
    out, n = [], 26
    for i, v in enumerate(_walk(rng, n, 60, 60, 270, 120)):
        x = 40 + i * 43.5
        ahead = i >= n - 7
        out.append(f'<rect x="{x:.1f}" y="{360 - v:.1f}" width="29" height="{v:.1f}" rx="6" fill="#fff" opacity="{.34 if ahead else .9}"'
                   + (' stroke="#fff" stroke-width="2.500" stroke-dasharray="5 5"' if ahead else '') + '/>')
    return ''.join(out) + '<path d="M30 366h1140" stroke="#fff" stroke-width="3" opacity=".6"/>'


def hills(rng, top, bottom):
    out = []
    for k in range(5):
        base, p = 130 + k * 58, rng.uniform(0, 6)
        points = [(x, base - 46 * math.sin(x / (190 - k * 17) + p) - 22 * math.sin(x / 71 + 2 * p)) for x in range(0, WIDTH + 1, 12)]
        out.append(f'<path d="{_path(points + [(WIDTH, HEIGHT), (0, HEIGHT)], True)}" fill="{mix("#ffffff", mix(top, bottom, .6), .25 + k * .17)}" opacity=".55"/>')
    return '<circle cx="900" cy="92" r="46" fill="#fff" opacity=".85"/>' + ''.join(out)


def pulse(rng, top, bottom):
    out = []
    for lane, opacity in ((110, .3), (215, 1), (320, .3)):
        points, x = [(0, lane)], rng.uniform(20, 90)
        while x < 1120:
            k = rng.uniform(.7, 1.05)
            points += [(x, lane), (x + 14, lane - 14 * k), (x + 28, lane), (x + 40, lane + 16 * k), (x + 54, lane - 92 * k), (x + 70, lane + 44 * k),
                       (x + 82, lane), (x + 108, lane), (x + 126, lane - 20 * k), (x + 144, lane)]
            x += rng.uniform(185, 230)
        points.append((1200, lane))
        out.append(f'<path d="{_path(points)}" fill="none" stroke="#fff" stroke-width="{6 if opacity == 1 else 3}" stroke-linejoin="round" opacity="{opacity}"/>')
    return ''.join(out)


def rows(rng, top, bottom):
    out = ['<rect x="90" y="46" width="1020" height="400" rx="18" fill="#fff"/><path d="M90 64q0-18 18-18h984q18 0 18 18v32H90z" fill="' + mix(bottom, '#ffffff', .72) + '"/>']
    odd = rng.sample(range(1, 7), 2)
    for r in range(7):
        y = 120 + r * 44
        if r in odd:
            out.append(f'<rect x="102" y="{y - 16}" width="996" height="40" rx="8" fill="{mix(top, "#ffffff", .78)}"/>')
        for c in range(6):
            x, w = 126 + c * 164, rng.uniform(50, 118)
            hot = r in odd and c == (2 if r == odd[0] else 4)
            out.append(f'<rect x="{x}" y="{y - 5}" width="{118 if hot else w:.0f}" height="16" rx="8" fill="{mix(top, bottom, .5) if hot else mix(bottom, "#ffffff", .8 if r not in odd else .6)}"/>')
        if r in odd:
            out.append(f'<circle cx="1074" cy="{y + 3}" r="9" fill="{mix(top, bottom, .5)}"/>')
    for c in range(6):
        out.append(f'<rect x="{126 + c * 164}" y="64" width="{74 + 8 * (c % 3)}" height="14" rx="7" fill="{mix(bottom, "#ffffff", .3)}"/>')
    return ''.join(out)


def grid(rng, top, bottom):
    out, odd = [], set(rng.sample(range(24 * 7), 6))
    for i in range(24):
        for k in range(7):
            o = rng.uniform(.08, .3)
            hot = i * 7 + k in odd
            out.append(f'<rect x="{28 + i * 48}" y="{34 + k * 48}" width="40" height="40" rx="9" fill="#fff" opacity="{1 if hot else o:.2f}"/>')
            if hot:
                out.append(f'<circle cx="{48 + i * 48}" cy="{54 + k * 48}" r="8" fill="{mix(top, bottom, .5)}"/>')
    return ''.join(out)


def bubbles(rng, top, bottom):
    out = []
    faces = {'up': 'M-16 6q16 18 32 0', 'flat': 'M-15 10h30', 'down': 'M-16 16q16-18 32 0'}
    for i, (x, y, w, kind) in enumerate(((70, 62, 330, 'up'), (470, 34, 270, 'flat'), (800, 74, 340, 'up'), (170, 226, 300, 'down'), (540, 198, 330, 'up'), (930, 242, 220, 'flat'))):
        o = {'up': .96, 'flat': .5, 'down': .28}[kind]
        ink = mix(top, bottom, .6) if kind == 'up' else '#ffffff'
        tail = f'M{x + 54} {y + 108}v34l36-34z'
        out.append(f'<g opacity="{1 if kind == "up" else .98}"><rect x="{x}" y="{y}" width="{w}" height="112" rx="24" fill="#fff" opacity="{o}"/><path d="{tail}" fill="#fff" opacity="{o}"/></g>'
                   f'<g transform="translate({x + 58} {y + 52})" fill="none" stroke="{ink}" stroke-width="6" stroke-linecap="round"><circle r="32"/><path d="{faces[kind]}"/><path d="M-11-10v2M11-10v2" stroke-width="8"/></g>')
        for k in range(2):
            length = (w - 150) * rng.uniform(.65, 1) if k == 0 else (w - 150) * rng.uniform(.35, .7)
            out.append(f'<rect x="{x + 112}" y="{y + 34 + k * 30}" width="{length:.0f}" height="13" rx="6.500" fill="{ink}" opacity=".55"/>')
    return ''.join(out)


def letters(rng, top, bottom):
    words = ['good morning', 'buongiorno', 'guten Tag', 'bom dia', 'goedendag', 'bonjour', 'buenos días', 'god morgon', 'dzień dobry', 'hyvää päivää', 'bună ziua', 'dobrý den', 'tere', 'jó napot', 'günaydın', 'καλημέρα', 'добрый день']
    rng.shuffle(words)
    out, k = [], 0
    for r in range(5):
        x = -60 - rng.uniform(0, 60)
        while x < 1200:
            w, size = words[k % len(words)], 46
            chosen = k % 7 == 3
            k += 1
            width = len(w) * 25 + 56
            out.append(f'<text x="{x:.0f}" y="{72 + r * 80}" font-family="Adwaita Sans, Cantarell, Inter, sans-serif" font-size="{size}" font-weight="{800 if chosen else 500}" fill="#fff" opacity="{1 if chosen else .26}">{w}</text>')
            x += width
    return ''.join(out)


def redacted(rng, top, bottom):
    out = ['<rect x="150" y="40" width="900" height="420" rx="14" fill="#fff"/>']
    for r in range(8):
        x, y = 200, 82 + r * 42
        end = 1000 if r % 4 != 3 else 640
        while x < end - 40:
            w = min(rng.uniform(50, 170), end - x)
            black = rng.random() < .2
            out.append(f'<rect x="{x:.0f}" y="{y - (6 if black else 0)}" width="{w:.0f}" height="{26 if black else 13}" rx="{6 if black else 6.5}" fill="{mix(top, bottom, .7) if black else "#c9ccd3"}"/>')
            x += w + 14
    return ''.join(out)


def marked(rng, top, bottom):
    out = ['<rect x="150" y="40" width="900" height="420" rx="14" fill="#fff"/>']
    for r in range(8):
        x, y = 200, 82 + r * 42
        end = 1000 if r % 4 != 3 else 700
        while x < end - 40:
            w = min(rng.uniform(44, 150), end - x)
            if rng.random() < .24:
                out.append(f'<rect x="{x - 6:.0f}" y="{y - 9}" width="{w + 12:.0f}" height="31" rx="8" fill="{mix(top, "#ffffff", .62)}"/><rect x="{x:.0f}" y="{y}" width="{w:.0f}" height="13" rx="6.500" fill="{mix(top, bottom, .8)}"/>')
            else:
                out.append(f'<rect x="{x:.0f}" y="{y}" width="{w:.0f}" height="13" rx="6.500" fill="#d3d6dc"/>')
            x += w + 16
    return ''.join(out)


def clusters(rng, top, bottom):
    out = []
    for cx, cy, sx, sy, fill in ((250, 240, 78, 52, '#ffffff'), (590, 140, 92, 44, mix(top, '#ffe28a', .82)), (930, 250, 88, 56, mix(top, '#8ff0d0', .8))):
        out.append(f'<ellipse cx="{cx}" cy="{cy}" rx="{sx * 2.15:.0f}" ry="{sy * 2.3:.0f}" fill="{fill}" opacity=".13"/>'
                   f'<ellipse cx="{cx}" cy="{cy}" rx="{sx * 2.15:.0f}" ry="{sy * 2.3:.0f}" fill="none" stroke="{fill}" stroke-width="2.500" stroke-dasharray="8 8" opacity=".6"/>')
        for _ in range(58):
            out.append(f'<circle cx="{rng.gauss(cx, sx * .85):.1f}" cy="{rng.gauss(cy, sy * .85):.1f}" r="{rng.uniform(4.5, 8):.1f}" fill="{fill}" opacity=".85"/>')
        out.append(f'<path d="M{cx - 15} {cy}h30M{cx} {cy - 15}v30" stroke="{mix(bottom, "#000000", .4)}" stroke-width="7" stroke-linecap="round"/>')
    return ''.join(out)


def vectors(rng, top, bottom):
    out = []
    for i in range(33):
        for k in range(10):
            x, y = 28 + i * 36, 38 + k * 36
            a = math.sin(x / 210) * 1.6 + math.cos(y / 120 + x / 400) * 1.5
            o = .18 + .72 * (0.5 + 0.5 * math.sin(x / 170 + y / 90))
            dx, dy = 13 * math.cos(a), 13 * math.sin(a)
            out.append(f'<path d="M{x - dx:.1f} {y - dy:.1f}L{x + dx:.1f} {y + dy:.1f}" stroke="#fff" stroke-width="4.500" stroke-linecap="round" opacity="{o:.2f}"/>')
    return ''.join(out)


def links(rng, top, bottom):
    nodes = [(60 + i * 108 + rng.uniform(-34, 34), 60 + rng.random() * 280) for i in range(11)] + [(60 + i * 155 + rng.uniform(-40, 40), 40 + rng.random() * 320) for i in range(8)]
    out = []
    for i, (x, y) in enumerate(nodes):
        near = sorted(nodes, key=lambda p: (p[0] - x) ** 2 + (p[1] - y) ** 2)[1:4]
        out += [f'<path d="M{x:.0f} {y:.0f}L{a:.0f} {b:.0f}" stroke="#fff" stroke-width="2.500" opacity=".32"/>' for a, b in near]
    for i, (x, y) in enumerate(nodes):
        r = rng.uniform(7, 19)
        out.append(f'<circle cx="{x:.0f}" cy="{y:.0f}" r="{r:.0f}" fill="{"#ffffff" if i % 4 else mix(top, "#ffe28a", .85)}"/>')
    return ''.join(out)


def swatches(rng, top, bottom):
    out, x = [], 0
    for w, color in ((330, '#f5c7a9'), (250, '#e8825d'), (210, '#c6476b'), (170, '#7a3b87'), (130, '#3f3470'), (110, '#1d2146')):
        out.append(f'<rect x="{x}" width="{w + 1}" height="400" fill="{color}"/>'
                   f'<rect x="{x + 22}" y="{336}" width="{min(88, w - 44)}" height="14" rx="7" fill="#fff" opacity=".75"/><rect x="{x + 22}" y="360" width="{min(52, w - 60)}" height="10" rx="5" fill="#fff" opacity=".5"/>')
        x += w
    return ''.join(out)


def tiles(rng, top, bottom):
    light, dark = mix(top, '#ffffff', .75), mix(bottom, '#000000', .35)
    out = []
    for i in range(15):
        for k in range(5):
            color = mix(light, dark, min(1, max(0, (i / 14) * .8 + rng.uniform(-.18, .18) + k * .04)))
            out.append(f'<rect x="{i * 80}" y="{k * 80}" width="81" height="81" fill="{color}"/>')
    return ''.join(out)


def bell(rng, top, bottom):
    out = ['<path d="M60 340h1080" stroke="#fff" stroke-width="3" opacity=".7"/>']
    for i in range(50):
        x = 76 + i * 21
        h = 262 * math.exp(-((i - 23) / 8.5) ** 2) * rng.uniform(.86, 1.08) + rng.uniform(2, 7)
        out.append(f'<rect x="{x}" y="{338 - h:.1f}" width="15" height="{h:.1f}" rx="4" fill="#fff" opacity=".55"/>')
    for i in (44, 47):
        out.append(f'<rect x="{76 + i * 21}" y="290" width="15" height="48" rx="4" fill="#fff"/><circle cx="{83.5 + i * 21}" cy="262" r="11" fill="none" stroke="#fff" stroke-width="5"/>')
    points = [(x, 338 - 272 * math.exp(-((((x - 83) / 21) - 23) / 8.5) ** 2)) for x in range(60, 1141, 10)]
    out.append(f'<path d="{_path(points)}" fill="none" stroke="#fff" stroke-width="5"/>')
    return ''.join(out)


ABSTRACTS = {f.__name__: f for f in (waveform, sine, rings, spectrum, series, bars, hills, pulse, rows, grid, bubbles, letters, redacted, marked,
                                     clusters, vectors, links, swatches, tiles, bell)}
