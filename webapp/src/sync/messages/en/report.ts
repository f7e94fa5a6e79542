/** The head of the CSV export and the message to the administrators. */
export const report = {
    'csv.action': 'Action',
    'csv.status': 'Status',
    'csv.reason': 'Reason',
    'csv.display_name': 'Display name',
    'csv.email': 'E-mail address',
    'csv.username': 'Username',
    'csv.object_id': 'Object ID',
    'csv.account_id': 'Account ID',
    'csv.fields': 'Fields',
    'csv.error': 'Error',
    'notice.held': 'Entra Sync holds changes back until an administrator approves them (started by: {trigger}, {time}).',
    'notice.failed': 'The run of Entra Sync has failed (started by: {trigger}, {time}).',
    'notice.interrupted': 'The run of Entra Sync was interrupted (started by: {trigger}, {time}).',
    'notice.stopped_early': 'The run of Entra Sync could do only part of its work (started by: {trigger}, {time}).',
    'notice.partial': 'Done until then: {counts}',
    'notice.look': 'Open Entra Sync in the System Console',
};
