// The front end of every explorer: the same file in a page that has no Python, in JupyterLab, and beside Python in the page.
// One plain ES module without imports. For a page it is also written as a classic script (book/_ext/explorers.py), because
// a browser refuses modules from file://.

// ================================================================ small helpers

const make = (tag, props = {}, ...inside) => {
  const { aria = {}, ...own } = props, e = Object.assign(document.createElement(tag), own);
  for (const [name, value] of Object.entries(aria)) e.setAttribute(`aria-${name}`, value);
  e.append(...inside);
  return e;
};
const same = (a, b) => a === b || JSON.stringify(a) === JSON.stringify(b);
const later = (wait, act) => {                       // the last call counts, once it has been quiet for a while
  let clock;
  const call = (...given) => { clearTimeout(clock); clock = setTimeout(() => act(...given), wait); };
  call.cancel = () => clearTimeout(clock);
  return call;
};
const LONG = 25, SHORT = 10;                         // a longer table shows this many rows from each end, as `show.table` does

// the same formats as Python's: ",.0f", ".2f", ".1%"
function shown(value, format) {
  if (value === null || value === undefined) return "–";
  const parts = /^(,?)\.(\d)([f%])$/.exec(format ?? "");
  if (!parts || typeof value !== "number") return String(value);
  const digits = Number(parts[2]), times = parts[3] === "%" ? 100 : 1;
  const many = { minimumFractionDigits: digits, maximumFractionDigits: digits, useGrouping: parts[1] === "," };
  const text = (value * times).toLocaleString("en-US", many);
  return text + (times === 100 ? "%" : "");
}
// "St-Étienne" and "saint etienne" are one name to a reader who searches
const plain = (text) => text.toLowerCase().replaceAll("œ", "oe").replaceAll("æ", "ae").normalize("NFD").replace(/\p{M}/gu, "")
  .replace(/[^a-z0-9]+/g, " ").trim().replace(/\bst(e?) /g, "saint$1 ");

// ================================================================ Vega

// One rule: a page has put it in `bookVega`; elsewhere the kernel sends it, once per page. No address is ever asked.
function vega(model, page) {
  if (globalThis.bookVega) return Promise.resolve(globalThis.bookVega);
  if (page) return Promise.reject(new Error("This page should carry the script that draws, and it is missing"));
  const fail = (refuse, words) => { globalThis.bookVegaAsked = undefined; refuse(new Error(words)); };
  return (globalThis.bookVegaAsked ??= new Promise((done, refuse) => {
    const slow = setTimeout(() => fail(refuse, "Python has not sent the script that draws: run this cell again"), 30000);
    model.on("msg:custom", (content, buffers) => {
      if (content.kind !== "vega") return;
      clearTimeout(slow);
      if (!buffers?.length) return fail(refuse, "Drawing here needs one more package: pip install vl-convert-python");
      const tag = make("script", { src: URL.createObjectURL(new Blob([buffers[0]], { type: "text/javascript" })) });
      tag.onload = () => done(globalThis.bookVega);
      tag.onerror = () => fail(refuse, "The script that draws could not be started here");
      document.head.append(tag);
    });
    model.send("vega");
  }));
}

// ================================================================ stored tables (the layout is told in store.py)

const KINDS = { u1: Uint8Array, i1: Int8Array, u2: Uint16Array, i2: Int16Array, i4: Int32Array, f8: Float64Array };

// One column of one table, in every state.
class Family {
  constructor(about, body, name) { Object.assign(this, { about, body, name }); }

  numbers() {                                        // bytes of like weight stand together in the store
    if (this.all) return this.all;
    const { t, o, z } = this.about, size = KINDS[t].BYTES_PER_ELEMENT, count = z / size, raw = new Uint8Array(z);
    for (let b = 0; b < size; b++) for (let i = 0; i < count; i++) raw[i * size + b] = this.body[o + b * count + i];
    this.all = new KINDS[t](raw.buffer);
    const lengths = Array.isArray(this.about.n) ? this.about.n : null, n = this.about.n;
    let end = 0;
    this.starts = lengths ? [0, ...lengths.map((length) => (end += length))] : { at: (i) => i * n };
    let which = 0;
    this.which = this.about.s?.map((step) => (which += step));
    return this.all;
  }
  runOf(state) { this.numbers(); return this.which ? this.which[state] : 0; }
  run(at) { const all = this.numbers(); return all.subarray(this.starts.at(at), this.starts.at(at + 1)); }
  read(number) {
    const { w, d, b, m } = this.about;
    if (number === m || Number.isNaN(number)) return null;
    return w ? w[number] : b ? Boolean(number) : d ? number / 10 ** d : number;
  }
}

let opened = 0;
class Store {
  static async open(packed) {                        // base64 in a page's script, bytes from a kernel
    const bytes = typeof packed === "string" ? Uint8Array.from(atob(packed), (c) => c.charCodeAt(0))
      : new Uint8Array(packed.buffer ?? packed, packed.byteOffset ?? 0, packed.byteLength);
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    const whole = await new Response(stream).arrayBuffer(), cut = 4 + new DataView(whole).getUint32(0, true);
    return new Store(JSON.parse(new TextDecoder().decode(new Uint8Array(whole, 4, cut - 4))), new Uint8Array(whole, cut));
  }
  constructor(head, body) {
    const mine = ++opened;
    const families = (part) => Object.fromEntries(Object.entries(part).map(([table, columns]) => [table,
      new Map(columns.map(([name, about]) => [name, new Family(about, body, `${mine}.${table}.${name}`)]))]));
    this.says = head.says; this.fixed = families(head.fixed); this.states = families(head.states);
  }
}

// The tables of one state: what is fixed beside what changes.
class Tables {
  constructor(fixed, states, state) { Object.assign(this, { fixed, states, state, made: new Map() }); }

