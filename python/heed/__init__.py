"""Attention of any model as files that heed draws, and heed from Python.

    outputs = model(**inputs, output_attentions=True)
    heed.save("run.safetensors", heed.from_outputs(outputs, tokens))
    heed.show("run.safetensors", view="matrix", query="it")

One file, numpy alone; arrays of torch and jax are taken as they are. The format
is docs/attention-file.md. What is drawn or ranked is done by the program heed,
which is looked for as $HEED, where a wheel puts it, in the PATH, and where this
repository builds it.
"""

from __future__ import annotations

import base64
import dataclasses
import html
import json
import os
import pathlib
import shutil
import struct
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Union

import numpy as np

__all__ = ["FORMAT", "Attention", "HeedError", "Part", "Picture", "attention", "from_outputs",
           "head_view", "load", "model_view", "probe", "rank", "save", "show"]

FORMAT = "heed-attention/1"
KINDS = ("self", "encoder", "decoder", "cross")

Path = Union[str, "os.PathLike[str]"]

_TYPES = {"F64": "<f8", "F32": "<f4", "F16": "<f2", "I64": "<i8", "I32": "<i4", "I16": "<i2",
          "I8": "<i1", "U8": "<u1", "BOOL": "<?"}
_TENSORS = ("attentions", "queries", "keys", "values", "bias", "value_norms", "hidden_states",
            "image")
_LISTS = ("tokens", "pieces", "ids", "words", "offsets", "segments", "special", "grid")


class HeedError(RuntimeError):
    """What heed said in its one line."""


# ---- arrays ----

class _BFloat16:
    """The bits of bfloat16, which numpy has no type for."""

    def __init__(self, bits: np.ndarray) -> None:
        self.bits = bits


def _to_array(value: Any) -> Any:
    """numpy's of an array, a tensor of torch or jax, or a list; or _BFloat16."""
    if isinstance(value, _BFloat16):
        return value
    if hasattr(value, "detach"):  # torch
        value = value.detach().cpu()
        if str(value.dtype) == "torch.bfloat16":
            return _BFloat16(value.contiguous().view(sys.modules["torch"].int16)
                             .numpy().view("<u2"))
        return value.numpy()
    if hasattr(value, "numpy") and not isinstance(value, np.ndarray):
        value = value.numpy()
    value = np.asarray(value)
    if value.dtype.name == "bfloat16":  # ml_dtypes', which jax uses
        return _BFloat16(value.view("<u2"))
    return value


def _map(value: Any, change: Any) -> Any:
    """change of the array, whatever its type."""
    return _BFloat16(change(value.bits)) if isinstance(value, _BFloat16) else change(value)


def _shape(value: Any) -> tuple[int, ...]:
    return (value.bits if isinstance(value, _BFloat16) else value).shape


def _stack(arrays: Sequence[Any]) -> Any:
    if all(isinstance(array, _BFloat16) for array in arrays):
        return _BFloat16(np.stack([array.bits for array in arrays]))
    return np.stack([_widen(array) for array in arrays])


def _widen(value: Any) -> np.ndarray:
    """bfloat16 as float32, which holds each of its numbers."""
    if isinstance(value, _BFloat16):
        return (value.bits.astype("<u4") << 16).view("<f4")
    return value


def _encode(name: str, value: Any) -> tuple[str, tuple[int, ...], bytes]:
    """Type, shape and bytes of a tensor; F32, F16 and BF16 stay what they are."""
    if isinstance(value, _BFloat16):
        return "BF16", value.bits.shape, value.bits.tobytes()
    if name.endswith("image"):
        if value.dtype != np.uint8:
            raise ValueError(f"image is of {value.dtype}, and must be uint8 from 0 to 255")
        return "U8", value.shape, value.tobytes()
    kept = {"float32": "F32", "float16": "F16"}
    kind = kept.get(value.dtype.name, "F32")
    return kind, value.shape, np.ascontiguousarray(value, _TYPES[kind]).tobytes()


# ---- parts ----

