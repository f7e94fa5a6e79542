import manifest from '../../../../plugin.json';

import {descriptors} from './descriptors';

const {settings, sections} = manifest.settings_schema;

test('the console can save its page while the plugin is off and lose no setting: none is of its type bool, which it would overwrite with false', () => {
    const all = [...settings, ...sections.flatMap((section) => section.settings)];

    expect(all.filter(({type}) => type === 'bool')).toEqual([]);
    expect(descriptors.some(({type}) => type === 'bool')).toBe(true);
});

test('a dropdown without a value shows its first option in the console, so that is the default', () => {
    const dropdowns = settings.filter(({type}) => type === 'dropdown');

    expect(dropdowns.map(({default: byDefault}) => byDefault)).toEqual(dropdowns.map(({options}) => options?.[0]?.value));
});
