/** Puts a text on the clipboard; false when the browser refuses. Sites on plain http have no `navigator.clipboard`. */
export async function copyText(text: string): Promise<boolean> {
    try {
        await navigator.clipboard.writeText(text);
        return true;
    } catch {
        return copyBySelection(text);
    }
}

function copyBySelection(text: string): boolean {
    const focused = document.activeElement;
    const area = document.createElement('textarea');
    area.value = text;
    area.className = 'EntraSync__clipboard';
    document.body.append(area);
    area.focus({preventScroll: true});
    area.select();
    try {
        return document.execCommand('copy');
    } catch {
        return false;
    } finally {
        area.remove();
        if (focused instanceof HTMLElement) {
            focused.focus();
        }
    }
}
