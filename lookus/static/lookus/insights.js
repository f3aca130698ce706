// Charts of the insights: each is drawn from the table below it, so that the two cannot differ.
// Without this script, or without Chart.js, the tables stand open and say the same.
//
//   <figure class="chart" data-chart="line|bar|across">   across: bars that lie, one a row
//     <figcaption>…</figcaption>
//     <details open><summary>…</summary>
//       <table><thead><tr><th>…</th><th data-tone="ink" data-dashed>Series</th></tr></thead>
//              <tbody><tr><th scope="row">…</th><td data-value="12"><a href="…">12</a></td></tr>
//
// A cell without data-value is a gap in its line. A click on a point opens the link of its cell.
"use strict";

/** @typedef {{label: string, values: (number|null)[], links: (string|null)[], tone: string, dashed: boolean}} Series */
/** @typedef {{labels: string[], series: Series[]}} Drawn */

const TONES = ["ink", "accent", "good", "warn", "bad", "faint"];
const TABLE_CHARTS = "figure.chart[data-chart]";
/** Of a row of lying bars, in pixels, and of what stands around them. */
const ROW_HEIGHT = 34;
const AROUND = 72;
const FONT_SIZE = 12;

/** @type {Map<HTMLElement, any>} */
const charts = new Map();

const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--lookus-${name}`).trim();

/**
 * What a table says, column by column.
 * @param {HTMLTableElement} table
 * @returns {Drawn}
 */
function readTable(table) {
  const heads = [...table.tHead.rows[0].cells];
  const rows = [...table.tBodies[0].rows];
  const series = heads.flatMap((head, column) => {
    if (head.dataset.tone === undefined) return [];
    const cells = rows.map((row) => row.cells[column]);
    return [{
      label: head.textContent.trim(),
      values: cells.map((cell) => (cell?.dataset.value === undefined ? null : Number(cell.dataset.value))),
      links: cells.map((cell) => cell?.querySelector("a")?.getAttribute("href") ?? null),
      tone: head.dataset.tone || "ink",
      dashed: head.dataset.dashed !== undefined,
    }];
  });
  return { labels: rows.map((row) => row.cells[0].textContent.trim()), series };
}

/**
 * One series as Chart.js takes it.
 * @param {Series} one
 * @param {string} kind
 */
function dataset(one, kind) {
  const color = token(TONES.includes(one.tone) ? one.tone : "ink");
  return {
    label: one.label,
    data: one.values,
    borderColor: color,
    backgroundColor: one.dashed && kind !== "line" ? token("line") : color,
    borderWidth: kind === "line" ? 2 : 0,
    borderDash: one.dashed ? [4, 4] : [],
    pointRadius: one.values.length > 1 ? 0 : 3,
    pointHitRadius: 12,
    pointHoverRadius: 4,
    tension: 0,
    borderRadius: 3,
    maxBarThickness: 28,
    spanGaps: false,
  };
}

function axis(number, unit) {
  return {
    beginAtZero: true,
    border: { display: false },
    grid: { display: number, color: token("line"), drawTicks: false },
    ticks: {
      color: token("soft"),
      padding: 8,
      maxRotation: 0,
      autoSkipPadding: 16,
      ...(number && { maxTicksLimit: 6, callback: (value) => said(value, unit) }),
    },
  };
}

const numbers = new Intl.NumberFormat(document.documentElement.lang || undefined, { maximumFractionDigits: 1 });

function said(value, unit) {
  return unit ? `${numbers.format(value)} ${unit}` : numbers.format(value);
}

/**
 * @param {HTMLElement} figure
 * @param {Drawn} drawn
 */
function options(figure, drawn) {
  const across = figure.dataset.chart === "across";
  const unit = figure.dataset.unit ?? "";
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  return {
    animation: still ? false : { duration: 200 },
    responsive: true,
    maintainAspectRatio: false,
    indexAxis: across ? "y" : "x",
    interaction: { mode: "index", intersect: false, axis: across ? "y" : "x" },
    onClick: (_event, points) => {
      const link = points.map((one) => drawn.series[one.datasetIndex].links[one.index]).find(Boolean);
      if (link) location.assign(link);
    },
    onHover: (event, points) => {
      event.native?.target.classList.toggle("links", points.some((one) => drawn.series[one.datasetIndex].links[one.index]));
    },
    scales: across ? { x: axis(true, unit), y: { ...axis(false), ticks: { ...axis(false).ticks, autoSkip: false } } } : { x: axis(false), y: axis(true, unit) },
    plugins: {
      legend: {
        display: drawn.series.length > 1,
        position: "bottom",
        align: "start",
        labels: { color: token("soft"), boxWidth: 16, boxHeight: 2, padding: 16 },
      },
      tooltip: {
        backgroundColor: token("ink"),
        titleColor: token("paper"),
        bodyColor: token("paper"),
        padding: 12,
        cornerRadius: 8,
        displayColors: false,
        callbacks: { label: (one) => `${one.dataset.label}: ${one.raw === null ? "–" : said(one.raw, unit)}` },
      },
    },
  };
}

/**
 * Draw the figure's table, or draw it anew in the colors of now.
 * @param {HTMLElement} figure
 */
function draw(figure) {
  const table = figure.querySelector("table");
  const drawn = readTable(table);
  if (!drawn.series.length || !drawn.labels.length) return;
  const kind = figure.dataset.chart === "line" ? "line" : "bar";
  charts.get(figure)?.destroy();
  const canvas = figure.querySelector("canvas") ?? place(figure, drawn);
  charts.set(figure, new window.Chart(canvas, {
    type: kind,
    data: { labels: drawn.labels, datasets: drawn.series.map((one) => dataset(one, kind)) },
    options: options(figure, drawn),
  }));
}

/** The canvas above the table, which is closed: it says to a screen reader what the chart shows. */
function place(figure, drawn) {
  const space = document.createElement("div");
  space.className = "chart-space";
  if (figure.dataset.chart === "across") {
    space.style.height = `${ROW_HEIGHT * drawn.labels.length + AROUND}px`;
  }
  const canvas = document.createElement("canvas");
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", figure.dataset.told ?? figure.querySelector("figcaption")?.textContent.trim() ?? "");
  space.append(canvas);
  const details = figure.querySelector("details");
  figure.insertBefore(space, details);
  details.open = false;
  return canvas;
}

function drawAll() {
  window.Chart.defaults.font.family = token("font");
  window.Chart.defaults.font.size = FONT_SIZE;
  for (const figure of document.querySelectorAll(TABLE_CHARTS)) draw(figure);
}

if (window.Chart) {
  drawAll();
  // Dark or light: by the page's button, or by the system where nobody said.
  new MutationObserver(drawAll).observe(document.documentElement, { attributeFilter: ["data-theme"] });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawAll);
}

// A chosen preset or comparison is asked for at once; the button stands for those without a script.
for (const form of document.querySelectorAll("form[data-at-once]")) {
  form.querySelector("button")?.setAttribute("hidden", "");
  form.addEventListener("change", () => form.requestSubmit());
}
