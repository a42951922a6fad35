/** How a page and the server that serves it with a world find each other. */

/** Where a served page finds the world. */
export const LIVE_PATH = '/_switchyard/live'
/** The name of the meta element by which a page is told that it is served with a world. */
export const LIVE_META = 'switchyard-live'

/** Of a served world: the wall's, or one that stands still until it is advanced. */
export type LiveClock = 'real' | 'virtual'
