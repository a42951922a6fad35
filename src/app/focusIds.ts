/** Where the keyboard goes by a command, as element ids; apart, so that commands load no panel. */

/** To find a part. */
export const PALETTE_SEARCH_ID = 'palette-search'

/** To configure what is selected. */
export const INSPECTOR_ID = 'inspector'

/** To type a command. */
export const CONSOLE_INPUT_ID = 'console-input'
