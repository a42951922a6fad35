/** Dynamic partitioning and record format conversion in a configuration of the API (FACTS 8). */
import type { Config } from '../../../scenario/scenario.ts'
import type { Input } from '../../plainOperation.ts'
import { Refusal } from '../../refusal.ts'
import { invalidArgument } from '../errors.ts'
import { partitionKeysIn } from '../partitionQuery.ts'
import { LEAST_MIB } from '../state.ts'

/** The settings that an S3 destination names. @throws Refusal */
export function formIn(value: Input): Config {
  const partitioning = value.DynamicPartitioningConfiguration as Input | undefined
  const conversion = value.DataFormatConversionConfiguration as Input | undefined
  const size = (value.BufferingHints as Input | undefined)?.SizeInMBs
  if (partitioning?.Enabled === true || conversion?.Enabled === true) {
    if (typeof size === 'number' && size < LEAST_MIB) {
      throw new Refusal(
        invalidArgument(
          `BufferingHints.SizeInMBs must be at least ${LEAST_MIB} when data format conversion or dynamic partitioning is enabled.`,
        ),
      )
    }
  }
  return {
    ...(partitioning && {
      partitionQuery: partitioning.Enabled === true ? queryIn(value) : '',
    }),
    ...(conversion && { convertTo: conversion.Enabled === true ? formatIn(conversion) : '' }),
  }
}

/** The query of the processor MetadataExtraction; '' where the keys come from elsewhere. */
function queryIn({ ProcessingConfiguration }: Input): string {
  const processors = (ProcessingConfiguration as Input | undefined)?.Processors
  const found = (Array.isArray(processors) ? (processors as Input[]) : []).find(
    ({ Type }) => Type === 'MetadataExtraction',
  )
  const parameters = (found?.Parameters ?? []) as readonly Input[]
  const query = parameters.find(({ ParameterName }) => ParameterName === 'MetadataExtractionQuery')
  const text = String(query?.ParameterValue ?? '')
  if (text === '' || partitionKeysIn(text)) return text
  throw new Refusal(invalidArgument(`MetadataExtractionQuery ${text} is not supported here.`))
}

function formatIn({ OutputFormatConfiguration }: Input): string {
  const serializer = (OutputFormatConfiguration as Input | undefined)?.Serializer as
    Input | undefined
  return serializer?.OrcSerDe === undefined ? 'Parquet' : 'ORC'
}
