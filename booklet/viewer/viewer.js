// Shows a booklet as turning pages, and again whenever the server has news of it. Texts from files are set as text, never as HTML.
"use strict";
const at = id => document.getElementById(id);
const [book, room, leaf, left, right] = ["book", "room", "leaf", "left", "right"].map(at);
const calm = matchMedia("(prefers-reduced-motion: reduce)");
let shown = { version: -1, pages: [], problems: [] };
let page = Math.max(1, parseInt(location.hash.slice(1)) || 1);
let one = false, narrow = false, turning = null, drawn = 0;

// --- which pages lie open ------------------------------------------------------------------------------------------
const count = () => shown.pages.length;
const single = () => one || narrow;
const spread = n => single() ? [n, 0] : n === 1 ? [0, 1] : [n - n % 2, n - n % 2 + 1].map(m => m > count() ? 0 : m);
const beyond = by => {
  if (single()) return page + by;
  const [first, second] = spread(page);
  return by > 0 ? (second || first) + 1 : (first || second) - 1;
};
const name = n => `Page ${n}${shown.pages[n - 1].title ? `: ${shown.pages[n - 1].title.replaceAll("|", " ")}` : ""}`;

// --- pictures ------------------------------------------------------------------------------------------------------
const source = (n, width) => `/page/${shown.pages[n - 1].since}/${n}.png?w=${Math.ceil(width / 100) * 100}`;
async function picture(n, width) {
  const made = new Image();
  made.alt = name(n);
  made.draggable = false;
  made.src = source(n, Math.min(3000, width));
  await made.decode().catch(() => {});
  return made;
}
const fill = (side, made) => { side.replaceChildren(...made ? [made] : []); side.classList.toggle("page", Boolean(made)); };

function fit() {
  narrow = room.parentElement.clientWidth < room.parentElement.clientHeight * .9;
  document.body.classList.toggle("narrow", narrow && !one);
  document.body.classList.toggle("one", single());
  const wide = room.clientWidth, high = room.clientHeight, shape = shown.width / shown.height || .705;
  let width = Math.min((wide - 8) / (single() ? 1 : 2), (high - 40) * shape);
  if (one) width = Math.min(wide - 32, 1100);
  document.documentElement.style.setProperty("--w", `${Math.floor(width)}px`);
  document.documentElement.style.setProperty("--h", `${Math.floor(width / shape)}px`);
  return width * devicePixelRatio;
}

// --- drawing -------------------------------------------------------------------------------------------------------
async function draw(direction = 0) {
  const mine = ++drawn;
  book.hidden = !count();
  at("none").hidden = Boolean(count());
  if (!count()) return;
  page = Math.min(Math.max(page, 1), count());
  const width = fit(), [first, second] = spread(page);
  const [one_, two] = await Promise.all([first, second].map(n => n && picture(n, width)));
  if (mine !== drawn) return;
  turning?.();
  book.classList.toggle("cover", !single() && !first);
  book.classList.toggle("end", !single() && !second);
  if (direction && !single() && !calm.matches && !document.hidden) await turn(direction, one_, two);
  else { fill(left, one_); fill(right, two); }
  if (one) room.scrollTop = 0;
  tell(first, second);
  for (const by of [1, -1]) {  // so that the next turn finds its pictures
    const near = beyond(by);
    if (near >= 1 && near <= count()) for (const n of spread(near)) if (n) picture(n, width);
  }
}

function turn(direction, one_, two) {
  const [front, rear] = leaf.children, on = direction > 0;
  const old = on ? right.firstChild : left.firstChild;
  front.replaceChildren(...old ? [old.cloneNode()] : []);
  rear.replaceChildren(...(on ? one_ : two) ? [(on ? one_ : two).cloneNode()] : []);
  fill(on ? right : left, on ? two : one_);
  leaf.className = on ? "on" : "back";
  leaf.hidden = false;
  return new Promise(done => {
    turning = () => {
      turning = leaf.onanimationend = null;
      fill(left, one_); fill(right, two);
      leaf.hidden = true;
      done();
    };
    leaf.onanimationend = () => turning?.();
  });
}

function tell(first, second) {
  const open = [first, second].filter(Boolean);
  at("where").textContent = open.length > 1 ? `Pages ${open[0]} and ${open[1]} of ${count()}` : `Page ${open[0]} of ${count()}`;
  at("back").disabled = beyond(-1) < 1;
  at("on").disabled = beyond(1) > count();
  history.replaceState(null, "", `#${page}`);
  at("words").replaceChildren(...open.flatMap(n => [line("h2", name(n)), ...shown.pages[n - 1].words.map(([role, text]) =>
    line(/^H\d$/.test(role) ? "h3" : "p", text))]));
  for (const thumb of at("strip").children) {
    const here = thumb.pages.includes(page);
    here ? thumb.setAttribute("aria-current", "page") : thumb.removeAttribute("aria-current");
    if (here) at("strip").scrollTo({ left: thumb.offsetLeft - (at("strip").clientWidth - thumb.offsetWidth) / 2 });
  }
}

