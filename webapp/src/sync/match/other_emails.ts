import {faultOfEmail, normalizeEmail} from '../mapping/email';
import {makeMapper, type Mapper} from '../mapping/mapper';
import {boundedList} from '../mapping/text';
import type {Policy} from '../policy/policy';
import type {DirectoryUser} from '../types';

/** `SMTP:` marks the first address and `smtp:` the others; `sip:`, `x500:` and the like are no email addresses. */
const SMTP = /^smtp:/i;

/** The mapper of a policy. Users carry their other email addresses only if the policy matches by them. */
export function mapperFor({mapping, accounts}: Pick<Policy, 'mapping' | 'accounts'>): Mapper {
    const map = makeMapper(mapping);
    if (!accounts.matching.includes('other_mails')) {
        return map;
    }
    return (user) => {
        const other_emails = otherEmailsOf(user);
        return other_emails.length > 0 ? {...map(user), other_emails} : map(user);
    };
}

/** What `$select` must name for it. */
export function matchingAttributes({matching}: Policy['accounts']): string[] {
    return matching.includes('other_mails') ? ['otherMails', 'proxyAddresses'] : [];
}

/** Valid ones in lower case, each once and sorted: equal users must be recognized as equal. */
function otherEmailsOf({otherMails, proxyAddresses}: DirectoryUser): string[] {
    const proxies = textsOf(proxyAddresses).filter((text) => SMTP.test(text)).map((text) => text.replace(SMTP, ''));
    const emails = [...textsOf(otherMails), ...proxies].map(normalizeEmail).filter((email) => faultOfEmail(email) === '');
    return [...new Set(emails)].sort();
}

function textsOf(value: unknown): string[] {
    return Array.isArray(value) ? boundedList(value).filter((each) => typeof each === 'string') : [];
}
