/** An answer of the engine, kept up to date. */
import { useEffect, useState } from 'react'
import type { Answer, Question } from '../worker/protocol.ts'
import { pollRun } from './poll.ts'
import { useAppRun, useAppStore } from './useApp.ts'

type AnswerTo<Q extends Question> = Extract<Answer, { about: Q['about'] }>

/**
 * The newest answer to the question; undefined before the first. The last answer stays while the
 * next is awaited, also to a question of the same kind about something else.
 * @param everyMs wall time between two questions while the run plays.
 */
export function useAnswer<Q extends Question>(question: Q, everyMs = 400): AnswerTo<Q> | undefined {
  const { ask } = useAppRun()
  const store = useAppStore()
  const [answer, setAnswer] = useState<AnswerTo<Q>>()
  /** The same question made anew by a render is still the same question. */
  const key = JSON.stringify(question)

  useEffect(() => {
    const asked = JSON.parse(key) as Q
    let over = false
    const stop = pollRun(store, everyMs, async () => {
      const answered = await ask(asked)
      if (!over && isAnswerTo(asked, answered)) setAnswer(() => answered)
    })
    return () => {
      over = true
      stop()
    }
  }, [ask, store, key, everyMs])

  return answer
}

const isAnswerTo = <Q extends Question>(question: Q, answer: Answer): answer is AnswerTo<Q> =>
  answer.about === question.about
