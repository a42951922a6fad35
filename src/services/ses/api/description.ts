/** Amazon SES's API, version 2, as far as it sends (FACTS 13). */
import {
  boolean,
  list,
  needs,
  number,
  string,
  structure,
  takes,
  type ServiceApi,
} from '../../api.ts'
import { identityArn } from '../identity.ts'

const data = structure({ Data: string })

const api: ServiceApi = {
  service: 'sesv2',
  title: 'Amazon SES',
  resource: { arn: identityArn('{name}') },
  sampleName: 'shop.example.com',
  highlights: ['SendEmail', 'GetAccount'],
  operations: [
    {
      name: 'GetAccount',
      help: 'Tells the sending quota, and whether the account is in the sandbox.',
      input: structure({}),
      output: structure({
        ProductionAccessEnabled: boolean,
        SendQuota: structure({
          Max24HourSend: number,
          MaxSendRate: number,
          SentLast24Hours: number,
        }),
        SendingEnabled: boolean,
      }),
      example: 'aws sesv2 get-account',
    },
    {
      name: 'SendEmail',
      help: 'Sends a mail to up to 50 recipients.',
      input: structure({
        FromEmailAddress: needs(string, 'An address of a verified domain.'),
        Destination: needs(
          structure({ ToAddresses: list(), CcAddresses: list(), BccAddresses: list() }),
          'Up to 50 recipients.',
        ),
        Content: needs(
          structure({
            Simple: structure({ Subject: data, Body: structure({ Text: data, Html: data }) }),
            Raw: data,
            Template: structure({
              TemplateContent: structure({ Subject: string, Text: string, Html: string }),
              TemplateData: string,
            }),
          }),
          'Simple, Raw (MIME) or Template.',
        ),
        ConfigurationSetName: takes(string, 'Whose events are published.'),
      }),
      output: structure({ MessageId: string }),
      example: `aws sesv2 send-email --from-email-address no-reply@{ses} --destination ToAddresses=bounce@simulator.amazonses.com --content '{"Simple":{"Subject":{"Data":"Hello"},"Body":{"Text":{"Data":"Hello"}}}}'`,
    },
  ],
}

export default api
