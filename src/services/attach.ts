/** For schemas of kinds that watch a metric: what a wire that ends at one of them means. */
import type { ScenarioNode } from '../scenario/scenario.ts'
import type { Connection, KindSchema, MetricName } from './schema.ts'

/** A wire that carries a metric of `from`; null when CloudWatch tells nothing of it. */
export function attachMetric(_from: ScenarioNode, fromSchema: KindSchema): Connection | null {
  const { metrics } = fromSchema
  if (!metrics) return null
  return {
    ok: true,
    role: 'watch',
    label: (config) => shortName(String(config.metric ?? metrics[0].name)),
    fields: [
      {
        id: 'metric',
        label: 'Metric',
        help: 'What is watched, by CloudWatch’s name.',
        type: 'choice',
        options: metrics.map(({ name }: MetricName) => ({ value: name, label: name })),
        default: metrics[0].name,
        source: 'FACTS 2.11, 14',
      },
    ],
  }
}

/** Long names would cover the wire. */
const shortName = (name: string): string =>
  name.replace(/^ApproximateNumberOf/, '…').replace(/^NumberOf/, '…')
