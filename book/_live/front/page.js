// A chapter's page with Python in it. The switch (book/_static/live.js) loads this file when a reader asks for it, and not before.
//
//   python.js   Python, in a worker          cells.js    a cell: editor, buttons, output
//   comms.js    widgets' front ends          output.js   tables, charts and maps, as the built page draws them
//   files.js    files that the reader brings
import { Cell, kept } from "./cells.js";
import { brought, stillHere, taken } from "./files.js";
import { Python } from "./python.js";
import { drawings } from "./output.js";

const make = (tag, props = {}, ...inside) => { const e = Object.assign(document.createElement(tag), props); e.append(...inside); return e; };
const MB = 1e6;

class Page {
  constructor(place, about) {
    this.place = place;
    this.about = about;
    this.cells = [...document.querySelectorAll(".bd-article div.cell")].filter((cell) => cell.querySelector(".cell_input pre"))
      .map((cell, i) => new Cell(cell, i + 1, this));
    this.python = new Python(about, { progress: (message) => this.progress(message), other: (message) => this.heard(message) });
    this.widgets = () => (this.manager ??= this.makeManager());
    this.order = Promise.resolve();
    this.build();
  }

  // ---- the bar at the head of the page
  build() {
    const button = (words, act) => { const one = make("button", { type: "button", textContent: words }); one.addEventListener("click", act); return one; };
    this.says = make("span", { role: "status" });
    this.meter = make("progress", { max: this.about.bytes, value: 0 });
    this.meter.setAttribute("aria-label", "Loading Python");
    this.cancel = button("Cancel", () => this.close("Cancelled. Nothing of Python is running."));
    this.tools = make("div", { className: "tools", hidden: true },
      button("Run all", () => this.runAll()), this.stopping = button("Stop", () => this.stop()),
      button("Reset page", () => this.reset()), this.chooser(), button("Download as notebook", () => this.download()),
      button("Switch Python off", () => this.close("")));
    this.bar = make("div", { className: "live-page" }, make("div", { className: "now" }, this.says, this.meter, this.cancel), this.tools);
    this.place.replaceChildren(this.bar);
    const sheet = (name) => { const one = make("link", { rel: "stylesheet", href: new URL(name, import.meta.url).href }); document.head.append(one); };
    if (!document.querySelector("link[href$='live.css']")) ["live.css", "widgets.css"].forEach(sheet);
  }
  say(words) { this.says.textContent = words; }
  progress({ loaded, words }) {
    if (this.python.state !== "starting") return void (words !== undefined && this.say(words && `${words} …`));
    if (words) this.doing = words;
    const { bytes } = this.about, seconds = (performance.now() - this.python.began) / 1000;
    this.meter.value = Math.min(loaded, bytes);
    const now = `${this.doing}: ${(Math.min(loaded, bytes) / MB).toFixed(0)} of ${(bytes / MB).toFixed(0)} MB, ${seconds.toFixed(0)} s`;
    if (now !== this.says.textContent) this.say(now);
  }

