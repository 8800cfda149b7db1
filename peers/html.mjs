// What html-validate finds wrong with a page, beyond matters of taste: a list of `rule: message (line)`.
import { readFileSync } from "node:fs";
import { HtmlValidate } from "html-validate";

const validator = new HtmlValidate({ extends: ["html-validate:standard", "html-validate:a11y"], rules: { "no-raw-characters": "off" } });
const { results } = await validator.validateString(readFileSync(0, "utf8"), "page.html");
const found = results.flatMap(({ messages }) => messages);
process.stdout.write(JSON.stringify(found.map(each => `${each.ruleId}: ${each.message} (line ${each.line})`)));
