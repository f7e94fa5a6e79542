/** @jest-environment jsdom */
import {QueryClient} from '@tanstack/react-query';
import {screen} from '@testing-library/react';

import {FakeServer} from '../../testing/fake_server';
import {renderPage} from '../../testing/render_page';
import {sampleStatus} from '../../testing/samples';

import {PageWithQueries} from './page_with_queries';

const server = new FakeServer();
beforeEach(() => server.install());
afterEach(() => server.uninstall());

test('a page that is left forgets what the server has answered', async () => {
    window.location.hash = '#schedule';
    server.on('GET /status', sampleStatus());
    const clear = jest.spyOn(QueryClient.prototype, 'clear');
    const {unmount} = renderPage(<PageWithQueries settingsList={[]} sectionTitle='from plugin.json'/>);
    await screen.findAllByRole('tab');

    unmount();
    expect(clear).toHaveBeenCalledTimes(1);
});
