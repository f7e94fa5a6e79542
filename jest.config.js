/** Jest runs the tests beside the TypeScript code; a test of a component asks for jsdom in its first line. */
module.exports = {
    roots: ['<rootDir>/webapp/src'],
    testEnvironment: 'node',
    testMatch: ['**/*.test.ts', '**/*.test.tsx'],
    transform: {'\\.tsx?$': ['ts-jest', {tsconfig: 'tsconfig.jest.json'}]},
    moduleNameMapper: {
        '\\.css$': '<rootDir>/webapp/src/testing/empty_style.js',
        '/start_worker$': '<rootDir>/webapp/src/testing/live_thread.ts',
    },
    setupFilesAfterEnv: ['<rootDir>/webapp/src/testing/setup.ts'],
};
