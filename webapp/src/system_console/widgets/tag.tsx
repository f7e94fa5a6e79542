import type {ReactNode} from 'react';

export type TagKind = 'neutral' | 'info' | 'success' | 'warning' | 'danger';

/** One word about the state of something. */
export function Tag({kind, children}: {kind: TagKind; children: ReactNode}) {
    return <span className={`EntraSync__tag EntraSync__tag--${kind}`}>{children}</span>;
}