  // ---- on, off, again
  async open() {
    try {
      await this.start();
    } catch (problem) {
      if (problem.message !== "stopped") this.close(`Python could not start: ${problem.message}. The page reads as before.`);
      return;
    }
    const [first, ...others] = this.cells;
    first.open();
    const ran = this.run(first);                     // it imports what the others use, while their editors open
    await new Promise((go) => setTimeout(go));
    others.forEach((cell) => cell.open());
    this.tools.hidden = false;
    const edited = this.cells.filter((cell) => kept.get(cell) !== undefined).length;
    const before = edited ? ` Your changes of ${edited} cell${edited > 1 ? "s" : ""} are kept.` : "";
    this.say(`Python is on, ready in ${this.seconds} s.${before}${stillHere()} Shift+Enter runs a cell.`);
    this.place.dataset.state = "on";
    this.catchFiles();
    await ran;
    this.watch();
  }
  async start() {
    this.meter.hidden = this.cancel.hidden = false;
    this.doing = "Loading Python";
    await this.python.start();
    for (const [name, bytes] of brought) await this.python.bring(name, bytes);
    this.seconds = ((performance.now() - this.python.began) / 1000).toFixed(1);
    this.meter.hidden = this.cancel.hidden = true;
  }
  close(words) {
    this.python.end();
    this.seen?.disconnect();
    this.uncatch?.();
    for (const cell of this.cells) if (cell.editor) cell.close();
    for (const back of this.answered?.values() ?? []) back();
    this.place.dataset.state = "off";
    this.place.dispatchEvent(new CustomEvent("live:off", { detail: words }));
  }
  async stop() {
    this.python.end();
    this.manager = undefined;
    this.order = Promise.resolve();
    for (const cell of this.cells) cell.forget();
    for (const back of this.answered?.values() ?? []) back();
    this.say("Stopped. Python starts again …");
    try { await this.start(); } catch { return; }
    this.say(`Stopped, and started again: Python has forgotten what ran.${stillHere()} Use Run all above, or run the cells in order.`);
    this.watch();
  }
  reset() {
    for (const cell of this.cells) cell.reset();
    return this.stop();
  }

