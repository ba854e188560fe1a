# SPDX-License-Identifier: GPL-3.0-or-later
"""The pictograms of the listings' tiles.

Each is a piece of SVG on a canvas of 96 by 96, meant to stay within 18 to 78. It is put into a group
that strokes in white, six wide, with round ends, and fills nothing; class "f" fills in white
without a stroke. `{c}` stands for the colour of the tile at its middle, to cut holes with.
"""

import math


def _around(n, draw):
    return ''.join(draw(i * 360 / n) for i in range(n))


def _gear():
    points = []
    for i in range(8):
        for turn, radius in ((-15, 21), (-10, 29), (10, 29), (15, 21)):
            a = math.radians(i * 45 + turn)
            points.append(f'{48 + radius * math.sin(a):.1f},{48 - radius * math.cos(a):.1f}')
    return f'<polygon class="f" points="{" ".join(points)}"/><circle cx="48" cy="48" r="9" fill="{{c}}" stroke="none"/>'


def _star(cx, cy, outer, inner):
    points = []
    for i in range(10):
        radius = outer if i % 2 == 0 else inner
        a = math.radians(i * 36)
        points.append(f'{cx + radius * math.sin(a):.1f},{cy - radius * math.cos(a):.1f}')
    return f'<polygon class="f" style="stroke:#fff;stroke-width:3" points="{" ".join(points)}"/>'


