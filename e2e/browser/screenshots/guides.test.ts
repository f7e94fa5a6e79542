import {troublesOf, troublesOfGuides, type Use} from './guides';

const use = (locale: Use['locale'], file: string, alt = 'What it shows'): Use => ({locale, guide: `guide.${locale}.md`, file, alt});

describe('pictures, files and guides', () => {
    const files = ['held.png', 'held.ko.png'];
    const uses = [use('en', 'held.png'), use('ko', 'held.ko.png')];

    test('fit each other', () => expect(troublesOfGuides()).toEqual([]));

    test('are well when every picture is taken and shown in both languages', () => expect(troublesOf(['held'], files, uses)).toEqual([]));

    test('a file that no picture makes is named', () => {
        expect(troublesOf(['held'], [...files, 'old.png'], uses)).toEqual(['old.png is in the folder, but no picture makes it']);
    });

    test('a picture that has not been taken is named', () => {
        expect(troublesOf(['held'], ['held.png'], uses)).toEqual(['held.ko.png has not been taken']);
    });

    test('a picture that the guides of one language leave out is named', () => {
        expect(troublesOf(['held'], files, uses.slice(0, 1))).toEqual(['held.ko.png is in no guide of its language (ko)']);
    });

    test('a picture in the wrong language is named', () => {
        expect(troublesOf(['held'], files, [...uses, use('ko', 'held.png')])).toEqual(['guide.ko.md shows held.png, which is no picture of its language']);
    });

    test('a picture without words is named', () => {
        expect(troublesOf(['held'], files, [uses[0]!, use('ko', 'held.ko.png', ' ')])).toEqual(['guide.ko.md does not say in words what held.ko.png shows']);
    });

    test('two pictures of one name are named', () => {
        expect(troublesOf(['held', 'held'], files, uses)).toEqual(['two pictures are called held']);
    });
});
