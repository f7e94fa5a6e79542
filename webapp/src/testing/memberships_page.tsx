import {act} from '@testing-library/react';

import MembershipsEditor from '../system_console/memberships/memberships_editor';
import type {PolicyDocument} from '../system_console/policy/policy_document';

import type {FakeServer} from './fake_server';
import {renderEditor, type EditorOptions} from './render_editor';

/** The tab Teams and channels over a document that a console would keep; `page.document` is what would be saved. */
export async function renderMemberships(initial: PolicyDocument, options: EditorOptions = {}) {
    return act(async () => renderEditor(MembershipsEditor, initial, options));
}

export const companyTeam = {
    id: 'companyteamcompanyteamcomp', kind: 'team', team_id: '', team_name: '', name: 'company', display_name: 'Company', is_open: true, is_archived: false, is_group_constrained: false,
};
export const oldTeam = {...companyTeam, id: 'oldteamoldteamoldteamoldte', name: 'old', display_name: 'Old office', is_archived: true};
export const legalChannel = {...companyTeam, id: 'legalchannellegalchannelle', kind: 'channel', team_id: companyTeam.id, team_name: 'Company', name: 'legal', display_name: 'Legal', is_open: false};

/** Lets the server find teams and channels, by name and by ID. */
export function serveTargets(server: FakeServer, targets: ReadonlyArray<typeof companyTeam> = [companyTeam, oldTeam, legalChannel]): void {
    server.onRequest('GET /targets', ({query: {ids, kind, team, q = ''}}) => {
        const found = ids ? targets.filter(({id}) => ids.split(',').includes(id)) :
            targets.filter((each) => each.kind === kind && (kind === 'team' || each.team_id === team) && each.display_name.toLowerCase().includes(q.toLowerCase()));
        return {status: 200, body: {targets: found}};
    });
}
