import type {Locator, Page} from 'playwright-core';

import {eventually} from '../eventually';
import type {Tab} from '../../../webapp/src/store/place';
import type {Words} from '../words';

import {ChangesPanel} from './changes_panel';
import {ConnectionPanel} from './connection_panel';
import {HeldNotice} from './held_notice';
import {MembershipsPanel} from './memberships_panel';
import {PolicyPanel} from './policy_panel';
import {RunPanel} from './run_panel';
import {RunsPanel} from './runs_panel';

/** The System Console with the plugin's settings. */
export class ConsolePage {
    readonly people: PolicyPanel;
    readonly rules: PolicyPanel;
    readonly memberships: MembershipsPanel;
    readonly connection: ConnectionPanel;
    readonly held: HeldNotice;
    readonly run: RunPanel;
    readonly changes: ChangesPanel;
    readonly runs: RunsPanel;

    constructor(readonly page: Page, readonly words: Words, readonly troubles: string[]) {
        const panel = (title: string) => page.getByRole('region', {name: words(title), exact: true});
        this.people = new PolicyPanel(panel('entrasync.policy.users_title'), words);
        this.rules = new PolicyPanel(panel('entrasync.policy.lifecycle_title'), words);
        this.memberships = new MembershipsPanel(panel('entrasync.policy.memberships_title'), words);
        this.connection = new ConnectionPanel(panel('entrasync.connection.title'), words);
        this.held = new HeldNotice(page.locator('.EntraSync'), words);
        this.run = new RunPanel(panel('entrasync.run.title'), words);
        this.changes = new ChangesPanel(panel('entrasync.changes.title'), words);
        this.runs = new RunsPanel(panel('entrasync.runs.title'), words);
    }

    /** The plugin's part of the page, in the reader's language. */
    get section(): Locator {
        return this.page.locator('.EntraSync');
    }

    /** A text setting that the console shows, on its tab. */
    setting(key: string): Locator {
        return this.section.getByRole('textbox', {name: this.words(`entrasync.setting.${key}`), exact: true});
    }

    /** The current value of a setting that is true or false. */
    choice(key: string): Locator {
        return this.section.locator(`[role=radiogroup][id$=".${key.toLowerCase()}"]`).getByRole('radio', {checked: true});
    }

    /** Whether a setting that is true or false is true on the screen. */
    async isOn(key: string): Promise<boolean> {
        return await this.section.getByLabel(this.words(`entrasync.option.${key}.true`), {exact: true}).isChecked();
    }

    /** Changes a setting that is true or false. */
    async choose(key: string, isOn: boolean): Promise<void> {
        await this.section.getByLabel(this.words(`entrasync.option.${key}.${isOn}`), {exact: true}).check();
    }

    /** Turns the plugin on or off with the console's own switch, without saving. */
    async enable(isOn: boolean): Promise<void> {
        const enable = this.page.locator('[role=radiogroup][id$=".Enable"]');
        await enable.getByLabel(this.words(isOn ? 'host.true' : 'host.false'), {exact: true}).check();
    }

    /** The trigger token as it is on the screen. */
    tokenShown(): Promise<string> {
        return this.section.locator('[id$=".triggertoken"]').evaluate((field) => (field as HTMLInputElement).value ?? field.textContent ?? '');
    }

    /** The name of the control with the focus. */
    focusedName(): Promise<string> {
        return this.page.evaluate(() => {
            const control = document.activeElement as HTMLInputElement | null;
            return (control?.labels?.[0] ?? control)?.innerText.trim() ?? '';
        });
    }

    /** Whether the control with the focus is completely visible. */
    isFocusInView(): Promise<boolean> {
        return this.page.evaluate(() => {
            const {top = -1, bottom = 0, left = 0} = document.activeElement?.getBoundingClientRect() ?? {};
            const middle = document.elementFromPoint(left + 2, (top + bottom) / 2);
            return top >= 0 && bottom <= window.innerHeight && document.activeElement!.contains(middle);
        });
    }

    /** The setup guide. */
    get setup(): Locator {
        return this.page.getByRole('region', {name: this.words('entrasync.setup.title'), exact: true});
    }

    /** The notice that another administrator saved settings. */
    get foreign(): Locator {
        return this.section.getByRole('alert').filter({hasText: this.words('entrasync.foreign.title')});
    }

    tab(name: Tab): Locator {
        return this.page.getByRole('tab', {name: this.words(`entrasync.tab.${name}`), exact: true});
    }

    async open(name: Tab): Promise<void> {
        await this.tab(name).click();
        await this.isReady();
    }

    get saveButton(): Locator {
        return this.page.getByRole('button', {name: this.words('host.save'), exact: true});
    }

    /** Why the console could not save. */
    get saveFault(): Locator {
        return this.page.locator('.admin-console-save .error-message');
    }

    /** Waits until the page shows the state of the sync. */
    async isReady(): Promise<void> {
        await this.section.waitFor();
        await this.section.getByText(this.words('entrasync.loading')).first().waitFor({state: 'hidden'});
    }

    /** Saves with the console's button, and waits until the server has stored the settings. */
    async save(): Promise<void> {
        await this.saveButton.click();
        await eventually(() => this.saveButton.isDisabled(), (isDisabled) => isDisabled);
    }

    async reload(): Promise<void> {
        await this.page.reload();
        await this.isReady();
    }
}
