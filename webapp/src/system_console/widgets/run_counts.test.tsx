/** @jest-environment jsdom */
import {screen} from '@testing-library/react';

import {renderPage} from '../../testing/render_page';
import {noCounts} from '../../testing/samples';

import {RunCounts} from './run_counts';

const counts = {...noCounts, directory: 1200, in_scope: 40, created: 3, deactivated: 2, failed: 0};

function shown(): string[] {
    return screen.getAllByRole('term').map((term) => `${term.textContent} ${term.nextElementSibling?.textContent}`);
}

test('a sync says what it did, and that nothing failed', () => {
    renderPage(<RunCounts mode='apply' counts={counts}/>);

    expect(shown()).toEqual(['in the directory 1,200', 'in scope 40', 'created 3', 'updated 0', 'deactivated 2', 'failed 0']);
});

test('a preview says what a sync would do', () => {
    renderPage(<RunCounts mode='preview' counts={counts}/>);

    expect(shown()).toEqual(['in the directory 1,200', 'in scope 40', 'create 3', 'update 0', 'deactivate 2']);
});

test('the numbers have Korean names', () => {
    renderPage(<RunCounts mode='preview' counts={counts}/>, {locale: 'ko'});

    expect(shown()).toEqual(['디렉터리 1,200', '범위 내 40', '생성 3', '업데이트 0', '비활성화 2']);
});
