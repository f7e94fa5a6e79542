/** @jest-environment jsdom */
import {screen} from '@testing-library/react';
import userEvent from '@testing-library/user-event';

import {renderPage} from '../../testing/render_page';

import {lazyInPage} from './lazy_in_page';
import {Panel} from './panel';

function Greeting({name}: {name: string}) {
    return <p>{`Hello ${name}`}</p>;
}

test('is loaded when it is first shown, and only once', async () => {
    const load = jest.fn(async () => ({default: Greeting}));
    const Part = lazyInPage(load);
    expect(load).not.toHaveBeenCalled();

    const {unmount} = renderPage(<Part name='Kim'/>);
    expect(screen.getByRole('status')).toHaveTextContent('Loading');
    expect(await screen.findByText('Hello Kim')).toBeVisible();
    unmount();
    renderPage(<Part name='Lee'/>);
    expect(screen.getByText('Hello Lee')).toBeVisible();
    expect(load).toHaveBeenCalledTimes(1);
});

test('a part that cannot be loaded leaves the page around it alone, and can be tried again', async () => {
    const load = jest.fn(async () => ({default: Greeting})).mockRejectedValueOnce(new Error('ChunkLoadError'));
    const Part = lazyInPage(load);
    renderPage(<Panel title='Around'><p>{'unsaved'}</p><Part name='Kim'/></Panel>);

    expect(await screen.findByRole('alert')).toHaveTextContent('This part of the page could not be loaded.');
    expect(screen.getByText('unsaved')).toBeVisible();
    await userEvent.click(screen.getByRole('button', {name: 'Try again'}));
    expect(screen.getByRole('region', {name: 'Around'})).toHaveFocus();
    expect(await screen.findByText('Hello Kim')).toBeVisible();
});

test('a part that fails to load again is reported again, in Korean', async () => {
    const Part = lazyInPage<{name: string}>(() => Promise.reject(new Error('ChunkLoadError')));
    renderPage(<Part name='Kim'/>, {locale: 'ko'});

    await userEvent.click(await screen.findByRole('button', {name: '다시 시도'}));
    expect(await screen.findByRole('alert')).toHaveTextContent('페이지의 이 부분을 불러오지 못했습니다.');
});
