import {command} from './ko/command';
import {errorsDirectory} from './ko/errors_directory';
import {errorsMattermost} from './ko/errors_mattermost';
import {errorsRuns} from './ko/errors_runs';
import {errorsSetup} from './ko/errors_setup';
import {health} from './ko/health';
import {report} from './ko/report';
import {run} from './ko/run';
import type {Catalogue} from './keys';

export const ko: Catalogue = {
    ...errorsSetup,
    ...errorsDirectory,
    ...errorsMattermost,
    ...errorsRuns,
    ...run,
    ...command,
    ...report,
    ...health,
};