  names(table) { return [...new Set([this.fixed, this.states].flatMap((half) => [...(half[table]?.keys() ?? [])]))]; }

  // a column's values, and a mark that two columns share when they are one and the same in the store
  column(table, name) {
    const key = `${table}\n${name}`;
    if (!this.made.has(key)) {
      const { family, numbers, mark } = this.#numbers(table, name);
      const values = new Array(numbers.length);
      for (let i = 0; i < values.length; i++) values[i] = family.read(numbers[i]);
      this.made.set(key, { mark, values });
    }
    return this.made.get(key);
  }
  #numbers(table, name) {
    const changing = this.states[table]?.get(name), family = changing ?? this.fixed[table].get(name);
    const at = family.runOf(changing ? this.state : 0), run = family.run(at), mark = `${family.name}:${at}`;
    if (!family.about.by) return { family, numbers: run, mark };
    const key = this.#numbers(table, family.about.by);               // decided by another column: look it up
    const numbers = new run.constructor(key.numbers.length);
    for (let i = 0; i < numbers.length; i++) numbers[i] = run[key.numbers[i]];
    return { family, numbers, mark: `${mark}/${key.mark}` };
  }
  length(table) { return this.column(table, this.names(table)[0]).values.length; }
  rows(table, names = this.names(table)) {
    const columns = names.map((name) => [name, this.column(table, name).values]);
    return Array.from({ length: this.length(table) }, (_, i) => Object.fromEntries(columns.map(([name, values]) => [name, values[i]])));
  }
  holding(column, first) {                           // the table that has a column, the table twin before others
    return [first, ...Object.keys(this.states), ...Object.keys(this.fixed)].find((table) => table && this.names(table).includes(column));
  }
}

// ================================================================ controls: native inputs with their labels

const word = (c, value) => c.words?.[c.values.findIndex((v) => same(v, value))] ?? shown(value, c.format) + (c.unit ?? "");

// Each builder gives the element and `show(value)`, which puts a value into it. `c.live` says that Python answers.
const BUILD = {
  choice(c, id, put) {
    const offered = c.live ? c.values : c.stored;
    const input = make("select", { id }, ...offered.map((v, i) => make("option", { value: i, textContent: word(c, v) })));
    input.addEventListener("input", () => put(offered[input.selectedIndex]));
    return { element: named(c, id, input), show: (v) => { input.selectedIndex = offered.findIndex((o) => same(o, v)); } };
  },
  ordered(c, id, put) { return slider(c, id, put, c.live ? c.values : c.stored); },
  // with Python any step of the range can be asked; without, the slider stops only where the page holds a state
  number(c, id, put) { return c.live ? range(c, id, put) : slider(c, id, put, c.stored); },
  timeline(c, id, put) {
    const values = c.live ? c.values : c.stored, base = slider(c, id, (v) => { stop(); put(v); }, values);
    const button = make("button", { type: "button" });
    let clock = 0, now = values[0];
    const dress = () => {
      button.textContent = clock ? "❚❚ Pause" : "▶ Play";
      button.setAttribute("aria-label", `${clock ? "Pause" : "Play"}: ${c.label}`);
    };
    const stop = () => { clearInterval(clock); clock = 0; dress(); };
    const step = () => {
      const i = values.findIndex((v) => same(v, now));
      if (i + 1 < values.length) put(values[i + 1]); else stop();
    };
    button.addEventListener("click", () => {
      if (clock) return stop();
      if (same(now, values.at(-1))) put(values[0]);
      clock = setInterval(step, c.pace * 1000);
      dress();
    });
    dress();
    base.element.append(button);
    return { element: base.element, show: (v) => { now = v; base.show(v); }, stop, playing: () => clock !== 0 };
  },
  toggle(c, id, put) {
    const input = make("input", { type: "checkbox", id });
    input.addEventListener("input", () => put(input.checked));
    const line = make("div", { className: "tick" }, input, make("label", { htmlFor: id, textContent: c.label }));
    return { element: helped(c, id, make("div", { className: "control" }, line), input), show: (v) => { input.checked = v; } };
  },
  several(c, id, put) {
    const boxes = c.values.map((v, i) => make("input", { type: "checkbox", id: `${id}-${i}` }));
    const note = make("small", { role: "status" });
    const ticks = boxes.map((input, i) => make("div", { className: "tick" }, input,
      make("label", { htmlFor: input.id, textContent: c.words[i] })));
    const box = make("fieldset", { className: "control boxes", id }, make("legend", { textContent: c.label }), ...ticks, note);
    box.addEventListener("input", (event) => {
      const few = boxes.filter((input) => input.checked).length < c.least;
      if (few) event.target.checked = true;
      note.textContent = few ? `At least ${c.least} must stay ticked.` : "";
      if (!few) put(c.values.filter((_, i) => boxes[i].checked));
    });
    const show = (v) => boxes.forEach((input, i) => { input.checked = v.some((o) => same(o, c.values[i])); });
    return { element: helped(c, id, box, box), show };
  },
};
function helped(c, id, element, input) {
  if (!c.help) return element;
  element.append(make("small", { id: `${id}-help`, textContent: c.help }));
  input.setAttribute("aria-describedby", `${id}-help`);
  return element;
}
const named = (c, id, input, echo = "") => helped(c, id, make("div", { className: "control" },
  make("div", { className: "name" }, make("label", { htmlFor: id, textContent: c.label }), echo), input), input);

