/** The dependency rule of docs/architecture.md, for TypeScript. */
const pure = '^webapp/src/sync/(policy|scope|mapping|match|plan|messages|faults|command|report|settings)/';

module.exports = {
    forbidden: [
        {
            name: 'no-circles',
            severity: 'error',
            from: {},
            to: {circular: true, viaOnly: {dependencyTypesNot: ['type-only']}},
        },
        {
            name: 'sync-stands-alone',
            comment: 'The sync logic runs in goja: it imports itself and small pure packages only.',
            severity: 'error',
            from: {path: '^webapp/src/sync/', pathNot: ['\\.test\\.ts$', '^webapp/src/sync/testing/']},
            to: {pathNot: ['^webapp/src/sync/', '^node_modules/(valibot|re2js|transliteration)/']},
        },
        {
            name: 'pure-files-know-no-ports',
            comment: 'What decides about people takes values, not abilities.',
            severity: 'error',
            from: {path: pure, pathNot: '\\.test\\.ts$'},
            to: {path: '^webapp/src/sync/(ports|host_ports|engine|run/|connection/|testing/)'},
        },
        {
            name: 'tests-stay-outside',
            severity: 'error',
            from: {pathNot: ['\\.test\\.tsx?$', '^webapp/src/(sync/)?testing/', '^e2e/']},
            to: {path: ['\\.test\\.tsx?$', '^webapp/src/(sync/)?testing/']},
        },
        {
            name: 'page-leaves-the-engine-alone',
            severity: 'error',
            from: {path: '^webapp/src/(?!sync/)'},
            to: {path: '^webapp/src/sync/(engine|host_ports|cases/)'},
        },
        {
            name: 'no-orphans',
            severity: 'error',
            from: {orphan: true, pathNot: ['\\.d\\.ts$', '\\.test\\.tsx?$', '\\.css$', '^webapp/src/testing/']},
            to: {},
        },
    ],
    options: {
        tsConfig: {fileName: 'tsconfig.json'},
        tsPreCompilationDeps: true,
        doNotFollow: {path: 'node_modules'},
        exclude: {path: ['\\.json$', '^webapp/dist/']},
        enhancedResolveOptions: {extensions: ['.ts', '.tsx', '.js', '.css']},
    },
};
