/** Sizes in px for jsdom, which lays nothing out: without a height a virtual list shows no row. Everything can scroll without an end. */
export function giveSizes({scroller, row}: {scroller: number; row: number}): void {
    const height = {
        configurable: true,
        get(this: HTMLElement) {
            return this.tagName === 'TR' ? row : scroller;
        },
    };
    const width = {configurable: true, get: () => 800};
    Object.defineProperties(HTMLElement.prototype, {
        offsetHeight: height,
        clientHeight: height,
        offsetWidth: width,
        clientWidth: width,
        scrollHeight: {configurable: true, get: () => Number.MAX_SAFE_INTEGER},
    });
    Element.prototype.scrollTo = function scrollTo(this: Element, options?: ScrollToOptions | number) {
        this.scrollTop = typeof options === 'object' ? options.top ?? 0 : 0;
        setTimeout(() => this.dispatchEvent(new Event('scroll')));
    } as Element['scrollTo'];
}
