/**
 * Seeded randomness, the same in every browser: many independent streams of sfc32 (Chris
 * Doty-Humphrey, PractRand), their state in one typed array that a snapshot can copy.
 *
 * A stream is named by its key, not by when it was opened, so adding a node moves no other stream.
 * Nothing here allocates once a stream is open.
 */
import { md5Words } from './hash.ts'
import { exp, ln, pow } from './math.ts'

/** The state of all streams: plain data, safe for `structuredClone`. */
export interface RandomStreams {
  /** Four words a stream (a, b, c, counter); has room for more than `count` streams. */
  words: Int32Array
  /** How many streams are open. */
  count: number
}

const WORDS_PER_STREAM = 4
const WARM_UP_DRAWS = 12
const TWO_M32 = 1 / 4294967296
const TWO_M53 = 1 / 9007199254740992

/** No streams yet. */
export const createStreams = (): RandomStreams => ({
  words: new Int32Array(16 * WORDS_PER_STREAM),
  count: 0,
})

/**
 * Opens a stream and returns its index, to be passed to every draw.
 * @param key what the numbers are for, as `${seed}/${nodeId}/${purpose}`: the same key gives the same
 *   numbers, whatever other streams there are; two streams of one key run side by side
 */
export function openStream(streams: RandomStreams, key: string): number {
  const stream = streams.count++
  const base = stream * WORDS_PER_STREAM
  if (base === streams.words.length) {
    const grown = new Int32Array(2 * base)
    grown.set(streams.words)
    streams.words = grown
  }
  const seed = md5Words(key)
  for (let i = 0; i < 3; i++) streams.words[base + i] = seed[i]
  streams.words[base + 3] = 1
  for (let i = 0; i < WARM_UP_DRAWS; i++) draw(streams.words, base)
  return stream
}

/** The next 32 bits of the stream whose state begins at `base`, as a signed integer. */
function draw(words: Int32Array, base: number): number {
  const b = words[base + 1]
  const c = words[base + 2]
  const counter = words[base + 3]
  const out = (((words[base] + b) | 0) + counter) | 0
  words[base + 3] = (counter + 1) | 0
  words[base] = b ^ (b >>> 9)
  words[base + 1] = (c + (c << 3)) | 0
  words[base + 2] = (((c << 21) | (c >>> 11)) + out) | 0
  return out
}

/** A whole number, uniform from 0 to 2^32 - 1. */
export const nextU32 = (streams: RandomStreams, stream: number): number =>
  draw(streams.words, stream * WORDS_PER_STREAM) >>> 0

/** Uniform in [0, 1), a multiple of 2^-32. */
export const nextUnit = (streams: RandomStreams, stream: number): number =>
  (draw(streams.words, stream * WORDS_PER_STREAM) >>> 0) * TWO_M32

/**
 * A whole number, exactly uniform from 0 to n - 1.
 * @param n a whole number from 1 to 2^32
 */
export function nextBelow(streams: RandomStreams, stream: number, n: number): number {
  // Draws from the incomplete last multiple of n would favour the small numbers: draw again.
  const limit = 4294967296 - (4294967296 % n)
  let value = nextU32(streams, stream)
  while (value >= limit) value = nextU32(streams, stream)
  return value % n
}

/*
 * Ziggurats (Marsaglia and Tsang 2000, with independent bits for layer and abscissa as in Doornik
 * 2005): layers of equal area under the density f; edge[i] is the width of layer i, height[i] =
 * f(edge[i]); layer 0 is the base, as wide as if the tail were folded into it.
 */

interface Ziggurat {
  edge: Float64Array
  height: Float64Array
}

function ziggurat(
  layers: number,
  tailStart: number,
  area: number,
  density: (x: number) => number,
  inverse: (height: number) => number,
): Ziggurat {
  const edge = new Float64Array(layers + 1)
  edge[0] = area / density(tailStart)
  edge[1] = tailStart
  for (let i = 2; i < layers; i++) edge[i] = inverse(density(edge[i - 1]) + area / edge[i - 1])
  return { edge, height: edge.map(density) }
}

const EXPONENTIAL_LAYERS = 256
const EXPONENTIAL_TAIL = 7.69711747013105
// Pure: what draws no such numbers need not load it.
const exponential = /* @__PURE__ */ ziggurat(
  EXPONENTIAL_LAYERS,
  EXPONENTIAL_TAIL,
  3.949659822581557e-3,
  (x) => exp(-x),
  (height) => -ln(height),
)

const NORMAL_LAYERS = 128
const NORMAL_TAIL = 3.442619855899
const normal = /* @__PURE__ */ ziggurat(
  NORMAL_LAYERS,
  NORMAL_TAIL,
  9.91256303526217e-3,
  (x) => exp(-0.5 * x * x),
  (height) => Math.sqrt(-2 * ln(height)),
)

