// @ts-check
// Written in the oldest module syntax, without imports, so that an old Node can still run it.

/**
 * Whether this project's tools run on that version. The same range as `engines` in package.json:
 * 20.19 and later of 20, 22.12 and later of 22, anything newer.
 * @param {string} version as in `process.versions.node`
 */
export function isSupportedNode(version) {
  const parts = version.split('.').map(Number)
  const major = parts[0]
  const minor = parts[1]
  return (major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major > 22
}

/** Ends the process with a sentence for people when Node is too old. */
export function requireNode() {
  if (isSupportedNode(process.versions.node)) return
  console.error(
    'Switchyard needs Node.js 20.19 or newer (of version 22: 22.12 or newer); this is ' +
      process.versions.node +
      '.\nInstall a newer one from nodejs.org or with your version manager, then run this again.',
  )
  process.exit(1)
}
