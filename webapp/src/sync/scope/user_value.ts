/** One attribute of the user that is being judged: its text, '' when there is none, or the texts of a list. */
export interface UserValue {

    /** Names the attribute and its form. */
    readonly key: string;
    text: string | string[];
}
