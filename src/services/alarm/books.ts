/** Names and places of an alarm's counters. */
export const COUNTERS = ['toAlarm', 'toOk', 'actions', 'actionsFailed'] as const
export const COUNTER = { toAlarm: 0, toOk: 1, actions: 2, actionsFailed: 3 } as const
