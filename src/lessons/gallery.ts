/** The built-in scenarios, in the order in which the gallery shows them. */
import type { GalleryEntry } from './entry.ts'
import { autoScaling } from './gallery/autoScaling.ts'
import { clickstreamToLake } from './gallery/clickstreamToLake.ts'
import { compareFifo } from './gallery/compareFifo.ts'
import { compareTimeouts } from './gallery/compareTimeouts.ts'
import { claimCheck } from './gallery/claimCheck.ts'
import { competingConsumers } from './gallery/competingConsumers.ts'
import { crossAccount } from './gallery/crossAccount.ts'
import { duplicateSends } from './gallery/duplicateSends.ts'
import { fanOut } from './gallery/fanOut.ts'
import { hotPartition } from './gallery/hotPartition.ts'
import { replay } from './gallery/replay.ts'
import { requestResponse } from './gallery/requestResponse.ts'
import { resharding } from './gallery/resharding.ts'
import { topicFanOut } from './gallery/topicFanOut.ts'
import { streamAndFirehose } from './gallery/streamAndFirehose.ts'
import { stalledShard } from './gallery/stalledShard.ts'
import { trucks } from './gallery/trucks.ts'
import { encoder } from './gallery/encoder.ts'
import { fifoFanOut } from './gallery/fifoFanOut.ts'
import { fifoGroups } from './gallery/fifoGroups.ts'
import { filters } from './gallery/filters.ts'
import { noisyTenant } from './gallery/noisyTenant.ts'
import { partialBatches } from './gallery/partialBatches.ts'
import { mobilePush } from './gallery/mobilePush.ts'
import { poisonMessage } from './gallery/poisonMessage.ts'
import { kclWorkers } from './gallery/kclWorkers.ts'
import { polling } from './gallery/polling.ts'
import { priority } from './gallery/priority.ts'
import { lateEvents } from './gallery/lateEvents.ts'
import { ordersPerMinute } from './gallery/ordersPerMinute.ts'
import { queueTopicStream } from './gallery/queueTopicStream.ts'
import { redriveAfterFix } from './gallery/redriveAfterFix.ts'
import { retryPhases } from './gallery/retryPhases.ts'
import { s3FanOut } from './gallery/s3FanOut.ts'
import { sesAndSns } from './gallery/sesAndSns.ts'
import { alarmByMail } from './gallery/alarmByMail.ts'
import { video } from './gallery/video.ts'
import { visibilityTimeout } from './gallery/visibilityTimeout.ts'

export type { GalleryEntry } from './entry.ts'

export const gallery: readonly GalleryEntry[] = [
  encoder,
  competingConsumers,
  autoScaling,
  visibilityTimeout,
  poisonMessage,
  redriveAfterFix,
  partialBatches,
  claimCheck,
  requestResponse,
  polling,
  priority,
  noisyTenant,
  fifoGroups,
  duplicateSends,
  trucks,
  hotPartition,
  fanOut,
  resharding,
  video,
  replay,
  kclWorkers,
  stalledShard,
  streamAndFirehose,
  clickstreamToLake,
  ordersPerMinute,
  lateEvents,
  queueTopicStream,
  topicFanOut,
  filters,
  fifoFanOut,
  crossAccount,
  retryPhases,
  mobilePush,
  s3FanOut,
  sesAndSns,
  alarmByMail,
  compareTimeouts,
  compareFifo,
]
