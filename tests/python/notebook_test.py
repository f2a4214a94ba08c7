#!/usr/bin/env python3
"""python/heed in a notebook that is run headless: its cells show pictures. Ends with
77 where nbformat, nbclient or ipykernel isn't there; HEED_TEST_PYTHON names a Python
that has them."""

import os
import pathlib
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
FILES = ROOT / "tests/data/attention"
other = os.environ.pop("HEED_TEST_PYTHON", None)
if other:
    os.execv(other, [other, *sys.argv])
try:
    import ipykernel  # noqa: F401
    import nbclient
    import nbformat
except ImportError as error:
    print(error)
    sys.exit(77)

CELLS = (
    "import heed",
    f"heed.show({str(FILES / 'gpt2.safetensors')!r}, view='matrix', heads=['L1H0'])",
    f"heed.show({str(FILES / 't5.safetensors')!r}, part='cross', query='Haus')",
    "import numpy as np\n"
    "heed.save('mine.safetensors', np.full((1, 1, 2, 2), 0.5, np.float32), ['one', 'two'])\n"
    "heed.show('mine.safetensors')",
)


class Notebook(unittest.TestCase):
    def test_each_picture_is_shown_in_its_cell(self):
        notebook = nbformat.v4.new_notebook(
            cells=[nbformat.v4.new_code_cell(cell) for cell in CELLS])
        os.environ["PYTHONPATH"] = str(ROOT / "python")
        os.environ["HEED"] = os.environ["HEED_BINARY"]
        with tempfile.TemporaryDirectory() as folder:
            nbclient.NotebookClient(notebook, timeout=120, kernel_name="python3",
                                    resources={"metadata": {"path": folder}}).execute()
        for cell, says in zip(notebook.cells[1:], ("animal", "Decoder", "two")):
            [output] = cell.outputs
            svg = output["data"]["image/svg+xml"]
            self.assertIn("<svg", svg)
            self.assertIn(says, svg)


if __name__ == "__main__":
    unittest.main()
