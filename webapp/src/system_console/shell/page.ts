/** Everything that main.js loads when the page is first opened. */
import '../styles.css';

export {listen} from '../../store/listen';
export {PolicySetting} from './policy_setting';
export {SyncSection} from './sync_section';
