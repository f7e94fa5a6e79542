import type {Locator} from 'playwright-core';

import type {Words} from '../words';

/** The notice about held changes at the top of the section. */
export class HeldNotice {
    constructor(private readonly section: Locator, private readonly words: Words) {}

    /** The notice when this many changes are held. */
    root(count: number): Locator {
        return this.section.locator('.sectionNoticeContainer').filter({hasText: this.words('entrasync.held.title', {count})});
    }

    get reviewButton(): Locator {
        return this.button('entrasync.held.review');
    }

    get approveAllButton(): Locator {
        return this.button('entrasync.held.approve_all');
    }

    /** The input for the number of changes before they are approved. */
    typedCount(count: number): Locator {
        return this.section.getByRole('textbox', {name: this.words('entrasync.held.type_count', {count})});
    }

    approveButton(count: number): Locator {
        return this.button('entrasync.held.approve', {count});
    }

    /** Approves all `count` changes, including more than five deactivations. */
    async approveAll(count: number): Promise<void> {
        await this.approveAllButton.click();
        await this.typedCount(count).fill(String(count));
        await this.approveButton(count).click();
    }

    /** Discards all `count` held changes. */
    async discardAll(count: number): Promise<void> {
        await this.button('entrasync.held.discard_all').click();
        await this.button('entrasync.held.discard', {count}).click();
    }

    private button(id: string, values?: Record<string, number>): Locator {
        return this.section.getByRole('button', {name: this.words(id, values), exact: true});
    }
}
