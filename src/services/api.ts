/**
 * The contract of an API's description: `src/services/<kind>/api/description.ts` exports one as
 * default, or a list where the AWS CLI has several services for one kind. It says once, as pure data, what the operations of a service take and give; the HTTP
 * endpoint's protocols and the console's parser, completion and help read it. What the operations
 * do is the kind's behaviour.
 */

export interface ServiceApi {
  /** As the AWS CLI calls it and as `Simulation.callFromOutside` takes it: 'sqs'. */
  readonly service: string
  /** As AWS writes it: "Amazon SQS". */
  readonly title: string
  /** How a part of this kind is written in full; `{name}` stands for its name. */
  readonly resource: { readonly url?: string; readonly arn: string }
  /** What examples call such a part where the design has none. */
  readonly sampleName: string
  readonly json?: JsonProtocol
  readonly query?: QueryProtocol
  /** It speaks REST in XML; without this, what has a route speaks REST in JSON. */
  readonly restXml?: {
    /** What requests are signed for: 's3'. Paths do not tell. */
    readonly signedFor: string
    /** Of the XML. */
    readonly namespace: string
  }
  /** REST in JSON: the errors, by code, whose text is their Message; that of others is their message. */
  readonly upperMessage?: 'all' | readonly string[]
  /** Operations whose examples an overview shows. */
  readonly highlights: readonly string[]
  readonly operations: readonly ApiOperation[]
}

/** AWS JSON: the operation in the header X-Amz-Target, input and output as JSON. */
export interface JsonProtocol {
  readonly version: '1.0' | '1.1'
  /** 'AmazonSQS' of `X-Amz-Target: AmazonSQS.SendMessage`. */
  readonly target: string
  /** What stands before the '#' of an error's `__type`; absent: nothing does. */
  readonly errorNamespace?: string
  /** Errors also bear the Query protocol's code (`x-amzn-query-error`). */
  readonly queryCompatible?: boolean
}

/** Query: a form in, XML out. */
export interface QueryProtocol {
  /** '2012-11-05' of `Version=2012-11-05`. */
  readonly version: string
  /** Of the XML. */
  readonly namespace: string
  /** Errors hold an empty element <Detail/>. */
  readonly errorDetail?: boolean
  /** Where an error's words differ from those of the JSON protocol, by its code. */
  readonly errorTexts?: Readonly<Record<string, string>>
  /** Members of outputs that have another name in answers in JSON. */
  readonly jsonNames?: Readonly<Record<string, string>>
}

/** REST: a method and a path mean the operation. */
export interface RestRoute {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE'
  /** With members of the input in braces: '/2015-03-31/functions/{FunctionName}', '/{Bucket}/{Key+}'. */
  readonly path: string
  /** What the query string must hold, where the path alone does not tell: 'notification'. */
  readonly queryKey?: string
  /** Of a success; 200 unless given. */
  readonly status?: number
  /** The member that the body is, there and back; absent: the body is JSON of all others. */
  readonly payload?: string
  /** Members that are headers, there or back, by the headers' lower-case names. */
  readonly headers?: Readonly<Record<string, string>>
  /** In XML: the outermost element of the answer. */
  readonly root?: string
}