function echoed(c, id, input) {                      // the value in words beside the label, and for a screen reader
  const echo = make("output", {});
  echo.htmlFor = id;
  return { element: named(c, id, input, echo), say: (text) => { echo.textContent = text; input.setAttribute("aria-valuetext", text); } };
}
function slider(c, id, put, values) {
  const input = make("input", { type: "range", id, min: 0, max: values.length - 1, step: 1 }), { element, say } = echoed(c, id, input);
  input.addEventListener("input", () => put(values[Number(input.value)]));
  return { element, show: (v) => { input.value = Math.max(0, values.findIndex((o) => same(o, v))); say(word(c, v)); } };
}
function range(c, id, put) {
  const input = make("input", { type: "range", id, min: c.low, max: c.high, step: c.step }), { element, say } = echoed(c, id, input);
  input.addEventListener("input", () => put(Number(input.value)));
  return { element, show: (v) => { input.value = v; say(word(c, v)); } };
}

// A search that offers names while one types: the pattern "combobox with a list" of the ARIA authoring practices.
function finder(c, id, put, offer) {
  const input = make("input", { type: "text", id, autocomplete: "off", spellcheck: false, role: "combobox",
    aria: { expanded: "false", controls: `${id}-list`, autocomplete: "list" } });
  const list = make("ul", { id: `${id}-list`, role: "listbox", hidden: true, aria: { label: "Names found" } });
  const note = make("small", { role: "status" }), clear = make("button", { type: "button", textContent: "Clear", hidden: true });
  let hits = [], at = -1;
  const close = () => {
    list.hidden = true;
    at = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const light = (to) => {
    at = (to + hits.length) % hits.length;
    [...list.children].forEach((item, i) => item.setAttribute("aria-selected", String(i === at)));
    list.children[at].scrollIntoView?.({ block: "nearest" });
    input.setAttribute("aria-activedescendant", list.children[at].id);
  };
  const take = (hit) => { close(); note.textContent = ""; put(hit.key); };
  const search = () => {
    hits = input.value.trim() ? offer(input.value) : [];
    note.textContent = input.value.trim() && !hits.length ? "No such name here." : "";
    if (!hits.length) return close();
    list.replaceChildren(...hits.map((hit, i) => {
      const item = make("li", { role: "option", id: `${id}-${i}`, textContent: hit.words, aria: { selected: "false" } });
      item.addEventListener("mousedown", (event) => { event.preventDefault(); take(hit); });
      return item;
    }));
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    at = -1;
  };
  input.addEventListener("input", search);
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) search();
      if (hits.length) light(event.key === "ArrowDown" ? at + 1 : at < 0 ? hits.length - 1 : at - 1);
    } else if (event.key === "Enter" && !list.hidden) { event.preventDefault(); take(hits[Math.max(at, 0)]); }
    else if (event.key === "Escape") close();
  });
  clear.addEventListener("click", () => { put(""); input.focus(); });
  const element = named(c, id, input);
  element.classList.add("finder");
  element.append(clear, list, note);
  const show = (key, name) => {
    if (document.activeElement !== input || key) input.value = name;       // not while one is typing
    clear.hidden = !key;
    if (key) note.textContent = "";
  };
  return { element, show };
}

// The names that hold what was typed: those that begin with it first, then those with a word that does.
function offers(names, keys, text) {
  const wanted = plain(text), found = [];
  names.forEach((name, i) => {
    const at = name === null || !wanted ? -1 : ` ${plain(name)}`.indexOf(wanted);
    const rank = at < 0 ? 9 : at === 1 ? 0 : ` ${plain(name)}`.includes(` ${wanted}`) ? 1 : 2;
    if (at >= 0) found.push({ key: keys[i], name, rank });
  });
  found.sort((a, b) => a.rank - b.rank || a.name.localeCompare(b.name, "fr"));
  const twice = (name) => found.filter((hit) => hit.name === name).length > 1;
  return found.slice(0, 8).map((hit) => ({ key: hit.key, words: twice(hit.name) ? `${hit.name} (${hit.key})` : hit.name }));
}

// ================================================================ the address: choices after the #, matched, never run

const MANY = 12;                                     // a longer pick, from a brush, stays out of the address

// Text from an address becomes a value only by being equal to a declared one, or a number inside the range.
function accepted(c, texts) {
  const [text] = texts, match = (list) => list.find((v) => String(v) === text);
  if (c.kind === "several") {
    const found = c.values.filter((v) => texts.includes(String(v)));
    return (c.live || c.stored.some((some) => same(some, found))) && found.length >= c.least ? found : undefined;
  }
  if (c.kind !== "number") return match(c.live && c.values ? c.values : c.stored);
  const number = /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : NaN;
  if (!(number >= c.low && number <= c.high)) return undefined;
  return c.live ? number : c.stored.find((v) => v === number);
}
const partsOf = (hash) => hash.slice(1).split(";").filter((part) => part.includes(":"));

// ================================================================ pictures and files

function save(name, type, ...parts) {
  const link = make("a", { download: name, href: URL.createObjectURL(new Blob(parts, { type })) });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}
