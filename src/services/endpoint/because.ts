/** Why a delivery fails at an endpoint and what follows, in words for people (FACTS 3.5, 4.1). */
import type { LogRow } from '../../engine/frame.ts'
import type { Simulation } from '../../engine/simulation.ts'

/** Another try could succeed. */
const AGAIN = 'The topic tries again, phase by phase of its delivery policy.'

export function because(_sim: Simulation, _node: number, row: LogRow): string {
  switch (row.error) {
    case '':
      return ''
    case 'Timeout':
      return `The server’s response time is longer than the 15 seconds that SNS waits. ${AGAIN}`
    case 'ConnectionFailed':
      return `Nothing could be reached, as the endpoint is down. ${AGAIN}`
    case 'DeliveryFailed':
      return 'The provider failed, by chance, as the settings of the endpoint say.'
    case 'EndpointDisabled':
      return 'The app is no longer there or its token is not valid, so the platform endpoint is disabled. It is not tried again.'
    case 'InvalidParameter':
      return 'A text message has 1 600 characters at most. It is not tried again.'
    case 'TooManyRequests':
    case 'InternalServerError':
    case 'BadGateway':
    case 'ServiceUnavailable':
    case 'GatewayTimeout':
      return `The server failed, by chance, as its settings say. A status of 5xx or 429 passes: ${AGAIN}`
    default:
      return 'The server refused. A status of 4xx other than 429 is an error of the client’s, which SNS does not try again.'
  }
}
