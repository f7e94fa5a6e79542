const path = require('path');

const {version} = require('./plugin.json');

/**
 * The sync logic is compiled twice: into the page's bundle and into the classic script
 * that the Go server embeds and runs in goja (docs/decisions/0002-engine.md). `make lint` checks the types.
 */
const typescript = (configFile) => ({
    test: /\.tsx?$/,
    use: [{loader: 'ts-loader', options: {configFile: path.resolve(__dirname, configFile), transpileOnly: true, compilerOptions: {noEmit: false}}}],
    exclude: /node_modules/,
});

const resolve = {extensions: ['.ts', '.tsx', '.js']};

/** What the Mattermost web client provides as globals (its webapp/channels/src/plugins/export.ts). */
const externals = {
    react: 'React',
    'react-dom': 'ReactDOM',
    'react-intl': 'ReactIntl',
    'react-redux': 'ReactRedux',
    redux: 'Redux',
};

const page = {
    name: 'page',
    target: ['web', 'es2022'],
    entry: './webapp/src/index.tsx',
    output: {
        path: path.resolve(__dirname, 'webapp/dist'),
        filename: 'main.js',

        // Parts that load when they are first needed. Browsers cache them for a year, so their names contain a hash.
        chunkFilename: '[name].[contenthash].js',

        // Names the list of loaded parts in the window. After an upgrade, an open client loads a new main.js beside the old parts: it must not take them for its own.
        uniqueName: `entrasync_${version}`,
        clean: true,
    },
    resolve,
    externals,
    module: {rules: [typescript('tsconfig.json'), {test: /\.css$/, use: ['style-loader', 'css-loader']}]},
    optimization: {
        // What the page and its worker both need is a file for both. main.js stays one file: Mattermost loads no other.
        splitChunks: {chunks: ({name}) => name !== 'main'},
        usedExports: 'global',
    },
    performance: {
        // Every user of Mattermost loads main.js at each start.
        hints: 'error',
        maxEntrypointSize: 20_000,
        maxAssetSize: 20_000,
        assetFilter: (name) => name === 'main.js',
    },
    devtool: false,
};

const sync = {
    name: 'sync',
    target: ['es2022'],
    entry: './webapp/src/sync/engine.ts',
    output: {
        path: path.resolve(__dirname, 'server/engine/bundle'),
        filename: 'sync.js',
        library: {name: 'entrasync', type: 'var'},
        iife: true,
        chunkFormat: false,
    },
    // Node's streams, which papaparse asks for where there is no browser, are neither in goja nor needed.
    resolve: {...resolve, fallback: {stream: false}},
    module: {rules: [typescript('webapp/src/sync/tsconfig.json'), {test: /node_modules\/transliteration\//, use: path.resolve(__dirname, 'webapp/plain_escapes.js')}]},
    optimization: {splitChunks: false, minimize: false},
    devtool: false,
};

module.exports = [page, sync];
