import { expect, it } from 'vitest'
import { ACCOUNT } from '../aws.ts'
import { queueInUrl, queueUrl } from './names.ts'

it('FACTS 1.1: a queue URL names account and queue, whatever its host', () => {
  const own = { account: ACCOUNT, name: 'orders' }
  for (const text of [queueUrl('orders'), `http://localhost:9324/${ACCOUNT}/orders`, 'orders']) {
    expect(queueInUrl(text)).toEqual(own)
  }
  const other = { account: '111122223333', name: 'orders' }
  expect(queueInUrl('https://queue.amazonaws.com/111122223333/orders')).toEqual(other)
  expect(queueInUrl('/111122223333/orders')).toEqual(other)
})

it('what is no account means the own one', () => {
  for (const text of ['111122223333/orders', '/x111122223333/orders', '/11/orders', '/orders']) {
    expect(queueInUrl(text)).toEqual({ account: ACCOUNT, name: 'orders' })
  }
  for (const text of ['', '/', `/${ACCOUNT}/`]) {
    expect(queueInUrl(text)).toEqual({ account: ACCOUNT, name: '' })
  }
})
