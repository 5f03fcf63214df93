/* What a question may have meant that found nothing. Loaded when one does. */
"use strict";

(() => {
  const search = jixiaoSearch;
  const MOST = 3;
  const LONGEST = 24; // characters of a word whose parts are tried
  const READINGS = 8; // of a word of letters
  const TRIED = 12; // questions, each a shard or two
  const STEPS = 20_000;
  const LETTERS = /^[a-z]{2,}$/;
  const HAN = /\p{Script=Han}/u;

  /** What words find, if it is certain that they find something; of those that `passes`. */
  async function answered(words, passes = () => true) {
    const found = await search.surely(await search.ask(words), words);
    const numbers = found.numbers.filter(passes);
    if (!numbers.length) return null;
    let { exact } = found;
    if (!exact) {
      const core = await search.core();
      const [[best]] = await search.placed(core, { ...found, numbers }, 1, true);
      const [record] = await search.known([best]);
      if (!search.holds(record, words)) return null;
      exact = search.isCertain(words, [record]);
    }
    return { ...found, exact, many: `${exact ? "" : "约 "}${numbers.length}` };
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

  /** What is known of names: how a character is said, what may stand behind it, and how often two
      stand together. */
  async function names() {
    const held = await search.part("pinyin");
    if (!held.ranks) {
      held.said = new Map();
      for (const [sound, signs] of Object.entries(held.sounds)) {
        for (const sign of signs) held.said.set(sign, [...(held.said.get(sign) ?? []), sound]);
      }
      held.next = new Map();
      held.ranks = new Map();
      const signs = [...held.pairs];
      for (let i = 0; i < signs.length; i += 2) {
        held.next.set(signs[i], [...(held.next.get(signs[i]) ?? []), signs[i + 1]]);
        held.ranks.set(signs[i] + signs[i + 1], held.ranks.size);
      }
    }
    return held;
  }

  /** All texts in which each sign takes as many letters as `takes` allows, with how sure that is. */
  function spelt(letters, { said, next }, takes) {
    const found = [];
    let left = STEPS;
    function extend(text, at, doubt) {
      if (at === letters.length) found.push([text, doubt]);
      if (at >= letters.length || left <= 0) return;
      left -= 1;
      const last = [...text].pop();
      for (const sign of last ? next.get(last) ?? [] : said.keys()) {
        for (const sound of said.get(sign) ?? []) {
          const [taken, more] = takes(sound, letters.slice(at), text);
          if (taken) extend(text + sign, at + taken, doubt + more);
        }
      }
    }
    extend("", 0, 0);
    return found;
  }

  /** What letters may stand for in names, the likeliest first: whole syllables, of the last one as
      much as is there, or the first letter of each. */
  function readings(letters, known) {
    const whole = (sound, rest, before) => {
      if (rest.startsWith(sound)) return [sound.length, 0];
      return before && sound.startsWith(rest) ? [rest.length, 1] : [0, 0];
    };
    const first = (sound, rest) => [sound[0] === rest[0] ? 1 : 0, 2];
    const rarest = (text) => {
      const signs = [...text];
      const ranks = signs.slice(1).map((sign, i) => known.ranks.get(signs[i] + sign));
      return Math.max(-1, ...ranks);
    };
    const found = new Map();
    for (const [text, doubt] of [...spelt(letters, known, whole), ...spelt(letters, known, first)]) {
      if (!found.has(text)) found.set(text, [doubt, rarest(text)]);
    }
    const texts = [...found].sort(([, a], [, b]) => a[0] - b[0] || a[1] - b[1]);
    return texts.map(([text]) => text).slice(0, READINGS);
  }

  /** What is found where the words of letters among these are pinyin: the likeliest first. */
  async function byPinyin(words) {
    if (!words.some((word) => LETTERS.test(word))) return [];
    const known = await names();
    let questions = [[]];
    for (const word of words) {
      const own = LETTERS.test(word) ? readings(word, known) : [];
      if (!own.length || (words.length > 1 && await answered([word]))) own.unshift(word);
      questions = questions.flatMap((before) => own.map((one) => [...before, one]));
    }
    const found = [];
    for (const question of questions.slice(0, TRIED)) {
      if (question.join(" ") === words.join(" ")) continue;
      const answer = await answered(question);
      if (answer) found.push({ ...answer, words: question });
      if (found.length > MOST) break;
    }
    return found;
  }

  /** What words find that find nothing as they were typed: `words` are those that were meant, and
      `others` what they may mean as well. */
  async function otherwise(words) {
    const plain = await simplified(words);
    const isOther = plain.join(" ") !== words.join(" ");
    const answer = isOther ? await answered(plain) : null;
    if (answer) return { ...answer, words: plain, others: [] };
    const [found, ...others] = await byPinyin(plain);
    return found ? { ...found, others } : { numbers: [], exact: true, levels: [], words: plain, others };
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
      { ...one, chosen: new Map(), text: isFiltered ? `“${text}”，不加筛选` : text }));
  }

  search.take("meant", { advice, byPinyin, otherwise });
})();
