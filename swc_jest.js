/** How Jest compiles TypeScript: types only taken away, by swc, many times faster than the compiler. `make lint` checks the types. */
module.exports = {
    jsc: {
        parser: {syntax: 'typescript', tsx: true},
        target: 'es2022',
        transform: {react: {runtime: 'automatic'}},
    },
    module: {type: 'commonjs'},
};
