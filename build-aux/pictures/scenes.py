# SPDX-License-Identifier: GPL-3.0-or-later
"""Covers for products that look at pictures: small drawn scenes, with what the model finds marked in them."""

import math

from paint import mix

FONT = 'font-family="Adwaita Sans, Cantarell, Inter, sans-serif"'


def _box(x, y, w, h, color, label=None, width=4):
    out = f'<rect x="{x:.1f}" y="{y:.1f}" width="{w:.1f}" height="{h:.1f}" rx="6" fill="none" stroke="{color}" stroke-width="{width}"/>'
    if label:
        out += (f'<rect x="{x - 2:.1f}" y="{y - 28:.1f}" width="{len(label) * 10.6 + 14:.0f}" height="26" rx="5" fill="{color}"/>'
                f'<text x="{x + 6:.1f}" y="{y - 9:.1f}" {FONT} font-size="19" font-weight="700" fill="#1b1b1b">{label}</text>')
    return out


def _car(x, y, w, h, color, turn=0):
    """A vehicle from above, nose up, with its top left at (x, y)."""
    glass, dark = '#1d2a33', mix(color, '#000000', .3)
    return (f'<g transform="translate({x:.1f} {y:.1f}) rotate({turn} {w / 2} {h / 2})">'
            f'<rect x="3" y="5" width="{w}" height="{h}" rx="{w * .28:.1f}" fill="#000" opacity=".32"/>'
            f'<rect width="{w}" height="{h}" rx="{w * .28:.1f}" fill="{color}"/>'
            f'<rect x="{w * .1:.1f}" y="{h * .2:.1f}" width="{w * .8:.1f}" height="{h * .62:.1f}" rx="{w * .2:.1f}" fill="{glass}"/>'
            f'<rect x="{w * .15:.1f}" y="{h * .36:.1f}" width="{w * .7:.1f}" height="{h * .33:.1f}" rx="{w * .12:.1f}" fill="{mix(color, "#ffffff", .12)}"/>'
            f'<path d="M{w * .2:.1f} {h * .06:.1f}h{w * .6:.1f}" stroke="{dark}" stroke-width="2" opacity=".6"/></g>')


def _van(x, y, w, h, color):
    return (f'<g transform="translate({x:.1f} {y:.1f})"><rect x="3" y="5" width="{w}" height="{h}" rx="9" fill="#000" opacity=".32"/>'
            f'<rect width="{w}" height="{h}" rx="9" fill="{color}"/><rect x="{w * .1:.1f}" y="{h * .12:.1f}" width="{w * .8:.1f}" height="{h * .12:.1f}" rx="5" fill="#1d2a33"/>'
            f'<rect x="{w * .14:.1f}" y="{h * .28:.1f}" width="{w * .72:.1f}" height="{h * .66:.1f}" rx="4" fill="none" stroke="{mix(color, "#000000", .15)}" stroke-width="2"/></g>')


def _tree(rng, x, y, r, color):
    out = [f'<circle cx="{x + 5:.0f}" cy="{y + 7:.0f}" r="{r:.0f}" fill="#000" opacity=".25"/>']
    for _ in range(16):
        a, d = rng.uniform(0, math.tau), rng.uniform(0, r * .6)
        out.append(f'<circle cx="{x + d * math.cos(a):.1f}" cy="{y + d * math.sin(a):.1f}" r="{r * rng.uniform(.28, .46):.1f}" fill="{mix(color, rng.choice(("#ffffff", "#000000")), rng.uniform(.02, .2))}"/>')
    return ''.join(out)


def _speckle(rng, n, color, opacity, w=1200, h=400, r=2.2):
    return f'<g fill="{color}" opacity="{opacity}">' + ''.join(f'<circle cx="{rng.uniform(0, w):.0f}" cy="{rng.uniform(0, h):.0f}" r="{rng.uniform(.6, r):.1f}"/>' for _ in range(n)) + '</g>'


