/**
 * Words that designs are full of. Deflate may point into this text as if it had come before the
 * document, which makes a link about a third shorter. It belongs to codec 1: changing one letter
 * breaks every link there is, so new words wait for another codec (FORMAT.md, `share.ts`).
 */
export const DICTIONARY_1 = [
  '"rampToPerSecond":"rampOverS":"sinePeriodS":"sineAmplitude":"onceAtS":"times":"startAfterS":',
  '"zipfExponent":"hotShare":"sizeDistribution":"fixed""sizeMaxBytes":"sizeBytes":"attributes":"',
  '{\\"DataType\\":\\"String\\",\\"StringValue\\":\\"","retries":"backoffMs":"redriveAllow":"denyAll"',
  '"byQueue""redriveAllowSources":"servers":"reorderChance":"poisonField":"poisonOperator":">="',
  '"poisonValue":"pollPauseMs":"heartbeatToS":"forgetDeleteChance":0.01,"restartAfterS":',
  '"template":"{\\"order\\":{{n}},\\"amount\\":{{int 1 500}},\\"customer\\":\\"{{key}}\\"}",',
  '"network":"realistic""instant""limits":"exam"',
  '{"atUs":000,"type":"call","service":"sqs","operation":"SendMessage","input":{"QueueUrl":"',
  'MessageBody":"ReceiptHandle":"ReceiveMessage"DeleteMessage"ChangeMessageVisibility"PurgeQueue"',
  'SetQueueAttributes","Attributes":{"{"atUs":500000,"type":"action","node":"n1","action":"crashOne"',
  '"restart""sendBurst""sendOne","args":{}},{"atUs":1000000,"type":"edit","diff":{"nodes":{"n1":',
  '{"id":"n2","kind":"sqs","name":"orders","x":100,"y":200,"config":{}}},"wires":{"w1":null}}},',
  '{"id":"w2","from":"n1","to":"n2","config":{}},"title":"Untitled',
  '"kinesis""sns""lambda""firehose""payments""checkout""order-workers""encoder""refunds"',
  '"batchSize":10,"batchWindowMs":100,"keyDistribution":"zipf""hot","keys":"stopAfterCount":1000}],',
  '"pattern":"once","onceCount":1000}],"pattern":"ramp""sine""list"',
  '"pattern":"burst","burstSize":100,"burstEveryS":60}],',
  '"MaximumMessageSize":262144}],"DelaySeconds":5}],"duplicateChance":0}],',
  '"acceptQueue":10,"poison":"share","poisonShare":0.05}],"poison":"field"',
  '"heartbeatEveryS":10,"batchDelete":true,"crashChance":0.01,"WaitTimeSeconds":20,',
  '"serviceTime":"uniform""serviceTimeMaxMs":"serviceTimeSigma":"exponential""lognormal",',
  '"MaxNumberOfMessages":10,"failureChance":0.1,"serviceTimeMs":500}],',
  '"-dlq",300,400,{"MessageRetentionPeriod":1209600}],["sqs","orders",200,',
  '"VisibilityTimeout":30,"ReceiveMessageWaitTimeSeconds":20}],["consumer","-workers",600,100,',
  '{"instances":2,"concurrency":5,"]],[[0,1],[1,2],[2,3,{"maxReceiveCount":3}],[3,4,{"priority":2}],',
  '[1,1,[["producer","checkout",100,100,{"pattern":"poisson","ratePerSecond":10}],',
].join('')
