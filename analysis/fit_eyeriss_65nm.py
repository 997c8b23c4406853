#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Fits the two free numbers of configs/energy/eyeriss_65nm.json to the chip's published power.

P = P0 + s U / T for each conv layer of AlexNet: P the power that Table V of Chen et al., JSSC 52(1), 2017 prints, T our
total latency, U the counts of our run (tests/golden/eyeriss_table_v) times the relative costs of ISCA 2016, Table IV.
Least squares on relative errors. CONV3 is run with the mapping whose buffer traffic is the printed one.

  python3 analysis/fit_eyeriss_65nm.py           writes P0, s, their ranges, the fit and its errors into the table
  python3 analysis/fit_eyeriss_65nm.py --check   exit code 1 where the table does not hold what it would write
"""
import json
import pathlib
import re
import sys

HERE = pathlib.Path(__file__).resolve().parent.parent
TABLE = HERE / "configs/energy/eyeriss_65nm.json"
PUBLISHED = {"conv1": 332, "conv2": 288, "conv3": 266, "conv4": 235, "conv5": 236}  # mW, Table V
MEAN_MW = 278  # Table V, the whole network


def relative_costs(table):
    """event class and action -> cost, in units of one MAC."""
    unit = next(m["terms"][0]["value_pj"] for m in table["prices"] if m["class"] == "mac" and m["actions"] == ["op"])
    costs = {}
    for model in table["prices"]:
        if "terms" not in model:
            continue
        cost = round(model["terms"][0]["value_pj"] / unit, 3)
        for name in model.get("units", [model["class"]]):
            for action in model["actions"]:
                costs[f"{name}.{action}"] = cost
    return costs


def layers_of(costs):
    """(U in millions of MACs, T in ms, P in mW) of each layer, by name."""
    result = {}
    for name, power in PUBLISHED.items():
        mapping = "table_iii_glb" if name == "conv3" else "table_iii"
        run = json.loads((HERE / f"tests/golden/eyeriss_table_v/{mapping}.json").read_text())
        layer = next(one for one in run["layers"] if one["name"] == name)
        useful = sum(layer["counts"].get(event, 0) * cost for event, cost in costs.items() if not event.startswith("dram."))
        result[name] = (useful / 1e6, layer["total_ms"], power)
    return result


def fit(points):
    """P0 and s of least squares on (model / published - 1)."""
    weights = [1 / power**2 for _, _, power in points]
    xs = [useful / ms for useful, ms, _ in points]  # pJ times this is mW
    ys = [power for _, _, power in points]
    n, sx, sy = sum(weights), sum(w * x for w, x in zip(weights, xs)), sum(w * y for w, y in zip(weights, ys))
    sxx = sum(w * x * x for w, x in zip(weights, xs))
    sxy = sum(w * x * y for w, x, y in zip(weights, xs, ys))
    slope = (n * sxy - sx * sy) / (n * sxx - sx * sx)
    return (sy - slope * sx) / n, slope


def power_of(numbers, point):
    return numbers[0] + numbers[1] * point[0] / point[1]


def percent(value, published):
    return 100 * (value / published - 1)


def rounded(numbers):
    return round(numbers[0], 1), round(numbers[1], 3)


def put_numbers(table, best, others):
    """The numbers and their ranges: the five fits that leave one layer out."""
    static, price = best
    table["static"].update(value_mw=static, low_mw=min(o[0] for o in others), high_mw=max(o[0] for o in others))
    costs = {id(m): round(m["terms"][0]["value_pj"], 6) for m in table["prices"] if "terms" in m}
    unit = next(m["terms"][0]["value_pj"] for m in table["prices"] if m["class"] == "mac" and m["actions"] == ["op"])
    for model in table["prices"]:
        if "terms" in model:
            cost = round(costs[id(model)] / unit, 3)
            model["terms"] = [{"value_pj": round(cost * price, 6), "low_pj": round(cost * min(o[1] for o in others), 6),
                               "high_pj": round(cost * max(o[1] for o in others), 6)}]


def notes_of(points, best, out, total):
    errors = [percent(power_of(best, point), point[2]) for point in points]
    each = ", ".join(f"{error:+.1f}" for error in errors)
    left = ", ".join(f"{error:+.1f}" for error in out)
    mean = sum(abs(error) for error in errors) / len(errors)
    return [
        f"Fitted to the counts and latencies of the simulated chip (tests/golden/eyeriss_table_v) by analysis/fit_eyeriss_65nm.py: {each} percent for CONV1 to CONV5, {mean:.1f} on average; {total:.1f} mW over the five layers, published {MEAN_MW} ({percent(total, MEAN_MW):+.1f} percent).",
        f"Left out of the fit, a layer is missed by {left} percent (CONV1 to CONV5).",
        "More than two free numbers do not fit better: the figures agree with the ratios 1 : 1 : 2 : 6 but do not measure them.",
    ]


def text_of(table):
    """JSON with one model of the list a few lines, as a person would write it."""
    lines = ["{"]
    items = list(table.items())
    for number, (key, value) in enumerate(items):
        comma = "," if number + 1 < len(items) else ""
        if isinstance(value, list):
            body = []
            for entry in value:
                if isinstance(entry, dict) and ("terms" in entry or "covered" in entry):
                    inner = ",\n".join(f"      {json.dumps(k)}: {json.dumps(v)}" for k, v in entry.items())
                    body.append("    {\n" + inner + "\n    }")
                else:
                    body.append("    " + json.dumps(entry))
            lines.append(f"  {json.dumps(key)}: [\n" + ",\n".join(body) + f"\n  ]{comma}")
        elif isinstance(value, dict):
            inner = ",\n".join(f"    {json.dumps(k)}: {json.dumps(v)}" for k, v in value.items())
            lines.append(f"  {json.dumps(key)}: {{\n{inner}\n  }}{comma}")
        else:
            lines.append(f"  {json.dumps(key)}: {json.dumps(value)}{comma}")
    return "\n".join(lines + ["}"]) + "\n"


def fitted(table):
    points = list(layers_of(relative_costs(table)).values())
    best = rounded(fit(points))
    others = [rounded(fit(points[:i] + points[i + 1:])) for i in range(len(points))]
    out = [percent(power_of(other, point), point[2]) for other, point in zip(others, points)]
    put_numbers(table, best, [best] + others)
    for row, point in zip(table["fit"], points):
        row["published"] = point[2]
        row["model"] = round(power_of(best, point), 2)
    total = sum(power_of(best, point) * point[1] for point in points) / sum(point[1] for point in points)
    table["notes"] = notes_of(points, best, out, total)
    price = f"s = {best[1]:.3f} pJ ({min(o[1] for o in others + [best]):.3f} to {max(o[1] for o in others + [best]):.3f}, the fits that leave one layer out)"
    for model in table["prices"]:
        if "terms" in model:
            model["source"] = re.sub(r"range: s = .*|s = [0-9.]+ pJ \(.*", price, model["source"])
    table["description"] = re.sub(r"one price s = [0-9.]+ pJ", f"one price s = {best[1]:.3f} pJ", table["description"])
    return text_of(table)


def main():
    wanted = fitted(json.loads(TABLE.read_text()))
    if sys.argv[1:] == ["--check"]:
        if TABLE.read_text() != wanted:
            sys.exit(f"{TABLE.relative_to(HERE)} does not hold what the fit gives; run {pathlib.Path(__file__).name}")
    elif sys.argv[1:]:
        sys.exit(f"found {' '.join(sys.argv[1:])}; allowed --check")
    else:
        TABLE.write_text(wanted)


if __name__ == "__main__":
    main()
