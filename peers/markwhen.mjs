// What Markwhen's parser makes of a text: `{events, messages, header}`.
import { readFileSync } from "node:fs";
import { parse, toArray, isEvent } from "@markwhen/parser";

const found = parse(readFileSync(0, "utf8"));
const events = toArray(found.events).map(({ eventy }) => eventy).filter(isEvent).map(event => ({
    from: event.dateRangeIso.fromDateTimeIso,
    to: event.dateRangeIso.toDateTimeIso,
    title: event.firstLine.restTrimmed,
    tags: event.tags,
    id: event.id ?? "",
    properties: event.properties,
    percent: event.percent ?? null,
    completed: event.completed ?? null,
    text: event.supplemental.map(block => block.raw ?? block.link ?? "").join("\n"),
}));
const groups = toArray(found.events).map(({ eventy }) => eventy).filter(eventy => !isEvent(eventy)).map(group => group.title);
const messages = [...found.parseMessages, ...found.documentMessages].map(({ message }) => message);
process.stdout.write(JSON.stringify({ events, groups, messages, header: found.header }));
