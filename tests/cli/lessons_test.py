#!/usr/bin/env python3
"""heed lesson: what check finds in a file that isn't sound, and, with HEED_TEST_MODEL,
that every claim and answer of the lessons that come with heed holds on the real model.
Ends with 77 without the model. Standard library only.
"""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

HEED = os.environ["HEED_BINARY"]
REAL = os.environ.get("HEED_TEST_MODEL")
ASSETS = pathlib.Path(os.environ["HEED_TEST_DATA"]).parent / "assets" / "lessons"
IDS = ["context", "query", "softmax", "heads", "it", "order"]


def heed(*arguments):
    return subprocess.run([HEED, "lesson", *arguments], stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, text=True, timeout=280)


class Shipped(unittest.TestCase):
    def test_the_list_names_all_of_them(self):
        listed = json.loads(heed("list", "--json").stdout)["lessons"]
        self.assertEqual([lesson["id"] for lesson in listed], IDS)
        self.assertEqual(IDS, sorted((path.stem for path in ASSETS.glob("*.json")),
                                     key=IDS.index))
        for lesson in listed:
            with self.subTest(lesson=lesson["id"]):
                self.assertTrue(5 <= lesson["steps"] <= 12)
                self.assertGreaterEqual(lesson["questions"], 1)
                self.assertGreater(len(lesson["limits"]), 40)

    def test_each_computes_numbers_and_names_its_licence(self):
        for name in IDS:
            with self.subTest(lesson=name):
                lesson = json.loads((ASSETS / f"{name}.json").read_text())
                words = (ASSETS / "en" / f"{name}.json").read_text()
                self.assertEqual(lesson["licence"], "MIT")
                self.assertGreater(words.count("{"), 20)
                self.assertTrue(all(step.get("claims") for step in lesson["steps"]))
                for step in json.loads(words)["steps"].values():
                    self.assertNotRegex(step["text"] + step["headline"], r"(\.\.\.|…)$")
                    self.assertRegex(step.get("question", "?"), r"[?]|[^.]\.$")

    @unittest.skipUnless(REAL, "without a model")
    def test_every_claim_holds_and_every_answer_is_right(self):
        done = heed("check", *IDS)
        self.assertEqual(done.stderr, "")
        self.assertEqual(done.returncode, 0)
        self.assertEqual(len(done.stdout.splitlines()), len(IDS))