def yard(rng, top, bottom):
    paints = ['#c9ced1', '#2f5d8c', '#1f5a4c', '#24343a', '#7d1f25', '#d9dbd6', '#b5b09a', '#39424a', '#b83232', '#e8e9e6']
    out = ['<rect width="1200" height="400" fill="#5d6166"/>', _speckle(rng, 420, '#000000', .1), _speckle(rng, 300, '#ffffff', .06),
           '<rect x="1040" width="160" height="400" fill="#56743c"/><rect x="1034" width="8" height="400" fill="#b9bcae"/>']
    boxes = []
    out.append('<rect x="146" y="178" width="748" height="40" rx="14" fill="#4c6a35" stroke="#c3c6b8" stroke-width="7"/>')
    for x in (260, 480, 700):
        out.append(_tree(rng, x, 198, 24, '#45652d'))
    for row, y0 in enumerate((44, 226)):
        for i in range(12):
            out.append(f'<path d="M{150 + i * 67.5:.0f} {y0 - 2}v132" stroke="#e4e6e2" stroke-width="4"/>')
        van = 5 + rng.randrange(3)
        for i in range(11):
            if rng.random() < (.24 if row == 0 else .34) and i != van:
                continue
            x = 162 + i * 67.5 + rng.uniform(-3, 3)
            if i == van:
                out.append(_van(x - 3, y0 - 4, 50, 128, '#e9e4d6'))
                boxes.append(_box(x - 8, y0 - 9, 60, 139, '#f5c211', f'van 0.{rng.randrange(86, 93)}'))
            else:
                y = y0 + 12 + rng.uniform(-4, 4)
                out.append(_car(x, y, 44, 98, rng.choice(paints), rng.uniform(-1.5, 1.5)))
                boxes.append(_box(x - 5, y - 5, 54, 108, '#33d17a'))
    out.append(_car(70, 90, 44, 98, '#d4d7d8', 7))
    boxes.append(_box(60, 83, 64, 112, '#33d17a'))
    for _ in range(5):
        out.append(_tree(rng, rng.uniform(1085, 1170), rng.uniform(10, 390), rng.uniform(34, 56), '#3f6328'))
    out.append('<path d="M920 300v-220m-26 34l26-36 26 36" fill="none" stroke="#e4e6e2" stroke-width="7" opacity=".8"/>')
    return ''.join(out) + ''.join(boxes)


def highway(rng, top, bottom):
    out = ['<rect width="1200" height="400" fill="#6b8a4b"/>', _speckle(rng, 260, '#35531f', .3), '<rect y="70" width="1200" height="260" fill="#565a5f"/>',
           '<path d="M0 76h1200M0 324h1200M0 194h1200M0 206h1200" stroke="#eceeea" stroke-width="4"/>',
           '<path d="M0 135h1200M0 265h1200" stroke="#eceeea" stroke-width="4" stroke-dasharray="44 34"/>']
    boxes = []
    paints = ['#c9ced1', '#2f5d8c', '#24343a', '#b83232', '#e8e9e6', '#1f5a4c']
    for lane, turn in ((84, -90), (146, -90), (214, 90), (276, 90)):
        x = rng.uniform(10, 90)
        while x < 1100:
            if rng.random() < .22:
                out.append(f'<g><rect x="{x + 3:.0f}" y="{lane + 5}" width="150" height="42" rx="4" fill="#000" opacity=".3"/><rect x="{x:.0f}" y="{lane}" width="112" height="42" rx="4" fill="#e9e4d6"/><rect x="{x + 117:.0f}" y="{lane + 2}" width="33" height="38" rx="7" fill="#b23c2c"/></g>')
                boxes.append(_box(x - 6, lane - 5, 162, 52, '#ff7800'))
                x += rng.uniform(215, 330)
            else:
                out.append(_car(x + 27, lane - 29, 40, 94, rng.choice(paints), turn))
                boxes.append(_box(x - 5, lane - 7, 104, 52, '#33d17a'))
                x += rng.uniform(150, 290)
    for _ in range(9):
        out.append(_tree(rng, rng.uniform(0, 1200), rng.choice((28, 372)) + rng.uniform(-14, 14), rng.uniform(24, 40), '#3f6328'))
    return ''.join(out) + ''.join(boxes)


