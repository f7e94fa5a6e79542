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