@unittest.skipUnless(REAL, "without a model")
class Broken(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)
        (self.folder / "en").mkdir()
        self.lesson = json.loads((ASSETS / "it.json").read_text())
        self.words = json.loads((ASSETS / "en" / "it.json").read_text())
        del self.lesson["steps"][3:]
        kept = {step["id"] for step in self.lesson["steps"]}
        self.words["steps"] = {k: v for k, v in self.words["steps"].items() if k in kept}

    def check(self):
        """What is said, with every line that is named looked up."""
        for path, content in ((self.folder / "it.json", self.lesson),
                              (self.folder / "en" / "it.json", self.words)):
            text = content if isinstance(content, str) else json.dumps(content, indent=1)
            path.write_text(text)
        done = heed("check", str(self.folder / "it.json"))
        self.assertEqual(done.returncode, 1, done.stdout + done.stderr)
        self.assertEqual(done.stdout, "")
        said = done.stderr.splitlines()
        lines = {}
        for line in said:
            where = re.match(r"heed: '(.+?)', line (\d+): ", line)
            if where:
                lines[line] = pathlib.Path(where[1]).read_text().splitlines()[int(where[2]) - 1]
        return said, lines

    def assert_said(self, pattern, at=None):
        said, lines = self.check()
        found = [line for line in said if re.search(pattern, line)]
        self.assertEqual(len(found), 1, said)
        if at is not None:
            self.assertIn(at, lines[found[0]])

    def test_a_claim_that_does_not_hold(self):
        self.lesson["steps"][0]["claims"][0]["is"] = 0.5
        self.assert_said(r"doesn't hold: weight it->animal L3H1 is 0\.67\d+, not within 0.02 of 0.5",
                         "{")

    def test_a_name_that_is_another(self):
        self.lesson["steps"][0]["claims"][0] = {"of": "top it L3H1", "is": "street"}
        self.assert_said("top it L3H1 is animal, not street")

    def test_bounds_that_do_not_hold(self):
        self.lesson["steps"][0]["claims"] = [{"of": "weight it->animal L3H1", "below": 0.5},
                                             {"of": "weight it->street L3H1", "above": 0.5}]
        said, _ = self.check()
        self.assertTrue(any("not below 0.5" in line for line in said))
        self.assertTrue(any("not above 0.5" in line for line in said))
        self.assertTrue(said[-1].endswith("2 things in the lesson are wrong"))

    def test_an_answer_that_is_another(self):
        self.lesson["steps"][2]["ask"]["answer"] = 1
        self.assert_said("the answer is 2 by this run, not 1", '"ask"')

    def test_a_number_that_is_typed(self):
        self.words["steps"]["who"]["text"] = "L5H11 agrees: 0.673."
        self.assert_said(r"step \"who\": the number 0\.673 is typed", '"who"')

    def test_a_number_that_is_a_fact(self):
        self.words["steps"]["who"]["text"] = "Asked in 2017, L3H1 and L5H11."
        self.words["steps"]["who"]["facts"] = ["2017"]
        self.lesson["steps"][0]["claims"][0]["is"] = 0.5
        said, _ = self.check()
        self.assertEqual(len(said), 2)

    def test_an_expression_of_a_word_that_is_not_there(self):
        self.words["steps"]["who"]["text"] = "{weight it->zebra L3H1}"
        self.assert_said("step \"who\": .*zebra", '"who"')

    def test_an_expression_that_is_none(self):
        for text, why in (("{wieght it->animal L3H1}", "there is no 'wieght'"),
                          ("{weight it L3H1}", "it needs a link like it->animal"),
                          ("{weight it->animal L9H1}", "this model has no L9H1"),
                          ("{weight it->animal L3H1 B}", "no second text"),
                          ("{weight it->animal}", "too few or too many"),
                          ("{weight it->animal L3H1|x}", "decimals"),
                          ("{weight it->animal L3H1", "no '}'")):
            with self.subTest(text=text):
                self.words["steps"]["who"]["text"] = text
                self.assert_said(why)

    def test_words_that_are_too_long(self):
        self.words["steps"]["who"]["headline"] = "word " * 14
        self.assert_said("70 characters, where 60 fit")

    def test_a_point_at_what_is_not_there(self):
        self.lesson["steps"][0]["point"] = [{"token": "zebra"}]
        self.assert_said("zebra")
        self.lesson["steps"][0]["point"] = [{"token": "it", "of": "compare"}]
        self.assert_said("points at a second text")

    def test_a_key_that_a_lesson_does_not_have(self):
        self.lesson["steps"][1]["patch"]["veiw"] = "matrix"
        self.assert_said('"steps/1/patch/veiw" isn\'t a key', '"veiw"')

    def test_a_state_that_is_none(self):
        self.lesson["steps"][0]["state"]["view"] = "pie"
        self.assert_said('"steps/0/state" isn\'t a state: "view" must be one of', '"state"')

    def test_a_text_that_is_not_among_the_texts(self):
        self.lesson["steps"][0]["state"]["text"] = "@tried"
        self.assert_said('is @tried, which "texts" doesn\'t have', '"text"')

    def test_a_pin_that_is_not_in_the_text(self):
        self.lesson["steps"][0]["state"]["query"] = "zebra"
        self.assert_said("zebra")

    def test_a_first_step_that_is_a_patch(self):
        step = self.lesson["steps"][0]
        step["patch"] = step.pop("state")
        self.assert_said("needs a whole \"state\"", '"patch"')

    def test_steps_without_words_and_words_without_steps(self):
        words = self.words["steps"].pop("who")
        self.assert_said('"steps/who" is missing')
        self.words["steps"]["who"] = words
        self.words["steps"]["whom"] = words
        self.assert_said('"steps/whom" is no step of the lesson', '"whom"')

    def test_as_many_choices_as_are_weighed(self):
        self.words["steps"]["wide"]["choices"] = ["street", "animal"]
        self.assert_said("has 2 choices, and \"ask\" weighs 3", '"choices"')

    def test_choices_that_their_cards_can_hold(self):
        choices = self.words["steps"]["wide"]["choices"]
        choices[1] = "é" * 25
        self.assert_said("2 has more than 24 characters: say it shorter", '"choices"')
        choices[1] = "street " + "é" * 17
        self.assert_said("2 has a word of more than 16 letters: no card holds it", '"choices"')
        choices[1] = "streets " + "é" * 16
        choices.pop()
        self.assert_said("has 2 choices")

    def test_what_is_no_json(self):
        self.lesson = '{"version": 1,\n "id": }'
        self.assert_said("line 2: it isn't valid JSON")

    def test_a_file_that_is_not_there(self):
        done = heed("check", str(self.folder / "none.json"))
        self.assertEqual(done.returncode, 1)
        self.assertIn("none.json", done.stderr)
        done = heed("check", "nonsense")
        self.assertIn("there are context, query, softmax, heads, it, order", done.stderr)


