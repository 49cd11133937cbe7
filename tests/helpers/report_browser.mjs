// Open the page of a report in Chromium, without a network, and say as JSON what was found there.
//
// Input, as JSON on standard input: `modules` (the folder of playwright-core and axe-core), `browser` (the path of Chromium),
// `folder` (for PDF files), `page` (its `name` and `path`), and `checks` (the names of functions below).
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const task = JSON.parse(readFileSync(0, "utf8"));
const require = createRequire(`${task.modules}/`);
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const browser = await chromium.launch({
  executablePath: task.browser,
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"],
});

// Open a page in a context of its own; what goes wrong in it is added to `problems`.
async function opened(one, problems, options = {}, fragment = "") {
  const context = await browser.newContext({ offline: true, viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  page.on("console", (message) => problems.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => problems.push(`error: ${error.message}`));
  page.on("dialog", (dialog) => { problems.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
  page.on("request", (request) => {
    if (request.url().split("#")[0] !== pathToFileURL(one.path).href) problems.push(`request: ${request.url().slice(0, 200)}`);
  });
  if (options.javaScriptEnabled !== false) {
    await page.addInitScript(() => {
      document.addEventListener("securitypolicyviolation", (seen) => console.error(`policy: ${seen.violatedDirective}`));
    });
  }
  await page.goto(pathToFileURL(one.path).href + fragment);
  return page;
}

// Lay out everything: what is far from the window is otherwise not, and axe-core would measure places that are not real.
const drawn = (page) => page.evaluate(() => {
  const [sheet] = document.styleSheets;
  sheet.insertRule(".long, .month, .month > article { content-visibility: visible !important; }", sheet.cssRules.length);
});

const shown = (page) => page.evaluate(() => [...document.querySelectorAll(".month > article")].filter((one) => !one.closest("[hidden]")).length);
const settled = (page) => page.waitForTimeout(500);  // longer than the page waits before it writes typed text into the address

const checks = {
  // What the page has, and whether its links and explanations lead to something.
  async content(one, problems) {
    const page = await opened(one, problems);
    const found = await page.evaluate(() => {
      const all = (selector) => [...document.querySelectorAll(selector)];
      const broken = all('a[href^="#"]').filter((link) => !document.getElementById(decodeURIComponent(link.getAttribute("href").slice(1))));
      const details = all("details");
      for (const one of details) one.open = true;
      const seen = (one) => details.length > 1000 || one.checkVisibility();  // which lays out every event that is far away
      const empty = details.filter((one) => !(seen(one) && one.children.length > 1 && one.children[1].textContent.trim()));
      return {
        title: document.title, events: all(".month > article").length, months: all(".month").length,
        broken: broken.map((link) => link.getAttribute("href")), details: details.length, empty: empty.map((one) => one.outerHTML.slice(0, 200)),
        status: document.querySelector("[role=status]")?.textContent, hidden_form: document.querySelector(".filters")?.hidden,
      };
    });
    found.explained = await page.evaluate(() =>
      [...document.querySelectorAll(".cite")].every((cite) => cite.nextElementSibling?.localName === "button"));
    await page.context().close();
    return found;
  },

  // The rules of WCAG 2.2 AA and good practice that axe-core knows, in light and dark, with filters in use and details open.
  async accessibility(one, problems) {
    const violations = [];
    for (const colorScheme of ["light", "dark"]) {
      const width = colorScheme === "dark" ? 390 : 1280;
      const page = await opened(one, problems, { colorScheme, viewport: { width, height: 900 } });
      const runOnly = colorScheme === "dark"
        ? { type: "rule", values: ["color-contrast", "link-in-text-block", "target-size", "scrollable-region-focusable"] }
        : ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
      await page.evaluate(axe);
      await drawn(page);
      for (const state of (await page.$(".filters")) ? ["plain", "filtered"] : ["plain"]) {
        if (state === "filtered") {
          await page.fill("[name=q]", "kandal");
          await page.fill("[name=from]", "soon");
          await page.evaluate(() => document.querySelectorAll("details").forEach((details) => { details.open = true; }));
        }
        const results = await page.evaluate((runOnly) => axe.run(document, {
          runOnly, resultTypes: ["violations"],
        }), runOnly);
        for (const rule of results.violations) {
          for (const node of rule.nodes) violations.push(`${colorScheme} ${state} ${rule.id}: ${node.html.slice(0, 160)} (${node.failureSummary})`);
        }
      }
      await page.context().close();
    }
    return violations;
  },

  // How far a page goes beyond the width of a window, and what does.
  async widths(one, problems) {
    const wide = [];
    for (const width of [320, 360, 768, 1440]) {
      const page = await opened(one, problems, { viewport: { width, height: 800 } });
      await page.evaluate(() => document.querySelectorAll("details").forEach((details) => { details.open = true; }));
      const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      if (over > 0) wide.push(`${over} pixels over ${width}`);
      await page.context().close();
    }
    return wide;
  },

  // What is readable without scripts.
  async noScript(one, problems) {
    const page = await opened(one, problems, { javaScriptEnabled: false });
    const found = {
      events: await page.locator(".month > article h4").count(), form: await page.locator(".filters").isVisible(),
      buttons: await page.locator("button:visible").count(), text: await page.locator("main").textContent(),
      download: await page.locator("a[download]").first().textContent(),
    };
    await page.context().close();
    return found;
  },

  // The filters, the address that keeps them, and the keyboard.
  async filters(one, problems) {
    const page = await opened(one, problems);
    const found = {}, address = () => page.evaluate(() => location.hash);
    const status = () => page.locator("[role=status]").textContent();
    const values = await page.locator('select[name="actor"] option').evaluateAll((options) => options.map((option) => option.value));
    const actor = values[1];
    await page.selectOption('select[name="actor"]', actor);
    await settled(page);
    found.actor = { shown: await shown(page), said: await status(), address: await address(), value: actor };
    await page.fill("[name=from]", "2100");
    await page.fill("[name=q]", "no event says this");
    await settled(page);
    found.nothing = { shown: await shown(page), address: await address() };
    await page.goBack();
    found.back = { shown: await shown(page), address: await address(), q: await page.inputValue("[name=q]") };
    await page.goForward();
    found.forward = { shown: await shown(page), q: await page.inputValue("[name=q]") };
    const hidden = await page.evaluate(() => document.querySelector(".month > article").id);
    await page.evaluate((id) => { location.hash = id; }, hidden);
    await page.waitForTimeout(100);
    found.anchor = { shown: await shown(page), visible: await page.evaluate((id) => {
      const box = document.getElementById(id).getBoundingClientRect();
      return box.top >= 0 && box.top < innerHeight;
    }, hidden) };
    await page.focus("[name=q]");
    await page.keyboard.type("kandal");
    await settled(page);
    found.typed = { shown: await shown(page), address: await address() };
    await page.fill("[name=from]", "next week");
    found.wrong = await page.getAttribute("[name=from]", "aria-invalid");
    await page.getByRole("button", { name: "Clear filters" }).press("Enter");
    found.cleared = { shown: await shown(page), address: await address(), focus: await page.evaluate(() => document.activeElement.name) };
    await page.context().close();
    const again = await opened(one, problems, {}, found.actor.address);
    found.again = { shown: await shown(again), value: await again.inputValue('select[name="actor"]') };
    await again.context().close();
    const anchored = await opened(one, problems, {}, "#part:sources");
    await anchored.waitForTimeout(300);
    found.anchored = {
      top: await anchored.evaluate(() => Math.round(document.getElementById("part:sources").getBoundingClientRect().top)),
      status: await anchored.locator("[role=status]").textContent(),
      clear: await anchored.getByRole("button", { name: "Clear filters" }).isVisible(),
    };
    await anchored.context().close();
    const cut = await opened(one, problems, {}, "#%E1%9E");
    found.cut = await shown(cut);
    await cut.context().close();
    return found;
  },

  // The work and the time between an input and the next two frames, at least of several.
  async repaint(one, problems) {
    const page = await opened(one, problems);
    await page.waitForTimeout(1500);  // it makes its index in a pause
    const client = await page.context().newCDPSession(page);
    await client.send("Performance.enable");
    const metrics = async () => Object.fromEntries((await client.send("Performance.getMetrics")).metrics.map((one) => [one.name, one.value]));
    const found = [];
    for (const text of ["kandal", "kand", "officer 17", "officer", "", "no event says this", ""]) {
      const before = await metrics();
      const took = await page.evaluate(async (text) => {
        const seen = new MutationObserver(() => {});
        seen.observe(document.querySelector("main"), { attributes: true, childList: true, subtree: true });
        const field = document.querySelector("[name=q]"), start = performance.now();
        field.value = text;
        field.dispatchEvent(new Event("input", { bubbles: true }));
        const computed = performance.now() - start, changes = seen.takeRecords().length;
        await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
        return { text, computed, changes, milliseconds: performance.now() - start };
      }, text);
      const after = await metrics();
      found.push({ ...took, shown: await shown(page), layouts: after.LayoutCount - before.LayoutCount });
    }
    await page.context().close();
    return found;
  },

  // Copies and downloads.
  async saved(one, problems) {
    const page = await opened(one, problems, { acceptDownloads: true });
    const waiting = page.waitForEvent("download");
    await page.locator("a[download]").first().click();
    const download = await waiting;
    const found = { name: download.suggestedFilename(), text: readFileSync(await download.path(), "utf8") };
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    const details = page.locator(".card details").first();
    await details.locator("summary").press("Enter");
    await details.getByRole("button").click();
    await page.waitForTimeout(100);
    found.button = await details.getByRole("button").textContent();
    found.cite = await details.locator(".cite").textContent();
    found.copied = await page.evaluate(() => navigator.clipboard.readText());
    await page.context().close();
    return found;
  },

  // A PDF of everything, and one of what a filter leaves.
  async paper(one, problems) {
    const page = await opened(one, problems);
    await page.pdf({ path: `${task.folder}/${one.name}.pdf`, preferCSSPageSize: true, outline: true, tagged: true });
    await page.fill("[name=q]", "kandal");
    await page.pdf({ path: `${task.folder}/${one.name}-filtered.pdf`, preferCSSPageSize: true, outline: true, tagged: true });
    const left = await page.locator(".month > article:visible h4").allTextContents();
    await page.context().close();
    return { left };
  },
};

const problems = [], report = { problems };
for (const name of task.checks) report[name] = await checks[name](task.page, problems);
await browser.close();
process.stdout.write(JSON.stringify(report));
