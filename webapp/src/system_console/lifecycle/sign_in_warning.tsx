import {lookUp} from '../../client';
import {signInFault} from '../../sync/server_rules/sign_in';
import type {AccountsPolicy} from '../../sync/policy/accounts';
import type {ServerRules} from '../../sync/types';
import {FaultNotice} from '../widgets/fault_notice';
import {useAnswer} from '../widgets/use_answer';

/** What this server cannot do of the sign-in method on the screen. The other methods can be checked before they are saved. */
export function SignInWarning({signIn}: {signIn: AccountsPolicy['sign_in']}) {
    const {answer: rules} = useAnswer({
        queryKey: ['server_rules'],
        queryFn: async ({signal}) => await lookUp('accounts.server_rules', {}, signal) as unknown as ServerRules,
    });
    const fault = rules && signInFault(signIn, rules);
    return fault && <FaultNotice fault={fault} kind='warning' isUrgent={false} isAtField={true}/>;
}
