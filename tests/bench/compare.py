#!/usr/bin/env python3
"""Compare heed's encoder with ONNX Runtime and transformers on one machine.

    compare.py BINARY MODEL [--rounds 5] [--lengths 16,64,...] [--threads 2]
                            [--cpu] [--isa avx2]

All three compute the same: float32, every attention kept. They take turns,
length by length and round by round, so that a machine that is busy for a
while bears on all of them. Prints a Markdown table of medians and minima in
milliseconds and of heed's ratios. With --cpu the times are CPU time instead,
of which only the minima mean something: for a machine that is in use, with
--threads 1. With --isa avx2 heed and torch leave AVX-512 alone where there is
it; ONNX Runtime can't be told so, and uses it all the same. Needs torch, transformers, onnx and
onnxruntime.
"""
import argparse
import json
import os
import pathlib
import platform
import statistics
import subprocess
import sys
import tempfile
import time
import warnings

os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")

# What restricts torch is read when it is imported.
if "avx2" in sys.argv:
    os.environ.update(ATEN_CPU_CAPABILITY="avx2", ONEDNN_MAX_CPU_ISA="AVX2",
                      MKL_ENABLE_INSTRUCTIONS="AVX2")

import numpy as np
import onnxruntime
import torch
import transformers

RUNS = {16: 20, 64: 12, 128: 8, 256: 5, 512: 3}


class AllAttentions(torch.nn.Module):
    """The model as a function of three arrays to a tuple, for the export."""

    def __init__(self, model):
        super().__init__()
        self.model = model

    def forward(self, ids, mask, segments):
        out = self.model(input_ids=ids, attention_mask=mask,
                         token_type_ids=segments, output_attentions=True)
        return (out.last_hidden_state,) + tuple(out.attentions)


def open_onnx(model, threads, folder):
    path = str(pathlib.Path(folder) / "model.onnx")
    ones = torch.ones(1, 16, dtype=torch.long)
    names = ["ids", "mask", "segments"]
    outputs = ["last"] + [f"attention{i}" for i in
                          range(model.config.num_hidden_layers)]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(AllAttentions(model), (ones, ones, 0 * ones), path,
                          input_names=names, output_names=outputs,
                          dynamic_axes={name: {1: "n"} for name in names},
                          opset_version=17, dynamo=False)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    # Threads that spin between two calls would take the others' cores.
    options.add_session_config_entry("session.intra_op.allow_spinning", "1")
    options.add_session_config_entry("session.force_spinning_stop", "1")
    options.graph_optimization_level = (
        onnxruntime.GraphOptimizationLevel.ORT_ENABLE_ALL)
    return onnxruntime.InferenceSession(path, options,
                                        providers=["CPUExecutionProvider"])


def clock(function, runs, now):
    times = []
    for i in range(-2, runs):
        begin = now()
        function()
        if i >= 0:
            times.append(1e3 * (now() - begin))
    return times


def runs_of(length):
    return next((runs for limit, runs in RUNS.items() if length <= limit), 3)


def clock_heed(arguments, length):
    command = [arguments.binary, "bench", "--only", "encode", "--lengths",
               str(length), "--threads", str(arguments.threads), "--model",
               arguments.model, "--json"]
    if arguments.isa:
        command += ["--kernels", arguments.isa]
    out = json.loads(subprocess.run(command, check=True, text=True,
                                    capture_output=True).stdout)
    entry = out["encode"][0]
    if arguments.cpu:
        return entry["cpu_ms"], entry["cpu_ms"], out.get("kernels", "")
    return entry["median_ms"], entry["min_ms"], out.get("kernels", "")


def clock_rivals(session, model, length, rng, now):
    ids = rng.integers(999, model.config.vocab_size, (1, length))
    arrays = {"ids": ids, "mask": np.ones_like(ids),
              "segments": np.zeros_like(ids)}
    tensor = torch.tensor(ids)

    def run_torch():
        with torch.inference_mode():
            model(tensor, output_attentions=True)

    runs = runs_of(length)
    return (clock(lambda: session.run(None, arrays), runs, now),
            clock(run_torch, runs, now))


def processor():
    try:
        lines = pathlib.Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor()
    return next((line.split(":", 1)[1].strip() for line in lines
                 if line.startswith("model name")), platform.processor())


def measure(arguments, session, model):
    """{length: {name: ([medians], [minima])}} and heed's kernels."""
    rng = np.random.default_rng(1)
    now = time.process_time if arguments.cpu else time.perf_counter
    results = {n: {name: ([], []) for name in ("heed", "ort", "torch")}
               for n in arguments.lengths}
    kernels = ""
    for _ in range(arguments.rounds):
        for length in arguments.lengths:
            median, least, kernels = clock_heed(arguments, length)
            by_name = results[length]
            by_name["heed"][0].append(median)
            by_name["heed"][1].append(least)
            ort, eager = clock_rivals(session, model, length, rng,
                                      now)
            for name, times in (("ort", ort), ("torch", eager)):
                by_name[name][0].append(statistics.median(times))
                by_name[name][1].append(min(times))
    return results, kernels


def print_table(results):
    print("| tokens | heed median / min | ONNX Runtime | transformers eager |"
          " heed vs ONNX Runtime | heed vs transformers |")
    print("|---:|---:|---:|---:|---:|---:|")
    for length, by_name in results.items():
        medians = {k: statistics.median(v[0]) for k, v in by_name.items()}
        minima = {k: min(v[1]) for k, v in by_name.items()}
        cells = [f"{medians[k]:.2f} / {minima[k]:.2f}"
                 for k in ("heed", "ort", "torch")]
        ratios = [f"{medians[k] / medians['heed']:.2f}x / "
                  f"{minima[k] / minima['heed']:.2f}x"
                  for k in ("ort", "torch")]
        print(f"| {length} | " + " | ".join(cells + ratios) + " |")


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("binary")
    parser.add_argument("model")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--cpu", action="store_true")
    parser.add_argument("--isa", choices=["avx2"])
    parser.add_argument("--lengths", default="16,64,128,256,512")
    arguments = parser.parse_args()
    arguments.lengths = [int(n) for n in arguments.lengths.split(",")]
    return arguments


def main():
    arguments = parse_arguments()
    torch.set_num_threads(arguments.threads)
    model = transformers.AutoModel.from_pretrained(
        arguments.model, attn_implementation="eager",
        dtype=torch.float32).eval()
    with tempfile.TemporaryDirectory() as folder:
        session = open_onnx(model, arguments.threads, folder)
        results, kernels = measure(arguments, session, model)
    print(f"{processor()}, {arguments.threads} threads; heed's kernels: "
          f"{kernels}; ONNX Runtime {onnxruntime.__version__}, transformers "
          f"{transformers.__version__}, torch {torch.__version__}; "
          f"{arguments.rounds} rounds; {'CPU ' if arguments.cpu else ''}milliseconds, ratios of medians / "
          "minima\n")
    print_table(results)


if __name__ == "__main__":
    main()
