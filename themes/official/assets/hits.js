/* How a result is set, wherever results are listed. */
"use strict";

(() => {
  const search = jixiaoSearch;
  const AROUND = 24; // characters shown before the first word of an excerpt
  const LONGEST = 96;
  const EXCERPTS = 2;
  const SURE = 20; // so many uncertain results are looked at before they are counted
  const LITTLE = 3; // so many results of letters may be by chance: they are read as pinyin, too
  const LETTERS = /^[a-z]{2,}$/;
  const PAUSE = 150; // ms without a key until it is asked

  function element(name, properties = {}, ...children) {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  }

  /** Put a text into an element, with the words in it marked. */
  function setMarked(target, text, words, from = 0, to = text.length) {
    const { text: folded, at } = search.fold(text);
    const spans = [];
    for (const word of words) {
      let place = search.find(folded, word);
      while (place >= 0) {
        // A folded sign may be longer than its own: ㎡ is m2, and marked as a whole.
        let end = place + word.length;
        while (end < folded.length && at[end] === at[end - 1]) end += 1;
        spans.push([at[place], at[end]]);
        place = search.find(folded, word, place + word.length);
      }
    }
    spans.sort((a, b) => a[0] - b[0]);
    let done = from;
    for (const [start, end] of spans) {
      if (end <= done || start >= to) continue;
      target.append(text.slice(done, Math.max(done, start)));
      const stop = Math.min(end, to);
      target.append(element("mark", {}, text.slice(Math.max(done, start), stop)));
      done = stop;
    }
    target.append(text.slice(done, to));
  }

  /** The passages that show best why a report was found: most words not shown before. */
  function telling(record, words) {
    const texts = search.texts(record);
    const rest = new Set(words.filter((word) => search.find(texts[0], word) < 0));
    const chosen = [];
    while (chosen.length < EXCERPTS) {
      let best = -1;
      let most = 0;
      texts.forEach((text, i) => {
        if (i < 3 || chosen.includes(i)) return;
        const wanted = rest.size ? [...rest] : chosen.length ? [] : words;
        const found = wanted.filter((word) => search.find(text, word) >= 0).length;
        if (found > most) [best, most] = [i, found];
      });
      if (best < 0) break;
      chosen.push(best);
      for (const word of [...rest]) if (search.find(texts[best], word) >= 0) rest.delete(word);
    }
    return chosen.map((i) => record.passages[i]);
  }

  function excerpt(record, [anchor, label, text], words) {
    const { text: folded, at } = search.fold(text);
    const places = words.map((word) => search.find(folded, word)).filter((place) => place >= 0);
    const first = at[Math.min(...places)];
    let from = first > AROUND + 8 ? first - AROUND : 0;
    let to = Math.min(text.length, from + LONGEST);
    if (/[\uDC00-\uDFFF]/.test(text[from] ?? "")) from -= 1;
    if (/[\uDC00-\uDFFF]/.test(text[to] ?? "")) to += 1;
    const link = element("a", { href: address(record, anchor) });
    link.append(element("span", { className: "place" }, label), from ? "……" : "");
    setMarked(link, text, words, from, to);
    if (to < text.length) link.append("……");
    return element("p", { className: "excerpt" }, link);
  }

  function address({ path }, anchor) {
    const safe = path.split("/").map(encodeURIComponent).join("/");
    return new URL(safe + (anchor ? `#${anchor}` : ""), search.root).href;
  }

  /** Links to the years of a project that were found, too. */
  function others(record, years) {
    const links = years.filter((year) => record.years?.[year]).map((year) =>
      element("a", { href: address({ path: record.years[year] }, "") }, year));
    return links.length ? [element("p", { className: "note" }, "其他年度", ...links)] : [];
  }

  /** One result: an `li` with a link to the report, what it is, excerpts that lead inside, and
      links to other `years` of the project. */
  function hit(record, words, years, isShort = false) {
    const link = element("a", { href: address(record, "") });
    setMarked(link, record.passages[0][2], words);
    const facts = element("p", { className: "note" });
    const [, unit] = record.facts;
    for (const fact of record.facts) {
      const span = element("span");
      setMarked(span, fact, fact === unit ? words : []);
      facts.append(span);
    }
    const item = element("li", {}, element("p", { className: "name" }, link), facts);
    const [, ofDepartment, ofUnit] = search.texts(record);
    const wanted = words.filter((word) => search.find(ofUnit, word) < 0);
    if (!isShort && wanted.some((word) => search.find(ofDepartment, word) >= 0)) {
      item.append(excerpt(record, record.passages[1], words));
    }
    for (const passage of telling(record, words).slice(0, isShort ? 1 : EXCERPTS)) {
      item.append(excerpt(record, passage, words));
    }
    item.append(...others(record, years));
    return item;
  }

  /** The result of each project, as far as its first report is known and `isSure`. */
  function hits(core, groups, records, words, isShort = false) {
    const year = search.valueOf(core, "年度");
    return groups.map(([, ...rest], i) => records[i] && hit(records[i], words, rest.map(year), isShort))
      .filter(Boolean);
  }

  /** Of uncertain results those that really hold the words, as far as they are few. */
  async function surely(found, words) {
    if (found.exact || found.numbers.length > SURE) return found;
    const records = await known(found.numbers);
    const numbers = found.numbers.filter((_, i) => records[i] && search.holds(records[i], words));
    return { ...found, numbers, exact: true };
  }

  /** What a question finds: { numbers, exact, levels, words, others }. Where that is nothing, what it may
      have meant: then `words` are other ones than those asked. `others` may be meant, too. */
  async function found(asked) {
    const first = await surely(await search.ask(asked), asked);
    const many = first.numbers.length;
    const isLittle = many <= LITTLE && asked.some((word) => LETTERS.test(word));
    if (many && !isLittle) return { ...first, words: asked, others: [] };
    const { byPinyin, otherwise } = await search.load("meant", search.form.dataset.meant);
    return many ? { ...first, words: asked, others: await byPinyin(asked) } : otherwise(asked);
  }

  /** How to say that other words were looked for than those asked. */
  function instead(asked, words) {
    return asked.join(" ") === words.join(" ") ? "" : `按“${words.join(" ")}”查找，`;
  }

  /** Run `work` a moment after the last input; what an input method is composing waits.

      What this gives calls the wait off. */
  function onInput(input, work) {
    let timer = 0;
    const wait = () => {
      clearTimeout(timer);
      timer = setTimeout(work, PAUSE);
    };
    input.addEventListener("input", (event) => {
      if (event.isComposing) clearTimeout(timer);
      else wait();
    });
    input.addEventListener("compositionend", wait);
    return () => clearTimeout(timer);
  }

  /** Let the arrow keys go from the field through the links of a list and back. */
  function onArrows(input, list) {
    function step(event) {
      if (event.isComposing) return;
      const all = [...list.querySelectorAll("a")];
      const now = all.indexOf(document.activeElement);
      if (event.key === "ArrowDown" && all.length) {
        event.preventDefault();
        all[Math.min(now + 1, all.length - 1)].focus();
      } else if (event.key === "ArrowUp" && now >= 0) {
        event.preventDefault();
        (now ? all[now - 1] : input).focus();
      }
    }
    input.addEventListener("keydown", step);
    list.addEventListener("keydown", step);
  }

  /** Put other results into a list. Who stands among them with the keyboard keeps the place. */
  function put(list, items, input) {
    const now = [...list.querySelectorAll("a")].indexOf(document.activeElement);
    list.replaceChildren(...items);
    if (now >= 0) (list.querySelectorAll("a")[now] ?? input).focus({ preventScroll: true });
  }

  /** What is known of some reports; a part that cannot be loaded is left out, unless all are. */
  async function known(numbers) {
    const asked = await Promise.allSettled(numbers.map(search.report));
    const found = asked.map((one) => one.value ?? null);
    if (numbers.length && found.every((record) => record === null)) throw asked[0].reason;
    return found;
  }

  const FAILED = "没有读到搜索数据，请刷新页面再试。";

  /** How many results there are, as a figure and in words; `set` of them have been shown. */
  function inWords(core, { numbers, exact }, set) {
    if (!numbers.length) return { count: "0", text: "没有找到。可以换个说法，或者少输几个字。" };
    // All that was looked into turned out not to hold the words, and there is more.
    if (!set) return { count: "0", text: "还没有找到确切的。可以换个说法，或者继续查找。" };
    const kind = search.valueOf(core, "支出类别");
    const groups = search.gathered(core, numbers);
    const offices = groups.filter(([first]) => kind(first) === core.whole).length;
    const parts = [[groups.length - offices, "个项目"], [offices, "个部门整体"]];
    const told = groups.length === numbers.length ? [] :
      parts.filter(([many]) => many).map(([many, what]) => `${many} ${what}`);
    const forms = `${told.length ? `${told.join("、")}，` : ""}${numbers.length} 份自评表`;
    return { count: `${numbers.length}`, text: `找到${exact ? "" : "约"} ${forms}` };
  }

  Object.assign(jixiaoSearch, {
    element, hits, surely, found, instead, known, onInput, onArrows, put, inWords, FAILED,
  });
})();