export interface ApiOperation {
  /** AWS's name: SendMessage. */
  readonly name: string
  /** One line. */
  readonly help: string
  readonly input: Structure
  /** Absent where AWS answers with nothing. */
  readonly output?: Structure
  /** It is about no part in particular: not valid at the address of one. */
  readonly onAccount?: boolean
  /** The input of a request that bears this X-Amzn-Trace-Id. */
  trace?(
    input: Readonly<Record<string, unknown>>,
    header: string,
  ): Readonly<Record<string, unknown>>
  /** The input of a request that nobody signed. */
  unsigned?(input: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>>
  /** Where the service speaks REST. */
  readonly rest?: RestRoute
  /** The answer is a stream of events (application/vnd.amazon.eventstream). */
  readonly streams?: boolean
  /** A line that works; `{sqs}` stands for the name of a queue of the design, of any kind alike. */
  readonly example: string
}

export type Shape = TextShape | PlainShape | ListShape | MapShape | Structure

export interface TextShape {
  readonly type: 'string'
  /** It names a part of a design. */
  readonly refers?: Reference
  /** What it can be, for completion. */
  readonly names?: readonly string[]
}

export interface PlainShape {
  /**
   * A blob is Base64 text everywhere but on a wire that does otherwise. A timestamp is a number of
   * seconds since 1970, with fractions; the Query protocol writes it as ISO 8601.
   */
  readonly type: 'integer' | 'number' | 'boolean' | 'blob' | 'timestamp'
}

export interface ListShape {
  readonly type: 'list'
  readonly of: Shape
  /** What its elements can be, for completion. */
  readonly names?: readonly string[]
  /**
   * How the Query protocol writes it: `Entries.member.1` unless this says that one element after
   * another stands in the member's place under this name, `SendMessageBatchRequestEntry.1`.
   */
  readonly flat?: string
  /** What XML calls an element of one that is not flat; 'member' unless given. */
  readonly each?: string
}

export interface MapShape {
  readonly type: 'map'
  readonly of: Shape
  /** Its usual keys, for completion. */
  readonly names?: readonly string[]
  /** As of a list; `Attributes.entry.1` unless flat. */
  readonly flat?: string
  /** What the Query protocol calls a key and a value; 'key' and 'value' unless given. */
  readonly entry?: readonly [key: string, value: string]
}

export interface Structure {
  readonly type: 'structure'
  /** By AWS's names, in the order in which they are written. */
  readonly members: Readonly<Record<string, Member>>
}

export type Member = Shape & {
  readonly required?: boolean
  /** One line, for what an operation takes. */
  readonly help?: string
  /** The AWS CLI's option where it is not the name itself: 'notification-endpoint'. */
  readonly option?: string
  /** What XML calls it; its name unless given. */
  readonly xmlName?: string
  /** In the Query protocol, left out where this older name of it is given. */
  readonly unlessGiven?: string
  /** Keys of earlier answers whose values it takes: 'ReceiptHandle'. */
  readonly from?: readonly string[]
}

/** A part of a kind, by its URL, its ARN or its name. */
export interface Reference {
  readonly kind: string
  readonly as: 'url' | 'arn' | 'name'
}

export const string: TextShape = { type: 'string' }
export const integer: PlainShape = { type: 'integer' }
export const number: PlainShape = { type: 'number' }
export const boolean: PlainShape = { type: 'boolean' }
export const blob: PlainShape = { type: 'blob' }
export const timestamp: PlainShape = { type: 'timestamp' }

export const list = (of: Shape = string, more: Partial<ListShape> = {}): ListShape => ({
  type: 'list',
  of,
  ...more,
})
export const map = (of: Shape = string, more: Partial<MapShape> = {}): MapShape => ({
  type: 'map',
  of,
  ...more,
})
export const structure = (members: Structure['members']): Structure => ({
  type: 'structure',
  members,
})
/** One of a few words. */
export const oneOf = (...names: readonly string[]): TextShape => ({ type: 'string', names })
export const refersTo = (kind: string, as: Reference['as']): TextShape => ({
  type: 'string',
  refers: { kind, as },
})

type More = Pick<Member, 'option' | 'unlessGiven' | 'from' | 'xmlName'>

/** A member that may be left out. */
export const takes = (shape: Shape, help: string, more: More = {}): Member => ({
  ...shape,
  help,
  ...more,
})
/** A member that must be there. */
export const needs = (shape: Shape, help?: string, more: More = {}): Member => ({
  ...shape,
  ...(help !== undefined && { help }),
  required: true,
  ...more,
})