@unittest.skipUnless(REAL, "without a model")
class Begun(unittest.TestCase):
    def test_sessions_become_steps_that_hold(self):
        with tempfile.TemporaryDirectory() as folder:
            session = pathlib.Path(folder, "one.heed")
            session.write_text(json.dumps({
                "version": 1, "text": "The dog bites the man.", "view": "matrix",
                "shown": {"L0H2": 0}, "matrix_head": "L0H2", "theme": "dark",
                "query": {"first": 3, "count": 1}, "key": {"first": 2, "count": 1},
                "cuts": [{"head": "L0H2", "query": {"first": 5, "count": 1},
                          "key": {"first": 4, "count": 1}}]}))
            path = pathlib.Path(folder, "my", "dog.json")
            path.parent.mkdir()
            for _ in range(2):
                done = heed("new", str(path), str(session))
                self.assertEqual(done.stderr, "")
            lesson = json.loads(path.read_text())
            state = lesson["steps"][1]["state"]
            self.assertEqual([s["id"] for s in lesson["steps"]], ["step-1", "step-2"])
            self.assertEqual((state["query"], state["key"]), ("bites", "dog"))
            self.assertEqual(state["cut"], ["L0H2 man->the"])
            self.assertNotIn("theme", state)
            self.assertNotIn("ui_scale", state)
            done = heed("check", str(path))
            self.assertEqual(done.stderr, "")
            self.assertEqual(done.returncode, 0)

    def test_another_file_is_left_alone(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder, "x.json")
            path.write_text('{"a": 1}')
            session = pathlib.Path(folder, "one.heed")
            session.write_text('{"version": 1, "text": "a b"}')
            done = heed("new", str(path), str(session))
            self.assertEqual(done.returncode, 1)
            self.assertIn("isn't a lesson", done.stderr)
            self.assertEqual(path.read_text(), '{"a": 1}')


