/** Filter policies in plain English (FACTS 4.4). */
import type { Clause, Rule } from './policy.ts'

/** "`type` is "order" or begins with "re"". */
export const sayClause = ({ key, rules }: Clause): string =>
  `${key} ${rules.map(sayRule).join(' or ')}`

function sayRule(rule: Rule): string {
  switch (rule.type) {
    case 'exact':
      return `is ${JSON.stringify(rule.value)}`
    case 'prefix':
      return `begins with ${JSON.stringify(rule.text)}`
    case 'suffix':
      return `ends with ${JSON.stringify(rule.text)}`
    case 'equals-ignore-case':
      return `is ${JSON.stringify(rule.text)} in upper or lower case`
    case 'wildcard':
      return `looks like ${JSON.stringify(rule.text)}`
    case 'cidr':
      return `is an address in ${sayNetwork(rule.network)}/${rule.bits}`
    case 'numeric':
      return `is ${rule.bounds.map(({ operator, value }) => `${operator} ${value}`).join(' and ')}`
    case 'exists':
      return rule.wanted ? 'is there' : 'is absent'
    case 'anything-but':
      return `is anything but ${rule.none.map(sayExcluded).join(', ')}`
  }
}

const sayExcluded = (rule: Rule): string =>
  rule.type === 'exact' ? JSON.stringify(rule.value) : `what ${sayRule(rule)}`

function sayNetwork(bytes: readonly number[]): string {
  if (bytes.length === 4) return bytes.join('.')
  const groups: string[] = []
  for (let at = 0; at < bytes.length; at += 2) {
    groups.push(((bytes[at] << 8) | bytes[at + 1]).toString(16))
  }
  return groups.join(':')
}
