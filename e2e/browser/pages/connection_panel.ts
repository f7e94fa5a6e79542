import type {Locator} from 'playwright-core';

import type {Words} from '../words';

/** Tests the saved settings against Microsoft. */
export class ConnectionPanel {
    constructor(readonly root: Locator, private readonly words: Words) {}

    get button(): Locator {
        return this.root.getByRole('button', {name: this.words('entrasync.connection.test')});
    }

    /** The step `token`, `users`, or `groups`, with its result. */
    step(name: string): Locator {
        return this.root.getByRole('listitem').filter({hasText: this.words(`entrasync.step.${name}`)});
    }

    /** The result of the test. */
    verdict(verdict: 'ok' | 'failed'): Locator {
        return this.root.getByText(this.words(`entrasync.connection.${verdict}`));
    }

    /** Runs the test, and waits for the result. */
    async test(verdict: 'ok' | 'failed'): Promise<void> {
        await this.button.click();
        await this.verdict(verdict).waitFor();
    }
}
