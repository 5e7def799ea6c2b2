// A table twin shows its first and last rows; here the reader searches all of them and keeps them as a file.
(() => {
  const make = (tag, props = {}, ...inside) => { const e = Object.assign(document.createElement(tag), props); e.append(...inside); return e; };
  const plain = (text) => text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "");
  const MOST = 50;
  let count = 0;

  // the same formats as Python's: ",.0f", ".2f", ".1%"
  function shown(value, format) {
    if (value === null) return "–";
    const parts = format && /^(,?)\.(\d)([f%])$/.exec(format);
    if (!parts || typeof value !== "number") return String(value);
    const digits = Number(parts[2]), many = { minimumFractionDigits: digits, maximumFractionDigits: digits, useGrouping: parts[1] === "," };
    return (parts[3] === "%" ? value * 100 : value).toLocaleString("en-US", many) + (parts[3] === "%" ? "%" : "");
  }
  function csv(heads, rows) {
    const cell = (v) => (/[",\n]/.test(v) ? `"${v.replaceAll('"', '""')}"` : v);
    return [heads, ...rows].map((row) => row.map((v) => cell(v === null ? "" : String(v))).join(",")).join("\r\n") + "\r\n";
  }

  function enliven(figure) {
    const { heads, formats, rows, name } = JSON.parse(figure.querySelector("script").textContent);
    const body = figure.querySelector("tbody"), first = body.innerHTML;
    const save = make("a", { textContent: "Download these figures (CSV)", download: `${name}.csv`, href: "#" });
    save.addEventListener("click", () => { save.href = URL.createObjectURL(new Blob(["\ufeff", csv(heads, rows)], { type: "text/csv" })); });
    const tools = make("div", { className: "tools" }, save);
    if (rows.length > body.rows.length) {
      const id = `table-search-${++count}`;
      const found = make("span", { role: "status" }), search = make("input", { type: "search", id, autocomplete: "off" });
      search.addEventListener("input", () => {
        const wanted = plain(search.value.trim());
        if (!wanted) { body.innerHTML = first; found.textContent = ""; return; }
        const hits = rows.map((row) => row.map((v, i) => shown(v, formats[i]))).filter((row) => row.some((v) => plain(v).includes(wanted)));
        body.replaceChildren(...hits.slice(0, MOST).map((row) => make("tr", {}, ...row.map((v, i) => i
          ? make("td", { textContent: v }) : make("th", { scope: "row", textContent: v })))));
        found.textContent = hits.length > MOST ? `${hits.length} rows found, ${MOST} shown` : hits.length === 1 ? "1 row found" : `${hits.length} rows found`;
      });
      tools.prepend(make("label", { htmlFor: id, textContent: `Search all ${rows.length.toLocaleString("en-US")} rows` }), search, found);
    }
    figure.querySelector(".scroll").before(tools);
  }
  const all = () => document.querySelectorAll("figure.book-table").forEach(enliven);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", all); else all();
})();
