/** What the page can ask the worker, by name. Input and output are plain JSON. */
import {commonValues} from './common_values';
import {directorySize} from './directory_size';
import {findPeople} from './find_people';
import {mapPerson} from './map_person';
import {movedAddresses} from './moved_addresses';
import {plan} from './plan';
import {scopeEffect} from './scope_effect';

export const functions = {
    directory_size: directorySize,
    find_people: findPeople,
    map_person: mapPerson,
    moved_addresses: movedAddresses,
    scope_effect: scopeEffect,
    plan,
    common_values: commonValues,
};

type LiveFunctions = typeof functions;
export type LiveName = keyof LiveFunctions;
export type LiveInput<N extends LiveName> = Parameters<LiveFunctions[N]>[0];
export type LiveOutput<N extends LiveName> = Awaited<ReturnType<LiveFunctions[N]>>;
