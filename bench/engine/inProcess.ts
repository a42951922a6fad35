/** What `inTurn.mjs` measures of ours, as one bundle. */
export { closedLoop } from './closedLoop.ts'
export { outside } from './outside.ts'
