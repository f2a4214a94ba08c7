"""The first 100 rows of public data sets, and what `heed probe` makes of them held
against probe-sets.json (make_probe_goldens.py writes it). Standard library alone."""
import hashlib
import json
import pathlib
import subprocess
import tempfile

ROWS = 100
MOST = 1e-6  # of difference between two numbers
GOLDEN = pathlib.Path(__file__).with_name("probe-sets.json")
IN_BLOCKS = ("dpr_test.txt", "ud-english-pud.conllu")  # parted by empty lines
WITHOUT_HEADER = ("winobias-pro-type1.dev",)


def take(path):
    """The first rows of a set, as they stand in its file."""
    text = path.read_text(encoding="utf-8")
    if path.name in IN_BLOCKS:
        return "\n\n".join(text.strip().split("\n\n")[:ROWS]) + "\n\n"
    return "".join(text.splitlines(True)[:ROWS + (path.name not in WITHOUT_HEADER)])


def digest(text):
    return hashlib.sha256(text.encode()).hexdigest()


def difference(done, golden):
    """The largest one between what heed says and the golden's numbers."""
    if "relations" in golden:
        return max(abs(of["accuracy"] - max(golden["relations"][f"{of['relation']} {way}"]
                                            for way in ("head", "dependent")))
                   for of in done["relations"])
    assert done["sentences"] == golden["sentences"], done["sentences"]
    heads = 12
    return max(abs(head[number] - golden[number][head["layer"] * heads + head["head"]])
               for head in done["heads"] for number in ("accuracy", "margin"))


def compare(name, text, golden, heed):
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, name)
        path.write_text(text, encoding="utf-8")
        done = json.loads(subprocess.run([heed, "probe", str(path), "--json"], check=True,
                                         stdout=subprocess.PIPE).stdout)
    worst = difference(done, golden)
    print(f"{name}: {done['sentences']} sentences, largest difference {worst:.2g}")
    return worst < MOST
