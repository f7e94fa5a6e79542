import type {Ports} from '../ports';
import type {ChangesAlike, HoldKind} from '../types';

import {copy} from './memory_rows';

/** What earlier runs did and hold. Memory keeps the history of one run only, so a test sets it. */
export class MemoryEarlier {
    recent: ChangesAlike[] = [];
    open: Array<ChangesAlike & {hold_kinds: HoldKind[]}> = [];

    ports(enter: (port: string) => void): Pick<Ports['changes'], 'list_recent' | 'list_open'> {
        return {
            list_recent: () => {
                enter('changes.list_recent');
                return {changes: copy(this.recent)};
            },
            list_open: ({object_ids}) => {
                enter('changes.list_open');
                return {changes: copy(this.open.map((each) => ({...each, object_ids: each.object_ids.filter((id) => object_ids?.includes(id) ?? true)})))};
            },
        };
    }
}