function csv(tables, table) {
  const cell = (v) => {
    const text = v === null ? "" : String(v);
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const columns = tables.names(table).map((name) => [name, ...tables.column(table, name).values]);
  return columns[0].map((_, i) => columns.map((column) => cell(column[i])).join(",")).join("\r\n") + "\r\n";
}
function wrapped(text, most) {
  const lines = [""];
  for (const one of text.split(/\s+/))
    if (lines.at(-1).length + one.length < most) lines[lines.length - 1] += ` ${one}`; else lines.push(one);
  return lines.map((line) => line.trim());
}

// ================================================================ the look: the page's own letters and colours

const STYLE = `
.explorer * { box-sizing: border-box }
.explorer [hidden] { display: none }
.explorer { scroll-margin-top: 5rem }
html[data-theme=dark] .bd-content div.cell_output .text_html:has(.book-explorer.explorer) { background: none; color: inherit;
  padding: 0 }
.explorer { position: relative; margin: 1.2rem 0; padding: .8rem 0; border-top: 3px solid currentColor; border-bottom: 1px
  solid currentColor; line-height: 1.4; color: var(--jp-content-font-color1,inherit) }
.explorer .controls { border: 0; padding: 0; margin: 0; min-width: 0 }
.explorer .controls > legend { font-weight: 600; font-size: 1.05rem; padding: 0; margin: 0 0 .5rem; float: left; width: 100% }
.explorer .panel { clear: both; display: flex; flex-wrap: wrap; gap: .7rem 1.6rem; align-items: flex-start }
.explorer .control { position: relative; display: flex; flex-direction: column; gap: .15rem; font-size: .9rem; min-width: 0;
  max-width: 100%; margin: 0; padding: 0; border: 0 }
.explorer .name { display: flex; gap: .5rem; justify-content: space-between }
.explorer output { font-weight: 600; font-variant-numeric: tabular-nums }
.explorer .boxes { display: block }
.explorer .boxes legend { font-size: .9rem; padding: 0; margin: 0 }
.explorer .boxes .tick { display: inline-flex; margin-right: .9rem }
.explorer .tick { display: flex; gap: .35rem; align-items: center; min-height: 26px }
.explorer label { margin: 0 }
.explorer select, .explorer button, .explorer input { font: inherit; min-height: 26px; max-width: 100%; margin: 0 }
.explorer input[type=range] { width: 13rem; accent-color: #2f7fb8 }
.explorer input[type=checkbox] { width: 18px; height: 18px; min-height: 0; accent-color: #2f7fb8 }
.explorer button { cursor: pointer; align-self: flex-start; padding: .1rem .6rem; border: 1px solid currentColor;
  border-radius: 3px; background: transparent; color: inherit }
.explorer select, .explorer input[type=text] { border: 1px solid #767b80; border-radius: 3px; padding: .1rem .35rem;
  background: #fff; color: #22272b }
.explorer small { font-size: .82rem; max-width: 22rem }
.explorer .finder ul { position: absolute; z-index: 5; top: 100%; left: 0; margin: 0; padding: .2rem 0; list-style: none;
  background: #fff; color: #22272b; border: 1px solid #767b80; min-width: 100%; max-height: 15rem; overflow: auto;
  box-shadow: 0 2px 8px #0003 }
.explorer .finder li { padding: .2rem .6rem; margin: 0; cursor: pointer }
.explorer .finder li[aria-selected=true], .explorer .finder li:hover { background: #0b5a8f; color: #fff }
.explorer :focus-visible { outline: 3px solid #d55e00; outline-offset: 2px }
.explorer .sentence { margin: .8rem 0 .3rem; font-size: 1rem; min-height: 2.8em }
.explorer .row { margin: 0 0 .4rem; font-size: .92rem }
.explorer .row:empty { display: none }
.explorer .working { position: absolute; right: 0; top: .8rem; font-size: .85rem; font-style: italic; visibility: hidden }
.explorer[aria-busy=true] .working { visibility: visible }
.explorer[aria-busy=true] .pictures { opacity: .55 }
.explorer .pictures, .explorer .side { position: relative; display: flex; flex-wrap: wrap; gap: .6rem 1rem; align-items:
  flex-start }
.explorer .side { flex: 1 1 15rem; min-width: 0 }
.explorer .picture { position: relative; margin: 0; max-width: 100%; overflow-x: auto; background: #fff; color: #22272b }
.explorer .ring { position: absolute; width: 22px; height: 22px; margin: -11px 0 0 -11px; border: 3px solid #22272b;
  border-radius: 50%; box-shadow: 0 0 0 2px #fff; pointer-events: none }
.explorer details { margin: .6rem 0 }
.explorer summary { cursor: pointer; min-height: 26px }
.explorer .scroll { overflow-x: auto; max-width: 100% }
.explorer table { border-collapse: collapse; font-size: .88rem; margin: .3rem 0; width: auto }
.explorer th, .explorer td { padding: .2rem .8rem .2rem 0; border-bottom: 1px solid #b9b4a6; text-align: left; font-weight:
  normal; background: none }
.explorer thead th { font-weight: 600 }
.explorer td.number { text-align: right; font-variant-numeric: tabular-nums }
.explorer .tools { display: flex; flex-wrap: wrap; gap: .4rem .6rem; margin-top: .5rem; font-size: .88rem; align-items: center }
.explorer .tools input { flex: 1; min-width: 10rem }
.explorer .quiet { position: absolute; width: 1px; height: 1px; margin: 0; overflow: hidden; clip-path: inset(50%);
  white-space: nowrap }
@media print { .explorer .tools, .explorer .panel button { display: none } }`;

function dress() {
  if (!document.getElementById("explorer-style")) document.head.append(make("style", { id: "explorer-style", textContent: STYLE }));
}

// ================================================================ one explorer

const QUIET = 1;                                     // Vega speaks of errors only: a chart without its data yet is none
const brushable = (chart) => chart.spec.params?.some((param) => param.name === "brush");
let count = 0;
const fronts = new Set();                            // those of this page, which share its address

class Front {
  constructor({ model, el, page = false }) {
    Object.assign(this, { model, el, page, plan: structuredClone(model.get("_plan")), id: `explorer-${++count}`, views: [], busy: false });
    this.grid = this.plan.controls.filter((c) => c.kind !== "place");
    for (const c of this.plan.controls) c.live = !page;
    this.push = page ? () => {} : later(40, () => model.save_changes());     // a dragged slider does not ask Python sixty times a second
    this.announce = later(400, (text) => { this.voice.textContent = text; });
    this.unanswered = later(8000, () => this.say("Python has not answered yet: it is still computing, or it is not running. "
      + "The picture shows the choices before.", true));
    this.address = later(250, () => this.writeAddress());
  }

  async start() {
    this.build();
    fronts.add(this);
    const { model } = this;
    this.store = await Store.open(model.get(this.page ? "_states" : "_fixed"));
    this.listen();
    if (this.page) this.readAddress();
    await this.update();
    try {
      this.vega = await vega(model, this.page);
      this.pictures.replaceChildren(this.side);
      this.views = await Promise.all(this.plan.charts.map((chart) => this.embed(chart)));
    } catch (problem) {                              // sentence and table are enough to read
      console.error(problem);
      this.more.open = true;
      this.pictures.replaceChildren(make("p", { textContent: `${problem.message}. The figures stand in the table below.` }));
      return;
    }
    await this.draw();
  }

  // ---- the parts, in the order in which they are read
  build() {
    const { el, plan } = this;
    dress();
    el.classList.add("explorer");
    el.replaceChildren();
    const panel = make("div", { className: "panel" });
    this.controls = Object.fromEntries(plan.controls.map((c) => {
      const id = `${this.id}-${c.name}`, put = (value) => this.put(c.name, value);
      const control = c.kind === "place" ? finder(c, id, put, (text) => this.offer(c, text)) : BUILD[c.kind](c, id, put);
      panel.append(control.element);
      return [c.name, control];
    }));
    if (plan.pick) panel.append(this.buildPick());
    const reset = make("button", { type: "button", textContent: "Reset" });
    reset.addEventListener("click", () => this.reset());
    panel.append(make("div", { className: "control" }, make("div", { className: "name", textContent: " " }), reset));
    this.sentence = make("p", { className: "sentence" });
    this.row = make("p", { className: "row" });
    this.side = make("div", { className: "side" });           // charts stand beside the map, below it on a telephone
    this.pictures = make("div", { className: "pictures" });
    this.body = make("div", { className: "scroll", tabIndex: 0, role: "region", aria: { label: `The figures of ${plan.title}` } });
    this.more = make("details", {}, make("summary", { textContent: "The figures as a table" }), this.body);
    this.more.addEventListener("toggle", () => this.fillTable());
    this.voice = make("p", { className: "quiet", role: "status" });
    el.append(make("fieldset", { className: "controls" }, make("legend", { textContent: plan.title }), panel),
      make("span", { className: "working", textContent: "Computing…", aria: { hidden: "true" } }),
      this.sentence, this.row, this.pictures, this.more, this.buildTools(), this.voice);
    el.insertAdjacentHTML("beforeend", plan.credit);          // written by our own Python when the book is built or the cell runs
    // in JupyterLab keys belong to the notebook unless they stop here; Shift+Enter and the like still run cells
    el.addEventListener("keydown", (event) => {
      const command = event.ctrlKey || event.metaKey || event.altKey || (event.shiftKey && event.key === "Enter");
      if (!command) event.stopPropagation();
    });
  }
  buildPick() {
    this.pickBox = make("select", { id: `${this.id}-pick` });
    this.pickBox.addEventListener("input", () => this.pick(this.picks[this.pickBox.selectedIndex] ?? []));
    return named({ label: this.plan.pickLabel }, this.pickBox.id, this.pickBox);
  }
  buildTools() {
    const { plan } = this, tools = make("div", { className: "tools" });
    const button = (words, act) => {
      const one = make("button", { type: "button", textContent: words });
      one.addEventListener("click", act);
      tools.append(one);
      return one;
    };
    if (this.page) this.copier = button("Copy link to this state", () => this.copyLink());
    button("Table (CSV)", () => save(`${plan.name}.csv`, "text/csv", "\ufeff", csv(this.tables, plan.table)));
    button("Picture (SVG)", async () => save(`${plan.name}.svg`, "image/svg+xml", (await this.picture()).text));
    button("Picture (PNG)", async () => save(`${plan.name}.png`, "image/png", await this.bitmap()));
    return tools;
  }

  // ---- choices
  listen() {
    const { model, plan } = this;
    this.heard = [];
    const on = (name, act) => { model.on(name, act); this.heard.push([name, act]); };
    let asked = false;                               // several traits changed at once are one change
    const soon = () => { if (!asked) { asked = true; queueMicrotask(() => { asked = false; this.update(); }); } };
    for (const c of plan.controls) on(`change:${c.name}`, soon);
    if (plan.pick) on("change:picked", () => this.light());
    on("change:_live", soon);
    if (this.page) { this.onHash = () => { this.readAddress(); this.update(); }; window.addEventListener("hashchange", this.onHash); }
  }
  put(name, value) { this.model.set(name, value); this.push(); }
  reset() {
    for (const control of Object.values(this.controls)) control.stop?.();
    for (const c of this.plan.controls) this.model.set(c.name, c.default);
    this.model.set("picked", []);
    this.push();
  }
  value(c) {                                         // ticked boxes in the order of the list, whoever set them
    const value = this.model.get(c.name);
    return c.kind === "several" ? c.values.filter((v) => value.some((o) => same(o, v))) : value;
  }
  stateName() { return new URLSearchParams(this.grid.flatMap((c) => [this.value(c)].flat().map((v) => [c.name, String(v)]))).toString(); }
  stateNumber() {                                    // its place in the grid, the last control changing fastest; -1 when not there
    return this.grid.reduce((at, c) => {
      const i = c.stored.findIndex((v) => same(v, this.value(c)));
      return at < 0 || i < 0 ? -1 : at * c.stored.length + i;
    }, 0);
  }
  async update() {
    for (const c of this.plan.controls) if (c.kind !== "place") this.controls[c.name].show(this.value(c));
    this.address();
    if (this.page) {
      const at = this.stateNumber();
      return at < 0 ? this.say("This page does not hold that combination. The picture shows the choices before.", true)
        : this.show(new Tables(this.store.fixed, this.store.states, at), this.store.says[at]);
    }
    const live = this.model.get("_live"), mine = Object.fromEntries(this.grid.map((c) => [c.name, this.value(c)]));
    const answered = this.grid.every((c) => same(live.chosen?.[c.name], mine[c.name]));
    this.el.setAttribute("aria-busy", String(!answered));
    if (!answered) return this.unanswered();
    this.unanswered.cancel();
    if (live.problem) return this.say(live.problem, true);
    if (live !== this.answer?.live) this.answer = { live, from: await Store.open(live.store) };
    const { from } = this.answer;
    if (live === this.model.get("_live")) return this.show(new Tables(this.store.fixed, from.states, 0), from.says[0]);
  }
  show(tables, words) {
    this.tables = tables;
    this.shown = this.stateName();
    this.say(words);
    this.showPlaces();
    this.fillTable();
    this.offerPicks();
    return this.draw();
  }
  say(words, problem = false) {
    this.sentence.textContent = words;
    if (problem) this.el.dataset.problem = words; else delete this.el.dataset.problem;
    this.speak();
  }
  speak() {                                          // a screen reader hears the end of a movement, not each step of it
    if (Object.values(this.controls).some((control) => control.playing?.())) return this.announce.cancel();
    this.announce([this.sentence.textContent, this.row.textContent].filter(Boolean).join(" "));
  }

  // ---- charts
  async embed(chart) {
    const box = make("figure", { className: "picture", role: "img", aria: { label: chart.words } });
    const inner = make("div", { aria: { hidden: "true" } });
    box.append(inner);
    if (chart.ground === null) this.side.append(box); else this.side.before(box);
    const made = await this.vega.embed(inner, chart.spec, { renderer: "canvas", actions: false, mode: "vega-lite", logLevel: QUIET });
    const view = made.view, canvas = inner.querySelector("canvas");
    if (chart.ground !== null) {                     // the outlines never change: a picture behind the canvas costs no drawing
      const address = `data:image/svg+xml,${encodeURIComponent(this.plan.grounds[chart.ground])}`;
      Object.assign(canvas.style, { backgroundImage: `url("${address}")`, backgroundSize: "100% 100%" });
    }
    if (this.plan.pick) view.addEventListener("click", (event, item) => this.clicked(item?.datum?.[this.plan.pick], event.shiftKey));
    if (this.plan.pick && brushable(chart)) {
      let asked = 0;
      view.addSignalListener("brush", () => { cancelAnimationFrame(asked); asked = requestAnimationFrame(() => this.brushed(view, chart)); });
    }
    return { ...made, chart, box, canvas, rows: {}, marks: {} };
  }
  // a table that keeps its length changes in place, only in the columns that changed; another one is replaced
  swap(one) {
    const { vega: whole } = this.vega, { tables } = this;
    for (const table of one.chart.tables) {
      const names = this.used(one, table), columns = names.map((name) => [name, tables.column(table, name)]), old = one.rows[table];
      const changed = columns.filter(([name, column]) => one.marks[table]?.[name] !== column.mark);
      if (old && !changed.length) continue;
      if (whole && old?.length === tables.length(table)) {
        const change = whole.changeset();
        for (const [name, { values }] of changed) old.forEach((row, i) => { if (row[name] !== values[i]) change.modify(row, name, values[i]); });
        one.view.change(table, change);
      } else {
        one.rows[table] = tables.rows(table, names);
        one.view.data(table, one.rows[table]);
        one.view.resize();                           // new words on an axis may need room
      }
      one.marks[table] = Object.fromEntries(columns.map(([name, { mark }]) => [name, mark]));
    }
  }
  used(one, table) {                                 // a column that the chart nowhere names costs time and shows nothing
    one.text ??= JSON.stringify(one.chart.spec);
    const drawn = (name) => name === this.plan.pick || one.text.includes(JSON.stringify(name).slice(1, -1));
    return (one.names ??= {})[table] ??= this.tables.names(table).filter(drawn);
  }
  async draw() {
    if (!this.views.length) return;
    if (this.busy) { this.again = true; return; }
    this.busy = true;
    const name = this.shown;
    try {
      for (const one of this.views) {
        this.swap(one);
        if (this.plan.pick) one.view.signal("pick", this.signal());
      }
      await Promise.all(this.views.map((one) => one.view.runAsync()));
      this.ring();
    } finally { this.busy = false; }                 // one failed drawing must not stop the next
    this.el.dataset.state = name;
    this.el.dispatchEvent(new CustomEvent("explorer:drawn", { detail: name }));
    if (this.again) { this.again = false; return this.draw(); }
  }

  // ---- linked selection: the values that are lit in every chart
  signal() { const picked = this.model.get("picked"); return picked.length ? Object.fromEntries(picked.map((v) => [v, true])) : null; }
  pick(values) { this.put("picked", values); }
  clicked(value, more) {
    if (value === undefined || value === null) return;
    const picked = this.model.get("picked"), had = picked.includes(value);
    const others = more ? picked.filter((v) => v !== value) : [];
    this.pick(had && (more || picked.length === 1) ? others : [...others, value]);
  }
  brushed(view, chart) {
    const [box] = view.data("brush_store"), { pick } = this.plan, table = chart.tables.find((name) => this.tables.names(name).includes(pick));
    if (!table || (!box && !same(this.model.get("picked"), this.inBrush))) return;
    const inside = (row) => box.fields.every(({ field, type }, i) => {
      const held = box.values[i], value = row[field];
      return type === "E" ? held.includes(value) : value !== null && value >= Math.min(...held) && value <= Math.max(...held);
    });
    this.inBrush = box ? [...new Set(this.tables.rows(table).filter(inside).map((row) => row[pick]))] : [];
    this.pick(this.inBrush);
  }
  clearBrushes() {                                   // what was picked otherwise is not what the rectangle holds
    for (const { view, chart } of this.views)
      if (brushable(chart)) view.remove("brush_store", () => true);
  }
  light() {
    if (!same(this.model.get("picked"), this.inBrush)) { this.inBrush = null; this.clearBrushes(); }
    this.mirrorPick();
    this.address();
    return this.draw();
  }
  offerPicks() {                                     // the same from the keyboard; a value that is no more is not picked
    const { plan, tables } = this;
    if (!plan.pick) return;
    const table = tables.holding(plan.pick, plan.table), values = [...new Set(tables.column(table, plan.pick).values)].filter((v) => v !== null);
    const picks = [[], ...values.map((v) => [v])];
    if (!same(picks, this.picks)) {
      this.picks = picks;
      this.pickBox.closest(".control").hidden = values.length > 40;
      if (values.length <= 40) this.pickBox.replaceChildren(...["all", ...values].map((v) => make("option", { textContent: String(v) })));
    }
    const kept = this.model.get("picked").filter((v) => values.includes(v));
    if (!same(kept, this.model.get("picked"))) this.pick(kept); else this.mirrorPick();
    if (this.wanted) { const asked = this.wanted; this.wanted = null; this.pick(values.filter((v) => asked.includes(String(v)))); }
  }
  mirrorPick() {
    if (!this.pickBox || !this.picks) return;
    const picked = this.model.get("picked"), at = this.picks.findIndex((values) => same(values, picked));
    this.pickBox.querySelector(".more")?.remove();
    if (at < 0) this.pickBox.append(make("option", { className: "more", textContent: `${picked.length} of them` }));
    this.pickBox.selectedIndex = at < 0 ? this.pickBox.options.length - 1 : at;
  }

  // ---- the place that was searched
  offer(c, text) {
    return offers(this.tables.column(c.table, c.names).values, this.tables.column(c.table, c.key).values, text);
  }
  rowOf(c) { const key = this.model.get(c.name); return key ? this.tables.column(c.table, c.key).values.indexOf(key) : -1; }
  showPlaces() {
    const lines = this.plan.controls.filter((c) => c.kind === "place").map((c) => {
      const at = this.rowOf(c), name = at < 0 ? "" : this.tables.column(c.table, c.names).values[at];
      this.controls[c.name].show(at < 0 ? "" : this.model.get(c.name), name);
      const told = c.shows.map((column) => `${column} ${shown(this.tables.column(c.table, column).values[at], this.plan.formats[column])}`);
      return at < 0 ? "" : `${name}${told.length ? `: ${told.join("; ")}` : ""}.`;
    });
    this.row.replaceChildren(lines.filter(Boolean).join(" "), ...this.sheets());
    this.speak();
  }
  sheets() {                                         // a town has a page of its own in the book
    const towns = this.page ? this.plan.controls.filter((c) => c.sheet && this.rowOf(c) >= 0) : [];
    return towns.flatMap((c) => [" ", make("a", { href: `../book/my_town.html#town=${this.model.get(c.name)}`, textContent: "Its sheet" })]);
  }
  ring() {
    for (const { view, chart, box, canvas } of this.views) {
      box.querySelectorAll(".ring").forEach((ring) => ring.remove());
      for (const c of this.plan.controls.filter((one) => one.kind === "place" && one.table === chart.axes?.table)) {
        const at = this.rowOf(c), [x, y] = ["x", "y"].map((axis) => (at < 0 ? null : this.tables.column(c.table, chart.axes[axis]).values[at]));
        if (x === null || y === null) continue;
        const [left, top] = view.origin(), ring = make("span", { className: "ring" });
        ring.style.left = `${canvas.offsetLeft + left + view.scale("x")(x)}px`;
        ring.style.top = `${canvas.offsetTop + top + view.scale("y")(y)}px`;
        box.append(ring);
      }
    }
  }

  // ---- the table twin
  fillTable() {
    if (!this.more.open || !this.tables) return;
    const { plan, tables } = this, { links } = plan, unseen = Object.values(links);
    const heads = tables.names(plan.table).filter((name) => !unseen.includes(name)), columns = heads.map((name) => tables.column(plan.table, name).values);
    const whole = (values, name) => !/year/.test(name) && values.every((v) => v === null || Number.isInteger(v));
    const forms = heads.map((name, j) => plan.formats[name] ?? (whole(columns[j], name) ? ",.0f" : undefined));
    const words = (i, j) => {
      const text = shown(columns[j][i], forms[j]), href = this.page && links[heads[j]] && tables.column(plan.table, links[heads[j]]).values[i];
      return href ? make("a", { href, textContent: text }) : text;
    };
    const line = (i) => make("tr", {}, ...columns.map((values, j) => j
      ? make("td", { className: typeof values[i] === "number" ? "number" : "" }, words(i, j)) : make("th", { scope: "row" }, words(i, j))));
    const n = columns[0].length, rows = [];
    for (let i = 0; i < n; i++) if (n <= LONG || i < SHORT || i >= n - SHORT) rows.push(line(i));
    const gap = `… ${shown(n - 2 * SHORT, ",.0f")} more rows: download the table to have them all …`;
    if (n > LONG) rows.splice(SHORT, 0, make("tr", {}, make("td", { colSpan: heads.length, textContent: gap })));
    const head = make("tr", {}, ...heads.map((name) => make("th", { scope: "col", textContent: name })));
    this.body.replaceChildren(make("table", {}, make("thead", {}, head), make("tbody", {}, ...rows)));
  }

  // ---- the address
  readAddress() {
    const mine = partsOf(location.hash).find((part) => part.startsWith(`${this.plan.name}:`));
    if (mine === undefined) return;
    const asked = new URLSearchParams(mine.slice(this.plan.name.length + 1));
    for (const c of this.plan.controls) {
      const texts = asked.getAll(c.name);
      const value = !texts.length ? c.default : c.kind === "place" ? this.knownPlace(c, texts[0]) : accepted(c, texts);
      this.model.set(c.name, value ?? c.default);
    }
    this.wanted = asked.getAll("pick");
  }
  knownPlace(c, text) {
    const tables = new Tables(this.store.fixed, this.store.states, 0);
    return tables.column(c.table, c.key).values.includes(text) ? text : "";
  }
  part() {
    const moved = this.plan.controls.filter((c) => !same(this.model.get(c.name), c.default));
    const held = (c) => { const values = [this.model.get(c.name)].flat(); return values.length ? values : [""]; };
    const pairs = moved.flatMap((c) => held(c).map((v) => [c.name, String(v)]));
    const picked = this.model.get("picked");
    if (picked.length <= MANY) pairs.push(...picked.map((v) => ["pick", String(v)]));
    return pairs.length ? `${this.plan.name}:${new URLSearchParams(pairs)}` : "";
  }
  fragment() {                                       // the parts of this page's explorers, and what others keep there: a guess
    const mine = [...fronts].filter((front) => front.page), names = mine.map((front) => `${front.plan.name}:`);
    const others = partsOf(location.hash).filter((part) => !names.some((name) => part.startsWith(name)));
    return [...others, ...mine.map((front) => front.part()).filter(Boolean)].join(";");
  }
  writeAddress() {
    if (!this.page) return;                          // JupyterLab's address is its own
    const text = this.fragment();
    if (!text && !partsOf(location.hash).length) return;            // leave a heading's anchor alone
    try { history.replaceState(null, "", text ? `#${text}` : location.pathname + location.search); } catch { /* a frame that may not */ }
  }
  async copyLink() {
    const all = [this.fragment(), this.part() ? "" : `${this.plan.name}:`], link = `${location.href.split("#")[0]}#${all.filter(Boolean).join(";")}`;
    const say = (words) => {
      this.copier.textContent = this.voice.textContent = words;
      setTimeout(() => { this.copier.textContent = "Copy link to this state"; }, 2500);
    };
    try { await navigator.clipboard.writeText(link); say("Link copied"); } catch {
      const held = this.el.querySelector(".tools input") ?? make("input", { type: "text", readOnly: true, aria: { label: "Link to this state" } });
      held.value = link;
      this.copier.after(held);
      held.select();
      say("Copy the link beside");
    }
  }

  // ---- the picture: charts where they stand, outlines, ring, title, sentence and source
  async picture() {
    const space = "http://www.w3.org/2000/svg", whole = document.createElementNS(space, "svg");
    const frame = this.pictures.getBoundingClientRect();
    const put = (tag, props, text = "") => {
      const e = document.createElementNS(space, tag);
      for (const [k, v] of Object.entries(props)) e.setAttribute(k, v);
      e.textContent = text;
      whole.append(e);
    };
    const parse = (text) => document.importNode(new DOMParser().parseFromString(text, "image/svg+xml").documentElement, true);
    const width = Math.max(420, Math.ceil(Math.max(...this.views.map(({ box }) => box.getBoundingClientRect().right - frame.left))));
    const letters = { "font-family": "system-ui, sans-serif", fill: "#22272b" };
    put("rect", { width: "100%", height: "100%", fill: "#fff" });
    put("text", { x: 8, y: 24, "font-size": 16, "font-weight": 600, ...letters }, this.plan.title);
    let y = 46;
    for (const line of wrapped(this.sentence.textContent, width / 6.6)) { put("text", { x: 8, y, "font-size": 13, ...letters }, line); y += 18; }
    const top = y;
    for (const { view, chart, box } of this.views) {
      const at = box.getBoundingClientRect(), place = { x: at.left - frame.left, y: at.top - frame.top + top };
      const drawn = parse(await view.toSVG()), size = { width: drawn.getAttribute("width"), height: drawn.getAttribute("height") };
      for (const layer of [...(chart.ground === null ? [] : [parse(this.plan.grounds[chart.ground])]), drawn]) {
        for (const [k, v] of Object.entries({ ...place, ...size })) layer.setAttribute(k, v);
        whole.append(layer);
      }
      for (const { style } of box.querySelectorAll(".ring")) {
        const centre = { cx: place.x + parseFloat(style.left), cy: place.y + parseFloat(style.top) };
        put("circle", { ...centre, r: 10, fill: "none", stroke: "#22272b", "stroke-width": 3 });
      }
      y = Math.max(y, place.y + at.height);
    }
    const credit = this.el.querySelector(".credit")?.textContent ?? "";
    for (const line of wrapped(credit, width / 5.4)) { y += 15; put("text", { x: 8, y, "font-size": 10.5, ...letters }, line); }
    const height = Math.ceil(y + 12);
    for (const [k, v] of Object.entries({ width, height, viewBox: `0 0 ${width} ${height}` })) whole.setAttribute(k, v);
    return { text: new XMLSerializer().serializeToString(whole), width, height };
  }
  async bitmap() {
    const { text, width, height } = await this.picture(), image = new Image();
    image.src = `data:image/svg+xml,${encodeURIComponent(text)}`;
    await image.decode();
    const canvas = make("canvas", { width: width * 2, height: height * 2 });
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    return new Promise((done) => canvas.toBlob(done, "image/png"));
  }

  end() {
    fronts.delete(this);
    for (const [name, act] of this.heard ?? []) this.model.off(name, act);
    if (this.onHash) window.removeEventListener("hashchange", this.onHash);
    for (const control of Object.values(this.controls ?? {})) control.stop?.();
    for (const call of [this.announce, this.unanswered, this.address]) call.cancel();
    for (const one of this.views) one.view.finalize();
  }
}
async function render({ model, el, page: booked }) {
  const front = new Front({ model, el, page: booked });
  el.explorer = front;
  await front.start();
  return () => front.end();
}
export default { render, parts: { Store, Tables, dress, finder, make, offers, plain } };      // the parts: for the page of the towns
