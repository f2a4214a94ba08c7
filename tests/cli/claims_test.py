#!/usr/bin/env python3
"""What rank, probe and ablate print for the default model, held within 1e-5
against transformers and numpy (tests/golden/make_claims_goldens.py).
"""
import json
import os
import pathlib
import sys
import unittest

from commands_test import DATA, REAL, Case

GOLDEN = json.loads((DATA / "golden" / "minilm-claims.json").read_text())
PROBE = pathlib.Path(__file__).resolve().parents[2] / "assets/probes/pronouns.tsv"
LINK = GOLDEN["rank"][0]


def by_place(heads, key):
    """The heads' numbers in order of layer, then head."""
    places = sorted(heads, key=lambda head: (head["layer"], head["head"]))
    return [head.get(key, 0) for head in places]


class Claims(Case):
    def json(self, *arguments):
        return json.loads(self.ok(*arguments, "--json", model=REAL).stdout)

    def near(self, found, expected, what):
        self.assertEqual(len(found), len(expected), what)
        for place, (a, b) in enumerate(zip(found, expected)):
            self.assertAlmostEqual(a, b, delta=1e-5, msg=f"{what}, head {place}")

    def test_rank_weighs_a_link_and_its_change(self):
        for link in GOLDEN["rank"]:
            heads = self.json("rank", GOLDEN["a"], "--from", link["from"], "--to",
                              link["to"], "--compare", GOLDEN["b"])["heads"]
            self.near(by_place(heads, "weight"), link["weight"], "weight")
            self.near(by_place(heads, "weight2"), link["weight2"], "weight2")
            self.near(by_place(heads, "change"),
                      [b - a for a, b in zip(link["weight"], link["weight2"])],
                      "change")
            sizes = [abs(head["change"]) for head in heads]
            self.assertEqual(sizes, sorted(sizes, reverse=True))

    def test_rank_weighs_by_value_norm_and_rollout(self):
        for link in GOLDEN["rank"]:
            for measure, key in (("value-norm", "value_norm"), ("rollout", "rollout")):
                heads = self.json("rank", GOLDEN["a"], "--from", link["from"],
                                  "--to", link["to"], "--measure", measure)["heads"]
                self.near(by_place(heads, "weight"), link[key], measure)

    def test_ablate_changes_what_it_says(self):
        heads = self.json("ablate", GOLDEN["a"], "--from", LINK["from"], "--to",
                          LINK["to"])["heads"]
        for key in ("link", "token", "sentence"):
            self.near(by_place(heads, key), GOLDEN["ablate"][key], key)
        self.near(by_place(heads, "value_norm"), LINK["value_norm"], "value_norm")
        self.near(by_place(heads, "rollout"), LINK["rollout"], "rollout")

    def test_probe_scores_the_shipped_sentences(self):
        found = self.json("probe", str(PROBE))
        self.assertEqual(found["sentences"], GOLDEN["probe"]["sentences"])
        for key in ("accuracy", "margin"):
            self.near(by_place(found["heads"], key), GOLDEN["probe"][key], key)


if __name__ == "__main__":
    if not os.environ.get("HEED_TEST_MODEL"):
        sys.exit(77)
    unittest.main()
