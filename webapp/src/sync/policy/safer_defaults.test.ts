import {changedDefaults, saferDefaults} from './safer_defaults';
import {parsePolicy} from './parse';

test('a policy that sets nothing has all of them', () => {
    const all = saferDefaults.map(({name}) => name);
    expect(changedDefaults({})).toEqual(all);
    expect(changedDefaults(null)).toEqual(all);
    expect(changedDefaults({lifecycle: {leavers: null}, guard: 5})).toEqual(all);
});

test.each(saferDefaults)('$key is a key of the policy, and a policy that sets it decides itself', ({name, key}) => {
    const names = key.split('.');
    const valueOf = (document: unknown) => names.reduce((value, each) => (value as Record<string, unknown>)[each], document);
    const value = valueOf(parsePolicy({}).policy);
    expect(value).toBeDefined();
    const document = names.reduceRight<unknown>((inner, each) => ({[each]: inner}), value);
    expect(parsePolicy(document as object).faults).toEqual([]);
    expect(changedDefaults(document)).not.toContain(name);
});
