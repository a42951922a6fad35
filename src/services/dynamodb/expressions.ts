/**
 * DynamoDB's expressions: conditions, filters, updates and projections. Read once into functions; an
 * attribute is named at the top of an item, a path into one (a.b, a[0]) is refused.
 */
import { Refusal } from '../refusal.ts'
import { validation } from './errors.ts'
import { attributeOf, checkValue, compare, isEqual, textOf, typeOf } from './values.ts'
import type { AttributeValue, Item } from './values.ts'

export type Condition = (item: Item) => boolean
export type Update = (item: Item) => Item
type Operand = (item: Item) => AttributeValue | undefined

const TOKEN = /\s*(<>|<=|>=|[=<>(),+-]|[#:]?[A-Za-z_][\w-]*)/y
const MOST_CHARACTERS = 4096
const DEPTH = 50

/** Reads one expression of an operation's input. */
class Reader {
  private readonly tokens: string[] = []
  private at = 0
  private depth = 0
  private readonly kind: string
  private readonly given: Given

  constructor(kind: string, text: string, given: Given) {
    this.kind = kind
    this.given = given
    if (text.trim() === '') this.fail('The expression can not be empty;')
    if (text.length > MOST_CHARACTERS) {
      this.fail(`Expression size has exceeded the maximum allowed size;`)
    }
    TOKEN.lastIndex = 0
    for (let end = 0; end < text.trimEnd().length; end = TOKEN.lastIndex) {
      const found = TOKEN.exec(text)
      if (!found) this.fail(`Syntax error; token: "${text.slice(end).trim()[0]}"`)
      this.tokens.push(found[1])
    }
  }

  fail(why: string): never {
    throw new Refusal(validation(`Invalid ${this.kind}: ${why}`))
  }

  private wrong(): never {
    this.fail(`Syntax error; token: ${JSON.stringify(this.tokens[this.at] ?? '<EOF>')}`)
  }

  /** The next token when it is this word or sign. */
  private takes(word: string): boolean {
    if (this.tokens[this.at]?.toUpperCase() !== word) return false
    this.at++
    return true
  }

  private expect(word: string): void {
    if (!this.takes(word)) this.wrong()
  }

  private end<T>(result: T): T {
    if (this.at < this.tokens.length) this.wrong()
    return result
  }

  condition(): Condition {
    return this.end(this.or())
  }

  private or(): Condition {
    if (++this.depth > DEPTH) this.fail('The expression is nested too deep;')
    let left = this.and()
    while (this.takes('OR')) {
      const [a, b] = [left, this.and()]
      left = (item) => a(item) || b(item)
    }
    this.depth--
    return left
  }

  private and(): Condition {
    let left = this.not()
    while (this.takes('AND')) {
      const [a, b] = [left, this.not()]
      left = (item) => a(item) && b(item)
    }
    return left
  }

  private not(): Condition {
    if (this.takes('NOT')) {
      if (++this.depth > DEPTH) this.fail('The expression is nested too deep;')
      const inner = this.not()
      return (item) => !inner(item)
    }
    if (this.takes('(')) {
      const inner = this.or()
      this.expect(')')
      return inner
    }
    return this.function() ?? this.comparison()
  }

  private function(): Condition | null {
    const name = this.tokens[this.at + 1] === '(' ? this.tokens[this.at] : ''
    if (name === '') return null
    this.at += 2
    if (name === 'attribute_exists' || name === 'attribute_not_exists') {
      const attribute = this.name()
      this.expect(')')
      const wanted = name === 'attribute_exists'
      return (item) => Object.hasOwn(item, attribute) === wanted
    }
    if (name === 'begins_with') {
      const whole = this.operand()
      this.expect(',')
      const start = this.operand()
      this.expect(')')
      return (item) => {
        const [a, b] = [whole(item), start(item)]
        return a !== undefined && b !== undefined && textOf(a).startsWith(textOf(b))
      }
    }
    this.fail(`Invalid function name; function: ${name}`)
  }

  private comparison(): Condition {
    const left = this.operand()
    const sign = this.tokens[this.at++] ?? ''
    const holds = COMPARISONS.get(sign)
    if (!holds) {
      this.at--
      this.wrong()
    }
    const right = this.operand()
    return (item) => {
      const [a, b] = [left(item), right(item)]
      return a !== undefined && b !== undefined && holds(a, b)
    }
  }

  /** An attribute's name, through ExpressionAttributeNames where it begins with #. */
  private name(): string {
    const token = this.tokens[this.at++] ?? ''
    if (token.startsWith('#')) {
      const name = this.given.names[token]
      if (name === undefined) {
        this.fail(
          `An expression attribute name used in the document path is not defined; attribute name: ${token}`,
        )
      }
      this.given.used.add(token)
      return name
    }
    if (/^[A-Za-z_]/.test(token)) return token
    this.at--
    this.wrong()
  }

  private operand(): Operand {
    const token = this.tokens[this.at] ?? ''
    if (!token.startsWith(':')) {
      const name = this.name()
      return (item) => attributeOf(item, name)
    }
    this.at++
    const value = this.given.values[token]
    if (value === undefined) {
      this.fail(
        `An expression attribute value used in expression is not defined; attribute value: ${token}`,
      )
    }
    this.given.used.add(token)
    return () => value
  }

  projection(): string[] {
    const names = [this.name()]
    while (this.takes(',')) names.push(this.name())
    return this.end(names)
  }

  /** SET, REMOVE and ADD, each at most once; each tells the new value of its attribute. */
  update(): { readonly update: Update; readonly names: readonly string[] } {
    const changes: { name: string; value: Operand }[] = []
    while (this.at < this.tokens.length) {
      const clause = ['SET', 'REMOVE', 'ADD'].find((word) => this.takes(word)) ?? this.wrong()
      do {
        const name = this.name()
        if (changes.some((change) => change.name === name)) {
          this.fail(
            `Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [${name}], path two: [${name}]`,
          )
        }
        changes.push({ name, value: this.change(clause, name) })
      } while (this.takes(','))
    }
    return {
      names: changes.map(({ name }) => name),
      update(item) {
        const after: Record<string, AttributeValue> = { ...item }
        for (const { name, value } of changes) {
          const result = value(item)
          if (result) after[name] = result
          else delete after[name]
        }
        return after
      },
    }
  }

  private change(clause: string, name: string): Operand {
    if (clause === 'REMOVE') return () => undefined
    if (clause === 'ADD') {
      const more = this.operand()
      return (item) => sum(attributeOf(item, name) ?? ZERO, more(item), 1)
    }
    this.expect('=')
    const left = this.setOperand()
    const sign = this.takes('+') ? 1 : this.takes('-') ? -1 : 0
    if (sign === 0) return (item) => left(item) ?? missing()
    const right = this.setOperand()
    return (item) => sum(left(item), right(item), sign)
  }

  private setOperand(): Operand {
    if (this.tokens[this.at] !== 'if_not_exists' || this.tokens[this.at + 1] !== '(') {
      return this.operand()
    }
    this.at += 2
    const name = this.name()
    this.expect(',')
    const otherwise = this.operand()
    this.expect(')')
    return (item) => attributeOf(item, name) ?? otherwise(item)
  }
}

const ZERO: AttributeValue = { N: '0' }

function missing(): never {
  throw new Refusal(
    validation('The provided expression refers to an attribute that does not exist in the item'),
  )
}

/** @throws Refusal for what are no numbers */
function sum(
  a: AttributeValue | undefined,
  b: AttributeValue | undefined,
  sign: number,
): AttributeValue {
  if (!a || !b) missing()
  if (typeOf(a) !== 'N' || typeOf(b) !== 'N') {
    throw new Refusal(validation('An operand in the update expression has an incorrect data type'))
  }
  return { N: String(Number(a.N) + sign * Number(b.N)) }
}

type Comparison = (a: AttributeValue, b: AttributeValue) => boolean

const COMPARISONS: ReadonlyMap<string, Comparison> = new Map([
  ['=', isEqual],
  ['<>', (a, b) => !isEqual(a, b)],
  ['<', (a, b) => compare(a, b)! < 0],
  ['<=', (a, b) => compare(a, b)! <= 0],
  ['>', (a, b) => compare(a, b)! > 0],
  ['>=', (a, b) => compare(a, b)! >= 0],
])

interface Given {
  readonly names: Readonly<Record<string, string>>
  readonly values: Readonly<Record<string, AttributeValue>>
  /** What expressions have named so far. */
  readonly used: Set<string>
}

/** The expressions of one input, as functions. */
export interface Expressions {
  readonly condition?: Condition
  readonly filter?: Condition
  readonly update?: { readonly update: Update; readonly names: readonly string[] }
  readonly projection?: readonly string[]
}

/** @throws Refusal with AWS's words for what is wrong with them */
export function expressionsIn(input: Readonly<Record<string, unknown>>): Expressions {
  const values = (input.ExpressionAttributeValues ?? {}) as Record<string, AttributeValue>
  for (const value of Object.values(values)) checkValue(value)
  const names = (input.ExpressionAttributeNames ?? {}) as Record<string, string>
  const given: Given = { names, values, used: new Set() }
  const reader = (kind: string): Reader | undefined =>
    typeof input[kind] === 'string' ? new Reader(kind, input[kind], given) : undefined
  const expressions = {
    condition: reader('ConditionExpression')?.condition(),
    filter: reader('FilterExpression')?.condition(),
    update: reader('UpdateExpression')?.update(),
    projection: reader('ProjectionExpression')?.projection(),
  }
  checkUsed('Values', Object.keys(values), given)
  checkUsed('Names', Object.keys(names), given)
  return expressions
}

function checkUsed(what: string, keys: readonly string[], { used }: Given): void {
  const unused = keys.filter((key) => !used.has(key))
  if (unused.length === 0) return
  throw new Refusal(
    validation(
      `Value provided in ExpressionAttribute${what} unused in expressions: keys: {${unused.join(', ')}}`,
    ),
  )
}
