/** The dependency rule of docs/architecture.md, for TypeScript. */

/** Every folder of the sync logic is pure, but for those that use the ports or test them. */
const pure = '^webapp/src/sync/(?!(run|connection|testing)/)[^/]+/';

/** The rooms of a run, from the bottom up: context, then reading and applying, then planning. The files beside them are on top. */
const run = '^webapp/src/sync/run/';
const runTop = `${run}[^/]+\\.ts$`;

/** The rooms of the page: the folders of the System Console's page. */
const rooms = '^webapp/src/system_console/';
const tabs = 'overview|connection|users|mapping|memberships|lifecycle|schedule|runs';
const test = '\\.test\\.tsx?$';

module.exports = {
    forbidden: [
        {
            name: 'no-circles',
            comment: 'Neither of values nor of types.',
            severity: 'error',
            from: {},
            to: {circular: true},
        },
        {
            name: 'sync-is-independent',
            comment: 'The sync logic runs in goja: it imports itself and small pure packages only.',
            severity: 'error',
            from: {path: '^webapp/src/sync/', pathNot: ['\\.test\\.ts$', '^webapp/src/sync/testing/']},
            to: {pathNot: ['^webapp/src/sync/', '^node_modules/(valibot|re2js|transliteration|papaparse|@formatjs/icu-messageformat-parser)/']},
        },
        {
            name: 'pure-files-know-no-ports',
            comment: 'What decides about users takes values, not abilities.',
            severity: 'error',
            from: {path: pure, pathNot: '\\.test\\.ts$'},
            to: {path: '^webapp/src/sync/(ports|host_ports|engine|run/|connection/|testing/)'},
        },
        {
            name: 'run-context-is-at-the-bottom',
            severity: 'error',
            from: {path: `${run}context/`, pathNot: test},
            to: {path: run, pathNot: `${run}context/`},
        },
        {
            name: 'run-reading-and-applying-are-independent',
            comment: 'Each knows the context of the run and nothing of the other, of planning or of the files on top.',
            severity: 'error',
            from: {path: `${run}(reading|applying)/`, pathNot: test},
            to: {path: run, pathNot: [`${run}context/`, `${run}$1/`]},
        },
        {
            name: 'run-planning-neither-reads-nor-applies',
            comment: 'It makes the tasks, and takes what was read.',
            severity: 'error',
            from: {path: `${run}planning/`, pathNot: test},
            to: {path: [`${run}applying/(?!tasks\\.ts)`, runTop]},
        },
        {
            name: 'run-planning-knows-types-of-reading-only',
            severity: 'error',
            from: {path: `${run}planning/`, pathNot: test},
            to: {path: `${run}reading/`, dependencyTypesNot: ['type-only']},
        },
        {
            name: 'run-is-on-top',
            comment: 'Only the engine starts a run that writes.',
            severity: 'error',
            from: {pathNot: ['^webapp/src/sync/engine\\.ts$', test, '^webapp/src/(sync/)?testing/']},
            to: {path: `${run}run\\.ts$`},
        },
        {
            name: 'live-never-writes',
            comment: 'Nothing that the live preview imports, however deep, can apply a change.',
            severity: 'error',
            from: {path: '^webapp/src/live/', pathNot: test},
            to: {path: `${run}(run|approve|applying/(?!tasks))`, reachable: true},
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
            name: 'page-loads-one-language',
            comment: 'A reader of one language does not load the other: only the two files of the languages have texts.',
            severity: 'error',
            from: {path: '^webapp/src/(?!sync/)', pathNot: [test, '^webapp/src/i18n/(english|korean)\\.ts$', '^webapp/src/testing/']},
            to: {path: '^webapp/src/sync/messages/(catalogues|en|ko)\\b', dependencyTypesNot: ['type-only']},
        },
        {
            name: 'main-loads-the-page-when-it-is-opened',
            comment: 'Every user of Mattermost loads main.js at each start.',
            severity: 'error',
            from: {path: '^webapp/src/(index|lazy_page)\\.tsx$'},
            to: {
                path: '^webapp/src/|^node_modules/',
                pathNot: [
                    '^webapp/src/(public_path|lazy_page|manifest|registry)\\.tsx?$', '^webapp/src/i18n/load', '/sync/messages/locale\\.ts$', '/widgets/lazy_part\\.tsx$',
                    '^node_modules/(@types/)?(react|redux)',
                ],
                dependencyTypesNot: ['type-only', 'dynamic-import'],
            },
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
            name: 'page-tabs-are-independent',
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
