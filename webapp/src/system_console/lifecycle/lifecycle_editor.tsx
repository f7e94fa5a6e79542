import type {EditorProps} from '../policy/editor_props';

import {GuardSection} from './guard_section';
import {LeaversSection} from './leavers_section';
import {LifecycleSection} from './lifecycle_section';
import {LimitsSection} from './limits_section';
import {MatchingSection} from './matching_section';
import {SignInSection} from './sign_in_section';
import './styles.css';

/** The lifecycle of accounts: sign-in, matching, users who left, limits, and the changes that need approval. */
export default function RulesEditor({document, faults, isDisabled, onChange}: EditorProps) {
    const props = {document, faults, isDisabled, onChange};
    return (
        <div className='EntraSync__rules'>
            <SignInSection {...props}/>
            <MatchingSection {...props}/>
            <LifecycleSection {...props}/>
            <LeaversSection {...props}/>
            <GuardSection {...props}/>
            <LimitsSection {...props}/>
        </div>
    );
}
