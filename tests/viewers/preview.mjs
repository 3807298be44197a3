// node preview.mjs ADDRESS ROUTINE SHOT-PREFIX: looks at `booklet preview --serve` in a real browser while the routine is
// edited, broken and mended. Prints what was seen as JSON. No network but this machine's own.
import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { chromium } from "playwright-core";

const [address, routine, shots] = process.argv.slice(2);
const first = readFileSync(routine, "utf8");
const seen = { elsewhere: [], mistakes: [] };
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync"],
});
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 860 } });
  page.on("pageerror", error => seen.mistakes.push(String(error)));
  page.on("console", message => message.type() === "error" && seen.mistakes.push(`${message.text()} ${message.location().url}`));
  page.on("request", request => request.url().startsWith(address) || seen.elsewhere.push(request.url()));
  const text = id => page.locator(`#${id}`).textContent();
  const version = () => page.evaluate(() => Number(document.body.dataset.version));
  const pictures = () => page.locator(".side img").evaluateAll(all => all.map(one => ({ alt: one.alt, source: one.src, width: one.naturalWidth })));
  const until = async (does, what) => {  // waits for the version after the present one; how long that took, in milliseconds
    const before = await version(), start = Date.now();
    does();
    await page.waitForFunction(before => Number(document.body.dataset.version) > before, before, { timeout: 10000, polling: 10 });
    await what?.();
    return Date.now() - start;
  };
  await page.goto(address);
  await page.waitForSelector(".side img");
  seen.cover = await pictures();
  await page.screenshot({ path: `${shots}-cover.png` });

  await page.keyboard.press("ArrowRight");
  await page.waitForFunction(() => document.querySelector("#where").textContent.startsWith("Pages 2 and 3"));
  seen.spread = await pictures();
  await page.locator("#book").click({ position: { x: 20, y: 300 } });
  await page.waitForFunction(() => document.querySelector("#where").textContent.startsWith("Page 1 "));
  await page.locator(".thumb").nth(1).click();
  await page.waitForFunction(() => document.querySelector("#where").textContent.startsWith("Pages 2 and 3"));
  seen.words = await text("words");
  await page.keyboard.press("z");
  await page.waitForFunction(() => document.querySelectorAll(".side img").length === 1);
  seen.zoomed = await pictures();
  await page.keyboard.press("Escape");
  await page.waitForFunction(() => document.querySelectorAll(".side img").length === 2);

  const save = changed => writeFileSync(routine, changed);
  seen.edited = await until(() => save(first.replace("name: Warm the pot", "name: Heat <b>it</b>")));
  seen.title = await text("words");
  seen.bold = await page.locator("#words b").count();
  await page.screenshot({ path: `${shots}-edited.png` });

  seen.broken = await until(() => save(first.replace("name: Warm the pot", "nmae: Warm the pot")));
  seen.wrong = await text("problems");
  seen.behind = await pictures();
  seen.alert = await page.locator("#problems[role=alert]").isVisible();
  await page.screenshot({ path: `${shots}-broken.png` });

  seen.mended = await until(() => { writeFileSync(`${routine}~`, first); renameSync(`${routine}~`, routine); });
  seen.right = await page.locator("#problems").isVisible();
  seen.again = await text("words");
  seen.gone = await until(() => { rmSync(routine); setTimeout(() => save(first.replace("name: Warm the pot", "name: Back again")), 60); });
  seen.back = await text("words");
  seen.quiet = await page.locator("#problems").isVisible();
  await page.setViewportSize({ width: 400, height: 800 });
  await page.waitForFunction(() => document.querySelectorAll(".side img").length === 1);
  seen.phone = await page.evaluate(() => document.documentElement.scrollWidth);
  await page.screenshot({ path: `${shots}-phone.png` });
  console.log(JSON.stringify(seen));
} finally {
  await browser.close();
}
