// Making elements and talking to the sandbox.
import { word } from "./words.js";

export const at = (id) => document.getElementById(id);

// el("button", {class: "soft", onclick: f, title: "…"}, "text", child)
export function el(name, properties = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (key in element && !key.includes("-") && key !== "list") element[key === "class" ? "className" : key] = value;
    else element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

export async function read(path, query = {}) {
  return answer(await fetch(`/sandbox/${path}?${new URLSearchParams(query)}`));
}

export async function act(path, fields = {}) {
  const body = fields instanceof FormData ? fields : JSON.stringify(fields);
  const headers = fields instanceof FormData ? {} : { "Content-Type": "application/json" };
  return answer(await fetch(`/sandbox/${path}`, { method: "POST", headers, body }));
}

async function answer(response) {
  if (response.ok) return response.json();
  const text = await response.text();
  let reason = text;
  try {
    const told = JSON.parse(text);
    reason = told.word ? word(told.word) : told.error ?? text;
  } catch { /* not JSON: the text is the reason */ }
  throw new Error(reason);
}

export function toast(text, kind = "") {
  const shown = el("div", { class: `toast ${kind}`, "data-testid": "toast" }, text);
  at("toasts").append(shown);
  setTimeout(() => shown.remove(), 4500);
}

// Runs an act and shows its refusal instead of throwing.
export async function trying(promise) {
  try { return await promise; } catch (error) { toast(error.message, "bad"); return null; }
}

// A dialog with fields; resolves to the FormData, or null when it is cancelled. `judged`: by whoever asks, not here.
export function ask(title, fields, { ok, cancel, judged = false }) {
  const dialog = at("dialog");
  return new Promise((resolve) => {
    const buttons = el("div", { class: "row end" },
      cancel && el("button", { type: "button", class: "soft", "data-testid": "cancel", onclick: () => dialog.close() }, cancel),
      el("button", { class: "primary", "data-testid": "ok" }, ok));
    const form = el("form", { method: "dialog", class: "stack", noValidate: judged }, el("h3", {}, title), fields, buttons);
    form.addEventListener("submit", () => resolve(new FormData(form)));
    dialog.addEventListener("close", () => resolve(null), { once: true });
    dialog.replaceChildren(form);
    dialog.showModal();
  });
}

export const field = (label, control) => el("label", { class: "field" }, el("span", {}, label), control);

export function options(select, entries, chosen) {
  select.replaceChildren(...entries.map(([value, text]) => el("option", { value, selected: String(value) === String(chosen) }, text)));
}

const COLOURS = ["#1f6f78", "#7a5c99", "#a3612d", "#3f7d4e", "#a14a5e", "#40699e", "#87742a", "#56606b"];

export function avatar(name, id, { square = false, bot = false } = {}) {
  if (bot) return el("img", { class: "avatar", src: "/page/icon.svg", alt: "" });
  const shown = el("span", { class: square ? "avatar square" : "avatar", "aria-hidden": "true" }, [...name][0] ?? "?");
  shown.style.background = COLOURS[Math.abs(id) % COLOURS.length];
  return shown;
}
