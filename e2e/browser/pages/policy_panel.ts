import type {Locator} from 'playwright-core';

import type {Words} from '../words';

/** The editor of the policy, as a form or as JSON. */
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

    /** The heading of a section, which opens or folds it. */
    section(title: string): Locator {
        return this.root.getByRole('button', {name: this.words(title), exact: true});
    }

    /** Opens all sections. */
    async unfold(): Promise<void> {
        const folded = this.root.getByRole('button', {expanded: false});
        await folded.first().waitFor();
        while (await folded.count() > 0) {
            await folded.first().click();
        }
    }

    get signIn(): Locator {
        return this.root.getByRole('combobox', {name: this.words('entrasync.sign_in.method')});
    }

    /** The effect of the policy on the screen. */
    get effect(): Locator {
        return this.root.locator('.EntraSync__effectBar');
    }

    /** The list of users added or removed compared with the saved policy, when there are this many. */
    moved(side: 'in' | 'out', count: number): Locator {
        return this.root.getByText(this.words(`entrasync.effect.${side}`, {count}), {exact: true});
    }

    /** The number of users added or removed compared with the saved policy, as soon as there are some. */
    async movedCount(side: 'in' | 'out'): Promise<number> {
        const [before = '', after = ''] = this.words(`entrasync.effect.${side}`, {count: 7}).split('7');
        const sum = this.root.getByText(new RegExp(`^${before}[0-9]+${after}$`));
        return Number((await sum.innerText()).slice(before.length, -after.length));
    }

    /** The line of a rule, which opens the rule. */
    rule(name: string): Locator {
        return this.root.getByRole('button', {name: new RegExp(`${name}$`), expanded: false});
    }

    /** The value of the only open condition. */
    get ruleValue(): Locator {
        return this.root.getByLabel(this.words('entrasync.users.rule_value'), {exact: true});
    }

    /** How often a sync would do this, as calculated for what is on the screen. */
    async planned(action: string): Promise<number> {
        await this.root.locator('.EntraSync__plan[aria-busy=false]').waitFor();
        const fact = this.root.locator('.EntraSync__plan .EntraSync__counts > div').filter({has: this.root.page().getByText(this.words(`entrasync.action.${action}`), {exact: true})});
        return Number((await fact.getByRole('definition').innerText()).replaceAll(',', ''));
    }

    /** Adds a rule with one condition at the end of the list. */
    async addRule({name, effect, attribute, operator, value}: Record<'name' | 'effect' | 'attribute' | 'operator' | 'value', string>): Promise<void> {
        await this.root.getByRole('button', {name: this.words('entrasync.users.rule_add'), exact: true}).click();
        const rule = this.root.locator('.EntraSync__rule-card').last();
        await rule.getByLabel(this.words('entrasync.users.rule_name'), {exact: true}).fill(name);
        await rule.getByLabel(this.words('entrasync.users.rule_effect'), {exact: true}).selectOption(effect);
        await rule.getByLabel(this.words('entrasync.users.rule_attribute'), {exact: true}).fill(attribute);
        await rule.getByLabel(this.words('entrasync.users.rule_operator'), {exact: true}).selectOption(operator);
        await rule.getByLabel(this.words('entrasync.users.rule_value'), {exact: true}).fill(value);
    }

    /** Switches between form and JSON. */
    modeButton(leadsTo: 'form' | 'text'): Locator {
        return this.root.getByRole('button', {name: this.words(`entrasync.policy.show_${leadsTo}`)});
    }

    /** The name in row `number`, starting at 1. */
    name(number: number): Locator {
        return this.root.getByRole('textbox', {name: this.words('entrasync.allow.name', {number}), exact: true});
    }

    async addName(name: string): Promise<void> {
        await this.newName.fill(name);
        await this.newName.press('Enter');
    }
}
