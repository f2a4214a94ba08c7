#!/usr/bin/env python3
"""Figures as they are printed and read by other programs. Uses the small model
of tests/data; with HEED_TEST_MODEL also the real one. Standard library only.
"""
import csv
import html
import io
import json
import math
import pathlib
import re
import struct
import subprocess
import sys
import tempfile
import unittest
import zlib

import commands_test as base

TEXT = "the animal was tired and the animals ran"


class Case(base.Case):
    def svg(self, *arguments, text=TEXT, **options):
        return self.ok("export", text, *arguments, "-o", "-", **options).stdout.decode()


class Print(Case):
    """The paper theme, for a printer without colours."""

    def test_a_links_opacity_is_its_weight_however_many_heads_there_are(self):
        def strongest(*arguments):
            return max(map(float, re.findall(r'stroke-opacity="([\d.]+)"',
                                             self.svg("--threshold", "0", *arguments))))
        for view in ("links", "arcs"):
            pins = ("--view", view, *(("--query", "was") if view == "links" else ()))
            one = self.svg("--heads", "L0H1", *pins)
            four = self.svg("--heads", "L0H0,L0H1,L0H2,L0H3", *pins)
            if view == "links":
                self.assertGreaterEqual(strongest("--layer", "0", *pins),
                                        strongest("--heads", "L0H1", *pins))
            self.assertNotIn("stroke-dasharray", one)
            dashes = set(re.findall(r'stroke-dasharray="[^"]+"', four))
            self.assertGreaterEqual(len(dashes), 3, view)
        whole = self.svg("--heads", "L0H0,L0H1", "--view", "links")  # a panel each
        self.assertNotIn("stroke-dasharray", whole)

    def test_a_page_of_stack_is_chosen(self):
        plain = self.svg("--view", "stack")
        self.assertEqual(plain, self.svg("--view", "stack", "--page", "embedding"))
        end = self.svg("--view", "stack", "--page", "end")
        self.assertEqual(len({plain, end, self.svg("--view", "stack", "--layer", "0")}), 3)
        self.assertNotIn("Word embedding", end)

    def test_negative_differences_have_a_sign(self):
        compare = ("--compare", TEXT.replace("tired", "wide"), "--query", "was")
        plain = self.svg(*compare, "--size", "250mm", "--theme", "light").count("<path")
        self.assertGreater(self.svg(*compare, "--size", "250mm").count("<path"), plain + 1)

    def test_what_a_mask_forbids_is_struck_out(self):
        lab = ("--view", "lab", "--heads", "L0H1", "--query", "was")
        count = lambda *more: self.svg(*lab, *more).count("<path")
        n = len(json.loads(self.ok("tokens", TEXT).stdout)["tokens"])
        self.assertEqual(count("--mask", "causal") - count("--mask", "full"), 2 * n - 3)
        self.assertIn("struck out", self.svg(*lab, "--mask", "causal"))
        self.assertIn("grey: what", self.svg(*lab, "--mask", "causal", "--theme", "light"))

    def test_lines_of_costs_differ_without_colours(self):
        dashes = set(re.findall(r'stroke-dasharray="[^"]+"', self.svg("--view", "lab", "--mask",
                                                                     "causal")))
        self.assertEqual(len(dashes), 3)


class Words(Case):
    def test_a_long_word_is_whole_in_every_step_of_neuron(self):
        text = TEXT.replace("cat", "the").replace("tired", "characterization" * 2)
        for step in ("vectors", "products", "sum", "scale", "softmax", "values"):
            self.svg("--view", "neuron", "--step", step, "--heads", "L0H1", "--query", "was",
                     text=text)


