/* The page of the search: all results, narrowed by facets and put in order. What is asked
   stands in the address, so that a search can be sent to somebody. */
"use strict";

(() => {
  const search = jixiaoSearch;
  const { element } = search;
  const FIRST = 10;
  const MORE = 20;
  const CHECKED = 1000; // texts looked into when asked to, so many at a time
  const BATCH = 50;
  const LONGEST = 80; // characters of a file's name
  const READ = 20; // texts looked into for that, where some turn out not to hold the words
  const WORDS = "q";
  const TITLE = document.title;
  const UNSUMMED = "没有读到合计的数据，请刷新页面再试。";
  const SAVE = "下载这些结果（CSV）";
  const ORDER = "排序";
  const YEAR = "年度";
  const CALM = 1200; // ms until a sum is read aloud: not at each key
  // The first is the order that words themselves give.
  const ORDERS = [
    ["", "按相关程度"], ["total", "总分从高到低"], ["-total", "总分从低到高"],
    ["budget", "预算从大到小"], ["-budget", "预算从小到大"],
    ["rate", "执行率从高到低"], ["-rate", "执行率从低到高"],
  ];

  const NOTHING = { asked: [], words: [], numbers: [], exact: true, levels: [], place: 0 };

  const form = search.form;
  const input = form.querySelector("input");
  const finding = document.querySelector(".finding");
  const browsing = document.querySelector(".browsing");
  const folder = finding.querySelector(".facets");
  const sides = finding.querySelector("[data-search-facets]");
  const list = finding.querySelector("[data-search-results]");
  const count = finding.querySelector("[data-search-count]");
  const orders = finding.querySelector("[data-search-order]");
  const more = finding.querySelector("[data-search-more]");
  const clear = finding.querySelector("[data-search-clear]");
  const sums = finding.querySelector("[data-search-sums]");
  const advice = finding.querySelector("[data-search-advice]");
  const save = finding.querySelector("[data-search-save]");
  const said = finding.querySelector("[data-search-said]");

  let state = read();
  let turn = 0;
  let saying = 0;
  let shown = NOTHING;

  function read() {
    const asked = new URLSearchParams(location.search);
    const chosen = new Map();
    for (const [name, value] of asked) {
      if (name !== WORDS && name !== ORDER) chosen.set(name, [...(chosen.get(name) ?? []), value]);
    }
    return { question: asked.get(WORDS) ?? "", chosen, order: asked.get(ORDER) ?? "" };
  }

  /** The address of a search, below this page's. */
  function address({ question, chosen, order }) {
    const asked = new URLSearchParams();
    if (question.trim()) asked.set(WORDS, question);
    for (const [name, values] of chosen) for (const value of values) asked.append(name, value);
    if (order) asked.set(ORDER, order);
    const text = asked.toString();
    return text ? `?${text}` : location.pathname;
  }

  function write(isStep) {
    const next = address(state);
    if (isStep && new URL(next, location).search !== location.search) {
      history.pushState(null, "", next);
    } else {
      history.replaceState(null, "", next);
    }
  }

  /** Which reports pass a facet: any of the values chosen in it. */
  function passing(facet, { chosen: all } = state) {
    const chosen = all.get(facet.label);
    if (!chosen?.length) return null;
    const wanted = new Set(chosen.map((value) => facet.values.indexOf(value)));
    const values = search.column(facet);
    return (number) => wanted.has(values[number]);
  }

  async function show(most = FIRST) {
    const own = ++turn;
    const asked = search.words(state.question);
    list.setAttribute("aria-busy", "true");
    if (location.search && !list.childElementCount) count.textContent = "正在查找……";
    finding.hidden = !location.search && finding.hidden;
    try {
      const core = await search.core();
      const { facets } = core;
      const isFacet = ([name]) => facets.some((facet) => facet.label === name);
      state.chosen = new Map([...state.chosen].filter(isFacet));
      const isAsked = asked.length > 0 || state.chosen.size > 0 || state.order !== "";
      const found = await search.found(asked);
      const tests = facets.map((facet) => passing(facet));
      const numbers = found.numbers.filter((n) => tests.every((test) => !test || test(n)));
      let { levels } = found;
      if (state.order) {
        const name = state.order.replace(/^-/, "");
        levels = await search.ordered(levels, name, state.order.startsWith("-"));
      }
      if (own !== turn) return;
      shown = { asked, words: found.words, numbers, exact: found.exact, levels, place: 0 };
      finding.hidden = false;
      browsing.hidden = isAsked;
      clear.hidden = state.chosen.size === 0;
      finding.classList.toggle("idle", !isAsked);
      facets.forEach((facet, i) => {
        // What another value of the same facet would give: all other facets hold.
        const others = tests.filter((test, j) => test && j !== i);
        const numbers = found.numbers.filter((n) => others.every((test) => test(n)));
        const chosen = state.chosen.get(facet.label) ?? [];
        search.setFacet(sides, facet, numbers, { chosen, isExact: found.exact, input });
      });
      const items = isAsked ? await collect(most) : [];
      if (own !== turn) return;
      const total = isAsked ? await summed() : { nodes: [], said: "" };
      const isNothing = isAsked && !shown.numbers.length;
      const tips = isNothing ? await advised(core) : instead(found.others);
      if (own !== turn) return;
      search.put(list, items, input); // all at once: nothing flickers
      advice.replaceChildren(...tips);
      finding.classList.toggle("nothing", isNothing);
      sums.replaceChildren(...total.nodes);
      say(total.said);
      tell(isAsked && core);
      if (isNothing && tips.length) count.textContent = `没有找到${inQuotes(state.question)}。可以试试：`;
    } catch {
      if (own === turn) fail();
    } finally {
      if (own === turn) {
        browsing.classList.remove("undecided");
        list.setAttribute("aria-busy", "false");
      }
    }
  }

  /** What to ask instead, where nothing was found. */
  async function advised(core) {
    const { advice: questions } = await search.load("meant", form.dataset.meant);
    const passes = (chosen) => {
      const tests = core.facets.map((facet) => passing(facet, { chosen })).filter(Boolean);
      return (number) => tests.every((test) => test(number));
    };
    const found = await questions(shown.words, state.chosen, passes);
    return found.length ? [questionsList(found)] : [];
  }

  /** What letters may mean as well, where they were read as pinyin. */
  function instead(others) {
    const found = others.slice(0, 3).map(({ words, many }) => (
      { words, chosen: new Map(), text: words.join(" "), many }));
    return found.length ? [element("p", {}, "也可能是"), questionsList(found)] : [];
  }

  function questionsList(found) {
    const links = found.map(({ words, chosen, text, many }) => {
      const href = address({ question: words.join(" "), chosen, order: state.order });
      return element("li", {}, element("a", { href }, text), `（${many} 份）`);
    });
    return element("ul", {}, ...links);
  }

  function inQuotes(question) {
    return question.trim() ? `“${question.trim()}”` : "";
  }

  function tell(core) {
    const told = core && search.inWords(core, shown, list.childElementCount);
    count.dataset.searchCount = told ? told.count : "";
    const other = shown.numbers.length ? search.instead(shown.asked, shown.words) : "";
    count.textContent = told ? other + told.text : "";
    const many = told ? shown.numbers.length : 0;
    save.hidden = many === 0;
    save.disabled = many > CHECKED;
    save.textContent = many > CHECKED ? `超过 ${CHECKED} 份，先用筛选缩小范围再下载` : SAVE;
    document.title = state.question.trim() ? `${state.question.trim()} - ${TITLE}` : TITLE;
  }

  function fail() {
    finding.classList.remove("idle");
    finding.hidden = browsing.hidden = false;
    more.hidden = true;
    shown = NOTHING;
    search.put(list, [], input);
    advice.replaceChildren();
    sums.replaceChildren();
    save.hidden = true;
    say("");
    count.dataset.searchCount = "";
    count.textContent = search.FAILED;
  }

  /** So many more results. What turns out not to hold the words is left out and not counted. */
  async function collect(number) {
    const own = turn;
    const core = await search.core();
    const { words } = shown;
    const items = [];
    let { numbers, place, exact } = shown;
    let left = READ;
    while (items.length < number && left > 0) {
      const groups = await search.placed(core, { ...shown, numbers }, place + number, state.order);
      if (own !== turn) return [];
      const next = groups.slice(place, place + number - items.length);
      if (!next.length) break;
      const records = await search.known(next.map(([first]) => first));
      if (own !== turn) return [];
      const isWrong = (record) => record && !search.holds(record, words);
      exact ||= search.isCertain(words, records);
      const end = records.findIndex(isWrong);
      const most = end < 0 ? next.length : end;
      items.push(...search.hits(core, next.slice(0, most), records, words));
      place += most;
      const wrong = new Set(next.filter((_, i) => isWrong(records[i])).map(([first]) => first));
      left -= most + wrong.size;
      if (!wrong.size) continue;
      // Where words of three are held nowhere their pairs may still stand in a report.
      exact = false;
      numbers = numbers.filter((n) => !wrong.has(n));
    }
    const projects = search.gathered(core, numbers).length;
    const isThrough = place >= projects;
    exact ||= isThrough && projects === numbers.length;
    shown = { ...shown, numbers, place, exact };
    more.hidden = isThrough;
    return items;
  }

  /** The sums of all results; of uncertain ones only once each has been looked into. */
  async function summed() {
    const core = await search.core();
    if (shown.exact) {
      try {
        return await search.sumsView(core, shown.numbers, narrowed);
      } catch { // results are worth showing without
        return { nodes: [element("p", { className: "note" }, UNSUMMED)], said: "" };
      }
    }
    if (shown.numbers.length > CHECKED) {
      const text = `词比较长，要逐份核对才能求和；现在超过 ${CHECKED} 份，请先用筛选缩小范围。`;
      return { nodes: [element("p", { className: "note" }, text)], said: "" };
    }
    const button = element("button", { type: "button", className: "plain" }, "逐份核对并求和");
    onClick(button, () => check(button));
    const note = element("p", { className: "note" }, "词比较长，要逐份核对才能求和。", button);
    return { nodes: [note], said: "" };
  }

  /** All results with what is known of them, told on a button while they are read; of uncertain
      ones those that hold the words. Gives nothing once something else is asked. */
  async function known(button) {
    const own = turn;
    const { words, numbers, exact } = shown;
    const found = [];
    for (let i = 0; i < numbers.length; i += BATCH) {
      const next = numbers.slice(i, i + BATCH);
      const records = await Promise.all(next.map(search.report));
      if (own !== turn) return null;
      found.push(...records.map((record, j) => [next[j], record]));
      button.textContent = `已读取 ${found.length} / ${numbers.length} 份`;
    }
    return exact ? found : found.filter(([, record]) => search.holds(record, words));
  }

  /** Have a button do what takes a while: not twice at once, and it says when that fails. */
  function onClick(button, work) {
    button.addEventListener("click", async () => {
      const text = button.textContent;
      button.disabled = true;
      try {
        await work();
        button.textContent = text;
      } catch {
        button.textContent = search.FAILED;
      }
      button.disabled = false;
    });
  }

  /** Look into every result, so that none is counted that does not hold the words. */
  async function check(button) {
    const found = await known(button);
    if (!found) return;
    const own = turn;
    const before = shown.place;
    shown = { ...shown, numbers: found.map(([number]) => number), exact: true, place: 0 };
    const items = await collect(before);
    if (own !== turn) return;
    search.put(list, items, input);
    await settle();
    (sums.querySelector("summary") ?? save).focus();
  }

  /** Hand all results to the reader as a table, in the order they are shown in. */
  async function download() {
    const [core, csv, found] = await Promise.all([
      search.core(), search.load("csv", finding.dataset.csv), known(save),
    ]);
    if (!found) return;
    const records = new Map(found);
    const sure = { ...shown, numbers: [...records.keys()] };
    const numbers = (await search.placed(core, sure, Infinity, state.order)).flat();
    const asked = [state.question.trim(), ...[...state.chosen.values()].flat()].filter(Boolean);
    const text = csv.table(core, numbers, numbers.map((n) => records.get(n)), finding.dataset.address);
    csv.save(text, `${["自评表", ...asked].join("-").slice(0, LONGEST)}.csv`);
  }

  /** Tell how many results there are and what they come to. */
  async function settle() {
    const own = turn;
    const [core, total] = await Promise.all([search.core(), summed()]);
    if (own !== turn) return;
    sums.replaceChildren(...total.nodes);
    say(total.said);
    tell(core);
  }

  function narrowed(year) {
    return address({ ...state, chosen: new Map([...state.chosen, [YEAR, [year]]]) });
  }

  /** Have a sum read aloud, once, when nothing changes any more. */
  function say(text) {
    clearTimeout(saying);
    said.textContent = "";
    if (text) saying = setTimeout(() => { said.textContent = text; }, CALM);
  }

  function choose(tick) {
    const chosen = new Map(state.chosen);
    const values = (chosen.get(tick.name) ?? []).filter((value) => value !== tick.value);
    if (tick.checked) values.push(tick.value);
    chosen.delete(tick.name);
    if (values.length) chosen.set(tick.name, values);
    state = { ...state, chosen };
    write(true);
    show();
  }

  function restore() {
    state = read();
    if (!ORDERS.some(([name]) => name === state.order)) state.order = "";
    input.value = state.question;
    orders.value = state.order;
    show(history.state?.shown);
  }

  function ask(isStep) {
    calm(); // what was typed is asked now, not once more in a moment
    state = { ...state, question: input.value };
    write(isStep);
    return show();
  }

  for (const [name, text] of ORDERS) orders.append(element("option", { value: name }, text));
  // Open beside the results, folded above them; once a reader has chosen, that stays.
  let isUntouched = true;
  folder.open = search.isWide.matches;
  folder.firstElementChild.addEventListener("click", () => { isUntouched = false; });
  search.isWide.addEventListener("change", () => { if (isUntouched) folder.open = search.isWide.matches; });

  const calm = search.onInput(input, () => ask(false));
  search.onArrows(input, list);
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.isComposing || !input.value) return;
    event.preventDefault();
    input.value = "";
    ask(true);
  });
  list.addEventListener("keydown", (event) => { if (event.key === "Escape") input.focus(); });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    ask(true);
  });
  sides.addEventListener("change", (event) => choose(event.target));
  orders.addEventListener("change", () => {
    state = { ...state, order: orders.value };
    write(true);
    show();
  });
  clear.addEventListener("click", () => {
    state = { ...state, chosen: new Map() };
    write(true);
    show();
    input.focus();
  });
  onClick(save, download);
  more.addEventListener("click", async () => {
    const last = list.lastElementChild;
    const own = turn;
    more.disabled = true;
    try {
      const before = shown;
      const items = await collect(MORE);
      if (own === turn) {
        list.append(...items);
        if (shown.numbers !== before.numbers || shown.exact !== before.exact) await settle();
        history.replaceState({ shown: list.childElementCount }, "");
        last?.nextElementSibling?.querySelector("a")?.focus();
      }
    } catch {
      if (own === turn) count.textContent = search.FAILED;
    }
    more.disabled = false;
  });
  window.addEventListener("popstate", restore);
  restore();
})();
