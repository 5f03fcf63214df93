/* What was found as a table for a spreadsheet: the same columns, guard and line ends as the data
   that the site publishes (opendata/delimited.py). Loaded when somebody asks for it. */
"use strict";

(() => {
  const search = jixiaoSearch;
  // The headings of data/….csv, so that both can be joined.
  const HEAD = [
    "编号", "年度", "项目名称", "主管部门", "实施单位", "支出类别", "阶段", "全年预算数（万元）",
    "全年执行数（万元）", "执行率（%）", "总分", "评分等级", "网页",
  ];
  const BOM = "\ufeff";
  // A spreadsheet would run what begins so, unless it is a plain number.
  const DANGEROUS = /^[=+\-@\t\r\n＝＋－＠']/;
  const NUMBER = /^-?[0-9]{1,12}(?:\.[0-9]{1,10})?$/;

  const guarded = (text) => (DANGEROUS.test(text) && !NUMBER.test(text) ? `'${text}` : text);
  const quoted = (text) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

  /** A report as a row; `address` is the site's, without one a page is told by its path. */
  function row(record, kind, stage, address) {
    const [id, budget, spent, rate, total, grade] = record.row;
    const names = record.passages.slice(0, 3).map(([, , text]) => text);
    const path = address ? record.path.split("/").map(encodeURIComponent).join("/") : record.path;
    return [
      guarded(id), id.split("/")[0], ...names.map(guarded), kind, stage,
      budget, spent, rate, total, guarded(grade), guarded(address + path),
    ];
  }

  /** The reports with these numbers and what is known of them, as the text of a file. */
  function table(core, numbers, records, address) {
    const kind = search.valueOf(core, "支出类别");
    const stage = search.valueOf(core, "阶段");
    const rows = numbers.map((n, i) => row(records[i], kind(n), stage(n), address));
    return BOM + [HEAD, ...rows].map((cells) => `${cells.map(quoted).join(",")}\r\n`).join("");
  }

  /** Hand a text to the reader as a file of that name. */
  function save(text, name) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
    link.download = name.replace(/[\\/:*?"<>|\p{Cc}]+/gu, "-");
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000); // some browsers read it late
  }

  search.take("csv", { table, save });
})();
