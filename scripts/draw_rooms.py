#!/usr/bin/env python3
"""Draws the rooms of heed, the folders of src/, by who includes whom.

usage: draw_rooms.py > docs/rooms.svg

A room stands above all that it includes. An arrow that follows from others is
left out. What goes against the order (a circle of folders, cut where the fewest
includes are) is named below the picture. The same sources give the same bytes.
"""

import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[1]
INCLUDE = re.compile(r'^\s*#\s*include\s+"([^"]+)"', re.M)

FONT, CHAR = 13, 7.3            # px; the mean advance of the letters, and more
BOX, GAP, SIDE, MARGIN = 28, 34, 22, 32
LANE = 12                       # what a passing arrow takes of a layer
FILLS = {"base": "#e8e8e4", "core": "#dcebf7", "draw": "#f9ecd2", "state": "#f9ecd2",
         "scene": "#e2f0dc", "ui": "#f6e0e6", "render": "#e9e3f5", "export": "#e9e3f5",
         "session": "#e9e3f5", "app": "#dff0ef", "cli": "#dff0ef"}


def read_includes(source):
    """{(room, room it includes): how often}, and the rooms."""
    counts, rooms = {}, set()
    for path in sorted(source.rglob("*.[ch]")):
        room = path.parent.relative_to(source).as_posix()
        rooms.add(room)
        for header in INCLUDE.findall(path.read_text()):
            other = pathlib.PurePosixPath(header).parent.as_posix()
            if other not in (room, "."):
                counts[room, other] = counts.get((room, other), 0) + 1
    return counts, sorted(rooms)


def reach(graph, start):
    seen, todo = set(), [start]
    while todo:
        for other in graph[todo.pop()]:
            if other not in seen:
                seen.add(other)
                todo.append(other)
    return seen


def cut_circles(counts, rooms):
    """The graph without circles, and what was cut."""
    graph = {room: {b for a, b in counts if a == room} for room in rooms}
    cut = []
    while True:
        beyond = {room: reach(graph, room) for room in rooms}
        bad = [(counts[a, b], a, b) for a in rooms for b in graph[a] if a in beyond[b]]
        if not bad:
            return graph, sorted(cut)
        _, a, b = min(bad)
        graph[a].discard(b)
        cut.append((a, b))


def reduce(graph):
    """Without the arrows that follow from others."""
    beyond = {room: reach(graph, room) for room in graph}
    return {room: {b for b in others if not any(b in beyond[c] for c in others)}
            for room, others in graph.items()}


def find_layers(graph):
    layers = {}

    def layer(room):
        if room not in layers:
            layers[room] = 1 + max(map(layer, graph[room]), default=-1)
        return layers[room]
    for room in graph:
        layer(room)
    return layers


