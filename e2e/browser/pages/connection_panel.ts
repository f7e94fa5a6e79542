import type {Locator} from 'playwright-core';

import type {Words} from '../words';

/** Tests the saved settings against Microsoft. */
export class ConnectionPanel {
    constructor(readonly root: Locator, private readonly words: Words) {}

    get button(): Locator {
        return this.root.getByRole('button', {name: this.words('entrasync.connection.test')});
    }

    /** One of `token`, `users`, `groups`, with everything that is said about it. */
    step(name: string): Locator {
        return this.root.getByRole('listitem').filter({hasText: this.words(`entrasync.step.${name}`)});
    }

    /** How the test went. */
    verdict(verdict: 'ok' | 'failed'): Locator {
        return this.root.getByText(this.words(`entrasync.connection.${verdict}`));
    }

    /** Tests, and waits for the verdict. */
    async test(verdict: 'ok' | 'failed'): Promise<void> {
        await this.button.click();
        await this.verdict(verdict).waitFor();
    }
}
