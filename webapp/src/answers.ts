/** The types of the server's answers, and the checks of answers that docs/openapi.yaml does not describe (answer_schemas.ts has the others). */
import * as v from 'valibot';

import {
    faultSchema,
    runSchema,
    type changeListSchema,
    type connectionReportSchema,
    type directoryListSchema,
    type explanationSchema,
    type groupListSchema,
    type historyListSchema,
    type overviewSchema,
    type runListSchema,
    type runTargetListSchema,
    type targetMemberListSchema,
    type statusSchema,
    type targetListSchema,
} from './answer_schemas';
import {pluginId} from './manifest';

/** An account, as Mattermost's own API answers it. */
const accountSchema = v.looseObject({id: v.string(), username: v.string()});
export const accountsSchema = v.array(accountSchema);

/** Mattermost's configuration, as far as we look at it: what other plugins store there is theirs. */
export const configSchema = v.looseObject({
    PluginSettings: v.looseObject({Plugins: v.looseObject({[pluginId]: v.nullish(v.record(v.string(), v.unknown()), {})})}),
});

/** What a lookup answers is read by the sync logic, as in a run. */
export const lookupSchema = v.record(v.string(), v.unknown());

/** The body of a refused request, as the plugin or as Mattermost itself writes it. */
export const refusalSchema = v.looseObject({...faultSchema.entries, message: v.string(), hint: v.optional(v.string(), ''), run: v.optional(runSchema)});

export type RunAnswer = v.InferOutput<typeof runSchema>;
export type StatusAnswer = v.InferOutput<typeof statusSchema>;
export type OverviewAnswer = v.InferOutput<typeof overviewSchema>;
export type GroupAnswer = v.InferOutput<typeof groupListSchema>['groups'][number];
export type TargetAnswer = v.InferOutput<typeof targetListSchema>['targets'][number];
export type ConnectionAnswer = v.InferOutput<typeof connectionReportSchema>;
export type ConnectionStep = ConnectionAnswer['steps'][number];
export type RunPage = v.InferOutput<typeof runListSchema>;
export type ChangePage = v.InferOutput<typeof changeListSchema>;
export type ChangeAnswer = ChangePage['changes'][number];
export type HistoryPage = v.InferOutput<typeof historyListSchema>;
export type PastChange = HistoryPage['changes'][number];
export type RunTargetPage = v.InferOutput<typeof runTargetListSchema>;
export type RunTarget = RunTargetPage['targets'][number];
export type TargetMemberPage = v.InferOutput<typeof targetMemberListSchema>;
export type TargetMemberAnswer = TargetMemberPage['members'][number];
export type ExplanationAnswer = v.InferOutput<typeof explanationSchema>;
export type DirectoryPageAnswer = v.InferOutput<typeof directoryListSchema>;
export type CountsAnswer = RunAnswer['counts'];
