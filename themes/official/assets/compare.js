/* Two projects, units or departments beside each other. Each has a small script with its rows, made
   by the build; this one loads the two that the address names and joins their rows. */
"use strict";

const [jixiaoBeside, jixiaoNames] = (() => {
  const form = document.querySelector(".choosing");
  const table = document.querySelector(".beside");
  const status = form.querySelector("[role=status]");
  const year = form.querySelector("select");
  const fields = [...form.querySelectorAll("input")];
  const keys = new Map(); // by what they are chosen by
  const KEY = /^[rdu]-\d{4}-[^/\\]+$/;
  let taken = [];

  /** What the script of a side calls: its rows. */
  function take(html) {
    const template = document.createElement("template");
    template.innerHTML = `<table><tbody>${html}</tbody></table>`;
    taken.push([...template.content.querySelectorAll("tr")]);
  }

  /** What the script of a year calls: what can be chosen, each with its key. */
  function name(entries) {
    const list = form.querySelector("datalist");
    for (const [key, text] of entries) {
      if (!keys.has(text)) list.append(new Option("", text));
      keys.set(text, key);
    }
  }

  /** The rows of both, those of the first in its order, then what only the other has. */
  function join([one, other = []]) {
    const rest = new Map(other.map((row) => [row.dataset.row, row]));
    const missing = () => Object.assign(document.createElement("td"), { textContent: "—", role: "cell" });
    const rows = one.map((row) => {
      const like = rest.get(row.dataset.row);
      rest.delete(row.dataset.row);
      if (other.length) row.append(like?.lastElementChild ?? missing());
      return row;
    });
    for (const row of rest.values()) {
      row.lastElementChild.before(missing());
      rows.push(row);
    }
    table.tHead.replaceChildren(rows[0]);
    table.tBodies[0].replaceChildren(...rows.slice(1));
    table.hidden = false;
  }

  async function show() {
    const asked = new URLSearchParams(location.search);
    const wanted = [...new Set(fields.map((field) => asked.get(field.name)).filter(Boolean))];
    const lists = document.querySelector(".lists");
    lists.hidden = wanted.length > 0;
    lists.classList.remove("undecided");
    if (!wanted.length) return;
    for (const key of wanted) {
      try {
        if (!KEY.test(key)) throw new Error(key);
        await jixiaoLoad(`${encodeURIComponent(key)}.js`);
      } catch {
        status.textContent = "地址里的项目、单位或部门没有找到，可能是地址不全。请重新选择。";
        lists.hidden = false;
        return;
      }
    }
    join(taken);
    const names = [...table.tHead.querySelectorAll("th")];
    names.forEach((heading, i) => {
      const text = `${heading.firstChild.textContent}（${heading.lastChild.textContent}）`;
      keys.set(text, wanted[i]);
      fields[i].value = text;
    });
    document.title = `${names.map((one) => one.firstChild.textContent).join("与")} - ${document.title}`;
    if (wanted.length < 2) status.textContent = "再选一个与它并排。";
  }

  function names() {
    jixiaoLoad(year.value).catch(() => {
      status.textContent = "这个年度的名称没有读到，请再选一次年度。";
    });
  }

  year.addEventListener("change", names);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const chosen = fields.map((field) => keys.get(field.value));
    if (chosen.every(Boolean)) {
      location.search = new URLSearchParams(fields.map((field, i) => [field.name, chosen[i]]));
    } else {
      status.textContent = "请从列出的名称里选，两个都要选。";
      fields[chosen.indexOf(undefined)].focus();
    }
  });
  addEventListener("DOMContentLoaded", () => {
    show();
    names();
  });
  return [take, name];
})();
