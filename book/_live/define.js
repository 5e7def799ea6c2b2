// anywidget comes as a module for RequireJS. The page has no such loader, so what it defines is kept here.
export const held = {};
globalThis.define = (needs, factory) => { held.factory = factory; };
