import type {Fault} from '../errors';

import type {SettingKey} from './keys';

/** Scheme, user name and password, host with port, the rest. The engine has no URL parser, and an origin does not need one. */
const address = /^([a-z][a-z0-9+.-]*):\/\/([^/?#@\s]*@)?(\[[0-9a-f:.]+\]|[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?)(:[0-9]{1,5})?([/?#]\S*)?$/i;

/**
 * The address of a custom cloud: https, a host and optionally a port, because tokens and credentials are sent there. A slash at
 * the end is accepted.
 */
export function checkOrigin(path: SettingKey, value: string): Fault[] {
    if (value.trim() === '') {
        return [{code: 'setting_missing', path}];
    }
    if (!/^https:\/\//i.test(value)) {
        return [{code: 'url_not_https', path}];
    }
    const [whole, , user, , , rest] = address.exec(value) ?? [];
    const isOrigin = whole !== undefined && user === undefined && (rest === undefined || rest === '/');
    return isOrigin ? [] : [{code: 'url_not_https', path, params: {problem: 'origin'}}];
}

/**
 * The address of the result webhook; '' for none. http is allowed, because the receiver is often on the same network. A user
 * name or password is not, because servers and proxies on the way log them.
 */
export function checkWebAddress(path: SettingKey, value: string): Fault[] {
    if (value === '') {
        return [];
    }
    const [whole, scheme = '', user] = address.exec(value) ?? [];
    const isWeb = whole !== undefined && user === undefined && ['http', 'https'].includes(scheme.toLowerCase());
    return isWeb ? [] : [{code: 'setting_invalid', path, params: {problem: 'address'}}];
}
