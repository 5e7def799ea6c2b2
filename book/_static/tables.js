// A table twin shows its first and last rows; here the reader searches all of them and keeps them as a file. Under every chart and
// map a fold opens the rows behind it, read from the figure itself: nothing is in the page twice.
(() => {
  const { make, plain, shown, each } = globalThis.bookKit;
  const MOST = 50, LONG = 24, SHORT = 10;
  let count = 0;

  function csv(heads, rows) {
    const cell = (v) => (/[",\n]/.test(v) ? `"${v.replaceAll('"', '""')}"` : v);
    return [heads, ...rows].map((row) => row.map((v) => cell(v === null || v === undefined ? "" : String(v))).join(",")).join("\r\n") + "\r\n";
  }
  // a town of a table leads to its sheet: in the chapters, tables of urban units name town and département
  function linked(line, heads, row) {
    const at = heads.indexOf("département"), cell = line.firstElementChild;
    if (heads[0] === "town" && at > 0 && cell) {
      const asked = new URLSearchParams({ town: row[0], in: row[at] });
      cell.replaceChildren(make("a", { href: `../book/my_town.html#${asked}`, textContent: cell.textContent }));
    }
    return line;
  }
  const lineOf = (row, formats) => make("tr", {}, ...row.map((v, i) => (i
    ? make("td", { textContent: shown(v, formats[i]), className: typeof v === "number" ? "number" : "" })
    : make("th", { scope: "row", textContent: shown(v, formats[i]) }))));

  function enliven(figure, { heads, formats, rows, name }) {
    const body = figure.querySelector("tbody"), first = [...body.children];
    const gap = first.findIndex((line) => line.classList.contains("gap"));       // rows from both ends of a long table
    first.forEach((line, i) => { if (i !== gap) linked(line, heads, rows[gap >= 0 && i > gap ? rows.length - first.length + i : i]); });
    const save = make("a", { textContent: "Download these figures (CSV)", download: `${name}.csv`, href: "#" });
    save.addEventListener("click", () => { save.href = URL.createObjectURL(new Blob(["\ufeff", csv(heads, rows)], { type: "text/csv" })); });
    const tools = make("div", { className: "tools" }, save);
    if (rows.length > body.rows.length) {
      const id = `table-search-${++count}`;
      const found = make("span", { role: "status" }), search = make("input", { type: "search", id, autocomplete: "off" });
      search.addEventListener("input", () => {
        const wanted = plain(search.value.trim());
        if (!wanted) { body.replaceChildren(...first); found.textContent = ""; return; }
        const hits = rows.filter((row) => row.some((v, i) => plain(shown(v, formats[i])).includes(wanted)));
        body.replaceChildren(...hits.slice(0, MOST).map((row) => linked(lineOf(row, formats), heads, row)));
        found.textContent = hits.length > MOST ? `${hits.length} rows found, ${MOST} shown` : hits.length === 1 ? "1 row found" : `${hits.length} rows found`;
      });
      tools.prepend(make("label", { htmlFor: id, textContent: `Search all ${rows.length.toLocaleString("en-US")} rows` }), search, found);
    }
    figure.querySelector(".scroll").before(tools);
  }

  // ---- the rows behind a chart or a map
  const usual = (name, values) => (values.every((v) => v === null || typeof v === "number") && !/year|date|census/.test(name)
    ? (values.every((v) => v === null || Number.isInteger(v)) ? ",.0f" : null) : null);
  function tableOf(records, name) {
    const heads = [...new Set(records.flatMap((record) => Object.keys(record)))];
    const rows = records.map((record) => heads.map((head) => record[head] ?? null));
    return { name, heads, rows, formats: heads.map((head, i) => usual(head, rows.map((row) => row[i]))) };
  }
  function built(table) {
    const { heads, rows, formats } = table, lines = rows.map((row) => lineOf(row, formats));
    if (rows.length > LONG) {
      const words = `… ${(rows.length - 2 * SHORT).toLocaleString("en-US")} more rows …`;
      lines.splice(SHORT, rows.length - 2 * SHORT, make("tr", { className: "gap" }, make("td", { colSpan: heads.length, textContent: words })));
    }
    const head = make("tr", {}, ...heads.map((words) => make("th", { scope: "col", textContent: words })));
    const scroll = make("div", { className: "scroll", tabIndex: 0, role: "region", aria: { label: `Data behind this figure: ${table.name}` } },
      make("table", {}, make("thead", {}, head), make("tbody", {}, ...lines)));
    const figure = make("figure", { className: "book-table" }, scroll);
    enliven(figure, table);
    return figure;
  }
  const FLAT = ["string", "number", "boolean"];
  const flat = (row) => (row.type === "Feature" ? row.properties : Object.fromEntries(Object.entries(row).filter(([, v]) => v === null || FLAT.includes(typeof v))));
  function behindChart(figure) {                         // the datasets of its own specification
    const spec = JSON.parse(figure.querySelector("script").textContent), found = [];
    const walk = (part) => {
      if (!part || typeof part !== "object") return;
      const values = part.data?.values;
      if (Array.isArray(values)) found.push(values);
      Object.entries(part).forEach(([key, value]) => { if (key !== "datasets" && key !== "data") walk(value); });
    };
    walk(spec);
    return [...Object.values(spec.datasets ?? {}), ...found].filter((rows) => rows.length).map((rows) => rows.map(flat));
  }
  function behindMap(figure) {                           // the places of its layers, and the rows that came with it
    const given = figure.querySelector("script.rows"), colours = new Map();
    for (const key of figure.querySelectorAll(".legend li")) colours.set(key.querySelector("span").dataset.colour, key.textContent);
    const text = (words) => new DOMParser().parseFromString(words, "text/html").body.textContent;
    const page = figure.querySelector("iframe").getAttribute("srcdoc");
    const layers = [...page.matchAll(/\/\*places\*\/(\[.*?\])\/\*end\*\//gs)].flatMap(([, rows]) => JSON.parse(rows));
    const places = layers.map(([lat, lon, , colour, words]) => ({ place: text(words), ...(colours.has(colour) ? { colour: colours.get(colour) } : {}), lat, lon }));
    return [places, ...(given ? [JSON.parse(given.textContent)] : [])].filter((rows) => rows.length);
  }
  function behind(figure, rowsOf) {
    const title = figure.querySelector("figcaption")?.firstChild?.textContent ?? "figure";
    const name = plain(title).replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "").slice(0, 50);
    const fold = make("details", { className: "behind" }, make("summary", { textContent: "Data behind this figure" }));
    fold.addEventListener("toggle", () => {              // made when it is asked for, once
      if (!fold.open || fold.dataset.made) return;
      fold.dataset.made = "yes";
      const all = rowsOf(figure);
      fold.append(...all.map((rows, i) => built(tableOf(rows, all.length > 1 ? `${name}-${i + 1}` : name))));
    });
    const credit = figure.querySelector(".credit");
    if (credit) credit.before(fold); else figure.append(fold);
  }

  each("figure.book-table", (figure) => enliven(figure, JSON.parse(figure.querySelector("script").textContent)));
  each("figure.book-chart", (figure) => behind(figure, behindChart));
  each("figure.book-map:has(iframe)", (figure) => behind(figure, behindMap));
})();
