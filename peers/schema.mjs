// What ajv finds wrong with `[schema, document]`: a list of messages.
import { readFileSync } from "node:fs";
import Ajv from "ajv";
import addFormats from "ajv-formats";

const [schema, document] = JSON.parse(readFileSync(0, "utf8"));
const ajv = new Ajv.default({ allErrors: true, strict: true, allowUnionTypes: true });
addFormats(ajv);
const validate = ajv.compile(schema);
validate(document);
process.stdout.write(JSON.stringify((validate.errors ?? []).map(each => `${each.instancePath} ${each.message}`)));
