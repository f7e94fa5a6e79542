/** Writes the Go struct of the settings from their table: `npx tsx webapp/generate/settings.ts`. */
import {writeFileSync} from 'node:fs';

import {descriptors, secretMask, type Descriptor} from '../src/sync/settings/descriptors';

import {goName, goSource} from './go_source';

const goTypes: Partial<Record<Descriptor['type'], string>> = {bool: 'bool', number: 'int'};

function lines(line: (descriptor: Descriptor, field: string) => string): string {
    return descriptors.map((descriptor) => line(descriptor, goName(descriptor.key))).join('');
}

writeFileSync('server/settings_table.go', goSource('webapp/generate/settings.ts', 'webapp/src/sync/settings/descriptors.ts', 'main', `
// secretMask is what is left of the asterisks that hide a saved secret when a user types into them.
const secretMask = "${secretMask}"

// settings are the plugin's settings as the System Console saved them. The policy is kept as text for the sync logic.
type settings struct {
${lines(({type}, field) => `\t${field} ${goTypes[type] ?? 'string'}\n`)}
	// masked are the keys of the secrets that contain secretMask and so were not read, separated by spaces.
	masked string
}

// newSettings are the settings of a fresh installation.
func newSettings() settings {
\treturn settings{
${lines(({default: value}, field) => (value === undefined ? '' : `\t\t${field}: ${JSON.stringify(value)},\n`))}\t}
}

// all lists every setting with its place in s.
func (s *settings) all() []setting {
\treturn []setting{
${lines(({key, is_trimmed = false, is_secret = false}, field) => `\t\t{"${key}", &s.${field}, ${is_trimmed}, ${is_secret}},\n`)}\t}
}

// known is what the sync logic may know of the settings themselves: everything but the secrets.
func (s settings) known() map[string]any {
\treturn map[string]any{
${lines(({fact, is_secret}, field) => (is_secret ? `\t\t"has_${fact}": s.${field} != "",\n` : `\t\t"${fact}": s.${field},\n`))}\t}
}
`.trimStart()));
