// Runs before anything is painted, so that a dark page never flashes white. The app takes over
// afterwards (src/app/theme.ts); both read the same key.
;(function () {
  // An embedded page is told by its address; the visitor's own choice is for the editor.
  var query = new URLSearchParams(location.search)
  var choice = query.has('embed') ? query.get('theme') : null
  try {
    if (!query.has('embed')) choice = localStorage.getItem('switchyard.theme')
  } catch {
    // Storage may be denied; then the system decides.
  }
  var dark =
    choice === 'dark' || (choice !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
  document.documentElement.dataset.theme = dark ? 'dark' : 'light'
})()
