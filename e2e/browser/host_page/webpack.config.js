const fs = require('fs');
const path = require('path');

const root = path.resolve(__dirname, '../../..');

/**
 * Writes root.html next to the script, with a script name that depends on its content, because browsers cache scripts
 * for a year. It is not minified, because the server looks for its exact tags.
 */
class RootHtml {
    apply(compiler) {
        compiler.hooks.afterEmit.tap('RootHtml', ({entrypoints}) => {
            const [script] = entrypoints.get('host').getFiles();
            const html = fs.readFileSync(path.join(__dirname, 'root.html'), 'utf8');
            fs.writeFileSync(path.join(compiler.outputPath, 'root.html'), html.replace('host.js', script));
        });
    }
}

/** Builds a directory that a Mattermost server serves instead of its web client (the stage's client directory). */
module.exports = {
    name: 'host_page',
    target: ['web', 'es2022'],
    mode: 'production',
    entry: {host: path.join(__dirname, 'host.tsx')},
    output: {path: path.join(root, 'e2e/.build/host_page'), filename: 'host.[contenthash].js', publicPath: 'auto', clean: true},
    resolve: {extensions: ['.ts', '.tsx', '.js']},
    module: {
        rules: [
            {
                test: /\.tsx?$/,
                use: [{
                    loader: 'ts-loader',
                    options: {configFile: path.join(root, 'tsconfig.json'), transpileOnly: true, compilerOptions: {noEmit: false}},
                }],
                exclude: /node_modules/,
            },
            // Bootstrap's icon font is not included, because nothing here uses it.
            // In the body, so that it is behind the styles of the plugin, which are in the head: see client.css.
            {test: /\.css$/, use: [{loader: 'style-loader', options: {insert: 'body'}}, {loader: 'css-loader', options: {url: false}}]},
        ],
    },
    plugins: [new RootHtml()],
    performance: {hints: false},
    devtool: false,
};