/** Uniform in [0, 1) with 53 bits, from the upper 21 bits of one draw and all of the next. */
const wideUnit = (first: number, second: number): number =>
  ((first >>> 11) * 4294967296 + (second >>> 0)) * TWO_M53

/** Exponentially distributed with mean 1: multiply by the mean gap between two arrivals. */
export function nextExponential(streams: RandomStreams, stream: number): number {
  const words = streams.words
  const base = stream * WORDS_PER_STREAM
  const { edge, height } = exponential
  let offset = 0
  for (;;) {
    const first = draw(words, base)
    const layer = first & (EXPONENTIAL_LAYERS - 1)
    const x = wideUnit(first, draw(words, base)) * edge[layer]
    if (x < edge[layer + 1]) return offset + x
    if (layer === 0) {
      // The tail of an exponential is an exponential again.
      offset += EXPONENTIAL_TAIL
    } else {
      const unit = (draw(words, base) >>> 0) * TWO_M32
      if (height[layer] + unit * (height[layer + 1] - height[layer]) < exp(-x)) return offset + x
    }
  }
}

/** Normally distributed with mean 0 and standard deviation 1. */
export function nextNormal(streams: RandomStreams, stream: number): number {
  const words = streams.words
  const base = stream * WORDS_PER_STREAM
  const { edge, height } = normal
  for (;;) {
    const first = draw(words, base)
    const layer = first & (NORMAL_LAYERS - 1)
    const sign = first & NORMAL_LAYERS ? -1 : 1
    const x = wideUnit(first, draw(words, base)) * edge[layer]
    if (x < edge[layer + 1]) return sign * x
    if (layer === 0) return sign * normalTail(streams, stream)
    const unit = (draw(words, base) >>> 0) * TWO_M32
    if (height[layer] + unit * (height[layer + 1] - height[layer]) < exp(-0.5 * x * x)) {
      return sign * x
    }
  }
}

/** A normal number given that it lies beyond the ziggurat's last layer (Marsaglia 1964). */
function normalTail(streams: RandomStreams, stream: number): number {
  for (;;) {
    const beyond = nextExponential(streams, stream) / NORMAL_TAIL
    if (2 * nextExponential(streams, stream) > beyond * beyond) return NORMAL_TAIL + beyond
  }
}

/**
 * Lognormally distributed: e to a normal number of mean `mu` and standard deviation `sigma`.
 * Its median is e^mu, its mean e^(mu + sigma^2 / 2).
 */
export const nextLognormal = (
  streams: RandomStreams,
  stream: number,
  mu: number,
  sigma: number,
): number => exp(mu + sigma * nextNormal(streams, stream))

/** A bijection of 32-bit words in which every input bit stirs every output bit (Wellons' lowbias32). */
function mix32(x: number): number {
  let h = x
  h = Math.imul(h ^ (h >>> 16), 0x7feb352d)
  h = Math.imul(h ^ (h >>> 15), 0x846ca68b)
  return h ^ (h >>> 16)
}

/**
 * A stateless draw: an unsigned 32-bit number from two 32-bit numbers, for a choice that must depend
 * on what it is for (a stream's key and a message's ordinal, say) and not on what was drawn before.
 */
export const hash32 = (a: number, b: number): number => mix32(mix32((a + 0x9e3779b9) | 0) + b) >>> 0

/** A 32-bit hash as a number in [0, 1). */
export const unitFrom = (hash: number): number => (hash >>> 0) * TWO_M32

/** A Zipf distribution over the ranks 0 to n - 1: `cumulative[i]` is the chance of rank i or below. */
export interface ZipfTable {
  cumulative: Float64Array
}

/**
 * The Zipf distribution in which rank i has a weight of 1 / (i + 1)^exponent.
 * @param n how many ranks, at least 1
 * @param exponent 0 makes all ranks equally likely; web traffic is near 1
 */
export function zipf(n: number, exponent: number): ZipfTable {
  const cumulative = new Float64Array(n)
  let total = 0
  for (let i = 0; i < n; i++) {
    total += pow(i + 1, -exponent)
    cumulative[i] = total
  }
  for (let i = 0; i < n; i++) cumulative[i] /= total
  return { cumulative }
}

/** The rank, from 0, at which a number `unit` in [0, 1) falls. */
export function sampleZipf(table: ZipfTable, unit: number): number {
  let low = 0
  let high = table.cumulative.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if (unit < table.cumulative[middle]) high = middle
    else low = middle + 1
  }
  return low
}