class Data(Case):
    """-o F.csv and -o F.json are what the picture shows."""

    def rows(self, *arguments, **options):
        text = self.svg("--format", "csv", *arguments, **options)
        return list(csv.DictReader(io.StringIO(text)))

    def drawn(self, svg):
        """{head: weights as its lines tell them, in order}: by opacity, of a query's ground; by
        width, (0.4 + 2.2 weight) pt, of a whole text."""
        whole = "stroke-opacity" not in svg
        heads = {}
        for name, body in re.findall(r'<g id="(L\d+H\d+)">\n(.*?)</g>', svg, re.S):
            lines = re.findall(r"<path d=[^>]*/>", body)
            widths = [float(re.search(r'stroke-width="([\d.]+)"', line)[1]) for line in lines]
            heads[name] = [(width * 72 / 96 - 0.4) / 2.2 for width in widths] if whole else [
                float((re.findall(r'stroke-opacity="([\d.]+)"', line) or ["1"])[0])
                for line in lines]
        return heads

    def test_links_are_those_of_the_picture_head_by_head(self):
        for more in ((), ("--threshold", "0.1"), ("--top-k", "2"), ("--hide-special",),
                     ("--words", "--threshold", "0.05"), ("--measure", "value-norm"),
                     ("--query", "tired", "--top-k", "3")):
            arguments = ("--heads", "L1H2,L0H1", "--view", "links", *more)
            rows = [row for row in self.rows(*arguments) if row["kind"] == "link"]
            drawn = self.drawn(self.svg(*arguments))
            self.assertEqual(list(dict.fromkeys(row["map"] for row in rows)), ["L1H2", "L0H1"])
            self.assertEqual(list(drawn), ["L1H2", "L0H1"])
            for head, opacities in drawn.items():
                weights = sorted(float(row["value"]) for row in rows if row["map"] == head)
                self.assertEqual(len(weights), len(opacities), more)
                for weight, opacity in zip(weights, opacities):
                    told = max(weight, 0.03) if "--query" in more else weight
                    near = 0.00051 if "--query" in more else 0.002
                    self.assertTrue(math.isclose(told, opacity, abs_tol=near))

    def test_cells_are_those_of_the_map(self):
        rows = self.rows("--heads", "L1H2", "--view", "matrix")
        metadata, tensors = base.read_safetensors(
            self.ok("attention", TEXT, "-o", "-").stdout)
        shape, weights = tensors["attentions"]
        tokens, n = json.loads(metadata["tokens"]), shape[2]
        self.assertEqual(len(rows), n * n)
        for row in rows:
            query, key = int(row["query"]), int(row["key"])
            self.assertEqual((row["query_token"], row["key_token"]), (tokens[query], tokens[key]))
            weight = weights[((1 * shape[1] + 2) * n + query) * n + key]
            self.assertEqual(struct.pack("f", float(row["value"])), struct.pack("f", weight))

    def margins(self, compare):
        """The rows and the picture of two candidates for "was" in two heads."""
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "s.heed"
            path.write_text(json.dumps({
                "version": 1, "text": TEXT, "compare": compare, "view": "compare",
                "query": {"first": 3, "count": 1},
                "candidates": [{"first": 2, "count": 1}, {"first": 4, "count": 1}],
                "shown": {"L0H1": 0, "L1H2": 1}}))
            made = [self.ok("export", "--session", str(path), *more, "-o", "-").stdout.decode()
                    for more in (("--format", "csv"), ())]
        rows = [row for row in csv.DictReader(io.StringIO(made[0])) if "margin" in row["part"]]
        return rows, html.unescape(made[1])

    def test_compare_tells_the_margin_between_candidates_in_both_texts(self):
        twin = TEXT.replace("ran", "cat")
        rows, picture = self.margins(twin)
        self.assertIn(">Margin of “was”: animal − tired<", picture)
        self.assertIn("bracketed: a candidate", picture)
        told = {(row["part"], row["map"]): float(row["value"]) for row in rows}
        self.assertEqual(len(told), 6)
        sides = []
        for text in (TEXT, twin):
            (layers, heads, n, _), weights = base.read_safetensors(
                self.ok("attention", text, "-o", "-").stdout)[1]["attentions"]
            sides.append({f"L{layer}H{head}": weights[at + 2] - weights[at + 4]
                          for layer, head in ((0, 1), (1, 2))
                          for at in [((layer * heads + head) * n + 3) * n]})
        for name in sides[0]:
            a, b = sides[0][name], sides[1][name]
            for part, margin in (("margin A", a), ("margin B", b), ("margin B-A", b - a)):
                self.assertAlmostEqual(told[part, name], margin, delta=0.00051)

    def test_a_margin_that_b_lacks_is_said(self):
        rows, picture = self.margins(TEXT.replace("tired ", ""))
        self.assertEqual({row["part"] for row in rows}, {"margin A"})
        self.assertIn("B has no “tired”", picture)

    def test_the_map_of_all_heads_tells_what_all_hide_and_marks_none_unasked(self):
        tensors = base.read_safetensors(self.ok("attention", TEXT, "-o", "-").stdout)[1]
        (layers, heads, n, _), weights = tensors["attentions"]
        shares = [weights[row * n] + weights[row * n + n - 1]  # to [CLS] and [SEP]
                  for row in range(layers * heads * n) if row % n not in (0, n - 1)]
        text = " ".join(re.findall(r"<text[^>]*>([^<]*)<", self.svg("--view", "heads",
                                                                    "--hide-special")))
        self.assertIn(f"they hold {sum(shares) / len(shares):.2f} of a head’s row on average",
                      html.unescape(text))
        ringed = lambda *more: self.svg("--view", "heads", *more).count("stroke-width=\"2")
        self.assertGreater(ringed("--heads", "L0H1,L1H2"), ringed())

    def test_json_says_the_same_and_more(self):
        arguments = ("--heads", "L1H2", "--view", "arcs", "--threshold", "0.1")
        made = json.loads(self.svg("--format", "json", *arguments))
        rows = self.rows(*arguments)
        self.assertEqual([{key: str(value) if key != "value" else f"{value:.9g}"
                           for key, value in row.items()} for row in made["rows"]], rows)
        self.assertIn("L1H2", made["caption"])
        self.assertEqual(made["model"], "tiny-bert")

    def test_neurons_and_stacks_vectors_are_those_of_the_run(self):
        metadata, tensors = base.read_safetensors(self.ok("attention", TEXT, "-o", "-").stdout)
        tokens = json.loads(metadata["tokens"])
        rows = self.rows("--view", "neuron", "--heads", "L1H2,L0H1", "--query", "was")
        token = tokens.index("was")
        for layer, head in ((1, 2), (0, 1)):
            own = [row for row in rows if (row["layer"], row["head"]) == (str(layer), str(head))]
            for part, name in (("q", "queries"), ("k", "keys")):
                shape, values = tensors[name]
                for row in (row for row in own if row["part"] == part):
                    at = ((layer * shape[1] + head) * shape[2] + int(row["query"])) * shape[3]
                    self.assertEqual(struct.pack("f", float(row["value"])),
                                     struct.pack("f", values[at + int(row["key"])]))
            shape, weights = tensors["attentions"]
            told = [float(row["value"]) for row in own if row["part"] == "weight"]
            at = ((layer * shape[1] + head) * shape[2] + token) * shape[2]
            self.assertEqual([f"{value:.3f}" for value in told],
                             [f"{value:.3f}" for value in weights[at:at + shape[2]]])
        rows = self.rows("--view", "stack", "--query", "was", "--layer", "1")
        shape, states = tensors["hidden_states"]
        own = [float(row["value"]) for row in rows if row["part"] == "output"]
        at = ((1 + 1) * shape[1] + token) * shape[2]
        self.assertEqual(len(own), shape[2])
        for value, state in zip(own, states[at:at + shape[2]]):  # summed in another order
            self.assertAlmostEqual(value, state, delta=1e-5)

    def test_compare_tells_links_cells_and_changes(self):
        rows = self.rows("--view", "compare", "--compare", TEXT.replace("was", "is"), "--heads",
                         "L1H2,L0H1")
        self.assertEqual({row["part"] for row in rows}, {"A", "B", "B-A", "change"})
        n = len(json.loads(base.read_safetensors(
            self.ok("attention", TEXT, "-o", "-").stdout)[0]["tokens"]))
        cells = [row for row in rows if row["kind"] == "cell"]
        self.assertEqual(len(cells), 2 * n * n)
        self.assertEqual({row["map"] for row in cells}, {"L1H2", "L0H1"})

    def test_a_panels_numbers_are_those_of_its_command(self):
        for form in ("csv", "json"):
            picture = self.svg("--view", "ablation", "--query", "was", "--key", "animal:1",
                               "--format", form)
            self.assertEqual(picture, self.ok("ablate", TEXT, "--from", "was", "--to", "animal:1",
                                              f"--{form}").stdout.decode().replace(
                                                  '"animal:1"', '"animal"'))
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "p.tsv"
            path.write_text("text\tpronoun\tcandidates\tanswer\n"
                            f"{TEXT}\twas\tanimal:1|tired\ttired\n")
            for form in ("csv", "json"):
                self.assertEqual(self.svg("--view", "probe", "--format", form, text=str(path)),
                                 self.ok("probe", str(path), f"--{form}").stdout.decode())


