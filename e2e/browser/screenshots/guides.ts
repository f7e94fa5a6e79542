import {readdirSync, readFileSync} from 'node:fs';
import {dirname, relative, resolve} from 'node:path';

import {areas} from './areas';
import {fileOf, folder, type Locale} from './take';

const root = resolve(__dirname, '../../..');

/** The guides of each language, from the root of the repository. */
const guides: Record<Locale, string[]> = {
    en: ['README.md', 'docs/admin_guide.md'],
    ko: ['README.ko.md', 'docs/admin_guide.ko.md'],
};

/** `![what the picture shows](where it is)` */
const image = /!\[([^\]]*)\]\(([^)\s]+)\)/g;

/** One use of a picture in a guide. */
export interface Use {
    locale: Locale;
    guide: string;

    /** Relative to the folder of the pictures. */
    file: string;
    alt: string;
}

/** Differences between the list of pictures, the files in docs/screenshots, and the guides. Empty if there are none. */
export function troublesOfGuides(): string[] {
    return troublesOf(areas.flatMap(({pictures}) => pictures).map(({name}) => name), readdirSync(folder), usesOfGuides());
}

export function troublesOf(names: string[], files: string[], uses: Use[]): string[] {
    const made = (['en', 'ko'] as const).flatMap((locale) => names.map((name) => ({locale, file: fileOf(name, locale)})));
    const isMade = (file: string) => made.some((picture) => picture.file === file);
    return [
        ...names.filter((name, at) => names.indexOf(name) !== at).map((name) => `two pictures are called ${name}`),
        ...files.filter((file) => !isMade(file)).map((file) => `${file} is in the folder, but no picture makes it`),
        ...made.filter(({file}) => !files.includes(file)).map(({file}) => `${file} has not been taken`),
        ...made.filter(({locale, file}) => !uses.some((use) => use.locale === locale && use.file === file)).
            map(({locale, file}) => `${file} is in no guide of its language (${locale})`),
        ...uses.filter(({locale, file}) => !made.some((picture) => picture.locale === locale && picture.file === file)).
            map(({guide, file}) => `${guide} shows ${file}, which is no picture of its language`),
        ...uses.filter(({alt}) => alt.trim() === '').map(({guide, file}) => `${guide} does not say in words what ${file} shows`),
    ];
}

function usesOfGuides(): Use[] {
    return (Object.keys(guides) as Locale[]).flatMap((locale) => guides[locale].flatMap((guide) => {
        const text = readFileSync(resolve(root, guide), 'utf8');
        return [...text.matchAll(image)].
            map(([, alt = '', target = '']) => ({locale, guide, file: relative(folder, resolve(root, dirname(guide), target)), alt})).
            filter(({file}) => !file.startsWith('..'));
    }));
}
