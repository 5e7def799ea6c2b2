// What the page needs to show ipywidgets and anywidgets: their own front ends, joined into one file by `make live`.
import * as base from "@jupyter-widgets/base";
import * as controls from "@jupyter-widgets/controls";
import * as output from "@jupyter-widgets/html-manager/lib/output.js";
import { HTMLManager } from "@jupyter-widgets/html-manager/lib/htmlmanager.js";
import { Widget } from "@lumino/widgets";
import "@jupyter-widgets/controls/css/widgets.built.css";
import { held } from "./define.js";
import "anywidget";                     // a module for a loader that the page does not have: define.js takes it

delete globalThis.define;
export const modules = {
  "@jupyter-widgets/base": base, "@jupyter-widgets/controls": controls, "@jupyter-widgets/output": output,
  anywidget: held.factory(base),
};
export { HTMLManager, Widget };