@dataclasses.dataclass
class Part:
    """One kind of attention. Arrays are [layers, heads, queries, keys] and as in
    docs/attention-file.md; names that begin with key_ are of the keys' side."""

    attentions: Any
    tokens: Sequence[str]
    key_tokens: Sequence[str] | None = None
    kind: str = "self"
    queries: Any = None
    keys: Any = None
    values: Any = None
    bias: Any = None
    value_norms: Any = None
    hidden_states: Any = None
    image: Any = None
    text: str | None = None
    pair: str | None = None
    pieces: Sequence[str] | None = None
    ids: Sequence[int] | None = None
    words: Sequence[int | None] | None = None
    offsets: Sequence[Sequence[int]] | None = None
    segments: Sequence[int] | None = None
    special: Sequence[int] | None = None
    grid: Mapping[str, int] | None = None
    scale: float | None = None
    mask: str | None = None
    key_pieces: Sequence[str] | None = None
    key_ids: Sequence[int] | None = None
    key_words: Sequence[int | None] | None = None
    key_offsets: Sequence[Sequence[int]] | None = None
    key_segments: Sequence[int] | None = None
    key_special: Sequence[int] | None = None
    key_grid: Mapping[str, int] | None = None
    key_text: str | None = None


@dataclasses.dataclass
class Attention:
    """What a file holds: a part, or an encoder's, a decoder's and the cross one."""

    parts: list[Part]
    model: str | None = None

    def save(self, path: Path) -> None:
        save(path, self)


def _strings(what: str, values: Sequence[Any]) -> list[str]:
    strings = [str(value) for value in values]
    for string in strings:
        try:
            string.encode()
        except UnicodeEncodeError:
            raise ValueError(f"{what}: {string!r} is no text that UTF-8 can hold") from None
    return strings


def _metadata(part: Part, prefix: str) -> dict[str, str]:
    made = {}
    for field in dataclasses.fields(Part):
        value = getattr(part, field.name)
        if value is None or field.name in _TENSORS or (field.name == "kind" and prefix):
            continue
        if field.name.removeprefix("key_") in ("tokens", "pieces"):
            value = _strings(field.name, value)
        if field.name.removeprefix("key_") in _LISTS:
            value = value if isinstance(value, Mapping) else [_plain(item) for item in value]
            value = json.dumps(value, ensure_ascii=False)
        made[prefix + field.name] = repr(float(value)) if field.name == "scale" else str(value)
    return made


def _plain(value: Any) -> Any:
    """Without numpy's numbers, which json doesn't take."""
    if isinstance(value, (list, tuple, np.ndarray)):
        return [_plain(item) for item in value]
    return value.item() if isinstance(value, np.generic) else value


def _check(part: Part, arrays: Mapping[str, Any]) -> None:
    shape = _shape(arrays["attentions"])
    if len(shape) != 4:
        raise ValueError(f"attentions are of shape {shape}, and must be "
                         "[layers, heads, queries, keys]: take one text of a batch")
    if part.kind not in KINDS:
        raise ValueError(f"kind is {part.kind!r}, and must be one of {', '.join(KINDS)}")
    keys = part.tokens if part.key_tokens is None else part.key_tokens
    for name, tokens, n in (("tokens", part.tokens, shape[2]), ("key_tokens", keys, shape[3])):
        if len(tokens) != n:
            raise ValueError(f"{name}: {len(tokens)} of them, and attentions {list(shape)} "
                             f"have {n}")


