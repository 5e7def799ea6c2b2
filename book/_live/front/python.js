// Python as the page sees it: started, asked to run a cell, stopped. It lives in a worker, so that the page never freezes.

import { aside } from "./layer.js";

export class Python {
  // `about` comes with the page: the packages of its chapter, their bytes, a mark of the edition.
  constructor(about, heard) {
    this.about = about;
    this.heard = heard;                              // what to do with progress and with what widgets say
    this.state = "off";
    this.waiting = new Map();                        // cells that were asked to run, files to be written
    this.files = 0;
  }

  start() {
    this.state = "starting";
    this.began = performance.now();
    this.worker = aside("worker.js");
    return new Promise((ready, refuse) => {
      this.refuse = refuse;
      this.worker.onerror = (event) => refuse(new Error(event.message || "its files could not be loaded"));
      this.worker.onmessage = ({ data }) => {
        if (data.kind === "ready") { this.state = "on"; ready(); }
        else if (data.kind === "broken" && data.act === "start") refuse(new Error(data.words));
        else this.take(data);
      };
      this.worker.postMessage({ act: "start", ...this.about });
    });
  }

  take(message) {
    const { kind, cell } = message;
    if (kind === "progress") return this.heard.progress(message);
    const one = this.waiting.get(cell);
    if (kind === "done" || kind === "broken") {
      this.waiting.delete(cell);
      if (kind === "broken") one?.show({ output_type: "error", ename: "Error", traceback: [message.words] });
      return one?.end(message.well ?? false);
    }
    if (kind === "output" && one) return one.show(message.output);
    if (kind === "clear" && one) return one.clear();
    this.heard.other(message);                       // widgets, and what a control's function shows after its cell is done
  }

  // Run some code; resolves to whether it went well. `show` receives each output.
  run(cell, code, { show, clear = () => {} }) {
    return new Promise((end, cut) => {
      this.waiting.set(cell, { show, clear, end, cut });
      this.worker.postMessage({ act: "run", cell, code });
    });
  }

  // Write a file into Python's working directory; resolves to whether it could.
  bring(name, bytes) {
    return new Promise((end, cut) => {
      const cell = `file ${this.files += 1}`;
      this.waiting.set(cell, { show() {}, end, cut });
      this.worker.postMessage({ act: "bring", cell, name, bytes });
    });
  }

  hear(message) { this.worker.postMessage({ act: "hear", ...message }); }

  // A loop without end hears nothing: the worker is ended with it. What Python knew is gone.
  end() {
    this.worker?.terminate();
    this.state = "off";
    this.refuse?.(new Error("stopped"));
    for (const { cut } of this.waiting.values()) cut(new Error("stopped"));
    this.waiting.clear();
  }
}
