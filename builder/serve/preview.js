// What the preview adds to a page: it asks what is wrong, says so at the foot and in the form,
// and loads the page anew when it has become another one.

(() => {
  "use strict";

  const { digest } = document.currentScript.dataset;
  const CLOSED = "jixiao-preview-closed";
  const undo = [];

  const make = (tag, kind, ...children) => {
    const element = document.createElement(tag);
    if (kind) element.className = kind;
    element.append(...children);
    return element;
  };

  const link = (text, address) => {
    const element = make("a", "", text);
    element.href = address;
    return element;
  };

  // The panel at the foot.

  const title = make("summary", "");
  title.setAttribute("aria-live", "polite");
  const list = make("div", "");
  const panel = make("details", "jixiao-preview", title, list);
  panel.open = sessionStorage.getItem(CLOSED) === null;
  title.addEventListener("click", () => {
    if (panel.open) sessionStorage.setItem(CLOSED, "1");
    else sessionStorage.removeItem(CLOSED);
  });
  document.body.append(panel);

  const entry = (problem) => {
    const head = make("span", "");
    const rule = link(problem.code, `/-/explain/${problem.code}`);
    rule.title = "这条检查的解释";
    const target = problem.anchor ? `#${problem.anchor}` : problem.page;
    const message = target ? link(problem.message, target) : problem.message;
    head.append(make("span", "word", problem.word), " ", rule, " ", message);
    const aside = [problem.place, problem.hint && `建议：${problem.hint}`].filter(Boolean);
    return make("li", problem.severity, head, make("div", "aside", aside.join("　")));
  };

  const count = (problems, word) => (problems.length ? `${problems.length} 个${word}` : "");

  const draw = (state) => {
    while (undo.length) undo.pop()();
    mark(state.problems);
    const blanks = state.problems.filter((problem) => problem.blank);
    const [errors, warnings, hints] = ["error", "warning", "info"].map((severity) =>
      state.problems.filter((problem) => problem.severity === severity && !problem.blank));
    const graver = [...errors, ...warnings];
    const left = state.blanks ? `还有 ${state.blanks} 处待填` : "";
    const counts = [left, count(errors, "错误"), count(warnings, "警告"), count(hints, "提示")];
    title.textContent = `预览：${counts.filter(Boolean).join("，") || "没有问题"}`;
    panel.classList.toggle("clean", !graver.length && !left && !state.note);
    list.replaceChildren();
    if (state.note) list.append(make("p", "stop", state.note));
    if (graver.length) list.append(make("ol", "", ...graver.map(entry)));
    if (state.more) list.append(make("p", "aside", `还有 ${state.more} 条没有列出。`));
    const fold = (words, problems) => {
      if (!problems.length) return;
      const items = make("ol", "", ...problems.map(entry));
      list.append(make("details", "", make("summary", "", words), items));
    };
    fold(left, blanks);
    fold(`${hints.length} 条提示`, hints);
  };

  // The form: the cell is outlined, the message stands in a row beneath.

  // The last: what belongs to a level (its 分值) stands in front of what belongs to the row.
  const withLabel = (cells, label) => [...cells].findLast((cell) => cell.dataset.label === label);

  const find = ({ row, column }) => {
    const form = document.querySelector("table.form");
    if (!form) return null;
    if (row.startsWith("#")) {
      const found = document.getElementById(row.slice(1))?.closest("tr");
      return found && (withLabel(found.cells, column) || found.lastElementChild);
    }
    if (!row) return withLabel(form.querySelectorAll("td"), column);
    const head = [...form.querySelectorAll("th")].find((cell) => cell.textContent.trim() === row);
    if (!head) return null;
    return (column && withLabel(head.parentElement.cells, column)) || head.nextElementSibling;
  };

  const mark = (problems) => {
    const rows = new Map();
    problems.forEach((problem, number) => {
      const cell = problem.cell && problem.severity !== "info" && find(problem.cell);
      if (!cell) return;
      if (problem.blank) {
        blank(cell, problem, number);
        return;
      }
      const kind = `jixiao-${problem.severity}`;
      cell.classList.add(kind);
      undo.push(() => cell.classList.remove(kind));
      problem.anchor = `jixiao-problem-${number}`;
      const words = make("span", "", `${problem.word}：${problem.message}`);
      const message = make("p", problem.severity, words);
      message.id = problem.anchor;
      const row = cell.parentElement;
      rows.set(row, [...(rows.get(row) || []), message]);
    });
    rows.forEach((messages, row) => insert(row, messages));
  };

  // A blank needs no words in the form: it shows that it is one.
  const blank = (cell, problem, number) => {
    const anchor = make("span", "");
    anchor.id = problem.anchor = `jixiao-problem-${number}`;
    cell.prepend(anchor);
    cell.classList.add("jixiao-blank");
    undo.push(() => {
      anchor.remove();
      cell.classList.remove("jixiao-blank");
    });
  };

  // Cells that reach over the row from above grow by the new one.
  const insert = (row, messages) => {
    const rows = [...row.parentElement.rows].filter((one) => !one.matches(".brief"));
    const last = rows.indexOf(row);
    let covered = 0;
    rows.slice(0, last + 1).forEach((above, index) => {
      for (const cell of above.cells) {
        if (cell.rowSpan === 1 || index + cell.rowSpan <= last) continue;
        covered += cell.colSpan;
        cell.rowSpan += 1;
        undo.push(() => { cell.rowSpan -= 1; });
      }
    });
    const cell = make("td", "", ...messages);
    const columns = [...row.closest("table").querySelectorAll("col")];
    cell.colSpan = columns.reduce((sum, column) => sum + column.span, 0) - covered;
    const added = make("tr", "jixiao-message", cell);
    row.after(added);
    undo.push(() => added.remove());
  };

  // Word from the preview. A page that nobody sees holds no connection: a browser has few.

  let events = null;
  let drawn = "";

  const refresh = async () => {
    const answer = await fetch(`/-/state?path=${encodeURIComponent(location.pathname)}`);
    const text = await answer.text();
    const state = JSON.parse(text);
    if (state.digest !== digest) location.reload();
    else if (text !== drawn) draw(state);
    drawn = text;
  };

  const listen = () => {
    if (document.visibilityState === "hidden") {
      events?.close();
      events = null;
    } else if (!events) {
      events = new EventSource("/-/events");
      events.onmessage = () => refresh().catch(() => {});
      events.onerror = () => {
        drawn = "";
        title.textContent = "预览：已断开，jixiao serve 可能已经停止";
        panel.classList.remove("clean");
      };
    }
  };

  document.addEventListener("visibilitychange", listen);
  listen();
})();
