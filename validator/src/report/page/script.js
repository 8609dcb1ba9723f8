"use strict";
(() => {
  const PAGE = 50;
  const byId = (id) => document.getElementById(id);
  const data = JSON.parse(byId("data").textContent);

  // Text goes in as text only: nothing here reads HTML.
  const element = (name, text, attributes = {}) => {
    const made = document.createElement(name);
    if (text !== undefined) made.textContent = text;
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  };

  // One for all: a new one for each comparison takes seconds where there are many examples.
  const words = new Intl.Collator("en", { numeric: true });

  // Numbers before words, words in the order of a dictionary, what is not known last whichever way is sorted.
  const order = (descending) => (a, b) => {
    const unknown = (it) => it === null || it === undefined || it === "";
    if (unknown(a) || unknown(b)) return unknown(a) - unknown(b);
    const way = descending ? -1 : 1;
    return way * (typeof a === "number" && typeof b === "number" ? a - b : words.compare(String(a), String(b)));
  };

  const mark = (heads, chosen, descending) => {
    for (const head of heads) head.removeAttribute("aria-sort");
    chosen.setAttribute("aria-sort", descending ? "descending" : "ascending");
  };

  // A column of numbers shows its largest first; a second click turns it.
  const turned = (head) => {
    const now = head.getAttribute("aria-sort");
    return now === null ? head.classList.contains("number") : now === "ascending";
  };

  for (const table of document.querySelectorAll("table.sortable")) {
    const heads = [...table.querySelectorAll("thead th")];
    const body = table.tBodies[0];
    heads.forEach((head, column) => {
      head.querySelector("button").addEventListener("click", () => {
        const descending = turned(head);
        const compare = order(descending);
        const value = (row) => {
          const cell = row.cells[column];
          const raw = cell.dataset.value ?? cell.textContent;
          return raw !== "" && Number.isFinite(Number(raw)) ? Number(raw) : raw;
        };
        const rows = [...body.rows].map((row) => [value(row), row]);
        rows.sort((a, b) => compare(a[0], b[0]));
        body.append(...rows.map(([, row]) => row));
        mark(heads, head, descending);
      });
    });
  }

  const choose = (select, apply) => {
    if (select === null) return;
    select.addEventListener("change", () => apply(select.value));
    apply(select.value);
  };
  choose(byId("quality-measure"), (chosen) => {
    for (const plot of document.querySelectorAll("[data-plot]")) plot.hidden = plot.dataset.plot !== chosen;
  });
  choose(byId("worst-system"), (chosen) => {
    for (const one of document.querySelectorAll("details.case")) one.hidden = one.dataset.system !== chosen;
  });

  const theme = byId("theme");
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (document.documentElement.dataset.theme ?? (dark.matches ? "dark" : "light")) === "dark";
  const nameTheme = () => {
    theme.textContent = isDark() ? "Light" : "Dark";
    theme.setAttribute("aria-pressed", String(isDark()));
    theme.setAttribute("aria-label", isDark() ? "Use light colours" : "Use dark colours");
  };
  theme.hidden = false;
  theme.addEventListener("click", () => {
    document.documentElement.dataset.theme = isDark() ? "light" : "dark";
    nameTheme();
  });
  dark.addEventListener("change", nameTheme);
  nameTheme();

  // --- the table of all examples ---
  const number = (digits) => (value) => (value === null ? "" : value.toFixed(digits));
  const plain = (value) => String(value);
  const columns = [
    { title: "example", value: (row) => data.ids[row[0]], show: plain },
    { title: "document", value: (row) => data.documents[row[1]], show: plain },
    { title: "system", value: (row) => data.systems[row[2]], show: plain },
    { title: "domain", value: (row) => row[3], show: plain },
    { title: "before", value: (row) => row[4], show: plain, number: true },
    { title: "after", value: (row) => row[5], show: plain, number: true },
    { title: "ratio", value: (row) => row[6], show: number(3), number: true },
    { title: "outcome", value: (row) => (row[7] === 1 ? "passed" : "failed"), show: plain, badge: true },
    { title: "atoms lost", value: (row) => row[8], show: plain, number: true },
    { title: "invented", value: (row) => row[9], show: plain, number: true },
    ...data.measures.map((measure, index) => ({ title: measure.title, value: (row) => row[10][index], show: number(3), number: true })),
  ];
  const table = byId("all");
  const heads = columns.map((column) => {
    const head = element("th", undefined, { scope: "col" });
    if (column.number) head.classList.add("number");
    head.append(element("button", column.title, { type: "button" }));
    return head;
  });
  const line = element("tr");
  line.append(...heads);
  table.tHead.append(line);

  const text = byId("filter-text");
  const system = byId("filter-system");
  const domain = byId("filter-domain");
  const outcome = byId("filter-outcome");
  let sorted = data.rows.slice();
  let found = [];
  let first = 0;

  const outcomes = {
    "": () => true,
    failed: (row) => row[7] === 0,
    passed: (row) => row[7] === 1,
    lost: (row) => row[8] > 0,
    invented: (row) => row[9] > 0,
  };
  const filter = () => {
    const typed = text.value.trim().toLowerCase();
    const matches = (row) =>
      outcomes[outcome.value](row) &&
      (system.value === "" || data.systems[row[2]] === system.value) &&
      (domain.value === "" || row[3] === domain.value) &&
      (typed === "" || data.ids[row[0]].toLowerCase().includes(typed) || data.documents[row[1]].toLowerCase().includes(typed));
    found = sorted.filter(matches);
    first = 0;
    show();
  };
  const show = () => {
    const rows = found.slice(first, first + PAGE).map((row) => {
      const line = element("tr");
      for (const column of columns) {
        const shown = column.show(column.value(row));
        const cell = element("td", column.badge ? undefined : shown);
        if (column.number) cell.classList.add("number");
        if (column.badge) cell.append(element("span", shown, { class: `badge ${shown}` }));
        line.append(cell);
      }
      return line;
    });
    table.tBodies[0].replaceChildren(...rows);
    const last = first + rows.length;
    byId("shown").textContent = found.length === 0 ? "no example" : `${first + 1} to ${last} of ${found.length}`;
    byId("previous").disabled = first === 0;
    byId("next").disabled = last >= found.length;
  };
  heads.forEach((head, index) => {
    head.firstChild.addEventListener("click", () => {
      const descending = turned(head);
      const compare = order(descending);
      const { value } = columns[index];
      sorted.sort((a, b) => compare(value(a), value(b)));
      mark(heads, head, descending);
      filter();
    });
  });
  byId("filters").addEventListener("submit", (event) => event.preventDefault());
  for (const control of [text, system, domain, outcome]) control.addEventListener("input", filter);
  byId("previous").addEventListener("click", () => { first = Math.max(0, first - PAGE); show(); });
  byId("next").addEventListener("click", () => { first += PAGE; show(); });
  filter();
})();
