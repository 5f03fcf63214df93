/* A drawing taken along as SVG, its table as CSV: made of what the page shows, so that they say the
   same. The drawing stands alone: in the colours of paper, with its title and where it is from.
   Loaded when somebody first asks for one. */
"use strict";

const jixiaoSave = (() => {
  const EDGE = 24; // px around a drawing
  const WIDTH = 592; // px of one that fills its column
  const BARS = 240; // px of the longest bar of a table
  const ROW = 28;
  const TITLE_LINE = 26;
  const LINE = 18; // of what is told below
  const AIR = 20; // px between two columns
  const SPACE = "http://www.w3.org/2000/svg";
  const DANGEROUS = /^[=+\-@＝＋－＠']/; // what a spreadsheet would run: see csv.js
  const NUMBER = /^-?[\d,]*\d(\.\d+)?%?$/;
  const STYLES = [
    "fill", "fill-opacity", "stroke", "stroke-width", "stroke-linecap",
    "font-size", "font-weight", "text-anchor",
  ];

  const OF_THE_PAGE = ["class", "id", "role", "aria-labelledby", "aria-hidden", "focusable"];

  function node(parent, name, attributes = {}, text = "") {
    const made = document.createElementNS(SPACE, name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.textContent = text;
    parent.append(made);
    return made;
  }

  /** The cells of a row that say something, without the ways to the words. */
  function cells(row) {
    return [...row.cells]
      .filter((cell) => !cell.classList.contains("bars"))
      .map((cell) => {
        const copy = cell.cloneNode(true);
        for (const part of copy.querySelectorAll(".meaning, .hidden")) part.remove();
        return copy.textContent.replaceAll(/\s+/g, " ").trim();
      });
  }

  function csv(table) {
    const quoted = (text) => {
      const value = NUMBER.test(text) ? text.replaceAll(",", "") : text;
      const safe = DANGEROUS.test(value) && !NUMBER.test(value) && value !== "-" ? `'${value}` : value;
      return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
    };
    const rows = [...table.rows].map((row) => cells(row).map(quoted).join(","));
    return `\ufeff${rows.join("\r\n")}\r\n`;
  }

  /** A text in lines that fit; no line begins with a mark that ends something. */
  function lines(parent, text, width, attributes) {
    const probe = node(parent, "text", attributes);
    const found = [];
    let line = "";
    for (const sign of text) {
      probe.textContent = line + sign;
      if (line && probe.getComputedTextLength() > width && !/[，。；、）”％%]/.test(sign)) {
        found.push(line);
        line = sign;
      } else line += sign;
    }
    probe.remove();
    return [...found, line];
  }

  function written(root, text, y, width, name, height) {
    for (const line of lines(root, text, width, { class: name })) {
      node(root, "text", { class: name, x: EDGE, y }, line);
      y += height;
    }
    return y;
  }

  /** The rows of a table with its bars between names and figures; where they end. */
  function rowsOf(root, table, y, width, columns) {
    const figures = columns.slice(1);
    for (const row of table.rows) {
      const texts = cells(row);
      node(root, "text", { x: EDGE, y: y + 18 }, texts[0]);
      const bars = row.querySelector(".bars svg");
      if (bars) {
        const group = node(root, "g", { class: "bars" });
        const copy = bars.cloneNode(true);
        copy.setAttribute("x", EDGE + columns[0] + AIR);
        copy.setAttribute("y", y + 5);
        copy.setAttribute("width", BARS);
        group.append(copy);
      }
      let right = EDGE + width;
      for (let i = figures.length - 1; i >= 0; i -= 1) {
        node(root, "text", { x: right, y: y + 18, class: "end" }, texts[i + 1] ?? "");
        right -= figures[i] + AIR;
      }
      y += ROW;
      if (!row.nextElementSibling) {
        node(root, "line", { class: "axis", x1: EDGE, x2: EDGE + width, y1: y - 3, y2: y - 3 });
      }
    }
    return y;
  }

  /** How wide the columns of a table are, its names first. */
  function widths(root, table) {
    const probe = node(root, "text");
    const found = [];
    for (const row of table.rows) {
      cells(row).forEach((text, i) => {
        probe.textContent = text;
        found[i] = Math.max(found[i] ?? 0, probe.getComputedTextLength());
      });
    }
    probe.remove();
    return found;
  }

  /** Every mark with the looks it has here, as attributes: a file has no style sheet. */
  function dress(root) {
    for (const mark of root.querySelectorAll("rect, circle, line, text")) {
      const styles = getComputedStyle(mark);
      for (const style of STYLES) mark.setAttribute(style, styles.getPropertyValue(style));
    }
    root.setAttribute("font-family", getComputedStyle(root).fontFamily);
    for (const mark of root.querySelectorAll("*")) {
      for (const name of OF_THE_PAGE) mark.removeAttribute(name);
    }
    for (const inner of root.querySelectorAll("svg :is(title, desc)")) inner.remove();
  }

  function source() {
    const { address, day } = document.body.dataset;
    const from = ["来源：" + document.title, day].filter(Boolean).join("，");
    return address.includes("://") ? [from, address] : [from];
  }

  function svg(figure) {
    const room = document.createElement("div");
    room.className = "daylight";
    document.body.append(room);
    try {
      const root = node(room, "svg", { xmlns: SPACE, class: "drawing" });
      const title = figure.querySelector("figcaption").textContent.trim();
      const drawing = figure.querySelector("svg.drawing");
      const table = drawing ? null : figure.querySelector("table");
      const columns = table ? widths(root, table) : [];
      const figures = columns.slice(1).reduce((sum, wide) => sum + wide + AIR, 0);
      const width = table ? Math.ceil(columns[0] + AIR + BARS + figures) : WIDTH;
      let y = written(root, title, EDGE + 16, width, "title", TITLE_LINE) + 4;
      if (drawing) {
        const copy = drawing.cloneNode(true);
        const tall = Number(drawing.getAttribute("height"));
        copy.setAttribute("x", EDGE);
        copy.setAttribute("y", y);
        copy.setAttribute("width", width);
        copy.setAttribute("overflow", "visible");
        root.append(copy);
        y += tall;
      } else {
        y = rowsOf(root, table, y, width, columns);
      }
      const told = drawing ? drawing.querySelector("desc") : table.caption;
      y += 2 * LINE;
      for (const text of [told.textContent.trim(), ...source()]) {
        y = written(root, text, y, width, "told", LINE);
      }
      const [wide, tall] = [width + 2 * EDGE, y - LINE + EDGE];
      root.setAttribute("width", wide);
      root.setAttribute("height", tall);
      root.setAttribute("viewBox", `0 0 ${wide} ${tall}`);
      dress(root);
      root.removeAttribute("class");
      const ground = node(root, "rect", { width: "100%", height: "100%", fill: "#fff" });
      root.prepend(ground);
      const name = document.createElementNS(SPACE, "title");
      name.textContent = title;
      root.prepend(name);
      return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(root)}\n`;
    } finally {
      room.remove();
    }
  }

  function handOver(text, type, name) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type }));
    link.download = name;
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }

  return (button) => {
    const figure = button.closest("figure");
    const kind = button.dataset.save;
    const words = `${document.querySelector("h1").textContent}，${figure.querySelector("figcaption").textContent}`;
    const name = words.replaceAll(/[\s\u00a0]+/g, "").replaceAll(/[\\/:*?"<>|]/g, "").slice(0, 60);
    if (kind === "svg") handOver(svg(figure), "image/svg+xml", `${name}.svg`);
    else handOver(csv(figure.querySelector("table")), "text/csv", `${name}.csv`);
  };
})();
