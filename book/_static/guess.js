// Guess first: the reader sets what they expect, then sees the figures beside it and in words how far off they were. The drawing
// answers to mouse and touch, and the sliders under it to the keyboard; both set the same values, kept in the page's address.
(() => {
  const { make, shown, readPart, writePart, each } = globalThis.bookKit;
  const MINE = "#50585f", REAL = "#b34e00", INK = "#22272b", SOFT = "#d8d4ca";
  const svg = (tag, props = {}, ...inside) => {
    const e = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [name, value] of Object.entries(props)) e.setAttribute(name, value);
    e.append(...inside);
    return e;
  };
  const grip = (cx, cy) => svg("circle", { cx, cy, r: 20, fill: "transparent", class: "handle" });       // as large as a finger
  const clamp = (v, [low, high]) => Math.min(high, Math.max(low, v));
  const listed = (words) => (words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`);
  let count = 0;

  // ================================================================ lines and bars: one value for each label
  function values(about) {
    const { labels, truth, axis, form, given, kind } = about, n = labels.length, step = (axis[1] - axis[0]) / 100;
    const write = (v) => shown(v, form);
    const line = kind === "line", start = given ? truth[given - 1] : (axis[0] + axis[1]) / 2;
    const round = (v) => Number(clamp(axis[0] + Math.round((v - axis[0]) / step) * step, axis).toPrecision(6));
    let place;                                           // of labels and values in the drawing of this width
    const ways = {
      first: () => truth.map((v, i) => (i < given ? v : round(start))),
      free: labels.map((_, i) => i).filter((i) => i >= given),
      low: axis[0], high: axis[1], step, round, write,
      label: (i) => labels[i],
      read(text) {
        const found = text.split(",").map(Number);
        const right = found.length === n - given && found.every((v) => Number.isFinite(v) && v >= axis[0] && v <= axis[1]);
        return right ? [...truth.slice(0, given), ...found.map(round)] : undefined;
      },
      keep: (mine) => mine.slice(given).join(","),
      at(x, y) {                                         // which value a pointer means, and what it sets it to
        const along = line ? x : y, across = line ? y : x;
        const i = place.along.reduce((best, p, j) => (Math.abs(p - along) < Math.abs(place.along[best] - along) ? j : best), 0);
        return [i, round(place.value(across))];
      },
      draw(width, mine, open) {
        return line ? drawLine(width, mine, open) : drawBars(width, mine, open);
      },
      say: (mine) => say(about, mine, write),
    };
    function drawLine(width, mine, open) {
      const height = 250, left = 12 + 7.2 * Math.max(...axis.map((v) => write(v).length)), right = 98, top = 16, bottom = 30;
      const x = (i) => left + (i * (width - left - right)) / Math.max(n - 1, 1);
      const y = (v) => top + (1 - (v - axis[0]) / (axis[1] - axis[0])) * (height - top - bottom);
      place = { along: labels.map((_, i) => x(i)), value: (py) => axis[0] + (1 - (py - top) / (height - top - bottom)) * (axis[1] - axis[0]) };
      const every = Math.ceil((40 * n) / (width - left - right)), parts = [];
      for (let k = 0; k <= 4; k++) {
        const v = axis[0] + (k * (axis[1] - axis[0])) / 4;
        parts.push(svg("line", { x1: left, x2: width - right, y1: y(v), y2: y(v), stroke: SOFT }), svg("text", { x: left - 6, y: y(v) + 4, "text-anchor": "end" }, write(v)));
      }
      labels.forEach((label, i) => { if (i % every === 0) parts.push(svg("text", { x: x(i), y: height - 8, "text-anchor": "middle" }, label)); });
      const path = (vs, from) => vs.map((v, i) => `${x(i + from)},${y(v)}`).join(" ");
      parts.push(svg("polyline", { points: path(mine, 0), fill: "none", stroke: MINE, "stroke-width": 2.5, "stroke-dasharray": "6 4" }));
      const shownTruth = open ? truth : truth.slice(0, given);
      parts.push(svg("polyline", { points: path(shownTruth, 0), fill: "none", stroke: REAL, "stroke-width": 3 }));
      shownTruth.forEach((v, i) => parts.push(svg("circle", { cx: x(i), cy: y(v), r: 4.5, fill: REAL })));
      mine.forEach((v, i) => { if (i >= given) parts.push(svg("circle", { cx: x(i), cy: y(v), r: 7, fill: "#fff", stroke: MINE, "stroke-width": 2.5 }), grip(x(i), y(v))); });
      const ends = [[mine.at(-1), "your guess", MINE], ...(open ? [[truth.at(-1), "the figures", REAL]] : [])].sort((a, b) => b[0] - a[0]);
      let above = -99;
      for (const [v, words, fill] of ends) { above = Math.max(y(v) + 4, above + 16); parts.push(svg("text", { x: width - right + 10, y: above, fill, "font-weight": 600 }, words)); }
      return svg("svg", { width, height, fill: INK, viewBox: `0 0 ${width} ${height}` }, ...parts);
    }
    function drawBars(width, mine, open) {
      const row = 58, top = 6, left = 6, right = 62, height = top + row * n;
      const x = (v) => left + ((v - axis[0]) / (axis[1] - axis[0])) * (width - left - right);
      place = { along: labels.map((_, i) => top + row * i + row / 2), value: (px) => axis[0] + ((px - left) / (width - left - right)) * (axis[1] - axis[0]) };
      const parts = labels.flatMap((label, i) => {
        const y = top + row * i, known = i < given, v = known ? truth[i] : mine[i], made = [svg("text", { x: left, y: y + 14 }, label)];
        const bar = (value, at, tall, props, words) => made.push(svg("rect", { x: left, y: at, width: Math.max(1, x(value) - left), height: tall, ...props }),
          svg("text", { x: x(value) + 10, y: at + tall - 1, "font-weight": 600, fill: words }, write(value)));
        if (!known) {
          bar(v, y + 20, 13, { fill: "#fff", stroke: MINE, "stroke-width": 2, "stroke-dasharray": "6 4" }, MINE);
          made.push(svg("circle", { cx: x(v), cy: y + 26.5, r: 7, fill: "#fff", stroke: MINE, "stroke-width": 2.5 }), grip(x(v), y + 26.5));
        }
        if (known || open) bar(truth[i], y + 37, 13, { fill: REAL }, REAL);
        return made;
      });
      return svg("svg", { width, height, fill: INK, viewBox: `0 0 ${width} ${height}` }, ...parts);
    }
    return ways;
  }
  function say({ labels, truth, axis, kind, given }, mine, write) {
    const gaps = truth.map((v, i) => mine[i] - v), free = gaps.slice(given), size = free.map(Math.abs);
    const worst = given + size.indexOf(Math.max(...size)), mean = size.reduce((a, b) => a + b, 0) / size.length, span = axis[1] - axis[0];
    const far = (v) => write(Math.abs(v)).replace(/%$/, " points");
    const out = [];
    if (Math.max(...size) <= span * 0.05) out.push(`You were close everywhere: never more than ${far(gaps[worst])} off.`);
    else {
      out.push(`You were furthest off for ${labels[worst]}: you expected ${write(mine[worst])}, it is ${write(truth[worst])}, ${far(gaps[worst])} ${gaps[worst] > 0 ? "less" : "more"}.`);
      const high = free.filter((v) => v > span * 0.01).length, low = free.filter((v) => v < -span * 0.01).length;
      out.push(`On average you were ${far(mean)} off${high === free.length ? ", always too high" : low === free.length ? ", always too low" : ""}.`);
    }
    if (kind === "line") {                               // the shape: where it moves most
      const moves = (vs) => vs.slice(1).map((v, i) => v - vs[i]), yours = moves(mine), real = moves(truth);
      const most = (vs) => vs.reduce((best, v, i) => (Math.abs(v) > Math.abs(vs[best]) ? i : best), 0), turn = (v) => (v < 0 ? "fall" : "rise");
      const a = most(yours), b = most(real), when = (i) => `from ${labels[i]} to ${labels[i + 1]}`;
      if (Math.abs(yours[a]) < span * 0.005) out.push(`You drew no movement; the largest is a ${turn(real[b])} ${when(b)}.`);
      else if (a === b && turn(yours[a]) === turn(real[b])) out.push(`You found the largest movement: a ${turn(real[b])} ${when(b)}.`);
      else out.push(`Your largest movement is a ${turn(yours[a])} ${when(a)}; in the figures it is a ${turn(real[b])} ${when(b)}.`);
    } else {
      const top = (vs) => { const most = Math.max(...vs); return vs.flatMap((v, i) => (Math.abs(v - most) < span * 0.002 ? [i] : [])); };
      const yours = top(mine), real = top(truth);
      if (yours.length === 1 && real.includes(yours[0])) out.push(`You put ${labels[yours[0]]} highest, and it is.`);
      else out.push(`Highest is ${listed(real.map((i) => labels[i]))}; you put ${yours.length === mine.length ? "all alike" : `${listed(yours.map((i) => labels[i]))} there`}.`);
    }
    return out.join(" ");
  }

  // ================================================================ a point on a map
  function point(about) {
    const { truth, landmarks, picture, x: [x0, x1], y: [y0, y1] } = about, km = (a, b) => Math.hypot(a[0] - b[0], a[1] - b[1]);
    const COMPASS = ["east", "north-east", "north", "north-west", "west", "south-west", "south", "south-east"];
    const towards = (a, b) => COMPASS[(Math.round(Math.atan2(b[1] - a[1], b[0] - a[0]) / (Math.PI / 4)) + 8) % 8];
    const near = (at) => {
      if (!landmarks.length) return "";
      const [name, ...place] = landmarks.reduce((best, one) => (km(one.slice(1), at) < km(best.slice(1), at) ? one : best));
      const far = Math.round(km(place, at) / 10) * 10;
      return far < 20 ? `at ${name}` : `${far} km ${towards(place, at)} of ${name}`;
    };
    const round = (v, i) => Math.round(clamp(v, i ? [y0, y1] : [x0, x1]));
    let scale;
    return {
      first: () => [round((x0 + x1) / 2, 0), round((y0 + y1) / 2, 1)], free: [0, 1], step: 10, round, near, both: true,
      bounds: [[Math.ceil(x0), Math.floor(x1)], [Math.ceil(y0), Math.floor(y1)]], write: (v, i, mine) => near(mine),
      label: (i) => (i ? "South to north" : "West to east"),
      read(text) {
        const found = text.split(",").map(Number);
        return found.length === 2 && found.every((v, i) => Number.isFinite(v) && round(v, i) === v) ? found : undefined;
      },
      keep: (mine) => mine.join(","),
      at: (px, py) => [x0 + px / scale, y1 - py / scale],
      draw(width, mine, open) {
        const side = Math.min(width, 440), flat = ([x, y]) => [(x - x0) * scale, (y1 - y) * scale];
        scale = side / (x1 - x0);
        const parts = [svg("image", { href: picture, width: side, height: side })];
        for (const [name, ...at] of landmarks) {
          const [x, y] = flat(at);
          parts.push(svg("circle", { cx: x, cy: y, r: 3, fill: INK }), svg("text", { x: x + 6, y: y + 4 }, name));
        }
        const [mx, my] = flat(mine), [tx, ty] = flat(truth);
        if (open) parts.push(svg("line", { x1: mx, y1: my, x2: tx, y2: ty, stroke: MINE, "stroke-dasharray": "6 4", "stroke-width": 2 }),
          svg("circle", { cx: tx, cy: ty, r: 7, fill: REAL }), svg("text", { x: tx + 11, y: ty + 4, fill: REAL, "font-weight": 600 }, "the figures"));
        parts.push(svg("circle", { cx: mx, cy: my, r: 8, fill: "#fff", "fill-opacity": 0.6, stroke: MINE, "stroke-width": 3 }), grip(mx, my),
          svg("text", { x: mx + 12, y: my + 4, fill: MINE, "font-weight": 600 }, "your guess"));
        return svg("svg", { width: side, height: side, fill: INK, viewBox: `0 0 ${side} ${side}` }, ...parts);
      },
      say(mine) {
        const far = Math.round(km(mine, truth) / 10) * 10, where = near(truth);
        return far < 30 ? `You were close: the point lies ${where || "where you put it"}.`
          : `You were about ${far} km off: the point lies to the ${towards(mine, truth)} of yours${where ? `, ${where}` : ""}.`;
      },
    };
  }

  // ================================================================ one guess
  function veiled(place, many) {                         // the figures that come next, each with its source
    const after = [...document.querySelectorAll("figure.book-chart, figure.book-map, figure.book-table, .cell_output table.dataframe")]
      .filter((f) => place.compareDocumentPosition(f) & Node.DOCUMENT_POSITION_FOLLOWING).slice(0, many);
    return after.flatMap((f) => {
      const output = f.closest(".output") ?? f, next = output.nextElementSibling;
      return next?.querySelector(":scope > .credit") ? [output, next] : [output];
    });
  }

  function enliven(place) {
    const about = JSON.parse(place.querySelector("script").textContent), ways = about.kind === "point" ? point(about) : values(about);
    const id = `guess-${++count}`, part = `guess-${about.name}`, covered = veiled(place, about.covers);
    let mine = ways.first(), open = false, moved = false;
    const bounds = (i) => ways.bounds?.[i] ?? [ways.low, ways.high];
    const sliders = ways.free.map((i) => make("input", { type: "range", id: `${id}-${i}`, min: bounds(i)[0], max: bounds(i)[1], step: ways.step }));
    const echoes = sliders.map(() => make("span", { className: "echo", aria: { hidden: "true" } }));       // a screen reader has aria-valuetext
    const rows = sliders.map((slider, k) => make("div", { className: "line" }, make("label", { htmlFor: slider.id, textContent: ways.label(ways.free[k]) }), slider, echoes[k]));
    const drawing = make("div", { className: "drawing", aria: { hidden: "true" } });      // the sliders say the same
    const show = make("button", { type: "button", textContent: "Show the figures" }), skip = make("button", { type: "button", textContent: "Skip" });
    const again = make("button", { type: "button", textContent: "Guess again", hidden: true });
    const words = make("p", { className: "verdict-words", role: "status" });
    const legend = make("legend", { className: "sr-only", textContent: "Your guess" });

    function paint() {
      const width = Math.min(drawing.clientWidth || 480, 640);
      drawing.replaceChildren(ways.draw(width, mine, open));
      sliders.forEach((slider, k) => {
        const i = ways.free[k], text = ways.write(mine[i], i, mine);
        slider.value = mine[i];
        slider.disabled = open;
        slider.setAttribute("aria-valuetext", text);
        echoes[k].textContent = ways.both && k ? "" : text;
      });
    }
    const set = (i, v) => { if (!open && ways.free.includes(i)) { mine[i] = v; moved = true; paint(); } };
    const cover = (on) => covered.forEach((output) => output.classList.toggle("veiled", on));
    function reveal(tell) {
      open = true;
      cover(false);
      show.hidden = skip.hidden = true;
      again.hidden = false;
      paint();
      if (tell) words.replaceChildren(`${ways.say(mine)} `, make("em", { textContent: about.say }));
    }
    sliders.forEach((slider, k) => slider.addEventListener("input", () => set(ways.free[k], ways.round(Number(slider.value), ways.free[k]))));
    const follow = (event) => {
      const box = drawing.firstElementChild.getBoundingClientRect(), at = ways.at(event.clientX - box.left, event.clientY - box.top);
      if (ways.both) at.forEach((v, i) => set(i, ways.round(v, i))); else set(...at);
    };
    let tap = false;                                     // a finger beside a handle may be about to scroll: wait until it lifts
    drawing.addEventListener("pointerdown", (event) => {
      tap = event.pointerType === "touch" && !event.target.closest(".handle");
      if (open || tap) return;
      drawing.setPointerCapture(event.pointerId);
      event.preventDefault();
      follow(event);
    });
    drawing.addEventListener("pointermove", (event) => { if (drawing.hasPointerCapture(event.pointerId)) follow(event); });
    drawing.addEventListener("pointerup", (event) => { if (tap && !open) follow(event); });
    show.addEventListener("click", () => {
      if (!moved) { words.textContent = "Move something first, or skip."; return; }
      writePart(part, ways.keep(mine));
      reveal(true);
      again.focus();
    });
    skip.addEventListener("click", () => { cover(false); skip.hidden = true; words.textContent = "Skipped: the figure is below. You can still guess."; show.focus(); });
    again.addEventListener("click", () => {
      [mine, open, moved] = [ways.first(), false, false];
      writePart(part, "");
      show.hidden = skip.hidden = false;
      again.hidden = true;
      words.textContent = "";
      cover(true);
      paint();
      (sliders[0] ?? show).focus();
    });

    const tools = make("div", { className: "tools" }, show, skip, again);
    const box = make("div", { className: "guessing" }, drawing, make("fieldset", {}, legend, ...rows), tools, words);
    place.querySelector("details").replaceWith(box);
    cover(true);
    function fromAddress() {
      const kept = readPart(part), found = kept === undefined ? undefined : ways.read(kept);
      if (found) { mine = found; moved = true; reveal(true); }
      return Boolean(found);
    }
    if (fromAddress() && !location.hash.slice(1).split(";").some((other) => other.includes(":") && !other.startsWith("guess-"))) place.scrollIntoView();
    paint();
    window.addEventListener("hashchange", fromAddress);
    window.addEventListener("resize", paint);
    place.dataset.alive = "yes";
  }
  each("figure.book-guess", enliven);
})();
