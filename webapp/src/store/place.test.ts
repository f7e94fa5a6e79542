import {runHash, settingHash} from '../sync/messages/links';

import {hashOf, placeOf, startingPlace} from './place';

test.each([
    ['', startingPlace],
    ['#', startingPlace],
    ['#somewhere/else', startingPlace],
    ['#users', {...startingPlace, tab: 'users'}],
    ['#users/x', {...startingPlace, tab: 'users'}],
    ['#users/TenantId', {...startingPlace, tab: 'users'}],
    ['#connection/test', {...startingPlace, tab: 'connection', focus: 'test'}],
    ['#schedule/test', {...startingPlace, tab: 'schedule'}],
    ['#schedule/TimeZone', {...startingPlace, tab: 'schedule', focus: 'TimeZone'}],
    ['#schedule/constructor', {...startingPlace, tab: 'schedule'}],
    ['#runs', {...startingPlace, tab: 'runs'}],
    ['#runs/r1', {...startingPlace, tab: 'runs', run: 'r1'}],
    ['#runs/r1/held', {...startingPlace, tab: 'runs', run: 'r1', status: 'held'}],
    ['#runs/r1/conflict', {...startingPlace, tab: 'runs', run: 'r1', action: 'conflict'}],
    ['#runs/r1/retry_waits', {...startingPlace, tab: 'runs', run: 'r1', reason: 'retry_waits'}],
    ['#runs/r1/nonsense', {...startingPlace, tab: 'runs', run: 'r1'}],
    ['#runs/person/0a-1b', {...startingPlace, tab: 'runs', person: '0a-1b'}],
    ['#runs/%E0%A4%A', {...startingPlace, tab: 'runs'}],
])('the place of %j', (hash, place) => {
    expect(placeOf(hash)).toEqual(place);
});

test.each(['#overview', '#lifecycle', '#connection/test', '#schedule/Enabled', '#runs', '#runs/r1', '#runs/r1/held', '#runs/r1/conflict', '#runs/r1/retry_waits', '#runs/person/a%2Fb'])('the address %s leads back to itself', (hash) => {
    expect(hashOf(placeOf(hash))).toBe(hash);
});

test('the links in messages and replies lead to these places', () => {
    expect(placeOf(runHash('r1', 'held'))).toEqual({...startingPlace, tab: 'runs', run: 'r1', status: 'held'});
    expect(placeOf(runHash('r1', 'conflict'))).toEqual({...startingPlace, tab: 'runs', run: 'r1', action: 'conflict'});
    expect(placeOf(runHash('r1', 'retry_waits'))).toEqual({...startingPlace, tab: 'runs', run: 'r1', reason: 'retry_waits'});
    expect(placeOf(settingHash('TriggerToken'))).toEqual({...startingPlace, tab: 'schedule', focus: 'TriggerToken'});
    expect(placeOf(settingHash('Policy.scope.rules[0].when'))).toEqual({...startingPlace, tab: 'users'});
    expect(placeOf(settingHash('Policy.mapping.email'))).toEqual({...startingPlace, tab: 'mapping'});
    expect(settingHash('constructor')).toBe('');
});
