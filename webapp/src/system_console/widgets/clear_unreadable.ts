/** Empties a box of a number that shows something else, such as “-”: to React it is empty already, so that the text would stay although it is not stored. */
export function clearUnreadable(box: HTMLInputElement): void {
    if (box.validity.badInput) {
        box.value = '';
    }
}
