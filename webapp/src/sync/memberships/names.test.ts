import {displayNameOf, nameFaultOf, nameOf} from './names';

describe('the name of a team or channel for a value', () => {
    test.each([
        ['dept-{value}', 'Sales', 'dept-sales'],
        ['dept-{value}', 'Research & Development', 'dept-research-development'],
        ['dept-{value}', 'Über­setzung', 'dept-uber-setzung'],
        ['{value}-team', '  IT / Ops  ', 'it-ops-team'],
        ['{value}', 'A_B', 'a-b'],
    ])('%s of %s is %s', (template, value, expected) => {
        expect(nameOf(template, value)).toBe(expected);
    });

    test('keeps values apart whose letters an address cannot have', () => {
        const names = ['영업1팀', '개발1팀', '영업부', '연구소', '営業部'].map((value) => nameOf('dept-{value}', value));
        expect(new Set(names).size).toBe(5);
        names.forEach((name) => expect(nameFaultOf('channel', name)).toBeNull());
        expect(names[0]).toMatch(/^dept-1-[a-z0-9]+$/);
    });

    test('is the same for the same value in another case or form', () => {
        expect(nameOf('{value}', '영업부'.normalize('NFD'))).toBe(nameOf('{value}', '영업부'));
        expect(nameOf('{value}', 'SALES')).toBe(nameOf('{value}', 'sales'));
    });

    test.each([
        ['team', 'a', 'name_invalid'],
        ['team', 'sales-', 'name_invalid'],
        ['team', 'api-team', 'name_reserved'],
        ['team', 'x'.repeat(65), 'name_too_long'],
        ['team', 'sales', null],
        ['channel', 'a', null],
        ['channel', '-sales', 'name_invalid'],
        ['channel', 'admin', null],
    ] as const)('as a %s, %s has the fault %s', (kind, name, fault) => {
        expect(nameFaultOf(kind, name)).toBe(fault);
    });
});

test('a display name has the value as it is, cut to what Mattermost accepts', () => {
    expect(displayNameOf('{value}', ' 영업부 ')).toBe('영업부');
    expect(displayNameOf('Department {value}', 'x'.repeat(200))).toHaveLength(64);
});