def save(path: Path, attentions: Any, tokens: Sequence[str] | None = None,
         key_tokens: Sequence[str] | None = None, *, model: str | None = None,
         **more: Any) -> None:
    """Writes an attention file.

    attentions: [layers, heads, queries, keys], or what from_outputs gives.
    tokens, key_tokens: what to show of each row and column (key_tokens: where
    they aren't the same). more: as Part has it (queries=, kind=, words=, ...).
    The file is there whole or not at all. Float32, float16 and bfloat16 stay
    what they are; other numbers become float32.
    """
    if isinstance(attentions, Attention):
        whole = attentions
        if tokens is not None or key_tokens is not None or more:
            raise TypeError("tokens and the like are in what from_outputs gave already")
    else:
        if tokens is None:
            raise TypeError("save needs tokens: what to show of each row")
        whole = Attention([Part(attentions, tokens, key_tokens, **more)])
    metadata = {"format": FORMAT}
    if model or whole.model:
        metadata["model"] = str(model or whole.model)
    tensors: dict[str, tuple[str, tuple[int, ...], bytes]] = {}
    for part in whole.parts:
        prefix = f"{part.kind}/" if len(whole.parts) > 1 else ""
        arrays = {name: _to_array(getattr(part, name)) for name in _TENSORS
                  if getattr(part, name) is not None}
        _check(part, arrays)
        metadata.update(_metadata(part, prefix))
        for name, array in arrays.items():
            if prefix + name in tensors:
                raise ValueError(f"two parts are of kind {part.kind!r}")
            tensors[prefix + name] = _encode(name, array)
    _write(pathlib.Path(path), metadata, tensors)


def _write(path: pathlib.Path, metadata: Mapping[str, str],
           tensors: Mapping[str, tuple[str, tuple[int, ...], bytes]]) -> None:
    header: dict[str, Any] = {"__metadata__": metadata}
    at = 0
    for name, (kind, shape, data) in tensors.items():
        header[name] = {"dtype": kind, "shape": list(shape), "data_offsets": [at, at + len(data)]}
        at += len(data)
    text = json.dumps(header, ensure_ascii=False).encode()
    text += b" " * (-len(text) % 8)
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.",
                                     delete=False) as file:
        try:
            file.write(struct.pack("<Q", len(text)) + text)
            for _, _, data in tensors.values():
                file.write(data)
            file.close()
            os.chmod(file.name, 0o666 & ~_umask())
            os.replace(file.name, path)
        except BaseException:
            os.unlink(file.name)
            raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def load(path: Path) -> dict[str, Any]:
    """The tensors by their names, and "metadata": its strings, lists parsed.
    bfloat16 comes as float32. Arrays are read-only and lie in the file."""
    with open(path, "rb") as file:
        size = struct.unpack("<Q", file.read(8))[0]
        header = json.loads(file.read(size))
    metadata = header.pop("__metadata__", {})
    if metadata.get("format") != FORMAT:
        raise ValueError(f"{path} is no attention file: its format isn't {FORMAT}")
    loaded: dict[str, Any] = {}
    for name, info in header.items():
        kind = "<u2" if info["dtype"] == "BF16" else _TYPES.get(info["dtype"])
        if kind is None:
            continue
        shape = tuple(info["shape"])
        array = np.memmap(path, kind, "r", 8 + size + info["data_offsets"][0], shape) \
            if np.prod(shape) > 0 else np.zeros(shape, kind)
        loaded[name] = _widen(_BFloat16(np.asarray(array))) if info["dtype"] == "BF16" else array
    loaded["metadata"] = {
        key: json.loads(value) if key.rpartition("/")[2].removeprefix("key_") in _LISTS else value
        for key, value in metadata.items()}
    return loaded


# ---- transformers' outputs ----

_BYTES = {}  # what byte-level vocabularies write for each byte


def _byte_letters() -> dict[str, int]:
    if not _BYTES:
        shown = [*range(33, 127), *range(161, 173), *range(174, 256)]
        hidden = [byte for byte in range(256) if byte not in shown]
        _BYTES.update({chr(byte): byte for byte in shown})
        _BYTES.update({chr(256 + i): byte for i, byte in enumerate(hidden)})
    return _BYTES


def _clean(pieces: Sequence[str]) -> list[str]:
    """What pieces show: GPT-2's "Ġthe" is " the", T5's "▁the" likewise."""
    pieces = [str(piece) for piece in pieces]
    if any("Ġ" in piece or "Ċ" in piece for piece in pieces):
        letters = _byte_letters()
        return [bytes(letters[c] for c in piece).decode(errors="replace")
                if all(c in letters for c in piece) else piece for piece in pieces]
    return [piece.replace("▁", " ").removesuffix("</w>") for piece in pieces]


def _get(outputs: Any, name: str) -> Any:
    return outputs.get(name) if isinstance(outputs, Mapping) else getattr(outputs, name, None)


