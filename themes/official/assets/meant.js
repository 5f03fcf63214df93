/* What a question may have meant that found nothing. Loaded when one does. */
"use strict";

(() => {
  const search = jixiaoSearch;
  const MOST = 3;
  const LONGEST = 24; // characters of a word whose parts are tried
  const HAN = /\p{Script=Han}/u;

  /** What words find, if it is certain that they find something; of those that `passes`. */
  async function answered(words, passes = () => true) {
    const found = await search.surely(await search.ask(words), words);
    const numbers = found.numbers.filter(passes);
    if (!numbers.length) return null;
    if (!found.exact) {
      const [record] = await search.known(numbers.slice(0, 1));
      if (!search.holds(record, words)) return null;
    }
    return { ...found, many: `${found.exact ? "" : "约 "}${numbers.length}` };
  }

  /** Words with the simplified characters for traditional ones; content stays as it was typed. */
  async function simplified(words) {
    if (!words.some((word) => HAN.test(word))) return words;
    const signs = [...await search.load("traditional", search.form.dataset.traditional)];
    const table = new Map();
    for (let i = 0; i < signs.length; i += 2) table.set(signs[i], signs[i + 1]);
    const meant = words.map((word) => [...word].map((sign) => table.get(sign) ?? sign).join(""));
    return [...new Set(meant)];
  }

  /** What words find that find nothing as they were typed: `words` are those that were meant. */
  async function otherwise(words) {
    const plain = await simplified(words);
    const isOther = plain.join(" ") !== words.join(" ");
    const found = isOther ? await answered(plain) : null;
    return found ? { ...found, words: plain } : { numbers: [], exact: true, words: plain };
  }

  /** The same question without a filter that leaves nothing. */
  async function wider(words, chosen, passing) {
    const found = [];
    for (const label of chosen.keys()) {
      const rest = new Map([...chosen].filter(([other]) => other !== label));
      const answer = await answered(words, passing(rest));
      const unit = label === "年度" ? label : "";
      const told = chosen.get(label).map((value) => `“${value}${unit}”`).join("、");
      if (answer) found.push({ words, chosen: rest, text: `去掉${told}`, many: answer.many });
    }
    if (found.length) return found;
    const answer = await answered(words);
    return answer ? [{ words, chosen: new Map(), text: "去掉全部筛选", many: answer.many }] : [];
  }

  /** The longest parts of a word that find something beside the other words. */
  async function parts(word, others) {
    const signs = [...word].slice(0, LONGEST);
    for (let length = signs.length - 1; length > 1; length--) {
      const found = [];
      const told = new Set();
      // Of a number or a Latin word only the beginning is one.
      const last = search.isLatin(word) ? 0 : signs.length - length;
      for (let start = 0; start <= last; start++) {
        const [part, ...more] = search.words(signs.slice(start, start + length).join(""));
        if (!part || more.length || told.has(part)) continue;
        told.add(part);
        const words = [...others, part];
        const answer = await answered(words);
        if (answer) found.push({ words, many: answer.many });
      }
      if (found.length) return found;
    }
    return [];
  }

  /** Up to three questions that find something, for one that does not: without a filter, without
      a word, or with a part of one. `passing` says which reports pass filters. */
  async function advice(words, chosen, passing) {
    const isFiltered = chosen.size > 0;
    const found = isFiltered ? await wider(words, chosen, passing) : [];
    if (found.length) return found.slice(0, MOST);
    const shorter = [];
    for (const word of words.length > 1 ? words : []) {
      const rest = words.filter((other) => other !== word);
      const answer = await answered(rest);
      if (answer) shorter.push({ words: rest, many: answer.many });
    }
    for (const word of words) {
      if (shorter.length >= MOST) break;
      shorter.push(...await parts(word, words.filter((other) => other !== word)));
    }
    const texts = new Map(shorter.map((one) => [one.words.join(" "), one]));
    return [...texts].slice(0, MOST).map(([text, one]) => (
      { ...one, chosen: new Map(), text: `“${text}”${isFiltered ? "，不加筛选" : ""}` }));
  }

  search.take("meant", { advice, otherwise });
})();
