/** Writes the JSON Schema of the Policy setting from its validator: `npx tsx webapp/generate/policy_schema.ts`. */
import {writeFileSync} from 'node:fs';

import {toJsonSchema} from '@valibot/to-json-schema';

import {policySchema} from '../src/sync/policy/policy';

// What an administrator writes: trimming happens on reading and has, like the checks of patterns and of the size of rules, no counterpart in JSON Schema.
const schema = toJsonSchema(policySchema, {typeMode: 'input', ignoreActions: ['trim', 'check']});

writeFileSync('docs/policy.schema.json', `${JSON.stringify({title: 'Policy of Entra Sync', ...schema}, null, 2)}\n`);
