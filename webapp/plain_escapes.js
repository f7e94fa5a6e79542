/**
 * A webpack loader that rewrites `\u{10FFFF}` in a package's source as `\uDBFF\uDFFF`. goja's parser counts the two units of such an
 * escape as one and panics (parseStringLiteral in its parser/lexer.go).
 */
module.exports = (source) => source.replace(/\\u\{([0-9a-fA-F]{5,6})\}/g, (_, hex) =>
    String.fromCodePoint(parseInt(hex, 16)).split('').map((unit) => `\\u${unit.charCodeAt(0).toString(16).toUpperCase()}`).join(''));
