// The table of people. Everything shown is set as text: nothing here makes HTML of data.
"use strict";
(() => {
  const data = document.getElementById("crm-people-data");
  const place = document.getElementById("crm-people");
  const form = document.getElementById("crm-filter");
  if (!data || !place || !form || typeof Tabulator === "undefined") return;

  const COLUMNS = ["path", "name", "kind", "handles", "tags", "organisations", "location",
    "owner", "contributions", "conversations", "first", "last"];
  const SHOWN_TAGS = 2;
  const rows = JSON.parse(data.textContent).map((values, id) => {
    const row = { id };
    COLUMNS.forEach((name, index) => { row[name] = values[index]; });
    row.text = fold([row.name, ...row.handles, ...row.organisations, row.location].join(" "));
    row.organisation = row.organisations.join(", ");
    row.tagText = row.tags.map(([tag]) => tag).join(" ");
    return row;
  });
  const today = Date.parse(data.dataset.day);

  function fold(text) {
    return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  }

  function element(tag, text, attributes) {
    const made = document.createElement(tag);
    made.textContent = text;
    for (const [name, value] of Object.entries(attributes || {})) made.setAttribute(name, value);
    return made;
  }

  function nameCell(cell) {
    const row = cell.getData();
    return element("a", row.name, { href: row.path, dir: "auto" });
  }

  function tagsCell(cell) {
    const box = document.createElement("span");
    const tags = cell.getData().tags;
    for (const [tag, path] of tags.slice(0, SHOWN_TAGS)) {
      box.append(element("a", tag, { href: "../" + path, class: "crm-tag" }), " ");
    }
    if (tags.length > SHOWN_TAGS) {
      box.append(element("span", `+${tags.length - SHOWN_TAGS}`, { class: "crm-muted" }));
    }
    return box;
  }

  const textCell = (cell) => element("span", cell.getValue() || "", { dir: "auto" });
  const numberCell = (cell) => document.createTextNode(cell.getValue().toLocaleString("en"));
  const names = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });
  const byName = (a, b) => names.compare(a, b);
  const last = { sorter: "string", sorterParams: { alignEmptyValues: "bottom" } };

  const table = new Tabulator(place, {
    data: rows,
    layout: "fitColumns",
    responsiveLayout: "hide",
    pagination: true,
    paginationSize: 50,
    paginationSizeSelector: [25, 50, 100, 250],
    paginationButtonCount: 3,
    initialSort: [{ column: "last", dir: "desc" }],
    headerSortTristate: false,
    columnDefaults: { headerHozAlign: "left", resizable: false },
    placeholder: "Nobody fits these filters.",
    columns: [
      { title: "Name", field: "name", formatter: nameCell, sorter: byName, minWidth: 150,
        widthGrow: 3, responsive: 0 },
      { title: "Organisation", field: "organisation", formatter: textCell, sorter: byName,
        minWidth: 120, widthGrow: 2, responsive: 4 },
      { title: "Tags", field: "tagText", formatter: tagsCell, headerSort: false, minWidth: 190,
        widthGrow: 3, responsive: 5 },
      { title: "Place", field: "location", formatter: textCell, sorter: byName, minWidth: 100,
        widthGrow: 1.5, responsive: 6 },
      { title: "Owner", field: "owner", formatter: textCell, sorter: byName, minWidth: 110,
        widthGrow: 1.5, responsive: 7 },
      { title: "Contrib.", headerTooltip: "Contributions", field: "contributions", formatter: numberCell, sorter: "number",
        hozAlign: "right", headerHozAlign: "right", headerSortStartingDir: "desc", width: 100,
        responsive: 2 },
      { title: "Conv.", headerTooltip: "Conversations", field: "conversations", formatter: numberCell, sorter: "number",
        hozAlign: "right", headerHozAlign: "right", headerSortStartingDir: "desc", width: 84,
        responsive: 3 },
      { title: "First seen", field: "first", formatter: textCell, ...last, width: 112,
        responsive: 8 },
      { title: "Last seen", field: "last", formatter: textCell, ...last, width: 112,
        headerSortStartingDir: "desc", responsive: 1 },
    ],
  });

  function fill(select, values) {
    const counts = new Map();
    for (const value of values) counts.set(value, (counts.get(value) || 0) + 1);
    const found = [...counts.keys()].sort(byName);
    for (const value of found) {
      select.append(element("option", `${value} (${counts.get(value)})`, { value }));
    }
    if (!found.length) select.closest("label").hidden = true;
  }

  fill(form.elements.tag, rows.flatMap((row) => row.tags.map(([tag]) => tag)));
  fill(form.elements.organisation, rows.flatMap((row) => row.organisations));
  const count = form.querySelector(".crm-filter__count");

  function fits(row) {
    const { words, tag, organisation, seen, kind } = form.elements;
    if (kind && kind.value && row.kind !== kind.value) return false;
    if (tag.value && !row.tags.some(([name]) => name === tag.value)) return false;
    if (organisation.value && !row.organisations.includes(organisation.value)) return false;
    if (seen.value) {
      const days = (today - Date.parse(row.last || "1970-01-01")) / 86400000;
      const limit = Number(seen.value);
      if (limit > 0 ? days > limit : days <= -limit) return false;
    }
    return fold(words.value).split(/\s+/).every((word) => row.text.includes(word));
  }

  let waiting = 0;
  function apply() {
    table.setFilter(fits);
    const shown = table.getDataCount("active");
    count.textContent = shown === rows.length
      ? `${shown.toLocaleString("en")} shown`
      : `${shown.toLocaleString("en")} of ${rows.length.toLocaleString("en")} shown`;
  }
  const later = () => {
    clearTimeout(waiting);
    waiting = setTimeout(apply, 120);
  };
  form.addEventListener("input", later);
  form.addEventListener("change", later);
  form.addEventListener("submit", (event) => event.preventDefault());
  table.on("tableBuilt", () => {
    form.hidden = false;
    apply();
  });
})();