@unittest.skipUnless(REAL, "without a model")
class Slides(unittest.TestCase):
    """heed export --lesson, of a lesson of three steps, whose last one asks."""
    def setUp(self):
        Broken.setUp(self)

    def export(self, output, *more):
        for path, content in ((self.folder / "it.json", self.lesson),
                              (self.folder / "en" / "it.json", self.words)):
            path.write_text(json.dumps(content, indent=1))
        return subprocess.run([HEED, "export", "--lesson", str(self.folder / "it.json"), "-o",
                               str(self.folder / output), *more], stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, text=True, timeout=280)

    def pages(self, name):
        """What stands on each, its spaces made one."""
        text = subprocess.run(["pdftotext", "-layout", str(self.folder / name), "-"], check=True,
                              stdout=subprocess.PIPE, text=True).stdout
        return [re.sub(r"\s+", " ", page) for page in text.split("\f")[:-1]]

    def test_a_page_a_step_and_the_question_before_its_answer(self):
        done = self.export("it.pdf", "--json")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        said = json.loads(done.stdout)
        self.assertEqual((said["lesson"], said["steps"], said["slides"]), ("it", 3, 4))
        pages = self.pages("it.pdf")
        self.assertEqual(len(pages), 4)
        self.assertIn("L3H1 says “animal”: 0.677", pages[0])
        self.assertIn("1 of 3", pages[0])
        question = self.words["steps"]["wide"]["question"]
        self.assertIn(question, pages[2])
        self.assertIn("weights hidden", pages[2])
        self.assertNotRegex(pages[2], r"0\.\d\d")
        self.assertNotIn(question, pages[3])
        self.assertIn("0.281", pages[3])
        sizes = subprocess.run(["pdfinfo", "-f", "1", "-l", "4", str(self.folder / "it.pdf")],
                               check=True, stdout=subprocess.PIPE, text=True).stdout
        self.assertEqual(len(re.findall(r"size: +1200 x 675 pts", sizes)), 4)
        self.assertIn("“It”: tired and wide", sizes)

    def test_the_same_arguments_give_the_same_bytes(self):
        self.export("a.pdf")
        self.export("b.pdf")
        self.assertEqual((self.folder / "a.pdf").read_bytes(),
                         (self.folder / "b.pdf").read_bytes())

    def test_a_picture_is_a_file_a_slide(self):
        done = self.export("it.png", "--size", "1280x720px", "--theme", "dark")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        names = sorted(path.name for path in self.folder.glob("*.png"))
        self.assertEqual(names, ["it-01.png", "it-02.png", "it-03.png", "it-04.png"])
        data = (self.folder / "it-03.png").read_bytes()
        self.assertEqual((int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")),
                         (1280, 720))
        self.export("it.svg")
        self.assertIn("weights hidden", (self.folder / "it-03.svg").read_text())

    def test_what_does_not_hold_is_said_on_the_slide_and_noted(self):
        self.lesson["steps"][0]["claims"][0]["is"] = 0.5
        done = self.export("it.pdf")
        self.assertEqual(done.returncode, 0)
        self.assertIn("doesn't hold: weight it->animal L3H1 is 0.67", done.stderr)
        self.assertIn("Not so in this model: weight it->animal L3H1 is 0.68",
                      self.pages("it.pdf")[0])

    def test_a_step_that_can_not_be_shown(self):
        self.lesson["steps"][1]["patch"]["query"] = "zebra"
        done = self.export("it.pdf")
        self.assertEqual(done.returncode, 1)
        self.assertEqual(len(done.stderr.splitlines()), 1)
        self.assertRegex(done.stderr, r"it\.json', line \d+: .*zebra")
        self.assertFalse((self.folder / "it.pdf").exists())

    def test_what_slides_have_no_use_for_is_refused(self):
        for more, why in ((["--view", "arcs"], "from the lesson"), (["a text"], "from the lesson"),
                          (["--words"], "from the lesson"), (["--size", "85mm"], "is no slide"),
                          (["--format", "csv"], "writes pictures"), (["--dpi", "200"], "--dpi")):
            with self.subTest(more=more):
                done = self.export("it.pdf", *more)
                self.assertEqual(done.returncode, 2)
                self.assertIn(why, done.stderr)
                self.assertEqual(len(done.stderr.splitlines()), 1)


class Usage(unittest.TestCase):
    def test_it_needs_a_word_that_it_knows(self):
        for arguments in ((), ("show",), ("check",), ("new", "x.json"), ("list", "it")):
            with self.subTest(arguments=arguments):
                done = heed(*arguments)
                self.assertEqual(done.returncode, 2)
                self.assertEqual(len(done.stderr.splitlines()), 1)


if __name__ == "__main__":
    program = unittest.main(exit=False)
    if not program.result.wasSuccessful():
        sys.exit(1)
    sys.exit(0 if REAL else 77)
