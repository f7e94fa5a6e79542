import {parsePolicy} from '../../sync/policy/parse';

import {hasFaultAt} from './fault_places';

test('a fault belongs to the part that contains it', () => {
    const {faults} = parsePolicy({mapping: {nickname: {sources: ['x']}, first_name: {when: 'never'}}});

    expect(hasFaultAt(faults, 'Policy.mapping.nickname.sources')).toBe(true);
    expect(hasFaultAt(faults, 'Policy.mapping.nickname')).toBe(true);
    expect(hasFaultAt(faults, 'Policy.mapping.nick')).toBe(false);
    expect(hasFaultAt(faults, 'Policy.mapping.first_name.when')).toBe(true);
    expect(hasFaultAt(faults, 'Policy.mapping.first_name.sources')).toBe(false);
});
