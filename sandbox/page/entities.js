// A text and its entities become elements. Offsets are UTF-16 units, as are JavaScript's.
import { el } from "./dom.js";
import { word } from "./words.js";

// `follow` handles what a click inside the page means: {command}, {start}, {startgroup}.
export function rich(text, entities, bot, follow) {
  const sorted = [...(entities ?? [])].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return between(text, 0, text.length, sorted, bot, follow);
}

function between(text, begin, end, entities, bot, follow) {
  const parts = [];
  let at = begin;
  for (let i = 0; i < entities.length; i++) {
    const entity = entities[i];
    const stop = Math.min(entity.offset + entity.length, end);
    if (entity.offset < at) continue; // overlaps what is shown already
    if (entity.offset > at) parts.push(text.slice(at, entity.offset));
    const inner = entities.slice(i + 1).filter((e) => e.offset < stop);
    const children = between(text, entity.offset, stop, inner, bot, follow);
    parts.push(wrapped(entity, text.slice(entity.offset, stop), children, bot, follow));
    at = BLOCKS.has(entity.type) && text[stop] === "\n" ? stop + 1 : stop; // a block ends its line by itself
  }
  if (at < end) parts.push(text.slice(at, end));
  return parts;
}

const BLOCKS = new Set(["pre", "blockquote", "expandable_blockquote"]);
const TAGS = { bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code" };

function wrapped(entity, text, children, bot, follow) {
  if (entity.type in TAGS) return el(TAGS[entity.type], {}, children);
  switch (entity.type) {
    case "pre": return el("pre", { "data-language": entity.language }, el("code", {}, children));
    case "blockquote": return el("blockquote", {}, children);
    case "expandable_blockquote": return expandable(children);
    case "spoiler": return spoiler(children);
    case "text_link": return link(entity.url, children, bot, follow);
    case "url": return link(/^https?:/i.test(text) ? text : `https://${text}`, children, bot, follow);
    case "bot_command":
      return el("button", { type: "button", class: "link", onclick: () => follow({ command: text }) }, children);
    case "mention": case "hashtag": return el("span", { class: "mention" }, children);
    default: return el("span", {}, children);
  }
}

function link(url, children, bot, follow) {
  const deep = deepLink(url, bot);
  if (deep) {
    const open = (event) => { event.preventDefault(); follow(deep); };
    return el("a", { href: url, class: "deep", "data-testid": "deep-link", onclick: open }, children);
  }
  const safe = /^(https?|mailto|tel|tg):/i.test(url);
  return el("a", { href: safe ? url : null, target: "_blank", rel: "noopener noreferrer" }, children);
}

export function deepLink(url, bot) {
  const found = /^(?:https?:\/\/t\.me\/|tg:\/\/resolve\?domain=)([A-Za-z0-9_]+)(?:[?&](.*))?$/i.exec(url);
  if (!found || found[1].toLowerCase() !== bot.toLowerCase()) return null;
  const query = new URLSearchParams(found[2] ?? "");
  if (query.has("startgroup")) return { startgroup: query.get("startgroup") };
  return { start: query.get("start") ?? "" };
}

function expandable(children) {
  const quote = el("blockquote", { class: "expandable", "data-testid": "expandable" }, el("div", {}, children));
  const button = el("button", { type: "button", class: "link", "aria-expanded": "false" }, word("expand"));
  button.addEventListener("click", () => {
    const open = quote.classList.toggle("open");
    button.setAttribute("aria-expanded", open);
    button.textContent = word(open ? "collapse" : "expand");
  });
  quote.append(button);
  return quote;
}

function spoiler(children) {
  const hidden = el("span", { class: "spoiler", role: "button", tabIndex: 0 }, children);
  const show = () => hidden.classList.add("open");
  hidden.addEventListener("click", show);
  hidden.addEventListener("keydown", (event) => event.key === "Enter" && show());
  return hidden;
}
