/* The best results under the search field of any page, while somebody types. */
"use strict";

(() => {
  const search = jixiaoSearch;
  const { element } = search;
  const BEST = 6;

  /** The best results under the field, while somebody types; Enter leads to the search's page. */
  function open(form) {
    const input = form.querySelector("input");
    const said = element("p", { className: "hidden" });
    const count = element("p", { className: "note" });
    const list = element("ul", { className: "hits" });
    const panel = element("div", { className: "panel", hidden: true }, count, list);
    said.setAttribute("role", "status");
    list.dataset.searchResults = "";
    form.append(said, panel);
    let turn = 0;

    async function show() {
      const own = ++turn;
      const asked = search.words(input.value);
      if (!asked.length) {
        leave();
        search.put(list, [], input);
        return;
      }
      let told = { count: "", text: search.FAILED };
      let items = [];
      try {
        const core = await search.core();
        const answer = await search.found(asked);
        const { words } = answer;
        const groups = await search.placed(core, answer, BEST);
        const best = await search.known(groups.slice(0, BEST).map(([first]) => first));
        const sure = best.map((record) => record && search.holds(record, words) && record);
        items = search.hits(core, groups.slice(0, BEST), sure, words, true);
        const exact = answer.exact || search.isCertain(words, best);
        told = search.inWords(core, { ...answer, exact }, items.length);
        if (items.length) told.text = search.instead(asked, words) + told.text;
        if (groups.length > BEST) {
          const all = new URL(form.action);
          all.searchParams.set("q", input.value);
          const link = element("a", { href: all.href }, "查看全部结果");
          items.push(element("li", {}, element("p", { className: "name" }, link)));
        }
      } catch {
        items = [];
      }
      if (own !== turn) return;
      search.put(list, items, input);
      count.dataset.searchCount = told.count;
      count.textContent = said.textContent = told.text;
      panel.hidden = false;
    }

    /** Close the list, whatever is still on its way. */
    function leave() {
      turn += 1;
      calm();
      panel.hidden = true;
      said.textContent = "";
    }

    const calm = search.onInput(input, show);
    search.onArrows(input, list);
    form.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !event.isComposing) {
        event.preventDefault();
        leave();
        input.focus();
      } else if (event.key === "ArrowDown" && panel.hidden) {
        show();
      }
    });
    input.addEventListener("click", () => { if (panel.hidden) show(); });
    document.addEventListener("click", (event) => { if (!form.contains(event.target)) leave(); });
    form.addEventListener("focusout", (event) => {
      if (event.relatedTarget && !form.contains(event.relatedTarget)) leave();
    });
    if (input.value) show();
  }

  jixiaoSearch.open = open;
})();
