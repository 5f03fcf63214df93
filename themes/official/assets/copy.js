/* What is copied of a report: how it is cited, its address, the address of a row of its form. */
"use strict";

(() => {
  const SHOWN = 2000; // ms that a row says it was copied
  const status = document.querySelector(".copying [role=status]");
  const canonical = document.querySelector("link[rel=canonical]");
  const address = (canonical?.href ?? window.location.href).split("#")[0];

  /** The older way, for sites without https. */
  function copyByCommand(text) {
    const before = document.activeElement;
    const field = document.createElement("textarea");
    field.className = "hidden";
    field.readOnly = true;
    field.value = text;
    document.body.append(field);
    field.select();
    const isDone = document.execCommand("copy");
    field.remove();
    before?.focus({ preventScroll: true });
    return isDone;
  }

  async function copy(text) {
    if (!window.isSecureContext || !navigator.clipboard) return copyByCommand(text);
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      return copyByCommand(text); // refused: the older way may still be allowed
    }
  }

  /** Select what could not be copied, so that two keys are left to press. */
  function offer(node) {
    window.getSelection().selectAllChildren(node);
    status.prepend("没有复制成，已经选中，请按 Ctrl+C 复制。");
  }

  async function citation() {
    const text = document.querySelector("#citation");
    const day = text.querySelector("[data-today]");
    const now = new Date();
    const parts = [now.getFullYear(), now.getMonth() + 1, now.getDate()];
    if (day) day.textContent = parts.map((part) => `${part}`.padStart(2, "0")).join("-");
    status.textContent = "";
    if (await copy(text.textContent)) status.textContent = "已复制引用";
    else offer(text);
  }

  async function page() {
    status.textContent = "";
    if (await copy(address)) {
      status.textContent = "已复制链接";
      return;
    }
    const text = document.createElement("span");
    text.textContent = address;
    status.replaceChildren(text);
    offer(text);
  }

  const work = { citation, page };
  for (const button of document.querySelectorAll("button[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", work[button.dataset.copy]);
  }

  /** One mark for all rows: it stands beside that which is pointed at, or has the focus. */
  const mark = document.createElement("a");
  mark.className = "row-link";
  mark.textContent = "#";

  function stand(event) {
    const row = event.target.closest?.("#form .indicator");
    if (!row || mark.closest("tr") === row) return;
    const name = row.querySelector("th.text")?.textContent.trim() ?? "";
    mark.textContent = "#";
    mark.href = `#${row.id}`;
    mark.setAttribute("aria-label", `复制“${name}”这一行的链接`);
    row.lastElementChild.append(mark);
  }

  mark.addEventListener("click", async (event) => {
    event.preventDefault();
    const link = address + mark.getAttribute("href");
    const isDone = await copy(link);
    status.textContent = isDone ? "已复制这一行的链接" : link;
    if (!isDone) return;
    mark.textContent = "✓";
    setTimeout(() => { mark.textContent = "#"; }, SHOWN);
  });
  document.addEventListener("pointerover", stand);
  document.addEventListener("focusin", stand);
})();