def _one(layer: Any, batch: int) -> Any:
    array = _to_array(layer)
    if len(_shape(array)) != 4:
        raise ValueError(f"a layer's attention is of shape {_shape(array)}, and must be "
                         "[batch, heads, queries, keys]")
    return _map(array, lambda values: values[batch])


def _layers(layers: Sequence[Any], batch: int) -> Any:
    if any(layer is None for layer in layers):
        raise ValueError("a layer has no attention: load the model with "
                         "attn_implementation=\"eager\"")
    return _stack([_one(layer, batch) for layer in layers])


def _is_steps(attentions: Any) -> bool:
    """generate() gives a tuple over steps, of tuples over layers."""
    return len(attentions) > 0 and isinstance(attentions[0], (tuple, list))


def _steps(steps: Sequence[Any], rows: Sequence[int], is_cross: bool) -> np.ndarray:
    """Rows of all steps below each other, columns that aren't there yet 0."""
    parts = [_widen(_layers(layers, row)) for layers, row in zip(steps, rows)]
    width = parts[-1].shape[3]
    if is_cross:
        return np.concatenate(parts, axis=2)
    return np.concatenate([np.pad(part, [(0, 0), (0, 0), (0, 0), (0, width - part.shape[3])])
                           for part in parts], axis=2)


def _get_part(outputs: Any, name: str, batch: int, is_cross: bool) -> Any:
    attentions = _get(outputs, name)
    if attentions is None or len(attentions) == 0:
        return None
    if not _is_steps(attentions):
        return _layers(attentions, batch)
    beams = _get(outputs, "beam_indices")
    rows = [batch] * len(attentions)
    if beams is not None:  # the beam that each step's token came from
        chosen = _to_array(beams)[batch]
        rows = [int(row) for row in chosen if row >= 0][:len(attentions)]
    return _steps(attentions[:len(rows)], rows, is_cross)


def _get_states(outputs: Any, name: str, batch: int) -> Any:
    states = _get(outputs, name)
    if states is None or len(states) == 0 or isinstance(states[0], (tuple, list)):
        return None
    return _stack([_map(_to_array(state), lambda values: values[batch]) for state in states])


def _patch_names(grid: Mapping[str, int], n: int) -> list[str]:
    first = grid.get("first", 0)
    names = ["[CLS]" if i == 0 else f"[{i}]" for i in range(n)]
    for i in range(grid["rows"] * grid["cols"]):
        names[first + i] = f"{i // grid['cols']},{i % grid['cols']}"
    return names


def _named(tokens: Sequence[str] | None, n: int, what: str, clean: bool,
           grid: Mapping[str, int] | None, steps: bool) -> tuple[list[str], list[str] | None]:
    """What to show, and the pieces if they differ."""
    if tokens is None and grid is not None:
        return _patch_names(grid, n), None
    if tokens is None:
        return [str(i) for i in range(n)], None
    pieces = [str(token) for token in tokens]
    if steps and len(pieces) == n + 1:
        pieces = pieces[:-1]  # the last token that was generated attends to nothing yet
    if len(pieces) != n:
        raise ValueError(f"{what}: {len(pieces)} of them, and the outputs have {n}")
    shown = _clean(pieces) if clean else pieces
    return shown, pieces if shown != pieces else None


