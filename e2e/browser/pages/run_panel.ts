import type {Locator} from 'playwright-core';

import {eventually} from '../eventually';
import type {Words} from '../words';

/** Starts and stops runs, and shows how the current or newest one stands. */
export class RunPanel {
    constructor(readonly root: Locator, private readonly words: Words) {}

    get previewButton(): Locator {
        return this.button('entrasync.run.preview');
    }

    get applyButton(): Locator {
        return this.button('entrasync.run.apply');
    }

    get cancelButton(): Locator {
        return this.button('entrasync.run.cancel');
    }

    get progressBar(): Locator {
        return this.root.getByRole('progressbar');
    }

    /** The tag with the state in which the newest run ended. */
    state(state: string): Locator {
        return this.root.locator('.EntraSync__tag').getByText(this.words(`entrasync.run_state.${state}`), {exact: true});
    }

    /** The number that a sync shows for a kind of people, such as `created`. */
    count(name: string): Promise<number> {
        return this.numberOf(`entrasync.count.${name}`);
    }

    /** The number that a preview shows for what would be done, such as `create`. */
    planned(action: string): Promise<number> {
        return this.numberOf(`entrasync.action.${action}`);
    }

    private async numberOf(id: string): Promise<number> {
        const fact = this.root.locator('.EntraSync__counts > div').filter({has: this.root.page().getByText(this.words(id), {exact: true})});
        return Number((await fact.getByRole('definition').innerText()).replaceAll(',', ''));
    }

    /** Waits for the end of a run that made so many accounts. */
    async applied(created: number): Promise<void> {
        await this.state('succeeded').waitFor();
        await eventually(() => this.count('created'), (count) => count === created);
        await this.root.getByText(this.words('entrasync.mode.apply')).first().waitFor();
    }

    /** Starts a run and waits for its end. */
    async perform(mode: 'preview' | 'apply', state = 'succeeded'): Promise<void> {
        const started = this.root.page().waitForResponse((answer) => answer.url().endsWith('/runs') && answer.request().method() === 'POST');
        await (mode === 'preview' ? this.previewButton : this.applyButton).click();
        await started;
        await this.applyButton.waitFor();
        await this.state(state).waitFor();
    }

    private button(id: string): Locator {
        return this.root.getByRole('button', {name: this.words(id), exact: true});
    }
}
