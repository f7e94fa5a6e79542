/**
 * Selects each element by its ID, as Mattermost's performance reporter does with those that are slow to appear or to respond. An
 * ID that is not a valid selector is an uncaught error, which fails every browser test.
 */
function selectByIds(elements: Iterable<Element>): void {
    for (const {id} of elements) {
        if (id) {
            document.querySelector(`#${id}`);
        }
    }
}

/** Starts to select all elements that are added to the page. */
export function startReporter(): void {
    const observer = new MutationObserver((records) => {
        for (const node of records.flatMap(({type, target, addedNodes}) => (type === 'attributes' ? [target] : [...addedNodes]))) {
            if (node instanceof Element && node.isConnected) {
                selectByIds([node, ...node.querySelectorAll('[id]')]);
            }
        }
    });
    observer.observe(document, {subtree: true, childList: true, attributeFilter: ['id']});
}