GLYPHS = {
    'vehicle': '''<path d="M20 34V24q0-4 4-4h10M62 20h10q4 0 4 4v10M76 62v10q0 4-4 4H62M34 76H24q-4 0-4-4V62" stroke-width="5.5"/>
<rect class="f" x="36" y="24" width="24" height="48" rx="9"/><path class="c" d="M40.500 41q7.500-4 15 0l-1.500 6h-12zM41 61q7 3.500 14 0l1 4.500q-8 3-16 0z"/>''',
    'waveform': '<path d="M22 42v12M30.700 34v28M39.300 22v52M48 36v24M56.700 26v44M65.300 38v20M74 44v8" stroke-width="5.500"/>',
    'document': '''<path class="f" d="M30 20h36q4 0 4 4v46H26V24q0-4 4-4z"/><path d="M35 34h26M35 44h26M35 54h15" stroke="{c}" stroke-width="5"/>
<path d="M20 74h56" stroke-width="5"/>''',
    'helmet': '''<path class="f" d="M24 59q0-21 16-26v15q0 2 2 2t2-2V29q0-3 3-3h2q3 0 3 3v19q0 2 2 2t2-2V33q16 5 16 26z"/><rect class="f" x="18" y="62" width="60" height="8" rx="4"/>''',
    'trend': '<path d="M20 66l18-18 13 11 23-27M58 30h17v17" stroke-width="7"/>',
    'smile': '''<path class="f" d="M28 22h40q8 0 8 8v26q0 8-8 8H48L34 77V64h-6q-8 0-8-8V30q0-8 8-8z"/>
<circle cx="38" cy="37" r="4" class="c"/><circle cx="58" cy="37" r="4" class="c"/><path d="M36 48q12 11 24 0" stroke="{c}" stroke-width="5"/>''',
    'panel': '''<circle class="f" cx="66" cy="26" r="9"/><g transform="translate(36 40) skewX(-18)">'''
    + ''.join(f'<rect class="f" x="{x * 15}" y="{y * 17}" width="12.500" height="14.500" rx="1"/>' for x in range(3) for y in range(2))
    + '</g>',
    'globe': '<circle cx="48" cy="48" r="27"/><ellipse cx="48" cy="48" rx="12" ry="27" stroke-width="5"/><path d="M22 48h52" stroke-width="5"/>',
    'shield': '<path class="f" d="M48 18l25 8v20q0 22-25 33Q23 68 23 46V26z"/><path d="M36 48l9 9 16-18" stroke="{c}" stroke-width="6.500"/>',
    'flower': _around(6, lambda a: f'<ellipse class="f" cx="48" cy="31" rx="10" ry="14" transform="rotate({a:.0f} 48 48)"/>')
    + '<circle cx="48" cy="48" r="9.500" fill="{c}" stroke="none"/><circle class="f" cx="48" cy="48" r="4"/>',
    'pulse': '<path d="M16 50h14l7-20 11 40 9-28 5 8h18" stroke-width="6"/>',
    'leaf': '<path class="f" d="M74 22q4 46-24 50-20 2-23-15-2-19 20-25 16-4 27-10z"/><path d="M22 76q12-22 34-32" stroke-width="5"/><path d="M33 62q10-12 23-18" stroke="{c}" stroke-width="4.500"/>',
    'eye': '<path d="M16 48q32-42 64 0-32 42-64 0z"/><circle class="f" cx="48" cy="48" r="11"/>',
    'camera': '<path class="f" d="M24 32h11l5-8h16l5 8h11q6 0 6 6v28q0 6-6 6H24q-6 0-6-6V38q0-6 6-6z"/><circle cx="48" cy="51" r="13" fill="{c}" stroke="none"/><circle class="f" cx="48" cy="51" r="7"/>',
    'microphone': '<rect class="f" x="38" y="18" width="20" height="36" rx="10"/><path d="M27 46q0 19 21 19t21-19M48 66v11M37 77h22" stroke-width="5.500"/>',
    'palette': '''<path class="f" d="M48 20c-18 0-30 12-30 28s13 28 28 28c6 0 8-4 6-8-3-6 0-11 7-11h8c7 0 11-4 11-11 0-15-13-26-30-26z"/>
<circle class="c" cx="32" cy="49" r="5"/><circle class="c" cx="38" cy="35" r="5"/><circle class="c" cx="53" cy="31" r="5"/><circle class="c" cx="66" cy="40" r="5"/>''',
    'table': '<rect x="20" y="24" width="56" height="48" rx="6" stroke-width="5.500"/><path class="f" d="M20 26h56v14H20z"/><path d="M20 56h56M39 40v32M58 40v32" stroke-width="4.500"/>',
    'magnifier': '<circle cx="43" cy="43" r="20" stroke-width="7"/><path d="M58 58l17 17" stroke-width="9"/>',
    'gear': _gear(),
    'network': '''<path d="M27 32L48 24 70 34 69 60 48 72 27 62zM27 32l21 16 22-14M48 48L27 62M48 48l21 12M48 24v48" stroke-width="3.500"/>
<circle class="f" cx="48" cy="24" r="6.500"/><circle class="f" cx="27" cy="32" r="6.500"/><circle class="f" cx="70" cy="34" r="6.500"/><circle class="f" cx="69" cy="60" r="6.500"/><circle class="f" cx="48" cy="72" r="6.500"/><circle class="f" cx="27" cy="62" r="6.500"/><circle class="f" cx="48" cy="48" r="8"/>''',
    'dots': '''<circle class="f" cx="32" cy="30" r="6"/><circle class="f" cx="44" cy="24" r="5"/><circle class="f" cx="42" cy="37" r="6"/><circle class="f" cx="26" cy="42" r="4.500"/>
<circle class="f" cx="62" cy="52" r="6"/><circle class="f" cx="73" cy="46" r="4.500"/><circle class="f" cx="72" cy="60" r="6.500"/><circle class="f" cx="60" cy="65" r="5"/><circle class="f" cx="32" cy="66" r="6"/><circle class="f" cx="42" cy="73" r="4.500"/><circle class="f" cx="24" cy="74" r="4"/>''',
    'bell': '<path d="M18 70q14 0 20-24 4-20 10-20t10 20q6 24 20 24"/><path d="M18 76h60" stroke-width="4"/><path d="M48 38v30" stroke-width="4" stroke-dasharray="1 8"/>',
    'redact': '<path d="M24 28h30M64 28h8M24 68h18M52 68h20" stroke-width="5.500"/><rect class="f" x="21" y="39" width="34" height="18" rx="4"/><path d="M64 48h8" stroke-width="5.500"/>',
    'key': '<circle cx="35" cy="48" r="14" stroke-width="7"/><path d="M49 48h28v11M66 48v9" stroke-width="7"/>',
    'star': _star(48, 50, 29, 13),
    'fork': '<path d="M36 20v24q0 12 12 12t12-12V20M48 56v22" stroke-width="7"/><path d="M24 28v14M72 28v14" stroke-width="4.500" opacity=".7"/>',
    'blobs': '<path class="f" d="M30 26q12-6 16 5t-7 15q-14 3-18-6t9-14zM62 24q10-1 12 8t-8 11q-9 0-11-8t7-11zM58 52q14-4 17 7t-9 16q-13 3-17-8t9-15zM32 58q8-1 9 6t-6 9-11-5 8-10z"/>',
    'cracked': '<path class="f" d="M48 20a28 28 0 0 1 12 53.300L52 60l8-9-13-8 6-10z"/><path class="f" d="M43 20.400a28 28 0 0 0 9 55.300L43 60l7-8-13-8z"/>',
    'hourglass': '<path d="M30 20h36M30 76h36" stroke-width="6.500"/><path d="M34 22v8q0 8 14 18 14-10 14-18v-8M34 74v-8q0-8 14-18 14 10 14 18v8" stroke-width="5"/><path class="f" d="M39 71q9-14 18 0zM40 33h16q-3 6-8 10-5-4-8-10z"/>',
    'ridge': '<path d="M16 68l19-30 11 16 12-22 22 36" stroke-width="6"/><circle cx="31" cy="26" r="6" stroke-width="5"/>',
    'quote': '<path class="f" d="M24 54q0-18 16-24l3 6q-9 4-10 11 10-1 10 9 0 10-9.500 10T24 54zM53 54q0-18 16-24l3 6q-9 4-10 11 10-1 10 9 0 10-9.500 10T53 54z"/>',
    'tag': '<path class="f" d="M24 22h22q4 0 6 2l22 22q4 4 0 8L55 73q-4 4-8 0L22 50q-2-2-2-6V26q0-4 4-4z"/><circle class="c" cx="34" cy="36" r="5.500"/>',
    'bolt': '<path class="f" style="stroke:#fff;stroke-width:3" d="M54 18L26 54h18l-4 24 30-38H51z"/>',
    'cart': '<path d="M18 24h9l8 34h32l7-24H31" stroke-width="6"/><circle class="f" cx="40" cy="70" r="6"/><circle class="f" cx="62" cy="70" r="6"/>',
    'drop': '<path class="f" d="M48 18q22 27 22 40a22 20 0 0 1-44 0q0-13 22-40z"/><path d="M37 58q0 10 10 11" stroke="{c}" stroke-width="5"/>',
    'sun': '<circle class="f" cx="48" cy="48" r="14"/>' + _around(8, lambda a: f'<path d="M48 18v8" transform="rotate({a:.0f} 48 48)"/>'),
    'thermometer': '<path d="M40 27q0-8 8-8t8 8v25q8 5 8 13 0 13-16 13T32 65q0-8 8-13z" stroke-width="5.500"/><circle class="f" cx="48" cy="64" r="8"/><path d="M48 62V38" stroke-width="5"/><path d="M66 28h9M66 39h9" stroke-width="4.500"/>',
    'book': '<path class="f" d="M45 29q-10-8-27-6v44q17-2 27 6zM51 29q10-8 27-6v44q-17-2-27 6z"/><path d="M26 36q6 0 11 3M26 48q6 0 11 3M70 36q-6 0-11 3M70 48q-6 0-11 3" stroke="{c}" stroke-width="4"/>',
    'gauge': '<path d="M26 68a29 29 0 1 1 44 0" stroke-width="7"/><path d="M48 54l13-15" stroke-width="6"/><circle class="f" cx="48" cy="55" r="6.500"/>',
    'funnel': '<path class="f" d="M20 24h56q3 0 1 4L56 52v20l-16 7V52L19 28q-2-4 1-4z"/>',
    'receipt': '<path class="f" d="M27 18l7 5 7-5 7 5 7-5 7 5 7-5v60l-7-5-7 5-7-5-7 5-7-5-7 5z"/><path d="M37 36h22M37 47h22M37 58h12" stroke="{c}" stroke-width="5"/>',
    'petri': '<circle cx="48" cy="48" r="28" stroke-width="5.500"/><circle class="f" cx="40" cy="38" r="6"/><circle class="f" cx="57" cy="42" r="4.500"/><circle class="f" cx="54" cy="57" r="7"/><circle class="f" cx="37" cy="56" r="4"/><circle class="f" cx="47" cy="29" r="3"/>',
    'turbine': _around(3, lambda a: f'<path class="f" d="M48 40q-7-4-5-12l5-14 4 13q2 9-4 13z" transform="rotate({a:.0f} 48 42)"/>') + '<circle class="f" cx="48" cy="42" r="5"/><path d="M48 54v24" stroke-width="5.500"/>',
    'moon': '<path class="f" d="M58 20a29 29 0 1 0 18 40 24 24 0 0 1-18-40z"/>' + _star(69, 33, 7, 3),
    'contour': '<path d="M48 20q26 0 28 26t-28 30-28-28 28-28z" stroke-width="4.500"/><path d="M48 32q16 0 17 16t-17 17-17-17 17-16z" stroke-width="4.500"/><circle class="f" cx="48" cy="49" r="6"/>',
    'swatches': '<rect class="f" x="20" y="22" width="17" height="54" rx="5"/><rect class="f" x="41" y="22" width="17" height="54" rx="5" opacity=".75"/><rect class="f" x="62" y="22" width="14" height="54" rx="5" opacity=".5"/><circle class="c" cx="28.500" cy="66" r="4"/>',
    'bird': '<path class="f" d="M18 34q14-2 22 8 8-20 28-18-2 5-5 8l13 4-12 6q-3 26-29 30l-8 6q1-6 4-9-14-14-13-35z"/><circle class="c" cx="60" cy="33" r="3"/>',
    'pin': '<path class="f" d="M48 17q22 0 22 22 0 15-22 40-22-25-22-40 0-22 22-22z"/><circle class="c" cx="48" cy="39" r="9"/>',
    'envelope': '<rect class="f" x="18" y="27" width="60" height="43" rx="6"/><path d="M22 32l26 21 26-21" stroke="{c}" stroke-width="5"/>',
    'chip': '<rect class="f" x="29" y="29" width="38" height="38" rx="6"/><rect x="40" y="40" width="16" height="16" rx="2" fill="{c}" stroke="none"/><path d="M38 28v-9M48 28v-9M58 28v-9M38 77v-9M48 77v-9M58 77v-9M28 38h-9M28 48h-9M28 58h-9M77 38h-9M77 48h-9M77 58h-9" stroke-width="4.500"/>',
    'sine': '<path d="M16 48q8-30 16 0t16 0 16 0 16 0" stroke-width="6.500"/><path d="M16 72h64" stroke-width="4" stroke-dasharray="1 9"/>',
    'factory': '<path class="f" d="M20 74V46l16-11v11l16-11v11l8-6V20h12v54z"/><path d="M32 60h6M46 60h6M60 60h4" stroke="{c}" stroke-width="6"/>',
    'bag': '<path class="f" d="M26 36h44l5 36q0 6-6 6H27q-6 0-6-6z"/><path d="M37 44V32q0-12 11-12t11 12v12" stroke-width="5"/><path d="M37 43v5M59 43v5" stroke="{c}" stroke-width="5"/>',
    'layers': '<path class="f" d="M48 18l30 15-30 15-30-15z"/><path d="M20 48l28 14 28-14M20 62l28 14 28-14" stroke-width="5.500"/>',
    'compass': '<circle cx="48" cy="48" r="28" stroke-width="5.500"/><path class="f" d="M62 34l-8 20-20 8 8-20z"/><circle class="c" cx="48" cy="48" r="4"/>',
    'bars': '<path d="M26 72V56M41 72V42M56 72V50M71 72V26" stroke-width="9"/>',
    'ear': '<path d="M32 44q-2-24 18-24t20 20q0 12-9 19-5 4-6 10-1 8-9 8-7 0-10-7" stroke-width="6"/><path d="M43 42q0-11 9-11t8 10q-1 6-6 9" stroke-width="5"/>',
    'scissors': '<circle cx="30" cy="34" r="9" stroke-width="5.500"/><circle cx="30" cy="64" r="9" stroke-width="5.500"/><path d="M38 39l38 26M38 59l38-28" stroke-width="5.500"/>',
    'truck': '<path class="f" d="M16 30h36v36H16zM56 40h13l11 13v13H56z"/><circle cx="32" cy="68" r="8" class="f" style="stroke:{c};stroke-width:4"/><circle cx="66" cy="68" r="8" class="f" style="stroke:{c};stroke-width:4"/>',
    'ship': '<path class="f" d="M18 56h60q-4 18-18 20H34q-13-3-16-20zM30 52V38h36v14zM42 34V22h12v12z"/>',
    'mail-sort': '<path d="M20 48h18M38 48l18-20h14M38 48h32M38 48l18 20h14" stroke-width="5"/><path class="f" d="M66 20l12 8-12 8zM66 40l12 8-12 8zM66 60l12 8-12 8z"/><circle class="f" cx="22" cy="48" r="6"/>',
}
