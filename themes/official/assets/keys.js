/* Keys of one sign: to the search, through what fell short, back to the top. A dialog tells them,
   and turns them off: they could be in the way of speech input. */
"use strict";

(() => {
  const OFF = "jixiao-keys-off";
  const field = document.querySelector("form[data-core] input");
  const short = [...document.querySelectorAll("#execution-note, [id^=reason-]")];
  const button = document.querySelector("button[data-keys]");
  let isOn = !kept().getItem(OFF);
  let dialog = null;

  /** What outlasts the page; where a browser keeps nothing, what holds until it is left. */
  function kept() {
    try {
      return window.localStorage;
    } catch {
      return { getItem: () => null, setItem() {}, removeItem() {} };
    }
  }

  function turn(on) {
    isOn = on;
    try {
      if (on) kept().removeItem(OFF);
      else kept().setItem(OFF, "1");
    } catch {
      // Full or forbidden: the choice holds for this page.
    }
  }

  /** Where the reader is among the places that fell short: on one, or between two. */
  function step(by) {
    const now = short.findIndex((place) => place.contains(document.activeElement));
    const tops = short.map((place) => place.getBoundingClientRect().top);
    const below = tops.findIndex((top) => top > window.innerHeight / 2);
    const next = below < 0 ? short.length : below;
    const to = now >= 0 ? now + by : by > 0 ? next : next - 1;
    const place = short[Math.max(0, Math.min(to, short.length - 1))];
    const fold = place.closest("details");
    if (fold) fold.open = true;
    place.tabIndex = -1;
    place.scrollIntoView({ block: "start" });
    place.focus({ preventScroll: true });
  }

  function toTop() {
    window.scrollTo(0, 0);
    document.querySelector("#content").focus({ preventScroll: true });
  }

  function search() {
    field.focus();
    field.select();
  }

  const keys = [
    ...(field ? [{ sign: "/", text: "到搜索框", work: search }] : []),
    ...(short.length ? [
      { sign: "j", text: "下一项偏差", work: () => step(1) },
      { sign: "k", text: "上一项偏差", work: () => step(-1) },
    ] : []),
    { sign: "t", text: "回到页首", work: toTop },
    { sign: "?", text: "看有哪些键", work: open },
  ];

  function element(name, properties = {}, ...children) {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  }

  function make() {
    const heading = element("h2", { id: "keys-heading" }, "键盘");
    const told = [...keys, { sign: "Esc", text: "关上这个窗口" }];
    const rows = told.map(({ sign, text }) => element(
      "div", {}, element("dt", {}, element("kbd", {}, sign)), element("dd", {}, text),
    ));
    const tick = element("input", { type: "checkbox", checked: isOn });
    tick.addEventListener("change", () => turn(tick.checked));
    const close = element("button", { type: "button", className: "button", autofocus: true }, "关闭");
    close.addEventListener("click", () => dialog.close());
    dialog = element(
      "dialog", { className: "keys" }, heading,
      element("dl", {}, ...rows),
      element("label", {}, tick, "使用这些键"),
      element("p", { className: "note" }, "与语音输入等相冲突时可以关掉；这台设备的浏览器会记住。"),
      close,
    );
    dialog.setAttribute("aria-labelledby", heading.id);
    document.body.append(dialog);
  }

  function open() {
    if (!dialog) make();
    if (!dialog.open) dialog.showModal();
  }

  document.addEventListener("keydown", (event) => {
    const isTyping = /^(?:INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
    if (!isOn || isTyping || event.isComposing || event.defaultPrevented) return;
    if (event.ctrlKey || event.metaKey || event.altKey || dialog?.open) return;
    const key = keys.find(({ sign }) => sign === event.key.replace("？", "?"));
    if (!key) return;
    event.preventDefault();
    key.work();
  });
  if (!button) return; // a site may have a foot of its own
  button.hidden = false;
  button.addEventListener("click", open);
})();
