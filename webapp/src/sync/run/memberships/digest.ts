import {faultOf} from '../../errors';
import type {MembershipTarget} from '../../memberships/shapes';
import {code} from '../../messages/markdown';
import {localeOf, translate, type Locale} from '../../messages/translate';

import type {RunContext} from '../context/run_context';

/** Users whom a post names. The others are only counted. */
const NAMED = 10;

type Told = 'join' | 'leave';

interface Gathered {
    target: MembershipTarget;
    join: string[];
    leave: string[];
}

/** Gathers who joins and who leaves, for one post in each team or channel at the end of the run. */
export class Digest {
    private readonly gathered = new Map<string, Gathered>();

    constructor(private readonly context: RunContext) {}

    /** Users who join a team join its default channels, too: Town Square tells of them. */
    note(target: MembershipTarget, action: Told, account_ids: readonly string[]): void {
        if (this.context.policy.memberships.announce !== 'digest' || target.is_default_channel || account_ids.length === 0) {
            return;
        }
        const known = this.gathered.get(target.id) ?? {target, join: [], leave: []};
        this.gathered.set(target.id, known);
        account_ids.forEach((id) => known[action].push(id));
    }

    /** Writes the posts. A post that cannot be written does not fail the run. */
    async post(): Promise<void> {
        for (const gathered of this.gathered.values()) {
            try {
                await this.postInto(gathered);
            } catch (error) {
                const fault = faultOf(error);
                if (!fault) {
                    throw error;
                }
                await this.context.ports.log.write({level: 'warn', message: 'Failed to announce who has joined', fields: {target_id: gathered.target.id, code: fault.code}});
            }
        }
    }

    private async postInto({target, join, leave}: Gathered): Promise<void> {
        const named = [join, leave].map((ids) => ids.slice(0, NAMED));
        const {usernames, locale} = await this.context.ports.memberships.names({account_ids: named.flat()});
        const language = localeOf(locale);
        const lines = [
            textOf('join', join.length, usernames.slice(0, named[0]!.length), language),
            textOf('leave', leave.length, usernames.slice(named[0]!.length), language),
        ];
        await this.context.ports.memberships.announce({kind: target.kind, target_id: target.id, text: lines.filter((line) => line !== '').join('\n')});
    }
}

/** Names are code, in which nothing is a mention. */
function textOf(action: Told, count: number, usernames: readonly string[], locale: Locale): string {
    if (count === 0) {
        return '';
    }
    const names = usernames.filter((name) => name !== '').map(code).join(', ');
    const users = count > usernames.length ? translate(locale, 'digest.more', {users: names, count: count - usernames.length}) : names;
    return translate(locale, `digest.${action}`, {count, users});
}
