// node fill.mjs FORM.pdf PLAN.json OUT.pdf SHOT-PREFIX: fills in a form by its fields' names in pdf.js, as a reader would:
// types, ticks, chooses; then saves. PLAN is [{page, field, type | tick | choose}, …]. No network but this machine's own.
import { createServer } from "node:http";
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const here = dirname(fileURLToPath(import.meta.url));
const [form, plan, out, shots] = process.argv.slice(2);
const types = { ".mjs": "text/javascript", ".css": "text/css", ".html": "text/html", ".pdf": "application/pdf" };
const server = createServer((request, response) => {
  const path = new URL(request.url, "http://localhost").pathname;
  try {
    const file = path === "/booklet.pdf" ? form
      : path.startsWith("/modules/") ? join(here, "node_modules", path.slice(9)) : join(here, "viewer.html");
    response.setHeader("content-type", types[extname(file)] ?? "application/octet-stream");
    response.end(readFileSync(file));
  } catch {
    response.statusCode = 404;
    response.end();
  }
}).listen(0, "127.0.0.1");

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync"],
});
try {
  const page = await browser.newPage({ viewport: { width: 620, height: 880 }, deviceScaleFactor: 2 });
  page.on("pageerror", error => { console.error(error); process.exitCode = 1; });
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  await page.waitForFunction(() => globalThis.show && document.querySelector(".page"));
  let last = 0;
  for (const one of JSON.parse(readFileSync(plan))) {
    if (one.page !== last) {
      if (last) await page.screenshot({ path: `${shots}-${last}.png` });
      await page.evaluate(number => globalThis.show(number), one.page);
      last = one.page;
    }
    const layer = page.locator(`.page[data-page-number="${one.page}"] .annotationLayer`);
    if (one.type !== undefined) {
      await layer.locator(`input[name="${one.field}"]`).fill(one.type);
      await page.keyboard.press("Tab");
    } else {
      await layer.locator(`input[name="${one.field}"]`).nth(one.choose ?? 0).check();
    }
  }
  await page.screenshot({ path: `${shots}-${last}.png` });
  writeFileSync(out, Buffer.from(await page.evaluate(() => globalThis.save())));
} finally {
  await browser.close();
  server.close();
}
