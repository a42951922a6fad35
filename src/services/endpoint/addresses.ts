/** How SNS names what is outside of AWS: the protocol and the address of each type of endpoint (FACTS 3.2). */
import { hash32 } from '../../base/random.ts'
import { uuidFrom } from '../../base/hash.ts'
import type { Config } from '../../scenario/scenario.ts'
import { arn } from '../aws.ts'

export const PROTOCOLS = ['https', 'http', 'email', 'email-json', 'sms', 'application'] as const
export type Protocol = (typeof PROTOCOLS)[number]

export const protocolOf = ({ protocol }: Config): Protocol =>
  PROTOCOLS.find((one) => one === protocol) ?? 'https'

export const isWeb = (protocol: Protocol): boolean => protocol === 'https' || protocol === 'http'
export const isMail = (protocol: Protocol): boolean => protocol.startsWith('email')
/** Devices: SNS publishes to them without a topic too, and nobody has to confirm. */
export const isDevice = (protocol: Protocol): boolean =>
  protocol === 'sms' || protocol === 'application'

/** The address as Subscribe and Publish take it; made from the name unless the settings say one. */
export function addressOf(part: { readonly name: string; readonly config: Config }): string {
  const { name, config } = part
  const given = String(config.address ?? '').trim()
  if (given !== '') return given
  switch (protocolOf(config)) {
    case 'https':
    case 'http':
      return `${protocolOf(config)}://${name}.example.com/sns`
    case 'email':
    case 'email-json':
      return `${name}@example.com`
    case 'sms':
      return `+1555${String(hashOf(name) % 10_000_000).padStart(7, '0')}`
    case 'application':
      return endpointArn(name, String(config.Platform ?? 'APNS'))
  }
}

function endpointArn(name: string, platform: string): string {
  const a = hashOf(name)
  const id = uuidFrom(a, hash32(a, 1), hash32(a, 2), hash32(a, 3))
  return arn('sns', `endpoint/${platform}/${name}/${id}`)
}

function hashOf(text: string): number {
  let hash = 0
  for (let i = 0; i < text.length; i++) hash = hash32(hash, text.charCodeAt(i))
  return hash
}