def petals(rng, top, bottom):
    out = []
    for cx, cy, s, o in ((210, 230, 1.0, .5), (600, 200, 1.5, 1), (1000, 215, 1.1, .6)):
        out.append(f'<g transform="translate({cx} {cy}) scale({s})" opacity="{o}">')
        for i in range(3):
            a = i * 120
            out.append(f'<path d="M0 0C-58-40-52-118 0-132 52-118 58-40 0 0z" fill="{mix(top, "#ffffff", .45)}" transform="rotate({a + 60})"/>')
            out.append(f'<path d="M0 0q-7-46 0-92 7 46 0 92z" fill="#f9f06b" transform="rotate({a + 60})"/>')
        for i in range(3):
            out.append(f'<path d="M0 0C-34-32-32-84 0-98 32-84 34-32 0 0z" fill="#fff" opacity=".92" transform="rotate({i * 120})"/>')
        out.append(f'<circle r="13" fill="{mix(bottom, "#000000", .1)}"/></g>')
    return ''.join(out)


def spots(rng, top, bottom):
    out = ['<rect width="1200" height="400" fill="#101a17" opacity=".82"/>']
    for i in range(17):
        x, y, r = 60 + i * 66 + rng.uniform(-20, 20), rng.uniform(60, 340), rng.uniform(11, 34)
        out.append(f'<circle cx="{x:.0f}" cy="{y:.0f}" r="{r * 1.7:.0f}" fill="{mix(top, "#ffffff", .4)}" opacity=".16"/><circle cx="{x:.0f}" cy="{y:.0f}" r="{r:.0f}" fill="{mix(top, "#ffffff", .82)}"/>')
        out.append(_box(x - r - 7, y - r - 7, 2 * r + 14, 2 * r + 14, mix(top, '#ffffff', .15), None, 3))
    return ''.join(out)


def stars(rng, top, bottom):
    out = ['<rect width="1200" height="400" fill="#0b1026"/>', '<ellipse cx="620" cy="210" rx="760" ry="70" fill="#8fa7ff" opacity=".07" transform="rotate(-12 620 210)"/>'
           '<ellipse cx="620" cy="210" rx="620" ry="34" fill="#c4d0ff" opacity=".08" transform="rotate(-12 620 210)"/>', _speckle(rng, 420, '#ffffff', .5, r=1.5)]
    for _ in range(24):
        x, y, r = rng.uniform(30, 1170), rng.uniform(30, 370), rng.uniform(2.5, 6)
        tint = rng.choice(('#ffffff', '#cfe0ff', '#ffe3b8'))
        out.append(f'<circle cx="{x:.0f}" cy="{y:.0f}" r="{r * 2.6:.1f}" fill="{tint}" opacity=".18"/><circle cx="{x:.0f}" cy="{y:.0f}" r="{r:.1f}" fill="{tint}"/>')
        if r > 3.6:
            out.append(_box(x - 16, y - 16, 32, 32, mix(top, '#ffffff', .35), None, 2.5))
    return ''.join(out)


def cells(rng, top, bottom):
    out = [f'<rect width="1200" height="400" fill="{mix(bottom, "#000000", .72)}"/><circle cx="600" cy="200" r="520" fill="{mix(bottom, "#000000", .6)}"/>']
    placed = []
    for _ in range(400):
        x, y, r = rng.uniform(40, 1160), rng.uniform(40, 360), rng.uniform(15, 36)
        if all((x - a) ** 2 + (y - b) ** 2 > (r + c + 13) ** 2 for a, b, c in placed):
            placed.append((x, y, r))
        if len(placed) == 40:
            break
    for x, y, r in placed:
        out.append(f'<circle cx="{x:.0f}" cy="{y:.0f}" r="{r:.0f}" fill="{mix(top, "#ffffff", .35)}" opacity=".9"/><circle cx="{x - r * .15:.0f}" cy="{y - r * .15:.0f}" r="{r * .55:.0f}" fill="{mix(top, "#ffffff", .78)}"/>')
    for x, y, r in placed:
        out.append(_box(x - r - 6, y - r - 6, 2 * r + 12, 2 * r + 12, '#8ff0a4', None, 2.5))
    return ''.join(out)


