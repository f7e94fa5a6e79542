import {parsePolicy} from '../policy/parse';

import {isProtected, protectedKeys} from './privileged';

const account = {id: 'k3m9x1abcdefghijklmnopqrst', username: 'emergency.access', email: 'emergency@example.com'};

const isProtectedBy = (...entries: string[]) => isProtected(account, protectedKeys(parsePolicy({lifecycle: {protected: entries}}).policy!.lifecycle));

test.each([
    'emergency.access', '@emergency.access', ' @Emergency.Access ', 'Emergency@Example.com', account.id,
])('the entry %j protects the account', (entry) => {
    expect(isProtectedBy('other', entry)).toBe(true);
});

test.each(['emergency', '@', '@example.com', '@@emergency.access', '*'])('the entry %j does not', (entry) => {
    expect(isProtectedBy(entry)).toBe(false);
});
