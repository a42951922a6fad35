/**
 * The contract of what a kind writes into a CloudFormation template, and CloudFormation's own functions.
 * A kind's `cloudFormation.ts` exports one as its default. Pure: no DOM, the same text everywhere.
 */
import type { ScenarioNode } from '../scenario/scenario.ts'
import type { KindSchema } from './schema.ts'

/** What a property may be: JSON, with CloudFormation's functions in it (`ref`, `getAtt`, `sub`). */
export type Value = string | number | boolean | readonly Value[] | { readonly [key: string]: Value }

/** What is undefined is left out: AWS's default. */
export type Properties = Readonly<Record<string, Value | undefined>>

export const ref = (id: string): Value => ({ Ref: id })
export const getAtt = (id: string, attribute: string): Value => ({ 'Fn::GetAtt': [id, attribute] })
/** `${...}` in the text is filled in by CloudFormation; what is not meant so passes `verbatim`. */
export const sub = (text: string): Value => ({ 'Fn::Sub': text })
/** For `sub`: a text that stands for itself. */
export const verbatim = (text: string): string => text.replaceAll('${', '${!')

export const ACCOUNT_ID = ref('AWS::AccountId')

/** An ARN in the account and region where the template is deployed. `resource` is for `sub`. */
export const arnHere = (service: string, resource: string): Value =>
  sub('arn:${AWS::Partition}:' + service + ':${AWS::Region}:${AWS::AccountId}:' + resource)

export interface Resource {
  /** 'AWS::SQS::Queue' */
  readonly type: string
  readonly properties?: Properties
  /** Stands above it in the template. */
  readonly comment?: string
  /** Logical ids of what must be there first, though no property names it. */
  readonly dependsOn?: readonly string[]
  /** Parts that must let this one in first, since AWS tries it at once. */
  readonly afterGrantsOf?: readonly Part[]
}

/** A value that whoever deploys the template gives. */
export interface Parameter {
  readonly type: string
  readonly description: string
  readonly default?: string
}

/** What the template's reader is told, by what it means for them. */
export type NoteGroup =
  /** A program of people's own, which no template makes. */
  | 'outside'
  /** A part, wire or setting that is not in the template. */
  | 'missing'
  /** To be filled in or done by hand. */
  | 'toDo'
  /** In the template, but not quite as drawn. */
  | 'otherwise'

/** As whom an AWS service calls on behalf of a part. */
export interface ServiceCaller {
  /** 'sns.amazonaws.com' */
  readonly service: string
  /** May hold wildcards. */
  readonly sourceArn: Value
  /** Where the ARN says no account, or only a pattern: the account is asked too. */
  readonly checksAccount?: true
}

/** Another part's call that a resource's policy must allow. */
export interface Grant {
  readonly from: Part
  /** One of the resource's `accepts`: 'SendMessage'. */
  readonly call: string
}

/** A wire, seen from one of its ends. */
export interface Link {
  readonly role: string
  /** The wire's settings, with their defaults. */
  readonly config: Readonly<Record<string, unknown>>
  readonly other: Part
}

/** A part of the design, as kinds see their own and each other's. */
export interface Part {
  readonly node: ScenarioNode
  readonly schema: KindSchema
  /** Its settings, with their defaults. */
  readonly config: Readonly<Record<string, unknown>>
  /** Logical id of what stands for it in the template. */
  readonly id: string
  /** Wires that arrive, and that leave, in the order of the design. */
  readonly into: readonly Link[]
  readonly out: readonly Link[]
  /** Logical id of something more that belongs to it; the same for the same suffix. */
  idOf(suffix: string): string
  /** Those of its settings that are not AWS's default, and mean something as the others are set. */
  changed(...fields: readonly string[]): Properties
  /** Its ARN, or where messages to it go; null where the template has no such thing. */
  readonly arn: Value | null
  /** Its CloudWatch metric of that name; null where CloudWatch has none. */
  metric(name: string): MetricSource | null
  /** What a role must be allowed for such a use of it, as the kind's `actions` name it; perhaps nothing. */
  access(use: string): Access
  /** Null for what calls as a user or a role. */
  readonly caller: ServiceCaller | null
}

export interface Access {
  readonly actions: readonly string[]
  readonly resources: readonly Value[]
}

export interface MetricSource {
  readonly Namespace: string
  readonly MetricName: string
  readonly Dimensions: readonly { readonly Name: string; readonly Value: Value }[]
}

/** Where a kind writes. */
export interface Draft {
  /** Adds a resource of the part; '' for what stands for it, else a suffix. Returns its logical id. */
  add(part: Part, suffix: string, resource: Resource): string
  /** Adds a parameter, '' as above, and returns the reference to it. */
  parameter(part: Part, suffix: string, parameter: Parameter): Value
  /** The other part's policy must let this part make the call. */
  grant(from: Part, to: Part, call: string): void
  note(part: Part, group: NoteGroup, text: string): void
  /** The part of that name, if there is one. */
  named(name: string): Part | undefined
  /** What the template says for an ARN of the simulated account, if a part has it. */
  at(arn: string): Value | undefined
}

export interface CloudFormation {
  /** Why no template makes it, in a few words: it is a program of people's own. */
  readonly outside?: string
  /** Absent for what is no resource, and what cannot be referred to. */
  arn?(part: Part): Value | null
  /** What programs call it, as an output of the template. */
  address?(part: Part): { readonly label: string; readonly value: Value }
  /** IAM actions, by a call that it `accepts`, or by the role of a wire by which others read it. */
  readonly actions?: Readonly<Record<string, readonly string[]>>
  /** What the actions are on; its ARN unless given. */
  resources?(part: Part): readonly Value[]
  /** CloudWatch's namespace, and the dimensions that name the part. */
  readonly metrics?: {
    readonly namespace: string
    dimensions(part: Part): MetricSource['Dimensions']
  }
  /** As whom it calls. */
  caller?(part: Part): ServiceCaller
  write?(part: Part, draft: Draft): void
  /** After all have written: the policy that lets in who was granted it, and whom people let in. */
  allow?(part: Part, grants: readonly Grant[], draft: Draft): void
}
