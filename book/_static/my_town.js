// The page of one town, or of two side by side. The figures come as `bookTowns`, computed in Python (widgets/my_town.py); what is
// here chooses the rows and puts them into sentences. The address holds the town: #town=49501, #town=49501&with=21205; a table
// of a chapter says #town=Cholet&in=49.
(() => {
  const MINUS = "\u2212";
  let make, tables, plan;

  // ================================================================ numbers and words
  const number = (value, digits = 0) => value.toLocaleString("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits }).replace("-", MINUS);
  const signed = (value, digits = 1) => (value > 0 ? "+" : "") + number(value || 0, digits);     // no minus before zero
  const range = (low, high, write) => `${write(low)} to ${write(high)}`;
  const several = (count, one, many = `${one}s`) => `${number(count)} ${count === 1 ? one : many}`;
  const p = (...inside) => make("p", {}, ...inside);
  const strong = (text) => make("strong", { textContent: text });

  // ================================================================ rows
  const full = new Map();                              // columns that are stored as what others leave of them (STEPS in my_town.py)
  const column = (table, name) => (table === "towns" && full.get(name)) || tables.column(table, name).values;
  const at = (table, name, row) => column(table, name)[row];
  function complete(steps) {
    for (const [name, of] of steps) {
      const parts = Object.entries(of).map(([other, times]) => [column("towns", other), times]);
      const sum = (row) => parts.reduce((all, [values, times]) => all + times * values[row], 0);
      full.set(name, tables.column("towns", name).values.map((rest, row) => (rest === null ? null : Math.round((rest + sum(row)) * 100) / 100)));
    }
  }
  const town = (row) => new Proxy({}, { get: (_, name) => at("towns", name, row) });
  function linkTo(row) {
    return make("a", { href: `#${new URLSearchParams({ town: at("towns", "code", row) })}`, textContent: at("towns", "name", row) });
  }
  function grid(caption, heads, rows) {
    const cell = (value, i) => (i ? make("td", { textContent: value }) : make("th", { scope: "row", textContent: value }));
    const head = make("tr", {}, ...heads.map((words) => make("th", { scope: "col", textContent: words })));
    return make("div", { className: "scroll", tabIndex: 0, role: "region", aria: { label: caption } },
      make("table", {}, make("caption", { textContent: caption }), make("thead", {}, head),
        make("tbody", {}, ...rows.map((row) => make("tr", {}, ...row.map(cell))))));
  }

  // ================================================================ the parts of a sheet: each gives what stands under its heading
  const PARTS = {
    called(t) {
      const yes = [t.shape, t.density, t.flow].filter(Boolean).length, place = { pole: "in the pole", ring: "in the ring" }[t.place];
      const flow = t.area === "outside" ? "outside all attraction areas"
        : `${t.aav_category === "centre" ? "the centre" : place} of an area ${t.aav_class.startsWith("under") ? "" : "of "}${t.aav_class}`;
      const word = (is) => (is ? "a town" : "not a town");
      return [p(`${["None", "One", "Two", "All three"][yes]} of the three official definitions of the first chapter ${yes > 1 ? "call" : "calls"} it a small or medium-sized town.`),
        grid("Three definitions", ["by its", "it is", "so it is called"], [
          ["shape", `a built-up area of ${t.size_class === "Paris" ? "Paris" : `${t.size_class} inhabitants`}`, `${word(t.shape)} (under 100,000)`],
          ["density", `of the class “${t.degurba}”`, `${word(t.density)} (dense or semi-dense)`],
          ["flow", flow, `${word(t.flow)} (centre of an area under 200,000)`]])];
    },
    people(t) {
      return [p(strong(number(t.population_2023)), ` inhabitants in 2023, ${signed(t.change)} % since 2019.`)];
    },
    path(t) {
      const known = plan.years.filter((year) => t[`index ${year}`] !== null), index = t["index 2011"];
      const rows = plan.years.map((year) => (known.includes(year)
        ? [String(year), number(t[`index ${year}`], 2), range(t[`low ${year}`], t[`high ${year}`], (v) => number(v, 2)), plan.states[t[`state ${year}`]]]
        : [String(year), "no figures", "–", "–"]));
      return [p("In 2011 workers were ", strong(`${number(index, 2)} times`), ` as frequent among its residents at work as in France (${
        range(t["low 2011"], t["high 2011"], (v) => number(v, 2))}): the state “${plan.states[t["state 2011"]]}”.`),
      grid("Index of workers, France = 1", ["census", "index", "95 % interval", "state"], rows)];
    },
    type(t) {
      if (!t.type) return [p(without(t))];
      const row = t.type - 1, firm = t.kept === plan.choices && t.redrawn >= 0.9 * plan.draws;
      const said = [p("Type ", strong(`“${at("types", "name", row)}”`), `, as ${number(at("types", "towns", row) - 1)} other towns. The mean index of the type goes from ${
        number(at("types", "first", row), 2)} in 1982 to ${number(at("types", "last", row), 2)} in 2011. `,
      t.alike > 1 ? `${several(t.alike - 1, "other town follows", "other towns follow")} the very same sequence of states.` : "No other town follows its sequence of states."),
      p(`How stable? It keeps this type in `, strong(`${t.kept} of ${plan.choices}`), " other ways of making six types, and in ",
        strong(`${t.redrawn} of ${plan.draws}`), ` samples drawn again. ${firm ? "The type hardly depends on our choices." : "Take it as one reading among others."}`)];
      if (t.new) said.push(p("The second chapter counts it among the newly specialised towns: under 1 in 1982, 1.25 or more in 2011. As a group they are more than noise; one by one hardly any is beyond doubt."));
      return said;
    },
    alike(t, row) {
      if (!t.type) return [p(`No nearest trajectories. ${without(t)}`)];
      const like = [], typed = column("towns", "type");
      column("towns", "order").forEach((place, i) => { if (place >= 0) like[place] = i; });
      const first = typed.slice(0, row).filter(Boolean).length * 10;       // ten rows for each town with a type
      const list = Array.from({ length: 10 }, (_, i) => [like[t.order + at("alike", "step", first + i)], at("alike", "distance", first + i)]);
      const same = list.filter(([, distance]) => distance === 0).length;
      const lead = same === 10 ? "All ten follow the same sequence of states; what differs is the level."
        : same ? `The first ${same === 1 ? "one follows" : `${same} follow`} the same sequence of states.` : "None follows the very same sequence of states.";
      return [p(lead),
        make("ol", {}, ...list.map(([other, distance]) => make("li", {}, linkTo(other), distance ? ` (${number(distance, 2)})` : "")))];
    },
    near(t, row) {
      const [a, b, km] = ["a", "b", "km"].map((name) => tables.column("pairs", name).values), found = [];
      a.forEach((one, i) => { if (one === row) found.push([b[i], km[i]]); else if (b[i] === row) found.push([one, km[i]]); });
      if (!found.length) return [p("No other urban unit within 20 km.")];
      found.sort((one, other) => one[1] - other[1] || one[0] - other[0]);
      const items = found.flatMap(([other, far], i) => [i ? ", " : "", linkTo(other), ` ${far || "under 1"} km (${number(at("towns", "index 2011", other), 2)})`]);
      return [p(`${several(found.length, "other urban unit")}, of which ${t["specialised near"] || "none"} specialised. In brackets: index in 2011.`), make("p", { className: "names" }, ...items)];
    },
    change(t, row) {
      const size = { small: "small (under 50,000)", medium: "medium (50,000–199,999)", large: "large (200,000 and over)" }[t.area];
      const where = t.area === "outside" ? ["Outside all attraction areas."]
        : t.centre === row ? [`The centre of its attraction area, which is ${size}.`]
          : [`In the ${t.place} of ${t.centre < 0 ? "an attraction area whose centre is no urban unit of these tables" : "the attraction area around "}`,
            ...(t.centre < 0 ? [] : [linkTo(t.centre)]), `, which is ${size}.`];
      const rows = plan.spans.map((span) => {
        const of = (part) => t[`${part} ${span}`];
        return of("change") === null ? [span, "no figures", "–", "–", "–"]
          : [span, ...["change", "national", "structural"].map((part) => signed(of(part))), `${signed(of("local"))} (${range(of("low"), of("high"), signed)})`];
      });
      const [local, low, high] = ["local", "low", "high"].map((name) => t[`workers ${name} 1982–2011`]);
      const read = `${["clearly worse", "not clearly other", "clearly better"][t["workers reading"] + 1]} than the workers of France`;
      const alone = local === null ? "Workers alone: no figure in 1982." : `Workers alone, 1982–2011: a local effect of ${signed(local)} % a year (${range(low, high, signed)}), ${read}.`;
      return [p(...where), grid("Shift-share of everybody in work, % a year", ["period", "change", "national", "structural", "local (95 % interval)"], rows), p(alone)];
    },
    zone(t) {
      const z = (name) => at("zones", name, t.zone), two = (value) => number(value, 2);
      const lead = t["zone centre"] ? ["Its main commune is the centre of the employment zone ", strong(z("name")), "."]
        : ["The employment zone whose centre is nearest is ", strong(z("name")), `, ${number(t["zone km"])} km away. Our tables do not say in which zone a town lies: near a border it may be another one.`];
      const side = { above: "more than chance gives a zone of its people", inside: "what chance can give a zone of its people", below: "fewer than chance gives a zone of its people" };
      return [p(...lead), p(`That zone has ${several(z("places"), "third place")} (${z("coworking")} with coworking), where its ${number(z("people"))} people let ${
        number(z("expected"), 1)} be expected: `, strong(two(z("quotient"))), ` times its share (${range(z("low"), z("high"), two)}), ${side[z("side")]}. Smoothed: ${
        two(z("smoothed"))} (${range(z("smoothed low"), z("smoothed high"), two)}).`)];
    },
  };
  function without(t) {
    return t.shape ? "It has no figures in 1982, so no path from 1982 to 2011: the second chapter leaves it out."
      : "It has 100,000 inhabitants or more in INSEE’s classes: the second chapter makes types of the towns below, so it has none.";
  }

  // ================================================================ the chart
  function lineRows(row, which, above) {               // the name of the upper town stands over its highest point, that of the lower under its lowest
    const t = town(row), known = plan.years.filter((year) => t[`index ${year}`] !== null), inner = known.slice(1, -1);
    const best = inner.reduce((a, b) => (above === (t[`index ${b}`] > t[`index ${a}`]) ? b : a));
    return known.map((year) => ({ which, above, town: t.name, year, index: t[`index ${year}`], low: t[`low ${year}`], high: t[`high ${year}`], label: year === best ? t.name : "" }));
  }
  function bandRows(size) {
    const columns = ["class", "year", "low", "high", "middle", "units"].map((name) => tables.column("bands", name).values);
    return columns[0].flatMap((one, i) => (one !== size ? [] : [Object.fromEntries(["year", "low", "high", "middle", "units"].map((name, j) => [name, columns[j + 1][i]]))]));
  }
  const drawing = { view: null };
  async function drawChart(figure, rows) {
    const size = at("towns", "size_class", rows[0]), band = bandRows(size), last = (row) => at("towns", "index 2011", row);
    const lines = rows.flatMap((row, i) => lineRows(row, i ? "second" : "first", rows.length < 2 || last(row) > last(rows[1 - i]) || (!i && last(row) === last(rows[1]))));
    const units = band[0].units, names = rows.map((row) => at("towns", "name", row)), label = units > 1 ? `middle half of ${number(units)} units` : "";
    figure.querySelector("figcaption").textContent = `${names.join(" and ")}: index of workers, and ${
      units > 1 ? `the middle half of the urban units of ${size} inhabitants${rows.length > 1 ? ` (${names[0]}’s class)` : ""}, grey` : "no other unit of its class"}`;
    const box = figure.querySelector(".drawing");
    box.setAttribute("aria-label", names.map((name, i) => `${name}: ${lines.filter((one) => one.which === (i ? "second" : "first")).map((one) => `${one.index} in ${one.year}`).join(", ")}`)
      .concat(`middle half of its class: ${band.map((one) => `${one.low} to ${one.high} in ${one.year}`).join(", ")}`).join("; "));
    const data = { band: band.map((one) => ({ ...one, words: one.year === 1999 ? label : "" })), lines };
    if (drawing.view) return drawing.view.data("band", data.band).data("lines", data.lines).resize().runAsync();
    const inner = make("div", { aria: { hidden: "true" } }), drawn = { renderer: "svg", actions: false, mode: "vega-lite", logLevel: 1 };     // errors only
    box.replaceChildren(inner);
    drawing.view = (await globalThis.bookVega.embed(inner, { ...plan.chart, datasets: data }, drawn)).view;
    let width = box.clientWidth;
    new ResizeObserver(() => {                         // Vega asks once: tell it when the page has another width
      if (!box.clientWidth || box.clientWidth === width) return;
      width = box.clientWidth;
      requestAnimationFrame(() => drawing.view.width(width).runAsync());
    }).observe(box);
  }

  // ================================================================ the sheet
  function head(rows, chosen) {
    const names = rows.map((row) => at("towns", "name", row));
    const lines = rows.map((row) => { const t = town(row); return `${t.name}, département ${t.department}, urban unit ${t.code}.`; });
    const apart = rows.length < 2 ? "" : compared(...rows.map(town));
    const first = chosen ? "" : `Until you choose one, this is the sheet of ${names[0]}, which the introduction names.`;
    return [make("h2", { textContent: names.join(" and "), tabIndex: -1 }), p([...lines, apart, first].filter(Boolean).join(" "))];
  }
  function compared(one, other) {
    const apart = one["low 2011"] > other["high 2011"] || other["low 2011"] > one["high 2011"];
    return `Their indexes in 2011, ${number(one["index 2011"], 2)} and ${number(other["index 2011"], 2)}, ${
      apart ? "differ beyond their intervals." : "have intervals that overlap: the difference may be noise."}`;
  }
  function part(key, rows, figure) {
    const about = plan.sections[key], blocks = rows.map((row) => make("div", {},
      ...(rows.length > 1 ? [make("h3", { textContent: at("towns", "name", row) })] : []), ...PARTS[key](town(row), row)));
    const section = make("section", { className: `part part-${key}` }, make("h2", { textContent: about.title }),
      ...(key === "path" ? [figure] : []), make("div", { className: "pair" }, ...blocks));
    section.insertAdjacentHTML("beforeend", about.source);     // written by our own Python when the book is built
    return section;
  }

  // ================================================================ the address: a town is one of ours, or it is unknown
  function found(text) {
    const codes = tables.column("towns", "code").values, names = tables.column("towns", "name").values, { plain } = globalThis.bookExplorer.parts;
    const exact = codes.indexOf(text);
    if (exact >= 0) return exact;
    const hits = called(text, plain, names);
    return hits.length === 1 ? hits[0] : -1;
  }
  const called = (text, plain, names) => {             // units of that name; four names stand for two units each, told apart by département
    const wanted = plain(text), bare = (name) => name.replace(/ \(..\)$/, "");
    const exact = names.flatMap((name, i) => (wanted && plain(name) === wanted ? [i] : []));
    return exact.length ? exact : names.flatMap((name, i) => (wanted && plain(bare(name)) === wanted ? [i] : []));
  };
  function unsure(text) {                              // words for a town that is not here, or not the only one
    const hits = called(text, globalThis.bookExplorer.parts.plain, column("towns", "name"));
    if (hits.length > 1) return ["More than one town has that name: ", ...hits.flatMap((row, i) => [i ? ", " : "", linkTo(row)]), "."];
    return [`The address names a town that is not among these ${number(tables.length("towns"))} urban units of metropolitan France. Type its name above; a small place may belong to the unit of its neighbour, or to none.`];
  }
  function asked() {
    const wanted = new URLSearchParams(location.hash.slice(1)), one = wanted.get("town"), other = wanted.get("with");
    const place = wanted.get("in"), exact = one === null ? found(plan.first) : found(one);       // a name that two units share needs its département
    const rows = [exact < 0 && place ? found(`${one} (${place})`) : exact, other === null ? null : found(other)];
    return { rows, chosen: one !== null, unknown: [[one, rows[0]], [other, rows[1]]].find(([text, row]) => text !== null && row < 0)?.[0] ?? null };
  }
  function go(one, other) {
    const next = `#${new URLSearchParams({ town: one, ...(other ? { with: other } : {}) })}`;
    if (location.hash === next) show(); else location.hash = next;
  }

  // ================================================================ the page
  const page = {};
  function show() {
    const { rows, unknown, chosen } = asked(), code = (row) => (row === null || row < 0 ? "" : at("towns", "code", row)), name = (row) => (code(row) ? at("towns", "name", row) : "");
    const shown = rows.filter((row) => row !== null && row >= 0).filter((row, i, all) => all.indexOf(row) === i);
    page.first.show(...(chosen ? [code(rows[0]), name(rows[0])] : ["", ""]));
    page.second.show(code(rows[1]), name(rows[1]));
    page.note.replaceChildren(...(unknown === null ? [] : unsure(unknown)));
    page.print.hidden = !shown.length;
    page.sheet.replaceChildren();
    if (!shown.length) { page.voice.textContent = page.note.textContent; delete page.root.dataset.town; return; }
    page.sheet.append(...head(shown, chosen), ...Object.keys(PARTS).map((key) => part(key, shown, page.figure)));
    page.sheet.classList.toggle("two", shown.length > 1);
    const t = town(shown[0]);
    page.voice.textContent = [page.note.textContent, `Sheet of ${shown.map(name).join(" and ")}. ${t.name}: ${number(t.population_2023)} inhabitants, index ${number(t["index 2011"], 2)} in 2011${
      t.type ? `, type ${at("types", "name", t.type - 1)}` : ""}.`].filter(Boolean).join(" ");
    drawChart(page.figure, shown).then(() => { page.root.dataset.town = shown.map(code).join(" "); }).catch((problem) => {
      console.error(problem);
      page.figure.querySelector(".drawing").textContent = "The chart could not be drawn; its figures stand in the table below.";
    });
  }
  function build(root) {
    const { dress, finder, offers } = globalThis.bookExplorer.parts;
    dress();                                           // the search control looks as it does in the explorers
    const offer = (text) => offers(tables.column("towns", "name").values, tables.column("towns", "code").values, text);
    const second = () => { const row = asked().rows[1]; return row === null || row < 0 ? "" : at("towns", "code", row); };
    const first = () => { const row = asked().rows[0]; return row < 0 ? plan.first : at("towns", "code", row); };
    page.first = finder({ label: "Type the name of a town" }, "town-first", (code) => go(code || plan.first, second()), offer);
    page.second = finder({ label: "Compare it with another (optional)" }, "town-second", (code) => go(first(), code), offer);
    page.print = make("button", { type: "button", textContent: "Print this sheet" });
    page.print.addEventListener("click", () => print());
    page.note = make("p", { className: "note" });
    page.voice = make("p", { className: "quiet", role: "status" });
    page.sheet = make("div", { className: "sheet" });
    page.figure = make("figure", { className: "book-chart town-line" }, make("figcaption"), make("div", { className: "drawing", role: "img" }));
    page.figure.dataset.drawn = "yes";                 // charts.js has no part in it
    const panel = make("div", { className: "panel" }, page.first.element, page.second.element, make("div", { className: "control print" }, page.print));
    const choose = make("div", { className: "explorer choose" }, panel, page.note, page.voice);
    page.root = root;
    root.replaceChildren(choose, page.sheet);
  }
  async function start(root) {
    const { make: maker, Store, Tables } = globalThis.bookExplorer.parts, stored = globalThis.bookTowns;
    [make, plan] = [maker, stored.plan];
    tables = new Tables((await Store.open(stored.tables)).fixed, {}, 0);
    complete(plan.steps);
    build(root);
    window.addEventListener("hashchange", () => {
      if (location.hash && !asked().chosen) return;    // a heading of this page: the sheet stays
      const from = document.activeElement;             // a link of the sheet leads to the top of another sheet; a search stays where it is
      show();
      if (location.hash && !from?.closest?.(".choose")) page.sheet.querySelector("h2")?.focus();
    });
    show();
  }
  const all = () => document.querySelectorAll(".book-my-town").forEach((root) => {
    const kept = root.innerHTML;
    Promise.resolve().then(() => start(root)).catch((problem) => { console.error(problem); root.innerHTML = kept; });
  });
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", all); else all();
})();
