/** Invented answers of the plugin's HTTP API. */
import type {ChangeAnswer, ConnectionAnswer, OverviewAnswer, RunAnswer, StatusAnswer} from '../answers';

export const noCounts = {
    directory: 0, in_scope: 0, created: 0, updated: 0, reactivated: 0, deactivated: 0, joined: 0, left: 0, promoted: 0, demoted: 0, unchanged: 0, skipped: 0, unlisted: 0, conflicts: 0, failed: 0, held: 0,
};

export function sampleRun(change: Partial<RunAnswer> = {}): RunAnswer {
    return {
        id: 'run1',
        mode: 'preview',
        trigger: 'console',
        actor_id: 'admin',
        user: '',
        state: 'succeeded',
        started_at: Date.UTC(2025, 2, 1, 3),
        finished_at: Date.UTC(2025, 2, 1, 3, 1),
        counts: {...noCounts, directory: 120, in_scope: 80, created: 7, updated: 3},
        progress: null,
        error: null,
        reading: 'full',
        hold: null,
        approves: '',
        approved_at: 0,
        approved_by: '',
        discarded_at: 0,
        discarded_by: '',
        does_not_fit: 0,
        ...change,
    };
}

export function runningRun(done: number, total: number, change: Partial<RunAnswer> = {}): RunAnswer {
    return sampleRun({
        id: 'run2',
        mode: 'apply',
        state: 'running',
        started_at: Date.UTC(2025, 2, 2, 3),
        finished_at: 0,
        progress: {phase: 'apply', done, total, counts: noCounts},
        ...change,
    });
}

/** A sync that has created seven accounts and holds eight deactivations. */
export function heldRun(change: Partial<RunAnswer> = {}): RunAnswer {
    return sampleRun({
        mode: 'apply',
        state: 'held',
        counts: {...noCounts, directory: 120, in_scope: 110, created: 7, held: 8},
        hold: {kinds: [{kind: 'deactivations', count: 8, total: 110}], expires_at: Date.UTC(2025, 2, 8, 3)},
        ...change,
    });
}

export function sampleStatus(change: Partial<StatusAnswer> = {}): StatusAnswer {
    return {
        version: '0.1.0',
        settings_revision: 'a1',
        configured: true,
        enabled: true,
        faults: [],
        warnings: [],
        schedule: '0 3 * * *',
        time_zone: 'Asia/Seoul',
        next_run_at: Date.UTC(2025, 2, 2, 18),
        current_run: null,
        last_run: null,
        held_run: null,
        quarantine: null,
        ...change,
    };
}

export function sampleOverview(change: Partial<OverviewAnswer> = {}): OverviewAnswer {
    return {
        directory: 1200,
        in_scope: 80,
        read_at: Date.UTC(2025, 2, 1, 3, 1),
        linked: 78,
        deactivated: 4,
        conflicts: 0,
        conflicts_run: '',
        failing: 0,
        failing_run: '',
        failing_tried: 0,
        failing_waiting: 0, safer_defaults: false,
        secret_expires_at: 0,
        ...change,
    };
}

export function sampleChange(change: Partial<ChangeAnswer> = {}): ChangeAnswer {
    return {
        seq: 1,
        object_id: '0a1b2c3d-0000-4000-8000-000000000001',
        account_id: '',
        email: 'minji.kim@example.com',
        username: 'minji.kim',
        display_name: 'Kim Minji (Design)',
        action: 'create',
        status: 'planned',
        reason: 'new_person',
        reason_params: null,
        fields: [{field: 'nickname', from: '', to: 'Kim Minji (Design)'}],
        error: null,
        ...change,
    };
}

export function samplePage(changes: ChangeAnswer[], total = changes.length) {
    return {changes, total, page: 0, per_page: 60};
}

export const refusedConnection: ConnectionAnswer = {
    ok: false,
    steps: [
        {step: 'token', ok: true, detail: 'Contoso', code: '', message: '', hint: '', raw: null},
        {
            step: 'users',
            ok: false,
            detail: '',
            code: 'consent_missing',
            message: 'The application does not have permission to read the users in the directory.',
            hint: 'Grant admin consent.',
            raw: {status: 403, code: 'Authorization_RequestDenied', trace_id: 'trace-1'},
        },
    ],
};
