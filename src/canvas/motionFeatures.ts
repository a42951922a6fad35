/** What framer-motion animates with; loaded after the first picture, which stands still anyway. */
export { domAnimation as default } from 'framer-motion'
