/* Tables that sort and filter, the search field, and printing; and how scripts are loaded that few
   readers need. Without this script all stays readable. */
"use strict";

/** Load a script of ours, asked for once; again after a failure, or where it did not bring what it
    was loaded for. */
const jixiaoLoad = (() => {
  const asked = new Map(); // address → a promise
  return (address, hasCome = () => true) => {
    if (!asked.has(address)) {
      asked.set(address, new Promise((resolve, reject) => {
        const script = document.createElement("script");
        const fail = () => {
          asked.delete(address);
          reject(new Error(address));
        };
        script.src = address;
        script.onload = () => (hasCome() ? resolve() : fail());
        script.onerror = fail;
        document.head.append(script);
      }));
    }
    return asked.get(address);
  };
})();

(() => {
  const collator = new Intl.Collator("zh-CN", { numeric: true });

  /** What a cell is sorted by: its number, or its text. A dash stands below every number. */
  function key(row, column, numeric) {
    const cell = row.cells[column];
    const text = (cell?.querySelector("a") ?? cell)?.textContent.trim() ?? "";
    if (!numeric) return text;
    const number = Number.parseFloat(text.replaceAll(",", ""));
    return Number.isNaN(number) ? Number.NEGATIVE_INFINITY : number;
  }

  function compare(a, b) {
    return typeof a === "number" ? a - b : collator.compare(a, b);
  }

  /** Let the headings of a table sort it: up, down, and back to the order it came in. */
  function sortable(table) {
    const bodies = [...table.tBodies];
    const home = bodies.map((body) => [...body.rows]);
    const rows = home.flat().filter((row) => !row.classList.contains("group"));
    const headings = [...table.tHead.rows[0].cells];

    function order(heading, direction) {
      const column = headings.indexOf(heading);
      const numeric = heading.classList.contains("figure");
      if (direction === "none") {
        bodies.forEach((body, i) => body.append(...home[i]));
      } else {
        const sign = direction === "ascending" ? 1 : -1;
        // What is too small to be the best or the worst of all stands behind the others.
        const isFair = heading.classList.contains("fair");
        const last = (row) => isFair && row.classList.contains("minor");
        const keyed = rows.map((row, i) => [key(row, column, numeric), i, row]);
        keyed.sort((a, b) => last(a[2]) - last(b[2]) || sign * compare(a[0], b[0]) || a[1] - b[1]);
        bodies[0].append(...keyed.map((entry) => entry[2]));
      }
      table.classList.toggle("sorted", direction !== "none");
      for (const other of headings) other.removeAttribute("aria-sort");
      if (direction !== "none") heading.setAttribute("aria-sort", direction);
    }

    for (const heading of headings) {
      if (heading.dataset.order === "none") continue;
      const button = document.createElement("button");
      button.type = "button";
      button.append(...[...heading.childNodes].filter((node) => node.className !== "meaning"));
      heading.prepend(button);
      button.addEventListener("click", () => {
        const now = heading.getAttribute("aria-sort") ?? "none";
        // Figures are asked for from the top, names from the beginning.
        const isFalling = heading.matches(".figure, [data-order=falling]");
        const first = isFalling ? "descending" : "ascending";
        const second = first === "ascending" ? "descending" : "ascending";
        order(heading, now === "none" ? first : now === first ? second : "none");
      });
    }
    table.classList.add("ready");
    return rows;
  }

  /** A field in the room above a long table, that leaves the rows with the words typed in. */
  function filterable(table, rows) {
    const room = table.previousElementSibling;
    if (!room?.matches(".filter")) return;
    const label = document.createElement("label");
    const input = document.createElement("input");
    const count = document.createElement("span");
    label.append("part" in table.dataset ? "筛选本页 " : "筛选 ", input);
    room.append(label, count);
    input.type = "search";
    count.className = "note";
    count.setAttribute("role", "status");
    // A row is found by the heading of its group, too.
    const groups = new Map();
    for (const body of table.tBodies) {
      const heading = body.querySelector(".group");
      for (const row of body.rows) if (heading && row !== heading) groups.set(row, heading);
    }
    const fold = (text) => text.normalize("NFKC").toLowerCase();
    input.addEventListener("input", () => {
      const words = fold(input.value).split(/\s+/).filter(Boolean);
      const kept = new Set();
      let shown = 0;
      for (const row of rows) {
        const heading = groups.get(row);
        const text = fold(row.textContent + (heading?.textContent ?? ""));
        row.hidden = !words.every((word) => text.includes(word));
        shown += !row.hidden;
        if (heading && !row.hidden) kept.add(heading);
      }
      for (const heading of new Set(groups.values())) heading.hidden = !kept.has(heading);
      const told = shown ? `${shown} 项` : "没有符合的，可以少输几个字。";
      count.textContent = words.length ? told : "";
    });
  }

  /** The search is loaded when somebody wants it: most readers of a page do not. */
  function searchable(form) {
    const input = form.querySelector("input");
    if (document.querySelector(".finding")) return; // the page of the search has its own
    async function begin() {
      input.removeEventListener("focus", begin);
      try {
        for (const part of ["engine", "hits", "panel"]) await jixiaoLoad(form.dataset[part]);
        jixiaoSearch.open(form);
      } catch {
        // Enter still leads to the page of the search, and the next visit to the field tries again.
        input.addEventListener("focus", begin);
      }
    }
    input.addEventListener("focus", begin);
  }

  /** The name of the indicator that the reader looks at; "" above the form and without one. */
  function place() {
    const middle = window.innerHeight / 2;
    const names = [...document.querySelectorAll("#form .indicator > th[scope=row]")];
    const passed = names.filter((name) => name.getBoundingClientRect().top < middle);
    const isInside = document.querySelector("#form")?.getBoundingClientRect().top < 0;
    return isInside ? (passed.at(-1)?.textContent.trim() ?? "") : "";
  }

  /** Another table or year of a project opens where the reader is: at the form, and where a browser
     can find words, at the indicator of that name. */
  function keepPlace(link) {
    const [page] = link.href.split("#");
    link.addEventListener("click", () => {
      const name = place();
      const words = encodeURIComponent(name).replaceAll("-", "%2D");
      link.href = name ? `${page}#form:~:text=${words}` : page;
    });
  }

  for (const button of document.querySelectorAll("[data-save]")) {
    const words = button.textContent;
    button.addEventListener("click", async () => {
      try {
        await jixiaoLoad(button.closest("[data-script]").dataset.script);
        button.textContent = words;
        jixiaoSave(button);
      } catch {
        button.textContent = `${words}（没有取到，请再试一次）`;
      }
    });
  }

  /** On a narrow screen how the points came about is folded until a link leads into it, or a reader
     opens it; on wide screens and on paper it is open, and without this script it is everywhere. */
  function foldable(fold) {
    const isNarrow = window.matchMedia("(max-width: 47.5rem)");
    const holds = (hash) => fold.parentElement.contains(document.getElementById(hash.slice(1)));
    const settle = () => { fold.open = !isNarrow.matches || holds(location.hash); };
    const open = (hash) => { if (holds(hash)) fold.open = true; };
    let wasOpen = true;
    settle();
    fold.classList.add("settled");
    isNarrow.addEventListener("change", settle);
    document.addEventListener("click", (event) => open(event.target.closest("a")?.hash ?? ""));
    window.addEventListener("hashchange", () => open(location.hash));
    window.addEventListener("beforeprint", () => { wasOpen = fold.open; fold.open = true; });
    window.addEventListener("afterprint", () => { fold.open = wasOpen; });
  }

  /** What a page was asked belongs to its address in the margin of paper. */
  function asked() {
    const { address } = document.body.dataset;
    const told = [...new URLSearchParams(location.search)].map((pair) => (
      pair.map((text) => text.replace(/[%&#+\s]/g, encodeURIComponent)).join("=")));
    const question = told.length && address.startsWith("http") ? `?${told.join("&")}` : "";
    document.documentElement.dataset.address = address + question;
  }

  const ROLES = {
    TABLE: "table", THEAD: "rowgroup", TBODY: "rowgroup", TR: "row", TD: "cell",
    col: "columnheader", row: "rowheader", rowgroup: "rowheader",
  };

  /** Some browsers forget what a table is where its rows are set in another way. */
  function remembered(table) {
    for (const part of [table, ...table.querySelectorAll("thead, tbody, tr, th, td")]) {
      const role = ROLES[part.getAttribute("scope") ?? part.tagName];
      if (role) part.setAttribute("role", role);
    }
  }

  addEventListener("beforeprint", asked);
  for (const table of document.querySelectorAll(".projects, .ranking, .form")) remembered(table);
  for (const fold of document.querySelectorAll("details.fold")) foldable(fold);
  for (const link of document.querySelectorAll(".switch a")) keepPlace(link);
  for (const form of document.querySelectorAll("form[data-core]")) searchable(form);
  for (const table of document.querySelectorAll("table.sortable")) {
    filterable(table, sortable(table));
  }
  // Margins on paper see only the root, where nothing but ASCII may stand before the charset.
  Object.assign(document.documentElement.dataset, document.body.dataset);
  for (const button of document.querySelectorAll("button[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
})();
