/** Writes the JSON Schema of the Policy setting from its validator: `npx tsx webapp/generate/policy_schema.ts`. */
import {writeFileSync} from 'node:fs';

import {toJsonSchema} from '@valibot/to-json-schema';

import {stepSchema} from '../src/sync/policy/mapping';
import {policySchema} from '../src/sync/policy/policy';

// What an administrator writes. Values are trimmed when they are read. Whether a pattern or a template is valid, or there are too many
// rules, cannot be expressed in JSON Schema.
const schema = toJsonSchema(policySchema, {typeMode: 'input', ignoreActions: ['trim', 'check', 'forward'], definitions: {step: stepSchema}});

writeFileSync('docs/policy.schema.json', `${JSON.stringify({title: 'Policy of Entra Sync', ...schema}, null, 2)}\n`);