function line(kind, text) {
  const made = document.createElement(kind);
  made.textContent = text;
  return made;
}

function strip() {
  const groups = [[1]];
  for (let n = 2; n <= count(); n += 2) groups.push(n < count() ? [n, n + 1] : [n]);
  at("strip").replaceChildren(...(count() ? groups : []).map(pages => {
    const thumb = document.createElement("button");
    thumb.className = "thumb";
    thumb.pages = pages;
    thumb.setAttribute("aria-label", pages.map(name).join(", "));
    thumb.onclick = () => go(pages[0]);
    thumb.append(...pages.map(n => {
      const small = new Image();
      small.alt = "";
      small.width = 54; small.height = Math.round(54 * shown.height / shown.width);
      small.src = source(n, 200);
      return small;
    }));
    return thumb;
  }));
}

// --- what is wrong -------------------------------------------------------------------------------------------------
function problems() {
  const many = shown.problems.length, box = at("problems");
  box.hidden = !many;
  book.classList.toggle("stale", many > 0);
  at("wrong").textContent = many === 1 ? "Something is wrong" : `${many} things are wrong`;
  at("behind").textContent = count() ? `Behind this are the last good pages, made at ${shown.made}.` : "";
  at("list").replaceChildren(...shown.problems.map(one => {
    const made = document.createElement("li");
    if (one.file) made.append(line("b", `${one.file}:${one.line}:${one.column}`));
    made.append(one.message);
    return made;
  }));
  at("status").className = many ? "wrong" : "";
  at("status").textContent = many ? "Not up to date" : count() ? `Made at ${shown.made}` : "";
}
at("hide").onclick = () => {
  const small = at("problems").classList.toggle("small");
  at("hide").textContent = small ? "Show" : "Hide";
  at("hide").setAttribute("aria-expanded", String(!small));
};

// --- turning -------------------------------------------------------------------------------------------------------
function go(to) {
  if (to < 1 || to > count()) return;
  const before = spread(page).join(), direction = Math.sign(to - page);
  page = to;
  if (spread(page).join() === before) tell(...spread(page)); else draw(direction);
}
function zoom(to = !one) {
  one = to;
  at("zoom").setAttribute("aria-pressed", String(one));
  draw();
}
at("back").onclick = () => go(beyond(-1));
at("on").onclick = () => go(beyond(1));
at("zoom").onclick = () => zoom();
addEventListener("keydown", event => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const does = {
    ArrowRight: () => go(beyond(1)), PageDown: () => go(beyond(1)), ArrowLeft: () => go(beyond(-1)), PageUp: () => go(beyond(-1)),
    Home: () => go(1), End: () => go(count()), z: () => zoom(), Z: () => zoom(), Escape: () => one && zoom(false),
  }[event.key];
  if (does) { event.preventDefault(); does(); }
});
let from = null;
book.onpointerdown = event => { from = event.isPrimary ? [event.clientX, event.clientY] : null; };
book.onpointercancel = () => { from = null; };
book.onpointerup = event => {
  if (!from) return;
  const across = event.clientX - from[0], down = event.clientY - from[1];
  from = null;
  if (Math.abs(across) > 40 && Math.abs(across) > Math.abs(down)) go(beyond(across < 0 ? 1 : -1));
  else if (Math.abs(across) < 8 && Math.abs(down) < 8 && !one) {
    const box = book.getBoundingClientRect();
    go(beyond(event.clientX > box.left + box.width / 2 ? 1 : -1));
  }
};
addEventListener("hashchange", () => go(parseInt(location.hash.slice(1)) || 1));
let resized = 0;
addEventListener("resize", () => { fit(); clearTimeout(resized); resized = setTimeout(draw, 150); });

// --- news ----------------------------------------------------------------------------------------------------------
async function renew() {
  const news = await (await fetch("/state")).json();
  if (news.version === shown.version) return;
  const pages = news.pages.map(one => one.since).join(), other = pages !== shown.pages.map(one => one.since).join();
  const first = !count();
  shown = news;
  document.title = news.title ? `${news.title} – preview` : "Preview";
  at("title").textContent = news.title || "Preview";
  for (const words of [at("words"), at("title")]) words.lang = news.language;
  document.documentElement.style.setProperty("--accent", news.accent);
  if (other || first) { strip(); await draw(); }
  problems();
  document.body.dataset.version = news.version;
}
const events = new EventSource("/events");
events.onmessage = renew;
events.onerror = () => {
  at("status").className = "wrong";
  at("status").textContent = "The preview has ended; start it again with booklet preview --serve";
  shown.version = -1;
};
