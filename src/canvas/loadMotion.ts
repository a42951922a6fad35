/** `features` of every `LazyMotion`: until they are here, elements stand where they will end. */
export const loadMotion = () => import('./motionFeatures.ts').then((module) => module.default)
