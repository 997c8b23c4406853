#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs `lacuna run --trace` and holds the file against the rules of the Chrome trace format and the figures of the result.

usage: check_trace.py PROGRAM
"""

import collections
import json
import math
import os
import subprocess
import sys
import tempfile

RUNS = [
    ["--chip", "eyeriss", "--network", "tiny", "--batch", "3"],
    ["--chip", "eyeriss", "--network", "tiny_graph", "--set", "/chip/array/pass_overlap=barrier"],
    ["--chip", "systolic_32", "--network", "tiny", "--batch", "2", "--set", "/chip/array/rows=5"],
    ["--chip", "systolic_32", "--network", "tiny", "--set", "/chip/array/dataflow=output_stationary"],
    ["--chip", "systolic_32", "--network", "tiny_graph", "--set", "/chip/array/dataflow=input_stationary"],
    ["--chip", "cnvlutin", "--network", "tiny", "--batch", "2", "--set", "/chip/array/units=2"],
    ["--chip", "tpu_like_256", "--network", "alexnet", "--layers", "conv1,conv2"],
    ["--chip", "eyeriss", "--network", "alexnet", "--layers", "conv2"],
    ["--chip", "eie", "--network", "alexnet", "--layers", "fc7,fc8"],
]
TRACKS = {"layers": 1, "DRAM link": 2, "array waits": 3, "array passes": 4}


def nanoseconds(microseconds):
    """Times are whole nanoseconds: anything else would be rounded by a viewer."""
    whole = round(microseconds * 1000)
    assert abs(microseconds * 1000 - whole) < 1e-3, microseconds
    return whole


def check_format(events):
    """Every event has what the format asks of its phase."""
    for event in events:
        for key, kind in (("ph", str), ("name", str), ("pid", int), ("tid", int), ("ts", (int, float))):
            assert isinstance(event.get(key), kind), (key, event)
        assert event["ph"] in ("M", "X", "i", "C"), event
        assert event["ts"] >= 0, event
        assert ("dur" in event) == (event["ph"] == "X"), event
        assert isinstance(event["args"], dict), event
        if event["ph"] == "X":
            assert event["dur"] >= 0, event
        if event["ph"] == "i":
            assert event["s"] == "t", event
        if event["ph"] == "C":
            assert event["args"] and all(value >= 0 for value in event["args"].values()), event


def check_tracks(events):
    """Slices of a track follow one another; every track has a name."""
    names = {e["tid"]: e["args"]["name"] for e in events if e["name"] == "thread_name"}
    for name, track in TRACKS.items():
        assert names[track] == name
    ends = collections.defaultdict(int)
    for event in events:
        if event["ph"] != "X":
            continue
        start = nanoseconds(event["ts"])
        assert start >= ends[event["tid"]], event
        ends[event["tid"]] = start + nanoseconds(event["dur"])
        assert event["tid"] in names, event


def pes_of(result):
    """PEs of the array: the product of its sides, whatever they are called."""
    array = result["config"]["chip"]["array"]
    return math.prod(array.get(side, 1) for side in ("units", "neuron_lanes", "filter_lanes", "rows", "columns", "pes"))


def check_layer(result, layer, base, of):
    """What the timeline of a layer shows adds up to its result; `of` are its slices by track, `base` its first cycle."""
    khz = result["config"]["chip"]["core_clock_khz"]
    link_bits = result["config"]["chip"]["dram_link"]["bits"]
    transfers, waits = of[TRACKS["DRAM link"]], of[TRACKS["array waits"]]
    passes = [e for track, slices in of.items() if track >= TRACKS["array passes"] for e in slices]
    stalls = collections.Counter()
    for event in passes:
        stalls.update(event["args"]["stall_pe_cycles"])
    assert dict(stalls) == layer["stall_cycles"], layer["name"]
    for event in transfers + waits + passes:  # ts and dur are those of the cycles
        first = base + event["args"]["start"]
        assert nanoseconds(event["ts"]) == first * 1000000 // khz, event
        end = nanoseconds(event["ts"]) + nanoseconds(event["dur"])
        assert end == (first + event["args"]["cycles"]) * 1000000 // khz, event
    end_of = lambda event: event["args"]["start"] + event["args"]["cycles"]
    assert max(map(end_of, transfers)) == layer["total_cycles"], layer["name"]
    bits = sum(e["args"]["words"] for e in transfers) * link_bits
    assert bits == layer["counts"]["dram.read_bit"] + layer["counts"]["dram.write_bit"], layer["name"]
    assert sum(e["args"]["bytes"] for e in transfers) == layer["dram_read_bytes"] + layer["dram_write_bytes"]
    array = sum(e["args"]["counted_cycles"] for e in passes)
    assert array - sum(e["args"]["cycles"] for e in waits) == layer["processing_cycles"], layer["name"]
    spans = sorted((e["args"]["counted_from"], e["args"]["counted_cycles"]) for e in passes)
    for (first, cycles), (following, _) in zip(spans, spans[1:]):
        assert first + cycles == following, layer["name"]
    all_pes = pes_of(result)
    for event in passes:
        args = event["args"]
        spent = args["issued_pe_cycles"] + sum(args["stall_pe_cycles"].values()) + args["idle_pe_cycles"]
        assert spent % args["counted_cycles"] == 0 and spent // args["counted_cycles"] <= all_pes
    assert sum(e["args"]["issued_pe_cycles"] for e in passes) >= layer["macs_performed"] + layer["macs_gated"]
    assert sorted(e["args"]["pass"] for e in passes) == list(range(len(passes))), layer["name"]


def check_figures(trace, result):
    events, other = trace["traceEvents"], trace["otherData"]
    base = 0
    layers = [e for e in events if e["tid"] == TRACKS["layers"] and e["ph"] in "Xi"]
    assert [e["name"] for e in layers] == [layer["name"] for layer in result["layers"]]
    for event, layer in zip(layers, result["layers"]):
        assert event["args"]["kind"] == layer["kind"] and event["args"]["cycles"] == layer["total_cycles"]
        if event["ph"] == "i":
            continue
        of = collections.defaultdict(list)
        for other_event in events:
            if other_event["ph"] == "X" and other_event["args"].get("layer") == layer["name"]:
                of[other_event["tid"]].append(other_event)
        check_layer(result, layer, base, of)
        base += layer["total_cycles"]
    assert other["cycles"] == base
    assert other["labels"] == result["labels"] and other["program"] == result["program"]
    for event in events:
        if event["name"] == "global buffer bytes":
            held = event["args"]
            assert held["ifmap"] + held["psum"] <= other["global_buffer_bytes"], event
            assert held["filter"] <= other["global_buffer_filter_bytes"], event
        if event["name"] == "stalled PEs":
            assert sum(event["args"].values()) <= pes_of(result), event
    last = {e["name"]: e["args"] for e in events if e["ph"] == "C"}
    assert all(value == 0 for args in last.values() for value in args.values()), last


def main():
    program = os.path.abspath(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        for words in RUNS:
            subprocess.run([program, "run", *words, "--extrapolate", "--out", "out", "--trace", "trace.json"], cwd=folder,
                           check=True, stdout=subprocess.DEVNULL)
            with open(os.path.join(folder, "trace.json"), encoding="utf-8") as file:
                trace = json.load(file)
            with open(os.path.join(folder, "out", "result.json"), encoding="utf-8") as file:
                result = json.load(file)
            check_format(trace["traceEvents"])
            check_tracks(trace["traceEvents"])
            check_figures(trace, result)
            print(f"{' '.join(words)}: {len(trace['traceEvents'])} events")


if __name__ == "__main__":
    main()
