/**
 * Elementary functions that give the same bits in every browser and in Node.
 *
 * `Math.log`, `exp`, `pow` and `sin` are left to each engine by ECMAScript and do differ in the last
 * bit, after which two simulations of one seed drift apart. These use only + - * /, which IEEE 754
 * fixes, and access to the bits of a double. Method and constants: fdlibm 5.3 (Sun Microsystems,
 * 1993, freely usable).
 */

/** One double seen as two words; word 1 is the high one, as every engine's platform is little-endian. */
const double = /* @__PURE__ */ new Float64Array(1)
const words = /* @__PURE__ */ new Int32Array(double.buffer)
const HIGH = 1

const LN2_HIGH = 6.9314718036912381649e-1
const LN2_LOW = 1.90821492927058770002e-10
const TWO_54 = 18014398509481984
const MANTISSA = 0x000fffff

/**
 * The natural logarithm, to less than 1 unit in the last place.
 * `ln(0)` is -Infinity; NaN for a negative number.
 */
export function ln(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : NaN
  if (x === Infinity) return x
  double[0] = x
  let k = 0
  if (words[HIGH] < 0x00100000) {
    // A subnormal number has no exponent of its own: scale it up first.
    double[0] = x * TWO_54
    k = -54
  }

  // x = 2^k (1 + f) with 1 + f between sqrt(1/2) and sqrt(2).
  const mantissa = words[HIGH] & MANTISSA
  const carry = (mantissa + 0x95f64) & 0x100000
  k += (words[HIGH] >> 20) - 1023 + (carry >> 20)
  words[HIGH] = mantissa | (carry ^ 0x3ff00000)
  const f = double[0] - 1

  if ((MANTISSA & (2 + mantissa)) < 3) {
    // |f| < 2^-20: two terms of the series are enough.
    if (f === 0) return k * LN2_HIGH + k * LN2_LOW
    const r = f * f * (0.5 - 0.3333333333333333 * f)
    return k * LN2_HIGH - (r - k * LN2_LOW - f)
  }

  const s = f / (2 + f)
  const z = s * s
  const w = z * z
  const even =
    w * (3.999999999940941908e-1 + w * (2.222219843214978396e-1 + w * 1.531383769920937332e-1))
  const odd =
    z *
    (6.66666666666673513e-1 +
      w * (2.857142874366239149e-1 + w * (1.818357216161805012e-1 + w * 1.479819860511658591e-1)))
  const r = even + odd
  if (((mantissa - 0x6147a) | (0x6b851 - mantissa)) > 0) {
    const half = 0.5 * f * f
    return k * LN2_HIGH - (half - (s * (half + r) + k * LN2_LOW) - f)
  }
  return k * LN2_HIGH - (s * (f - r) - k * LN2_LOW - f)
}

/** 2^k for k from -1022 to 1023. */
function powerOfTwo(k: number): number {
  words[0] = 0
  words[HIGH] = (1023 + k) << 20
  return double[0]
}

/** e to the x, to less than 1 unit in the last place. Infinity above 709.78, 0 below -745.13. */
export function exp(x: number): number {
  if (x !== x) return x
  if (x > 7.09782712893383973096e2) return Infinity
  if (x < -7.4513321910194110842e2) return 0

  // x = k ln 2 + r, |r| <= ln(2) / 2, with r = high - low in more than double precision.
  const k = Math.floor(x * Math.LOG2E + 0.5)
  const high = x - k * LN2_HIGH
  const low = k * LN2_LOW
  const r = high - low
  const t = r * r
  const c =
    r -
    t *
      (1.66666666666666019037e-1 +
        t *
          (-2.77777777770155933842e-3 +
            t *
              (6.61375632143793436117e-5 +
                t * (-1.6533902205465251539e-6 + t * 4.13813679705723846039e-8))))
  const y = 1 - (low - (r * c) / (2 - c) - high)

  // In two steps at the ends, where 2^k itself is not a normal number.
  if (k > 1023) return y * 2 * powerOfTwo(1023)
  if (k < -1022) return y * powerOfTwo(k + 1000) * powerOfTwo(-1000)
  return y * powerOfTwo(k)
}

/** The largest whole exponent raised by multiplication instead of by logarithm. */
const MAX_WHOLE_EXPONENT = 64

/**
 * x to the y for a positive x; NaN for x below or equal to 0.
 * A whole exponent up to 64 is raised by multiplication, so that a backoff such as `pow(2, attempt)`
 * is exact. Otherwise it is exp(y ln x), whose relative error is about |y ln x| * 1.2e-16.
 */
export function pow(x: number, y: number): number {
  if (!(x > 0)) return NaN
  if (Math.floor(y) !== y || y > MAX_WHOLE_EXPONENT || y < -MAX_WHOLE_EXPONENT) {
    return y === 0 || x === 1 ? 1 : exp(y * ln(x))
  }
  let power = 1
  let square = x
  for (let left = y < 0 ? -y : y; left > 0; left >>= 1) {
    if (left & 1) power *= square
    square *= square
  }
  return y < 0 ? 1 / power : power
}

const PI_2_HIGH = 1.57079632673412561417
const PI_2_MIDDLE = 6.0771005063039659766e-11
const PI_2_LOW = 2.02226624879595063154e-21
const TWO_PI = 6.283185307179586
const MAX_REDUCED = 1e6

/** sin(x + tail) for |x| <= pi/4. */
function kernelSine(x: number, tail: number): number {
  const z = x * x
  const v = z * x
  const r =
    8.33333333332248946124e-3 +
    z *
      (-1.98412698298579493134e-4 +
        z *
          (2.75573137070700676789e-6 +
            z * (-2.50507602534068634195e-8 + z * 1.58969099521155010221e-10)))
  return x - (z * (0.5 * tail - v * r) - tail + v * 1.66666666666666324348e-1)
}

/** cos(x + tail) for |x| <= pi/4. */
function kernelCosine(x: number, tail: number): number {
  const z = x * x
  const r =
    z *
    (4.16666666666666019037e-2 +
      z *
        (-1.38888888888741095749e-3 +
          z *
            (2.48015872894767294178e-5 +
              z *
                (-2.75573143513906633035e-7 +
                  z * (2.0875723212981748279e-9 + z * -1.13596475577881948265e-11)))))
  const half = 0.5 * z
  const w = 1 - half
  return w + (1 - w - half + (z * r - x * tail))
}

/**
 * The sine of an angle in radians, to less than 1 unit in the last place up to 1e6 radians; beyond
 * that the angle is first taken modulo the double nearest to 2 pi, with an absolute error of about
 * |x| * 4e-17. NaN for an infinite angle.
 */
export function sine(x: number): number {
  const angle = x > MAX_REDUCED || x < -MAX_REDUCED ? x % TWO_PI : x
  // angle = quarter * pi/2 + (y + tail)
  const quarter = Math.floor(angle * 6.36619772367581382433e-1 + 0.5)
  const coarse = angle - quarter * PI_2_HIGH
  const fine = coarse - quarter * PI_2_MIDDLE
  const rest = quarter * PI_2_LOW - (coarse - fine - quarter * PI_2_MIDDLE)
  const y = fine - rest
  const tail = fine - y - rest
  switch (quarter & 3) {
    case 0:
      return kernelSine(y, tail)
    case 1:
      return kernelCosine(y, tail)
    case 2:
      return -kernelSine(y, tail)
    default:
      return -kernelCosine(y, tail)
  }
}
