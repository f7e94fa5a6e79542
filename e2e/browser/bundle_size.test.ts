import {measureBundle} from './bundle_size';

test('every user of Mattermost loads at most 10 kB for the page, and all of its parts are at most 450 kB', () => {
    const {main, parts} = measureBundle();
    expect(main).toBeLessThanOrEqual(10_000);
    expect(main + parts).toBeLessThanOrEqual(450_000);
});
