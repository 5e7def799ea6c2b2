// The cells of a page while Python is on: the code as an editor, buttons, and what the last run showed.
import { draw } from "./output.js";
import { editor } from "./edit.js";

const make = (tag, props = {}, ...inside) => { const e = Object.assign(document.createElement(tag), props); e.append(...inside); return e; };

// Changes stay in this browser, under the page's address. A cell that a new edition has changed starts from its new text.
class Kept {
  constructor() { this.key = `live:${location.pathname}`; }
  all() { try { return JSON.parse(localStorage.getItem(this.key)) ?? {}; } catch { return {}; } }
  get(cell) { const one = this.all()[cell.number]; return one?.from === cell.original ? one.code : undefined; }
  put(cell, code) {
    const all = this.all();
    if (code === cell.original) delete all[cell.number]; else all[cell.number] = { from: cell.original, code };
    try { if (Object.keys(all).length) localStorage.setItem(this.key, JSON.stringify(all)); else localStorage.removeItem(this.key); }
    catch { /* a browser that keeps nothing still runs */ }
  }
}
export const kept = new Kept();

export class Cell {
  constructor(element, number, page) {
    Object.assign(this, { element, number, page, name: String(number) });
    this.input = element.querySelector(".cell_input");
    this.pre = this.input.querySelector("pre");
    this.original = this.pre.textContent.replace(/\n$/, "");
    this.output = element.querySelector(".cell_output");
    if (!this.output) element.append(this.output = make("div", { className: "cell_output docutils container" }));
    this.yours = element.classList.contains("tag_stub");      // an exercise: it fails until the reader has written it
    this.first = [...this.output.childNodes];        // what the built page shows: put back by reset, with its life
  }

  open() {
    const { number } = this, of = `cell ${number}`;
    this.editor = editor(this.pre, kept.get(this) ?? this.original, `Python code of ${of}. Escape, then Tab, leaves it.`, {
      run: () => this.page.run(this), runAndGoOn: () => this.page.runAndGoOn(this),
      changed: (code) => { kept.put(this, code); this.mark(); } });
    const button = (words, label, act) => { const one = make("button", { type: "button", textContent: words }); one.setAttribute("aria-label", label); one.addEventListener("click", act); return one; };
    this.running = button("▶ Run", `Run ${of}`, () => (this.busy ? this.page.stop() : this.page.run(this)));
    this.above = button("Run all above", `Run all above ${of}`, () => this.page.runAbove(this));
    this.back = button("Reset cell", `Reset ${of}`, () => this.reset());
    this.says = make("span", { role: "status" });
    this.bar = make("div", { className: "live-cell" }, this.running, ...(number > 1 ? [this.above] : []), this.back, this.says);
    this.output.before(this.bar);
    this.mark();
  }
  mark() {
    const edited = this.editor.get() !== this.original;
    this.back.hidden = !edited && !this.ran;
    this.element.dataset.live = [edited && "edited", this.ran ?? ""].filter(Boolean).join(" ");
  }
  waits() { return this.yours && this.editor.get() === this.original; }
  say(words) { this.says.textContent = words; }
  dress() {
    this.running.textContent = this.busy ? "■ Stop" : "▶ Run";
    this.running.setAttribute("aria-label", `${this.busy ? "Stop" : "Run"} cell ${this.number}`);
  }

  async run(python) {
    this.element.dataset.live = "running";
    this.busy = true;
    this.dress();
    this.say("Running…");
    this.outputs = [];                               // as Python gave them: for the notebook that a reader downloads
    const began = performance.now();
    let box, shown = Promise.resolve(), drawn = false;
    const fresh = () => {                            // the result before stays until there is something to show
      if (drawn) return;
      drawn = true;
      this.output.replaceChildren(box = make("div", { className: "live-output" }));
      this.place = box;
    };
    const show = (output) => {
      this.outputs.push(output);
      shown = shown.then(() => { fresh(); return draw(output, box, this.page.widgets); }).catch((problem) => {
        console.error(problem);
        box.append(make("p", { className: "live-error", textContent: `This could not be drawn: ${problem.message}` }));
      });
    };
    const clear = () => { shown = shown.then(() => { fresh(); box.replaceChildren(); }); };
    let well = false;
    try {
      well = await python.run(this.name, this.editor.get(), { show, clear });
      await shown;
      fresh();
      this.ran = well ? "ran" : "failed";
      this.say(`${well ? "Ran in" : "Stopped by an error after"} ${((performance.now() - began) / 1000).toFixed(1)} s`);
    } catch { this.ran = undefined; this.say("Stopped"); }
    this.busy = false;
    this.dress();
    this.mark();
    return well;
  }
  // what a control's function shows when its cell is done
  async later(output) { if (this.place) await draw(output, this.place, this.page.widgets); }
  forget(words = "") { this.ran = undefined; this.say(words); this.mark(); }
  reset() {
    this.editor.set(this.original);
    this.output.replaceChildren(...this.first);
    this.place = undefined;
    this.forget();
  }
  close() {
    this.reset = () => {};
    this.editor.end();
    this.bar.remove();
    this.output.replaceChildren(...this.first);
    delete this.element.dataset.live;
  }
}
