/** Everything that main.js loads when the page is first opened. */
import '../client_rules.css';
import '../styles.css';

export {listen} from '../../store/listen';
export {PageWithQueries as SyncSection} from './page_with_queries';
export {PolicySetting} from './policy_setting';
