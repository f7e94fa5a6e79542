/** @jest-environment jsdom */
import {linesOfFile} from './read_file';

const file = (name: string, ...parts: BlobPart[]) => linesOfFile(new File(parts, name));

test.each([
    ['a.txt', 'one\r\n\r\n two, three \n', ['one', 'two, three']],
    ['a.TXT', '\uFEFFmail\nx@y.example', ['mail', 'x@y.example']],
    ['a.csv', 'x@y.example,Kim\n"Kim, Minji",2\n"a ""b""";c\nz\tw\n,empty\n', ['x@y.example', 'Kim, Minji', 'a "b"', 'z']],
    ['a.csv', 'UserPrincipalName;Name\nx@y.example;Kim', ['x@y.example']],
    ['a.csv', '이메일\nx@y.example', ['x@y.example']],
])('%s with %j', async (name, text, lines) => {
    expect(await file(name, text)).toEqual({lines});
});

test.each([
    ['kind', 'a.xlsx', 'x'],
    ['kind', 'csv', 'x'],
    ['size', 'a.csv', 'x'.repeat((4 * 1024 * 1024) + 1)],
    ['not_text', 'a.csv', new Uint8Array([0xB1, 0xE8, 0x0A])],
    ['not_text', 'a.txt', new Uint8Array([0x50, 0x4B, 0x00, 0x01])],
    ['empty', 'a.csv', 'mail\n\n'],
    ['empty', 'a.txt', ''],
])('%s: %s', async (trouble, name, content) => {
    expect(await file(name, content)).toEqual({trouble});
});

test('a file that is gone cannot be read', async () => {
    jest.spyOn(FileReader.prototype, 'readAsText').mockImplementation(function fail(this: FileReader) {
        queueMicrotask(() => this.onerror?.(new ProgressEvent('error') as never));
    });
    expect(await file('a.txt', 'x')).toEqual({trouble: 'unreadable'});
    jest.restoreAllMocks();
});
