import AlertCircleOutline from '@mattermost/compass-icons/components/alert-circle-outline';
import AlertOutline from '@mattermost/compass-icons/components/alert-outline';
import ArrowDown from '@mattermost/compass-icons/components/arrow-down';
import ArrowRight from '@mattermost/compass-icons/components/arrow-right';
import ArrowUp from '@mattermost/compass-icons/components/arrow-up';
import Check from '@mattermost/compass-icons/components/check';
import CheckCircleOutline from '@mattermost/compass-icons/components/check-circle-outline';
import ChevronDown from '@mattermost/compass-icons/components/chevron-down';
import ChevronRight from '@mattermost/compass-icons/components/chevron-right';
import DownloadOutline from '@mattermost/compass-icons/components/download-outline';
import InformationOutline from '@mattermost/compass-icons/components/information-outline';
import Plus from '@mattermost/compass-icons/components/plus';
import TrashCanOutline from '@mattermost/compass-icons/components/trash-can-outline';

const icons = {
    add: Plus,
    closed: ChevronRight,
    danger: AlertCircleOutline,
    done: Check,
    down: ArrowDown,
    download: DownloadOutline,
    info: InformationOutline,
    open: ChevronDown,
    remove: TrashCanOutline,
    success: CheckCircleOutline,
    to: ArrowRight,
    up: ArrowUp,
    warning: AlertOutline,
};

export type IconName = keyof typeof icons;

/** One of Mattermost's icons (Compass). It repeats what a text or a label says, so screen readers skip it. */
export function Icon({name, size = 16}: {name: IconName; size?: number}) {
    const Svg = icons[name];
    return <Svg className='EntraSync__icon' size={size} aria-hidden={true}/>;
}
