import type {Locator} from 'playwright-core';

import type {Words} from '../words';

/** The editor of the rules for teams and channels. */
export class MembershipsPanel {
    constructor(readonly root: Locator, private readonly words: Words) {}

    get addButton(): Locator {
        return this.root.getByRole('button', {name: this.words('entrasync.users.rule_add'), exact: true});
    }

    /** The rule with this number, starting at 1. */
    card(number: number): Locator {
        return this.root.locator('.EntraSync__rule-card').nth(number - 1);
    }

    /** The line of a rule, which opens and folds it. */
    head(number: number): Locator {
        return this.card(number).locator('.EntraSync__ruleName');
    }

    /** A control of a rule by its label. */
    control(number: number, label: string): Locator {
        return this.card(number).getByLabel(this.words(label), {exact: true});
    }

    /** Selects an existing team or channel. */
    async pick(number: number, kind: 'team' | 'channel', name: string): Promise<void> {
        const box = this.control(number, `entrasync.memberships.${kind}_name`);
        await box.click();
        await box.fill(name);
        await this.root.getByRole('option', {name: new RegExp(name)}).first().click();
    }

    /** The effect of the rules on the screen, once it is calculated. */
    async effect(): Promise<Locator> {
        const effect = this.root.locator('.EntraSync__membershipEffect');
        await this.root.locator('.EntraSync__membershipEffect[aria-busy=false]').waitFor();
        return effect;
    }
}
