/* What the reports found come to, year by year: the sums that content/sums.py makes for pages, in
   whole numbers of the smallest place that an amount of the year has. No sum is of two years. */
"use strict";

(() => {
  const search = jixiaoSearch;
  const { element, valueOf } = search;
  const WAN = "万元";

  const grouped = (digits) => `${digits}`.replace(/\B(?=(?:\d{3})+$)/g, ",");

  /** A quotient as a whole number: half-up, or its rest cut off; below zero as above. */
  function divided(number, by, isCut) {
    const sign = (number < 0n) === (by < 0n) ? 1n : -1n;
    const [a, b] = [number, by].map((one) => (one < 0n ? -one : one));
    return sign * (isCut ? a / b : (2n * a + b) / (2n * b));
  }

  /** A whole number of the last of so many decimals: what stands before the point, and the rest. */
  function figure(number, decimals) {
    const digits = `${number < 0n ? -number : number}`.padStart(decimals + 1, "0");
    const whole = digits.slice(0, digits.length - decimals);
    const rest = decimals ? `.${digits.slice(-decimals)}` : "";
    return [(number < 0n ? "-" : "") + whole, rest];
  }

  /** An amount in 万元, half-up to two decimals; `exponent` is what its last place is worth. */
  function wan(amount, exponent) {
    const scale = 10n ** BigInt(Math.abs(exponent - 2));
    const [whole, rest] = figure(exponent < 2 ? divided(amount, scale) : amount * scale, 2);
    return grouped(whole) + rest;
  }

  function differences(code) {
    return [...search.spelled(code)].map((one) => (one % 2n ? -(one + 1n) / 2n : one / 2n));
  }

  /** The amounts of a year's reports, each by its place among them. */
  async function amounts(year) {
    const held = await search.part(`amounts-${year}`);
    if (!held.known) {
      let last = 0n;
      const budget = differences(held.budget).map((one) => { last += one; return last; });
      const spent = differences(held.spent).map((one, i) => budget[i] - one);
      const [noBudget, noSpent] = held.blank.map((code) =>
        search.held(budget.length, [code]).anywhere);
      held.known = { budget, spent, noBudget, noSpent };
    }
    return held;
  }

  /** Those whose results may be added up: see `counted` of content/sums.py. All are of one year. */
  function counted(core, numbers) {
    const [stage, kind, department, unit] = ["阶段", "支出类别", "主管部门", "实施单位"]
      .map((label) => valueOf(core, label));
    const isWhole = (number) => kind(number) === core.whole;
    const isAbove = (number) => isWhole(number) && department(number) === unit(number);
    const done = numbers.filter((number) => stage(number) !== core.planned);
    const projects = done.filter((number) => !isWhole(number));
    const above = new Set(done.filter(isAbove).map(department));
    const offices = done.filter((number) => isAbove(number) || !above.has(department(number)));
    const adding = projects.length ? projects : offices;
    return {
      adding,
      isOfProjects: projects.length > 0,
      planned: numbers.length - done.length,
      contained: done.length - adding.length,
    };
  }

  /** The years of some reports, the newest first, each with its reports. */
  function byYear(core, numbers) {
    const year = valueOf(core, "年度");
    const found = new Map();
    for (const number of numbers) {
      if (!found.has(year(number))) found.set(year(number), []);
      found.get(year(number)).push(number);
    }
    return new Map([...found].sort((a, b) => b[0] - a[0]));
  }

  /** The rate in % of those that have both amounts, rounded as their forms do; "" without one. */
  function rateOf({ known, roundings, rates, ...held }, at) {
    const both = at.filter((place) => !known.noBudget[place] && !known.noSpent[place]);
    const base = total(known.budget, both);
    if (!base) return "";
    // The printed one: it must not differ from the form that is opened next.
    const [printed] = (both.length === 1 && rates[both[0]]) || [];
    if (printed !== undefined) return printed ?? "";
    const own = search.column(held);
    const ways = [...new Set(both.map((place) => own[place]))];
    const [decimals, isCut] = roundings[ways.length === 1 ? ways[0] : 0];
    const part = total(known.spent, both) * 100n * 10n ** BigInt(decimals);
    return figure(divided(part, base, isCut), decimals).join("");
  }

  function total(values, places) {
    return places.reduce((all, place) => all + values[place], 0n);
  }

  /** What reports of one year come to, as texts; what does not count in it as numbers. */
  async function sum(core, year, numbers) {
    const { adding, ...told } = counted(core, numbers);
    const [held, places] = await Promise.all([amounts(year), search.places(year)]);
    const { known, exponent } = held;
    const at = adding.map((number) => places.get(number));
    return {
      ...told,
      year,
      count: grouped(adding.length),
      noun: told.isOfProjects ? "项目" : "部门",
      budget: wan(total(known.budget, at), exponent),
      spent: wan(total(known.spent, at), exponent),
      rate: rateOf(held, at),
      noBudget: at.filter((place) => known.noBudget[place]).length,
      noSpent: at.filter((place) => known.noSpent[place]).length,
    };
  }

  // How they are set

  /** What a sum leaves out, in sentences. */
  function left({ noBudget, noSpent, planned, contained }) {
    const told = [];
    if (noBudget) told.push(`其中 ${noBudget} 个没有填全年预算数`);
    if (noSpent) told.push(`其中 ${noSpent} 个没有填全年执行数`);
    if (noBudget || noSpent) told.push("执行率只算两个数都有的");
    if (contained) told.push(`另有 ${contained} 份部门整体支出，已含各项目的钱，不相加`);
    if (planned) told.push(`另有 ${planned} 份目标表，还没有结果，不计入`);
    return told.length ? `${told.join("；")}。` : "";
  }

  function figures(found) {
    const told = [
      [found.noun, found.count, "个"], ["全年预算数", found.budget, WAN],
      ["全年执行数", found.spent, WAN], ["执行率", found.rate, "%"],
    ];
    const list = element("dl", { className: "figures" });
    for (const [label, digits, unit] of told.filter(([, digits]) => digits)) {
      const parts = [["digits", digits], ["unit", unit]]
        .map(([className, text]) => element("span", { className }, text));
      list.append(element("div", {}, element("dt", {}, label), element("dd", {}, ...parts)));
    }
    return list;
  }

  function yearsTable(sums, addressOf) {
    const heading = (scope, className, ...parts) =>
      element("th", { scope, className }, ...parts);
    const labels = [[sums[0].noun], ["全年预算数", WAN], ["全年执行数", WAN], ["执行率", "%"]];
    const head = element("tr", {}, heading("col", "", "年度"), ...labels.map(([label, unit]) =>
      heading("col", "figure", label,
        ...(unit ? [element("span", { className: "unit" }, `（${unit}）`)] : []))));
    const rows = sums.map((one) => element("tr", {},
      heading("row", "", element("a", { href: addressOf(one.year) }, one.year)),
      ...[one.count, one.budget, one.spent, one.rate || "-"].map((text) =>
        element("td", { className: "figure" }, text))));
    const notes = sums.map((one) => [one.year, left(one)]).filter(([, text]) => text)
      .map(([year, text]) => element("p", { className: "note" }, `${year}年度：${text}`));
    return [
      element("table", { className: "data" },
        element("caption", { className: "hidden" }, "各年度合计"),
        element("thead", {}, head), element("tbody", {}, ...rows)),
      ...notes,
    ];
  }

  /** The sum of the newest year that has results, and on asking those of all years.

      `addressOf` leads to the results of one year. Gives nodes and a sentence to be read aloud;
      none of both where nothing can be added up. */
  async function sumsView(core, numbers, addressOf) {
    const years = [...byYear(core, numbers)].filter(([, own]) => counted(core, own).adding.length);
    if (numbers.length < 2 || !years.length) return { nodes: [], said: "" };
    const newest = await sum(core, ...years[0]);
    const { year, count, noun, budget, spent, rate } = newest;
    const title = element("p", { className: "of" }, `${year}年度合计`);
    const nodes = [title, figures(newest)];
    if (left(newest)) nodes.push(element("p", { className: "note" }, left(newest)));
    if (years.length > 1) {
      const more = element("details", {}, element("summary", {}, `${years.length} 个年度分别合计`));
      more.addEventListener("toggle", async () => {
        if (!more.open || more.childElementCount > 1) return;
        try {
          const sums = await Promise.all(years.map(([one, own]) => sum(core, one, own)));
          more.append(...yearsTable(sums, addressOf));
        } catch {
          more.open = false;
        }
      });
      nodes.push(more);
    }
    const rest = rate ? `，执行率 ${rate}%` : "";
    const said = `${year}年度 ${count} 个${noun}，全年预算数 ${budget} ${WAN}，全年执行数 ${spent} ${WAN}`;
    return { nodes, said: said + rest };
  }

  Object.assign(jixiaoSearch, { byYear, sum, sumsView, grouped });
})();
