// Draws every chart of a page with the site's own Vega. A chart of one view takes the width of the page.
(() => {
  const single = (spec) => "mark" in spec || "layer" in spec;
  function follow(box, view) {                           // Vega asks once, while the page's columns may still be moving: tell it the last width
    let width = box.clientWidth;
    new ResizeObserver(() => {
      if (!box.clientWidth || box.clientWidth === width) return;
      width = box.clientWidth;
      requestAnimationFrame(() => view.width(width).runAsync());
    }).observe(box);
  }
  async function draw(figure) {
    const spec = JSON.parse(figure.querySelector("script").textContent);
    if (single(spec)) Object.assign(spec, { width: "container", autosize: { type: "fit-x", contains: "padding" } });
    const box = document.createElement("div");            // Vega names and describes the element it is given: the words are ours
    box.setAttribute("aria-hidden", "true");
    figure.querySelector(".drawing").replaceChildren(box);
    const made = await globalThis.bookVega.embed(box, spec, { renderer: "svg", actions: false, mode: "vega-lite" });
    const inputs = box.querySelector(".vega-bindings");   // a control inside a picture would be hidden from a screen reader
    if (inputs) figure.append(inputs);
    figure.view = made.view;
    if (single(spec)) follow(box, made.view);
    figure.dataset.drawn = "yes";
    figure.dispatchEvent(new Event("chart:drawn"));
  }
  globalThis.bookChart = draw;                            // for what a reader's own code draws (book/_live/front/output.js)
  const all = () => document.querySelectorAll("figure.book-chart").forEach((figure) => draw(figure).catch((problem) => {
    figure.querySelector(".drawing").textContent = `This chart could not be drawn: ${problem.message}`;
    console.error(problem);
  }));
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", all); else all();
})();