  // ---- files of the reader's: chosen in the bar, or dropped anywhere on the page
  chooser() {
    const input = make("input", { type: "file", multiple: true });
    input.addEventListener("change", async () => { await this.bring([...input.files]); input.value = ""; });
    return make("label", {}, "Bring a file", input);
  }
  catchFiles() {
    const hint = make("div", { className: "live-drop", hidden: true }, make("span", {}, "Drop it here: it stays in this page."));
    document.body.append(hint);
    const over = new AbortController();
    const on = (kind, act) => window.addEventListener(kind, (event) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      event.stopPropagation();                       // an editor would write the file into its code
      act(event);
    }, { capture: true, signal: over.signal });
    on("dragenter", () => { hint.hidden = false; });
    on("dragover", (event) => { hint.hidden = false; event.dataTransfer.dropEffect = "copy"; });
    on("dragleave", (event) => { hint.hidden = !event.relatedTarget; });
    on("drop", (event) => { hint.hidden = true; this.bring([...event.dataTransfer.files]); });
    this.uncatch = () => { over.abort(); hint.remove(); };
  }
  async bring(files) {
    const said = [];
    for (const file of files) {
      const { name, bytes, words } = await taken(file);
      said.push(words);
      if (!bytes) continue;
      brought.set(name, bytes);
      if (this.python.state !== "on") return;        // it is written, and told, when Python has started again
      if (this.place.dataset.busy) this.say(`${name} waits until the cell that runs is done.`);
      try {
        if (await this.python.bring(name, bytes)) continue;
      } catch { return; }
      brought.delete(name);
      said[said.length - 1] = `${name} could not be written: is there a folder of that name?`;
    }
    this.say(said.join(" "));
  }

  // ---- running, one cell after another
  run(cell) {
    return (this.order = this.order.then(() => this.run1(cell)).catch(() => false));
  }
  async run1(cell) {
    if (this.python.state !== "on") return false;
    this.place.dataset.busy = "yes";
    const well = await cell.run(this.python);
    delete this.place.dataset.busy;
    const above = this.cells.filter((one) => one.number < cell.number && one.ran !== "ran" && !one.waits()).length;
    if (cell.ran === "failed" && above) cell.say(`${cell.says.textContent}. ${above} cell${above > 1 ? "s" : ""} above did not run: try Run all above.`);
    return well;
  }
  runAndGoOn(cell) { this.cells[cell.number]?.editor.focus(); return this.run(cell); }
  async runMany(asked) {
    const cells = asked.filter((cell) => !cell.waits());
    for (const cell of asked) if (cell.waits()) cell.say("Yours to write; left out of Run all until you have.");
    for (const cell of cells) cell.say("Waits its turn");
    for (const cell of cells) {
      if (await this.run(cell)) continue;
      for (const one of cells) if (one.says.textContent === "Waits its turn") one.say("");
      this.say(`Cell ${cell.number} did not run to its end; those after it wait.`);
      cell.bar.scrollIntoView({ block: "center" });
      return false;
    }
    return true;
  }
  runAbove(cell) { return this.runMany(this.cells.filter((one) => one.number < cell.number && one.ran !== "ran")); }
  runAll() { return this.runMany(this.cells); }

  // ---- widgets
  async makeManager() {
    const { Manager } = await import("./comms.js");
    return new Manager(this.python, drawings);
  }
  async heard(message) {
    if (/^comm_|^idle$/.test(message.kind)) {
      if (message.kind === "idle" && !this.manager) return;
      return (await this.widgets()).take(message);
    }
    const cell = this.cells.find((one) => one.name === message.cell);
    if (message.kind === "output") await cell?.later(message.output);
    if (message.kind === "clear") cell?.place?.replaceChildren();
  }

  // Explorers that the page holds go from stored states to live answers, when a reader comes to them.
  watch() {
    this.seen?.disconnect();
    this.answered = new Map();
    this.seen = new IntersectionObserver((entries) => entries.filter((one) => one.isIntersecting).forEach(({ target }) => {
      this.seen.unobserve(target);
      this.order = this.order.then(() => this.enliven(target)).catch((problem) => console.error(problem));
    }), { rootMargin: "200px" });
    document.querySelectorAll(".book-explorer[data-python]").forEach((place) => this.seen.observe(place));
  }
  async enliven(place) {
    if (!place.isConnected || !place.explorer) return;
    const [module, name] = place.dataset.python.split(":"), { model, plan } = place.explorer;
    const choices = Object.fromEntries([...plan.controls.map((one) => one.name), "picked"].map((one) => [one, model.get(one)]));
    const code = `import importlib as _i, json as _j\n_i.import_module(${JSON.stringify(module)}).${name}(**_j.loads(${JSON.stringify(JSON.stringify(choices))}))`;
    const live = make("div", { className: "live-explorer" });
    const show = ({ data }) => { this.shown = this.widgets().then((manager) => manager.show(data["application/vnd.jupyter.widget-view+json"].model_id, live)); };
    place.after(live);
    if (!await this.python.run(`explorer ${this.answered.size + 1}`, code, { show: (output) => output.data && show(output) })) return live.remove();
    await this.shown;
    place.hidden = true;
    live.dataset.explorer = place.dataset.explorer;
    this.answered.set(place, () => { live.remove(); place.hidden = false; });
  }

  // ---- the reader's copy of the chapter, with the reader's code
  async download() {
    const link = document.querySelector("a.btn-download-source-button"), notebook = await (await fetch(link.href)).json();
    const code = notebook.cells.filter((one) => one.cell_type === "code" && one.id !== "packages");
    for (const cell of this.cells) {                 // folded cells that follow each other are one cell in the page
      const text = (one) => [one.source].flat().join("");
      while (code.length && !cell.original.startsWith(text(code[0]))) code.shift();      // a question, whose code the page leaves out
      const parts = [code.shift()];
      while (code.length && parts.map(text).join("\n\n") !== cell.original) parts.push(code.shift());
      if (cell.editor.get() === cell.original) continue;
      // what was shown before belongs to other code
      parts[0].source = cell.editor.get();
      for (const part of parts) part.outputs = [];
      for (const part of parts.slice(1)) notebook.cells.splice(notebook.cells.indexOf(part), 1);
    }
    const file = new Blob([JSON.stringify(notebook, null, 1)], { type: "application/x-ipynb+json" });
    const save = make("a", { href: URL.createObjectURL(file), download: link.href.split("/").at(-1) });
    document.body.append(save);
    save.click();
    save.remove();
  }
}

export function open(place, about) {
  const page = new Page(place, about);
  place.live = page;
  return page.open();
}