class Wide(Case):
    """Heads of two digits have room for their names."""

    def test_every_view_draws_heads_of_a_large_model(self):
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run([sys.executable, base.DATA / "data" / "make_model.py", "32", "32", folder],
                           check=True)
            for view in ("links", "arcs", "matrix", "heads", "neuron", "compare", "lab"):
                two = ("--compare", TEXT.replace("was", "is")) if view == "compare" else ()
                with self.subTest(view):
                    self.svg("--view", view, "--heads", "L31H31,L23H15,L10H26", "--query", "was",
                             *two, model=folder)


class Names(Case):
    """What a file says of itself."""

    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.folder = pathlib.Path(holder.name)

    def write(self, name, *arguments):
        path = self.folder / name
        done = self.ok("export", TEXT, "--heads", "L1H2,L0H1", "--query", "was", "--hide-special",
                       "-o", str(path), *arguments)
        return path.read_bytes(), done.stdout.decode()

    def test_a_rollout_is_a_layers_and_not_a_heads(self):
        svg, caption = self.write("r.svg", "--caption", "--view", "matrix", "--measure", "rollout")
        self.assertRegex(caption, r"\AMatrix of tiny-bert: rollout to layer 1 and rollout to layer 0,"
                                  r" query “was”\.")
        self.assertIn("to layer 1 (2 counted from 1), to layer 0 (1 counted from 1)", svg.decode())

    def test_a_caption_is_printed_and_in_every_file(self):
        svg, caption = self.write("a.svg", "--caption", "--title", "A < B")
        self.assertRegex(caption, r"\ALinks of tiny-bert: heads L1H2 and L0H1 \(2-3 and 1-2 counted "
                                  r"from 1\), query \u201cwas\u201d\. .*Hidden tokens hold "
                                  r"0\.\d{3} of \u201cwas\u201d in L1H2 and 0\.\d{3} in L0H1\.\n\Z")
        self.assertIn(f"<desc>{caption.strip()}</desc>", svg.decode())
        self.assertIn("<title>A &lt; B</title>", svg.decode())
        self.assertIn('role="img"', svg.decode())
        png, _ = self.write("a.png", "--dpi", "72", "--title", "A < B")
        self.assertIn(b"iTXtDescription\0\0\0\0\0" + caption.strip().encode(), png)
        self.assertIn(b"tEXtTitle\0A < B", png)
        at = png.index(b"iTXt") - 4
        size = struct.unpack(">I", png[at:at + 4])[0]
        self.assertEqual(struct.pack(">I", zlib.crc32(png[at + 4:at + 8 + size])),
                         png[at + 8 + size:at + 12 + size])
        pdf, _ = self.write("a.pdf")
        self.assertIn(b"/Subject", pdf) if b"/Subject" in pdf else self.assertIn(b"ObjStm", pdf)
        message = self.fails(2, "export", TEXT, "--caption", "-o", "-")
        self.assertIn("standard output", message)

    def test_a_font_is_used_or_missed(self):
        self.assertIn("no font 'Nope'", self.fails(1, "export", TEXT, "--font", "Nope", "-o",
                                                   str(self.folder / "x.svg")))
        families = subprocess.run(["fc-list", ":", "family"], stdout=subprocess.PIPE, check=True)
        family = families.stdout.decode().splitlines()[0].split(",")[0]
        self.assertIn(f'font-family="{family}, Inter', self.write("b.svg", "--font",
                                                                  family)[0].decode())

    @unittest.skipIf(base.QUICK, "many pictures")
    def test_every_view_has_room_for_wider_type(self):
        families = subprocess.run(["fc-list", ":", "family"], stdout=subprocess.PIPE, check=True)
        known = {name for line in families.stdout.decode().splitlines() for name in line.split(",")}
        path = self.folder / "wide.tsv"
        path.write_text("sentence\tpronoun\tcandidates\tanswer\n"
                        "The cat saw the dog because it was near.\tit\tcat|dog\tcat\n")
        others = {"compare": ("--compare", TEXT.replace("tired", "wide")),
                  "ablation": ("--query", "was", "--key", "animal")}
        for font in {"DejaVu Sans Mono", "DejaVu Serif", "Noto Sans Mono"} & known:
            for view in ("links", "arcs", "matrix", "heads", "neuron", "stack", "lab", *others):
                for heads in ("L0H1", "L1H2,L0H1,L0H0"):
                    for pins in ((), ("--query", "was")):
                        self.svg("--view", view, "--heads", heads, "--font", font,
                                 *others.get(view, pins))
            self.svg("--view", "probe", "--font", font, text=str(path))

    def test_a_transparent_picture_has_no_ground(self):
        ground = re.compile(r'<rect x="0" y="0"[^>]*fill="#ffffff"/>')
        self.assertRegex(self.write("c.svg")[0].decode(), ground)
        self.assertNotRegex(self.write("c.svg", "--transparent")[0].decode(), ground)
        self.assertEqual(self.write("c.png", "--transparent")[0][25], 6)  # with alpha
        self.assertEqual(self.write("c.png")[0][25], 2)

    def test_a_session_takes_view_heads_pins_and_filters_on_top(self):
        session = pathlib.Path(__file__).parents[1] / "fuzz/corpus/session/full"
        path = self.folder / "s.heed"
        path.write_bytes(session.read_bytes())
        for view in ("links", "matrix"):
            made = self.folder / "s.json"
            self.ok("export", "--session", str(path), "--view", view, "--heads", "L1H0",
                    "--aggregate", "max", "--measure", "weight", "--threshold", "0", "--top-p",
                    "1", "--segments", "all", "-o", str(made), "--size",
                    "400mm")
            rows = json.loads(made.read_text())["rows"]
            self.assertEqual({row["kind"] for row in rows}, {"links": {"link", "number"},
                                                             "matrix": {"cell"}}[view])
        self.assertIn("--session", self.fails(2, "export", TEXT, "--session", str(path), "-o",
                                              "x.svg"))

    def test_a_figure_of_a_sessions_two_texts_is_that_of_the_words(self):
        def session(**more):
            path = self.folder / "two.heed"
            path.write_text(json.dumps({
                "version": 1, "text": TEXT, "compare": "now " + TEXT, "view": "compare",
                "shown": {"L0H1": 0, "L1H0": 1}, "matrix_head": "L0H1", **more}))
            return ("export", "--session", str(path), "--style", "figure", "-o", "-")

        def picture(svg):
            return [line for line in re.findall(r"<(?:text|path) [^>]*>[^<]*", svg)]
        words = self.svg("--compare", "now " + TEXT, "--query", "was", "--key", "animal",
                         "--heads", "L0H1,L1H0", "--style", "figure")
        of_a = {"query": {"first": 3, "count": 1}, "key": {"first": 2, "count": 1}}
        of_b = {"query": {"first": 4, "count": 1, "in_b": True},
                "key": {"first": 3, "count": 1, "in_b": True}}
        marked = {"candidates": [{"first": 2, "count": 1}]} # the figure draws no brackets
        for pins in (of_a, of_b, {**of_a, **marked}):
            made = self.ok(*session(**pins)).stdout.decode()
            self.assertEqual(picture(made), picture(words), pins)
            self.assertNotIn("bracket", made)
        self.assertIn("needs a query that both have", self.fails(1, *session()))
        self.assertIn("needs a query that both have", self.fails(
            1, *session(query={"first": 1, "count": 1, "in_b": True})))


