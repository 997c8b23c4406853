# SPDX-License-Identifier: Apache-2.0
"""Makes reports and reads them as a user would, in a headless browser.

    python3 report_test.py LACUNA SWEEP_FIXTURE SOURCE_TREE

Exits 77 (skipped) without Chromium.
"""

import contextlib
import hashlib
import json
import os
import pathlib
import re
import sqlite3
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree

import browser

LACUNA = FIXTURE = SOURCE = ""
_DRAWN = "document.documentElement.dataset.drawn"


def run(*words, folder):
    subprocess.run([LACUNA, *words], cwd=folder, check=True, stdout=subprocess.DEVNULL)


class BrowserTest(unittest.TestCase):
    """Makes a report once, and has one browser for all tests of it."""

    @classmethod
    def setUpClass(cls):
        cls._scratch = tempfile.TemporaryDirectory(prefix="lacuna-report-")
        cls.folder = pathlib.Path(cls._scratch.name)
        cls.addClassCleanup(cls._scratch.cleanup)
        cls.make_report()
        cls.url = (cls.folder / "report.html").as_uri()
        cls.browser = browser.Browser()
        cls.addClassCleanup(cls.browser.close)
        cls.open()

    @classmethod
    def open(cls, ready=_DRAWN):
        """Opens the page anew. A test that leaves it in a state that others do not expect does this at its end."""
        cls.browser.problems.clear()
        cls.browser.requests.clear()
        cls.browser.open(cls.url, ready)

    def js(self, expression):
        return self.browser.evaluate(expression)

    def marks(self, chart, kind):
        return self.js(f"document.querySelectorAll('#{chart} .live svg .mark-{kind}.role-mark > *').length")

    def centre(self, selector):
        """Of an element, after scrolling to it."""
        return self.js(f"(() => {{ const e = document.querySelector({json.dumps(selector)}); "
                       "e.scrollIntoView({block: 'center', behavior: 'instant'}); const r = e.getBoundingClientRect(); "
                       "return [r.x + r.width / 2, r.y + r.height / 2]; })()")

    def column(self, table, index):
        """What the cells of a column sort by, from the top down."""
        return self.js(f"Array.from(document.querySelectorAll('#{table} tbody tr'), "
                       f"r => r.cells[{index}].dataset.key ?? r.cells[{index}].textContent)")

    def assert_undisturbed(self):
        """Nothing in the console, and nothing asked for but the file itself."""
        self.assertEqual(self.browser.problems, [])
        self.assertEqual([url for url in self.browser.requests if not url.startswith("data:")], [self.url])