def from_outputs(outputs: Any, tokens: Sequence[str] | None = None, *,
                 encoder_tokens: Sequence[str] | None = None,
                 decoder_tokens: Sequence[str] | None = None, batch: int = 0,
                 clean: bool = True, special: Sequence[int] | None = None,
                 grid: Mapping[str, int] | tuple[int, int] | None = None, first: int = 1,
                 model: str | None = None, **more: Any) -> Attention:
    """The attention of transformers' outputs (output_attentions=True), of one text
    of the batch.

    tokens: of an encoder or a decoder alone, as convert_ids_to_tokens gives them;
    encoder_tokens and decoder_tokens of a model with both. Without tokens they are
    numbered. generate()'s outputs (return_dict_in_generate=True) are put together
    over its steps: rows are the tokens that were read, so the last one generated
    may be among tokens and has no row. clean: show " the" for "Ġthe" and "▁the".
    grid: (rows, columns) of a picture's patches, which begin at token `first`.
    more: as Part has it, of every part ("queries" and the like of one alone).
    """
    parts = []
    if grid is not None and not isinstance(grid, Mapping):
        grid = {"rows": grid[0], "cols": grid[1], "first": first}
    whole = _get_part(outputs, "attentions", batch, False)
    if whole is not None:
        n = _shape(whole)[2]
        steps = _is_steps(_get(outputs, "attentions"))
        shown, pieces = _named(tokens, n, "tokens", clean, grid, steps)
        parts.append(Part(whole, shown, kind="self", pieces=pieces, special=special, grid=grid,
                          hidden_states=_get_states(outputs, "hidden_states", batch), **more))
    else:
        parts = _both(outputs, encoder_tokens, decoder_tokens, batch, clean, more)
    if not parts:
        raise ValueError("the outputs have no attentions: call the model with "
                         "output_attentions=True and load it with attn_implementation=\"eager\"")
    return Attention(parts, model)


def _both(outputs: Any, encoder_tokens: Sequence[str] | None,
          decoder_tokens: Sequence[str] | None, batch: int, clean: bool,
          more: Mapping[str, Any]) -> list[Part]:
    parts: list[Part] = []
    names: dict[str, tuple[list[str], list[str] | None]] = {}
    for kind, tokens in (("encoder", encoder_tokens), ("decoder", decoder_tokens)):
        weights = _get_part(outputs, f"{kind}_attentions", batch, False)
        if weights is None:
            continue
        steps = _is_steps(_get(outputs, f"{kind}_attentions"))
        names[kind] = _named(tokens, _shape(weights)[2], f"{kind}_tokens", clean, None, steps)
        parts.append(Part(weights, names[kind][0], kind=kind, pieces=names[kind][1],
                          hidden_states=_get_states(outputs, f"{kind}_hidden_states", batch),
                          **more))
    cross = _get_part(outputs, "cross_attentions", batch, True)
    if cross is not None:
        n, m = _shape(cross)[2:]
        rows = names.get("decoder") or _named(decoder_tokens, n, "decoder_tokens", clean, None,
                                              True)
        columns = names.get("encoder") or _named(encoder_tokens, m, "encoder_tokens", clean, None,
                                                 False)
        parts.append(Part(cross, rows[0], columns[0], "cross", pieces=rows[1],
                          key_pieces=columns[1], **more))
    return parts


# ---- the program ----

def _binary() -> str:
    own = pathlib.Path(sysconfig.get_path("scripts")) / "heed"  # a wheel's
    built = pathlib.Path(__file__).resolve().parents[2] / "build" / "heed"
    found = os.environ.get("HEED") or next(
        (str(path) for path in (own, shutil.which("heed"), built) if path and os.path.exists(path)),
        None)
    if not found:
        raise HeedError("heed isn't there: install heed-viewer, build it, or name it in $HEED")
    return found


