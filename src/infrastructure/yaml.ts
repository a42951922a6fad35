/** A template as YAML that CloudFormation reads, with the notes below it. */
import { Document, Pair, Scalar, visit, YAMLMap, YAMLSeq, type Node } from 'yaml'
import type { Value } from '../services/cloudFormation.ts'
import { noteLines } from './notes.ts'
import { plainText } from './plainText.ts'
import type { Template, Written } from './template.ts'

/** CloudFormation's quota. */
const MOST_DESCRIPTION_BYTES = 1024
/** A character of a title is at most 4 bytes. */
const MOST_DESCRIPTION_CHARS = MOST_DESCRIPTION_BYTES / 4

/** Parsers in use read YAML 1.1, where no, 010, 12:30 and 2012-10-17 are no texts unless quoted. */
const YAML = { version: '1.1', merge: false, aliasDuplicateObjects: false } as const

export function toYaml(template: Template): string {
  const { parameters, resources, outputs } = template
  const title = plainText(template.title)
  const document = new Document(undefined, YAML)
  const root = new YAMLMap(document.schema)
  document.contents = root as typeof document.contents
  document.commentBefore = headOf(title, parameters)
  document.comment = notesOf(template)
  root.add(pair('AWSTemplateFormatVersion', '2010-09-09'))
  if (title !== '') root.add(pair('Description', title.slice(0, MOST_DESCRIPTION_CHARS)))
  if (parameters.length > 0) {
    const described = parameters.map(({ id, type, description, default: value }) =>
      pair(id, { Type: type, Description: plainText(description), Default: value }),
    )
    root.add(section('Parameters', described))
  }
  root.add(section('Resources', resources.map(resourcePair)))
  if (outputs.length > 0) {
    const told = outputs.map(({ id, description, value }) =>
      pair(id, { Description: plainText(description), Value: value }),
    )
    root.add(section('Outputs', told))
  }
  quoteOddCharacters(document)
  return escapeOddCharacters(document.toString({ lineWidth: 0, singleQuote: true }))
}

const DEPLOY =
  'aws cloudformation deploy --template-file FILE --stack-name NAME --capabilities CAPABILITY_IAM'

function headOf(title: string, parameters: Template['parameters']): string {
  const open = parameters.filter(({ default: value }) => value === undefined)
  const values = open.map(({ id }) => ` ${id}=VALUE`).join('')
  return comment([
    `Made by Switchyard${title === '' ? '' : ` from the design “${title}”`}. Notes are at the end.`,
    DEPLOY + (values === '' ? '' : ` --parameter-overrides${values}`),
  ])
}

const notesOf = ({ notes }: Template): string | null => {
  const lines = noteLines(notes).flatMap(({ heading, lines: more }) => [
    `${heading}:`,
    ...more.map((line) => `- ${line}`),
  ])
  return lines.length > 0 ? comment(lines) : null
}

/** The package puts # before each line. */
const comment = (lines: readonly string[]): string => lines.map((line) => ` ${line}`).join('\n')

function resourcePair({ id, type, comment: above, dependsOn = [], properties }: Written): Pair {
  const made = pair(id, {
    Type: type,
    DependsOn: dependsOn.length > 1 ? dependsOn : dependsOn[0],
    Properties: Object.keys(properties).length > 0 ? properties : undefined,
  })
  if (above !== undefined) (made.key as Scalar).commentBefore = comment([plainText(above)])
  return made
}

function section(name: string, pairs: readonly Pair[]): Pair {
  const map = new YAMLMap()
  map.items.push(...pairs)
  pairs.forEach(({ key }, index) => ((key as Scalar).spaceBefore = index > 0))
  const key = new Scalar(name)
  key.spaceBefore = true
  return new Pair(key, map)
}

const pair = (key: string, value: Value | Readonly<Record<string, Value | undefined>>): Pair =>
  new Pair(new Scalar(key), nodeOf(value))

/** CloudFormation's functions in their short form: !Ref, !GetAtt, !Sub. */
function nodeOf(value: Value | Readonly<Record<string, Value | undefined>>): Node {
  if (typeof value !== 'object') return new Scalar(value)
  if (Array.isArray(value)) {
    const list = new YAMLSeq()
    list.items.push(...value.map(nodeOf))
    return list
  }
  const entries = Object.entries(value).filter(([, each]) => each !== undefined)
  const short = entries.length === 1 ? SHORT[entries[0][0]]?.(entries[0][1] as Value) : undefined
  if (short) return short
  const map = new YAMLMap()
  map.items.push(...entries.map(([key, each]) => pair(key, each as Value)))
  return map
}

const tagged = (tag: string, text: string): Scalar => {
  const scalar = new Scalar(text)
  scalar.tag = tag
  return scalar
}

const SHORT: Readonly<Record<string, ((value: Value) => Scalar) | undefined>> = {
  Ref: (id) => tagged('!Ref', String(id)),
  'Fn::GetAtt': (path) => tagged('!GetAtt', (path as readonly string[]).join('.')),
  'Fn::Sub': (text) => tagged('!Sub', String(text)),
}

/** Ends of lines to some parsers, and what no text may hold as it is; our own ends of lines are none. */
const ODD = /(?!\n)[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\ufeff\ufffe\uffff]/u

function quoteOddCharacters(document: Document): void {
  visit(document, {
    Scalar(_key, node) {
      if (typeof node.value === 'string' && ODD.test(node.value)) node.type = 'QUOTE_DOUBLE'
    },
  })
}

/** They stand only between double quotes by now: comments have none (`plainText`). */
const escapeOddCharacters = (text: string): string =>
  text.replaceAll(
    new RegExp(ODD, 'gu'),
    (odd) => `\\u${odd.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