class Panels(Case):
    def test_a_probes_page_is_a_figure(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "few.tsv"
            path.write_text("sentence\tpronoun\tcandidates\tanswer\n"
                            "The cat saw the dog because it was near.\tit\tcat|dog\tcat\n"
                            "The cat saw the dog because it was far.\tit\tcat|dog\tdog\n")
            done = self.ok("export", str(path), "--view", "probe", "-o", "-")
            svg = done.stdout.decode()
            self.assertIn("few.tsv: 2 sentences", svg)
            self.assertIn("<desc>Probe of tiny-bert: few.tsv, all heads.</desc>", svg)
            self.assertNotIn("\u2026", svg)
            texts = re.findall(r'<text x="([\d.]+)"[^>]*>([^<]*)', svg)
            at = {text: float(x) for x, text in reversed(texts)} # where each stands first
            # The scale's end is no part of the heading: 46 px of it, 8 of half of "1.0", 10.
            self.assertGreater(at["accuracy"] - at["1.0"], 46 + 8 + 10)
        self.assertIn("file", self.fails(2, "export", "--view", "probe", "-o", "x.svg"))
        self.assertIn("no words", self.fails(2, "export", "x.tsv", "--view", "probe", "--query",
                                             "it", "-o", "x.svg"))

    def test_a_view_of_one_text_draws_no_second_one(self):
        """Neither the view nor the second text is left out without a word."""
        for view in ("arcs", "matrix", "heads", "neuron", "stack", "lab", "ablation"):
            for style in ([], ["--style", "figure"]):
                message = self.fails(2, "export", TEXT, "--compare", TEXT + " Yes.", "--query",
                                     "was", "--view", view, *style, "-o", "a.svg")
                self.assertIn("--compare", message)
                self.assertIn("--view compare" if not style else "compare:", message)

    def test_a_picture_of_nothing_is_an_error(self):
        for view in ("links", "arcs", "matrix", "heads", "neuron", "stack", "lab"):
            message = self.fails(1, "export", "...", "--view", view, "--hide-special",
                                 "--hide-punctuation", "-o", "x.svg")
            self.assertIn("no token is left", message)
        self.assertIn("no head is shown", self.fails(1, "export", "--session", self.headless(),
                                                     "-o", "x.svg"))

    def headless(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        path = pathlib.Path(folder.name) / "s.heed"
        path.write_text(json.dumps({"version": 1, "text": TEXT, "view": "links", "shown": {}}))
        return str(path)

    def test_a_resolution_is_of_a_png_alone(self):
        for name in ("x.svg", "x.pdf", "x.csv"):
            self.assertIn("--dpi", self.fails(2, "export", TEXT, "--dpi", "72", "-o", name))


if __name__ == "__main__":
    unittest.main()
