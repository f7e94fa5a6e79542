/**
 * The entry of the bundle that the Go server runs. All data is passed as JSON text through `call`. The server can call only the
 * functions below.
 */
import {checkApproval, heldFilter} from './approval/approvable';
import {runCase} from './cases/run_case';
import {autocomplete} from './command/autocomplete';
import {command} from './command/command';
import {testConnection} from './connection/test';
import {classify} from './faults/classify';
import {hostPorts, type Host} from './host_ports';
import './messages/catalogues';
import {describe} from './messages/describe';
import {portNames, type Ports} from './ports';
import {changesCsv} from './report/csv';
import {followUp, notices} from './report/follow_up';
import {membersCsv, nameMembers} from './report/members';
import {webhookBody} from './report/webhook';
import {findUser} from './run/find_user';
import {explainUser} from './run/memberships/explain_user';
import {run} from './run/run';
import {checkSchedule, checkSettings} from './settings/check';

/** Functions take the decoded input. The types of each are at its own definition. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type EngineFunction = (input: any, ports: Ports) => unknown;

const functions: Record<string, EngineFunction> = {
    autocomplete,
    changes_csv: changesCsv,
    check_approval: checkApproval,
    check_schedule: checkSchedule,
    check_settings: checkSettings,
    classify,
    command,
    describe,
    explain_user: explainUser,
    find_user: findUser,
    follow_up: followUp,
    held_filter: heldFilter,
    members_csv: membersCsv,
    name_members: nameMembers,
    notices,
    port_names: () => portNames,
    run,
    run_case: runCase,
    test_connection: testConnection,
    webhook_body: webhookBody,
};

/** Calls `name` with JSON text and resolves to JSON text; rejects with a `SyncError` or, for a programming error, any other. */
export async function call(name: string, input: string, host: Host): Promise<string> {
    const called = functions[name];
    if (!called) {
        throw new Error(`the sync logic has no function ${name}`);
    }
    const output = await called(JSON.parse(input), hostPorts(host));
    return JSON.stringify(output ?? null);
}
