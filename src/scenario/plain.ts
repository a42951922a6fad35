/** Plain JSON values: taking a clean copy of one from outside, and comparing two. */
import { MAX_DEPTH } from './caps.ts'

export type Plain = string | number | boolean | null | readonly Plain[] | PlainObject
export interface PlainObject {
  readonly [key: string]: Plain
}

/** Keys that could reach the prototype of an object further on. */
const FORBIDDEN_KEYS = new Set(['__proto__', 'constructor', 'prototype'])

/** Thrown inside `copyPlain` only. */
class NotPlain extends Error {}

/**
 * A deep copy that is certainly plain: only JSON types, finite numbers, no -0, no key that touches
 * a prototype, at most `MAX_DEPTH` deep. Keys whose value is undefined are left out, as JSON does.
 */
export function copyPlain(
  value: unknown,
): { readonly ok: true; readonly value: Plain } | { readonly ok: false; readonly why: string } {
  try {
    return { ok: true, value: copy(value, 0) }
  } catch (error) {
    if (error instanceof NotPlain) return { ok: false, why: error.message }
    throw error
  }
}

function copy(value: unknown, depth: number): Plain {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new NotPlain('It contains a number that is not finite.')
    return value === 0 ? 0 : value
  }
  if (depth === MAX_DEPTH) throw new NotPlain('Its contents are nested too deeply.')
  if (Array.isArray(value)) return Array.from(value, (item) => copy(item, depth + 1))
  if (isObject(value)) return copyObject(value, depth)
  throw new NotPlain('It contains a value that JSON does not have.')
}

function copyObject(object: Record<string, unknown>, depth: number): PlainObject {
  const fresh: Record<string, Plain> = {}
  for (const key of Object.keys(object)) {
    if (FORBIDDEN_KEYS.has(key)) throw new NotPlain(`It contains the forbidden key “${key}”.`)
    if (object[key] !== undefined) fresh[key] = copy(object[key], depth + 1)
  }
  return fresh
}

/** An object literal: not null, an array, a date, a map or any other class. */
export function isObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || Object.getPrototypeOf(prototype) === null
}

/** Whether two JSON values are equal; the order of keys does not matter. */
export function samePlain(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (Array.isArray(a) || Array.isArray(b)) {
    return (
      Array.isArray(a) &&
      Array.isArray(b) &&
      a.length === b.length &&
      a.every((item, i) => samePlain(item, b[i]))
    )
  }
  if (!isObject(a) || !isObject(b)) return false
  const keys = Object.keys(a)
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && samePlain(a[key], b[key]))
  )
}