def panels(rng, top, bottom):
    out = ['<rect width="1200" height="400" fill="#1a1030"/>']
    boxes = []
    for row in range(2):
        for i in range(9):
            x, y = 26 + i * 130, 26 + row * 184
            out.append(f'<rect x="{x}" y="{y}" width="118" height="164" rx="3" fill="#5c2a72"/>')
            for a in range(4):
                for b in range(6):
                    out.append(f'<rect x="{x + 4 + a * 28}" y="{y + 4 + b * 26.3:.1f}" width="26" height="24.300" fill="{mix("#6e2f7d", "#b8456d", rng.uniform(.1, .75) * (1 - b / 9))}"/>')
            if rng.random() < .34:
                a, b = rng.randrange(4), rng.randrange(6)
                hx, hy = x + 17 + a * 28, y + 16 + b * 26.3
                out.append(f'<circle cx="{hx}" cy="{hy:.0f}" r="25" fill="#f8a13a" opacity=".5"/><circle cx="{hx}" cy="{hy:.0f}" r="15" fill="#ffd75e"/><circle cx="{hx}" cy="{hy:.0f}" r="8" fill="#fffbe0"/>')
                boxes.append(_box(hx - 26, hy - 26, 52, 52, '#62d0ff', None, 4))
    return ''.join(out) + ''.join(boxes)


def site(rng, top, bottom):
    out = ['<rect width="1200" height="400" fill="#39424e"/><path d="M0 300h1200v100H0z" fill="#5a5148"/>', _speckle(rng, 240, '#000000', .18),
           '<path d="M0 120h1200M0 210h1200" stroke="#6f7a88" stroke-width="12"/>' + ''.join(f'<path d="M{x} 0v304" stroke="#6f7a88" stroke-width="12"/>' for x in range(60, 1200, 180)),
           '<path d="M60 120l180 90M600 120l180 90M960 210l180-90" stroke="#59636f" stroke-width="6"/>']
    boxes = []
    for x, ground in ((170, 204), (360, 204), (520, 114), (690, 330), (850, 204), (1010, 330), (330, 340), (1090, 204)):
        s = 1.0 if ground < 300 else 1.35
        x += rng.uniform(-16, 16)
        vest, hat = rng.choice((('#ff8a1f', '#ffd43b'), ('#d7f542', '#ffffff'), ('#d7f542', '#ffd43b')))
        out.append(f'<g transform="translate({x:.0f} {ground}) scale({s})"><path d="M-9 0v-30h18v30" fill="#222b38"/><rect x="-14" y="-66" width="28" height="40" rx="8" fill="{vest}"/>'
                   f'<path d="M-14-50h28M-6-66v40M6-66v40" stroke="#f4f6f7" stroke-width="4" opacity=".9"/><circle cy="-76" r="9" fill="#a9785a"/><path d="M-13-78q0-15 13-15t13 15z" fill="{hat}"/></g>')
        boxes.append(_box(x - 18 * s, ground - 98 * s, 36 * s, 24 * s, '#33d17a', None, 3.5))
        boxes.append(_box(x - 20 * s, ground - 70 * s, 40 * s, 46 * s, '#f5c211', None, 3.5))
    return ''.join(out) + ''.join(boxes)


def canopy(rng, top, bottom):
    out = ['<rect width="1200" height="400" fill="#8a7a4f"/>', _speckle(rng, 320, '#5f5230', .4, r=3)]
    for i in range(150):
        x = rng.uniform(0, 900 if i % 5 else 1200)
        out.append(_tree(rng, x, rng.uniform(0, 400), rng.uniform(26, 50), rng.choice(('#2f6b2a', '#3f8a34', '#5b9a3a', '#27592b', '#7fae4a'))))
    x = 60
    for w, c in ((250, '#2f6b2a'), (180, '#3f8a34'), (120, '#7fae4a'), (90, '#8a7a4f')):
        out.append(f'<rect x="{x}" y="330" width="{w}" height="38" fill="{c}" stroke="#fff" stroke-width="3"/>')
        x += w
    return ''.join(out)


def contours(rng, top, bottom):
    out = [f'<rect width="1200" height="400" fill="{mix(bottom, "#000000", .55)}"/>']
    for cx, cy, n in ((300, 210, 11), (840, 170, 14), (1120, 360, 8)):
        p = [rng.uniform(0, math.tau) for _ in range(3)]
        for k in range(n):
            points = []
            for d in range(0, 361, 6):
                a = math.radians(d)
                r = (16 + k * 24) * (1 + .13 * math.sin(2 * a + p[0]) + .08 * math.sin(3 * a + p[1]) + .04 * math.sin(5 * a + p[2]))
                points.append(f'{cx + 1.25 * r * math.cos(a):.0f} {cy + .85 * r * math.sin(a):.0f}')
            out.append(f'<path d="M{"L".join(points)}Z" fill="none" stroke="{mix(top, "#ffffff", .55)}" stroke-width="{3.5 if k % 4 == 0 else 2}" opacity="{.9 - k * .045:.2f}"/>')
    return ''.join(out)


