import type {Theme} from 'react-select';

const text = (alpha: number) => `rgba(var(--center-channel-color-rgb), ${alpha})`;
const button = (alpha: number) => `rgba(var(--button-bg-rgb), ${alpha})`;

/** The colors of the current console theme for a react-select box. */
export function selectTheme(theme: Theme): Theme {
    return {
        ...theme,
        borderRadius: 4,
        colors: {
            ...theme.colors,
            primary: 'var(--button-bg)',
            primary75: button(0.6),
            primary50: button(0.16),
            primary25: button(0.08),
            danger: 'var(--error-text)',
            dangerLight: 'rgba(var(--error-text-color-rgb), 0.12)',
            neutral0: 'var(--center-channel-bg)',
            neutral5: text(0.04),
            neutral10: text(0.08),
            neutral20: text(0.16),
            neutral30: text(0.4),
            neutral40: text(0.76),
            neutral50: text(0.76),
            neutral60: text(0.76),
            neutral70: text(0.88),
            neutral80: 'var(--center-channel-color)',
            neutral90: 'var(--center-channel-color)',
        },
    };
}
