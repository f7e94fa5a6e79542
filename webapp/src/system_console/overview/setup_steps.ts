import {connectionOf} from '../../sync/health/health';
import {parsePolicy} from '../../sync/policy/parse';
import {savedSettingsOf, type PlainSettings} from '../frame/settings';
import {documentOf} from '../policy/policy_document';

import type {OverviewFacts} from './overview_facts';

/** From a fresh installation to a sync that runs by itself, in order. */
export const setupSteps = ['register', 'values', 'test', 'people', 'preview', 'schedule'] as const;
export type SetupStep = typeof setupSteps[number];

/** Which steps are done. Only the server's answer counts, not unsaved values on the screen. */
export function doneSteps(known: OverviewFacts, isAnybodyInScope: boolean): Record<SetupStep, boolean> {
    const {status, hasConnected, hasRead} = known;
    const connection = connectionOf(known);
    const hasNoFaultIn = (path: string) => status.faults.every((fault) => fault.path !== path);
    const isTouched = status.faults.every(({code}) => code !== 'not_configured');

    // A step that worked once stays done: a later problem needs attention, not another setup. A changed scope does not restart the setup either.
    return {
        register: hasRead || (isTouched && hasNoFaultIn('TenantId') && hasNoFaultIn('ClientId')),
        values: hasRead || !['not_set_up', 'faulty'].includes(connection),
        test: hasRead || hasConnected || connection === 'connected',
        people: isAnybodyInScope,
        preview: hasRead,
        schedule: status.enabled,
    };
}

/** Whether the saved policy has any user in scope. */
export function isAnybodyInScope(settings: PlainSettings): boolean {
    const {policy} = parsePolicy(documentOf(savedSettingsOf(settings)?.policy) ?? '');
    if (!policy) {
        return false;
    }
    const {everyone, allow, rules} = policy.scope;
    return everyone || Object.values(allow).some((list) => list.length > 0) || rules.some(({effect, enabled}) => effect === 'allow' && enabled);
}
