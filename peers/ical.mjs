// What ical.js reads of a calendar: a list of `{summary, from, to}`, as numbers that can be compared: its
// milliseconds are those of JavaScript, which takes the years before 100 for years of the last century.
import { readFileSync } from "node:fs";
import ICAL from "ical.js";

const number = ({ year, month, day, hour, minute, second }) =>
    [month, day, hour, minute, second].reduce((sum, part) => sum * 100 + part, year);
const calendar = new ICAL.Component(ICAL.parse(readFileSync(0, "utf8")));
const events = calendar.getAllSubcomponents("vevent").map(each => new ICAL.Event(each)).map(event => ({
    summary: event.summary,
    from: number(event.startDate),
    to: number(event.endDate),
}));
process.stdout.write(JSON.stringify(events));
