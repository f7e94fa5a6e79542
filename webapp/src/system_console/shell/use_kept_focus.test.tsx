/** @jest-environment jsdom */
import {render, screen, waitFor} from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {useRef} from 'react';

import {useKeptFocus} from './use_kept_focus';

interface Props {
    isThere?: boolean;
    isOff?: boolean;
    hasPanel?: boolean;
}

function Page({isThere = true, isOff = false, hasPanel = true}: Props) {
    const root = useRef<HTMLDivElement>(null);
    useKeptFocus(root);
    return (
        <>
            <div ref={root}>
                <div role='tabpanel'>
                    {hasPanel && <section aria-label='Test'>{isThere && <button type='button' disabled={isOff}>{'Start'}</button>}</section>}
                    <input aria-label='Name'/>
                </div>
            </div>
            <button type='button'>{'Save'}</button>
        </>
    );
}

/** The page with the focus on Start. */
async function begin() {
    const page = render(<Page/>);
    await userEvent.tab();
    expect(start()).toHaveFocus();
    return page;
}

const start = () => screen.getByRole('button', {name: 'Start'});
const panel = () => screen.getByRole('region', {name: 'Test'});

test('what goes off hands the focus to its panel, and has it again once it is on', async () => {
    const {rerender} = await begin();
    rerender(<Page isOff={true}/>);
    await waitFor(() => expect(panel()).toHaveFocus());

    rerender(<Page/>);
    await waitFor(() => expect(start()).toHaveFocus());
});

test('what goes away hands the focus to its panel, and what goes away with its panel to what is below the tabs', async () => {
    const {rerender} = await begin();
    rerender(<Page isThere={false}/>);
    await waitFor(() => expect(panel()).toHaveFocus());

    rerender(<Page hasPanel={false}/>);
    await waitFor(() => expect(screen.getByRole('tabpanel')).toHaveFocus());
});

test('who has gone on is left alone', async () => {
    const {rerender} = await begin();
    rerender(<Page isOff={true}/>);
    await waitFor(() => expect(panel()).toHaveFocus());
    await userEvent.tab();
    rerender(<Page/>);
    await pause();
    expect(screen.getByRole('textbox')).toHaveFocus();
});

test('who has clicked beside all controls, or left for the console around the page, gets no focus back', async () => {
    const {rerender} = await begin();
    await userEvent.click(document.body);
    rerender(<Page isThere={false}/>);
    await pause();
    expect(document.body).toHaveFocus();

    await userEvent.click(screen.getByRole('textbox'));
    await userEvent.click(screen.getByRole('button', {name: 'Save'}));
    screen.getByRole('button', {name: 'Save'}).blur();
    rerender(<Page/>);
    await pause();
    expect(document.body).toHaveFocus();
});

/** Longer than the mending takes. */
function pause(): Promise<void> {
    return new Promise((settle) => setTimeout(settle, 20));
}