class Picture:
    """Nodes are rooms and (room, room, layer), where an arrow passes by."""

    def __init__(self, graph):
        self.layer_of = find_layers(graph)
        self.rows = [[] for _ in range(max(self.layer_of.values()) + 1)]
        self.chains = []        # an arrow's nodes, from the top
        for room in sorted(graph):
            self.rows[self.layer_of[room]].append(room)
        for a in sorted(graph):
            for b in sorted(graph[a]):
                passing = [(a, b, i) for i in
                           range(self.layer_of[a] - 1, self.layer_of[b], -1)]
                for node in passing:
                    self.rows[node[2]].append(node)
                self.chains.append([a, *passing, b])
        self.above = {node: [] for row in self.rows for node in row}
        self.below = {node: [] for node in self.above}
        for chain in self.chains:
            for a, b in zip(chain, chain[1:]):
                self.below[a].append(b)
                self.above[b].append(a)
        self.order()
        self.place()

    def crossings(self):
        n = 0
        for low, row in enumerate(self.rows[1:]):
            at = {node: i for i, node in enumerate(self.rows[low])}
            ends = [(i, at[b]) for i, a in enumerate(row) for b in self.below[a]]
            n += sum((a - c) * (b - d) < 0 for i, (a, b) in enumerate(ends)
                     for c, d in ends[:i])
        return n

    def order(self):
        """Each among its neighbours, up and down, and the best of it."""
        best = None
        for turn in range(40):
            rising = turn % 2 == 0
            for i in range(len(self.rows)) if rising else reversed(range(len(self.rows))):
                near = self.below if rising else self.above
                other = i - 1 if rising else i + 1
                if 0 <= other < len(self.rows):
                    at = {node: k for k, node in enumerate(self.rows[other])}
                    self.rows[i] = self.sorted_by(self.rows[i], near, at)
            n = self.crossings()
            if best is None or n < best[0]:
                best = n, [list(row) for row in self.rows]
        self.rows = best[1]

    @staticmethod
    def sorted_by(row, near, at):
        wish = {}
        for i, node in enumerate(row):
            places = [at[other] for other in near[node]]
            wish[node] = sum(places) / len(places) if places else float(i)
        return sorted(row, key=lambda node: wish[node])

    @staticmethod
    def width(node):
        return LANE if isinstance(node, tuple) else round(len(node) * CHAR) + 20

    def spread(self, row, wishes):
        """The places nearest to the wishes at which nothing overlaps: what
        would is moved together, as blocks of (sum of wishes, weight)."""
        offsets, offset = [], 0.0
        for i, node in enumerate(row):
            if i > 0:
                offset += (self.width(row[i - 1]) + self.width(node)) / 2 + SIDE
            offsets.append(offset)
        blocks = []
        for node, wish, offset in zip(row, wishes, offsets):
            weight = 4.0 if isinstance(node, tuple) else 1.0
            blocks.append([(wish - offset) * weight, weight, 1])
            while len(blocks) > 1 and (blocks[-2][0] / blocks[-2][1]
                                       > blocks[-1][0] / blocks[-1][1]):
                last = blocks.pop()
                blocks[-1] = [a + b for a, b in zip(blocks[-1], last)]
        starts = [total / weight for total, weight, n in blocks for _ in range(n)]
        return [start + offset for start, offset in zip(starts, offsets)]

    def place(self):
        self.x = {node: 0.0 for node in self.above}
        for row in self.rows:
            self.x.update(zip(row, self.spread(row, [0.0] * len(row))))
        for turn in range(600):
            rows = self.rows if turn % 2 == 0 else self.rows[::-1]
            for row in rows:
                self.x.update(zip(row, self.spread(row, map(self.wish, row))))
        left = min(self.x[node] - self.width(node) / 2 for node in self.x)
        self.x = {node: round(x - left + MARGIN) for node, x in self.x.items()}
        self.right = max(self.x[node] + self.width(node) // 2 for node in self.x)

    def wish(self, node):
        """Amid its neighbours; a passing arrow rather stays straight."""
        near = self.above[node] + self.below[node]
        weights = [8.0 if isinstance(node, tuple) and isinstance(other, tuple) else 1.0
                   for other in near]
        total = sum(weight * self.x[other] for weight, other in zip(weights, near))
        return total / sum(weights) if near else self.x[node]

    def top(self, layer):
        return MARGIN + (len(self.rows) - 1 - layer) * (BOX + GAP)


def arrow(picture, chain):
    """Curves only between layers; past a box an arrow goes straight down."""
    x, row = picture.x[chain[0]], picture.layer_of[chain[0]]
    y = picture.top(row) + BOX
    path = f"M{x} {y}"
    for node in chain[1:]:
        row -= 1
        to, end = picture.x[node], picture.top(row)
        middle = (y + end) // 2
        last = node is chain[-1]
        path += f"C{x} {middle} {to} {middle} {to} {end - 6 if last else end}"
        x, y = to, end + BOX
        if not last:
            path += f"V{y}"
    return f'<path d="{path}" marker-end="url(#tip)"/>'


def room_box(picture, room):
    width = picture.width(room)
    x, y = picture.x[room], picture.top(picture.layer_of[room])
    fill = FILLS.get(room.split("/")[0], "#eeeeee")
    return (f'<rect x="{x - width // 2}" y="{y}" width="{width}" height="{BOX}" rx="5" '
            f'fill="{fill}" stroke="#70757c"/>\n'
            f'<text x="{x}" y="{y + 19}" text-anchor="middle">{room}</text>')


def draw(source):
    counts, rooms = read_includes(source)
    graph, cut = cut_circles(counts, rooms)
    picture = Picture(reduce(graph))
    notes = ["An arrow goes from a room to one that it includes;",
             "those that follow from others are left out."]
    notes += [f"Against the order: {a} includes {b}." for a, b in cut]
    bottom = picture.top(0) + BOX
    width = max(picture.right, round(max(map(len, notes)) * CHAR) + MARGIN) + MARGIN
    height = bottom + MARGIN + 20 * len(notes) + MARGIN // 2
    lines = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
             f'viewBox="0 0 {width} {height}" font-family="Inter, sans-serif" '
             f'font-size="{FONT}" fill="#1d2126">',
             "<title>The folders of src/ and who includes whom</title>",
             '<defs><marker id="tip" viewBox="0 0 8 8" refX="2" refY="4" markerWidth="8" '
             'markerHeight="8" markerUnits="userSpaceOnUse" orient="auto">'
             '<path d="M0 0.5L8 4L0 7.5z" fill="#5b626b"/></marker></defs>',
             f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
             '<g fill="none" stroke="#5b626b" stroke-width="1.2">',
             *(arrow(picture, chain) for chain in picture.chains), "</g>",
             *(room_box(picture, room) for room in rooms)]
    lines += [f'<text x="{MARGIN}" y="{bottom + MARGIN + 12 + 20 * i}">{note}</text>'
              for i, note in enumerate(notes)]
    return "\n".join(lines + ["</svg>", ""])


if __name__ == "__main__":
    if len(sys.argv) != 1:
        sys.exit(__doc__)
    sys.stdout.write(draw(ROOT / "src"))
