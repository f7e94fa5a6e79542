/** @jest-environment jsdom */
import {screen} from '@testing-library/react';

import {renderPage} from '../../testing/render_page';

import {Panel} from './panel';

test('a panel that the user asked for has the focus, and its top is in view, so that what it loads is too', () => {
    const scrolled = jest.spyOn(Element.prototype, 'scrollIntoView');
    renderPage(<><Panel title='Run'>{null}</Panel><Panel title='Changes' isAskedFor={true}>{null}</Panel></>);

    const panel = screen.getByRole('region', {name: 'Changes'});
    expect(panel).toHaveFocus();
    expect(scrolled.mock.contexts).toEqual([panel]);
    expect(scrolled).toHaveBeenCalledWith({block: 'start'});
});
