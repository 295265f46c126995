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

// Where there is little room: the time, with the day or in its place where that is another one.
export const recent = (seconds) => (isToday(seconds) ? time(seconds) : shown(seconds, { month: "numeric", day: "numeric" }));
export function exact(seconds) {
  const clockTime = shown(seconds, { hour: "2-digit", minute: "2-digit", second: "2-digit" });
  return isToday(seconds) ? clockTime : `${recent(seconds)} ${clockTime}`;
}

// A day between messages. Where the clock may move, "today" would soon be wrong.
export function day(seconds) {
  return !clock && isToday(seconds) ? word("today") : date(seconds);
}

// 2025-09-01, as date fields have it.
export const isoDay = (seconds) => shown(seconds, { year: "numeric", month: "2-digit", day: "2-digit" }, "sv");
