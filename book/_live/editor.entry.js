// What the page's editor is made of: CodeMirror 6, the editor that JupyterLab uses. `make live` joins it into one file.
export { EditorView, drawSelection, highlightSpecialChars, keymap } from "@codemirror/view";
export { EditorState } from "@codemirror/state";
export { defaultKeymap, history, historyKeymap, indentLess, indentMore } from "@codemirror/commands";
export { bracketMatching, HighlightStyle, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language";
export { python } from "@codemirror/lang-python";
export { tags } from "@lezer/highlight";
