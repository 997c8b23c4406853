// SPDX-License-Identifier: Apache-2.0
// What the page does: draws its charts, sorts its tables, and shows the rows of a table that are picked in a chart.
"use strict";

(() => {
  // Lines and texts take the colour of the page's text: light, dark and print need no drawing of their own.
  const ink = "currentColor";
  const font = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";
  const config = {
    background: "transparent",
    font,
    view: { stroke: null },
    axis: {
      labelColor: ink, titleColor: ink, domainColor: ink, tickColor: ink, gridColor: ink, gridOpacity: 0.14,
      domainOpacity: 0.5, tickOpacity: 0.5, labelFontSize: 12, titleFontSize: 12, titleFontWeight: "normal", titlePadding: 10,
    },
    legend: { labelColor: ink, titleColor: ink, labelFontSize: 12, titleFontSize: 12, titleFontWeight: "normal", symbolType: "square" },
    header: { labelColor: ink, titleColor: ink },
    title: { color: ink, subtitleColor: ink, fontSize: 13 },
    text: { color: ink, fontSize: 11 },
    rule: { color: ink },
  };

  // Rows of tables that belong to points of a chart stand out while a brush picks those points. A brush is stored as
  // the fields that it spans and the two ends of each.
  function showPicked(view, brush, points) {
    const inside = (point, { fields, values }) => fields.every(({ field }, i) => {
      const [low, high] = [Math.min(...values[i]), Math.max(...values[i])];
      return point[field] !== null && point[field] >= low && point[field] <= high;
    });
    view.addDataListener(brush + "_store", (_, spans) => {
      const picked = new Set(points.filter((p) => spans.some((span) => inside(p, span))).map((p) => String(p._point)));
      for (const row of document.querySelectorAll("tr[data-point]")) {
        row.classList.toggle("picked", picked.has(row.dataset.point));
      }
    });
  }

  async function draw(figure) {
    const place = figure.querySelector(".live");
    const spec = JSON.parse(figure.querySelector('script[type="application/json"]').textContent);
    place.classList.toggle("fixed", spec.width !== "container");
    try {
      figure.classList.add("drawn"); // first: what is not laid out has no width
      const { view } = await vegaEmbed(place, spec, { renderer: "svg", actions: false, mode: "vega-lite", config });
      if (spec.usermeta && spec.usermeta.brush) showPicked(view, spec.usermeta.brush, spec.datasets.points);
    } catch (problem) {
      figure.classList.remove("drawn");
      place.textContent = "This chart could not be drawn: " + problem.message;
      place.classList.add("failed");
      console.error(figure.id, problem);
    }
  }

  // Numbers by their size, texts by their letters with numbers in them by size ("conv2" before "conv10"), empty last.
  const letters = new Intl.Collator("en", { numeric: true });
  function compare(a, b, numeric) {
    const keys = [a, b].map((cell) => (numeric ? cell.dataset.key || "" : cell.textContent));
    if (keys[0] === "" || keys[1] === "") return { empty: (keys[0] === "") - (keys[1] === "") };
    return { order: numeric ? Number(keys[0]) - Number(keys[1]) : letters.compare(keys[0], keys[1]) };
  }

  function sortBy(header) {
    const table = header.closest("table");
    const column = header.cellIndex;
    const direction = header.getAttribute("aria-sort") === "ascending" ? -1 : 1;
    const numeric = header.classList.contains("number");
    const body = table.tBodies[0];
    const rows = Array.from(body.rows);
    rows.sort((a, b) => {
      const { empty, order } = compare(a.cells[column], b.cells[column], numeric);
      return empty === undefined ? direction * order : empty;
    });
    body.append(...rows);
    for (const other of table.tHead.rows[0].cells) other.setAttribute("aria-sort", "none");
    header.setAttribute("aria-sort", direction === 1 ? "ascending" : "descending");
  }

  for (const button of document.querySelectorAll("table.sortable th button")) {
    button.addEventListener("click", () => sortBy(button.closest("th")));
  }

  const figures = Array.from(document.querySelectorAll("figure.chart")).filter((f) => f.querySelector(".live"));
  Promise.all(figures.map(draw)).then(() => {
    document.documentElement.dataset.drawn = String(document.querySelectorAll("figure.chart.drawn").length);
  });
})();
