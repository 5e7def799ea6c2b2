// A cell's code as an editor: CodeMirror, in the page's own colours (its marks carry the class names of Pygments).
import { EditorState, EditorView, HighlightStyle, bracketMatching, defaultKeymap, drawSelection, highlightSpecialChars, history,
  historyKeymap, indentLess, indentMore, indentOnInput, indentUnit, keymap, python, syntaxHighlighting, tags } from "./editor.js";

const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.controlKeyword, tags.definitionKeyword, tags.moduleKeyword], class: "kn" },
  { tag: tags.operatorKeyword, class: "ow" }, { tag: [tags.bool, tags.null], class: "kc" },
  { tag: [tags.string, tags.special(tags.string)], class: "s1" }, { tag: tags.number, class: "mi" }, { tag: tags.comment, class: "c1" },
  { tag: tags.function(tags.definition(tags.variableName)), class: "nf" }, { tag: tags.definition(tags.className), class: "nc" },
  { tag: tags.operator, class: "o" }, { tag: tags.meta, class: "nd" },
]);

// Put an editor in the place of a `pre`. Tab indents; Escape and then Tab goes on to what follows.
export function editor(pre, text, words, { run, runAndGoOn, changed }) {
  const keys = [
    { key: "Shift-Enter", run: () => { runAndGoOn(); return true; } }, { key: "Mod-Enter", run: () => { run(); return true; } },
    { key: "Tab", run: indentMore, shift: indentLess }, ...defaultKeymap, ...historyKeymap];
  const view = new EditorView({
    state: EditorState.create({ doc: text, extensions: [
      keymap.of(keys), history(), drawSelection(), highlightSpecialChars(), bracketMatching(), indentOnInput(), indentUnit.of("    "),
      EditorState.tabSize.of(4), EditorView.lineWrapping, python(), syntaxHighlighting(colours), EditorView.contentAttributes.of({ "aria-label": words, spellcheck: "false" }),
      EditorView.updateListener.of((update) => { if (update.docChanged) changed(update.state.doc.toString()); }),
    ] }),
  });
  view.dom.classList.add("live-editor");
  pre.hidden = true;
  pre.after(view.dom);
  return {
    get: () => view.state.doc.toString(),
    set: (code) => view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: code } }),
    focus: () => view.focus(),
    end: () => { view.destroy(); pre.hidden = false; },
  };
}
