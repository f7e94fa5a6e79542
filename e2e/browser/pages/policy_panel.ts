import type {Locator} from 'playwright-core';

import type {Words} from '../words';

/** Who is synced, as a form or as JSON text. */
export class PolicyPanel {
    constructor(readonly root: Locator, private readonly words: Words) {}

    get newName(): Locator {
        return this.root.getByRole('textbox', {name: this.words('entrasync.allow.new_name')});
    }

    get everyone(): Locator {
        return this.root.getByRole('switch', {name: this.words('entrasync.policy.everyone')});
    }

    get text(): Locator {
        return this.root.getByRole('textbox', {name: this.words('entrasync.policy.text')});
    }

    get signIn(): Locator {
        return this.root.getByRole('combobox', {name: this.words('entrasync.sign_in.method')});
    }

    /** Leads to the other way of editing. */
    modeButton(leadsTo: 'form' | 'text'): Locator {
        return this.root.getByRole('button', {name: this.words(`entrasync.policy.show_${leadsTo}`)});
    }

    /** The name in row `number`, which counts from 1. */
    name(number: number): Locator {
        return this.root.getByRole('textbox', {name: this.words('entrasync.allow.name', {number}), exact: true});
    }

    async addName(name: string): Promise<void> {
        await this.newName.fill(name);
        await this.newName.press('Enter');
    }
}
