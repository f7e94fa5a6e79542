import {FormattedMessage} from 'react-intl';

interface Props {

    /** Counts from 0. */
    page: number;
    perPage: number;
    total: number;

    /** What is paged, for screen readers. */
    label: string;
    onChange(page: number): void;
}

/** Leafs through a list; nothing at all when everything fits on one page. */
export function Pagination({page, perPage, total, label, onChange}: Props) {
    if (total <= perPage) {
        return null;
    }
    const last = Math.min((page + 1) * perPage, total);
    return (
        <nav className='EntraSync__pages' aria-label={label}>
            <span><FormattedMessage id='entrasync.pages.range' values={{first: page * perPage + 1, last, total}}/></span>
            <button type='button' className='btn btn-tertiary btn-sm' disabled={page === 0} onClick={() => onChange(page - 1)}>
                <FormattedMessage id='entrasync.pages.previous'/>
            </button>
            <button type='button' className='btn btn-tertiary btn-sm' disabled={last >= total} onClick={() => onChange(page + 1)}>
                <FormattedMessage id='entrasync.pages.next'/>
            </button>
        </nav>
    );
}
