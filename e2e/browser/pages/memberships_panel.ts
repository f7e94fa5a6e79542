import type {Locator} from 'playwright-core';

import type {Words} from '../words';

/** Until the effect of a change begins to be calculated, in milliseconds. */
const pause = 500;

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

    /** How many teams and channels the rules on the screen have, and how many users join them, once that is calculated. */
    async sums(): Promise<{total: number; join: number}> {
        await this.root.page().waitForTimeout(pause);
        await this.root.locator('.EntraSync__membershipEffect[aria-busy=false]').waitFor();
        const titles = await this.root.locator('.EntraSync__membershipEffect .EntraSync__foldTitle').allInnerTexts();
        const [before = '', after = ''] = this.words('entrasync.memberships.effect_target', {name: '', state: 'existing', join: 7, leave: 0, stay: 0, promote: 0, demote: 0}).split('7');
        const pattern = new RegExp(`${before}(\\d+)${after.replace(/0.*$/, '')}`);
        return {total: titles.length, join: titles.reduce((sum, title) => sum + Number(pattern.exec(title)?.[1] ?? NaN), 0)};
    }
}
