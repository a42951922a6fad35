/** Settings of parts that do work of people's own: how long it takes, and how it fails (`work.ts`). */
import type { Field } from './schema.ts'
import type { Condition } from './work.ts'

/** @param thing what is worked on: 'message', 'record' */
export const workTimeFields = (thing: string): readonly Field[] => [
  {
    id: 'serviceTime',
    label: `Time for a ${thing}`,
    help: 'How the working times differ.',
    type: 'choice',
    options: [
      { value: 'constant', label: 'Always the same' },
      { value: 'uniform', label: 'Between two times' },
      { value: 'exponential', label: 'Random (exponential)' },
      { value: 'lognormal', label: 'Mostly quick, some slow (lognormal)' },
    ],
    default: 'constant',
  },
  {
    id: 'serviceTimeMs',
    label: 'Working time',
    help: 'The time; the shortest when between two; the mean when random.',
    type: 'number',
    unit: 'ms',
    min: 0,
    max: 86_400_000,
    default: 1000,
    logarithmic: true,
  },
  {
    id: 'serviceTimeMaxMs',
    label: 'Longest working time',
    help: 'The other end of the range.',
    when: { field: 'serviceTime', is: ['uniform'] },
    type: 'number',
    unit: 'ms',
    min: 0,
    max: 86_400_000,
    default: 2000,
    logarithmic: true,
  },
  {
    id: 'serviceTimeSigma',
    label: 'Spread',
    help: 'Sigma of the lognormal; higher makes slow ones slower. The mean stays.',
    when: { field: 'serviceTime', is: ['lognormal'] },
    type: 'number',
    min: 0,
    max: 3,
    default: 0.5,
  },
]

export const failureFields = (thing: string): readonly Field[] => [
  {
    id: 'failureChance',
    label: 'Chance of failure',
    help: `Share of attempts that fail: the ${thing} comes back.`,
    type: 'number',
    min: 0,
    max: 1,
    default: 0,
  },
  {
    id: 'poison',
    label: `Poison ${thing}s`,
    help: `A ${thing} that fails every time, whoever works on it.`,
    type: 'choice',
    options: [
      { value: 'none', label: 'None' },
      { value: 'share', label: `A share of all ${thing}s` },
      { value: 'field', label: 'By a field of the body' },
    ],
    default: 'none',
  },
  {
    id: 'poisonShare',
    label: 'Share that is poison',
    help: `Share of the ${thing}s that can never be processed.`,
    when: { field: 'poison', is: ['share'] },
    type: 'number',
    min: 0,
    max: 1,
    default: 0.01,
  },
  ...conditionFields(
    { field: 'poisonField', operator: 'poisonOperator', value: 'poisonValue' },
    { field: 'poison', is: ['field'] },
  ),
]

/** What is asked of a field of a JSON body (`Condition` of `work.ts`). @param ids of the three settings */
export function conditionFields(
  ids: Condition,
  when: NonNullable<Field['when']>,
  [field, operator, value]: readonly [string, string, string] = ['amount', '<', '0'],
): readonly Field[] {
  return [
    {
      id: ids.field,
      label: 'Field',
      help: 'Name of a field in the JSON body.',
      when,
      type: 'text',
      default: field,
      maxLength: 100,
    },
    {
      id: ids.operator,
      label: 'is',
      help: 'How the field is compared.',
      when,
      type: 'choice',
      options: [
        { value: '<', label: 'less than' },
        { value: '<=', label: 'at most' },
        { value: '=', label: 'equal to' },
        { value: '>=', label: 'at least' },
        { value: '>', label: 'more than' },
        { value: '!=', label: 'not equal to' },
        { value: 'exists', label: 'present' },
      ],
      default: operator,
    },
    {
      id: ids.value,
      label: 'Value',
      help: 'Compared as numbers when both are numbers, else as text.',
      when,
      type: 'text',
      default: value,
      maxLength: 200,
    },
  ]
}