def buildings(rng, top, bottom):
    """Half a street as it is, half as its edges."""
    houses, x = [], -20
    while x < 1200:
        w = rng.uniform(90, 170)
        houses.append((x, w, rng.uniform(150, 320)))
        x += w + rng.choice((0, 0, 14))
    def street(line):
        out = []
        for i, (hx, w, h) in enumerate(houses):
            fill = 'none' if line else mix(mix(top, '#ffffff', .5), mix(bottom, '#000000', .1), (i * 37 % 10) / 10)
            pen = 'stroke="#fff" stroke-width="3.500"' if line else ''
            out.append(f'<rect x="{hx:.0f}" y="{400 - h:.0f}" width="{w:.0f}" height="{h + 10:.0f}" fill="{fill}" {pen}/>')
            for a in range(int(w // 34)):
                for b in range(int(h // 46)):
                    f = 'none' if line else '#fff3c4'
                    out.append(f'<rect x="{hx + 14 + a * 34:.0f}" y="{418 - h + b * 46:.0f}" width="18" height="24" fill="{f}" {pen.replace("3.500", "2.500")} opacity=".85"/>')
        return ''.join(out)
    return (f'<defs><clipPath id="l"><rect width="600" height="400"/></clipPath><clipPath id="r"><rect x="600" width="600" height="400"/></clipPath></defs>'
            f'<g clip-path="url(#l)"><rect width="600" height="400" fill="{mix(top, "#ffffff", .72)}"/>{street(False)}</g>'
            f'<g clip-path="url(#r)"><rect x="600" width="600" height="400" fill="#14161c"/>{street(True)}</g><path d="M600 0v400" stroke="#fff" stroke-width="6"/><circle cx="600" cy="200" r="22" fill="#fff"/><path d="M593 192l-8 8 8 8M607 192l8 8-8 8" fill="none" stroke="#333" stroke-width="4"/>')


def cloth(rng, top, bottom):
    dyes = ['#b5493c', '#d98b45', '#e7c56f', '#7f9a5b', '#3f7a7d', '#34557f', '#6a4a7c', '#a14d74']
    rng.shuffle(dyes)
    out = []
    for i, c in enumerate(dyes):
        x = i * 150
        out.append(f'<rect x="{x}" width="151" height="400" fill="{c}"/>')
        for k in range(5):
            out.append(f'<path d="M{x + 10 + k * 30:.0f} 0q{rng.uniform(-26, 26):.0f} 200 {rng.uniform(-12, 12):.0f} 400" fill="none" stroke="{mix(c, "#000000" if k % 2 else "#ffffff", .35)}" stroke-width="{rng.uniform(7, 15):.0f}" opacity=".3"/>')
        out.append(f'<circle cx="{x + 75}" cy="340" r="30" fill="{c}" stroke="#fff" stroke-width="6"/>')
    return ''.join(out)


def harbour(rng, top, bottom):
    out = ['<rect width="1200" height="400" fill="#0d1b2a"/><path d="M0 210h1200v190H0z" fill="#10263a"/>']
    boxes = []
    for i in range(15):
        x, y = 50 + i * 80 + rng.uniform(-22, 22), rng.uniform(110, 205)
        c = rng.choice(('#ffd98a', '#fff3d1', '#ffb36b', '#bfe6ff'))
        out.append(f'<circle cx="{x:.0f}" cy="{y:.0f}" r="22" fill="{c}" opacity=".2"/><circle cx="{x:.0f}" cy="{y:.0f}" r="8" fill="{c}"/><path d="M{x:.0f} {230 + (205 - y) * .4:.0f}v{rng.uniform(50, 130):.0f}" stroke="{c}" stroke-width="7" stroke-linecap="round" stroke-dasharray="12 16" opacity=".4"/>')
        boxes.append(_box(x - 17, y - 17, 34, 34, mix(top, '#ffffff', .35), None, 3))
    return ''.join(out) + ''.join(boxes)


SCENES = {f.__name__: f for f in (yard, highway, petals, spots, stars, cells, panels, site, canopy, contours, buildings, cloth, harbour)}
