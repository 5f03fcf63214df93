/* The search index, asked in the browser. Its parts are scripts that hand themselves over by
   `jixiaoSearch.take`: that works on a server under the strictest policy and from a folder.
   What a gram is, and how a text is folded, builder/site/search/grams.py says; both must agree. */
"use strict";

const jixiaoSearch = (() => {
  const LONGEST = 100; // characters of a question
  const PHRASE = 6; // characters of a run of a name that is told exactly
  const LEVELS = 10_000; // more than how well words may be held
  const SIGNS = [...Array(92).keys()].map((i) => String.fromCharCode(32 + i))
    .filter((sign) => sign !== '"' && sign !== "\\");
  const VALUES = new Map(SIGNS.map((sign, value) => [sign, value]));
  const BASE = SIGNS.length / 2;
  const HAN = "\\u3007\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{323af}";
  const TOKEN = new RegExp(`[${HAN}]+|(?:(?![${HAN}])[\\p{L}\\p{N}])+(?:\\.[0-9]+)?`, "gu");
  const AROUND = /^[^\p{L}\p{N}≥≤<>=%‰°]+|[^\p{L}\p{N}≥≤<>=%‰°]+$/gu;
  const IS_HAN = new RegExp(`^[${HAN}]`, "u");
  const IS_WORD = new RegExp(`^(?![${HAN}])[\\p{L}\\p{N}]`, "u");

  // Parts of the index

  const form = document.querySelector("form[data-core]");
  const start = new URL(form.dataset.core, document.baseURI);
  const root = new URL("..", start);
  const parts = new Map(); // name → what it holds

  function take(name, data) {
    parts.set(name, data);
  }

  /** What a part holds, that a script hands over. */
  async function load(name, address) {
    await jixiaoLoad(address, () => parts.has(name));
    return parts.get(name);
  }

  async function core() {
    const loaded = await load("core", start.href);
    // Once: what has been spread is taken out.
    for (const [labels, signs] of loaded.shared.splice(0)) spread(loaded, labels, signs);
    for (const facet of loaded.facets) if (facet.within) gather(facet, loaded.facets);
    return loaded;
  }

  /** One of the parts of a kind, by the digest of what it holds. */
  function piece(kind, digest) {
    const name = `${kind}/${digest}`;
    return load(name, new URL(`${name}.js`, start).href);
  }

  async function part(name) {
    return piece(name, (await core()).parts[name]);
  }

  /** One of so many digests that stand one behind the other. */
  function digestAt(place, digests, many) {
    const length = digests.length / many;
    return digests.slice(place * length, (place + 1) * length);
  }

  /** What a result shows of a report: { path, facts, passages: [[anchor, label, text]], row, years }:
      its 编号 and figures, and the pages of its project in other years. */
  async function report(number) {
    const { count, page, texts } = await core();
    const place = number % page;
    const first = number - place;
    const digests = await piece("texts", digestAt(first / page, texts, Math.ceil(count / page)));
    const digest = digestAt(place, digests, Math.min(page, count - first));
    return piece(`text/${digest.slice(0, 2)}`, digest.slice(2));
  }

  // Texts

  /** A text as it is compared, and for each of its units the place in the text it came from. */
  function fold(text) {
    let folded = "";
    const at = [];
    for (let i = 0; i < text.length;) {
      const sign = String.fromCodePoint(text.codePointAt(i));
      // 1,234 is 1234.
      const separates = sign === "," && /[0-9]/.test(text[i - 1] ?? "") &&
        /^[0-9]{3}(?![0-9])/.test(text.slice(i + 1, i + 5));
      const part = separates ? "" : sign.normalize("NFKC").toLowerCase();
      for (let j = 0; j < part.length; j++) at.push(i);
      folded += part;
      i += sign.length;
    }
    at.push(text.length);
    return { text: folded, at };
  }

  /** The words of a question, folded; each once. Signs around a word are not meant, nor alone. */
  function words(question) {
    const found = fold(question.slice(0, LONGEST)).text.split(/\s+/u);
    const bare = found.map((word) => word.replace(AROUND, "")).filter(Boolean);
    const told = bare.filter((word) => word.search(TOKEN) >= 0);
    return [...new Set(told.length ? told : bare.concat(found).filter(Boolean).slice(0, 1))];
  }

  /** Where a word stands in a folded text, from a place on; a number only from its beginning. */
  function find(text, word, from = 0) {
    let place = text.indexOf(word, from);
    if (!IS_WORD.test(word)) return place;
    const inNumber = /^[0-9]/.test(word) ? /[0-9]\.$/ : /(?!)/;
    while (place > 0) {
      const before = text.slice(Math.max(0, place - 2), place);
      if (!IS_WORD.test(before.slice(-1)) && !inNumber.test(before)) break;
      place = text.indexOf(word, place + 1);
    }
    return place;
  }

  /** Whether a word begins with a figure or a letter that is no Han character. */
  function isLatin(word) {
    return IS_WORD.test(word);
  }

  // Postings

  function before(a, b) {
    const one = [...a];
    const other = [...b];
    for (let i = 0; i < one.length && i < other.length; i++) {
      if (one[i] !== other[i]) return one[i].codePointAt(0) < other[i].codePointAt(0);
    }
    return one.length < other.length;
  }

  function placeOf(bounds, gram) {
    let low = 0;
    let high = bounds.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (before(gram, bounds[middle])) high = middle - 1;
      else low = middle;
    }
    return low;
  }

  /** The digests in a list of the parts that may hold grams from one to another. */
  function between({ bounds, digests }, first, last) {
    const found = [];
    const end = Math.min(placeOf(bounds, last), bounds.length - 1);
    for (let i = placeOf(bounds, first); i <= end; i++) {
      found.push(digestAt(i, digests, bounds.length));
    }
    return found;
  }

  /** The shards that may hold grams from one to another. */
  async function shards(first, last = first) {
    const { grams } = await core();
    const all = (kind, digests) => Promise.all(digests.map((digest) => piece(kind, digest)));
    const lists = await all("lists", between(grams, first, last));
    return all("grams", lists.flatMap((list) => between(list, first, last)));
  }

  /** What the shard of a gram holds of it, or of a longer one that begins so. */
  async function codeOf(gram, start = gram) {
    const [entries = {}] = await shards(start);
    return Object.prototype.hasOwnProperty.call(entries, gram) ? entries[gram] : undefined;
  }

  function mark(marks, code) {
    const isAllBut = code[0] === "~";
    const found = isAllBut ? new Uint8Array(marks.length).fill(1) : marks;
    let number = -1;
    let gap = 0;
    let scale = 1;
    for (let i = isAllBut ? 1 : 0; i < code.length; i++) {
      const value = VALUES.get(code[i]);
      if (value >= BASE) {
        gap += (value - BASE) * scale;
        scale *= BASE;
        continue;
      }
      number += gap + value * scale + 1;
      found[number] = isAllBut ? 0 : 1;
      gap = 0;
      scale = 1;
    }
    if (isAllBut) found.forEach((one, i) => { if (one) marks[i] = 1; });
  }

  /** The reports that hold any of some grams, anywhere and in their name. */
  function held(count, codes) {
    const marks = { anywhere: new Uint8Array(count), named: new Uint8Array(count) };
    for (const code of codes) {
      const [all, named] = code.split("|");
      mark(marks.anywhere, all);
      if (named !== undefined) mark(marks.named, named);
    }
    return marks;
  }

  async function exactly(...grams) {
    const { count } = await core();
    const codes = await Promise.all(grams.map((gram) => codeOf(gram)));
    return held(count, codes.filter((code) => code !== undefined));
  }

  /** A longer run is kept only where its parts do not tell as much. */
  async function run(signs) {
    const { count } = await core();
    const code = await codeOf(signs.join(""), signs[0] + signs[1]);
    if (code === undefined) return null;
    // Names are not told apart by longer runs: their pairs say enough.
    return { ...held(count, [code]), named: new Uint8Array(count).fill(1) };
  }

  async function beginning(start) {
    const { count } = await core();
    const codes = [];
    for (const entries of await shards(start, `${start}\u{10ffff}`)) {
      for (const gram of Object.keys(entries)) if (gram.startsWith(start)) codes.push(entries[gram]);
    }
    return held(count, codes);
  }

  /** What to look up for one word; all of it must hold. `exact`: then nothing else can. */
  function plan(word) {
    const tokens = [...word.matchAll(TOKEN)];
    const needs = [];
    tokens.forEach((match, i) => {
      const token = match[0];
      const signs = [...token];
      const next = tokens[i + 1];
      const joinsNext = next !== undefined && next.index === match.index + token.length;
      const joinsLast = i > 0 && tokens[i - 1].index + tokens[i - 1][0].length === match.index;
      if (joinsLast) needs.push(exactly([...tokens[i - 1][0]].pop() + signs[0]));
      if (IS_HAN.test(token)) {
        for (let j = 0; j + 1 < signs.length; j++) needs.push(exactly(signs[j] + signs[j + 1]));
        for (let long = 3; long <= PHRASE; long++) {
          for (let j = 0; j + long <= signs.length; j++) needs.push(run(signs.slice(j, j + long)));
        }
        if (signs.length === 1 && !joinsNext && !joinsLast) needs.push(beginning(token));
      } else if (joinsNext) {
        needs.push(exactly(token));
      } else if (signs.length <= 2) {
        needs.push(exactly(token, `${token}*`));
      } else {
        needs.push(beginning(token));
      }
    });
    return { needs, exact: isExact(word) };
  }

  /** Whether a word is looked up as it is: a number, a Latin word or up to `longest` Han characters. */
  function isExact(word, longest = 3) {
    const [token] = word.match(TOKEN) ?? [];
    return token === word && (!IS_HAN.test(word) || [...word].length <= longest);
  }

  /** Whether nothing else can be found by words than what holds them: runs of Han characters that
      stand in a name of one of these reports are looked up as they are, if they are not too long. */
  function isCertain(words, records) {
    const names = records.filter(Boolean).flatMap((record) => texts(record).slice(0, 3));
    return words.every((word) => isExact(word) ||
      (isExact(word, PHRASE) && names.some((name) => name.includes(word))));
  }

  /** The passages of a report as they are compared. */
  function texts(record) {
    record.folded ??= record.passages.map((passage) => fold(passage[2]).text);
    return record.folded;
  }

  /** Whether a report really holds every word: each inside one of its passages. */
  function holds(record, asked) {
    return asked.every((word) => texts(record).some((text) => find(text, word) >= 0));
  }

  /** The reports that hold every word; without words, all. `levels` say for each which comes before
      others: those in whose name the words stand, or in department or unit.

      Where not `exact`, a few may be among them that hold a word's parts but not the word: `holds`
      tells. */
  async function ask(asked) {
    const { count, facets } = await core();
    // Most answers need it: it comes while the words are looked up.
    if (asked.length && count) places(facets.find((one) => one.label === "年度").values[0]).catch(() => {});
    const matches = new Uint8Array(count).fill(1);
    const levels = new Float64Array(count);
    let exact = true;
    for (const word of asked) {
      const found = plan(word);
      const needs = (await Promise.all(found.needs)).filter((need) => need !== null);
      exact &&= found.exact;
      if (!needs.length) matches.fill(0);
      for (let i = 0; i < count; i++) {
        if (!needs.every((need) => need.anywhere[i])) matches[i] = 0;
        else if (needs.every((need) => need.named[i])) levels[i] -= 8;
      }
      for (const [label, weight] of [["主管部门", 4], ["实施单位", 3]]) {
        const facet = facets.find((one) => one.label === label);
        const holding = facet.values.map((value) => find(fold(value).text, word) >= 0);
        const values = column(facet);
        for (let i = 0; i < count; i++) if (holding[values[i]]) levels[i] -= weight;
      }
    }
    const numbers = [...matches.keys()].filter((i) => matches[i]);
    return { numbers, exact, levels };
  }

  /** The numbers that a column of the index holds, one for each report. */
  function column(packed) {
    if (!packed.numbers) {
      const { width, column: signs } = packed;
      packed.numbers = new Uint32Array(signs.length / width);
      for (let i = 0; i < signs.length; i++) {
        const place = Math.floor(i / width);
        packed.numbers[place] = packed.numbers[place] * SIGNS.length + VALUES.get(signs[i]);
      }
    }
    return packed.numbers;
  }

  /** The value of a facet for each report, by the report's number. */
  function valueOf(core, label) {
    const facet = core.facets.find((one) => one.label === label);
    const values = column(facet);
    return (number) => facet.values[values[number]];
  }

  /** For each report the newest one of its project. */
  function belonging(core) {
    if (!core.belongs) {
      let last = 0;
      core.belongs = Uint32Array.from(held(core.count, [core.projects]).anywhere, (isFirst, i) => {
        if (isFirst) last = i;
        return core.elsewhere[i] ?? last;
      });
    }
    return core.belongs;
  }

  /** Reports put together by project, the newest year first. */
  function gathered(core, numbers) {
    const belongs = belonging(core);
    const found = new Map();
    // The years of a project are numbered from the newest down.
    for (const number of [...numbers].sort((a, b) => a - b)) {
      const project = belongs[number];
      if (found.has(project)) found.get(project).push(number);
      else found.set(project, [number]);
    }
    return [...found.values()];
  }

  /** The place of each report of a year among these, by its number: the larger budget first. */
  async function places(year) {
    const [loaded, held] = await Promise.all([core(), part(`place-${year}`)]);
    if (!held.places) {
      const yearOf = valueOf(loaded, "年度");
      const own = [...Array(loaded.count).keys()].filter((number) => yearOf(number) === year);
      held.places = new Map(own.map((number, i) => [number, column(held)[i]]));
    }
    return held.places;
  }

  /** Reports put together by project and in order: by level, then as in tables of many reports, the
      newest year first. Of those that are `isRanked` the one that comes first stands before others
      of its project. Only the first `most` are sure to be in order: each year takes a part. */
  async function placed(core, { numbers, levels }, most, isRanked) {
    const belongs = belonging(core);
    const yearOf = valueOf(core, "年度");
    const all = gathered(core, numbers).map((own) => {
      const best = own.reduce((best, number) => (levels[number] < levels[best] ? number : best));
      const newest = belongs[best];
      const group = isRanked ? [best, ...own.filter((number) => number !== best)] : own;
      return { group, newest, level: levels[best], year: yearOf(newest) };
    });
    all.sort((a, b) => a.level - b.level || b.year - a.year);
    for (let i = 0, end; i < Math.min(most, all.length); i = end) {
      const { level, year } = all[i];
      end = all.findIndex((one, j) => j > i && (one.level !== level || one.year !== year));
      if (end < 0) end = all.length;
      if (end === i + 1) continue;
      const ranks = await places(year);
      const equals = all.slice(i, end).sort((a, b) => ranks.get(a.newest) - ranks.get(b.newest));
      for (const [j, one] of equals.entries()) all[i + j] = one;
    }
    return all.map(({ group }) => group);
  }

  /** Give facets their values, of which one sign tells all: that of the first changes fastest. */
  function spread({ facets }, labels, signs) {
    const own = labels.map((label) => facets.find((facet) => facet.label === label));
    for (const facet of own) facet.numbers = new Uint32Array(signs.length);
    for (let i = 0; i < signs.length; i++) {
      let value = VALUES.get(signs[i]);
      for (const { numbers, values } of own) {
        numbers[i] = value % values.length;
        value = Math.floor(value / values.length);
      }
    }
  }

  /** Number the values of a facet through that are counted anew within each one of another. */
  function gather(facet, facets) {
    const within = column(facets.find((one) => one.label === facet.within));
    let next = 0;
    const firsts = facet.sizes.map((size) => { next += size; return next - size; });
    const values = [...new Set(facet.values)];
    const places = new Map(values.map((value, place) => [value, place]));
    column(facet);
    facet.numbers = facet.numbers.map((own, i) => places.get(facet.values[firsts[within[i]] + own]));
    facet.values = values;
    delete facet.within;
  }

  /** Numbers from 0 of any size, that stand one behind the other in as few signs as each needs. */
  function* spelled(code) {
    let number = 0n;
    let scale = 1n;
    for (const sign of code) {
      const value = VALUES.get(sign);
      if (value >= BASE) {
        number += BigInt(value - BASE) * scale;
        scale *= BigInt(BASE);
        continue;
      }
      yield number + BigInt(value) * scale;
      number = 0n;
      scale = 1n;
    }
  }

  /** Levels by an order of the index: equals stay as they were, those without a value come last. */
  async function ordered(levels, name, isRising) {
    const order = await part(`order-${name}`);
    return Float64Array.from(column(order), (rank, number) => {
      const place = isRising && rank < order.valued ? order.valued - 1 - rank : rank;
      return place * LEVELS + levels[number];
    });
  }

  return {
    take, load, core, part, report, words, fold, find, isLatin, texts, held, holds, isCertain, ask, column, spelled, ordered,
    valueOf, gathered, places, placed, root, form,
  };
})();
