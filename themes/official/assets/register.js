/* The register of deviations, narrowed and put in order over all of its pages. All rows come in
   scripts, made by the template that made those of the page; they are loaded when somebody asks
   for something. Without this script the pages stay as they are. */
"use strict";

const jixiaoRows = (() => {
  const FIRST = 100; // rows shown before all are asked for
  const form = document.querySelector(".sieve");
  const table = document.querySelector("table.register");
  const body = table.tBodies[0];
  const own = [...body.rows];
  const pager = document.querySelector(".pager");
  const status = form.querySelector("[role=status]");
  const reset = form.querySelector("[type=reset]");
  const more = document.createElement("button");
  const every = [];

  more.type = "button";
  more.className = "button";
  more.hidden = true;
  table.after(more);

  const fold = (text) => text.normalize("NFKC").toLowerCase();
  const number = (text) => (text ? Number.parseFloat(text) : Number.NEGATIVE_INFINITY);

  /** What the scripts call: some rows of the register. */
  function take(html) {
    const template = document.createElement("template");
    template.innerHTML = html;
    every.push(...template.content.children);
  }

  /** Wait for all rows, that come part after part. */
  async function all() {
    for (const address of form.dataset.parts.trim().split(" ")) await jixiaoLoad(address);
  }

  /** What is asked for, without what is left open. */
  function asked() {
    return [...new FormData(form)].filter(([, value]) => value.trim());
  }

  function keeps(row, wanted) {
    const { department, unit, kind, group, amount, measure } = row.dataset;
    if (wanted.has("部门") && department !== wanted.get("部门")) return false;
    if (wanted.has("类别") && ![kind, group].includes(wanted.get("类别"))) return false;
    if (wanted.has("预算") && !(number(amount) >= number(wanted.get("预算")))) return false;
    if (wanted.has("无改进措施") && measure !== undefined) return false;
    const typed = wanted.get("词") ?? "";
    if (/^“.+”$/.test(typed)) return typed === `“${unit}”`; // in quotes just this unit is meant
    const words = fold(typed).split(/\s+/).filter(Boolean);
    const text = words.length ? fold(row.textContent) : "";
    return words.every((word) => text.includes(word));
  }

  function show(rows, count) {
    body.replaceChildren(...rows.slice(0, count));
    more.hidden = rows.length <= count;
    more.textContent = `显示全部 ${rows.length} 项`;
    more.onclick = () => show(rows, rows.length);
  }

  async function narrow() {
    const pairs = asked();
    const wanted = new Map(pairs);
    reset.hidden = !pairs.length;
    if (pager) pager.hidden = pairs.length > 0;
    const question = new URLSearchParams(pairs).toString();
    history.replaceState(null, "", question ? `?${question}` : location.pathname);
    if (!pairs.length) {
      status.textContent = "";
      show(own, own.length);
      return;
    }
    try {
      await all();
    } catch {
      status.textContent = "没有取到全部偏差，请再试一次。";
      return;
    }
    if (new URLSearchParams(asked()).toString() !== question) return; // asked again meanwhile
    const rows = every.filter((row) => keeps(row, wanted));
    const order = wanted.get("排序");
    if (order) rows.sort((a, b) => number(b.dataset[order]) - number(a.dataset[order]));
    status.textContent = rows.length ? `符合的有 ${rows.length} 项` : "没有符合的偏差，可以放宽一些。";
    show(rows, FIRST);
  }

  for (const [name, value] of new URLSearchParams(location.search)) {
    const field = form.elements.namedItem(name);
    if (field?.type === "checkbox") field.checked = Boolean(value);
    else if (field) field.value = value;
  }
  form.addEventListener("input", narrow);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(narrow));
  if (asked().length) narrow();
  return take;
})();