class ResultReport(BrowserTest):
    """The report of a run of a small network."""

    @classmethod
    def make_report(cls):
        run("run", "--chip", "eyeriss", "--network", "tiny", "--energy", "generic_45nm", "--out", "out",
            folder=cls.folder)
        run("report", "out/result.json", "--out", "report.html", "--svg", "svg", folder=cls.folder)
        cls.result = json.loads((cls.folder / "out/result.json").read_text())
        cls.layers = [layer for layer in cls.result["layers"] if not layer["kind"].startswith("host:")]

    def test_every_chart_is_drawn_and_nothing_is_loaded(self):
        self.assertEqual(self.js("document.querySelectorAll('figure.chart').length"), int(self.js(_DRAWN)))
        components = {name for layer in self.layers for name in layer["energy_pj"]}
        causes = {name for layer in self.layers for name in layer["stall_cycles"]}
        layers = len(self.layers)
        ends = 2  # of a whisker
        for chart, kind, number in (("energy_by_layer", "rect", layers * (len(components) + ends)),
                                    ("energy_by_layer", "rule", layers),
                                    ("energy_shares", "rect", layers * len(components)),
                                    ("cycles_by_layer", "rect", 2 * layers),
                                    ("stalls_by_layer", "rect", layers * (2 + len(causes) + 1)),
                                    ("macs_by_layer", "rect", 3 * layers),
                                    ("traffic_by_level", "rect", 4 * layers),
                                    ("roofline", "symbol", layers),
                                    ("roofline", "line", 1),
                                    ("pe_heat_map", "rect", 12 * 14),
                                    ("energy_by_source", "rect", 15 * (1 + ends))):
            self.assertEqual(self.marks(chart, kind), number, chart)
        self.assert_undisturbed()

    def test_the_policy_forbids_what_the_page_never_does(self):
        self.js("fetch('data.json').catch(() => 0)")
        self.js("document.body.append(Object.assign(document.createElement('img'), {src: 'http://127.0.0.1:9/x.png'}))")
        self.js("new Promise(done => setTimeout(done, 100))")
        self.assertNotEqual(self.browser.problems, [], "the checks of this file see nothing")
        self.open()

    def test_a_click_sorts_numbers_by_size_and_a_second_one_turns_the_order(self):
        names = self.js("Array.from(document.querySelectorAll('#table_layers th'), h => h.textContent)")
        index = names.index("total_cycles")
        cycles = sorted(layer["total_cycles"] for layer in self.layers)
        header = f"#table_layers th:nth-child({index + 1})"
        for wanted, order in ((cycles, "ascending"), (cycles[::-1], "descending")):
            self.browser.click(*self.centre(header + " button"))
            self.assertEqual([float(key) for key in self.column("table_layers", index)], wanted)
            self.assertEqual(self.js(f"document.querySelector('{header}').getAttribute('aria-sort')"), order)
        self.assertEqual(self.js("document.querySelectorAll('#table_layers th[aria-sort=none]').length"),
                         len(names) - 1)
        self.assert_undisturbed()

    def test_the_keyboard_sorts_too_and_rows_stay_whole(self):
        self.js("document.querySelector('#table_layers th:first-child button').focus()")
        for _ in range(2):
            self.browser.press("Enter", 13, "\r")
        names = self.column("table_layers", 0)
        self.assertEqual(names, sorted((layer["name"] for layer in self.layers), reverse=True))
        digests = self.js("Array.from(document.querySelectorAll('#table_layers tbody tr'), "
                          "r => Array.from(r.cells).map(c => c.textContent).find(t => /^[0-9a-f]{64}$/.test(t)))")
        self.assertEqual(dict(zip(names, digests)), {layer["name"]: layer["output_sha256"] for layer in self.layers})

    def test_the_array_shows_the_layer_that_is_chosen(self):
        def colours():
            return self.js("Array.from(document.querySelectorAll('#pe_heat_map .live svg .role-mark.mark-rect > *'), "
                           "m => m.getAttribute('fill'))")

        first = colours()
        self.js("(() => { const s = document.querySelector('#pe_heat_map select'); s.value = 'fc6'; "
                "s.dispatchEvent(new Event('change', {bubbles: true})); })()")
        self.browser.wait_for("document.querySelector('#pe_heat_map .live svg .role-mark.mark-rect > *')"
                              ".getAttribute('aria-label').includes('fc6')")
        last = colours()
        self.assertEqual((len(first), len(last)), (12 * 14, 12 * 14))
        # fc6 leaves most PEs idle, which are as dark as the scale goes.
        self.assertEqual(last.count(last[-1]), 12 * 14 - self.layers[-1]["active_pes"])

    def test_pointing_at_a_bar_tells_its_value(self):
        self.browser.mouse("mouseMoved", *self.centre("#macs_by_layer .live svg .role-mark.mark-rect > *"))
        self.browser.wait_for("document.querySelector('#vg-tooltip-element.visible')")
        text = self.js("document.querySelector('#vg-tooltip-element').textContent")
        self.assertIn(f"{self.layers[0]['macs_performed']:,}", text)

    def test_dark_and_print_are_readable(self):
        """Texts of page and charts against the ground: WCAG's contrast ratio for normal text is 4.5."""
        luminance = ("(c => c.match(/[0-9.]+/g).slice(0, 3).map(v => v / 255).map(v => v <= 0.04045 ? v / 12.92 : "
                     "((v + 0.055) / 1.055) ** 2.4).reduce((s, v, i) => s + v * [0.2126, 0.7152, 0.0722][i], 0))")
        for setting in ({"prefers_color_scheme": "light"}, {"prefers_color_scheme": "dark"},
                        {"media": "print", "prefers_color_scheme": "dark"}):
            self.browser.emulate(**setting)
            ground = self.js(f"{luminance}(getComputedStyle(document.body).backgroundColor)")
            self.assertEqual(ground < 0.1, setting == {"prefers_color_scheme": "dark"}, setting)
            for selector, style in (("p", "color"), ("figcaption", "color"), ("#energy_by_layer .live svg text", "fill"),
                                    (".notices li", "color"), ("#table_layers td", "color")):
                text = self.js(f"{luminance}(getComputedStyle(document.querySelector({json.dumps(selector)})).{style})")
                low, high = sorted((text, ground))
                self.assertGreater((high + 0.05) / (low + 0.05), 4.5, (setting, selector))
        self.browser.emulate()

    def test_it_prints(self):
        self.browser.pdf(self.folder / "report.pdf")
        self.assertGreater(os.path.getsize(self.folder / "report.pdf"), 20000)

    def test_without_javascript_the_headline_charts_are_there(self):
        self.browser.call("Emulation.setScriptExecutionDisabled", value=True)
        try:
            self.open("true")
            self.assertEqual(self.js("document.querySelectorAll('figure.drawn').length"), 0)
            for chart in ("energy_by_layer", "cycles_by_layer", "stalls_by_layer", "macs_by_layer"):
                height = self.js(f"document.querySelector('#{chart} .still svg').getBoundingClientRect().height")
                self.assertGreater(height, 150, chart)
        finally:
            self.browser.call("Emulation.setScriptExecutionDisabled", value=False)
            self.open()

    def test_drawings_are_xml_and_hold_the_figures_of_the_result(self):
        svg = "{http://www.w3.org/2000/svg}"
        root = xml.etree.ElementTree.parse(self.folder / "svg/macs_by_layer.svg").getroot()
        drawn = {title.text for title in root.iterfind(f"{svg}rect/{svg}title")}
        wanted = {f"{layer['name']}, {what}: {layer['macs_' + what]}"
                  for layer in self.layers for what in ("performed", "gated", "skipped") if layer["macs_" + what] > 0}
        self.assertEqual(drawn, wanted)
        for name in os.listdir(self.folder / "svg"):
            text = (self.folder / "svg" / name).read_text()
            xml.etree.ElementTree.fromstring(text)
            self.assertNotRegex(text, r"<script|href|url\(", name)


