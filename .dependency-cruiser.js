/** The dependency rule of docs/architecture.md, for TypeScript. */
const pure = '^webapp/src/sync/(policy|scope|mapping|match|plan|retry|health|messages|faults|command|report|settings)/';

/** The page: everything beside the sync logic. Its rooms are the folders of the System Console's page. */
const page = '^webapp/src/(?!sync/)';
const rooms = '^webapp/src/system_console/';
const tabs = 'overview|connection|users|mapping|lifecycle|schedule|runs';
const test = '\\.test\\.tsx?$';

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
            name: 'page-has-no-circles',
            comment: 'Neither of values nor of types.',
            severity: 'error',
            from: {path: page, pathNot: '/overview/(attention|health)\\.ts$'},
            to: {circular: true},
        },
        {
            name: 'page-ground-floor',
            comment: 'Widgets, policy and frame carry the tabs and know none of them; widgets and policy do not know the frame either.',
            severity: 'error',
            from: {path: `${rooms}(widgets|policy|frame)/`, pathNot: test},
            to: {path: `${rooms}(?!(widgets|policy|frame)/)`},
        },
        {
            name: 'page-widgets-and-policy-below-frame',
            severity: 'error',
            from: {path: `${rooms}(widgets|policy)/`, pathNot: test},
            to: {path: `${rooms}frame/`},
        },
        {
            name: 'page-tabs-stand-alone',
            comment: 'A tab imports no other tab. Only the overview shows parts of other tabs.',
            severity: 'error',
            from: {path: `${rooms}(${tabs})/`, pathNot: [`${rooms}overview/`, test]},
            to: {path: `${rooms}(${tabs})/`, pathNot: `${rooms}$1/`},
        },
        {
            name: 'page-tabs-do-not-know-the-shell',
            severity: 'error',
            from: {path: `${rooms}(?!shell/)`, pathNot: test},
            to: {path: `${rooms}shell/`},
        },
        {
            name: 'page-is-above-store-and-live',
            comment: 'The store, the live preview, the texts and the client serve the page and know nothing of it.',
            severity: 'error',
            from: {path: '^webapp/src/(store|live|i18n)/|^webapp/src/(client|answers|faults|registry)\\.ts$', pathNot: test},
            to: {path: rooms},
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
