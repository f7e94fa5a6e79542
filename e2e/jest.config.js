/** Tests in a real browser and with Microsoft's own client for JavaScript; `make test-browser` builds what they need. */
module.exports = {
    rootDir: __dirname,
    testEnvironment: 'node',
    testMatch: ['**/browser/**/*.test.ts', '**/graph_client/**/*.test.ts'],
    modulePathIgnorePatterns: ['<rootDir>/.build'],
    transform: {'\\.tsx?$': ['ts-jest', {tsconfig: '<rootDir>/../tsconfig.jest.json'}]},
    testTimeout: 60_000,
    maxWorkers: 1,
};
