// The filters of a report, its copy buttons, and its downloads. Without this script, the page shows everything it has.
(() => {
  "use strict";
  const one = (selector, inside = document) => inside.querySelector(selector);
  const all = (selector, inside = document) => [...inside.querySelectorAll(selector)];
  const make = (name, properties) => Object.assign(document.createElement(name), properties);

  // ---- Filters ----
  const form = one(".filters");
  if (form) {
    const fields = all("input, select", form);
    const options = new Map(all("option", form).filter((option) => option.value).map((option, at) => [option, String(at)]));
    const events = all(".month > article");
    const months = all(".month").map((section) => ({ section, size: all("article", section).length, left: 0 }));
    const monthOf = months.flatMap((month) => Array(month.size).fill(month));
    const bar = one(".found"), status = one("[role=status]", bar), clear = one("button", bar);
    const onPaper = bar.after(make("p", { className: "on-paper" })) || bar.nextElementSibling;
    let index = null, written = 0, last = null;

    // Letters without accents and in one case, so that "preah" finds "Preăh".
    const plain = (text) => text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase();

    // What each event says, made once: at the first pause after the page has loaded, or when a filter is used.
    const read = () => index ??= events.map((event) => {
      const [start, end = start] = event.dataset.d.split(" ");
      return {
        text: plain(all(".when, h4, .kind, .summary, summary, dd", event).map((part) => part.textContent).join(" ")),
        has: new Set(event.dataset.f.split(" ")), start: start || "0", end: end || "9", shown: true,
      };
    });
    (window.requestIdleCallback || setTimeout)(() => {
      read();
      for (const event of events) {  // titles link to themselves, so that the address of an event can be copied
        const title = one("h4", event), link = make("a", { href: `#${event.id}` });
        link.append(...title.childNodes);
        title.append(link);
      }
    });

    const isDate = (text) => /^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/.test(text);
    const wanted = () => {
      const words = plain(form.q.value).match(/"[^"]+"|[^\s"]+/g) || [];
      const dates = [form.from, form.to].map((field) => {
        const is = isDate(field.value.trim());
        field.setAttribute("aria-invalid", String(!is && field.value.trim() !== ""));
        return is ? field.value.trim() : "";
      });
      return {
        words: words.map((word) => word.replaceAll('"', "")), from: dates[0], to: dates[1] && `${dates[1]}~`,
        numbers: all("select", form).filter((list) => list.value).map((list) => options.get(list.selectedOptions[0])),
      };
    };
    // A date with unknown ends may lie in any period, so it stays.
    const matches = (event, want) =>
      want.numbers.every((number) => event.has.has(number)) && (!want.from || event.end >= want.from) &&
      (!want.to || event.start <= want.to) && want.words.every((word) => event.text.includes(word));

    const inWords = () => fields.filter((field) => field.value.trim())
      .map((field) => `${field.closest("label").firstChild.data.trim().toLowerCase()} ${field.value.trim()}`).join("; ");

    const apply = () => {
      const want = wanted(), is_filtered = inWords();
      let shown = 0;
      for (const month of months) month.left = 0;
      read().forEach((event, at) => {
        const is = matches(event, want);
        if (is) { shown += 1; monthOf[at].left += 1; }
        if (is !== event.shown) { event.shown = is; events[at].hidden = !is; }
      });
      for (const { section, left } of months) {
        if (section.hidden === left > 0) section.hidden = left === 0;
        section.style.containIntrinsicBlockSize = `auto ${3 + 15 * left}rem`;  // for the scroll bar, until it is drawn
      }
      const count = `${shown.toLocaleString("en")} of ${events.length.toLocaleString("en")} events`;
      status.textContent = is_filtered ? `${count}. The numbers and charts above are about all events.` : `All ${count.split(" of ")[1]}`;
      onPaper.textContent = is_filtered ? `Only ${count}: ${is_filtered}. The numbers and charts are about all events.` : "";
      clear.hidden = !is_filtered;
    };

    // The address keeps the filters. It begins with "?", which no anchor does.
    const fragment = () => {
      const set = new URLSearchParams(fields.map((field) => [field.name, field.value.trim()]).filter(([, value]) => value));
      return set.size ? `#?${set}` : "";
    };
    const write = (is_new) => {
      clearTimeout(written);
      if (fragment() === (location.hash.startsWith("#?") ? location.hash : "")) return;
      const address = fragment() || location.href.split("#")[0];
      history[is_new ? "pushState" : "replaceState"](null, "", address);
    };
    const set = (values) => {
      for (const field of fields) field.value = values.get(field.name) || "";
      for (const field of fields) if (field.selectedIndex < 0) field.value = "";
      apply();
    };
    const targeted = () => {
      try {
        return document.getElementById(decodeURIComponent(location.hash.slice(1)));
      } catch {  // an address that was cut, such as "#%E1%9E"
        return null;
      }
    };
    const readAddress = () => {
      if (location.hash.startsWith("#?")) return set(new URLSearchParams(location.hash.slice(2)));
      const target = targeted();
      if (!location.hash || !status.textContent || target?.closest("[hidden]")) set(new URLSearchParams());
      target?.closest("details")?.setAttribute("open", "");
      if (target) reveal(target);
    };
    // Parts that come into view get their real height only then, so the target may move for a few frames.
    const reveal = (target, times = 4) => {
      target.scrollIntoView();
      if (times) requestAnimationFrame(() => reveal(target, times - 1));
    };

    // What is typed into one field is one step back.
    form.addEventListener("input", ({ target }) => {
      const is_new = target !== last || target.localName === "select";
      last = target;
      apply();
      clearTimeout(written);
      if (is_new) write(true); else written = setTimeout(write, 400, false);
    });
    form.addEventListener("submit", (happened) => happened.preventDefault());
    clear.addEventListener("click", () => { set(new URLSearchParams()); write(true); form.q.focus(); });
    addEventListener("popstate", readAddress);
    form.hidden = bar.hidden = false;
    readAddress();
  }

  // ---- Copy buttons, made where an explanation is opened ----
  const copy = async (button, cite) => {
    try {
      await navigator.clipboard.writeText(cite.textContent);
    } catch {
      getSelection().selectAllChildren(cite);
      document.execCommand("copy");
    }
    button.textContent = "Copied";
    setTimeout(() => { button.textContent = "Copy citation"; }, 2000);
  };
  document.addEventListener("toggle", (happened) => {
    const cite = happened.target.open && one(":scope > .cite:last-child, :scope > .why > .cite:last-child", happened.target);
    if (!cite) return;
    const button = make("button", { type: "button", textContent: "Copy citation" });
    button.setAttribute("aria-live", "polite");
    button.addEventListener("click", () => copy(button, cite));
    cite.after(button);
  }, true);

  // ---- Downloads: as the file itself, where the browser can decompress it ----
  document.addEventListener("click", async (happened) => {
    const link = happened.target.closest?.("a[data-name]");
    if (!link || !window.DecompressionStream) return;
    happened.preventDefault();
    const bytes = Uint8Array.from(atob(link.href.split(",")[1]), (sign) => sign.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    const file = new Blob([await new Response(stream).arrayBuffer()], { type: link.dataset.type });
    const saved = make("a", { href: URL.createObjectURL(file), download: link.dataset.name });
    saved.click();
    setTimeout(() => URL.revokeObjectURL(saved.href), 60000);
  });
  for (const link of all("a[data-name]")) if (window.DecompressionStream) link.textContent = link.dataset.name;
})();
