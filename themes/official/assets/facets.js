/* By what results can be narrowed: a box for each facet, with its values and how many they have. */
"use strict";

(() => {
  const search = jixiaoSearch;
  const { element } = search;
  const VALUES = { wide: 8, narrow: 4 }; // of a facet, until all are asked for

  const isWide = matchMedia("(min-width: 56.01rem)");
  const whole = new Set(); // the facets shown with all their values

  /** Set the box of a facet for the results that all others leave. The keyboard stays where it
      is, and goes to `input` where that is gone. */
  function setFacet(sides, facet, numbers, { chosen, isExact, input }) {
    const counts = new Array(facet.values.length).fill(0);
    const values = search.column(facet);
    for (const number of numbers) counts[values[number]] += 1;
    let places = [...facet.values.keys()];
    places = places.filter((i) => counts[i] || chosen.includes(facet.values[i]));
    if (!facet.isOrdered) places.sort((a, b) => counts[b] - counts[a] || a - b);
    let box = [...sides.children].find((one) => one.dataset.facet === facet.label);
    if (!box) {
      box = element("fieldset", {}, element("legend", {}, facet.label));
      box.dataset.facet = facet.label;
      sides.append(box);
    }
    // One value to choose from is no choice.
    box.hidden = places.length < 2 && !chosen.length;
    const few = isWide.matches ? VALUES.wide : VALUES.narrow;
    const isCut = places.length > few + 1 && !whole.has(facet.label);
    const kept = places.filter((i, n) => !isCut || n < few || chosen.includes(facet.values[i]));
    const focused = document.activeElement?.value;
    const rows = kept.map((i) => {
      const value = facet.values[i];
      const tick = element("input", { type: "checkbox", name: facet.label, value });
      tick.checked = chosen.includes(value);
      const many = `${isExact ? "" : "约"}${counts[i]}`;
      const number = element("span", { className: "number" }, many);
      tick.setAttribute("aria-label", `${value}，${many} 个`);
      return element("label", {}, tick, element("span", {}, value), number);
    });
    if (isCut) {
      const button = element("button", { type: "button" }, `显示全部 ${places.length} 个`);
      button.addEventListener("click", () => {
        whole.add(facet.label);
        setFacet(sides, facet, numbers, { chosen, isExact, input });
        box.querySelectorAll("input")[few]?.focus();
      });
      rows.push(button);
    }
    const hadFocus = box.contains(document.activeElement);
    box.replaceChildren(box.firstElementChild, ...rows);
    if (!hadFocus) return;
    const ticks = [...box.querySelectorAll("input")];
    (ticks.find((one) => one.value === focused) ?? (box.hidden ? input : ticks[0]))?.focus();
  }

  Object.assign(jixiaoSearch, { setFacet, isWide });
})();
