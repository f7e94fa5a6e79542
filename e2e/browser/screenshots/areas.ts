import {beginning} from './beginning';
import {memberships} from './memberships';
import {overview} from './overview';
import {people} from './users';
import type {Picture} from './picture';
import {plans} from './plans';
import {readers} from './readers';
import {runs} from './runs';

/** Pictures that are taken one after another from one scene. They can build on earlier ones. */
export interface Area {
    pictures: Picture[];

    /** The server of the scene has a license. */
    isLicensed?: boolean;
}

export const areas: Area[] = [
    {pictures: beginning},
    {pictures: readers, isLicensed: true},
    {pictures: people},
    {pictures: memberships},
    {pictures: plans},
    {pictures: runs},
    {pictures: overview},
];
