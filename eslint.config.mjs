import hooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

/** What goja does not have, or has differently: the bundle runs there as well (docs/decisions/0002-engine.md). */
const missingInEngine = [
    'Atomics', 'FinalizationRegistry', 'Intl', 'TextDecoder', 'TextEncoder', 'URL', 'URLSearchParams', 'WeakRef', 'console', 'crypto', 'fetch',
    'process', 'queueMicrotask', 'require', 'setImmediate', 'setInterval', 'setTimeout', 'structuredClone', 'window', 'document',
];
const missingMethods = [
    ['Object', 'groupBy'], ['Map', 'groupBy'], ['Promise', 'try'], ['Promise', 'withResolvers'], ['Array', 'fromAsync'], ['Iterator', 'from'],
];
const unsafeSyntax = [
    {selector: 'ForOfStatement[await=true]', message: 'goja has no for await.'},
    {selector: ':function[async=true][generator=true]', message: 'goja has no async generators.'},
    {selector: 'ImportExpression', message: 'The bundle is one classic script.'},
    {selector: 'Literal[regex.flags=/[dv]/]', message: 'goja does not know the flags d and v.'},
    {selector: 'Literal[regex.pattern=/\\\\[pP]\\{/]', message: 'goja reads \\p{…} as literal letters, silently.'},
    {selector: 'MemberExpression[property.name=/^toLocale/]', message: 'goja has no Intl: toLocale… differs between engines.'},
    {selector: 'MemberExpression[property.name="localeCompare"]', message: 'Collation differs between engines; compare with < and >.'},
    {selector: 'MemberExpression[property.name=/^(union|intersection|difference|symmetricDifference|isSubsetOf|isSupersetOf|isDisjointFrom|isWellFormed|toWellFormed)$/]', message: 'goja does not have this method.'},
];

const readerLimits = {
    'max-lines': ['error', {max: 300, skipBlankLines: true, skipComments: true}],
    'max-lines-per-function': ['error', {max: 60, skipBlankLines: true, skipComments: true}],
    complexity: ['error', 25],
};

export default tseslint.config(
    {ignores: ['node_modules', 'dist', 'webapp/dist', 'server/**', 'e2e/.build', 'webapp/src/answer_schemas.ts', '.build', '.tools']},
    ...tseslint.configs.recommended,
    {
        files: ['**/*.{ts,tsx}'],
        plugins: {'react-hooks': hooks},
        rules: {
            ...hooks.configs.recommended.rules,
            ...readerLimits,
            eqeqeq: 'error',
            'no-console': 'error',
            '@typescript-eslint/consistent-type-imports': ['error', {fixStyle: 'inline-type-imports'}],
        },
    },
    {
        files: ['webapp/src/system_console/**', 'e2e/browser/host_page/**'],
        ignores: ['webapp/src/system_console/widgets/use_element_id.ts', 'e2e/browser/host_page/globals.ts'],
        rules: {
            'no-restricted-imports': ['error', {
                paths: [{name: 'react', importNames: ['useId'], message: 'Its IDs are not valid CSS selectors: useElementId makes one.'}],
            }],
        },
    },
    {
        files: ['webapp/src/sync/**/*.ts'],
        ignores: ['**/*.test.ts'],
        rules: {
            'no-restricted-globals': ['error', ...missingInEngine],
            'no-restricted-properties': ['error', ...missingMethods.map(([object, property]) => ({object, property, message: 'goja does not have this.'}))],
            'no-restricted-syntax': ['error', ...unsafeSyntax],
        },
    },
    {
        files: ['**/*.test.{ts,tsx}', '**/messages/*.ts', 'e2e/browser/**'],
        rules: {'max-lines-per-function': 'off', 'max-lines': ['error', {max: 500}]},
    },
    {
        files: ['**/*.{js,cjs}'],
        languageOptions: {sourceType: 'commonjs'},
        rules: {'@typescript-eslint/no-require-imports': 'off', 'no-undef': 'off'},
    },
);
