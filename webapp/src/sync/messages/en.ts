import {command} from './en/command';
import {errorsDirectory} from './en/errors_directory';
import {errorsMattermost} from './en/errors_mattermost';
import {errorsRuns} from './en/errors_runs';
import {errorsSetup} from './en/errors_setup';
import {health} from './en/health';
import {report} from './en/report';
import {run} from './en/run';
import type {Catalogue} from './keys';

export const en: Catalogue = {
    ...errorsSetup,
    ...errorsDirectory,
    ...errorsMattermost,
    ...errorsRuns,
    ...run,
    ...command,
    ...report,
    ...health,
};
