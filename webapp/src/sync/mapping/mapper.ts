import {ADDRESS_SOURCES, MAX_VALUE, type FieldRule, type Mapping} from '../policy/mapping';
import {textFields, type TextField} from '../lists';
import type {DirectoryUser} from '../types';

import {authDataFault} from './auth_data';
import {faultOfEmail, normalizeEmail, shownEmail} from './email';
import {compileAddressField, compileEmailField, compileTextField, type FieldReader} from './field';
import {localeOf} from './locale';
import {mapPerson, MAX_LENGTH, refuse, type ChoiceField, type Person} from './person';
import {cleanText, cutBytes, isCut} from './text';
import {timeZoneOf} from './time_zone';
import {usernameLetters} from './username';

/** Maps one directory user. For any input, the result is valid in Mattermost. */
export type Mapper = (user: DirectoryUser) => Person;

/** Sets one field of `person`. */
type Setter = (person: Person, user: DirectoryUser) => void;


/** Mattermost's limit of a user attribute, in bytes of UTF-8 (server/public/model/custom_profile_attributes.go). */
const MAX_ATTRIBUTE_BYTES = 64;

/** Makes the mapper of one policy: the default one, which is made for speed, and over it the fields that the policy maps in its own way. */
export function makeMapper(mapping: Mapping): Mapper {
    const attributes = Object.values(mapping.attributes ?? {});
    const setters = [
        ...textFields.map((field) => setterOf(mapping[field], compileTextField, (read) => setText(field, read))),
        setterOf(mapping.email, compileEmailField, setEmail),
        mapping.username ? setUsername(compileTextField(mapping.username), isOfAddress(mapping.username)) : null,
        setterOf(mapping.locale, compileTextField, (read) => setChoice('locale', read, localeOf)),
        setterOf(mapping.timezone, compileTextField, (read) => setChoice('timezone', read, timeZoneOf)),
        setterOf(mapping.auth_data, compileAddressField, setAuthData),
        attributes.length > 0 ? setAttributes(attributes.map(compileTextField)) : null,
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

function setText(field: TextField, read: FieldReader): Setter {
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
        const email_fault = faultOfEmail(email);
        person.email = email_fault === '' ? email : shownEmail(email);
        person.email_fault = email_fault;
    };
}

/** With `is_of_address`, a value that is no address makes no username: it says nothing about the user's name. */
function setUsername(read: FieldReader, is_of_address: boolean): Setter {
    return (person, user) => {
        const text = read(user) ?? '';
        const isUsable = !is_of_address || faultOfEmail(normalizeEmail(text)) !== 'invalid_email';
        person.username_letters = (isUsable && usernameLetters(text)) || undefined;
    };
}

/** Whether the value is an email address or principal name as the directory has it. */
function isOfAddress({sources, join, transform}: FieldRule): boolean {
    return !join && transform.length === 0 && sources.every((source) => ADDRESS_SOURCES.includes(source));
}

/** `choose` gives the one of Mattermost's values that a text means, or ''. */
function setChoice(field: ChoiceField, read: FieldReader, choose: (text: string) => string): Setter {
    return (person, user) => {
        const others = Object.entries(person.refused ?? {}).filter(([other]) => other !== field);
        person.refused = others.length > 0 ? Object.fromEntries(others) : undefined;
        const text = read(user) ?? '';
        person[field] = choose(text);
        if (person[field] === '') {
            refuse(person, field, text);
        }
    };
}

function setAuthData(read: FieldReader): Setter {
    return (person, user) => {
        const text = (read(user) ?? '').trim();
        person.auth_data_fault = authDataFault(text);
        person.auth_data = person.auth_data_fault ? '' : text;
    };
}

function setAttributes(readers: readonly FieldReader[]): Setter {
    return (person, user) => {
        const wholes = readers.map((read) => read(user)).map((value) => (value === undefined ? null : cleanText(value, MAX_VALUE)));
        person.attributes = wholes.map((value) => value && cutBytes(value, MAX_ATTRIBUTE_BYTES).trimEnd());
        const cut = wholes.flatMap((value, at) => (value === person.attributes![at] ? [] : [at]));
        if (cut.length > 0) {
            person.shortened = [...person.shortened ?? [], ...cut];
        }
    };
}