def _run(arguments: Iterable[str], quiet: bool = False) -> bytes:
    done = subprocess.run([_binary(), *arguments], stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
    said = done.stderr.decode(errors="replace").strip()
    if done.returncode != 0:
        raise HeedError(said.removeprefix("heed: ") or f"heed ended with {done.returncode}")
    for line in () if quiet else said.splitlines():
        print(line, file=sys.stderr)
    return done.stdout


def _options(options: Mapping[str, Any]) -> list[str]:
    """hide_special=True is --hide-special, top_k=3 --top-k=3, heads=["L0H1"] a list."""
    made = []
    for name, value in options.items():
        flag = "--" + name.replace("_", "-")
        if value is None or value is False:
            continue
        if isinstance(value, (list, tuple)):
            value = ",".join(map(str, value))
        made.append(flag if value is True else f"{flag}={os.fspath(value)}"
                    if isinstance(value, os.PathLike) else f"{flag}={value}")
    return made


def _frame(rows: list[dict[str, Any]], pandas: bool | None) -> Any:
    """A DataFrame if pandas is there (or asked for), else the rows."""
    if pandas is False:
        return rows
    try:
        import pandas as pd
    except ImportError:
        if pandas:
            raise
        return rows
    return pd.DataFrame(rows)


class _Source:
    """The argument for heed of a text, a file, or attention that is saved for it."""

    def __init__(self, what: Any, **more: Any) -> None:
        self.folder: tempfile.TemporaryDirectory[str] | None = None
        if isinstance(what, os.PathLike):
            self.arguments = [os.fspath(what)]
        elif isinstance(what, str):
            is_file = what.endswith(".safetensors")
            self.arguments = [what] if is_file else ["--", what]
        else:
            self.folder = tempfile.TemporaryDirectory()
            path = os.path.join(self.folder.name, "attention.safetensors")
            save(path, what, **more)
            self.arguments = [path]

    def __enter__(self) -> list[str]:
        return self.arguments

    def __exit__(self, *_: object) -> None:
        if self.folder:
            self.folder.cleanup()


def attention(text: str, **options: Any) -> dict[str, Any]:
    """Attention, queries, keys, values and hidden states of heed's model for a text,
    as load gives them. options: as `heed attention --help` has them (pair=, model=)."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "run.safetensors")
        _run(["attention", *_options({**options, "output": path}), "--", text])
        loaded = load(path)
        return {name: np.array(value) if isinstance(value, np.ndarray) else value
                for name, value in loaded.items()}


def rank(what: Any, source: str, target: str, *, pandas: bool | None = None,
         **options: Any) -> Any:
    """All heads by the weight from source to target: dicts, or a DataFrame where pandas
    is there. what: a text, an attention file's name, or what from_outputs gives."""
    with _Source(what) as arguments:
        made = _run(["rank", "--json", *_options({"from": source, "to": target, **options}),
                     *arguments])
    return _frame(json.loads(made)["heads"], pandas)


def probe(path: Path, *, pandas: bool | None = None, **options: Any) -> Any:
    """The heads by their accuracy on a probe file, as `heed probe --json` has them; a
    DataFrame of them where pandas is there, else the whole document."""
    document = json.loads(_run(["probe", "--json", *_options(options), os.fspath(path)]))
    made = _frame(document["heads"], pandas)
    return document if isinstance(made, list) else made


class Picture:
    """An SVG that a notebook shows."""

    def __init__(self, svg: str) -> None:
        self.svg = svg

    def _repr_svg_(self) -> str:
        return self.svg

    def save(self, path: Path) -> None:
        pathlib.Path(path).write_text(self.svg, encoding="utf-8")


def show(what: Any, tokens: Sequence[str] | None = None, key_tokens: Sequence[str] | None = None,
         *, view: str = "links", window: bool = False, **options: Any) -> Picture | None:
    """The picture of a view, which a notebook shows; with window=True heed's window
    instead, until it is closed (options: model=, part=, threshold= and the like).

    what: a text, an attention file's name, what from_outputs gives, or attentions
    with their tokens. options: as `heed export --help` has them: heads=["L0H1"],
    query="it", key=, size="140mm", words=True, style="figure".
    """
    more = {} if tokens is None else {"tokens": tokens, "key_tokens": key_tokens}
    with _Source(what, **more) as arguments:
        if window:
            _run([*_options(options), *arguments])
            return None
        made = _run(["export", *_options({"view": view, "output": "-", **options}), *arguments])
    return Picture(made.decode())


# ---- as BertViz ----

def _draw(arguments: Sequence[str], is_piece: bool, **options: Any) -> Picture:
    """Of a piece of a map it is no news that rows don't sum to 1."""
    made = _run(["export", *_options({"output": "-", **options}), *arguments], is_piece)
    return Picture(made.decode())


class _Pictures:
    """Pictures below each other, each with its heading; those after the first `shown`
    fold out. `data` is the HTML, as IPython's HTML has it."""

    def __init__(self, pictures: Sequence[tuple[str, Picture]], shown: int | None = None) -> None:
        self.pictures = list(pictures)
        self.shown = len(self.pictures) if shown is None else shown

    @property
    def data(self) -> str:
        return "".join(self._put(title, picture, i < self.shown)
                       for i, (title, picture) in enumerate(self.pictures))

    @staticmethod
    def _put(title: str, picture: Picture, shown: bool) -> str:
        encoded = base64.b64encode(picture.svg.encode()).decode()
        image = f'<img src="data:image/svg+xml;base64,{encoded}" style="max-width: 100%">'
        title = html.escape(title)
        if shown:
            return f"<p>{title}</p>" * bool(title) + image
        return f"<details><summary>{title}</summary>{image}</details>"

    def _repr_html_(self) -> str:
        return self.data


def _finish(pictures: _Pictures, action: str) -> Any:
    if action == "return":
        return pictures
    if action != "view":
        raise ValueError(f"html_action is {action!r}, and must be 'view' or 'return'")
    try:
        from IPython.display import display
    except ImportError as error:
        raise HeedError("html_action='view' is for a notebook: IPython isn't there; "
                        "html_action='return' gives the pictures") from error
    display(pictures)
    return None


def _parts(attention: Any, tokens: Sequence[str] | None, sentence_b_start: int | None,
           clean: bool, encoder_attention: Any, decoder_attention: Any, cross_attention: Any,
           encoder_tokens: Sequence[str] | None,
           decoder_tokens: Sequence[str] | None) -> list[Part]:
    """What BertViz's functions are given: of one text, a [1, heads, n, m] a layer."""
    both = {"encoder_attention": encoder_attention, "decoder_attention": decoder_attention,
            "cross_attention": cross_attention, "encoder_tokens": encoder_tokens,
            "decoder_tokens": decoder_tokens}
    given = [name for name, value in both.items() if value is not None]
    if attention is not None:
        if given:
            raise ValueError(f"give attention, or {given[0]} and what belongs to it")
        if tokens is None:
            raise ValueError("attention needs its tokens")
        more = {}
        if sentence_b_start is not None:
            more["segments"] = [int(i >= sentence_b_start) for i in range(len(tokens))]
        return from_outputs({"attentions": attention}, tokens, clean=clean, **more).parts
    for name, needs in (("encoder_attention", ["encoder_tokens"]),
                        ("decoder_attention", ["decoder_tokens"]),
                        ("cross_attention", ["encoder_tokens", "decoder_tokens"])):
        for need in needs:
            if name in given and need not in given:
                raise ValueError(f"{name} needs {need}")
    if not any(name.endswith("attention") for name in given):
        raise ValueError("give attention, or encoder_attention, decoder_attention or "
                         "cross_attention")
    return from_outputs({"encoder_attentions": encoder_attention,
                         "decoder_attentions": decoder_attention,
                         "cross_attentions": cross_attention},
                        encoder_tokens=encoder_tokens, decoder_tokens=decoder_tokens,
                        clean=clean).parts


def _between(part: Part, rows: slice, columns: slice) -> Part:
    """What one sentence attends to in the other, or in itself."""
    cut = _map(_to_array(part.attentions), lambda values: values[:, :, rows, columns])
    tokens = list(part.tokens)
    return Part(cut, tokens[rows], None if rows == columns else tokens[columns])


def _sentences(part: Part, start: int | None) -> list[tuple[str, Part]]:
    """The whole, and with a second sentence all four ways between them."""
    name = "" if part.kind == "self" else part.kind.capitalize()
    if start is None:
        return [(name, part)]
    if not 0 < start < len(part.tokens):
        raise ValueError(f"sentence_b_start is {start}, and must be from 1 to "
                         f"{len(part.tokens) - 1}")
    sides = {"A": slice(0, start), "B": slice(start, None)}
    return [("All", part)] + [(f"Sentence {a} -> Sentence {b}", _between(part, sides[a], sides[b]))
                              for a in sides for b in sides]


def _choose(what: str, asked: Iterable[int] | None, n: int) -> list[int]:
    """Those that are asked for, or all; which must be there."""
    chosen = list(range(n)) if asked is None else list(asked)
    for i in chosen:
        if not 0 <= i < n:
            raise ValueError(f"there is no {what} {i}: {what}s are 0 to {n - 1}")
    if not chosen:
        raise ValueError(f"no {what} is chosen")
    return chosen


def head_view(attention: Any = None, tokens: Sequence[str] | None = None,
              sentence_b_start: int | None = None, prettify_tokens: bool = True,
              layer: int | None = None, heads: Sequence[int] | None = None,
              encoder_attention: Any = None, decoder_attention: Any = None,
              cross_attention: Any = None, encoder_tokens: Sequence[str] | None = None,
              decoder_tokens: Sequence[str] | None = None,
              include_layers: Sequence[int] | None = None, html_action: str = "view") -> Any:
    """BertViz's head_view by its arguments: the links of a layer's heads.

    attention: a [1, heads, n, n] for each layer; or encoder_attention,
    decoder_attention and cross_attention with their tokens. layer is shown first (else the
    first of include_layers, else 0), those of include_layers (else all) fold out below
    it. heads: which of them are drawn; else all. sentence_b_start: from this token on it is
    a second sentence; what each gives the other folds out too. prettify_tokens: " the"
    for "Ġthe". html_action: "view" displays it, "return" returns it; its `data` is
    HTML.
    """
    parts = _parts(attention, tokens, sentence_b_start, prettify_tokens, encoder_attention,
                   decoder_attention, cross_attention, encoder_tokens, decoder_tokens)
    n_layers = min(_shape(_to_array(part.attentions))[0] for part in parts)
    layers = _choose("layer", include_layers, n_layers)
    first = layers[0] if layer is None else layer
    if first not in layers:
        raise ValueError(f"layer {layer} isn't among include_layers" if include_layers is not None
                         else f"there is no layer {layer}: layers are 0 to {n_layers - 1}")
    pictures, folded = [], []
    for part in parts:
        names = _choose("head", heads, _shape(_to_array(part.attentions))[1])
        several = len(layers) > 1
        for k, (title, piece) in enumerate(_sentences(part, sentence_b_start)):
            with _Source(Attention([piece])) as arguments:
                for number in [first] + [other for other in layers if other != first and k == 0]:
                    shown = [f"L{number}H{head}" for head in names]
                    said = ", ".join(filter(None, (title, several * f"Layer {number}")))
                    made = _draw(arguments, k > 0, view="links", heads=shown)
                    (pictures if number == first and k == 0 else folded).append((said, made))
    return _finish(_Pictures(pictures + folded, len(pictures)), html_action)


def model_view(attention: Any = None, tokens: Sequence[str] | None = None,
               sentence_b_start: int | None = None, prettify_tokens: bool = True,
               display_mode: str = "dark", encoder_attention: Any = None,
               decoder_attention: Any = None, cross_attention: Any = None,
               encoder_tokens: Sequence[str] | None = None,
               decoder_tokens: Sequence[str] | None = None,
               include_layers: Sequence[int] | None = None,
               include_heads: Sequence[int] | None = None, html_action: str = "view") -> Any:
    """BertViz's model_view by its arguments: every head's map, small.

    display_mode: "dark" or "light". include_layers, include_heads: these alone, as panels
    with their names. The others are head_view's.
    """
    if display_mode not in ("dark", "light"):
        raise ValueError(f"display_mode is {display_mode!r}, and must be 'dark' or 'light'")
    parts = _parts(attention, tokens, sentence_b_start, prettify_tokens, encoder_attention,
                   decoder_attention, cross_attention, encoder_tokens, decoder_tokens)
    pictures = []
    for part in parts:
        n_layers, n_heads = _shape(_to_array(part.attentions))[:2]
        layers = _choose("layer", include_layers, n_layers)
        chosen = _choose("head", include_heads, n_heads)
        options: dict[str, Any] = {"view": "heads"}
        if (len(layers), len(chosen)) != (n_layers, n_heads):
            options = {"view": "matrix",
                       "heads": [f"L{layer}H{head}" for layer in layers for head in chosen]}
        for k, (title, piece) in enumerate(_sentences(part, sentence_b_start)):
            with _Source(Attention([piece])) as arguments:
                pictures.append((title, _draw(arguments, k > 0, theme=display_mode, **options)))
    return _finish(_Pictures(pictures), html_action)
