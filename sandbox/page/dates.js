// Dates and times as the page shows them: those of the service's clock, and in its zone, where there is one.
import { tag, word } from "./words.js";

let clock = null; // {now, zone, moved, travelling}, as the sandbox told it
let ahead = 0; // seconds, of this machine's clock

export function setClock(told) {
  clock = told;
  ahead = told ? told.now - Date.now() / 1000 : 0;
}

export const now = () => Date.now() / 1000 + ahead;

const shown = (seconds, parts, language = tag()) =>
  new Date(seconds * 1000).toLocaleString(language, { timeZone: clock?.zone, hourCycle: "h23", ...parts });

export const time = (seconds) => shown(seconds, { hour: "2-digit", minute: "2-digit" });
export const date = (seconds, month = "long") => shown(seconds, { year: "numeric", month, day: "numeric" });
export const weekday = (seconds) => shown(seconds, { weekday: "short" });
const isToday = (seconds) => isoDay(seconds) === isoDay(now());

// Where there is little room: the time, or the day where that is not today.
export const recent = (seconds) => (isToday(seconds) ? time(seconds) : shown(seconds, { month: "numeric", day: "numeric" }));

export function exact(seconds) {
  const dated = clock?.moved || !isToday(seconds) ? { month: "numeric", day: "numeric" } : {};
  return shown(seconds, { ...dated, hour: "2-digit", minute: "2-digit", second: "2-digit" });
}

// A day between messages. Where the clock may move, "today" would soon be wrong.
export function day(seconds) {
  return !clock && isToday(seconds) ? word("today") : date(seconds);
}

// 2025-09-01, as date fields have it.
export const isoDay = (seconds) => shown(seconds, { year: "numeric", month: "2-digit", day: "2-digit" }, "sv");
