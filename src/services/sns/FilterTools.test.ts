import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import FilterTools from './FilterTools.tsx'

const shown = (FilterPolicy: string) =>
  renderToStaticMarkup(
    createElement(FilterTools, {
      config: { FilterPolicy, FilterPolicyScope: 'MessageBody' },
      onChange: () => {},
      verdict: null,
    }),
  )

test('FACTS 4.4: a subscription shows its policy in words, its limits and what fits', () => {
  const html = shown('{"type": ["order"], "amount": [{"numeric": [">", 400]}]}')
  expect(html).toContain('type is &quot;order&quot;<b> ✓ fits</b>')
  expect(html).toContain('amount is &gt; 400<b> ✗ does not fit</b>')
  expect(html).toContain('2 of 5 keys, 1 of 150 combinations.')
  expect(html).toContain(
    'Filtered out. The policy asks that amount is &gt; 400; in this message it is 120.',
  )
  expect(shown('')).toContain('every message is delivered')
  expect(shown('{"type": []}')).toContain('nothing passes here')
})
