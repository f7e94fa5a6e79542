import type {Locator} from 'playwright-core';

import {eventually} from '../eventually';
import type {Words} from '../words';

/** Starts and cancels runs, and shows the current or latest one. */
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

    /** The tag with the final state of the latest run. */
    state(state: string): Locator {
        return this.root.locator('.EntraSync__tag').getByText(this.words(`entrasync.run_state.${state}`), {exact: true});
    }

    /** The number that a sync shows for a count, such as `created`. */
    count(name: string): Promise<number> {
        return this.numberOf(`entrasync.count.${name}`);
    }

    /** The number that a preview shows for an action, such as `create`. */
    planned(action: string): Promise<number> {
        return this.numberOf(`entrasync.action.${action}`);
    }

    private async numberOf(id: string): Promise<number> {
        const fact = this.root.locator('.EntraSync__counts > div').filter({has: this.root.page().getByText(this.words(id), {exact: true})});
        return Number((await fact.getByRole('definition').innerText()).replaceAll(',', ''));
    }

    /** Waits for the end of a run that created this number of accounts. */
    async applied(created: number): Promise<void> {
        await this.state('succeeded').waitFor();
        await eventually(() => this.count('created'), (count) => count === created);
        await this.root.getByText(this.words('entrasync.mode.apply')).first().waitFor();
    }

    /** Starts a run and waits until it ends. */
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
