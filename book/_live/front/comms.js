// Widgets beside Python: ipywidgets and anywidgets with their own front ends, speaking with Python over the worker.
import { HTMLManager, Widget, modules } from "./widgets.js";

// The handle of a slider of ipywidgets has no name of its own: it takes the words beside it.
function name(place) {
  for (const handle of place.querySelectorAll(".noUi-handle:not([aria-label])"))
    handle.setAttribute("aria-label", handle.closest(".jupyter-widgets")?.querySelector(".widget-label")?.textContent || "Value");
}

class Line {                                         // what a front end knows as a "comm"
  constructor(id, cell, manager) { Object.assign(this, { comm_id: id, target_name: "jupyter.widget", cell, manager }); }
  on_msg(act) { this.message = act; }
  on_close(act) { this.closed = act; }
  send(data, callbacks, metadata, buffers = []) {
    const id = this.manager.expect(callbacks);
    this.manager.python.hear({ cell: this.cell, id, comm: this.comm_id, data, buffers: buffers.map((one) => new Uint8Array(one.buffer ?? one)) });
    return id;
  }
  open() { return ""; }
  close() { return ""; }
}

export class Manager extends HTMLManager {
  constructor(python, draw) {
    super();
    this.python = python;
    this.lines = new Map();
    this.asked = new Map();
    this.count = 0;
    this.order = Promise.resolve();
    for (const [type, show] of Object.entries(draw)) this.addDrawing(type, show);
  }

  loadClass(name, module) {
    const found = modules[module]?.[name];
    return found ? Promise.resolve(found) : Promise.reject(new Error(`this page has no front end for ${module}`));
  }

  // how an output widget shows charts and pages: as the page itself does
  addDrawing(type, show) {
    this.renderMime.addFactory({ safe: true, mimeTypes: [type], createRenderer: () => {
      const widget = new Widget();
      widget.renderModel = async (model) => { await show(model.data[type], widget.node); };
      return widget;
    } }, -10);
  }

  expect(callbacks) {
    const id = `page-${++this.count}`;
    this.asked.set(id, callbacks);
    return id;
  }

  // Python speaks: messages are taken one after another, since a model may need the one before it
  take(message) {
    this.order = this.order.then(() => this.#take(message)).catch((problem) => console.error(problem));
    return this.order;
  }
  async #take({ kind, cell, comm_id: id, data, metadata, buffers, id: asked }) {
    const views = (buffers ?? []).map((one) => new DataView(one.buffer, one.byteOffset, one.byteLength));
    if (kind === "comm_open") {
      const line = new Line(id, cell, this);
      this.lines.set(id, line);
      await this.handle_comm_open(line, { content: { comm_id: id, target_name: line.target_name, data }, metadata, buffers: views });
    } else if (kind === "comm_msg") {
      await this.lines.get(id)?.message?.({ content: { comm_id: id, data }, buffers: views, parent_header: {}, metadata });
    } else if (kind === "comm_close") {
      this.lines.get(id)?.closed?.({ content: { comm_id: id, data } });
      this.lines.delete(id);
    } else if (kind === "idle") {
      const callbacks = this.asked.get(asked);
      this.asked.delete(asked);
      callbacks?.iopub?.status?.({ content: { execution_state: "idle" }, parent_header: { msg_id: asked } });
    }
  }

  async show(id, place) {
    await this.order;
    const view = await this.create_view(await this.get_model(id));
    await this.display_view(view, place);
    new MutationObserver(() => name(place)).observe(place, { childList: true, subtree: true });
    name(place);
  }
}
