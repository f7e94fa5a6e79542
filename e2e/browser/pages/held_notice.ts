import type {Locator} from 'playwright-core';

import type {Words} from '../words';

/** What is held, on top of the section, and the way to let it through. */
export class HeldNotice {
    constructor(private readonly section: Locator, private readonly words: Words) {}

    /** The notice while this many changes wait. */
    root(count: number): Locator {
        return this.section.locator('.sectionNoticeContainer').filter({hasText: this.words('entrasync.held.title', {count})});
    }

    get reviewButton(): Locator {
        return this.button('entrasync.held.review');
    }

    get approveAllButton(): Locator {
        return this.button('entrasync.held.approve_all');
    }

    /** Where the count is typed before this many changes are approved. */
    typedCount(count: number): Locator {
        return this.section.getByRole('textbox', {name: this.words('entrasync.held.type_count', {count})});
    }

    approveButton(count: number): Locator {
        return this.button('entrasync.held.approve', {count});
    }

    /** Approves everything, which is `count` changes, more than five deactivations among them. */
    async approveAll(count: number): Promise<void> {
        await this.approveAllButton.click();
        await this.typedCount(count).fill(String(count));
        await this.approveButton(count).click();
    }

    /** Gives everything up that waits, which is `count` changes. */
    async discardAll(count: number): Promise<void> {
        await this.button('entrasync.held.discard_all').click();
        await this.button('entrasync.held.discard', {count}).click();
    }

    private button(id: string, values?: Record<string, number>): Locator {
        return this.section.getByRole('button', {name: this.words(id, values), exact: true});
    }
}
