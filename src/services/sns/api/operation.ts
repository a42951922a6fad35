/** One operation of SNS, described. */
import { structure, type ApiOperation, type Structure } from '../../api.ts'

export const operation = (
  name: string,
  help: string,
  input: Structure['members'],
  output: Structure['members'] | null,
  example: string,
): ApiOperation => ({
  name,
  help,
  input: structure(input),
  ...(output && { output: structure(output) }),
  example: `aws sns ${example}`,
})
