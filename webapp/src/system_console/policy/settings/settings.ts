import type {Fault} from '../../../sync/errors';
import {parsePolicy} from '../../../sync/policy/parse';
import type {EditorProps} from '../editor_props';
import {hasFaultAt} from '../fault_places';
import {partOf, withPart} from '../policy_document';

/** What a control of this tab needs of the editor. */
export type SettingProps = Pick<EditorProps, 'document' | 'faults' | 'isDisabled' | 'onChange'>;

/** One setting of the policy as shown on the screen. */
interface Setting {

    /** Its path, such as `Policy.accounts.matching`. */
    faultPath: string;

    /** What the document says, its default where it says nothing. */
    value: unknown;
    byDefault: unknown;

    /** It is as by default. */
    isDefault: boolean;
    hasFault: boolean;

    /** Sets it; the default takes the key out of the document. */
    set(value: unknown): void;
    reset(): void;
}

/** All defaults, as the policy's own schema fills them in. */
const defaults = parsePolicy({}).policy as unknown as Record<string, unknown>;

export function settingAt({document, faults, onChange}: Pick<SettingProps, 'document' | 'onChange'> & {faults: readonly Fault[]}, path: readonly string[]): Setting {
    const stored = partOf(document, path);
    const byDefault = partOf(defaults, path);
    const isSame = (value: unknown) => JSON.stringify(value) === JSON.stringify(byDefault);
    const reset = () => onChange(withPart(document, path, undefined));
    const faultPath = `Policy.${path.join('.')}`;
    return {
        faultPath,
        value: stored === undefined ? byDefault : stored,
        byDefault,
        isDefault: stored === undefined || isSame(stored),
        hasFault: hasFaultAt(faults, faultPath),
        set: (value) => (isSame(value) ? reset() : onChange(withPart(document, path, value))),
        reset,
    };
}
