import {readableAttributes, type ReadableAttribute} from '../sync/policy/attributes';
import {AttributeReader} from '../sync/scope/attribute_reader';
import {GroupMembers} from '../sync/scope/group_members';

import {directory} from './directory';
import {serverAnswersAt} from './server_answers';

/** Values that are suggested. */
const SHOWN = 50;

interface ValuesQuestion {

    /** Any text. Without a readable attribute of that name, there are no values. */
    attribute: string;

    /** Another one than before when what the server knows may have changed. */
    revision: string;
}

/** The values of an attribute that several directory users share, the most frequent first. */
export async function commonValues({attribute, revision}: ValuesQuestion): Promise<string[]> {
    return isReadable(attribute) ? serverAnswersAt(revision).once(`values ${attribute}`, () => countedValues(attribute)) : [];
}

async function countedValues(attribute: ReadableAttribute): Promise<string[]> {
    const {users} = await directory();
    const reader = new AttributeReader(new GroupMembers());
    const value = reader.valueOf(attribute, true);
    const counts = new Map<string, number>();
    users.forEach((user) => {
        reader.read(user);
        [value.text].flat().filter((text) => text.trim() !== '').forEach((text) => counts.set(text, (counts.get(text) ?? 0) + 1));
    });
    const shared = [...counts].filter(([, count]) => count > 1).sort(([, one], [, other]) => other - one);
    return shared.slice(0, SHOWN).map(([text]) => text);
}

function isReadable(name: string): name is ReadableAttribute {
    return (readableAttributes as readonly string[]).includes(name);
}
