import type {EditorProps} from '../policy/editors';

/** Which account field gets what from the directory. */
export default function FieldsEditor({policy}: EditorProps) {
    return <pre>{JSON.stringify(policy?.mapping, null, 2)}</pre>;
}
