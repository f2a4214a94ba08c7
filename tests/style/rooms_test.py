#!/usr/bin/env python3
"""The picture of the rooms in docs/ is that of the sources as they are."""

import pathlib
import re
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))
sys.dont_write_bytecode = True
import draw_rooms  # noqa: E402

BOX = re.compile(r'<rect x="(\d+)" y="(\d+)" width="(\d+)" height="(\d+)"')


class Rooms(unittest.TestCase):
    def test_the_picture_is_of_today(self):
        self.assertTrue((ROOT / "docs/rooms.svg").read_text() == draw_rooms.draw(ROOT / "src"),
                        "run scripts/draw_rooms.py > docs/rooms.svg")

    def test_every_folder_has_its_box_and_none_overlap(self):
        boxes = [tuple(map(int, box)) for box in BOX.findall(draw_rooms.draw(ROOT / "src"))]
        self.assertEqual(len(boxes), len({path.parent for path in
                                          (ROOT / "src").rglob("*.[ch]")}))
        for i, (x, y, w, h) in enumerate(boxes):
            for X, Y, W, H in boxes[:i]:
                self.assertFalse(x < X + W and X < x + w and y < Y + H and Y < y + h)


if __name__ == "__main__":
    unittest.main()
