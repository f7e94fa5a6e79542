/** Tests in a real browser, of the pictures in the guides, and with Microsoft's own client for JavaScript; `make test-browser` builds what they need. */
const swc = require('../swc_jest');

const shared = {
    rootDir: __dirname,
    testEnvironment: 'node',
    modulePathIgnorePatterns: ['<rootDir>/.build'],
    transform: {'\\.tsx?$': ['@swc/jest', swc]},
};

/** Files whose tests start servers of their own, so that they can run at the same time as those that share one. */
const alone = '**/browser/{disabled,first_use,held,live_effect,many_changes,memberships,other_servers,recent_syncs}.test.ts';

module.exports = {
    maxWorkers: 1,
    testTimeout: 60_000,
    projects: [
        {
            ...shared,
            displayName: 'browser',
            testMatch: ['**/browser/*.test.ts', `!${alone}`],
            globalSetup: '<rootDir>/browser/global_setup.ts',
            globalTeardown: '<rootDir>/browser/global_teardown.ts',
        },
        {...shared, displayName: 'alone', testMatch: [alone]},
        {...shared, displayName: 'pictures', testMatch: ['**/browser/screenshots/*.test.ts']},
        {...shared, displayName: 'graph_client', testMatch: ['**/graph_client/**/*.test.ts']},
    ],
};
