import type {FieldRule, Mapping} from '../policy/mapping';
import type {DirectoryUser, UpdatableField} from '../types';

import {faultOfEmail, isValidEmail, normalizeEmail, shownEmail} from './email';
import {compileAddressField, compileTextField, type FieldReader} from './field';
import {localeOf} from './locale';
import {mapPerson, MAX_LENGTH, type Person} from './person';
import {cleanText, isCut} from './text';
import {usernameLetters} from './username';

/** Maps one directory user; whatever it holds, the result fits Mattermost. */
export type Mapper = (user: DirectoryUser) => Person;

/** Writes one field of `person`. */
type Setter = (person: Person, user: DirectoryUser) => void;

const TEXT_FIELDS: readonly UpdatableField[] = ['nickname', 'first_name', 'last_name', 'position'];

/** Makes the mapper of one policy: the default one, which is made for speed, and over it the fields that the policy maps in its own way. */
export function makeMapper(mapping: Mapping): Mapper {
    const setters = [
        ...TEXT_FIELDS.map((field) => setterOf(mapping[field], compileTextField, (read) => setText(field, read))),
        setterOf(mapping.email, compileAddressField, setEmail),
        setterOf(mapping.username, compileTextField, setUsername),
        setterOf(mapping.locale, compileTextField, setLocale),
    ].filter((setter) => setter !== null);
    if (setters.length === 0) {
        return mapPerson;
    }
    return (user) => {
        const person = mapPerson(user);
        setters.forEach((set) => set(person, user));
        return person;
    };
}

function setterOf(rule: FieldRule | undefined, compile: (rule: FieldRule) => FieldReader, make: (read: FieldReader) => Setter): Setter | null {
    return rule ? make(compile(rule)) : null;
}

function setText(field: UpdatableField, read: FieldReader): Setter {
    return (person, user) => {
        const value = read(user);
        const isShortened = value !== undefined && isCut(value, MAX_LENGTH[field]);
        const others = person.shortened?.filter((other) => other !== field) ?? [];
        person[field] = value && cleanText(value, MAX_LENGTH[field]);
        person.shortened = isShortened ? [...others, field] : others.length > 0 ? others : undefined;
    };
}

function setEmail(read: FieldReader): Setter {
    return (person, user) => {
        const email = normalizeEmail(read(user) ?? '');
        const isValid = isValidEmail(email);
        person.email = isValid ? email : shownEmail(email);
        person.email_fault = isValid ? '' : faultOfEmail(email);
    };
}

function setUsername(read: FieldReader): Setter {
    return (person, user) => {
        person.username_letters = usernameLetters(read(user) ?? '') || undefined;
    };
}

function setLocale(read: FieldReader): Setter {
    return (person, user) => {
        person.locale = localeOf(read(user) ?? '');
    };
}