class SweepReport(BrowserTest):
    """The report of a sweep of 2,400 points, of which more are there than are shown."""

    @classmethod
    def make_report(cls):
        subprocess.run([FIXTURE, cls.folder / "results.db", "40", "30", "110", "50"], check=True)
        run("report", "results.db", "--out", "report.html", "--svg", "svg", folder=cls.folder)
        with contextlib.closing(sqlite3.connect(cls.folder / "results.db")) as database:
            cls.front = [row[0] for row in database.execute("SELECT position FROM pareto ORDER BY position")]

    def test_every_chart_is_drawn_and_nothing_is_loaded(self):
        self.assertEqual(self.js("document.querySelectorAll('figure.chart').length"), int(self.js(_DRAWN)))
        shown, axes, objectives = 2000, 3, 2
        self.assertEqual(self.marks("pareto_front", "symbol"), shown)
        self.assertEqual(self.marks("pareto_front", "line"), shown)
        self.assertEqual(self.marks("axis_effects", "symbol"), objectives * (20 + 20 + 2))
        self.assertEqual(self.marks("axis_effects", "rule"), objectives * (20 + 20 + 2))
        self.assertEqual(self.marks("pareto_front", "rule"), axes + objectives)
        self.assert_undisturbed()

    def test_the_page_says_how_many_points_are_shown_missing_and_failed(self):
        text = self.js("document.body.innerText")
        self.assertIn(f"2,000 of 2,240 results are shown: all {len(self.front)} of the Pareto front and a sample of "
                      "the others.", text)
        self.assertIn("Not finished: 50 of 2,400 points have not run", text)
        self.assertIn("The first 100 of 110 points without a result", text)
        self.assertEqual(self.js("document.querySelectorAll('#table_failures tbody tr').length"), 100)

    def test_the_front_is_the_databases_and_sorts(self):
        self.assertEqual([int(key) for key in self.column("table_front", 0)], self.front)
        self.browser.click(*self.centre("#table_front th:nth-child(6) button"))
        energies = [float(key) for key in self.column("table_front", 5)]
        self.assertEqual(energies, sorted(energies))

    def test_a_brush_picks_points_in_the_plot_lines_and_table(self):
        plot = self.js("(() => { const g = document.querySelector('#pareto_front .live svg .scatter_0_1_group "
                       ".background, #pareto_front .live svg [class*=scatter_0_1] .background'); "
                       "g.scrollIntoView({block: 'center', behavior: 'instant'}); const r = g.getBoundingClientRect(); "
                       "return [r.left, r.top, r.right, r.bottom]; })()")
        opaque = ("Array.from(document.querySelectorAll('#pareto_front .live svg .mark-line.role-mark path'), "
                  "p => +(p.getAttribute('opacity') ?? 1)).filter(o => o === 0.9).length")
        self.assertEqual(self.js(opaque), 0)
        left, top, right, bottom = plot
        # The right half of the plot: the points of high throughput.
        self.browser.drag(((left + right) / 2, top + 2), (right - 1, bottom - 1))
        self.browser.wait_for("document.querySelector('#table_front tr.picked')")
        self.browser.wait_for(opaque)
        key = self.js("Array.from(document.querySelectorAll('#table_front th'), h => h.textContent)"
                      ".indexOf('images_per_second')")
        rows = self.js(f"Array.from(document.querySelectorAll('#table_front tbody tr'), "
                       f"r => [r.classList.contains('picked'), +r.cells[{key}].dataset.key])")
        picked = [rate for is_picked, rate in rows if is_picked]
        others = [rate for is_picked, rate in rows if not is_picked]
        self.assertTrue(picked and others)
        self.assertGreater(min(picked), max(others))
        # A click beside the brush ends it.
        self.browser.click(left + 5, top + 5)
        self.browser.wait_for("!document.querySelector('#table_front tr.picked')")
        self.assert_undisturbed()

    def test_pointing_at_a_point_tells_its_axes_and_figures(self):
        self.browser.mouse("mouseMoved", *self.centre("#pareto_front .live svg .role-mark.mark-symbol > :last-child"))
        self.browser.wait_for("document.querySelector('#vg-tooltip-element.visible')")
        text = self.js("document.querySelector('#vg-tooltip-element').textContent")
        for part in ("Pareto front", "gate_on", "activation", "rows, PEs", "energy_total_pj, pJ"):
            self.assertIn(part, text)

    def test_without_javascript_the_front_is_there(self):
        root = xml.etree.ElementTree.parse(self.folder / "svg/pareto_front.svg").getroot()
        svg = "{http://www.w3.org/2000/svg}"
        self.assertEqual(len(root.findall(f"{svg}circle/{svg}title")), 2000)


class Library(unittest.TestCase):
    def test_the_chart_library_is_the_one_that_its_page_names(self):
        folder = pathlib.Path(SOURCE) / "analysis/report/vega"
        named = dict(re.findall(r"^\| `(\S+\.js)` .* `([0-9a-f]{64})` \|$", (folder / "README.md").read_text(), re.M))
        found = {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in folder.glob("*.js")}
        self.assertEqual(named, found)
        self.assertEqual(len(found), 3)


if __name__ == "__main__":
    if browser.program() is None:
        print("SKIPPED: no Chromium here, reports are not looked at")
        sys.exit(77)
    LACUNA, FIXTURE = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
    SOURCE = sys.argv[3]
    unittest.main(argv=sys.argv[:1] + sys.argv[4:])
