// A deck's own script: charts and maps are made when their slide is first shown, and what is higher than a slide is made smaller.
(() => {
  const WIDE = 700, ROOM = { width: 1184, height: 652 };     // a chart is drawn as in the page, then grows with its words; room inside a slide
  const single = (spec) => "mark" in spec || "layer" in spec;

  async function draw(figure) {
    figure.dataset.drawn = "begun";
    const spec = JSON.parse(figure.querySelector("script").textContent);
    if (single(spec)) Object.assign(spec, { width: WIDE, autosize: { type: "fit-x", contains: "padding" } });
    const box = document.createElement("div");
    box.setAttribute("aria-hidden", "true");
    figure.querySelector(".drawing").replaceChildren(box);
    const made = await globalThis.bookVega.embed(box, spec, { renderer: "svg", actions: false, mode: "vega-lite" });
    const inputs = box.querySelector(".vega-bindings");
    if (inputs) figure.append(inputs);
    figure.view = made.view;
    figure.dataset.drawn = "yes";
  }

  function fit(slide) {
    const inside = slide.querySelector(":scope > .fit");
    if (!inside) return;
    inside.style.zoom = 1;
    const high = inside.scrollHeight, wide = Math.max(inside.scrollWidth, ...[...inside.querySelectorAll("table, pre, svg")].map((e) => e.scrollWidth || 0));
    let zoom = Math.min(1, ROOM.height / high, ROOM.width / wide);
    inside.style.zoom = zoom;
    for (let n = 0; n < 8 && inside.getBoundingClientRect().height / scale() > ROOM.height + 1; n++) inside.style.zoom = zoom *= 0.96;   // wider lines break elsewhere
    slide.dataset.fitted = zoom.toFixed(3);
  }
  const scale = () => globalThis.Reveal.getScale();

  async function show(slide) {
    if (!slide) return;
    for (const frame of slide.querySelectorAll("iframe[data-srcdoc]")) {
      frame.srcdoc = frame.dataset.srcdoc;
      frame.removeAttribute("data-srcdoc");
    }
    await Promise.all([...slide.querySelectorAll("figure.book-chart:not([data-drawn])")].map((figure) => draw(figure).catch((problem) => {
      figure.querySelector(".drawing").textContent = `This chart could not be drawn: ${problem.message}`;
      console.error(problem);
    })));
    fit(slide);
  }

  globalThis.Reveal.on("ready", (event) => show(event.currentSlide));
  globalThis.Reveal.on("slidechanged", (event) => show(event.currentSlide));
  document.addEventListener("toggle", () => fit(globalThis.Reveal.getCurrentSlide()), true);      // an answer that is opened
  globalThis.Reveal.initialize({ width: 1280, height: 720, margin: 0, center: false, hash: true, transition: "none", slideNumber: "c/t", pdfSeparateFragments: false });
})();
